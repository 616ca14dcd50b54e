//! The scenario under way: values by their paths, and the place in a file that each comes from.

use super::Assembled;
use crate::import::Origin;
use crate::node::Place;
use eniac_core::scenario::document;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A scenario under way.
pub(super) struct Draft {
    document: Json,
    origins: BTreeMap<String, Place>,
}

impl Draft {
    /// Begins with a scenario, or with none.
    pub(super) fn new(base: Option<Json>) -> Self {
        let document = base.unwrap_or_else(|| json!({ "version": 1, "services": [] }));
        Self { document, origins: BTreeMap::new() }
    }

    /// Sets a value that comes from `at`.
    pub(super) fn set(&mut self, path: &str, value: Json, at: Place) {
        document::set(&mut self.document, path, Some(value));
        self.origins.insert(path.to_owned(), at);
    }

    /// What stands at `path`.
    pub(super) fn get(&self, path: &str) -> Option<&Json> {
        document::get(&self.document, path)
    }

    /// How many elements the list at `path` has.
    pub(super) fn len(&self, path: &str) -> usize {
        self.get(path).and_then(Json::as_array).map_or(0, Vec::len)
    }

    /// The scenario with its origins, in order of the paths.
    pub(super) fn close(self) -> Assembled {
        let origin = |(path, at): (String, Place)| Origin {
            path,
            file: at.file,
            line: at.line,
            span: at.span.map(|span| (span.start, span.end)),
        };
        let lines = self.origins.into_iter().filter(|(_, at)| at.line > 0);
        Assembled { scenario: self.document, origins: lines.map(origin).collect() }
    }
}
