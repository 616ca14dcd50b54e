//! `${VARIABLE:-default}` in the values of a Compose file, with the user's answers.
//!
//! Source: Compose file reference, "interpolation".

use crate::node::{Node, Unknown, Value};
use std::collections::BTreeMap;

/// The node with its variables filled in. Depth is bounded where YAML and JSON are read.
pub(super) fn interpolated(node: Node, answers: &BTreeMap<String, String>) -> Node {
    let Node { at, value } = node;
    match value {
        Value::Text(text) if text.contains('$') => match filled(&text, answers) {
            Ok(made) if made == text => Node::new(at, Value::Text(text)),
            Ok(made) => Node::new(at.without_span(), Value::Text(made)),
            Err(unknown) => Node::new(at.without_span(), Value::Unknown(unknown)),
        },
        Value::List(list) => {
            let list = list.into_iter().map(|node| interpolated(node, answers));
            Node::new(at, Value::List(list.collect()))
        }
        Value::Map(map) => {
            let entries = map.into_entries().into_iter();
            let entries = entries.map(|entry| (entry.key, interpolated(entry.node, answers)));
            Node::new(at, Value::Map(entries.collect()))
        }
        value => Node::new(at, value),
    }
}

fn filled(text: &str, answers: &BTreeMap<String, String>) -> Result<String, Unknown> {
    let mut made = String::new();
    let mut rest = text;
    while let Some(begin) = rest.find('$') {
        let (before, behind) = rest.split_at(begin);
        made.push_str(before);
        let behind = behind.get(1..).unwrap_or_default();
        if let Some(after) = behind.strip_prefix('$') {
            made.push('$');
            rest = after;
            continue;
        }
        let (inner, after) = match behind.strip_prefix('{') {
            Some(braced) => match braced.find('}') {
                Some(end) => (braced.get(..end), braced.get(end + 1..)),
                None => (None, None),
            },
            None => {
                let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
                let end = behind.find(|letter| !is_name(letter)).unwrap_or(behind.len());
                (behind.get(..end).filter(|name| !name.is_empty()), behind.get(end..))
            }
        };
        let (Some(inner), Some(after)) = (inner, after) else {
            made.push('$');
            rest = behind;
            continue;
        };
        made.push_str(&variable(inner, answers)?);
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}

/// `NAME`, `NAME:-default`, `NAME-default`, `NAME:?why`, `NAME:+other`.
fn variable(inner: &str, answers: &BTreeMap<String, String>) -> Result<String, Unknown> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let end = inner.find(|letter| !is_name(letter)).unwrap_or(inner.len());
    let (name, operator) = inner.split_at(end);
    let answer = answers.get(name);
    let default = operator.strip_prefix(":-").or_else(|| operator.strip_prefix('-'));
    let other = operator.strip_prefix(":+").or_else(|| operator.strip_prefix('+'));
    match (answer, default, other) {
        (Some(_), _, Some(other)) => Ok(other.to_owned()),
        (None, _, Some(_)) => Ok(String::new()),
        (Some(answer), _, None) => Ok(answer.clone()),
        (None, Some(default), None) => Ok(default.to_owned()),
        (None, None, None) => {
            let because = "the environment has it, and the file no default".to_owned();
            Err(Unknown { expression: name.to_owned(), because })
        }
    }
}
