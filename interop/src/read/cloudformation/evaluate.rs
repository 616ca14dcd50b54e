//! Intrinsic functions of a template: what is decidable becomes a value, the rest says why it is
//! not.

use crate::import::ImportSettings;
use crate::node::{MAX_DEPTH, Map, Node, Place, Reference, Unknown, Value};
use std::collections::BTreeMap;

/// A text that is put together may be this long.
const MOST_TEXT: usize = 1 << 20;

/// So many resources may be named after each other.
const MOST_NAMES: usize = 4;

/// A template with the answers of its user.
pub(super) struct Template<'a> {
    document: &'a Node,
    answers: &'a BTreeMap<String, String>,
}

impl<'a> Template<'a> {
    pub(super) fn new(document: &'a Node, settings: &'a ImportSettings) -> Self {
        Self { document, answers: &settings.answers }
    }

    pub(super) fn section(&self, section: &str, name: &str) -> Option<&'a Node> {
        self.document.get(section)?.get(name)
    }

    /// What the user says of a parameter or a condition.
    pub(super) fn answer(&self, name: &str) -> Option<String> {
        self.answers.get(name).cloned()
    }

    /// The names of zones that a parameter has, with its place.
    pub(super) fn zones(&self) -> Option<(Place, Vec<Node>)> {
        let parameters = self.document.get("Parameters")?.as_map()?;
        let names_zones = |(name, node): &(&str, &Node)| {
            let kind = node.get("Type").and_then(Node::as_text).unwrap_or_default();
            kind.contains("AvailabilityZone::Name") || name.contains("AvailabilityZones")
        };
        let (name, node) = parameters.iter().find(names_zones)?;
        match self.parameter(name, node, node.at).value {
            Value::List(zones) if !zones.is_empty() => Some((node.at, zones)),
            _ => None,
        }
    }

    /// A value with its functions worked out.
    pub(super) fn value(&self, node: &Node) -> Node {
        self.at_depth(node, 0, MOST_NAMES)
    }

    fn at_depth(&self, node: &Node, depth: usize, names: usize) -> Node {
        if depth > MAX_DEPTH {
            return unknown(node, "a value", "it is nested too deeply");
        }
        match &node.value {
            Value::List(list) => {
                let list = list.iter().map(|node| self.at_depth(node, depth + 1, names));
                Node::new(node.at, Value::List(list.filter(|node| !node.is_null()).collect()))
            }
            Value::Map(map) => {
                let mut entries = map.iter();
                if let (Some((key, inner)), None) = (entries.next(), entries.next())
                    && let Some(made) = self.function(node, key, inner, depth, names)
                {
                    return made;
                }
                let entries = map
                    .iter()
                    .map(|(key, inner)| (key.to_owned(), self.at_depth(inner, depth + 1, names)));
                Node::new(node.at, Value::Map(entries.collect::<Map>()))
            }
            _ => node.clone(),
        }
    }

    /// The function's value; `None` where `key` is none.
    fn function(
        &self,
        node: &Node,
        key: &str,
        inner: &Node,
        depth: usize,
        names: usize,
    ) -> Option<Node> {
        let value = |node: &Node| self.at_depth(node, depth + 1, names);
        let items = || inner.as_list().unwrap_or_default();
        Some(match key {
            "Ref" => self.reference(node, inner.as_text().unwrap_or_default()),
            "Fn::GetAtt" => {
                let parts: Vec<String> = match inner.as_text() {
                    Some(text) => text.splitn(2, '.').map(str::to_owned).collect(),
                    None => items().iter().filter_map(Node::scalar).collect(),
                };
                let [to, attribute @ ..] = parts.as_slice() else {
                    return Some(unknown(node, key, "it names no resource"));
                };
                let reference = Reference { to: to.clone(), attribute: attribute.join(".") };
                Node::new(node.at, Value::Reference(reference))
            }
            "Fn::Sub" => self.substituted(node, inner, depth, names),
            "Fn::Join" => match items() {
                [between, list] => self.joined(node, &value(between), &value(list), names),
                _ => unknown(node, key, "it needs a separator and a list"),
            },
            "Fn::If" => match items() {
                [condition, yes, no] => {
                    let name = condition.as_text().unwrap_or_default();
                    match self.condition(name) {
                        Ok(holds) => value(if holds { yes } else { no }),
                        Err(why) => Node::new(node.at.without_span(), Value::Unknown(why)),
                    }
                }
                _ => unknown(node, key, "it needs a condition and two values"),
            },
            "Fn::FindInMap" => self.found(node, items(), &value),
            "Fn::Select" => match items() {
                [index, list] => selected(node, &value(index), &value(list)),
                _ => unknown(node, key, "it needs a number and a list"),
            },
            "Fn::Split" => match items() {
                [between, text] => split(node, &value(between), &value(text)),
                _ => unknown(node, key, "it needs a separator and a text"),
            },
            "Fn::Base64" => {
                let inner = value(inner);
                Node::new(inner.at.without_span(), inner.value)
            }
            "Fn::Length" => match value(inner).value {
                Value::List(list) => Node::number(node.at, list.len()),
                _ => unknown(node, key, "how long the list is is not known"),
            },
            "Fn::GetAZs" => unknown(node, "Fn::GetAZs", "which zones there are the account knows"),
            "Fn::ImportValue" => {
                let name = value(inner).scalar().unwrap_or_else(|| "an export".to_owned());
                unknown(node, &format!("Fn::ImportValue {name}"), "another stack has it")
            }
            _ if key.starts_with("Fn::") => unknown(node, key, "eniac does not work this out"),
            _ => return None,
        })
    }

    fn reference(&self, node: &Node, name: &str) -> Node {
        if name == "AWS::NoValue" {
            return Node::new(node.at, Value::Null);
        }
        if let Some(pseudo) = name.strip_prefix("AWS::") {
            return match (self.answers.get(name), pseudo) {
                (Some(answer), _) => Node::text(node.at, answer.as_str()),
                (None, "Partition") => Node::text(node.at, "aws"),
                (None, "URLSuffix") => Node::text(node.at, "amazonaws.com"),
                _ => unknown(node, name, "it is known when the stack is made"),
            };
        }
        if let Some(parameter) = self.section("Parameters", name) {
            self.parameter(name, parameter, node.at)
        } else {
            let reference = Reference { to: name.to_owned(), attribute: "Ref".to_owned() };
            Node::new(node.at, Value::Reference(reference))
        }
    }

    /// The answer to a parameter, or its default; its place is the default's.
    fn parameter(&self, name: &str, parameter: &Node, at: Place) -> Node {
        let kind = parameter.get("Type").and_then(Node::as_text).unwrap_or("String");
        let given = match self.answers.get(name) {
            Some(answer) => Some(Node::text(at.without_span(), answer.as_str())),
            None => parameter.get("Default").cloned(),
        };
        let Some(given) = given else {
            let because = "the parameter has no default";
            return unknown(&Node::new(at, Value::Null), name, because);
        };
        let text = given.scalar().unwrap_or_default();
        if kind.starts_with("AWS::SSM::Parameter::Value") {
            // Its name tells enough of an image that AWS publishes.
            if text.starts_with("/aws/service/") {
                return Node::text(at.without_span(), format!("resolve:ssm:{text}"));
            }
            return unknown(&given, name, "the account's Parameter Store has its value");
        }
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let place = given.at.without_span();
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            let items = items.map(|item| Node::text(place, item)).collect();
            return Node::new(place, Value::List(items));
        }
        match kind {
            "Number" => Node::new(given.at, Value::Number(text)),
            _ => Node::new(given.at, Value::Text(text)),
        }
    }

    fn found(&self, node: &Node, items: &[Node], value: &dyn Fn(&Node) -> Node) -> Node {
        let [map, first, second, ..] = items else {
            return unknown(node, "Fn::FindInMap", "it needs a map and two keys");
        };
        let keys = [map, first, second].map(value);
        let mut at = self.document.get("Mappings");
        for key in &keys {
            let Some(text) = key.scalar() else {
                return match &key.value {
                    Value::Unknown(_) => Node::new(node.at, key.value.clone()),
                    _ => unknown(node, "Fn::FindInMap", "its key is not known"),
                };
            };
            at = at.and_then(|node| node.get(&text));
        }
        if let Some(found) = at {
            return found.clone();
        }
        let keys: Vec<String> = keys.iter().filter_map(Node::scalar).collect();
        let expression = format!("Fn::FindInMap {}", keys.join("."));
        unknown(node, &expression, "the mapping has no such key")
    }

    /// `${Name}`, `${Name.Attribute}` and `${!Literal}` in a text.
    fn substituted(&self, node: &Node, inner: &Node, depth: usize, names: usize) -> Node {
        let (text, given) = match (&inner.value, inner.as_list()) {
            (Value::Text(text), _) => (text.as_str(), None),
            (_, Some([text, given])) => (text.as_text().unwrap_or_default(), given.as_map()),
            _ => return unknown(node, "Fn::Sub", "it needs a text"),
        };
        let mut made = String::new();
        let mut rest = text;
        while let Some(begin) = rest.find("${") {
            let (before, behind) = rest.split_at(begin);
            made.push_str(before);
            let Some(end) = behind.find('}') else {
                rest = behind;
                break;
            };
            let name = behind.get(2..end).unwrap_or_default();
            rest = behind.get(end + 1..).unwrap_or_default();
            if let Some(literal) = name.strip_prefix('!') {
                made.push_str("${");
                made.push_str(literal);
                made.push('}');
                continue;
            }
            let part = match given.and_then(|given| given.get(name)) {
                Some(given) => self.at_depth(given, depth + 1, names),
                None => self.reference(node, name.split('.').next().unwrap_or(name)),
            };
            match self.as_part(&part, names) {
                Ok(part) => made.push_str(&part),
                Err(why) => return Node::new(node.at, Value::Unknown(why)),
            }
            if made.len() > MOST_TEXT {
                return unknown(node, "Fn::Sub", "its text is longer than 1 MiB");
            }
        }
        made.push_str(rest);
        Node::text(node.at.without_span(), made)
    }

    fn joined(&self, node: &Node, between: &Node, list: &Node, names: usize) -> Node {
        let Some(items) = list.as_list() else {
            return Node::new(node.at, list.value.clone());
        };
        let mut parts = Vec::new();
        let mut length = 0;
        for item in items {
            match self.as_part(item, names) {
                Ok(part) => {
                    length += part.len();
                    parts.push(part);
                }
                Err(why) => return Node::new(node.at, Value::Unknown(why)),
            }
            if length > MOST_TEXT {
                return unknown(node, "Fn::Join", "its text is longer than 1 MiB");
            }
        }
        let text = parts.join(&between.scalar().unwrap_or_default());
        Node::text(node.at.without_span(), text)
    }

    /// A value as part of a text. A resource is its own name where it has one, or else its id, by
    /// which it is found again.
    fn as_part(&self, node: &Node, names: usize) -> Result<String, Unknown> {
        match &node.value {
            Value::Unknown(why) => Err(why.clone()),
            Value::Reference(reference) => {
                let name =
                    self.section("Resources", &reference.to).and_then(|it| it.get("Properties"));
                let keys = ["ServiceName", "ClusterName", "Name", "Family", "AutoScalingGroupName"];
                let name = name.and_then(|it| keys.iter().find_map(|key| it.get(key)));
                let name = name.filter(|_| names > 0).map(|it| self.at_depth(it, 0, names - 1));
                Ok(name.and_then(|it| it.scalar()).unwrap_or_else(|| reference.to.clone()))
            }
            _ => node.scalar().ok_or_else(|| Unknown {
                expression: "a text".to_owned(),
                because: "a part of it is no text".to_owned(),
            }),
        }
    }
}

