//! Functions of texts.

use super::{list_at, nth, text_at, whole_at};
use crate::node::{Node, Place, Value};
use crate::read::terraform::world::{Evaluated, Fault, MAX_TEXT, fault};

pub(super) fn call(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    let text = |made: Result<String, Fault>| made.map(|made| Node::text(at, made));
    let logic = |made: Result<bool, Fault>| made.map(|made| Node::new(at, Value::Bool(made)));
    let first = || text_at(arguments, 0);
    let both = || Ok((text_at(arguments, 0)?, text_at(arguments, 1)?));
    Some(match name {
        "lower" => text(first().map(|it| it.to_lowercase())),
        "upper" => text(first().map(|it| it.to_uppercase())),
        "title" => text(first().map(|it| titled(&it))),
        "trimspace" => text(first().map(|it| it.trim().to_owned())),
        "chomp" => text(first().map(|it| it.trim_end_matches(['\n', '\r']).to_owned())),
        "trim" => text(both().map(|(it, set)| it.trim_matches(|c| set.contains(c)).to_owned())),
        "trimprefix" => {
            text(both().map(|(it, end)| it.strip_prefix(&*end).unwrap_or(&it).to_owned()))
        }
        "trimsuffix" => {
            text(both().map(|(it, end)| it.strip_suffix(&*end).unwrap_or(&it).to_owned()))
        }
        "startswith" => logic(both().map(|(it, begin)| it.starts_with(&*begin))),
        "endswith" => logic(both().map(|(it, end)| it.ends_with(&*end))),
        "strcontains" => logic(both().map(|(it, part)| it.contains(&*part))),
        "replace" => text(replaced(arguments)),
        "substr" => text(part(arguments)),
        "join" => text(joined(arguments)),
        "split" => split(arguments, at),
        "format" => text(formatted(arguments)),
        "indent" => text(indented(arguments)),
        "tostring" => match nth(arguments, 0) {
            Ok(node) if node.is_null() => Ok(node.clone()),
            _ => text(first()),
        },
        _ => return None,
    })
}

fn titled(text: &str) -> String {
    let mut begins = true;
    let letter = |letter: char| {
        let here = begins && letter.is_alphabetic();
        begins = letter.is_whitespace();
        if here { letter.to_uppercase().collect() } else { letter.to_string() }
    };
    text.chars().map(letter).collect()
}

fn replaced(arguments: &[Node]) -> Result<String, Fault> {
    let (text, what) = (text_at(arguments, 0)?, text_at(arguments, 1)?);
    let with = text_at(arguments, 2)?;
    if what.len() > 1 && what.starts_with('/') && what.ends_with('/') {
        return fault("regular expressions are not worked out");
    }
    if what.is_empty() {
        return Ok(text);
    }
    if text.matches(&*what).count().saturating_mul(with.len()) > MAX_TEXT {
        return fault(format!("the text is longer than {MAX_TEXT} bytes"));
    }
    Ok(text.replace(&*what, &with))
}

fn part(arguments: &[Node]) -> Result<String, Fault> {
    let (text, from) = (text_at(arguments, 0)?, whole_at(arguments, 1)?);
    let rest = text.chars().skip(from);
    match text_at(arguments, 2)?.parse::<usize>() {
        Ok(length) => Ok(rest.take(length).collect()),
        Err(_) => Ok(rest.collect()),
    }
}

fn joined(arguments: &[Node]) -> Result<String, Fault> {
    let between = text_at(arguments, 0)?;
    let mut all = Vec::new();
    for place in 1..arguments.len() {
        for element in list_at(arguments, place)? {
            all.push(element.scalar().ok_or(Fault("the lists must be of texts".to_owned()))?);
        }
    }
    if all.len().saturating_mul(between.len()) > MAX_TEXT {
        return fault(format!("the text is longer than {MAX_TEXT} bytes"));
    }
    Ok(all.join(&between))
}

fn split(arguments: &[Node], at: Place) -> Evaluated {
    let (between, text) = (text_at(arguments, 0)?, text_at(arguments, 1)?);
    let parts: Vec<Node> = if between.is_empty() {
        text.chars().map(|letter| Node::text(at, letter)).collect()
    } else {
        text.split(&*between).map(|part| Node::text(at, part)).collect()
    };
    Ok(Node::new(at, Value::List(parts)))
}

fn indented(arguments: &[Node]) -> Result<String, Fault> {
    let (blanks, text) = (whole_at(arguments, 0)?, text_at(arguments, 1)?);
    if blanks > 1_000 {
        return fault("more than 1000 blanks");
    }
    Ok(text.replace('\n', &format!("\n{}", " ".repeat(blanks))))
}

/// `%s`, `%v`, `%d`, `%q`, `%%`, and numbers with a width: `%03d`.
fn formatted(arguments: &[Node]) -> Result<String, Fault> {
    let pattern = text_at(arguments, 0)?;
    let (mut made, mut place) = (String::new(), 1);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            made.push(letter);
            continue;
        }
        let (mut width, mut verb) = (String::new(), letters.next());
        while let Some(digit) = verb.filter(char::is_ascii_digit) {
            width.push(digit);
            verb = letters.next();
        }
        if verb == Some('%') {
            made.push('%');
            continue;
        }
        let value = text_at(arguments, place)?;
        place += 1;
        let wide: usize = width.parse().unwrap_or(0);
        if wide > 1_000 {
            return fault("a width of more than 1000");
        }
        let written = match verb {
            Some('d') if width.starts_with('0') => format!("{value:0>wide$}"),
            Some('d' | 's' | 'v') => format!("{value:>wide$}"),
            Some('q') => format!("{value:?}"),
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return fault(format!("%{width}{other} is not worked out"));
            }
        };
        made.push_str(&written);
    }
    Ok(made)
}
