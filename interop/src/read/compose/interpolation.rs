//! `${VARIABLE:-default}` in the values of a Compose file, with the user's answers in the place of an
//! environment, which is never looked at.
//!
//! Source: Compose file reference, "Interpolation".

use crate::node::{Node, Unknown, Value};
use std::collections::BTreeMap;

/// So many defaults may be nested in each other.
const MOST_NESTED: usize = 8;

/// A text that is put together may be this long.
const MOST_TEXT: usize = 1 << 16;

/// The node with its variables filled in. Depth is bounded where YAML and JSON are read.
pub(super) fn interpolated(node: Node, answers: &BTreeMap<String, String>) -> Node {
    let Node { at, value } = node;
    match value {
        Value::Text(text) if text.contains('$') => match expand(&text, answers, 0) {
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

/// The names of the variables that a file has.
pub(super) fn variables(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split('$').skip(1);
    let names = after.map(|rest| name(rest.strip_prefix('{').unwrap_or(rest)).0);
    names.filter(|name| !name.is_empty())
}

fn expand(text: &str, answers: &BTreeMap<String, String>, depth: usize) -> Result<String, Unknown> {
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        made.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            made.push('$');
            rest = after;
        } else if let Some(braced) = after.strip_prefix('{') {
            let end = closing(braced).ok_or_else(|| unknown(text, "a brace is not closed"))?;
            let (inner, after) = braced.split_at(end);
            made.push_str(&variable(inner, answers, depth)?);
            rest = after.strip_prefix('}').unwrap_or(after);
        } else {
            let (name, after) = name(after);
            if name.is_empty() {
                made.push('$');
            } else {
                made.push_str(&variable(name, answers, depth)?);
            }
            rest = after;
        }
        if made.len() > MOST_TEXT {
            return Err(unknown(text, "its text becomes too long"));
        }
    }
    made.push_str(rest);
    Ok(made)
}

/// What stands between braces: a name, and what to do where it has no value.
fn variable(
    inner: &str,
    answers: &BTreeMap<String, String>,
    depth: usize,
) -> Result<String, Unknown> {
    let (name, operator) = name(inner);
    if depth > MOST_NESTED {
        return Err(unknown(name, "defaults are nested too deeply"));
    }
    let value = answers.get(name).cloned();
    let filled = value.clone().filter(|value| !value.is_empty());
    let expand = |text: &str| expand(text, answers, depth + 1);
    if let Some(default) = operator.strip_prefix(":-") {
        return filled.map_or_else(|| expand(default), Ok);
    }
    if let Some(default) = operator.strip_prefix('-') {
        return value.map_or_else(|| expand(default), Ok);
    }
    if let Some(other) = operator.strip_prefix(":+") {
        return filled.map_or_else(|| Ok(String::new()), |_| expand(other));
    }
    if let Some(other) = operator.strip_prefix('+') {
        return value.map_or_else(|| Ok(String::new()), |_| expand(other));
    }
    if operator.is_empty() || operator.starts_with(":?") || operator.starts_with('?') {
        return value
            .ok_or_else(|| unknown(name, "the environment has it, and the file no default"));
    }
    Err(unknown(&format!("${{{inner}}}"), "Compose has no such substitution"))
}

/// The name at the beginning, and what follows.
fn name(text: &str) -> (&str, &str) {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return ("", text);
    }
    text.split_at(text.find(|letter| !is_name(letter)).unwrap_or(text.len()))
}

/// The byte of the brace that closes what is open before the text.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

fn unknown(expression: &str, because: &str) -> Unknown {
    let expression = expression.chars().take(80).collect();
    Unknown { expression, because: because.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_worked_out_as_compose_does() {
        let answers = [("A", "1"), ("EMPTY", "")];
        let answers = answers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let table = [
            ("$A-${A}", Ok("1-1")),
            ("$$A $ 5", Ok("$A $ 5")),
            ("${B:-2}${B-3}", Ok("23")),
            ("${EMPTY:-2}|${EMPTY-3}", Ok("2|")),
            ("${B:-${A}x}y", Ok("1xy")),
            ("${A:+4}${B+5}", Ok("4")),
            ("${A:?say A}", Ok("1")),
            ("$B", Err("B")),
            ("${B:?say B}", Err("B")),
            ("${B:-${C}}", Err("C")),
            ("${A/1/2}", Err("${A/1/2}")),
            ("${A", Err("${A")),
        ];
        for (text, wanted) in table {
            let made = expand(text, &answers, 0);
            let made = made.as_deref().map_err(|unknown| unknown.expression.as_str());
            assert_eq!(made, wanted, "{text}");
        }
        let deep = "${B:-".repeat(50) + &"}".repeat(50);
        assert!(expand(&deep, &answers, 0).unwrap_err().because.contains("nested"));
    }
}
