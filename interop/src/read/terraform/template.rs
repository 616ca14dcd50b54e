//! Texts with something in them: `"${var.name}-web"`, here documents, `%{ if }` and `%{ for }`.

use super::scope::Scope;
use super::world::{Evaluated, Fault, MAX_TEXT, World, entries, fault};
use crate::json;
use crate::node::{MAX_DEPTH, Node, Place, Value};
use hcl_edit::template::{Directive, Element, Strip};

/// Stands in a text for what is not known, with its number; no text has this character.
const HOLE: char = '\u{f8ff}';

/// A text under way.
#[derive(Default)]
struct Made {
    text: String,
    /// What is not known, in the order of the holes: as it was named, and why it is not known.
    holes: Vec<(Node, Node)>,
    /// The next literal loses the blanks at its beginning.
    strips: bool,
}

impl World<'_> {
    /// A text of literals and expressions. One expression alone keeps its own type.
    pub(super) fn template<'t>(
        &mut self,
        elements: &mut (dyn Iterator<Item = &'t Element> + 't),
        at: Place,
        scope: &Scope<'_>,
    ) -> Evaluated {
        let elements: Vec<&Element> = elements.collect();
        if let [Element::Interpolation(only)] = elements.as_slice() {
            return self.eval(&only.expr, scope);
        }
        let mut made = Made::default();
        self.elements(&elements, &mut made, scope)?;
        Ok(finished(made, at))
    }

    fn elements(
        &mut self,
        elements: &[&Element],
        made: &mut Made,
        scope: &Scope<'_>,
    ) -> Result<(), Fault> {
        for element in elements {
            match element {
                Element::Literal(literal) => {
                    let text: &str = literal.value();
                    self.spend(text.len() / 64)?;
                    let text = if made.strips { text.trim_start() } else { text };
                    made.text.push_str(text);
                    made.strips = false;
                }
                Element::Interpolation(inner) => {
                    begin(made, inner.strip);
                    let node = self.eval(&inner.expr, scope)?;
                    self.put(node, made)?;
                    made.strips = inner.strip.strip_end();
                }
                Element::Directive(directive) => {
                    self.deeper(|world| world.directive(directive, made, scope))?;
                }
            }
            if made.text.len() > MAX_TEXT {
                return fault(format!("the text is longer than {MAX_TEXT} bytes"));
            }
        }
        Ok(())
    }

    fn put(&mut self, node: Node, made: &mut Made) -> Result<(), Fault> {
        let link = node.clone();
        let node = self.resolved(node)?;
        match &node.value {
            Value::Unknown(unknown) if self.keeps_holes => {
                made.text.extend(["${", &unknown.expression, "}"]);
            }
            Value::Unknown(_) | Value::Reference(_) => {
                let hole = format!("{HOLE}{}{HOLE}", made.holes.len());
                made.text.push_str(&hole);
                made.holes.push((link, node));
            }
            Value::Null => return fault("null cannot be put into a text"),
            Value::List(_) | Value::Map(_) => {
                let text = as_json(&node).ok_or(Fault("it has unknown parts".to_owned()))?;
                self.spend(text.len() / 16)?;
                made.text.push_str(&text);
            }
            _ => {
                let text = node.scalar().unwrap_or_default();
                self.spend(text.len() / 64)?;
                made.text.push_str(&text);
            }
        }
        Ok(())
    }

    fn directive(
        &mut self,
        directive: &Directive,
        made: &mut Made,
        scope: &Scope<'_>,
    ) -> Result<(), Fault> {
        match directive {
            Directive::If(it) => {
                begin(made, it.if_expr.strip);
                let condition = self.eval(&it.if_expr.cond_expr, scope)?;
                let condition = self.resolved(condition)?;
                let Some(is_true) = super::operators::truth(&condition) else {
                    return self.put(condition, made);
                };
                made.strips = it.if_expr.strip.strip_end();
                if is_true {
                    let inner: Vec<&Element> = it.if_expr.template.iter().collect();
                    self.elements(&inner, made, scope)?;
                }
                if let Some(other) = &it.else_expr {
                    begin(made, other.strip);
                    made.strips = other.strip.strip_end();
                    if !is_true {
                        let inner: Vec<&Element> = other.template.iter().collect();
                        self.elements(&inner, made, scope)?;
                    }
                }
                begin(made, it.endif_expr.strip);
                made.strips = it.endif_expr.strip.strip_end();
            }
            Directive::For(it) => {
                let each = &it.for_expr;
                begin(made, each.strip);
                let collection = self.eval(&each.collection_expr, scope)?;
                let collection = self.resolved(collection)?;
                let Some(all) = entries(&collection) else { return self.put(collection, made) };
                let inner: Vec<&Element> = each.template.iter().collect();
                for (key, value) in all {
                    let mut bound = vec![(each.value_var.as_str(), value)];
                    if let Some(name) = &each.key_var {
                        bound.push((name.as_str(), key));
                    }
                    made.strips = each.strip.strip_end();
                    self.spend(1)?;
                    self.elements(&inner, made, &scope.with(bound))?;
                    begin(made, it.endfor_expr.strip);
                }
                made.strips = it.endfor_expr.strip.strip_end();
            }
        }
        Ok(())
    }
}

