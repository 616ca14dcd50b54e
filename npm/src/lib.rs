//! The npm module `eniac`: conversion between JavaScript values and the core, nothing else.
//!
//! Every function is pure and synchronous. What cannot be read at all is thrown as an `Error`
//! whose message says why; everything else is in the report's diagnostics.

mod options;

use eniac_catalog::Catalog;
use eniac_core::packing::Work;
use eniac_core::packing_json;
use eniac_core::report::{Outlook, Report};
use eniac_core::scenario;
use js_sys::{Function, JSON};
use options::PlanOptions;
use serde::Serialize;
use serde_json::Value;
use std::ops::ControlFlow;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SIGNATURES: &str = r#"
/** Plans a scenario. Throws only when the argument is no scenario at all, or the options are none. */
export function plan(scenario: Scenario, options?: PlanOptions | null): Report;
/**
 * Plans a scenario given as JSON text, and gives the report as JSON text: the same bytes as the
 * terminal command prints with `--json`, without its closing line break.
 */
export function planJson(scenario: string, options?: PlanOptions | null): string;
/**
 * What ECS Managed Instances would do with a scenario beyond the one fleet of a plan: between which
 * limits, how sure that is, and what to ask for instead. Throws as `plan` does.
 */
export function predict(scenario: Scenario, options?: PredictOptions | null): Outlook;
/**
 * The same from and to JSON text: the same bytes as the terminal command `eniac predict` prints
 * with `--json`, without its closing line break.
 */
export function predictJson(scenario: string, options?: PredictOptions | null): string;
/** A scenario that is planned when a new user opens the page. */
export function example(): Scenario;
/** The JSON Schema of scenarios. */
export function schema(): object;
/** The codes of the regions that the catalogue knows. */
export function regions(): string[];
/** What the catalogue knows of an instance type in a region. Throws when it knows neither. */
export function catalog(instanceType: string, region: string): CatalogEntry;
/**
 * Packs tasks of a few kinds onto the cheapest instances, and proves how cheap that is. The problem
 * is an object or JSON text. The same `work` gives the same plan everywhere: it counts the solver's
 * own steps, of which a machine does some 10^8 to 10^9 a second. `onProgress` is told of each better
 * fleet and bound, and now and then between; when it answers false, the best so far is returned.
 */
export function pack(
    problem: PackingProblem | string,
    work?: number | null,
    onProgress?: ((progress: PackingProgress) => boolean | void) | null,
): PackingAnswer;

/** How the cheapest fleet is sought. */
export interface PlanOptions {
    /**
     * How much work that may take: `quick` while somebody types (the default), `thorough` for some
     * seconds, or a number of the solver's own steps, of which a machine does some 10^8 to 10^9 a
     * second. The same work gives the same report everywhere.
     */
    work?: "quick" | "thorough" | number | null;
    /**
     * Told of each better fleet and bound, and now and then between; when it answers false, the
     * report has the best so far.
     */
    onProgress?: ((progress: PlanProgress) => boolean | void) | null;
}

/** A part of an outlook; `fleets` asks for `predicted` and `cheapest`. */
export type OutlookPart =
    | "fleets" | "range" | "sensitivity" | "advice" | "whatIfs" | "tightenings"
    | "deployment" | "comparison" | "taskSizes";

/** What of an outlook is worked out, and how the cheapest fleet is sought. */
export interface PredictOptions extends PlanOptions {
    /** The parts to work out; all of them when absent. The others are `null`. */
    parts?: OutlookPart[] | null;
}

/** What `pack` packs. */
export interface PackingProblem {
    schema: 1;
    name?: string;
    /** How many Availability Zones there are, 1 to 16; 1 by default. */
    azs?: number;
    services: {
        id: string;
        /** How many tasks. */
        count: number;
        /** What one task needs: 1024 is one vCPU. */
        cpu: number;
        /** MiB. */
        mem: number;
        eni?: number;
        gpu?: number;
        arch: ("x86_64" | "arm64")[];
        /** At most one task of the service on an instance. */
        distinct?: boolean;
        /** The counts in the zones differ by at most 1. */
        spread?: boolean;
    }[];
    /** Pairs of places in `services` that may not share an instance. */
    anti_affinity?: [number, number][];
    types: {
        name: string;
        arch: "x86_64" | "arm64";
        /** What tasks may use of one instance. */
        cpu: number;
        mem: number;
        eni?: number;
        gpu?: number;
        /** 10^-6 USD an hour. */
        price_micro: number;
    }[];
    /** Not read. */
    network?: string;
}

/** What the catalogue knows of an instance type in a region. */
export interface CatalogEntry {
    /** DescribeInstanceTypes' figures and what ECS makes of them. */
    instanceType: Record<string, unknown> & { name: string };
    region: string;
    /** null where the region does not offer the type. */
    offer: {
        onDemandNanoUsdPerHour: number | null;
        basis: "listed" | "estimated" | null;
        zones: string[];
        spot: { percent: number; interruptionBand: number } | null;
    } | null;
    asOf: { part: string; asOf: string; source: string; licence: string }[];
}
"#;

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
