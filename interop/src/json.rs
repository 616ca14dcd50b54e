//! JSON into nodes, strictly: no comments, no trailing commas; each value with its place.

use crate::input::Lines;
use crate::node::{MAX_DEPTH, Map, Node, Place, Span, Value};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// Reads the text of file number `file`. Several documents after each other, as `jq` prints them and
/// as logs have them line by line, become a list.
pub(crate) fn parse(text: &str, file: usize) -> Result<Node, String> {
    let reader = Reader { file, lines: Lines::of(text) };
    let documents = reader.documents(text)?;
    if let [(begin, end)] = documents.as_slice() {
        return reader.document(text, *begin, *end);
    }
    let documents = documents.into_iter().map(|(begin, end)| reader.document(text, begin, end));
    let documents: Vec<Node> = documents.collect::<Result<_, _>>()?;
    if documents.is_empty() {
        return Err("the file is empty".to_owned());
    }
    Ok(Node::new(Place::line(file, 1), Value::List(documents)))
}

struct Reader {
    file: usize,
    lines: Lines,
}

impl Reader {
    /// Where each document begins and ends: where an object or a list closes. Brackets are counted
    /// before anything descends into them.
    fn documents(&self, text: &str) -> Result<Vec<(usize, usize)>, String> {
        let mut documents = Vec::new();
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        let mut begin = None;
        for (place, byte) in text.bytes().enumerate() {
            if !byte.is_ascii_whitespace() {
                begin = begin.or(Some(place));
            }
            match byte {
                _ if in_string => {
                    in_string = escaped || byte != b'"';
                    escaped = !escaped && byte == b'\\';
                }
                b'"' => in_string = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        documents.push((begin.take().unwrap_or(place), place + 1));
                    }
                }
                _ => {}
            }
            if depth > MAX_DEPTH {
                let line = self.lines.line(place);
                return Err(format!("line {line}: values are nested more than {MAX_DEPTH} deep"));
            }
        }
        documents.extend(begin.map(|begin| (begin, text.len())));
        Ok(documents)
    }

    fn document(&self, text: &str, begin: usize, end: usize) -> Result<Node, String> {
        let options = ParseOptions {
            allow_comments: false,
            allow_loose_object_property_names: false,
            allow_trailing_commas: false,
            ..ParseOptions::default()
        };
        let part = text.get(begin..end).unwrap_or_default();
        let parsed = parse_to_ast(part, &CollectOptions::default(), &options).map_err(|error| {
            let line = self.lines.line(begin + error.range().start);
            format!("line {line}: this is not JSON: {}", error.kind())
        })?;
        let value = parsed.value.ok_or("the file is empty")?;
        Ok(self.node(value, begin))
    }

    fn node(&self, value: ast::Value<'_>, begin: usize) -> Node {
        let at = self.place(&value, begin);
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::NumberLit(literal) => Value::Number(literal.value.to_owned()),
            ast::Value::StringLit(literal) => Value::Text(literal.value.into_owned()),
            ast::Value::Array(array) => Value::List(
                array.elements.into_iter().map(|element| self.node(element, begin)).collect(),
            ),
            ast::Value::Object(object) => {
                let named = object.properties.into_iter().map(|property| {
                    (property.name.into_string(), self.node(property.value, begin))
                });
                Value::Map(named.collect::<Map>())
            }
        };
        Node { at, value }
    }

    fn place(&self, value: &impl Ranged, begin: usize) -> Place {
        let range = value.range();
        let (start, end) = (begin + range.start, begin + range.end);
        let line = self.lines.line(start);
        let (start, end) = (u32::try_from(start), u32::try_from(end));
        let span = start.ok().zip(end.ok()).map(|(start, end)| Span { start, end });
        Place { file: self.file, line, span }
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
        refused("{}\n{} ,", "line 2");
    }

    #[test]
    fn documents_may_follow_each_other() {
        let node = parse("{\"a\": 1}\n{\"a\": 2}\n", 0).unwrap();
        let lines: Vec<_> = node.as_list().unwrap().iter().map(|node| node.at.line).collect();
        assert_eq!(lines, [1, 2]);
        let second = node.as_list().unwrap()[1].get("a").unwrap();
        assert_eq!(second.at.span, Some(Span { start: 15, end: 16 }));
    }
}