fn selected(node: &Node, index: &Node, list: &Node) -> Node {
    let index = index.scalar().and_then(|index| index.parse::<usize>().ok());
    match (index, &list.value) {
        (Some(index), Value::List(list)) => list
            .get(index)
            .cloned()
            .unwrap_or_else(|| unknown(node, "Fn::Select", "the list has no such element")),
        (_, Value::Unknown(_)) => Node::new(node.at, list.value.clone()),
        _ => unknown(node, "Fn::Select", "its number or its list is not known"),
    }
}

fn split(node: &Node, between: &Node, text: &Node) -> Node {
    match (between.scalar(), text.scalar()) {
        (Some(between), Some(text)) if !between.is_empty() => {
            let at = node.at.without_span();
            let parts = text.split(&between).map(|part| Node::text(at, part)).collect();
            Node::new(at, Value::List(parts))
        }
        _ => match &text.value {
            Value::Unknown(_) => Node::new(node.at, text.value.clone()),
            _ => unknown(node, "Fn::Split", "its text is not known"),
        },
    }
}

fn unknown(node: &Node, expression: &str, because: &str) -> Node {
    let expression = expression.to_owned();
    let unknown = Unknown { expression, because: because.to_owned() };
    Node::new(node.at.without_span(), Value::Unknown(unknown))
}
