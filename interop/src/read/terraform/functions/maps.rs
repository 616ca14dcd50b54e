//! Functions of maps.

use super::{list_at, nth, text_at};
use crate::node::{Map, Node, Place, Value};
use crate::read::terraform::world::{Evaluated, Fault, entries, fault};

pub(super) fn call(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    let list = |made: Vec<Node>| Node::new(at.without_span(), Value::List(made));
    let pairs = || entries(map_at(arguments, 0)?).ok_or(Fault("a map is needed".to_owned()));
    Some(match name {
        "keys" => pairs().map(|all| list(all.into_iter().map(|(key, _)| key).collect())),
        "values" => pairs().map(|all| list(all.into_iter().map(|(_, node)| node).collect())),
        "merge" => merged(arguments, at),
        "lookup" => lookup(arguments),
        "zipmap" => zipped(arguments, at),
        "tomap" => map_at(arguments, 0).cloned(),
        _ => return None,
    })
}

fn map_at(arguments: &[Node], place: usize) -> Result<&Node, Fault> {
    let node = nth(arguments, place)?;
    match node.value {
        Value::Map(_) => Ok(node),
        _ => fault(format!("argument {} must be a map", place + 1)),
    }
}

fn merged(arguments: &[Node], at: Place) -> Evaluated {
    let mut all = Map::default();
    for (place, node) in arguments.iter().enumerate() {
        if node.is_null() {
            continue;
        }
        for (key, node) in map_at(arguments, place)?.as_map().into_iter().flat_map(Map::iter) {
            all.insert(key, node.clone());
        }
    }
    Ok(Node::new(at, Value::Map(all)))
}

fn lookup(arguments: &[Node]) -> Evaluated {
    let key = text_at(arguments, 1)?;
    let found = map_at(arguments, 0)?.get(&key).or(arguments.get(2)).cloned();
    found.ok_or(Fault(format!("there is no {key} in it")))
}

fn zipped(arguments: &[Node], at: Place) -> Evaluated {
    let (keys, values) = (list_at(arguments, 0)?, list_at(arguments, 1)?);
    let pairs =
        keys.iter().zip(values).filter_map(|(key, node)| Some((key.scalar()?, node.clone())));
    Ok(Node::new(at, Value::Map(pairs.collect())))
}
