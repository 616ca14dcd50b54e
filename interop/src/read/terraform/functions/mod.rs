//! Terraform's functions, as far as they are pure. What is not here is unknown, and said so.

mod encoding;
mod lists;
mod maps;
mod numbers;
mod text;

use super::names::unknown;
use super::scope::Scope;
use super::world::{Evaluated, Fault, World, fault};
use crate::node::{Node, Place, Value};
use hcl_edit::expr::FuncCall;

/// Functions that look at their arguments' own elements, so that unknown ones may remain in them.
const OF_COLLECTIONS: [&str; 22] = [
    "compact",
    "concat",
    "element",
    "flatten",
    "jsondecode",
    "jsonencode",
    "keys",
    "length",
    "lookup",
    "merge",
    "nonsensitive",
    "one",
    "reverse",
    "sensitive",
    "setproduct",
    "slice",
    "tolist",
    "tomap",
    "toset",
    "values",
    "zipmap",
    "yamldecode",
];

impl World<'_> {
    pub(super) fn call(&mut self, call: &FuncCall, at: Place, scope: &Scope<'_>) -> Evaluated {
        let name = call.name.name.as_str();
        if call.name.is_namespaced() {
            let because = "functions of providers are not worked out";
            return Ok(unknown(at, name, because));
        }
        match name {
            "try" | "can" | "coalesce" => return self.attempt(name, call, at, scope),
            _ => {}
        }
        let mut arguments = Vec::with_capacity(call.args.len());
        for argument in &call.args {
            arguments.push(self.eval(argument, scope)?);
        }
        if call.args.expand_final() {
            match arguments.pop().map(|node| (node.at, node.value)) {
                Some((_, Value::List(list))) => arguments.extend(list),
                Some((at, value @ Value::Unknown(_))) => return Ok(Node::new(at, value)),
                _ => return fault("only a list can be spread with ..."),
            }
        }
        let keeps = OF_COLLECTIONS.contains(&name);
        for argument in &mut arguments {
            let node = std::mem::replace(argument, Node::new(at, Value::Null));
            *argument = if keeps { node } else { self.all_resolved(node)? };
            if let Value::Unknown(_) = argument.value {
                return Ok(argument.clone());
            }
        }
        let steps = arguments.iter().map(super::world::size).sum();
        self.spend(steps)?;
        if name == "templatefile" || name == "file" || name == "filebase64" {
            return self.of_file(name, &arguments, at, scope);
        }
        match pure(name, &arguments, at) {
            Some(done) => {
                let node = done.map_err(|Fault(why)| Fault(format!("{name}: {why}")))?;
                // What a function gives back of a reference alone stands for its value.
                Ok(node)
            }
            None => Ok(unknown(at, format!("{name}(…)"), "eniac does not work this function out")),
        }
    }

    /// A value without references to what the files say, one level deep.
    fn all_resolved(&mut self, node: Node) -> Evaluated {
        let node = self.resolved(node)?;
        let Node { at, value } = node;
        let Value::List(list) = value else { return Ok(Node { at, value }) };
        let mut all = Vec::with_capacity(list.len());
        for element in list {
            let element = self.resolved(element)?;
            if let Value::Unknown(_) = element.value {
                return Ok(element);
            }
            all.push(element);
        }
        Ok(Node::new(at, Value::List(all)))
    }

    /// Functions whose arguments may have no value.
    fn attempt(&mut self, name: &str, call: &FuncCall, at: Place, scope: &Scope<'_>) -> Evaluated {
        let logic = |value: bool| Ok(Node::new(at, Value::Bool(value)));
        let mut last = Fault(format!("{name} has no argument with a value"));
        for argument in &call.args {
            match (name, self.eval(argument, scope)) {
                ("can", Ok(node)) if matches!(node.value, Value::Unknown(_)) => return Ok(node),
                ("can", done) => return logic(done.is_ok()),
                ("try", Ok(node)) => return Ok(node),
                ("coalesce", Ok(node)) => {
                    let is_empty = node.is_null() || node.as_text() == Some("");
                    if !is_empty {
                        return Ok(node);
                    }
                }
                ("coalesce", Err(fault)) => return Err(fault),
                (_, Err(fault)) => last = fault,
                _ => {}
            }
        }
        if name == "can" { logic(false) } else { Err(last) }
    }

    fn of_file(
        &mut self,
        name: &str,
        arguments: &[Node],
        at: Place,
        scope: &Scope<'_>,
    ) -> Evaluated {
        let path = arguments.first().and_then(Node::as_text).unwrap_or_default().to_owned();
        let folder = self.instances.get(scope.instance).map(|it| it.folder.clone());
        let folder = folder.unwrap_or_default();
        let Some((text, file)) = self.companion(&folder, &path) else {
            let text = format!("{name}(\"{path}\")");
            return Ok(unknown(at, text, "the file is not among those given"));
        };
        self.spend(text.len() / 16)?;
        let whole = Place::line(file, 1);
        match (name, arguments.get(1)) {
            ("templatefile", Some(variables)) => self.rendered(&text, variables, whole, scope),
            _ => Ok(Node::text(whole, text)),
        }
    }

    /// A template of a file, with its variables.
    pub(in super::super) fn rendered(
        &mut self,
        text: &str,
        variables: &Node,
        at: Place,
        scope: &Scope<'_>,
    ) -> Evaluated {
        let template: hcl_edit::template::Template = match text.parse() {
            Ok(template) => template,
            Err(error) => return fault(format!("the template cannot be read: {error}")),
        };
        let variables = variables
            .as_map()
            .map(|map| map.iter().map(|(name, node)| (name, node.clone())).collect::<Vec<_>>());
        let inner = scope.with(variables.unwrap_or_default());
        self.template(&mut template.iter(), at, &inner)
    }
}

/// The functions that need nothing but their arguments; `None` where there is none of this name.
fn pure(name: &str, arguments: &[Node], at: Place) -> Option<Evaluated> {
    text::call(name, arguments, at)
        .or_else(|| numbers::call(name, arguments, at))
        .or_else(|| lists::call(name, arguments, at))
        .or_else(|| maps::call(name, arguments, at))
        .or_else(|| encoding::call(name, arguments, at))
}

/// The argument number `place`.
fn nth(arguments: &[Node], place: usize) -> Result<&Node, Fault> {
    arguments.get(place).ok_or(Fault(format!("argument {} is missing", place + 1)))
}

fn text_at(arguments: &[Node], place: usize) -> Result<String, Fault> {
    let node = nth(arguments, place)?;
    node.scalar().ok_or(Fault(format!("argument {} must be a text", place + 1)))
}

fn list_at(arguments: &[Node], place: usize) -> Result<&[Node], Fault> {
    let node = nth(arguments, place)?;
    node.as_list().ok_or(Fault(format!("argument {} must be a list", place + 1)))
}

fn number_at(arguments: &[Node], place: usize) -> Result<f64, Fault> {
    let number = super::operators::number(nth(arguments, place)?);
    number.ok_or(Fault(format!("argument {} must be a number", place + 1)))
}

fn whole_at(arguments: &[Node], place: usize) -> Result<usize, Fault> {
    let text = text_at(arguments, place)?;
    text.parse().map_err(|_| Fault(format!("argument {} must be a whole number", place + 1)))
}
