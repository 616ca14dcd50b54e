//! A tree as YAML, block by block. Texts that YAML could take for something else are quoted.

use std::fmt::Write as _;

/// A value of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// As it is: a number, a truth value.
    Plain(String),
    Text(String),
    /// A short function: `!Ref Name`.
    Tag(&'static str, String),
    List(Vec<Item>),
    Map(Vec<(String, Item)>),
}

/// Words that YAML takes for something else than a text.
const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"];

/// Writes a map at the outermost level.
pub(super) fn text(entries: &[(String, Item)]) -> String {
    let mut text = String::new();
    map(entries, 0, &mut text);
    text
}

fn map(entries: &[(String, Item)], depth: usize, text: &mut String) {
    for (key, item) in entries {
        let _ = write!(text, "{}{}:", "  ".repeat(depth), scalar(key));
        value(item, depth, text);
    }
}

/// What stands behind a key, its line break included.
fn value(item: &Item, depth: usize, text: &mut String) {
    match item {
        Item::Map(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Item::List(items) if items.is_empty() => text.push_str(" []\n"),
        Item::Map(entries) => {
            text.push('\n');
            map(entries, depth + 1, text);
        }
        Item::List(items) => {
            text.push('\n');
            for item in items {
                list_item(item, depth + 1, text);
            }
        }
        Item::Text(lines) if is_block(lines) => {
            text.push_str(" |\n");
            for line in lines.trim_end_matches('\n').split('\n') {
                let _ = writeln!(text, "{}{line}", "  ".repeat(depth + 1));
            }
        }
        simple => {
            let _ = writeln!(text, " {}", inline(simple));
        }
    }
}

fn list_item(item: &Item, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match item {
        Item::Map(entries) if !entries.is_empty() => {
            let mut inner = String::new();
            map(entries, depth + 1, &mut inner);
            // The first key stands behind the dash.
            let skip = (depth + 1) * 2;
            let _ = write!(text, "{indent}- {}", inner.get(skip..).unwrap_or_default());
        }
        other => {
            let _ = writeln!(text, "{indent}- {}", inline(other));
        }
    }
}

fn inline(item: &Item) -> String {
    match item {
        Item::Plain(text) => text.clone(),
        Item::Text(text) => scalar(text),
        Item::Tag(tag, of) => format!("!{tag} {of}"),
        Item::List(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Item::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, item)| format!("{}: {}", scalar(key), inline(item)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Several lines of printable text that end with one break, which a block keeps as they are.
fn is_block(text: &str) -> bool {
    let plain = text.chars().all(|letter| letter == '\n' || !letter.is_control());
    let is_marked =
        text.ends_with('\n') && !text.ends_with("\n\n") && text.trim_end().contains('\n');
    plain && is_marked && !text.starts_with([' ', '\n', '\u{feff}'])
}

/// A text, plain where nothing can take it for something else.
fn scalar(text: &str) -> String {
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let simple = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    let inside = text.bytes().all(|byte| simple(byte) || byte == b':');
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    if begins && inside && !is_word && !text.ends_with(':') {
        return text.to_owned();
    }
    // JSON's texts are YAML's.
    serde_json::to_string(text).unwrap_or_else(|_| format!("'{}'", text.replace('\'', "''")))
}
