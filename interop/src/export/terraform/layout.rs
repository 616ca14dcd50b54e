//! How a configuration is laid out: two blanks a level, `=` under `=` in each group of lines, as
//! `terraform fmt` has it.

use super::names::{Names, is_identifier};
use crate::node::{Map, Node, Value};
use std::fmt::Write as _;

/// A list longer than this goes over several lines.
const LONGEST_LINE: usize = 80;

/// A line or a block.
pub(super) enum Item {
    /// `name = value`; the value may have several lines, indented as if it stood one level deep.
    Value(String, String),
    /// `name = value` behind the blocks, apart from them.
    Last(String, String),
    /// `head { … }`.
    Block(String, Vec<Item>),
}

impl Item {
    pub(super) fn block(head: impl Into<String>, inner: Vec<Item>) -> Self {
        Self::Block(head.into(), inner)
    }
}

/// The text of a file.
pub(super) fn text(items: &[Item]) -> String {
    let mut text = String::new();
    write(items, 0, &mut text);
    text
}

fn write(items: &[Item], level: usize, text: &mut String) {
    let indent = "  ".repeat(level);
    for (place, item) in items.iter().enumerate() {
        match item {
            Item::Value(name, value) => {
                let width = width(items, place);
                let value = deeper(value, level);
                let _ = writeln!(text, "{indent}{name:width$} = {value}");
            }
            Item::Last(name, value) => {
                let _ = writeln!(text, "\n{indent}{name} = {value}");
            }
            Item::Block(head, inner) => {
                if place > 0 {
                    text.push('\n');
                }
                if inner.is_empty() {
                    let _ = writeln!(text, "{indent}{head} {{}}");
                } else {
                    let _ = writeln!(text, "{indent}{head} {{");
                    write(inner, level + 1, text);
                    let _ = writeln!(text, "{indent}}}");
                }
            }
        }
    }
}

/// The longest name of the lines around one that stand together. A value of several lines stands
/// alone.
fn width(items: &[Item], place: usize) -> usize {
    let single = |item: &Item| match item {
        Item::Value(name, value) if !value.contains('\n') => Some(name.len()),
        _ => None,
    };
    let Some(own) = items.get(place).and_then(single) else { return 0 };
    let before = items.iter().take(place).rev().map_while(single);
    let after = items.iter().skip(place).map_while(single);
    before.chain(after).max().unwrap_or(own)
}

/// A value of several lines at another level; here documents stay as they are.
fn deeper(value: &str, level: usize) -> String {
    if level <= 1 || !value.contains('\n') || value.contains("<<EO") {
        return value.to_owned();
    }
    value.replace('\n', &format!("\n{}", "  ".repeat(level - 1)))
}

/// A value as an expression, in a place that is `level` deep.
pub(super) fn expression(node: &Node, level: usize, names: &Names) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => quoted(text),
        Value::Unknown(unknown) => unknown.expression.clone(),
        Value::Reference(reference) => {
            let address = names.address(&reference.to).unwrap_or_else(|| reference.to.clone());
            format!("{address}.{}", reference.attribute)
        }
        Value::List(list) => of_list(list, level, names),
        Value::Map(map) => of_map(map, level, names),
    }
}

fn of_list(list: &[Node], level: usize, names: &Names) -> String {
    let all: Vec<String> = list.iter().map(|it| expression(it, level + 1, names)).collect();
    let line = format!("[{}]", all.join(", "));
    if line.len() <= LONGEST_LINE && !line.contains('\n') {
        return line;
    }
    let (inner, outer) = ("  ".repeat(level + 1), "  ".repeat(level));
    let lines: Vec<String> = all.iter().map(|it| format!("{inner}{it},\n")).collect();
    format!("[\n{}{outer}]", lines.concat())
}

fn of_map(map: &Map, level: usize, names: &Names) -> String {
    if map.is_empty() {
        return "{}".to_owned();
    }
    let items: Vec<Item> = map
        .iter()
        .map(|(key, node)| {
            let key = if is_identifier(key) { key.to_owned() } else { quoted(key) };
            Item::Value(key, expression(node, level + 1, names))
        })
        .collect();
    let (inner, outer) = ("  ".repeat(level + 1), "  ".repeat(level));
    let mut text = "{\n".to_owned();
    for (place, item) in items.iter().enumerate() {
        if let Item::Value(name, value) = item {
            let width = width(&items, place);
            let _ = writeln!(text, "{inner}{name:width$} = {value}");
        }
    }
    text + &outer + "}"
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut whole = "\"".to_owned();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => whole.push_str("\\\""),
            '\\' => whole.push_str("\\\\"),
            '\n' => whole.push_str("\\n"),
            '\r' => whole.push_str("\\r"),
            '\t' => whole.push_str("\\t"),
            '$' | '%' if letters.peek() == Some(&'{') => {
                whole.push(letter);
                whole.push(letter);
            }
            letter if letter.is_control() => {
                let _ = write!(whole, "\\u{:04x}", u32::from(letter));
            }
            letter => whole.push(letter),
        }
    }
    whole + "\""
}

/// A text in base64, readable in the file: a here document where it is lines.
pub(super) fn encoded(node: &Node) -> String {
    let Some(text) = node.as_text() else { return expression(node, 1, &Names::default()) };
    let plain = |letter: char| letter == '\n' || letter == '\t' || !letter.is_control();
    // A here document of blank lines alone reads as nothing.
    if !text.ends_with('\n') || text.trim().is_empty() || !text.chars().all(plain) {
        return format!("base64encode({})", quoted(text));
    }
    let mut end = "EOT".to_owned();
    while text.lines().any(|line| line.trim() == end) {
        end.push('T');
    }
    let text = text.replace("${", "$${").replace("%{", "%%{");
    format!("base64encode(<<{end}\n{text}{end}\n  )")
}
