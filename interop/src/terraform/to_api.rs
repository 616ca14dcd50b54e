//! A resource in Terraform's words into one in the API's.

use super::{Argument, ResourceType, Shape};
use crate::account::Account;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A resource as Terraform has it: every block is a list of maps.
pub(crate) struct Given {
    pub(crate) address: String,
    pub(crate) at: Place,
    pub(crate) values: Map,
    /// From a plan or a state, which name every argument, also those that nobody has set.
    pub(crate) names_all: bool,
}

/// Numbers of a plan or a state that mean "not said" where they are 0.
const ZERO_IS_UNSAID: [&str; 10] = [
    "max",
    "volume_size",
    "iops",
    "throughput",
    "default_cooldown",
    "instance_warmup_period",
    "max_spot_price_as_percentage_of_optimal_on_demand_price",
    "on_demand_max_price_percentage_over_lowest_price",
    "spot_max_price_percentage_over_lowest_price",
    "min_adjustment_magnitude",
];

/// The resource in the API's words; the kind is `None` for a type that is part of another one.
pub(crate) fn to_api(
    kind: &ResourceType,
    given: Given,
    account: &mut Account,
) -> (Option<Kind>, Resource) {
    let mut body = Map::default();
    let mut to = Translation {
        type_name: kind.name,
        subject: &given.address,
        names_all: given.names_all,
        account,
    };
    to.arguments(kind.arguments, given.values, "", &mut body);
    if kind.kind == Some(Kind::ScalingPolicy) {
        body = with_target(body);
    }
    let resource = Resource {
        kind: kind.kind.unwrap_or(Kind::AutoScalingGroup),
        address: given.address,
        at: given.at,
        body,
    };
    (kind.kind, resource)
}

/// A policy names the target that it belongs to by the target's own id.
fn with_target(body: Map) -> Map {
    let names_target = |node: &Node| matches!(&node.value, Value::Reference(it) if it.to.contains("aws_appautoscaling_target."));
    let entries = body.into_entries().into_iter().map(|entry| {
        let key = match entry.key.as_str() {
            "resourceId" if names_target(&entry.node) => "scalingTarget".to_owned(),
            _ => entry.key,
        };
        (key, entry.node)
    });
    entries.collect()
}

struct Translation<'a, 'b> {
    type_name: &'a str,
    subject: &'a str,
    names_all: bool,
    account: &'b mut Account,
}

impl Translation<'_, '_> {
    fn arguments(&mut self, table: &[Argument], values: Map, within: &str, into: &mut Map) {
        for entry in values.into_entries() {
            let Some(argument) = table.iter().find(|it| it.name == entry.key) else {
                self.unknown(table, &entry.key, &entry.node, within);
                continue;
            };
            if let Some(node) = self.argument(argument, entry.node, within) {
                put(into, &argument.path(), node);
            }
        }
    }

    fn argument(&mut self, argument: &Argument, node: Node, within: &str) -> Option<Node> {
        if node.is_null() || (self.names_all && is_unsaid(argument, &node, within)) {
            return None;
        }
        // Source: EC2 API, `VCpuCountRangeRequest` and `MemoryMiBRequest`: 0 is no least.
        let must_say_least = argument.name == "min" && argument.required;
        if must_say_least && matches!(&node.value, Value::Number(text) if text == "0") {
            return None;
        }
        match argument.shape {
            Shape::Aside => None,
            Shape::Value | Shape::Json | Shape::Any | Shape::Computed => Some(node),
            Shape::Base64 => Some(decoded(node)),
            Shape::Switch => Some(switched(node)),
            Shape::Pairs => Some(paired(node)),
            Shape::Block(table) => {
                let first = match node.value {
                    Value::List(list) => list.into_iter().next()?,
                    _ => node,
                };
                Some(self.block(argument, table, first))
            }
            Shape::Blocks(table) => match node.value {
                Value::List(list) => {
                    let inner = list.into_iter().map(|it| self.block(argument, table, it));
                    let inner: Vec<Node> = inner.collect();
                    (!inner.is_empty()).then(|| Node::new(node.at, Value::List(inner)))
                }
                _ => Some(self.block(argument, table, node)),
            },
        }
    }

