//! JSON into nodes, strictly: no comments, no trailing commas; each value with its place.

use crate::input::Lines;
use crate::node::{MAX_DEPTH, Map, Node, Place, Span, Value};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Reads the text of file number `file`.
pub(crate) fn parse(text: &str, file: usize) -> Result<Node, String> {
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        ..ParseOptions::default()
    };
    too_deep(text)?;
    let lines = Lines::of(text);
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options).map_err(|error| {
        let line = lines.line(error.range().start);
        format!("line {line}: this is not JSON: {}", error.kind())
    })?;
    let value = parsed.value.ok_or("the file is empty")?;
    Ok(Reader { file, lines }.node(value))
}

/// Counts brackets before anything descends into them.
fn too_deep(text: &str) -> Result<(), String> {
    let (mut depth, mut in_string, mut escaped, mut line) = (0_usize, false, false, 1);
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if in_string => {
                in_string = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            }
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("line {line}: values are nested more than {MAX_DEPTH} deep"));
        }
    }
    Ok(())
}

struct Reader {
    file: usize,
    lines: Lines,
}

impl Reader {
    fn node(&self, value: ast::Value<'_>) -> Node {
        let at = self.place(&value);
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(literal) => Value::Text(literal.value.into_owned()),
            ast::Value::Array(array) => {
                Value::List(array.elements.into_iter().map(|element| self.node(element)).collect())
            }
            ast::Value::Object(object) => {
                let named = object
                    .properties
                    .into_iter()
                    .map(|property| (property.name.into_string(), self.node(property.value)));
                Value::Map(named.collect::<Map>())
            }
        };
        Node { at, value }
    }

    fn place(&self, value: &impl Ranged) -> Place {
        let range = value.range();
        let (start, end) = (u32::try_from(range.start), u32::try_from(range.end));
        let span = start.ok().zip(end.ok()).map(|(start, end)| Span { start, end });
        Place { file: self.file, line: self.lines.line(range.start), span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_places() {
        let node = parse("{\n  \"a\": [1.50, \"b\\n\"],\n \"c\": null }", 7).unwrap();
        let list = node.get("a").unwrap();
        let [number, text] = list.as_list().unwrap() else { panic!("two") };
        assert_eq!(number.value, Value::Number("1.50".to_owned()));
        assert_eq!((number.at.file, number.at.line), (7, 2));
        assert_eq!(number.at.span, Some(Span { start: 10, end: 14 }));
        assert_eq!(text.as_text(), Some("b\n"));
        assert!(node.get("c").unwrap().is_null());
    }

    fn refused(text: &str, part: &str) {
        let said = parse(text, 0).unwrap_err();
        assert!(said.contains(part), "{said}");
    }

    #[test]
    fn what_is_not_json_is_told_with_its_line() {
        refused("{\n\"a\": }", "line 2");
        refused("{\n\"a\": 1, // why\n}", "line 2");
        refused("", "empty");
        refused(&"[".repeat(200_000), "100 deep");
        refused("{} {}", "line 1");
    }
}
