//! Which fields of a scenario differ from those of another, however both are written. Services and
//! daemons are the same by their names, whatever their order.

use eniac_core::scenario;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// A field that changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldChange {
    /// Where it stands in the changed scenario; for what is removed, where it stood.
    pub(super) path: String,
    /// Where it stood before, or would have.
    pub(super) origin_path: String,
    /// Null where it was not said.
    pub(super) before: Json,
    /// Null where it is taken away.
    pub(super) after: Json,
}

/// A scenario in eniac's own form, so that `"1 GB"` and 1024 are the same; as it is where a part of it
/// cannot be read.
pub(super) fn canonical(document: &Json) -> Json {
    let reading = scenario::read(&document.to_string()).ok();
    let whole = reading.filter(|reading| reading.diagnostics.is_empty());
    whole.and_then(|it| serde_json::to_value(it.scenario).ok()).unwrap_or_else(|| document.clone())
}

/// The differences, field by field.
pub(super) fn changes(before: &Json, after: &Json) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let (Json::Object(before), Json::Object(after)) = (before, after) else { return changes };
    for key in keys(before, after) {
        let (one, other) = (of(before, key), of(after, key));
        if ["services", "daemons"].contains(&key) {
            rows(key, one, other, &mut changes);
        } else {
            compare(one, other, key, key, &mut changes);
        }
    }
    changes
}

fn keys<'a>(before: &'a Map<String, Json>, after: &'a Map<String, Json>) -> BTreeSet<&'a str> {
    before.keys().chain(after.keys()).map(String::as_str).collect()
}

fn of<'a>(map: &'a Map<String, Json>, key: &str) -> &'a Json {
    map.get(key).unwrap_or(&Json::Null)
}

fn name(row: &Json) -> &str {
    row.get("name").and_then(Json::as_str).unwrap_or_default()
}

fn rows(list: &str, before: &Json, after: &Json, changes: &mut Vec<FieldChange>) {
    let empty = Vec::new();
    let before = before.as_array().unwrap_or(&empty);
    let after = after.as_array().unwrap_or(&empty);
    let stays = |row: &Json| after.iter().any(|other| name(other) == name(row));
    let mut matched = BTreeSet::new();
    for (place, row) in after.iter().enumerate() {
        let path = format!("{list}[{place}]");
        let same_name = before.iter().position(|other| name(other) == name(row));
        // In the same place, under another name that nobody has now: it was renamed.
        let renamed = || {
            let is_gone = before.get(place).is_some_and(|other| !stays(other));
            (before.len() == after.len() && is_gone).then_some(place)
        };
        let found = same_name.or_else(renamed).filter(|place| matched.insert(*place));
        match found.and_then(|origin| Some((origin, before.get(origin)?))) {
            Some((origin, other)) => {
                compare(other, row, &format!("{list}[{origin}]"), &path, changes);
            }
            None => changes.push(FieldChange {
                origin_path: path.clone(),
                path,
                before: Json::Null,
                after: row.clone(),
            }),
        }
    }
    for (place, row) in before.iter().enumerate().filter(|(place, _)| !matched.contains(place)) {
        let path = format!("{list}[{place}]");
        changes.push(FieldChange {
            origin_path: path.clone(),
            path,
            before: row.clone(),
            after: Json::Null,
        });
    }
}

fn compare(
    before: &Json,
    after: &Json,
    origin_path: &str,
    path: &str,
    changes: &mut Vec<FieldChange>,
) {
    match (before, after) {
        _ if before == after => {}
        (Json::Object(one), Json::Object(other)) => {
            for key in keys(one, other) {
                let (origin_path, path) = (format!("{origin_path}.{key}"), format!("{path}.{key}"));
                compare(of(one, key), of(other, key), &origin_path, &path, changes);
            }
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            for (place, (one, other)) in one.iter().zip(other).enumerate() {
                let origin_path = format!("{origin_path}[{place}]");
                compare(one, other, &origin_path, &format!("{path}[{place}]"), changes);
            }
        }
        _ => changes.push(FieldChange {
            path: path.to_owned(),
            origin_path: origin_path.to_owned(),
            before: before.clone(),
            after: after.clone(),
        }),
    }
}
