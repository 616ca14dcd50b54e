//! What a caller says of a plan's search: how much work, and who is told of the progress.

use crate::{function, to_js};
use eniac_core::packing::Work;
use eniac_core::report::PlanProgress;
use eniac_core::{Effort, Part};
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

    fn read_object(options: &JsValue, parts: Option<&mut Vec<Part>>) -> Result<Self, JsValue> {
        let mut read = Self::default();
        if options.is_undefined() || options.is_null() {
            return Ok(read);
        }
        let known =
            if parts.is_some() { "parts, work and onProgress" } else { "work and onProgress" };
        let needed = || JsError::new(&format!("options: an object is needed, with {known}"));
        let mut parts = parts;
        let object =
            options.dyn_ref::<Object>().filter(|it| !it.is_function()).ok_or_else(needed)?;
        for name in Object::keys(object) {
            let value = Reflect::get(object, &name)?;
            match name.as_string().as_deref() {
                _ if value.is_undefined() || value.is_null() => {}
                Some("work") => read.effort = effort(&value)?,
                Some("onProgress") => read.on_progress = function(&value)?.cloned(),
                Some("parts") if parts.is_some() => {
                    if let Some(parts) = parts.as_deref_mut() {
                        *parts = listed(&value)?;
                    }
                }
                _ => {
                    let name = name.as_string().unwrap_or_default();
                    let message = format!("{name} is no option: there are {known}");
                    return Err(JsError::new(&message).into());
                }
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
