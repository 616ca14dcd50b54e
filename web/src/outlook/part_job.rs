//! The parts of the outlook as jobs of a worker, one after another.

use crate::job_link::{Job, read};
use crate::session::Happened;
use crate::worker::Answer;
use eniac_core::Part;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The parts, in the order in which they are worth waiting for. The page has the fleets already.
pub fn parts() -> impl Iterator<Item = Part> {
    Part::ALL.into_iter().filter(|part| *part != Part::Fleets)
}

impl Job for Part {
    fn fields(self) -> Vec<(&'static str, JsValue)> {
        vec![("part", JsValue::from_str(self.word()))]
    }

    fn answered(self, answer: &Answer) -> Result<Happened, String> {
        Ok(Happened::Foreseen { part: self, outlook: Rc::new(read(answer, "outlook")?) })
    }

    fn failed(why: String) -> Happened {
        Happened::NotForeseen(why)
    }
}
