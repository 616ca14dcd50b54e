//! The npm module `eniac`: conversion between JavaScript values and the core, nothing else.
//!
//! Every function is pure and synchronous. What cannot be read at all is thrown as an `Error`
//! whose message says why; everything else is in the report's diagnostics.

mod options;
mod signatures;

use eniac_catalog::Catalog;
use eniac_core::packing::Work;
use eniac_core::packing_json;
use eniac_core::report::{Outlook, PlacementReport, Report, Timeline};
use eniac_core::scenario;
use js_sys::{Function, JSON};
use options::{PlanOptions, snapshot};
use serde::Serialize;
use serde_json::Value;
use std::ops::ControlFlow;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

/// The catalogue, opened once.
fn opened() -> Result<&'static Catalog, JsError> {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    if let Some(catalog) = CATALOG.get() {
        return Ok(catalog);
    }
    let catalog = Catalog::embedded()?;
    Ok(CATALOG.get_or_init(|| catalog))
}

/// A value as plain JavaScript objects, `null` where JSON has `null`.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Plans a scenario given as an object.
#[wasm_bindgen(skip_typescript)]
pub fn plan(scenario: JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let value: Value = serde_wasm_bindgen::from_value(scenario).map_err(JsError::from)?;
    Ok(to_js(&planned(&value.to_string(), options)?)?)
}

/// Plans a scenario given as JSON text, and gives the report as JSON text: the same bytes as the
/// terminal command prints with `--json`, without its closing line break.
#[wasm_bindgen(js_name = planJson, skip_typescript)]
pub fn plan_json(scenario: &str, options: &JsValue) -> Result<String, JsValue> {
    let report = planned(scenario, options)?;
    Ok(serde_json::to_string(&report).map_err(JsError::from)?)
}

fn planned(scenario: &str, options: &JsValue) -> Result<Report, JsValue> {
    let options = PlanOptions::read(options)?;
    let reading = scenario::read(scenario).map_err(JsError::from)?;
    let mut thrown = None;
    let mut watch = |now| options.tell(&now, &mut thrown);
    let report = eniac_core::plan_reading(opened()?, &reading, options.effort, &mut watch);
    thrown.map_or(Ok(report), Err)
}

/// Works out the outlook of a scenario given as an object.
#[wasm_bindgen(skip_typescript)]
pub fn predict(scenario: JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let value: Value = serde_wasm_bindgen::from_value(scenario).map_err(JsError::from)?;
    Ok(to_js(&predicted(&value.to_string(), options)?)?)
}

/// Works out the outlook of a scenario given as JSON text, as JSON text.
#[wasm_bindgen(js_name = predictJson, skip_typescript)]
pub fn predict_json(scenario: &str, options: &JsValue) -> Result<String, JsValue> {
    let outlook = predicted(scenario, options)?;
    Ok(serde_json::to_string(&outlook).map_err(JsError::from)?)
}

fn predicted(scenario: &str, options: &JsValue) -> Result<Outlook, JsValue> {
    let (options, parts) = PlanOptions::read_with_parts(options)?;
    let reading = scenario::read(scenario).map_err(JsError::from)?;
    let mut thrown = None;
    let mut watch = |now| options.tell(&now, &mut thrown);
    let outlook = eniac_core::outlook(opened()?, &reading, &parts, options.effort, &mut watch);
    thrown.map_or(Ok(outlook), Err)
}

/// Places the tasks of a scenario given as an object.
#[wasm_bindgen(skip_typescript)]
pub fn place(scenario: JsValue) -> Result<JsValue, JsValue> {
    let value: Value = serde_wasm_bindgen::from_value(scenario).map_err(JsError::from)?;
    Ok(to_js(&placed(&value.to_string())?)?)
}

/// Places the tasks of a scenario given as JSON text, and gives the report as JSON text.
#[wasm_bindgen(js_name = placeJson, skip_typescript)]
pub fn place_json(scenario: &str) -> Result<String, JsValue> {
    Ok(serde_json::to_string(&placed(scenario)?).map_err(JsError::from)?)
}

fn placed(scenario: &str) -> Result<PlacementReport, JsError> {
    Ok(eniac_core::place(opened()?, &scenario::read(scenario)?))
}

/// Simulates a scenario given as an object.
#[wasm_bindgen(skip_typescript)]
pub fn simulate(scenario: JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let value: Value = serde_wasm_bindgen::from_value(scenario).map_err(JsError::from)?;
    Ok(to_js(&simulated(&value.to_string(), options)?)?)
}

