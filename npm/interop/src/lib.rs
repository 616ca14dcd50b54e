//! Other tools' formats for the npm module: conversion between JavaScript values and
//! `eniac-interop`, nothing else. A wasm of its own, so that who only plans does not load it.
//!
//! Files that cannot be used are told in the answer. Thrown is only what is no file, no setting or
//! no scenario at all.

mod files;

use eniac_core::report::Report;
use eniac_core::scenario;
use eniac_interop::{Export, Import, ImportSettings};
use files::Files;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;

/// Files of other tools as one scenario.
#[wasm_bindgen(js_name = importFiles, skip_typescript)]
pub fn import_files(files: &JsValue, settings: &JsValue) -> Result<JsValue, JsError> {
    to_js(&imported(files, settings)?)
}

/// The same as JSON text.
#[wasm_bindgen(js_name = importJson, skip_typescript)]
pub fn import_json(files: &JsValue, settings: &JsValue) -> Result<String, JsError> {
    Ok(serde_json::to_string(&imported(files, settings)?)?)
}

fn imported(files: &JsValue, settings: &JsValue) -> Result<Import, JsError> {
    let files = Files::read(files)?;
    Ok(eniac_interop::import(&files.inputs(), &settings_of(settings)?))
}

/// A scenario as a link's fragment, with its length and whether that is safe to send.
#[wasm_bindgen(js_name = linkOf, skip_typescript)]
pub fn link_of(scenario: &JsValue) -> Result<JsValue, JsError> {
    to_js(&eniac_interop::link_of(&needed(scenario)?))
}

/// The scenario, as JSON text, that a link or its fragment carries.
#[wasm_bindgen(js_name = scenarioOf, skip_typescript)]
pub fn scenario_of(link: &str) -> Result<String, JsError> {
    Ok(eniac_interop::scenario_of(link)?.to_string())
}

/// A scenario in another format, as JSON text: the text, and what it does not carry.
#[wasm_bindgen(js_name = exportJson, skip_typescript)]
pub fn export_json(scenario: &JsValue, format: &str) -> Result<String, JsError> {
    Ok(serde_json::to_string(&exported(scenario, format)?)?)
}

/// A plan in another format: `csv`, or `markdown` with what it changes against the report `before`.
/// Reports are JSON text, as the planner writes them.
#[wasm_bindgen(js_name = exportPlan, skip_typescript)]
pub fn export_plan(report: &str, format: &str, before: Option<String>) -> Result<String, JsError> {
    let report = report_of(report, "report")?;
    match format {
        "csv" => Ok(eniac_interop::plan_csv(&report)),
        "markdown" => {
            let before = before.map(|before| report_of(&before, "before")).transpose()?;
            Ok(eniac_interop::markdown(&report, before.as_ref()))
        }
        other => Err(JsError::new(&format!("format: {other} stands here: csv or markdown"))),
    }
}

fn report_of(text: &str, what: &str) -> Result<Report, JsError> {
    serde_json::from_str(text).map_err(|error| JsError::new(&format!("{what}: {error}")))
}

fn exported(scenario: &JsValue, format: &str) -> Result<Export, JsError> {
    let scenario: Json = needed(scenario)?;
    let reading = scenario::read(&scenario.to_string())?;
    let format = serde_json::from_value(Json::from(format))
        .map_err(|error| JsError::new(&format!("format: {error}")))?;
    Ok(eniac_interop::export_scenario(&reading.scenario, format))
}

/// A changed scenario back into the files that it was imported from, as JSON text: the files that
/// change, as unified diffs, and the changes that no literal of them can carry.
#[wasm_bindgen(js_name = writeBackJson, skip_typescript)]
pub fn write_back_json(
    files: &JsValue,
    settings: &JsValue,
    changed: &JsValue,
) -> Result<String, JsError> {
    let files = Files::read(files)?;
    let changed = needed(changed)?;
    let back = eniac_interop::write_back(&files.inputs(), &settings_of(settings)?, &changed);
    Ok(serde_json::to_string(&back)?)
}

fn needed(scenario: &JsValue) -> Result<Json, JsError> {
    let missing = || JsError::new("scenario: an object or JSON text is needed");
    value_of(scenario, "scenario")?.ok_or_else(missing)
}

fn settings_of(settings: &JsValue) -> Result<ImportSettings, JsError> {
    Ok(value_of(settings, "settings")?.unwrap_or_default())
}

/// An object or JSON text; nothing where there is neither.
fn value_of<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<Option<T>, JsError> {
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    let named = |error: &dyn std::fmt::Display| JsError::new(&format!("{what}: {error}"));
    if let Some(text) = value.as_string() {
        return serde_json::from_str(&text).map(Some).map_err(|error| named(&error));
    }
    let value = serde_wasm_bindgen::from_value(value.clone());
    value.map(Some).map_err(|error| named(&error))
}

/// A value as plain JavaScript objects, `null` where JSON has `null`.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
