//! How often there is a resource or a module: `count`, `for_each`, and the calls of modules.

use super::modules::{In, joined};
use super::names::unknown;
use super::scope::Scope;
use super::world::{Evaluated, Fault, Input, Instance, Placed, World, entries, fault};
use crate::node::{Map, Node, Place, Reference, Unknown, Value};
use hcl_edit::structure::Block;
use std::collections::BTreeMap;
use std::rc::Rc;

/// So many resources, or modules, are made at most.
pub(super) const MAX_MADE: usize = 10_000;

/// Modules call modules at most so deep.
const MAX_CALLS: usize = 20;

/// Begins the address of a module's instance where one is kept as a value.
const MODULE: &str = "\u{1}module ";

/// Which instances there are.
#[derive(Clone)]
pub(super) enum Keys {
    One,
    Count(usize),
    Each(Vec<(String, Node)>),
    Unknown(Unknown),
}

/// The instance that such a value means.
pub(super) fn module_of(address: &str) -> Option<usize> {
    address.strip_prefix(MODULE)?.parse().ok()
}

impl<'a> World<'a> {
    /// Of a resource of a module; `None` where there is no such resource.
    pub(super) fn keys(&mut self, instance: usize, kind: &str, name: &str) -> Option<Rc<Keys>> {
        let memo = (instance, format!("keys of {kind}.{name}"));
        if let Some(keys) = self.counted.get(&memo) {
            return Some(Rc::clone(keys));
        }
        let here = self.instances.get(instance)?;
        let address = format!("{}{kind}.{name}", here.prefix);
        let (file, block): In<'a, Block> =
            *self.modules.get(&here.folder)?.by_name.get(&(kind, name))?;
        let keys = Rc::new(self.keys_of(memo.clone(), instance, file, block));
        for (suffix, key) in placements(&keys) {
            let placed = Placed { instance, file, block, key };
            self.placed.insert(format!("{address}{suffix}"), placed);
        }
        self.counted.insert(memo, Rc::clone(&keys));
        Some(keys)
    }

    /// Of a block with `count` or `for_each`, worked out once.
    fn keys_of(
        &mut self,
        memo: (usize, String),
        instance: usize,
        file: usize,
        block: &'a Block,
    ) -> Keys {
        let at = self.block_line(file, block);
        let done = self.once(memo, |world| world.written_keys(instance, file, block));
        match done.map(|node| (*node).clone()) {
            Ok(Node { value: Value::Null, .. }) => Keys::One,
            Ok(Node { value: Value::Number(number), .. }) => {
                Keys::Count(number.parse().unwrap_or(0))
            }
            Ok(node) => match (entries(&node), node.value) {
                (Some(all), _) => Keys::Each(
                    all.into_iter()
                        .map(|(key, it)| (key.scalar().unwrap_or_default(), it))
                        .collect(),
                ),
                (None, Value::Unknown(unknown)) => Keys::Unknown(unknown),
                (None, _) => Keys::One,
            },
            Err(Fault(because)) => {
                let expression = format!("{} at line {}", block.ident.as_str(), at.line);
                Keys::Unknown(Unknown { expression, because })
            }
        }
    }

    /// Of the call of a module that is not among the files.
    pub(super) fn keys_of_call(
        &mut self,
        instance: usize,
        (file, block): In<'a, Block>,
        address: &str,
    ) -> Keys {
        self.keys_of((instance, format!("keys of {address}")), instance, file, block)
    }

    /// Null without either; a number; a map.
    fn written_keys(&mut self, instance: usize, file: usize, block: &'a Block) -> Evaluated {
        let scope = Scope::new(instance, file);
        if let Some(count) = block.body.get_attribute("count") {
            let node = self.eval(&count.value, &scope)?;
            let node = self.resolved(node)?;
            if let Value::Unknown(_) = node.value {
                return Ok(node);
            }
            let Some(number) = node.scalar().and_then(|text| text.parse::<usize>().ok()) else {
                return fault("count must be a whole number");
            };
            if number > MAX_MADE {
                return fault(format!("count is {number}; at most {MAX_MADE} are made"));
            }
            self.spend(number)?;
            return Ok(Node::number(node.at.without_span(), number));
        }
        let Some(each) = block.body.get_attribute("for_each") else {
            return Ok(Node::new(Place::file(0), Value::Null));
        };
        let node = self.eval(&each.value, &scope)?;
        let node = self.resolved(node)?;
        let map: Map = match node.value {
            Value::Unknown(_) => return Ok(node),
            Value::Map(map) => map,
            Value::List(list) => {
                let mut map = Map::default();
                for element in list {
                    let element = self.resolved(element)?;
                    if let Value::Unknown(_) = element.value {
                        return Ok(element);
                    }
                    let Some(key) = element.scalar() else {
                        return fault("a set of texts is needed");
                    };
                    map.insert(key, element);
                }
                map
            }
            _ => return fault("for_each must be a map or a set of texts"),
        };
        if map.len() > MAX_MADE {
            return fault(format!(
                "for_each has {} elements; at most {MAX_MADE} are made",
                map.len()
            ));
        }
        Ok(Node::new(node.at, Value::Map(map)))
    }

