//! What a user can do to the scenario, as values: a document and an edit in, a document out.

use crate::document;
use crate::providers_edit;
use crate::services_edit::{add_services, copy_service, free_name, new_service};
use eniac_core::report::Change;
use serde_json::{Value, json};

/// One change of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A field's text changed; empty text removes the field unless it is one that must be there.
    Type {
        /// The field.
        path: String,
        /// Its whole text.
        text: String,
    },
    /// A choice was made; `None` removes it.
    Choose {
        /// The field.
        path: String,
        /// Its value.
        value: Option<Value>,
    },
    /// A value of a list was ticked or unticked.
    Tick {
        /// The list.
        path: String,
        /// The value.
        word: String,
        /// Whether the list has it now.
        on: bool,
    },
    /// A new service at the end.
    AddService,
    /// A copy of a service below it.
    CopyService(usize),
    /// A service is taken out.
    RemoveService(usize),
    /// Services of another scenario at the end, under names that are free.
    AddServices(Vec<Value>),
    /// A new daemon at the end.
    AddDaemon,
    /// An element is put at the end of a list.
    Append {
        /// The list.
        path: String,
        /// The element.
        value: Value,
    },
    /// An element of a list changes places with the one before it.
    MoveUp {
        /// The list.
        path: String,
        /// Its place.
        index: usize,
    },
    /// An element is taken out of a list.
    RemoveElement {
        /// The list.
        path: String,
        /// Its place.
        index: usize,
    },
    /// A capacity provider more, with its share of the tasks; two where there is none.
    AddProvider,
    /// A capacity provider is taken out, and out of all strategies.
    RemoveProvider(usize),
    /// Where the tasks may run: `managedInstances` or `autoScalingGroup`.
    RunOn(&'static str),
    /// Another scenario.
    Replace(Value),
    /// The changes of a proposal.
    Apply(Vec<Change>),
}

/// Text fields without a default: they stay in the document, so that the planner asks for them.
const NEVER_REMOVED: [&str; 20] = [
    "name",
    "desiredCount",
    "region",
    "containerPort",
    "instanceType",
    "count",
    "expression",
    "minCapacity",
    "maxCapacity",
    "targetValue",
    "threshold",
    "scalingAdjustment",
    "constant",
    "csv",
    "low",
    "high",
    "peakMinute",
    "minute",
    "requestsPerMinute",
    "requestsPerMinutePerTask",
];

/// Fields that are text even where a number is typed.
const TEXTS: [&str; 6] = ["name", "region", "expression", "csv", "startsAt", "service"];

