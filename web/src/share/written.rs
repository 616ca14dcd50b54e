//! What a format gives: written by the page at once, or by the worker.

use crate::interop::imported::Imported;
use crate::interop::link::use_interop;
use crate::interop::reading::posted;
use crate::scenario_text::exported;
use crate::share::out_format::{OutFile, OutFormat, Writer, difference, out_file, word};
use crate::worker::Answer;
use eniac_core::report::Report;
use js_sys::Array;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is being written.
    UnderWay,
    /// It is here.
    Here(Rc<OutFile>),
    /// There is none, and why.
    Nothing(String),
}

/// Writes the scenario or its plan in `format`, anew whenever one of them is another.
#[hook]
pub fn use_written(
    format: Option<OutFormat>,
    document: Rc<Value>,
    report: Option<Rc<Report>>,
    imported: Option<Rc<Imported>>,
) -> Written {
    let interop = use_interop();
    let written = use_state(|| Written::UnderWay);
    use_effect_with((format, document, report, imported), {
        let written = written.clone();
        move |(format, document, report, imported)| match format.map(|it| (it, it.writer)) {
            Some((_, Writer::Worker(format))) => {
                written.set(Written::UnderWay);
                let fields = [
                    ("scenario", JsValue::from_str(&exported(document))),
                    ("format", JsValue::from_str(&word(format))),
                ];
                interop.ask(&fields, move |answer| written.set(read(answer, "exported", out_file)));
            }
            Some((_, Writer::Difference)) => {
                let Some(imported) = imported else { return };
                written.set(Written::UnderWay);
                let files: Array = imported.files.iter().map(posted).collect();
                let settings = serde_json::to_string(&imported.settings).unwrap_or_default();
                let fields = [
                    ("files", files.into()),
                    ("settings", JsValue::from_str(&settings)),
                    ("changed", JsValue::from_str(&document.to_string())),
                ];
                interop.ask(&fields, move |answer| written.set(read(answer, "back", difference)));
            }
            Some((format, _)) => {
                interop.end();
                let file = format.written(document, report.as_deref());
                let none = || Written::Nothing("There is no plan of this scenario yet.".to_owned());
                written.set(file.map_or_else(none, |file| Written::Here(Rc::new(file))));
            }
            None => {}
        }
    });
    (*written).clone()
}

/// The answer's field `name`, and what `make` makes of it.
fn read<T: DeserializeOwned>(
    answer: Result<&Answer, String>,
    name: &str,
    make: fn(T) -> OutFile,
) -> Written {
    let read = answer.and_then(|answer| {
        let text = answer.text(name).unwrap_or_default();
        serde_json::from_str(&text).map_err(|error| error.to_string())
    });
    match read {
        Ok(export) => Written::Here(Rc::new(make(export))),
        Err(why) => Written::Nothing(format!("It cannot be written: {why}.")),
    }
}