    /// The instances of a called module, as a value: its outputs are asked for when they are needed.
    pub(super) fn module_value(&mut self, instance: usize, name: &str) -> Result<Rc<Node>, Fault> {
        let key = (instance, format!("module.{name}"));
        self.once(key, |world| world.called(instance, name))
    }

    fn called(&mut self, instance: usize, name: &str) -> Evaluated {
        let Some(here) = self.instances.get(instance) else { return fault("no such module") };
        let (folder, prefix) = (here.folder.clone(), here.prefix.clone());
        let (depth, root) = (here.depth, here.root);
        let call = self.modules.get(&folder).and_then(|module| module.calls.get(name).copied());
        let Some((file, block)) = call else { return fault(format!("no module is called {name}")) };
        let at = self.block_line(file, block);
        let source = source_of(block);
        let local = ["./", "../", ".\\", "..\\"].iter().any(|begins| source.starts_with(begins));
        let target = joined(&folder, &source.replace('\\', "/"));
        if !local || !self.modules.contains_key(&target) {
            let because = format!("its module, {source}, is not among the files");
            return Ok(unknown(at, format!("{prefix}module.{name}"), &because));
        }
        if depth >= MAX_CALLS || self.instances.len() >= MAX_MADE {
            return fault("modules call each other too deep or too often");
        }
        let keys =
            self.keys_of((instance, format!("keys of module.{name}")), instance, file, block);
        let mut make = |suffix: String, key: Option<(String, Node)>| {
            let attributes = block.body.attributes();
            let inputs = attributes.map(|attribute| {
                let argument = Input::Argument {
                    expression: &attribute.value,
                    instance,
                    file,
                    key: key.clone(),
                };
                (attribute.key.as_str().to_owned(), argument)
            });
            let inputs: BTreeMap<String, Input<'a>> = inputs.collect();
            let prefix = format!("{prefix}module.{name}{suffix}.");
            let made = Instance { folder: target.clone(), prefix, inputs, depth: depth + 1, root };
            self.instances.push(made);
            let to = format!("{MODULE}{}", self.instances.len() - 1);
            Node::new(at, Value::Reference(Reference { to, attribute: String::new() }))
        };
        Ok(match &keys {
            Keys::Unknown(unknown) => Node::new(at, Value::Unknown(unknown.clone())),
            Keys::One => make(String::new(), None),
            Keys::Count(_) => {
                let all = placements(&keys).into_iter();
                Node::new(at, Value::List(all.map(|(suffix, key)| make(suffix, key)).collect()))
            }
            Keys::Each(each) => {
                let all = placements(&keys).into_iter().zip(each);
                let all = all.map(|((suffix, key), (name, _))| (name.clone(), make(suffix, key)));
                Node::new(at, Value::Map(all.collect()))
            }
        })
    }

    pub(super) fn output(&mut self, instance: usize, name: &str, at: Place) -> Evaluated {
        let Some(here) = self.instances.get(instance) else { return fault("no such module") };
        let output = self.modules.get(&here.folder).and_then(|it| it.outputs.get(name).copied());
        let Some((file, block)) = output else {
            return fault(format!("the module has no output {name}"));
        };
        let Some(value) = block.body.get_attribute("value") else {
            return fault(format!("the output {name} has no value"));
        };
        let key = (instance, format!("output.{name}"));
        let done = self.once(key, |world| world.eval(&value.value, &Scope::new(instance, file)));
        let node = done.and_then(|node| self.copied(&node))?;
        Ok(if node.at.line == 0 { Node { at, ..node } } else { node })
    }
}

/// What the module is called with.
pub(super) fn source_of(block: &Block) -> String {
    let source = block.body.get_attribute("source");
    source.and_then(|it| it.value.as_str()).unwrap_or_default().to_owned()
}

/// The end of each address, and what `each` or `count` is there.
pub(super) fn placements(keys: &Keys) -> Vec<(String, Option<(String, Node)>)> {
    let at = Place::file(0);
    match keys {
        Keys::Unknown(_) => Vec::new(),
        Keys::One => vec![(String::new(), None)],
        Keys::Count(count) => {
            let key = |number: usize| {
                let map: Map =
                    [("index".to_owned(), Node::number(at, number))].into_iter().collect();
                (format!("[{number}]"), Some(("count".to_owned(), Node::new(at, Value::Map(map)))))
            };
            (0..*count).map(key).collect()
        }
        Keys::Each(each) => {
            let key = |(name, value): &(String, Node)| {
                let entries = [
                    ("key".to_owned(), Node::text(value.at, name.as_str())),
                    ("value".to_owned(), value.clone()),
                ];
                let map = Node::new(value.at, Value::Map(entries.into_iter().collect()));
                (format!("[\"{name}\"]"), Some(("each".to_owned(), map)))
            };
            each.iter().map(key).collect()
        }
    }
}
