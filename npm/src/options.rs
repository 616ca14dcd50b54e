//! What a caller says of a plan's search, how much work and who is told of the progress, and of a
//! timeline.

use crate::{function, to_js};
use eniac_core::packing::Work;
use eniac_core::report::PlanProgress;
use eniac_core::scenario::Minute;
use eniac_core::{Effort, Part, SimulateOptions};
use js_sys::{Array, Function, Object, Reflect};
use std::ops::ControlFlow;
use wasm_bindgen::prelude::*;

/// The options of `plan` and `planJson`, read.
#[derive(Default)]
pub(crate) struct PlanOptions {
    pub(crate) effort: Effort,
    on_progress: Option<Function>,
}

impl PlanOptions {
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        Self::read_object(options, None)
    }

    /// The options of `predict`: those of `plan`, and the parts, all of them when none is named.
    pub(crate) fn read_with_parts(options: &JsValue) -> Result<(Self, Vec<Part>), JsValue> {
        let mut parts = Part::ALL.to_vec();
        Ok((Self::read_object(options, Some(&mut parts))?, parts))
    }

    fn read_object(options: &JsValue, mut parts: Option<&mut Vec<Part>>) -> Result<Self, JsValue> {
        let mut read = Self::default();
        let known =
            if parts.is_some() { "parts, work and onProgress" } else { "work and onProgress" };
        for (name, value) in set(options, known)? {
            match (name.as_str(), parts.as_deref_mut()) {
                ("work", _) => read.effort = effort(&value)?,
                ("onProgress", _) => read.on_progress = function(&value)?.cloned(),
                ("parts", Some(parts)) => *parts = listed(&value)?,
                _ => return Err(no_option(&name, known).into()),
            }
        }
        Ok(read)
    }

    /// Calls the function with the progress. It ends the search by answering `false`, and by
    /// throwing, which leaves what it threw in `thrown`.
    pub(crate) fn tell(&self, now: &PlanProgress, thrown: &mut Option<JsValue>) -> ControlFlow<()> {
        let Some(on_progress) = &self.on_progress else { return ControlFlow::Continue(()) };
        let told = to_js(now).map_err(JsValue::from);
        match told.and_then(|progress| on_progress.call1(&JsValue::NULL, &progress)) {
            Ok(answer) if answer == JsValue::FALSE => ControlFlow::Break(()),
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                *thrown = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

/// The options of `simulate`.
pub(crate) fn snapshot(options: &JsValue) -> Result<SimulateOptions, JsValue> {
    const KNOWN: &str = "snapshotAt";
    let mut read = SimulateOptions::default();
    for (name, value) in set(options, KNOWN)? {
        match name.as_str() {
            "snapshotAt" => read.snapshot_at = Some(minute(&value)?),
            _ => return Err(no_option(&name, KNOWN).into()),
        }
    }
    Ok(read)
}

/// The options that are set, by name, of those that are known.
fn set(options: &JsValue, known: &str) -> Result<Vec<(String, JsValue)>, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(Vec::new());
    }
    let needed = || JsError::new(&format!("options: an object is needed, with {known}"));
    let object = options.dyn_ref::<Object>().filter(|it| !it.is_function()).ok_or_else(needed)?;
    let mut set = Vec::new();
    for name in Object::keys(object) {
        let value = Reflect::get(object, &name)?;
        if !value.is_undefined() && !value.is_null() {
            set.push((name.as_string().unwrap_or_default(), value));
        }
    }
    Ok(set)
}

fn no_option(name: &str, known: &str) -> JsError {
    let verb = if known.contains(' ') { "are" } else { "is" };
    JsError::new(&format!("{name} is no option: there {verb} {known}"))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only what fits comes to the cast"
)]
fn minute(given: &JsValue) -> Result<u32, JsError> {
    let most = Minute::MAX;
    match given.as_f64() {
        Some(minute) if (0.0..=f64::from(most)).contains(&minute) && minute.fract() == 0.0 => {
            Ok(minute as u32)
        }
        Some(other) => Err(JsError::new(&format!(
            "snapshotAt: {other} stands here: a whole minute from 0 to {most} is needed"
        ))),
        None => Err(JsError::new("snapshotAt: a number of minutes is needed")),
    }
}

fn listed(given: &JsValue) -> Result<Vec<Part>, JsError> {
    let needed = || JsError::new("parts: a list of words is needed");
    let list = given.dyn_ref::<Array>().ok_or_else(needed)?;
    list.iter().map(|word| Ok(word.as_string().ok_or_else(needed)?.parse()?)).collect()
}

fn effort(given: &JsValue) -> Result<Effort, JsError> {
    if let Some(steps) = given.as_f64() {
        return Ok(Effort(Work(crate::steps(steps)?)));
    }
    let kind = || given.js_typeof().as_string().unwrap_or_default();
    Ok(given.as_string().unwrap_or_else(kind).parse()?)
}
