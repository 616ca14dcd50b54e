//! Variables and local values, each worked out once, and what the user answers.

use super::modules::In;
use super::names::unknown;
use super::scope::Scope;
use super::types;
use super::world::{Evaluated, Fault, Input, World, fault};
use crate::node::{Node, Place, Value};
use hcl_edit::structure::Block;
use std::rc::Rc;

impl<'a> World<'a> {
    pub(super) fn variable(&mut self, instance: usize, name: &str) -> Result<Rc<Node>, Fault> {
        let key = (instance, format!("var.{name}"));
        self.once(key, |world| world.variable_here(instance, name))
    }

    fn variable_here(&mut self, instance: usize, name: &str) -> Evaluated {
        let Some(here) = self.instances.get(instance) else { return fault("no such module") };
        let is_root = here.depth == 0;
        let prefix = if is_root { "" } else { here.prefix.as_str() };
        let expression = format!("{prefix}var.{name}");
        let input = here.inputs.get(name).cloned();
        let declared: Option<In<'a, Block>> =
            self.modules.get(&here.folder).and_then(|module| module.variables.get(name).copied());
        let at = declared.map(|(file, block)| self.block_line(file, block));
        let answer = self.answers.get(&expression);
        let answer = answer.or_else(|| self.answers.get(name).filter(|_| is_root));
        let of_block = |key: &str| {
            let (file, block) = declared?;
            Some((file, &block.body.get_attribute(key)?.value))
        };
        let node = if let Some(answer) = answer {
            answered(at.unwrap_or(Place::file(0)), answer)
        } else {
            match (input, of_block("default")) {
                (Some(Input::Ready(node)), _) => node,
                (Some(Input::Argument { expression, instance, file, key }), _) => {
                    self.value(expression, &Scope::of_key(instance, file, key.as_ref()))
                }
                (None, Some((file, default))) => self.eval(default, &Scope::new(instance, file))?,
                (None, None) => match at {
                    Some(at) => unknown(at, expression, "the variable has no default"),
                    None => unknown(Place::file(0), expression, "no file declares the variable"),
                },
            }
        };
        Ok(match of_block("type") {
            Some((_, expected)) => types::converted(node, expected, 0),
            None => node,
        })
    }

    pub(super) fn local(&mut self, instance: usize, name: &str) -> Result<Rc<Node>, Fault> {
        let key = (instance, format!("local.{name}"));
        self.once(key, |world| {
            let module = world.instances.get(instance).and_then(|it| world.modules.get(&it.folder));
            let Some((file, local)) = module.and_then(|module| module.locals.get(name).copied())
            else {
                return fault(format!("no local value is called {name}"));
            };
            world.eval(&local.value, &Scope::new(instance, file))
        })
    }

    /// Works a named value out once, and finds those that need themselves.
    pub(super) fn once(
        &mut self,
        key: (usize, String),
        work: impl FnOnce(&mut Self) -> Evaluated,
    ) -> Result<Rc<Node>, Fault> {
        match self.named.get(&key) {
            Some(Some(node)) => return Ok(Rc::clone(node)),
            Some(None) => return fault(format!("{} needs itself", key.1)),
            None => {}
        }
        self.named.insert(key.clone(), None);
        let done = self.deeper(work).map(Rc::new);
        match &done {
            // A text with holes is for user data alone.
            Ok(node) if !self.keeps_holes => drop(self.named.insert(key, Some(Rc::clone(node)))),
            _ => drop(self.named.remove(&key)),
        }
        done
    }
}

/// An answer as a value: written as in a file where it is more than a word, else a text.
pub(super) fn answered(at: Place, answer: &str) -> Node {
    let at = at.without_span();
    let literal = |text: &str| {
        if text.trim_start().starts_with(['[', '{', '"']) {
            hcl_edit::parser::parse_expr(text.trim()).ok()
        } else {
            None
        }
    };
    match literal(answer) {
        Some(expression) => types::constant(&expression, at, 0),
        None => match answer.trim() {
            "true" => Node::new(at, Value::Bool(true)),
            "false" => Node::new(at, Value::Bool(false)),
            "null" => Node::new(at, Value::Null),
            text if text.parse::<f64>().is_ok() => Node::number(at, text),
            text => Node::text(at, text),
        },
    }
}
