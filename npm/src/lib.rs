//! The npm module `eniac`: conversion between JavaScript values and the core, nothing else.
//!
//! Every function is pure and synchronous. What cannot be read at all is thrown as an `Error`
//! whose message says why; everything else is in the report's diagnostics.

use eniac_catalog::Catalog;
use eniac_core::scenario;
use serde::Serialize;
use serde_json::Value;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const SIGNATURES: &str = r#"
/** Plans a scenario. Throws only when the argument is no scenario at all. */
export function plan(scenario: Scenario): Report;
/** A scenario that is planned when a new user opens the page. */
export function example(): Scenario;
/** The JSON Schema of scenarios. */
export function schema(): object;
/** The codes of the regions that the catalogue knows. */
export function regions(): string[];
/** What the catalogue knows of an instance type in a region. Throws when it knows neither. */
export function catalog(instanceType: string, region: string): CatalogEntry;

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
pub fn plan(scenario: JsValue) -> Result<JsValue, JsError> {
    let value: Value = serde_wasm_bindgen::from_value(scenario)?;
    to_js(&eniac_core::plan_text(opened()?, &value.to_string())?)
}

/// Plans a scenario given as JSON text, and gives the report as JSON text: the same bytes as the
/// terminal command prints with `--json`, without its closing line break.
#[wasm_bindgen(js_name = planJson)]
pub fn plan_json(scenario: &str) -> Result<String, JsError> {
    let report = eniac_core::plan_text(opened()?, scenario)?;
    Ok(serde_json::to_string(&report)?)
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
