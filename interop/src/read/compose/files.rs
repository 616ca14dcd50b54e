//! The services of Compose files: what several files say of one is laid over each other, as
//! `docker compose -f` does. Nothing is included that is not given.

use super::interpolation::{interpolated, variables};
use crate::account::Account;
use crate::node::{Map, Node, Value};
use crate::read::Source;
use std::collections::BTreeMap;

/// Each service by its name, its variables filled in.
pub(super) fn services(
    sources: &[&Source],
    answers: &BTreeMap<String, String>,
    account: &mut Account,
) -> Map {
    // What Compose lays over the rest by itself has this in its name.
    let mut sources = sources.to_vec();
    sources.sort_by_key(|source| source.name.contains("override"));
    let mut services = Map::default();
    for source in sources {
        for name in variables(&source.text) {
            account.takes(name);
        }
        for document in source.documents(account) {
            let document = interpolated(document, answers);
            if let Some(include) = document.get("include") {
                let message = "what the file includes is left out: give those files too";
                account.left_out(include.at, "include", message);
            }
            let Value::Map(document) = document.value else { continue };
            let of_file = document.into_entries().into_iter().find(|it| it.key == "services");
            let Some(Value::Map(of_file)) = of_file.map(|it| it.node.value) else { continue };
            for entry in of_file.into_entries() {
                match services.get_mut(&entry.key) {
                    Some(below) => {
                        let message = "it is in several files: this is laid over what is there";
                        account.assumed(entry.node.at, &entry.key, "", message);
                        lay_over(below, entry.node);
                    }
                    None => drop(services.insert(entry.key, entry.node)),
                }
            }
        }
    }
    services
}

/// A map adds to a map and a list to a list; anything else takes the other's place. Depth is bounded
/// where files are read.
fn lay_over(below: &mut Node, above: Node) {
    match (&mut below.value, above) {
        (Value::Map(map), Node { value: Value::Map(above), .. }) => {
            for entry in above.into_entries() {
                match map.get_mut(&entry.key) {
                    Some(node) => lay_over(node, entry.node),
                    None => drop(map.insert(entry.key, entry.node)),
                }
            }
        }
        (Value::List(list), Node { value: Value::List(above), .. }) => list.extend(above),
        (_, above) => *below = above,
    }
}
