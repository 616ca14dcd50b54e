//! A worker of its own for looking longer, so that the one that plans what is typed is always
//! free. It lives while there is something to look for, and is ended when nobody waits for it.

use crate::looking::Order;
use crate::session::Happened;
use crate::worker::{Answer, PLANNER, Running, text_of};
use eniac_core::report::Report;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Callback;

/// A handle on the search; clones share it.
#[derive(Clone)]
pub struct SearchLink(Rc<RefCell<Link>>);

struct Link {
    worker: Option<Running>,
    /// The number of the search under way, of those that were asked for.
    at: u32,
    is_busy: bool,
    tell: Callback<Happened>,
}

impl SearchLink {
    /// A link that tells `tell` what is found. No worker starts before something is sought.
    pub fn new(tell: Callback<Happened>) -> Self {
        Self(Rc::new(RefCell::new(Link { worker: None, at: 0, is_busy: false, tell })))
    }

    /// Looks for the cheapest fleet of `scenario`, instead of whatever it was looking for.
    pub fn seek(&self, scenario: &str, order: Order) {
        if self.0.borrow().is_busy {
            self.stop();
        }
        if let Err(error) = self.send(scenario, order) {
            self.failed(&text_of(&error));
        }
    }

    /// Looks for nothing any more.
    pub fn stop(&self) {
        let mut link = self.0.borrow_mut();
        link.is_busy = false;
        link.at = link.at.wrapping_add(1);
        if let Some(worker) = link.worker.take() {
            worker.end();
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    fn send(&self, scenario: &str, order: Order) -> Result<(), JsValue> {
        if self.0.borrow().worker.is_none() {
            let (link, other) = (self.clone(), self.clone());
            let worker = Running::start(
                PLANNER,
                move |answer| link.answered(answer),
                move |why| other.failed(why),
            )?;
            self.0.borrow_mut().worker = Some(worker);
        }
        let mut link = self.0.borrow_mut();
        link.at = link.at.wrapping_add(1);
        link.is_busy = true;
        let mut fields =
            vec![("scenario", scenario.into()), ("work", (order.effort.steps() as f64).into())];
        if let Some(cost) = order.until {
            fields.push(("until", (cost.0 as f64).into()));
        }
        let handle = link.worker.as_ref().map(Running::handle);
        handle.map_or(Ok(()), |handle| handle.post(link.at, &fields))
    }

    fn answered(&self, answer: &Answer) {
        if let Some(why) = answer.text("broken").or_else(|| answer.text("error")) {
            self.failed(&why);
            return;
        }
        if answer.number("id") != self.0.borrow().at {
            return;
        }
        if let Some(progress) = answer.text("progress") {
            if let Ok(progress) = serde_json::from_str(&progress) {
                self.tell(Happened::LookedSoFar(progress));
            }
        } else if let Some(report) = answer.text("report") {
            self.0.borrow_mut().is_busy = false;
            let took_ms = answer.number("milliseconds");
            match serde_json::from_str::<Report>(&report) {
                Ok(report) => self.tell(Happened::Looked { report: Rc::new(report), took_ms }),
                Err(error) => self.failed(&format!("its report cannot be read: {error}")),
            }
        }
    }

    fn failed(&self, why: &str) {
        self.stop();
        self.tell(Happened::CouldNotLook(why.to_owned()));
    }

    fn tell(&self, happened: Happened) {
        let tell = self.0.borrow().tell.clone();
        tell.emit(happened);
    }
}
