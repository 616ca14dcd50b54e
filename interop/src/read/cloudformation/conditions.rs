//! Conditions of a template: decided where their parts are known, or answered by their name.

use super::evaluate::Template;
use crate::node::{Node, Unknown, Value};

/// So many conditions may name each other in a row.
const MOST_NESTED: usize = 20;

impl Template<'_> {
    /// Whether a condition holds, or what is not known of it.
    pub(super) fn condition(&self, name: &str) -> Result<bool, Unknown> {
        self.named_condition(name, 0)
    }

    fn named_condition(&self, name: &str, depth: usize) -> Result<bool, Unknown> {
        match self.answer(name).as_deref() {
            Some("true") => return Ok(true),
            Some("false") => return Ok(false),
            _ => {}
        }
        let unknown = |because: String| Unknown { expression: name.to_owned(), because };
        if depth > MOST_NESTED {
            return Err(unknown("the conditions name each other in a circle".to_owned()));
        }
        let Some(node) = self.section("Conditions", name) else {
            return Err(unknown("the template has no such condition".to_owned()));
        };
        self.holds(node, depth + 1).map_err(|part| {
            unknown(format!("whether it holds depends on {}: {}", part.expression, part.because))
        })
    }

    fn holds(&self, node: &Node, depth: usize) -> Result<bool, Unknown> {
        if depth > MOST_NESTED {
            return Err(no_condition("it is nested too deeply"));
        }
        let Some((function, inner)) = node.as_map().and_then(|map| map.iter().next()) else {
            return Err(no_condition("it is no function of conditions"));
        };
        let all = inner.as_list().unwrap_or_default();
        match function {
            "Condition" => self.named_condition(inner.as_text().unwrap_or_default(), depth + 1),
            "Fn::Not" => all.first().map_or_else(
                || Err(no_condition("it is empty")),
                |node| self.holds(node, depth + 1).map(|holds| !holds),
            ),
            "Fn::And" => self.decided(all, depth, false),
            "Fn::Or" => self.decided(all, depth, true),
            "Fn::Equals" => match all {
                [a, b] => Ok(self.text(a)? == self.text(b)?),
                _ => Err(no_condition("Fn::Equals needs two values")),
            },
            _ => Err(no_condition("it is no function of conditions")),
        }
    }

    /// One part that is `deciding` decides; otherwise all must be known.
    fn decided(&self, all: &[Node], depth: usize, deciding: bool) -> Result<bool, Unknown> {
        let mut unknown = None;
        for node in all {
            match self.holds(node, depth + 1) {
                Ok(holds) if holds == deciding => return Ok(deciding),
                Ok(_) => {}
                Err(part) => unknown = unknown.or(Some(part)),
            }
        }
        unknown.map_or(Ok(!deciding), Err)
    }

    fn text(&self, node: &Node) -> Result<String, Unknown> {
        let node = self.value(node);
        match node.value {
            Value::Unknown(unknown) => Err(unknown),
            Value::Reference(reference) => {
                let because = "it is known only when the stack exists".to_owned();
                Err(Unknown { expression: reference.to, because })
            }
            _ => node.scalar().ok_or_else(|| no_condition("a text is needed")),
        }
    }
}

fn no_condition(because: &str) -> Unknown {
    Unknown { expression: "a condition".to_owned(), because: because.to_owned() }
}
