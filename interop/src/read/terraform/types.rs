//! The type of a variable, as far as it changes a value: what `optional` adds.

use crate::node::{MAX_DEPTH, Map, Node, Place, Value};
use hcl_edit::expr::{Expression, ObjectKey};

/// The value with what its type adds where the value says nothing.
pub(super) fn converted(node: Node, expected: &Expression, depth: usize) -> Node {
    let Expression::FuncCall(call) = expected else { return node };
    let Some(inner) = call.args.get(0).filter(|_| depth < MAX_DEPTH) else { return node };
    let Node { at, value } = node;
    let value = match (call.name.name.as_str(), value) {
        ("list" | "set", Value::List(list)) => {
            let all = list.into_iter().map(|it| converted(it, inner, depth + 1));
            Value::List(all.collect())
        }
        ("map", Value::Map(map)) => {
            let all = map.into_entries().into_iter();
            Value::Map(all.map(|it| (it.key, converted(it.node, inner, depth + 1))).collect())
        }
        ("object", Value::Map(map)) => Value::Map(object(map, inner, at, depth + 1)),
        ("optional", value) => return converted(Node { at, value }, inner, depth + 1),
        (_, value) => value,
    };
    Node { at, value }
}

fn object(mut map: Map, expected: &Expression, at: Place, depth: usize) -> Map {
    let Expression::Object(attributes) = expected else { return map };
    for (key, expected) in attributes {
        let key = match key {
            ObjectKey::Ident(name) => name.as_str(),
            ObjectKey::Expression(key) => key.as_str().unwrap_or_default(),
        };
        let expected = expected.expr();
        let given = map.insert(key, Node::new(at.without_span(), Value::Null));
        let is_said = given.as_ref().is_some_and(|node| !node.is_null());
        let node = match (given.filter(|_| is_said), default_of(expected)) {
            (Some(node), _) => converted(node, expected, depth),
            (None, Some(default)) => converted(constant(default, at, 0), expected, depth),
            (None, None) => continue,
        };
        map.insert(key, node);
    }
    map
}

/// Of `optional(number, 256)`, 256.
fn default_of(expected: &Expression) -> Option<&Expression> {
    match expected {
        Expression::FuncCall(call) if call.name.name.as_str() == "optional" => call.args.get(1),
        _ => None,
    }
}

/// A value without names in it, as defaults of types and answers are.
pub(super) fn constant(expression: &Expression, at: Place, depth: usize) -> Node {
    let at = at.without_span();
    let value = match expression {
        _ if depth > MAX_DEPTH => Value::Null,
        Expression::Bool(value) => Value::Bool(*value.value()),
        Expression::Number(number) => Value::Number(number.value().to_string()),
        Expression::String(text) => Value::Text(text.value().clone()),
        Expression::Array(array) => {
            Value::List(array.iter().map(|it| constant(it, at, depth + 1)).collect())
        }
        Expression::Object(object) => {
            let entries = object.iter().filter_map(|(key, value)| {
                let key = match key {
                    ObjectKey::Ident(name) => name.as_str().to_owned(),
                    ObjectKey::Expression(key) => key.as_str()?.to_owned(),
                };
                Some((key, constant(value.expr(), at, depth + 1)))
            });
            Value::Map(entries.collect())
        }
        _ => Value::Null,
    };
    Node::new(at, value)
}
