//! YAML into nodes, each value with its place. Tags of `CloudFormation` (`!Ref x`) become what they
//! stand for in JSON (`{"Ref": "x"}`); aliases are followed as far as a file of reasonable size needs.
//!
//! Nothing here calls itself for what is nested: depth costs a list, not the stack.

use crate::node::{MAX_DEPTH, Map, Node, Place, Span, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Range, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::str::CharIndices;

/// Aliases may add so many values in all.
const MOST_REPEATED: usize = 50_000;

/// The documents of a text, and what is not as it should be.
#[derive(Debug, Default)]
pub(crate) struct Yaml {
    pub(crate) documents: Vec<Node>,
    /// Keys that stand twice in one map, the first of which is lost.
    pub(crate) repeated_keys: Vec<(Place, String)>,
}

/// Reads the text of file number `file`.
pub(crate) fn parse(text: &str, file: usize) -> Result<Yaml, String> {
    let mut builder = Builder {
        file,
        offsets: Offsets { chars: text.char_indices(), next: 0, length: text.len() },
        stack: Vec::new(),
        anchors: BTreeMap::new(),
        repeated: 0,
        yaml: Yaml::default(),
    };
    for event in Parser::new_from_str(text) {
        let (event, range) = event.map_err(|error| {
            let line = error.marker().line();
            format!("line {line}: this is not YAML: {}", error.info())
        })?;
        builder.take(event, range)?;
    }
    Ok(builder.yaml)
}

/// The byte at which a character begins. Characters are asked for in their order, nearly.
struct Offsets<'a> {
    chars: CharIndices<'a>,
    next: usize,
    length: usize,
}

impl Offsets<'_> {
    /// `None` for a character that has been passed.
    fn byte(&mut self, character: usize) -> Option<u32> {
        let skip = character.checked_sub(self.next)?;
        let found = self.chars.nth(skip).map(|(byte, _)| byte);
        self.next = character + 1;
        u32::try_from(found.unwrap_or(self.length)).ok()
    }
}

/// A list or a map that has not ended.
struct Open {
    anchor: usize,
    tag: Option<Tag>,
    at: Place,
    what: What,
}

enum What {
    List(Vec<Node>),
    Map(OpenMap),
}

#[derive(Default)]
struct OpenMap {
    /// The values so far.
    map: Map,
    /// The key whose value comes next.
    key: Option<(String, Place)>,
    /// What a merge key brought, which a key of the map's own replaces.
    merged: BTreeSet<String>,
}

struct Builder<'a> {
    file: usize,
    offsets: Offsets<'a>,
    stack: Vec<Open>,
    /// Values that may be repeated, each with how many values it is.
    anchors: BTreeMap<usize, (Node, usize)>,
    repeated: usize,
    yaml: Yaml,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range) -> Result<(), String> {
        let line = u32::try_from(range.start.line()).unwrap_or(u32::MAX);
        let at = Place::line(self.file, line);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.span(range);
                let tag = tag.map(std::borrow::Cow::into_owned);
                let value = scalar(&text, style, tag.as_ref());
                let node = tagged(Node::new(Place { span, ..at }, value), tag.as_ref());
                self.finished(node, anchor)
            }
            Event::SequenceStart(anchor, tag) => self.open(anchor, tag, at, What::List(Vec::new())),
            Event::MappingStart(anchor, tag) => {
                self.open(anchor, tag, at, What::Map(OpenMap::default()))
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.stack.pop() else { return Ok(()) };
                let value = match open.what {
                    What::List(list) => Value::List(list),
                    What::Map(open) => Value::Map(open.map),
                };
                let node = tagged(Node::new(open.at, value), open.tag.as_ref());
                self.finished(node, open.anchor)
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor) else {
                    return Err(format!(
                        "line {line}: an alias of something that is not there yet"
                    ));
                };
                self.repeated += size;
                if self.repeated > MOST_REPEATED {
                    return Err(format!(
                        "line {line}: aliases repeat more than {MOST_REPEATED} values: write them out, \
                         or take some out"
                    ));
                }
                let node = node.clone();
                self.finished(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn span(&mut self, range: Range) -> Option<Span> {
        let start = self.offsets.byte(range.start.index())?;
        let end = if range.end.index() > range.start.index() {
            self.offsets.byte(range.end.index())?
        } else {
            start
        };
        (end > start).then_some(Span { start, end })
    }

    fn open(
        &mut self,
        anchor: usize,
        tag: Option<std::borrow::Cow<'_, Tag>>,
        at: Place,
        what: What,
    ) -> Result<(), String> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(format!("line {}: values are nested more than {MAX_DEPTH} deep", at.line));
        }
        let tag = tag.map(std::borrow::Cow::into_owned);
        self.stack.push(Open { anchor, tag, at, what });
        Ok(())
    }

    /// A value that is whole goes into what is open around it.
    fn finished(&mut self, node: Node, anchor: usize) -> Result<(), String> {
        if anchor > 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(around) = self.stack.last_mut() else {
            self.yaml.documents.push(node);
            return Ok(());
        };
        match &mut around.what {
            What::List(list) => list.push(node),
            What::Map(OpenMap { map, key, merged }) => match key.take() {
                None => {
                    let line = node.at.line;
                    let Some(text) = node.scalar().or_else(|| node.is_null().then(String::new))
                    else {
                        return Err(format!("line {line}: a key that is no text cannot be read"));
                    };
                    *key = Some((text, node.at));
                }
                Some((key, _)) if key == "<<" => merge(map, merged, node),
                Some((key, at)) => {
                    if map.insert(key.clone(), node).is_some() && !merged.remove(&key) {
                        self.yaml.repeated_keys.push((at, key));
                    }
                }
            },
        }
        Ok(())
    }
}