impl Edit {
    /// The field that was typed in, if one was: its keystrokes are one step of the history.
    pub fn typed_in(&self) -> Option<&str> {
        match self {
            Self::Type { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The document after this edit.
    #[must_use]
    pub fn apply(&self, before: &Value) -> Value {
        let mut document = before.clone();
        match self {
            Self::Type { path, text } => type_text(&mut document, path, text),
            Self::Choose { path, value } => document::set(&mut document, path, value.clone()),
            Self::Tick { path, word, on } => tick(&mut document, path, word, *on),
            Self::AddService => {
                let name = free_name(&document, "services", "service");
                let like = document::len(&document, "services").checked_sub(1);
                let service = new_service(&document, &name, like);
                append(&mut document, "services", service);
            }
            Self::CopyService(row) => copy_service(&mut document, *row),
            Self::RemoveService(row) => {
                document::set(&mut document, &format!("services[{row}]"), None);
            }
            Self::AddServices(services) => add_services(&mut document, services),
            Self::AddDaemon => {
                let name = free_name(&document, "daemons", "daemon");
                let daemon = json!({
                    "name": name,
                    "taskDefinition": { "cpu": 128, "memory": 128, "networkMode": "host" }
                });
                append(&mut document, "daemons", daemon);
            }
            Self::Append { path, value } => append(&mut document, path, value.clone()),
            Self::MoveUp { path, index } => move_up(&mut document, path, *index),
            Self::RemoveElement { path, index } => {
                document::set(&mut document, &format!("{path}[{index}]"), None);
                if document::len(&document, path) == 0 {
                    document::set(&mut document, path, None);
                }
            }
            Self::AddProvider => providers_edit::add(&mut document),
            Self::RemoveProvider(at) => providers_edit::remove(&mut document, *at),
            Self::RunOn(kind) => run_on(&mut document, kind),
            Self::Replace(other) => document = other.clone(),
            Self::Apply(changes) => {
                for Change { path, after, .. } in changes {
                    let value = (!after.is_null()).then(|| after.clone());
                    document::set(&mut document, path, value);
                }
            }
        }
        document
    }
}

fn type_text(document: &mut Value, path: &str, text: &str) {
    let field = path.rsplit('.').next().unwrap_or(path);
    if text.is_empty() && !NEVER_REMOVED.contains(&field) {
        document::set(document, path, None);
        return;
    }
    if let Some(row) = path.strip_prefix("services[").and_then(|rest| rest.strip_suffix("].name")) {
        rename_in_rules(document, row, text);
    }
    let provider = path.strip_prefix("capacityProviders[");
    let provider = provider.and_then(|rest| rest.strip_suffix("].name")?.parse().ok());
    if let Some(at) = provider {
        providers_edit::rename(document, at, text);
    }
    let value = if TEXTS.contains(&field) { Value::from(text) } else { document::typed(text) };
    document::set(document, path, Some(value));
}

/// Rules name services: a service that gets another name keeps its rules.
fn rename_in_rules(document: &mut Value, row: &str, to: &str) {
    let from = document::text(document, &format!("services[{row}].name"));
    for other in 0..document::len(document, "services") {
        let path = format!("services[{other}].apartFrom");
        let mut names = document::texts(document, &path);
        if from.is_empty() || !names.contains(&from) {
            continue;
        }
        for name in names.iter_mut().filter(|name| **name == from) {
            to.clone_into(name);
        }
        document::set(document, &path, Some(Value::from(names)));
    }
    for at in 0..document::len(document, "simulation.deployments") {
        let path = format!("simulation.deployments[{at}].service");
        if !from.is_empty() && document::text(document, &path) == from {
            document::set(document, &path, Some(Value::from(to)));
        }
    }
}

fn tick(document: &mut Value, path: &str, word: &str, on: bool) {
    let mut words = document::texts(document, path);
    words.retain(|kept| kept != word);
    if on {
        words.push(word.to_owned());
    }
    let value = if words.is_empty() { None } else { Some(Value::from(words)) };
    document::set(document, path, value);
}

pub(crate) fn append(document: &mut Value, path: &str, value: Value) {
    let end = document::len(document, path);
    document::set(document, &format!("{path}[{end}]"), Some(value));
}

fn move_up(document: &mut Value, path: &str, index: usize) {
    let list = document::get(document, path).and_then(Value::as_array).cloned();
    let (Some(mut list), Some(before)) = (list, index.checked_sub(1)) else { return };
    if index < list.len() {
        list.swap(before, index);
        document::set(document, path, Some(Value::Array(list)));
    }
}

fn run_on(document: &mut Value, kind: &str) {
    let now = capacity_kind(document);
    if now == kind {
        return;
    }
    let requirements =
        document::get(document, &format!("capacity.{now}.instanceRequirements")).cloned();
    document::set(document, "capacity", Some(json!({ kind: {} })));
    let path = format!("capacity.{kind}.instanceRequirements");
    document::set(document, &path, requirements);
    if kind == "managedInstances" {
        return;
    }
    // Managed Instances give an `awsvpc` task what a group gives only with trunking; the setting
    // says so, and the user sees it.
    document::set(document, "capacity.autoScalingGroup.awsvpcTrunking", Some(json!(false)));
}

/// Where the tasks of `document` may run.
pub fn capacity_kind(document: &Value) -> &'static str {
    match document::get(document, "capacity") {
        Some(Value::Object(fields)) if fields.contains_key("autoScalingGroup") => {
            "autoScalingGroup"
        }
        _ => "managedInstances",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_services() -> Value {
        json!({ "services": [
            { "name": "web", "desiredCount": 1, "apartFrom": ["db"],
              "taskDefinition": { "networkMode": "awsvpc" } },
            { "name": "db", "desiredCount": 1, "taskDefinition": {} }
        ] })
    }

    fn check(before: &Value, edit: &Edit, path: &str, after: &Value) {
        let document = edit.apply(before);
        let found = document::get(&document, path).cloned().unwrap_or(Value::Null);
        assert_eq!(&found, after, "{edit:?} at {path}");
    }

    #[test]
    fn rows_come_and_go() {
        let document = two_services();
        check(&document, &Edit::AddService, "services[2].name", &json!("service"));
        check(&document, &Edit::CopyService(0), "services[1].name", &json!("web-2"));
        check(
            &document,
            &Edit::CopyService(0),
            "services[1].taskDefinition.networkMode",
            &json!("awsvpc"),
        );
        check(&document, &Edit::RemoveService(0), "services[0].name", &json!("db"));
        check(&document, &Edit::RemoveService(9), "services", &document["services"]);
        check(&document, &Edit::CopyService(9), "services", &document["services"]);
        check(&document, &Edit::AddDaemon, "daemons[0].name", &json!("daemon"));
    }

    #[test]
    fn text_is_kept_and_empty_text_removes() {
        let document = two_services();
        let typed = |path: &str, text: &str| Edit::Type { path: path.into(), text: text.into() };
        check(&document, &typed("zones", "2"), "zones", &json!(2));
        check(&document, &typed("zones", ""), "zones", &Value::Null);
        check(&document, &typed("services[0].name", ""), "services[0].name", &json!(""));
        check(&document, &typed("services[0].name", "7"), "services[0].name", &json!("7"));
        check(
            &document,
            &typed("services[0].desiredCount", ""),
            "services[0].desiredCount",
            &json!(""),
        );
    }

    #[test]
    fn a_renamed_service_keeps_its_rules() {
        let edit = Edit::Type { path: "services[1].name".into(), text: "store".into() };
        check(&two_services(), &edit, "services[0].apartFrom", &json!(["store"]));
    }

    #[test]
    fn lists_are_ticked() {
        let tick = |on| Edit::Tick { path: "a.words".into(), word: "intel".into(), on };
        check(
            &json!({ "a": { "words": ["amd"] } }),
            &tick(true),
            "a.words",
            &json!(["amd", "intel"]),
        );
        check(&json!({ "a": { "words": ["intel"] } }), &tick(false), "a.words", &Value::Null);
    }

    #[test]
    fn a_proposal_is_applied_whatever_stood_there() {
        let change =
            |path: &str, after: Value| Change { path: path.into(), before: Value::Null, after };
        let edit = Edit::Apply(vec![
            change("capacity.managedInstances.eniTrunking", json!(false)),
            change("pricing.purchaseOption", Value::Null),
        ]);
        for before in [
            json!({}),
            json!({ "capacity": "managedInstances", "pricing": { "purchaseOption": "SPOT" } }),
            json!({ "capacity": { "managedInstances": { "eniTrunking": true } } }),
        ] {
            let after = json!({ "capacity": { "managedInstances": { "eniTrunking": false } } });
            assert_eq!(edit.apply(&before), after);
        }
    }

    #[test]
    fn requirements_move_with_the_capacity() {
        let document = json!({ "capacity": { "managedInstances": {
            "instanceRequirements": { "vCpuCount": { "min": 2 } }, "eniTrunking": false } } });
        let edit = Edit::RunOn("autoScalingGroup");
        check(
            &document,
            &edit,
            "capacity.autoScalingGroup.instanceRequirements.vCpuCount.min",
            &json!(2),
        );
        check(&document, &edit, "capacity.managedInstances", &Value::Null);
        check(&document, &Edit::RunOn("managedInstances"), "capacity", &document["capacity"]);
    }
}
