//! A scenario as JSON, addressed by the paths that diagnostics and changes use:
//! `services[0].taskDefinition.memory`.

use serde_json::{Map, Value};

/// Objects whose presence says something even when they are empty.
const KEPT_WHEN_EMPTY: [&str; 5] = [
    "instanceRequirements",
    "managedInstances",
    "autoScalingGroup",
    "taskDefinition",
    "runtimePlatform",
];

/// How long an array may become by setting an element: far above what a form sets.
const MAX_ELEMENTS: usize = 10_000;

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// `services[0].name` in steps; a bracket that holds no number is part of a key.
fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let key_end = part.find('[').unwrap_or(part.len());
        let (key, indexes) = part.split_at(key_end);
        if !key.is_empty() {
            steps.push(Step::Key(key));
        }
        for index in indexes.split(['[', ']']).filter(|index| !index.is_empty()) {
            match index.parse() {
                Ok(index) => steps.push(Step::Index(index)),
                Err(_) => steps.push(Step::Key(index)),
            }
        }
    }
    steps
}

/// What stands at `path`.
pub fn get<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).into_iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

/// Sets `path`, making the objects and arrays on the way; `None` removes it, and every object
/// that this leaves empty and that says nothing by being there.
pub fn set(document: &mut Value, path: &str, value: Option<Value>) {
    let steps = steps(path);
    match value {
        Some(value) => put(document, &steps, value),
        None => {
            remove(document, &steps);
        }
    }
}

fn put(at: &mut Value, steps: &[Step<'_>], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *at = value;
        return;
    };
    match *step {
        Step::Key(key) => {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            if let Value::Object(object) = at {
                put(object.entry(key).or_insert(Value::Null), rest, value);
            }
        }
        Step::Index(index) => {
            if !at.is_array() {
                *at = Value::Array(Vec::new());
            }
            if let Value::Array(elements) = at {
                if index >= MAX_ELEMENTS {
                    return;
                }
                while elements.len() <= index {
                    elements.push(Value::Null);
                }
                put(&mut elements[index], rest, value);
            }
        }
    }
}

/// Whether `at` says nothing any more.
fn remove(at: &mut Value, steps: &[Step<'_>]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    match (*step, at) {
        (Step::Key(key), Value::Object(object)) => {
            let gone = object.get_mut(key).is_some_and(|inner| remove(inner, rest));
            let kept = KEPT_WHEN_EMPTY.contains(&key) && !rest.is_empty();
            if gone && !kept {
                object.remove(key);
            }
            object.is_empty()
        }
        (Step::Index(index), Value::Array(elements)) => {
            if rest.is_empty() {
                if index < elements.len() {
                    elements.remove(index);
                }
            } else if let Some(inner) = elements.get_mut(index) {
                remove(inner, rest);
            }
            elements.is_empty()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(before: Value, path: &str, value: Option<Value>, after: &Value) {
        let mut document = before;
        set(&mut document, path, value);
        assert_eq!(&document, after, "{path}");
    }

    #[test]
    fn setting_makes_the_way() {
        check(json!({}), "a.b[1].c", Some(json!(1)), &json!({ "a": { "b": [null, { "c": 1 }] } }));
        check(json!({ "a": "text" }), "a.b", Some(json!(1)), &json!({ "a": { "b": 1 } }));
        check(json!({}), "a[99999999]", Some(json!(1)), &json!({ "a": [] }));
    }

    #[test]
    fn removing_leaves_no_empty_shells() {
        check(json!({ "a": { "b": { "c": 1 } }, "d": 1 }), "a.b.c", None, &json!({ "d": 1 }));
        check(
            json!({ "managedInstances": { "instanceRequirements": { "vCpuCount": { "min": 1 } } } }),
            "managedInstances.instanceRequirements.vCpuCount.min",
            None,
            &json!({ "managedInstances": { "instanceRequirements": {} } }),
        );
        check(
            json!({ "managedInstances": { "instanceRequirements": {} } }),
            "managedInstances.instanceRequirements",
            None,
            &json!({ "managedInstances": {} }),
        );
        check(json!({ "a": [1, 2] }), "a[0]", None, &json!({ "a": [2] }));
        check(json!({ "a": 1 }), "b.c", None, &json!({ "a": 1 }));
    }
}