/// A merge key adds what is not said.
fn merge(map: &mut Map, merged: &mut BTreeSet<String>, node: Node) {
    let maps = match node.value {
        Value::List(list) => list,
        _ => vec![node],
    };
    for node in maps {
        let Value::Map(other) = node.value else { continue };
        for entry in other.into_entries() {
            if map.get(&entry.key).is_none() {
                merged.insert(entry.key.clone());
                map.insert(entry.key, entry.node);
            }
        }
    }
}

/// How many values a value is made of. Depth is bounded when values are opened.
fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Map(map) => 1 + map.iter().map(|(_, node)| size(node)).sum::<usize>(),
        _ => 1,
    }
}

/// A plain scalar by YAML's core schema; a quoted one is a text.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if style != ScalarStyle::Plain || is_text {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let begins = digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    begins && plain && text.parse::<f64>().is_ok()
}

/// `!Ref x` as `{"Ref": x}`, `!GetAtt A.B` as `{"Fn::GetAtt": ["A", "B"]}`, `!Sub x` as
/// `{"Fn::Sub": x}`.
fn tagged(node: Node, tag: Option<&Tag>) -> Node {
    let Some(tag) = tag.filter(|tag| tag.handle == "!" && !tag.suffix.is_empty()) else {
        return node;
    };
    let at = node.at.without_span();
    let (key, node) = match tag.suffix.as_str() {
        "Ref" | "Condition" => (tag.suffix.clone(), as_text(node)),
        "GetAtt" => ("Fn::GetAtt".to_owned(), parts(node)),
        name => (format!("Fn::{name}"), node),
    };
    Node::new(at, Value::Map(Map::from_iter([(key, node)])))
}

fn as_text(node: Node) -> Node {
    match node.scalar() {
        Some(text) => Node::text(node.at, text),
        None => node,
    }
}

fn parts(node: Node) -> Node {
    let Some((resource, attribute)) = node.as_text().and_then(|text| text.split_once('.')) else {
        return node;
    };
    let parts = [resource, attribute].map(|part| Node::text(node.at, part)).to_vec();
    Node::new(node.at, Value::List(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Node {
        parse(text, 3).unwrap().documents.swap_remove(0)
    }

    #[test]
    fn values_have_places_and_types() {
        let text = "# é\na: 512\nb: \"512\"\nc:\n  - true\n  - ~\n  - 1.5 GB\n";
        let node = one(text);
        let number = node.get("a").unwrap();
        assert_eq!((number.at.file, number.at.line), (3, 2));
        let Span { start, end } = number.at.span.unwrap();
        assert_eq!(&text[start as usize..end as usize], "512");
        assert_eq!(number.value, Value::Number("512".to_owned()));
        let quoted = node.get("b").unwrap();
        let Span { start, end } = quoted.at.span.unwrap();
        assert_eq!(&text[start as usize..end as usize], "\"512\"");
        assert_eq!(quoted.value, Value::Text("512".to_owned()));
        let list: Vec<&Value> =
            node.get("c").unwrap().as_list().unwrap().iter().map(|it| &it.value).collect();
        assert_eq!(list, [&Value::Bool(true), &Value::Null, &Value::Text("1.5 GB".to_owned())]);
    }

    #[test]
    fn tags_become_functions() {
        let node =
            one("a: !Ref Cpu\nb: !GetAtt Service.Name\nc: !Sub 'x-${y}'\nd: !If [Is, 1, !Ref 2]\n");
        assert_eq!(node.get("a").unwrap().get("Ref").unwrap().as_text(), Some("Cpu"));
        let parts = node.get("b").unwrap().get("Fn::GetAtt").unwrap().as_list().unwrap();
        assert_eq!(parts[1].as_text(), Some("Name"));
        assert_eq!(node.get("c").unwrap().get("Fn::Sub").unwrap().as_text(), Some("x-${y}"));
        let branches = node.get("d").unwrap().get("Fn::If").unwrap().as_list().unwrap();
        assert_eq!(branches[2].get("Ref").unwrap().as_text(), Some("2"));
    }

    #[test]
    fn aliases_and_merges_are_followed() {
        let node = one("x: &x {cpu: 1, memory: 2}\ny:\n  <<: *x\n  cpu: 3\nz: *x\n");
        assert_eq!(node.get("y").unwrap().get("cpu").unwrap().scalar().as_deref(), Some("3"));
        assert_eq!(node.get("y").unwrap().get("memory").unwrap().scalar().as_deref(), Some("2"));
        assert_eq!(node.get("z").unwrap().get("cpu").unwrap().scalar().as_deref(), Some("1"));
    }

    #[test]
    fn repeated_keys_are_told() {
        let told = |text: &str| -> Vec<u32> {
            let repeated = parse(text, 0).unwrap().repeated_keys;
            repeated.into_iter().map(|(at, _)| at.line).collect()
        };
        assert_eq!(told("a: 1\nb: 2\na: 3\n"), [3]);
        assert_eq!(told("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n"), Vec::<u32>::new());
        assert_eq!(told("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n  a: 3\n"), [5]);
    }

    fn refused(text: &str, part: &str) {
        let said = parse(text, 0).map(|_| ()).unwrap_err();
        assert!(said.contains(part), "{said}");
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        refused("a: [1, 2", "line");
        refused("a: *b", "YAML");
        refused(&format!("a: {}", "[".repeat(5_000)), "limit");
        refused(
            &(0..5_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n"),
            "deep",
        );
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 9].join(", ");
            let line = format!("a{level}: &a{level} [{items}]\n");
            bomb.push_str(&line);
        }
        refused(&bomb, "aliases repeat");
    }
}
