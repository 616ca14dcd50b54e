//! What a format gives: written by the page at once, or by the worker.

use crate::interop::link::use_interop;
use crate::scenario_text::exported;
use crate::share::out_format::{OutFile, OutFormat, Writer, out_file, word};
use crate::worker::Answer;
use eniac_core::report::Report;
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
) -> Written {
    let interop = use_interop();
    let written = use_state(|| Written::UnderWay);
    use_effect_with((format, document, report), {
        let written = written.clone();
        move |(format, document, report)| match format.map(|format| (format, format.writer)) {
            Some((_, Writer::Worker(format))) => {
                written.set(Written::UnderWay);
                let fields = [
                    ("scenario", JsValue::from_str(&exported(document))),
                    ("format", JsValue::from_str(&word(format))),
                ];
                interop.ask(&fields, move |answer| written.set(read(answer)));
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

fn read(answer: Result<&Answer, String>) -> Written {
    let read = answer.and_then(|answer| {
        let text = answer.text("exported").unwrap_or_default();
        serde_json::from_str(&text).map_err(|error| error.to_string())
    });
    match read {
        Ok(export) => Written::Here(Rc::new(out_file(export))),
        Err(why) => Written::Nothing(format!("It cannot be written: {why}.")),
    }
}