/// Simulates a scenario given as JSON text, and gives the timeline as JSON text.
#[wasm_bindgen(js_name = simulateJson, skip_typescript)]
pub fn simulate_json(scenario: &str, options: &JsValue) -> Result<String, JsValue> {
    Ok(serde_json::to_string(&simulated(scenario, options)?).map_err(JsError::from)?)
}

fn simulated(scenario: &str, options: &JsValue) -> Result<Timeline, JsValue> {
    let options = snapshot(options)?;
    let reading = scenario::read(scenario).map_err(JsError::from)?;
    Ok(eniac_core::simulate(opened()?, &reading, options))
}

/// The stories, each with its scenario.
#[wasm_bindgen(skip_typescript)]
pub fn presets() -> Result<JsValue, JsError> {
    to_js(&eniac_core::presets())
}

/// The scenario that a new user sees first.
#[wasm_bindgen(skip_typescript)]
pub fn example() -> Result<JsValue, JsError> {
    to_js(&scenario::example())
}

/// The JSON Schema of scenarios.
#[wasm_bindgen(skip_typescript)]
pub fn schema() -> Result<JsValue, JsError> {
    let schema: Value = serde_json::from_str(&scenario::schema())?;
    to_js(&schema)
}

/// The codes of the regions that the catalogue knows.
#[wasm_bindgen(skip_typescript)]
pub fn regions() -> Result<JsValue, JsError> {
    let names: Vec<&str> = opened()?.region_names().collect();
    to_js(&names)
}

/// What the catalogue knows of an instance type in a region.
#[wasm_bindgen(skip_typescript)]
pub fn catalog(instance_type: &str, region: &str) -> Result<JsValue, JsError> {
    let entry = opened()?.entry(instance_type, region)?;
    to_js(&entry)
}

/// Packs a problem given as an object or as JSON text.
///
/// `on_progress` is called with the progress; `false` ends the search with the best so far, and
/// what it throws ends it too and is thrown.
#[wasm_bindgen(skip_typescript)]
pub fn pack(
    problem: &JsValue,
    work: Option<f64>,
    on_progress: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = match problem.as_string() {
        Some(text) => text,
        None => as_json(problem)?,
    };
    let problem = packing_json::read(&text).map_err(JsError::from)?;
    let budget = match work {
        Some(steps) => Work(self::steps(steps)?),
        None => Work::suited_to(&problem.problem),
    };
    let on_progress = function(on_progress)?;
    let mut thrown = None;
    let answer = packing_json::pack(&problem, budget, &mut |progress| {
        let Some(on_progress) = on_progress else { return ControlFlow::Continue(()) };
        let told = to_js(&progress).map_err(JsValue::from);
        match told.and_then(|progress| on_progress.call1(&JsValue::NULL, &progress)) {
            Ok(answer) if answer == JsValue::FALSE => ControlFlow::Break(()),
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                thrown = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    if let Some(error) = thrown {
        return Err(error);
    }
    Ok(to_js(&answer.map_err(JsError::from)?)?)
}

/// A function, or nothing.
fn function(on_progress: &JsValue) -> Result<Option<&Function>, JsError> {
    match on_progress.dyn_ref::<Function>() {
        None if !on_progress.is_null() && !on_progress.is_undefined() => {
            Err(JsError::new("onProgress: a function or nothing is needed"))
        }
        function => Ok(function),
    }
}

/// An object as JSON text. JSON would write a number that is none as null, which reads as a field
/// that is not there.
fn as_json(value: &JsValue) -> Result<String, JsValue> {
    let refuse_nan = |field: JsValue, value: JsValue| match value.as_f64() {
        Some(number) if !number.is_finite() => {
            let field = field.as_string().unwrap_or_default();
            let message = format!("{field}: {number} stands here: a whole number is needed");
            Err(JsError::new(&message).into())
        }
        _ => Ok(value),
    };
    let refuse_nan: Closure<dyn Fn(JsValue, JsValue) -> Result<JsValue, JsValue>> =
        Closure::new(refuse_nan);
    let text = JSON::stringify_with_replacer(value, refuse_nan.as_ref())?;
    // A function or undefined has no text.
    let none = || JsError::new("the problem is no object: {\"schema\": 1, ...} is needed");
    Ok(text.as_string().ok_or_else(none)?)
}

/// A number of JavaScript as a number of steps.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only what fits comes to the cast"
)]
fn steps(steps: f64) -> Result<u64, JsError> {
    /// Above it a number of JavaScript is not exact: 2^53 - 1.
    const MOST: f64 = 9_007_199_254_740_991.0;
    if (0.0..=MOST).contains(&steps) {
        return Ok(steps as u64);
    }
    Err(JsError::new(&format!(
        "work: {steps} stands here: a number of steps from 0 to {MOST} is needed"
    )))
}
