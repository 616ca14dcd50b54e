//! What an expression may name besides the module's own things: `each`, `count`, and the variables
//! of `for` and `dynamic`.

use crate::node::Node;

/// Where an expression stands.
#[derive(Clone)]
pub(super) struct Scope<'s> {
    /// The instance of a module, by its place among all.
    pub(super) instance: usize,
    /// The file, by its place among the parsed ones.
    pub(super) file: usize,
    outer: Option<&'s Scope<'s>>,
    bound: Vec<(&'s str, Node)>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(instance: usize, file: usize) -> Self {
        Self { instance, file, outer: None, bound: Vec::new() }
    }

    /// The same with one more name, which hides an outer one.
    pub(super) fn with(&'s self, bound: Vec<(&'s str, Node)>) -> Self {
        Self { instance: self.instance, file: self.file, outer: Some(self), bound }
    }

    /// The same with `each` or `count` of the resource or module call that it stands in.
    pub(super) fn of_key(instance: usize, file: usize, key: Option<&'s (String, Node)>) -> Self {
        let bound = key.iter().map(|(name, node)| (name.as_str(), node.clone())).collect();
        Self { instance, file, outer: None, bound }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        let mut scope = Some(self);
        while let Some(here) = scope {
            if let Some((_, node)) = here.bound.iter().find(|(bound, _)| *bound == name) {
                return Some(node);
            }
            scope = here.outer;
        }
        None
    }
}
