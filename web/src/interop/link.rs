//! The worker that knows other tools' formats, from the page's side: it starts with the first
//! question, and the newest question is the only one that is waited for.

use crate::worker::{Answer, INTEROP, Running, text_of};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// After how long a question is given up.
const PATIENCE_MS: u32 = 20_000;

type Then = Box<dyn FnOnce(Result<&Answer, String>)>;

/// A handle on the worker; clones share it.
#[derive(Clone, Default)]
pub struct InteropLink(Rc<RefCell<Link>>);

#[derive(Default)]
struct Link {
    worker: Option<Running>,
    last_id: u32,
    waiting: Option<Then>,
    patience: Option<Timeout>,
}

impl InteropLink {
    /// Asks, instead of whatever was asked before; `then` hears the answer, or why there is none.
    pub fn ask(
        &self,
        fields: &[(&str, JsValue)],
        then: impl FnOnce(Result<&Answer, String>) + 'static,
    ) {
        // What is being read may never end: what is newer does not wait for it.
        if self.0.borrow().waiting.is_some() {
            self.end();
        }
        let id = {
            let mut link = self.0.borrow_mut();
            link.last_id = link.last_id.wrapping_add(1);
            link.waiting = Some(Box::new(then));
            let other = self.clone();
            let given_up = move || {
                // This runs inside that timer, which must not be dropped under its own feet.
                if let Some(fired) = other.0.borrow_mut().patience.take() {
                    fired.forget();
                }
                other.failed("it took longer than 20 seconds and was given up");
            };
            link.patience = Some(Timeout::new(PATIENCE_MS, given_up));
            link.last_id
        };
        if let Err(error) = self.post(id, fields) {
            self.failed(&text_of(&error));
        }
    }

    /// Ends the worker; nothing is waited for.
    pub fn end(&self) {
        let mut link = self.0.borrow_mut();
        (link.waiting, link.patience) = (None, None);
        if let Some(worker) = link.worker.take() {
            worker.end();
        }
    }

    fn post(&self, id: u32, fields: &[(&str, JsValue)]) -> Result<(), JsValue> {
        if self.0.borrow().worker.is_none() {
            let (link, other) = (self.clone(), self.clone());
            let worker = Running::start(
                INTEROP,
                move |answer| link.answered(answer),
                move |why| other.failed(why),
            )?;
            self.0.borrow_mut().worker = Some(worker);
        }
        let handle = self.0.borrow().worker.as_ref().map(Running::handle);
        handle.map_or(Ok(()), |handle| handle.post(id, fields))
    }

    fn answered(&self, answer: &Answer) {
        if let Some(why) = answer.text("broken") {
            self.failed(&why);
            return;
        }
        let then = {
            let mut link = self.0.borrow_mut();
            if answer.number("id") != link.last_id {
                return;
            }
            link.patience = None;
            link.waiting.take()
        };
        if let Some(then) = then {
            then(match answer.text("error") {
                Some(why) => Err(why),
                None => Ok(answer),
            });
        }
    }

    fn failed(&self, why: &str) {
        let then = self.0.borrow_mut().waiting.take();
        self.end();
        if let Some(then) = then {
            then(Err(why.to_owned()));
        }
    }
}

/// A worker of the component that calls this, which ends with it.
#[hook]
pub fn use_interop() -> InteropLink {
    let link = use_memo((), |()| InteropLink::default());
    use_effect_with((), {
        let link = link.clone();
        move |()| move || link.end()
    });
    (*link).clone()
}