    fn block(&mut self, argument: &Argument, table: &[Argument], node: Node) -> Node {
        match node.value {
            Value::Map(map) => {
                let mut inner = Map::default();
                self.arguments(table, map, argument.name, &mut inner);
                Node::new(node.at, Value::Map(inner))
            }
            _ => node,
        }
    }

    fn unknown(&mut self, table: &[Argument], key: &str, node: &Node, within: &str) {
        if node.is_null() || says_nothing(node) {
            return;
        }
        let place = if within.is_empty() {
            self.type_name.to_owned()
        } else {
            format!("{within} of {}", self.type_name)
        };
        if self.names_all {
            let message = format!("{key} is left out: eniac does not know it in {place}");
            self.account.left_out(node.at, self.subject, message);
            return;
        }
        let settable =
            table.iter().filter(|it| !matches!(it.shape, Shape::Computed | Shape::Aside));
        let near = settable
            .map(|it| (strsim::damerau_levenshtein(it.name, key), it.name))
            .min()
            .filter(|(distance, _)| *distance <= 3);
        let guess = near.map(|(_, name)| format!("; did you mean {name}?")).unwrap_or_default();
        let message = format!("{place} has no argument {key}, it is left out{guess}");
        self.account.problem(node.at, self.subject, message);
    }
}

/// Whether a plan or a state has this value only because it has every argument.
fn is_unsaid(argument: &Argument, node: &Node, within: &str) -> bool {
    if matches!(argument.shape, Shape::Any) {
        return says_nothing(node);
    }
    let is_zero = matches!(&node.value, Value::Number(text) if text == "0");
    let counts = within != "accelerator_count" && ZERO_IS_UNSAID.contains(&argument.name);
    is_empty(node) || (is_zero && counts)
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.is_empty(),
        _ => false,
    }
}

fn says_nothing(node: &Node) -> bool {
    let is_zero = matches!(&node.value, Value::Number(text) if text == "0");
    is_empty(node) || is_zero || node.value == Value::Bool(false)
}

fn switched(node: Node) -> Node {
    let value = match node.value {
        Value::Bool(true) => Value::Text("ENABLED".to_owned()),
        Value::Bool(false) => Value::Text("DISABLED".to_owned()),
        other => other,
    };
    Node { at: node.at, value }
}

/// `A = "b"` as `[{ name = "A", value = "b" }]`.
fn paired(node: Node) -> Node {
    let Node { at, value } = node;
    let Value::Map(map) = value else { return Node { at, value } };
    let pair = |entry: crate::node::Entry| {
        let name = ("name".to_owned(), Node::text(at.without_span(), entry.key));
        let pair = [name, ("value".to_owned(), entry.node)];
        Node::new(at.without_span(), Value::Map(pair.into_iter().collect()))
    };
    Node::new(at, Value::List(map.into_entries().into_iter().map(pair).collect()))
}

/// The text that is in base64, where it is a text; else as it was.
fn decoded(node: Node) -> Node {
    let inner = node
        .as_text()
        .and_then(|text| STANDARD.decode(text.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match inner {
        Some(text) => Node::text(node.at.without_span(), text),
        None => node,
    }
}

/// Puts a node where a path of keys leads; maps at the same place become one.
pub(crate) fn put(map: &mut Map, path: &str, node: Node) {
    let at = node.at.without_span();
    let (key, node) = match path.split_once('.') {
        None => (path, node),
        Some((key, rest)) => {
            let mut inner = Map::default();
            put(&mut inner, rest, node);
            (key, Node::new(at, Value::Map(inner)))
        }
    };
    // What stood there is taken out, and what is new is added to it.
    let old = map.insert(key, Node::new(at, Value::Null));
    let node = match (old, node) {
        (Some(Node { at, value: Value::Map(mut old) }), Node { value: Value::Map(new), .. }) => {
            for entry in new.into_entries() {
                put(&mut old, &entry.key, entry.node);
            }
            Node::new(at, Value::Map(old))
        }
        (_, node) => node,
    };
    map.insert(key, node);
}
