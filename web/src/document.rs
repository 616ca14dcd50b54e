//! The scenario as the user has it, half-typed values included: a JSON value, addressed by the
//! same paths that diagnostics use (`services[0].taskDefinition.memory`).
//!
//! Text stays as it was typed, so that a field never changes under the cursor; the planner reads
//! every number as text too, and names what it cannot read.

use serde_json::Value;

pub use eniac_core::scenario::document::{get, set};

/// What stands at `path` as a field shows it: empty where there is nothing.
pub fn text(document: &Value, path: &str) -> String {
    match get(document, path) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(value)) => value.to_string(),
        _ => String::new(),
    }
}

/// Whether `path` is true; `absent` where there is nothing.
pub fn flag(document: &Value, path: &str, absent: bool) -> bool {
    get(document, path).and_then(Value::as_bool).unwrap_or(absent)
}

/// The texts of the array at `path`.
pub fn texts(document: &Value, path: &str) -> Vec<String> {
    let elements = get(document, path).and_then(Value::as_array);
    let texts = elements.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// How many elements the array at `path` has.
pub fn len(document: &Value, path: &str) -> usize {
    get(document, path).and_then(Value::as_array).map_or(0, Vec::len)
}

/// What a field's text is in the document: a number where that reads back as the same text.
pub fn typed(text: &str) -> Value {
    match text.parse::<u64>() {
        Ok(number) if number.to_string() == text => Value::from(number),
        _ => Value::from(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_are_those_of_diagnostics() {
        let document = json!({ "services": [{ "taskDefinition": { "memory": "1 GB" } }] });
        assert_eq!(text(&document, "services[0].taskDefinition.memory"), "1 GB");
        assert_eq!(text(&document, "services[1].taskDefinition.memory"), "");
        assert_eq!(len(&document, "services"), 1);
        assert_eq!(len(&document, "daemons"), 0);
        assert!(flag(&document, "services[0].availabilityZoneSpread", true));
    }

    #[test]
    fn text_reads_back_as_it_was_typed() {
        for raw in ["512", "0512", "512.", "0.5 vCPU", "", "-1", "99999999999999999999999"] {
            assert_eq!(text(&json!({ "a": typed(raw) }), "a"), raw);
        }
        assert!(typed("512").is_number());
    }
}
