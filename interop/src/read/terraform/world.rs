//! Working out expressions, as far as it goes without running anything.
//!
//! An expression ends as a value, as something unknown (with what is to be asked), or as a
//! [`Fault`]: what Terraform itself would refuse, and `try` and `can` look at. All work is counted,
//! so that no file can keep this busy or make it descend too far.

use super::super::Source;
use super::instances::Keys;
use super::modules::{File, Module, joined};
use super::scope::Scope;
use crate::account::Account;
use crate::node::{Map, Node, Place, Unknown, Value};
use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ForExpr, ObjectKey};
use hcl_edit::structure::Block;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Expressions lead to each other at most so far. The stack of a web page is small.
const MAX_NESTED: usize = 150;

/// So many steps are made in all: values looked at, copied or made.
const MAX_STEPS: usize = 1_000_000;

/// A text that is put together is at most so long.
pub(super) const MAX_TEXT: usize = 1 << 20;

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault(pub(super) String);

pub(super) type Evaluated = Result<Node, Fault>;

pub(super) fn fault<T>(message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault(message.into()))
}

/// Something given to a module.
#[derive(Clone)]
pub(super) enum Input<'a> {
    Ready(Node),
    /// An argument of the call, and where that stands.
    Argument {
        expression: &'a Expression,
        instance: usize,
        file: usize,
        key: Option<(String, Node)>,
    },
}

/// A module as it is called from somewhere.
pub(super) struct Instance<'a> {
    pub(super) folder: String,
    /// `module.shop["eu"].`, or nothing at the top.
    pub(super) prefix: String,
    pub(super) inputs: BTreeMap<String, Input<'a>>,
    /// How many calls lead here.
    pub(super) depth: usize,
    /// The instance that nobody calls, at the beginning of them.
    pub(super) root: usize,
}

/// A resource that stands at an address.
#[derive(Clone)]
pub(super) struct Placed<'a> {
    pub(super) instance: usize,
    pub(super) file: usize,
    pub(super) block: &'a Block,
    /// What `each` or `count` is there.
    pub(super) key: Option<(String, Node)>,
}

/// All that expressions can lead to.
pub(super) struct World<'a> {
    pub(super) files: &'a [File<'a>],
    pub(super) modules: BTreeMap<String, Module<'a>>,
    pub(super) instances: Vec<Instance<'a>>,
    /// Templates and scripts.
    companions: Vec<&'a Source>,
    pub(super) answers: &'a BTreeMap<String, String>,
    pub(super) account: &'a mut Account,
    /// Named values that are known already; `None` while one is being worked out.
    pub(super) named: BTreeMap<(usize, String), Option<Rc<Node>>>,
    /// How often there is each resource, by instance, type and name.
    pub(super) counted: BTreeMap<(usize, String), Rc<Keys>>,
    /// Resources by address.
    pub(super) placed: BTreeMap<String, Placed<'a>>,
    /// Unknown parts of a text remain in it as they are written: for user data.
    pub(super) keeps_holes: bool,
    nested: usize,
    steps: usize,
}

