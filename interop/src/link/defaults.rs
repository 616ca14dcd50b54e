//! A scenario without the fields that say only what is supposed anyway. Which those are is not listed
//! here: a field goes if the planner reads the same without it.

use eniac_core::scenario;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Said in every link, so that a later version knows which format's defaults are meant.
const KEPT: &str = "version";

/// The scenario without its defaults; as it is, if that would change what is read.
pub(super) fn without(document: &Json) -> Json {
    let Json::Object(fields) = document else { return document.clone() };
    let mut dropping = Dropping::default();
    let mut kept = Map::new();
    for (key, value) in fields {
        let value = match value {
            Json::Array(elements) => Some(dropping.elements(key, elements)),
            value if key == KEPT => Some(value.clone()),
            value => dropping.field(key, value),
        };
        kept.extend(value.map(|value| (key.clone(), value)));
    }
    let kept = Json::Object(kept);
    let same = scenario::read(&kept.to_string()) == scenario::read(&document.to_string());
    if same { kept } else { document.clone() }
}

/// What was found out of fields: by their path without indexes, and their value.
#[derive(Default)]
struct Dropping {
    needless: BTreeMap<(String, String), bool>,
}

impl Dropping {
    /// Each element is looked at alone, so that the work grows with their number and not faster.
    fn elements(&mut self, key: &str, elements: &[Json]) -> Json {
        let one = |element: &Json| {
            let alone = Json::Array(vec![element.clone()]);
            let kept = self.within(key, &alone);
            kept.as_array().and_then(|kept| kept.first()).cloned().unwrap_or(Json::Null)
        };
        elements.iter().map(one).collect()
    }

    fn field(&mut self, key: &str, value: &Json) -> Option<Json> {
        if same(&Json::Object(Map::new()), &object(key, value.clone())) {
            return None;
        }
        Some(self.within(key, value))
    }

    /// A scenario's field `key`, without what is needless in it.
    fn within(&mut self, key: &str, value: &Json) -> Json {
        let mut alone = object(key, value.clone());
        self.thin(&mut alone, &format!("/{key}"), key);
        alone.get_mut(key).map(Json::take).unwrap_or_default()
    }

    /// Takes needless fields out of what stands at the JSON pointer `at`.
    fn thin(&mut self, alone: &mut Json, at: &str, pattern: &str) {
        match alone.pointer(at) {
            Some(Json::Array(elements)) => {
                for index in 0..elements.len() {
                    self.thin(alone, &format!("{at}/{index}"), pattern);
                }
            }
            Some(Json::Object(fields)) => {
                let keys: Vec<String> = fields.keys().cloned().collect();
                for key in keys {
                    // A key that the pointer's syntax would need to escape is no field of ours.
                    if key.contains(['/', '~']) {
                        continue;
                    }
                    let pattern = format!("{pattern}.{key}");
                    if !self.drop_needless(alone, at, &key, &pattern) {
                        self.thin(alone, &format!("{at}/{key}"), &pattern);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes a field out if it is needless, and says whether.
    fn drop_needless(&mut self, alone: &mut Json, at: &str, key: &str, pattern: &str) -> bool {
        let outer = |document: &mut Json| -> Option<Json> {
            document.pointer_mut(at)?.as_object_mut()?.remove(key)
        };
        let mut thinner = alone.clone();
        let Some(value) = outer(&mut thinner) else { return false };
        let name = (pattern.to_owned(), value.to_string());
        let needless = *self.needless.entry(name).or_insert_with(|| same(&thinner, alone));
        if needless {
            *alone = thinner;
        }
        needless
    }
}

fn object(key: &str, value: Json) -> Json {
    Json::Object(Map::from_iter([(key.to_owned(), value)]))
}

fn same(one: &Json, other: &Json) -> bool {
    scenario::read(&one.to_string()) == scenario::read(&other.to_string())
}