/// `${~` and `%{~` take the blanks before them away.
fn begin(made: &mut Made, strip: Strip) {
    if strip.strip_start() {
        made.text.truncate(made.text.trim_end().len());
    }
}

/// The text; JSON with holes where it is JSON; the first unknown where it is neither.
fn finished(made: Made, at: Place) -> Node {
    let Made { text, holes, .. } = made;
    let Some((_, first)) = holes.first() else { return Node::text(at, text) };
    if text.trim_start().starts_with(['[', '{'])
        && let Ok(mut node) = json::parse(&quoted(&text), at.file)
    {
        fill(&mut node, at, &holes, 0);
        return node;
    }
    first.clone()
}

/// Puts quotes around the holes that stand where JSON has no text.
fn quoted(text: &str) -> String {
    let (mut whole, mut in_text, mut escaped, mut in_hole) = (String::new(), false, false, false);
    for letter in text.chars() {
        if letter == HOLE && !in_text {
            if in_hole {
                whole.push(letter);
            }
            whole.push('"');
            if !in_hole {
                whole.push(letter);
            }
            in_hole = !in_hole;
            continue;
        }
        if letter == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = letter == '\\' && !escaped;
        whole.push(letter);
    }
    whole
}

/// Puts what is not known where its hole is, and all into one place.
fn fill(node: &mut Node, at: Place, holes: &[(Node, Node)], depth: usize) {
    node.at = Place { span: None, line: at.line + node.at.line.saturating_sub(1), ..at };
    if depth > MAX_DEPTH {
        return;
    }
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|it| fill(it, at, holes, depth + 1)),
        Value::Map(map) => map.values_mut().for_each(|it| fill(it, at, holes, depth + 1)),
        Value::Text(text) => {
            let mut parts = text.split(HOLE);
            let before = parts.next();
            let number = parts.next().and_then(|number| number.parse::<usize>().ok());
            if let Some((link, unknown)) = number.and_then(|number| holes.get(number)) {
                let is_whole =
                    before == Some("") && parts.next() == Some("") && parts.next().is_none();
                node.value = if is_whole { link.value.clone() } else { unknown.value.clone() };
            }
        }
        _ => {}
    }
}

/// A known value as JSON; `None` where a part of it is not known.
pub(super) fn as_json(node: &Node) -> Option<String> {
    fn json(node: &Node, depth: usize) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        Some(match &node.value {
            _ if depth > MAX_DEPTH => return None,
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(text) => serde_json::from_str(text).ok()?,
            Value::Text(text) => Json::String(text.clone()),
            Value::List(list) => {
                Json::Array(list.iter().map(|it| json(it, depth + 1)).collect::<Option<_>>()?)
            }
            Value::Map(map) => {
                let entries =
                    map.iter().map(|(key, it)| Some((key.to_owned(), json(it, depth + 1)?)));
                Json::Object(entries.collect::<Option<_>>()?)
            }
            Value::Reference(_) | Value::Unknown(_) => return None,
        })
    }
    json(node, 0).map(|json| json.to_string())
}
