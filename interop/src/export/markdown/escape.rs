//! Text that says nothing to a Markdown renderer: no markup, no HTML, no mention, no link.

/// The text on one line, so that it shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut at_start = true;
    for character in text.trim().chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            // An empty comment parts what GitHub would make a mention, an issue or a link of.
            '@' | '#' => {
                escaped.push_str(if character == '#' && at_start { "\\" } else { "" });
                escaped.push(character);
                escaped.push_str("<!-- -->");
            }
            ':' => escaped.push_str(":<!-- -->"),
            '-' | '+' | '=' | '!' if at_start => {
                escaped.push('\\');
                escaped.push(character);
            }
            // `1.` and `1)` begin a list.
            '.' | ')' if escaped.chars().all(|c| c.is_ascii_digit()) => {
                escaped.push('\\');
                escaped.push(character);
            }
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
        at_start = false;
    }
    // A colon in a sentence needs no parting; only a scheme's does.
    escaped.replace(":<!-- --> ", ": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_form_nothing() {
        for (name, shown) in [
            ("web", "web"),
            ("a|b", "a\\|b"),
            ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
            ("@team", "@<!-- -->team"),
            ("#12", "\\#<!-- -->12"),
            ("[a](https://example.org)", "\\[a\\](https:<!-- -->//example.org)"),
            ("**bold** `code`", "\\*\\*bold\\*\\* \\`code\\`"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("line\nbreak", "line break"),
            ("note: text", "note: text"),
            ("&amp;", "&amp;amp;"),
            ("$x$", "\\$x\\$"),
            ("", ""),
        ] {
            assert_eq!(escaped(name), shown);
        }
    }
}
