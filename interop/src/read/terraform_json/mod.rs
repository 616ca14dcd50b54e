//! What `terraform show -json` prints of a plan or of a state, and the state file itself
//! (`terraform.tfstate`, version 4): values without expressions, nothing to work out.

mod links;
mod place;

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::{MAX_DEPTH, Map, Node, Place, Value};
use crate::terraform::{self, Given, into_groups, resource_type, to_api};
use links::Links;
use std::collections::BTreeMap;

/// A resource of a plan or state, as it stands in the file.
struct Row<'a> {
    address: String,
    type_name: &'a str,
    /// The module that it is in: `module.shop[0].`, or nothing.
    module: String,
    /// `["web"]`, `[0]`, or nothing.
    index: String,
    at: Place,
    values: &'a Map,
}

pub(super) fn recognises(source: &Source) -> bool {
    let has = |key: &str| source.field(key).is_some();
    is_state_file(source) || (has("format_version") && (has("planned_values") || has("values")))
}

fn is_state_file(source: &Source) -> bool {
    let has = |key: &str| source.field(key).is_some();
    has("terraform_version") && has("serial") && has("resources")
}

pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        read_one(source, found, account);
    }
}

fn read_one(source: &Source, found: &mut Found, account: &mut Account) {
    let Some(root) = &source.json else { return };
    let whole = Place::file(source.file);
    let mut rows = Vec::new();
    let links = if is_state_file(source) {
        if root.get("version").and_then(Node::scalar).as_deref() != Some("4") {
            let message = "a state file of another version than 4: `terraform show -json` gives one that \
                           can be read";
            account.problem(whole, "", message);
            return;
        }
        state_file(root, &mut rows);
        Links::default()
    } else {
        let values = root.get("planned_values").or(root.get("values"));
        if let Some(module) = values.and_then(|values| values.get("root_module")) {
            shown(module, "", 0, &mut rows);
        }
        Links::of(root.get("configuration"), &rows)
    };

    let begin = found.resources.len();
    let mut configurations = Vec::new();
    let mut unused: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        let Some(kind) = resource_type(row.type_name) else {
            if !row.type_name.is_empty() {
                *unused.entry(row.type_name).or_default() += 1;
            }
            continue;
        };
        let mut values = row.values.clone();
        links.add(row, kind, &mut values);
        let given = Given { address: row.address.clone(), at: row.at, values, names_all: true };
        match to_api(kind, given, account) {
            (Some(_), resource) => found.resources.push(resource),
            (None, resource) => configurations.push(resource),
        }
    }
    let new = found.resources.get_mut(begin..).unwrap_or_default();
    into_groups(new, &configurations);
    let location = place::location(root, &rows, new, whole);
    found.resources.extend(location);
    terraform::tell_unused(whole, &unused, account);
}

/// `values.root_module` and what is below it.
fn shown<'a>(module: &'a Node, prefix: &str, depth: usize, rows: &mut Vec<Row<'a>>) {
    let list = |key: &str| module.get(key).and_then(Node::as_list).unwrap_or_default();
    for node in list("resources") {
        let text = |key: &str| node.get(key).and_then(Node::as_text);
        let (Some(values), Some(type_name)) =
            (node.get("values").and_then(Node::as_map), text("type"))
        else {
            continue;
        };
        if text("mode") == Some("data") && type_name != "aws_subnet" {
            continue;
        }
        let index = node.get("index").map(index_text).unwrap_or_default();
        let address = text("address").map_or_else(
            || format!("{prefix}{type_name}.{}{index}", text("name").unwrap_or_default()),
            str::to_owned,
        );
        let at = node.at.without_span();
        rows.push(Row { address, type_name, module: prefix.to_owned(), index, at, values });
    }
    if depth < MAX_DEPTH {
        for child in list("child_modules") {
            let address = child.get("address").and_then(Node::as_text).unwrap_or_default();
            shown(child, &format!("{address}."), depth + 1, rows);
        }
    }
}

fn state_file<'a>(root: &'a Node, rows: &mut Vec<Row<'a>>) {
    for node in root.get("resources").and_then(Node::as_list).unwrap_or_default() {
        let text = |key: &str| node.get(key).and_then(Node::as_text);
        let type_name = text("type").unwrap_or_default();
        if text("mode") == Some("data") && type_name != "aws_subnet" {
            continue;
        }
        let module = text("module").map(|module| format!("{module}.")).unwrap_or_default();
        let name = text("name").unwrap_or_default();
        for instance in node.get("instances").and_then(Node::as_list).unwrap_or_default() {
            let Some(values) = instance.get("attributes").and_then(Node::as_map) else { continue };
            let index = instance.get("index_key").map(index_text).unwrap_or_default();
            let address = format!("{module}{type_name}.{name}{index}");
            let at = instance.at.without_span();
            rows.push(Row { address, type_name, module: module.clone(), index, at, values });
        }
    }
}

fn index_text(node: &Node) -> String {
    match &node.value {
        Value::Number(number) => format!("[{number}]"),
        Value::Text(text) => format!("[\"{text}\"]"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
