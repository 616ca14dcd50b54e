//! Other tools' formats for the npm module: conversion between JavaScript values and
//! `eniac-interop`, nothing else. A wasm of its own, so that who only plans does not load it.
//!
//! Files that cannot be used are told in the answer. Thrown is only what is no file, no setting or
//! no scenario at all.

mod files;

use eniac_interop::{Import, ImportSettings};
use files::Files;
use serde::Serialize;
use serde::de::DeserializeOwned;
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

fn settings_of(settings: &JsValue) -> Result<ImportSettings, JsError> {
    Ok(value_of(settings, "settings")?.unwrap_or_default())
}

/// An object or JSON text; nothing where there is neither.
fn value_of<T: DeserializeOwned>(value: &JsValue, what: &str) -> Result<Option<T>, JsError> {
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    let named = |error: &dyn std::fmt::Display| JsError::new(&format!("{what}: {error}"));
    match value.as_string() {
        Some(text) => serde_json::from_str(&text).map(Some).map_err(|error| named(&error)),
        None => {
            let value = serde_wasm_bindgen::from_value(value.clone());
            value.map(Some).map_err(|error| named(&error))
        }
    }
}

/// A value as plain JavaScript objects, `null` where JSON has `null`.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
