//! The planner's worker, from the page's side: starts it, asks it, and starts another one when it
//! breaks or takes too long while something newer waits. Decides nothing; [`Queue`] does.

use crate::queue::{LOADING_PATIENCE_MS, PATIENCE_MS, Queue, Request};
use crate::session::Happened;
use eniac_core::report::Report;
use gloo::timers::callback::Timeout;
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

const WORKER: &str = "./www/worker.js";

/// The number of the one question that is no scenario: which regions there are.
const REGIONS: u32 = 0;

/// A handle on the planner; clones share it.
#[derive(Clone)]
pub struct PlannerLink(Rc<RefCell<Link>>);

struct Link {
    queue: Queue,
    worker: Option<Running>,
    patience: Option<Timeout>,
    tell: Callback<Happened>,
}

/// A worker with the listeners that live as long as it does.
struct Running {
    worker: Worker,
    /// Whether it has answered anything: until then it may still be loading.
    up: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl PlannerLink {
    /// A link that tells `tell` of every answer. The worker starts at once, and loads while the
    /// page is drawn.
    pub fn new(tell: Callback<Happened>) -> Self {
        let queue = Queue::default();
        let link = Self(Rc::new(RefCell::new(Link { queue, worker: None, patience: None, tell })));
        link.start();
        link
    }

    /// Plans `scenario`, unless a newer one comes before its turn.
    pub fn plan(&self, scenario: String) {
        let request = self.0.borrow_mut().queue.submit(scenario);
        if let Some(request) = request {
            self.send(request);
        }
    }

    fn start(&self) {
        if let Err(error) = self.worker() {
            self.broke(&text_of(&error));
        }
    }

    fn send(&self, request: Request) {
        let Request { id, scenario } = request;
        let posted = self
            .worker()
            .and_then(|worker| post_to(&worker, id, "scenario", &JsValue::from_str(&scenario)));
        if let Err(error) = posted {
            self.broke(&text_of(&error));
            return;
        }
        self.wait_for(id, PATIENCE_MS, PATIENCE_MS);
    }

    /// Looks again in `next_ms` whether the plan `id` is still being made, `waited_ms` after it
    /// was asked for.
    fn wait_for(&self, id: u32, next_ms: u32, waited_ms: u32) {
        let link = self.clone();
        let patience = Timeout::new(next_ms, move || link.lose_patience(id, waited_ms));
        self.0.borrow_mut().patience = Some(patience);
    }

    fn worker(&self) -> Result<Worker, JsValue> {
        if let Some(running) = &self.0.borrow().worker {
            return Ok(running.worker.clone());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(WORKER, &options)?;

        let link = self.clone();
        let on_message = Closure::new(move |event: MessageEvent| link.answered(&event.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let link = self.clone();
        let on_error = Closure::new(move |event: Event| {
            let message = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
            let message = message.filter(|message| !message.is_empty());
            link.broke(&message.unwrap_or_else(|| "its files could not be loaded".to_owned()));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

        let handle = worker.clone();
        let running = Running { worker, up: false, _on_message: on_message, _on_error: on_error };
        self.0.borrow_mut().worker = Some(running);
        // The first question to every worker: its answer says that it is up, and the one that
        // this replaces may never have told the regions.
        post_to(&handle, REGIONS, "regions", &JsValue::TRUE)?;
        Ok(handle)
    }

    fn answered(&self, answer: &JsValue) {
        let text = |key: &str| Reflect::get(answer, &key.into()).ok().and_then(|v| v.as_string());
        if let Some(why) = text("broken") {
            self.broke(&why);
            return;
        }
        if let Some(running) = &mut self.0.borrow_mut().worker {
            running.up = true;
        }
        if let Some(regions) = text("regions") {
            if let Ok(regions) = serde_json::from_str(&regions) {
                self.tell(Happened::Regions(regions));
            }
            return;
        }
        let id = Reflect::get(answer, &"id".into()).ok().and_then(|id| id.as_f64());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was a u32")]
        let id = id.map_or(REGIONS, |id| id as u32);
        let next = self.0.borrow_mut().queue.answered(id);
        let Some(next) = next else { return };
        self.0.borrow_mut().patience = None;

        let newest = next.is_none();
        let told = match (text("report"), text("error")) {
            (Some(report), _) => match serde_json::from_str::<Report>(&report) {
                Ok(report) => Happened::Planned { report: Rc::new(report), newest },
                Err(error) => Happened::Failed(format!("its report cannot be read: {error}")),
            },
            (None, error) => Happened::Refused(error.unwrap_or_default()),
        };
        if let Some(request) = next {
            self.send(request);
        }
        self.tell(told);
    }

    /// The worker is of no use any more; the next scenario gets a new one.
    fn broke(&self, why: &str) {
        let next = {
            let mut link = self.0.borrow_mut();
            link.patience = None;
            drop_later(link.worker.take());
            link.queue.lost()
        };
        match next {
            Some(request) => self.send(request),
            None => self.tell(Happened::Failed(why.to_owned())),
        }
    }

    fn lose_patience(&self, id: u32, waited_ms: u32) {
        // This runs inside that timer: it has fired, and must not be dropped under its own feet.
        if let Some(fired) = self.0.borrow_mut().patience.take() {
            fired.forget();
        }
        // On a slow line the planner itself takes its time; starting over would not help it.
        let up = self.0.borrow().worker.as_ref().is_some_and(|running| running.up);
        let next = if up || waited_ms >= LOADING_PATIENCE_MS {
            self.0.borrow_mut().queue.overdue(id)
        } else {
            None
        };
        if let Some(request) = next {
            drop_later(self.0.borrow_mut().worker.take());
            self.send(request);
        } else if self.0.borrow().queue.is_in_flight(id) {
            // Nothing newer yet: look again, for as long as the same plan is being made.
            let next_ms = PATIENCE_MS / 4;
            self.wait_for(id, next_ms, waited_ms.saturating_add(next_ms));
        }
    }

    fn tell(&self, happened: Happened) {
        let tell = self.0.borrow().tell.clone();
        tell.emit(happened);
    }
}

/// Drops a worker after the listener that may be running now has returned.
fn drop_later(running: Option<Running>) {
    if let Some(running) = running {
        running.worker.terminate();
        Timeout::new(0, move || drop(running)).forget();
    }
}

fn post_to(worker: &Worker, id: u32, key: &str, value: &JsValue) -> Result<(), JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"id".into(), &id.into())?;
    Reflect::set(&message, &key.into(), value)?;
    worker.post_message(&message)
}

fn text_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "it could not be started".to_owned())
}
