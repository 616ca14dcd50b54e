//! The published JSON Schemas of reports: what eniac writes of every golden scenario and story is
//! valid by them, and they name every field that it writes.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test cannot do fails it")]

use eniac_catalog::Catalog;
use eniac_core::scenario::{Reading, read};
use eniac_core::{Effort, Part, SimulateOptions, report};
use jsonschema::Validator;
use serde::Serialize;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().unwrap());

/// Every golden scenario and story, by name.
fn readings() -> Vec<(String, Reading)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let mut readings = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        readings.push((path.display().to_string(), read(&text).unwrap()));
    }
    assert!(readings.len() >= 8, "the golden scenarios are there");
    let stories = eniac_core::presets();
    readings.extend(stories.into_iter().map(|it| (it.id, read(&it.scenario).unwrap())));
    readings
}

/// The schema with every object closed: it has no field but those that the schema names.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.entry("additionalProperties").or_insert(Value::Bool(false));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(close),
        _ => {}
    }
}

fn check<T: Serialize>(schema: &str, written: impl Fn(&Reading) -> T) {
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
    close(&mut schema);
    let validator: Validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    for (name, reading) in readings() {
        let report = serde_json::to_value(written(&reading)).expect("JSON");
        let errors = validator.iter_errors(&report);
        let errors: Vec<String> =
            errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn plans() {
    check(&report::schema(), |reading| eniac_core::plan(&CATALOG, &reading.scenario));
}

#[test]
fn outlooks() {
    check(&report::outlook_schema(), |reading| {
        eniac_core::outlook(&CATALOG, reading, &Part::ALL, Effort::QUICK, &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
    });
}

#[test]
fn placements() {
    check(&report::placement_schema(), |reading| eniac_core::place(&CATALOG, reading));
}

#[test]
fn timelines() {
    let options = SimulateOptions { snapshot_at: Some(60) };
    check(&report::timeline_schema(), |reading| eniac_core::simulate(&CATALOG, reading, options));
}

#[test]
fn what_is_no_report_is_not_valid() {
    let schema: Value = serde_json::from_str(&report::schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    let report = eniac_core::plan_text(&CATALOG, "{}").expect("a report");
    let mut report = serde_json::to_value(report).expect("JSON");
    assert!(validator.is_valid(&report));
    report["diagnostics"] = Value::from("none");
    assert!(!validator.is_valid(&report));
    assert!(!validator.is_valid(&Value::Null));
}