impl<'a> World<'a> {
    pub(super) fn new(
        files: &'a [File<'a>],
        modules: BTreeMap<String, Module<'a>>,
        companions: Vec<&'a Source>,
        answers: &'a BTreeMap<String, String>,
        account: &'a mut Account,
    ) -> Self {
        Self {
            files,
            modules,
            instances: Vec::new(),
            companions,
            answers,
            account,
            named: BTreeMap::new(),
            counted: BTreeMap::new(),
            placed: BTreeMap::new(),
            keeps_holes: false,
            nested: 0,
            steps: 0,
        }
    }

    /// A file that an expression reads, if it is among those given: its text, and which it is.
    pub(super) fn companion(&self, folder: &str, path: &str) -> Option<(String, usize)> {
        let wanted = [joined("", path), joined(folder, path)];
        let is_it = |it: &&&Source| wanted.contains(&joined("", &it.name.replace('\\', "/")));
        // Files that are chosen in a browser come without their folders.
        let base = path.rsplit('/').next().unwrap_or(path);
        let found = self.companions.iter().find(is_it);
        let found = found.or_else(|| self.companions.iter().find(|it| it.name == base));
        found.map(|it| (it.text.clone(), it.file))
    }

    /// Counts work.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Fault> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS {
            return fault("the files lead to more work than eniac does");
        }
        Ok(())
    }

    /// Whether some expressions were left because there were too many.
    pub(super) fn is_spent(&self) -> bool {
        self.steps > MAX_STEPS
    }

    /// One level further down, if that is not too far.
    pub(super) fn deeper<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.nested >= MAX_NESTED {
            return fault(format!("expressions lead to each other more than {MAX_NESTED} deep"));
        }
        self.nested += 1;
        let done = work(self);
        self.nested -= 1;
        done
    }

    pub(super) fn line(&self, expression: &Expression, scope: &Scope<'_>) -> Place {
        self.files.get(scope.file).map_or(Place::file(0), |file| file.line(expression.span()))
    }

    pub(super) fn text_of(&self, expression: &Expression, scope: &Scope<'_>) -> String {
        self.files.get(scope.file).map(|file| file.text_of(expression)).unwrap_or_default()
    }

    fn literal(&self, expression: &Expression, scope: &Scope<'_>) -> Place {
        self.files.get(scope.file).map_or(Place::file(0), |file| file.literal(expression.span()))
    }

    /// The value, or the unknown that a fault makes of it.
    pub(super) fn value(&mut self, expression: &Expression, scope: &Scope<'_>) -> Node {
        match self.eval(expression, scope) {
            Ok(node) => node,
            Err(Fault(because)) => {
                let unknown = Unknown { expression: self.text_of(expression, scope), because };
                Node::new(self.line(expression, scope), Value::Unknown(unknown))
            }
        }
    }

    /// Works out an expression.
    pub(super) fn eval(&mut self, expression: &Expression, scope: &Scope<'_>) -> Evaluated {
        self.spend(1)?;
        self.deeper(|world| world.eval_here(expression, scope))
    }

    fn eval_here(&mut self, expression: &Expression, scope: &Scope<'_>) -> Evaluated {
        let value = match expression {
            Expression::Null(_) => Value::Null,
            Expression::Bool(value) => Value::Bool(*value.value()),
            Expression::Number(number) => Value::Number(number.value().to_string()),
            Expression::String(text) => Value::Text(text.value().clone()),
            Expression::Array(array) => {
                let mut list = Vec::with_capacity(array.len());
                for element in array {
                    list.push(self.eval(element, scope)?);
                }
                return Ok(Node::new(self.line(expression, scope), Value::List(list)));
            }
            Expression::Object(object) => {
                let mut map = Map::default();
                for (key, value) in object {
                    let key = match key {
                        ObjectKey::Ident(name) => name.as_str().to_owned(),
                        ObjectKey::Expression(key) => {
                            let node = self.eval(key, scope)?;
                            match self.resolved(node)? {
                                Node { value: Value::Unknown(unknown), at } => {
                                    return Ok(Node::new(at, Value::Unknown(unknown)));
                                }
                                node => match node.scalar() {
                                    Some(key) => key,
                                    None => return fault("a key must be a text"),
                                },
                            }
                        }
                    };
                    map.insert(key, self.eval(value.expr(), scope)?);
                }
                return Ok(Node::new(self.line(expression, scope), Value::Map(map)));
            }
            Expression::StringTemplate(template) => {
                let at = self.line(expression, scope);
                return self.template(&mut template.iter(), at, scope);
            }
            Expression::HeredocTemplate(heredoc) => {
                let at = self.line(expression, scope);
                return self.template(&mut heredoc.template.iter(), at, scope);
            }
            Expression::Parenthesis(inner) => return self.eval(inner.inner(), scope),
            Expression::Variable(name) => {
                return self.traversal(expression, name.as_str(), &[], scope);
            }
            Expression::Traversal(traversal) => {
                if let Expression::Variable(name) = &traversal.expr {
                    return self.traversal(expression, name.as_str(), &traversal.operators, scope);
                }
                let node = self.eval(&traversal.expr, scope)?;
                return self.follow(node, &traversal.operators, scope);
            }
            Expression::Conditional(conditional) => return self.conditional(conditional, scope),
            Expression::UnaryOp(operation) => {
                let node = self.unary(operation, scope)?;
                // A number with its sign is a literal, too.
                let is_literal = matches!(operation.expr, Expression::Number(_));
                let at = if is_literal { self.literal(expression, scope) } else { node.at };
                return Ok(Node { at, ..node });
            }
            Expression::BinaryOp(operation) => return self.binary(operation, scope),
            Expression::FuncCall(call) => {
                let at = self.line(expression, scope);
                return self.call(call, at, scope);
            }
            Expression::ForExpr(each) => {
                let at = self.line(expression, scope);
                return self.for_each(each, at, scope);
            }
        };
        Ok(Node::new(self.literal(expression, scope), value))
    }

    fn conditional(
        &mut self,
        conditional: &hcl_edit::expr::Conditional,
        scope: &Scope<'_>,
    ) -> Evaluated {
        let condition = self.eval(&conditional.cond_expr, scope)?;
        let condition = self.resolved(condition)?;
        if let Value::Unknown(_) = condition.value {
            // Where both ways lead to the same, it does not matter.
            let yes = self.eval(&conditional.true_expr, scope)?;
            let no = self.eval(&conditional.false_expr, scope)?;
            return Ok(if super::operators::equal(&yes, &no) { yes } else { condition });
        }
        match super::operators::truth(&condition) {
            Some(true) => self.eval(&conditional.true_expr, scope),
            Some(false) => self.eval(&conditional.false_expr, scope),
            None => fault("a condition must be true or false"),
        }
    }

    fn for_each(&mut self, each: &ForExpr, at: Place, scope: &Scope<'_>) -> Evaluated {
        let collection = self.eval(&each.intro.collection_expr, scope)?;
        let collection = self.resolved(collection)?;
        if let Value::Unknown(_) = collection.value {
            return Ok(collection);
        }
        let Some(entries) = entries(&collection) else {
            return fault("only lists and maps can be gone through with for");
        };
        let (mut list, mut map) = (Vec::new(), Map::default());
        for (key, value) in entries {
            let mut bound = vec![(each.intro.value_var.as_str(), value)];
            if let Some(name) = &each.intro.key_var {
                bound.push((name.as_str(), key));
            }
            let inner = scope.with(bound);
            if let Some(condition) = &each.cond {
                let condition = self.eval(&condition.expr, &inner)?;
                let condition = self.resolved(condition)?;
                match super::operators::truth(&condition) {
                    Some(true) => {}
                    Some(false) => continue,
                    None if matches!(condition.value, Value::Unknown(_)) => return Ok(condition),
                    None => return fault("the condition of a for must be true or false"),
                }
            }
            let value = self.eval(&each.value_expr, &inner)?;
            let Some(key) = &each.key_expr else {
                list.push(value);
                continue;
            };
            let key = self.eval(key, &inner)?;
            let key = self.resolved(key)?;
            if let Value::Unknown(_) = key.value {
                return Ok(key);
            }
            let Some(key) = key.scalar() else { return fault("a key must be a text") };
            if each.grouping {
                let before = map.insert(key.clone(), Node::new(at, Value::Null));
                let mut group = match before.map(|node| node.value) {
                    Some(Value::List(list)) => list,
                    _ => Vec::new(),
                };
                group.push(value);
                map.insert(key, Node::new(at, Value::List(group)));
            } else {
                map.insert(key, value);
            }
        }
        let value = if each.key_expr.is_some() { Value::Map(map) } else { Value::List(list) };
        Ok(Node::new(at, value))
    }
}

/// The elements of a list with their places, or of a map in the order of its keys.
pub(super) fn entries(node: &Node) -> Option<Vec<(Node, Node)>> {
    match &node.value {
        Value::List(list) => {
            let numbered = list.iter().enumerate();
            Some(numbered.map(|(at, it)| (Node::number(node.at, at), it.clone())).collect())
        }
        Value::Map(map) => {
            let mut all: Vec<(Node, Node)> =
                map.iter().map(|(key, it)| (Node::text(node.at, key), it.clone())).collect();
            all.sort_by(|(a, _), (b, _)| a.as_text().cmp(&b.as_text()));
            Some(all)
        }
        _ => None,
    }
}

/// How many values a value consists of.
pub(super) fn size(node: &Node) -> usize {
    match &node.value {
        Value::List(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Map(map) => 1 + map.iter().map(|(_, it)| size(it)).sum::<usize>(),
        Value::Text(text) => 1 + text.len() / 64,
        _ => 1,
    }
}
