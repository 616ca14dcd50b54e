//! Functions of lists and sets. A set is a list without doubles, in order.

use super::{list_at, nth, number_at, text_at, whole_at};
use crate::node::{MAX_DEPTH, Node, Place, Value};
use crate::read::terraform::operators::{equal, truth};
use crate::read::terraform::world::{Evaluated, Fault, fault};
use std::collections::BTreeSet;

pub(super) fn call(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    let list = |made: Result<Vec<Node>, Fault>| {
        made.map(|made| Node::new(at.without_span(), Value::List(made)))
    };
    let logic = |made: Result<bool, Fault>| made.map(|made| Node::new(at, Value::Bool(made)));
    let first = || list_at(arguments, 0);
    Some(match name {
        "length" => length(arguments, at),
        "concat" => list(concatenated(arguments)),
        "flatten" => list(first().map(|it| {
            let mut flat = Vec::new();
            flatten(it, &mut flat, 0);
            flat
        })),
        "compact" => list(first().map(|it| {
            let is_empty = |node: &Node| node.is_null() || node.as_text() == Some("");
            it.iter().filter(|node| !is_empty(node)).cloned().collect()
        })),
        "distinct" => list(first().map(distinct)),
        "toset" => list(first().map(|it| sorted(distinct(it)))),
        "sort" => list(first().map(|it| sorted(it.to_vec()))),
        "tolist" => list(first().map(<[Node]>::to_vec)),
        "reverse" => list(first().map(|it| it.iter().rev().cloned().collect())),
        "slice" => list(slice(arguments)),
        "chunklist" => chunks(arguments, at),
        "element" => element(arguments),
        "one" => match first() {
            Ok([]) => Ok(Node::new(at, Value::Null)),
            Ok([only]) => Ok(only.clone()),
            Ok(_) => fault("the list has several elements"),
            Err(fault) => Err(fault),
        },
        "contains" => logic(first().and_then(|it| {
            let wanted = nth(arguments, 1)?;
            Ok(it.iter().any(|node| equal(node, wanted)))
        })),
        "index" => index(arguments, at),
        "alltrue" => logic(first().map(|it| it.iter().all(|node| truth(node) == Some(true)))),
        "anytrue" => logic(first().map(|it| it.iter().any(|node| truth(node) == Some(true)))),
        "setunion" => list(concatenated(arguments).map(|it| sorted(distinct(&it)))),
        "coalescelist" => list(
            (0..arguments.len())
                .find_map(|place| list_at(arguments, place).ok().filter(|it| !it.is_empty()))
                .map(<[Node]>::to_vec)
                .ok_or(Fault("all lists are empty".to_owned())),
        ),
        _ => return None,
    })
}

fn length(arguments: &[Node], at: Place) -> Evaluated {
    let length = match &nth(arguments, 0)?.value {
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        Value::Text(text) => text.chars().count(),
        _ => return fault("it needs a list, a map or a text"),
    };
    Ok(Node::number(at, length))
}

fn concatenated(arguments: &[Node]) -> Result<Vec<Node>, Fault> {
    let mut all = Vec::new();
    for place in 0..arguments.len() {
        all.extend_from_slice(list_at(arguments, place)?);
    }
    Ok(all)
}

fn flatten(list: &[Node], flat: &mut Vec<Node>, depth: usize) {
    for node in list {
        match &node.value {
            Value::List(inner) if depth < MAX_DEPTH => flatten(inner, flat, depth + 1),
            _ => flat.push(node.clone()),
        }
    }
}

/// Without doubles: texts and numbers quickly, everything else as it is.
fn distinct(list: &[Node]) -> Vec<Node> {
    let mut seen = BTreeSet::new();
    let is_new = |node: &&Node| node.scalar().is_none_or(|text| seen.insert(text));
    list.iter().filter(is_new).cloned().collect()
}

fn sorted(mut list: Vec<Node>) -> Vec<Node> {
    list.sort_by_key(Node::scalar);
    list
}

fn slice(arguments: &[Node]) -> Result<Vec<Node>, Fault> {
    let list = list_at(arguments, 0)?;
    let part = list.get(whole_at(arguments, 1)?..whole_at(arguments, 2)?);
    part.map(<[Node]>::to_vec).ok_or(Fault("the list is shorter".to_owned()))
}

fn chunks(arguments: &[Node], at: Place) -> Evaluated {
    let size = whole_at(arguments, 1)?.max(1);
    let chunks = list_at(arguments, 0)?.chunks(size);
    let chunks = chunks.map(|chunk| Node::new(at, Value::List(chunk.to_vec())));
    Ok(Node::new(at, Value::List(chunks.collect())))
}

/// Beyond the end it begins again.
fn element(arguments: &[Node]) -> Evaluated {
    let list = list_at(arguments, 0)?;
    if list.is_empty() || number_at(arguments, 1)? < 0.0 {
        return fault("there is no such element");
    }
    let place = whole_at(arguments, 1)? % list.len();
    list.get(place).cloned().ok_or(Fault("there is no such element".to_owned()))
}

fn index(arguments: &[Node], at: Place) -> Evaluated {
    let wanted = nth(arguments, 1)?;
    match list_at(arguments, 0)?.iter().position(|node| equal(node, wanted)) {
        Some(place) => Ok(Node::number(at, place)),
        None => fault(format!("{} is not in the list", text_at(arguments, 1).unwrap_or_default())),
    }
}
