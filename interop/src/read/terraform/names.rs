//! What names lead to: variables, locals, modules' outputs, resources, data, and the parts of them.

use super::data;
use super::instances::{Keys, module_of};
use super::scope::Scope;
use super::variables::answered;
use super::world::{Evaluated, Fault, World, fault, size};
use crate::node::{Node, Place, Reference, Unknown, Value};
use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::structure::Block;
use std::rc::Rc;

type Operator = hcl_edit::Decorated<TraversalOperator>;

pub(super) fn unknown(at: Place, expression: impl Into<String>, because: &str) -> Node {
    let unknown = Unknown { expression: expression.into(), because: because.to_owned() };
    Node::new(at.without_span(), Value::Unknown(unknown))
}

impl World<'_> {
    /// A name with what follows it: `var.services["web"].cpu`.
    pub(super) fn traversal(
        &mut self,
        expression: &Expression,
        name: &str,
        operators: &[Operator],
        scope: &Scope<'_>,
    ) -> Evaluated {
        let (start, used) = match (scope.get(name), self.kept(name, operators, scope)?) {
            (Some(bound), _) => self.walk(bound, operators, 0, scope)?,
            (None, Some(kept)) => self.walk(&kept, operators, 1, scope)?,
            (None, None) => self.named(name, operators, expression, scope)?,
        };
        let rest = operators.get(used..).unwrap_or_default();
        let node = self.follow(start, rest, scope)?;
        if let Value::Unknown(_) = node.value
            && let Some((name, answer)) =
                self.answers.get_key_value(&self.text_of(expression, scope))
        {
            self.account.takes(name);
            return Ok(answered(node.at, answer));
        }
        Ok(node)
    }

    /// Variables and local values, which are large at times and not copied to be looked into.
    fn kept(
        &mut self,
        name: &str,
        operators: &[Operator],
        scope: &Scope<'_>,
    ) -> Result<Option<Rc<Node>>, Fault> {
        let Some(TraversalOperator::GetAttr(first)) =
            operators.first().map(hcl_edit::Decorated::value)
        else {
            return Ok(None);
        };
        match name {
            _ if scope.get(name).is_some() => Ok(None),
            "var" => self.variable(scope.instance, first.as_str()).map(Some),
            "local" => self.local(scope.instance, first.as_str()).map(Some),
            _ => Ok(None),
        }
    }

    /// Goes into maps and lists as far as they go; gives what is there, and how many operators it took.
    fn walk(
        &mut self,
        start: &Node,
        operators: &[Operator],
        from: usize,
        scope: &Scope<'_>,
    ) -> Result<(Node, usize), Fault> {
        let (mut node, mut used) = (start, from);
        for operator in operators.get(from..).unwrap_or_default() {
            let inner = match (operator.value(), &node.value) {
                (TraversalOperator::GetAttr(name), Value::Map(map)) => map.get(name.as_str()),
                (TraversalOperator::Index(index), Value::Map(_) | Value::List(_)) => {
                    let index = self.eval(index, scope)?;
                    let index = self.resolved(index)?.scalar().unwrap_or_default();
                    match &node.value {
                        Value::Map(map) => map.get(&index),
                        Value::List(list) => index.parse().ok().and_then(|at: usize| list.get(at)),
                        _ => None,
                    }
                }
                _ => None,
            };
            let Some(inner) = inner else { break };
            node = inner;
            used += 1;
        }
        self.spend(size(node))?;
        Ok((node.clone(), used))
    }

    /// What a name and its first attributes mean, and how many attributes that were.
    fn named(
        &mut self,
        name: &str,
        operators: &[Operator],
        expression: &Expression,
        scope: &Scope<'_>,
    ) -> Result<(Node, usize), Fault> {
        let at = self.line(expression, scope);
        let attribute = |place: usize| match operators.get(place).map(hcl_edit::Decorated::value) {
            Some(TraversalOperator::GetAttr(name)) => Some(name.as_str()),
            _ => None,
        };
        let first = attribute(0);
        match (name, first) {
            ("module", Some(call)) => {
                let modules = self.module_value(scope.instance, call)?;
                self.walk(&modules, operators, 1, scope)
            }
            ("path", Some(which)) => {
                let folder = match which {
                    "module" => self.instances.get(scope.instance).map(|it| it.folder.clone()),
                    _ => None,
                };
                let folder = folder.filter(|folder| !folder.is_empty());
                Ok((Node::text(at, folder.unwrap_or_else(|| ".".to_owned())), 1))
            }
            ("data", Some(kind)) => {
                let Some(name) = attribute(1) else { return fault("data needs a type and a name") };
                let text = self.text_of(expression, scope);
                Ok(data::value(self, scope, kind, name, &text, at, operators))
            }
            ("terraform" | "each" | "count" | "self", _) => {
                let text = self.text_of(expression, scope);
                Ok((unknown(at, text, "it is known only when Terraform runs"), operators.len()))
            }
            (kind, Some(resource)) => {
                let index = match operators.get(1).map(hcl_edit::Decorated::value) {
                    Some(TraversalOperator::Index(index)) => {
                        let index = self.eval(index, scope)?;
                        self.resolved(index)?.scalar()
                    }
                    _ => None,
                };
                let used = if index.is_some() { 2 } else { 1 };
                Ok((self.resource(scope, (kind, resource), index, expression)?, used))
            }
            (name, None) => fault(format!("nothing is called {name} here")),
        }
    }

    fn resource(
        &mut self,
        scope: &Scope<'_>,
        (kind, name): (&str, &str),
        index: Option<String>,
        expression: &Expression,
    ) -> Evaluated {
        let at = self.line(expression, scope);
        let prefix = self.instances.get(scope.instance).map(|it| it.prefix.clone());
        let address = format!("{}{kind}.{name}", prefix.unwrap_or_default());
        let whole = |to: String| {
            let reference = Reference { to, attribute: String::new() };
            Node::new(at, Value::Reference(reference))
        };
        let Some(keys) = self.keys(scope.instance, kind, name) else {
            let text = self.text_of(expression, scope);
            return Ok(unknown(at, text, "the resource is not among the files"));
        };
        if let Some(index) = index {
            return match &*keys {
                Keys::Count(count) if index.parse().is_ok_and(|it: usize| it < *count) => {
                    Ok(whole(format!("{address}[{index}]")))
                }
                Keys::Each(_) if self.placed.contains_key(&format!("{address}[\"{index}\"]")) => {
                    Ok(whole(format!("{address}[\"{index}\"]")))
                }
                Keys::Unknown(_) => Ok(whole(address)),
                _ => fault(format!("there is no {address} of {index}")),
            };
        }
        match &*keys {
            Keys::One | Keys::Unknown(_) => Ok(whole(address)),
            Keys::Count(count) => {
                self.spend(*count)?;
                let all = (0..*count).map(|number| whole(format!("{address}[{number}]")));
                Ok(Node::new(at, Value::List(all.collect())))
            }
            Keys::Each(each) => {
                self.spend(each.len())?;
                let all = each.iter().map(|(key, _)| {
                    let node = whole(format!("{address}[\"{key}\"]"));
                    (key.clone(), node)
                });
                Ok(Node::new(at, Value::Map(all.collect())))
            }
        }
    }

    /// Goes into a value: attributes, indexes, and `[*]`.
    pub(super) fn follow(
        &mut self,
        mut node: Node,
        operators: &[Operator],
        scope: &Scope<'_>,
    ) -> Evaluated {
        for (place, operator) in operators.iter().enumerate() {
            let index = match operator.value() {
                TraversalOperator::GetAttr(name) => {
                    node = self.attribute(node, name.as_str())?;
                    continue;
                }
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                    let rest = operators.get(place + 1..).unwrap_or_default();
                    return self.splat(node, rest, scope);
                }
                TraversalOperator::LegacyIndex(index) => Node::number(node.at, index.value()),
                TraversalOperator::Index(index) => {
                    let index = self.eval(index, scope)?;
                    self.resolved(index)?
                }
            };
            node = self.element(node, &index)?;
        }
        Ok(node)
    }

    fn attribute(&mut self, node: Node, name: &str) -> Evaluated {
        match node.value {
            Value::Map(map) => {
                let found = map.into_entries().into_iter().find(|entry| entry.key == name);
                match found {
                    Some(entry) => Ok(entry.node),
                    None => fault(format!("there is no {name} in it")),
                }
            }
            Value::Reference(Reference { to, attribute }) if attribute.is_empty() => {
                if let Some(instance) = module_of(&to) {
                    return self.output(instance, name, node.at);
                }
                let reference = Reference { to, attribute: name.to_owned() };
                Ok(Node::new(node.at, Value::Reference(reference)))
            }
            Value::Reference(_) => {
                let inner = self.resolved(node)?;
                self.attribute(inner, name)
            }
            Value::Unknown(_) => Ok(node),
            _ => fault(format!("only maps and resources have attributes such as {name}")),
        }
    }

    fn element(&mut self, node: Node, index: &Node) -> Evaluated {
        let node = match &node.value {
            Value::Reference(reference) if !reference.attribute.is_empty() => {
                self.resolved(node)?
            }
            _ => node,
        };
        match (node.value, &index.value) {
            (Value::Unknown(it), _) => Ok(Node::new(node.at, Value::Unknown(it))),
            (_, Value::Unknown(it)) => Ok(Node::new(index.at, Value::Unknown(it.clone()))),
            (Value::List(list), _) => {
                let place = index.scalar().and_then(|text| text.parse::<usize>().ok());
                match place.and_then(|place| list.into_iter().nth(place)) {
                    Some(element) => Ok(element),
                    None => fault("the list has no element of that number"),
                }
            }
            (value @ Value::Map(_), _) => match index.scalar() {
                Some(key) => self.attribute(Node::new(node.at, value), &key),
                None => fault("a map is asked for with a text"),
            },
            // A resource whose number of instances is not known.
            (Value::Reference(reference), _) => Ok(Node::new(node.at, Value::Reference(reference))),
            _ => fault("only lists and maps have elements"),
        }
    }

    fn splat(&mut self, node: Node, rest: &[Operator], scope: &Scope<'_>) -> Evaluated {
        let at = node.at;
        let list = match node.value {
            Value::Unknown(_) => return Ok(node),
            Value::Null => Vec::new(),
            Value::List(list) => list,
            _ => vec![node],
        };
        let mut all = Vec::with_capacity(list.len());
        for element in list {
            self.spend(1)?;
            all.push(self.deeper(|world| world.follow(element, rest, scope))?);
        }
        Ok(Node::new(at.without_span(), Value::List(all)))
    }

    /// What a reference stands for, where the files say it; a resource's id, for instance, they do
    /// not.
    pub(super) fn resolved(&mut self, node: Node) -> Evaluated {
        let Value::Reference(reference) = &node.value else { return Ok(node) };
        if reference.attribute.is_empty() {
            let text = if module_of(&reference.to).is_some() { "module" } else { &reference.to };
            return Ok(unknown(node.at, text, "a whole resource is no value"));
        }
        let expression = format!("{}.{}", reference.to, reference.attribute);
        if let Some(answer) = self.answers.get(&expression) {
            self.account.takes(&expression);
            return Ok(answered(node.at, answer));
        }
        let placed = self.placed.get(&reference.to).cloned();
        let written =
            placed.as_ref().and_then(|it| it.block.body.get_attribute(&reference.attribute));
        let (Some(placed), Some(written)) = (&placed, written) else {
            let because = "it is known only when the resource exists";
            return Ok(unknown(node.at, expression, because));
        };
        let key = (placed.instance, expression);
        let done = self.once(key, |world| {
            let scope = Scope::of_key(placed.instance, placed.file, placed.key.as_ref());
            let inner = world.eval(&written.value, &scope)?;
            world.resolved(inner)
        });
        let done = done.and_then(|node| self.copied(&node));
        // A value that needs itself by way of another resource is none that eniac needs.
        done.or_else(|Fault(because)| {
            let text = format!("{}.{}", reference.to, reference.attribute);
            Ok(unknown(node.at, text, &because))
        })
    }

    /// A copy, which is counted.
    pub(super) fn copied(&mut self, node: &Node) -> Evaluated {
        self.spend(size(node))?;
        Ok(node.clone())
    }

    pub(super) fn block_line(&self, file: usize, block: &Block) -> Place {
        self.files.get(file).map_or(Place::file(0), |it| it.line(block.span()))
    }
}
