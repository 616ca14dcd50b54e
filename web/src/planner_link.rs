//! The planner's worker, from the page's side: starts it, asks it, and starts another one when it
//! breaks or takes too long while something newer waits. Decides nothing; [`Queue`] does.

use crate::queue::{LOADING_PATIENCE_MS, PATIENCE_MS, Queue, Request};
use crate::session::Happened;
use crate::worker::{Answer, Handle, PLANNER, Running, text_of};
use eniac_core::report::Report;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Callback;

/// The number of the one question that is no scenario: which regions there are.
const REGIONS: u32 = 0;

/// A handle on the planner; clones share it.
#[derive(Clone)]
pub struct PlannerLink(Rc<RefCell<Link>>);

struct Link {
    queue: Queue,
    worker: Option<Running>,
    /// Whether the worker has answered anything: until then it may still be loading.
    is_up: bool,
    patience: Option<Timeout>,
    tell: Callback<Happened>,
}

impl PlannerLink {
    /// A link that tells `tell` of every answer. The worker starts at once, and loads while the
    /// page is drawn.
    pub fn new(tell: Callback<Happened>) -> Self {
        let queue = Queue::default();
        let link = Link { queue, worker: None, is_up: false, patience: None, tell };
        let link = Self(Rc::new(RefCell::new(link)));
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
            .and_then(|worker| worker.post(id, &[("scenario", JsValue::from_str(&scenario))]));
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

    fn worker(&self) -> Result<Handle, JsValue> {
        if let Some(running) = &self.0.borrow().worker {
            return Ok(running.handle());
        }
        let (link, other) = (self.clone(), self.clone());
        let running = Running::start(
            PLANNER,
            move |answer| link.answered(answer),
            move |why| other.broke(why),
        )?;
        let handle = running.handle();
        let mut link = self.0.borrow_mut();
        (link.worker, link.is_up) = (Some(running), false);
        // The first question to every worker: its answer says that it is up, and the one that
        // this replaces may never have told the regions.
        handle.post(REGIONS, &[("regions", JsValue::TRUE)])?;
        Ok(handle)
    }

    fn answered(&self, answer: &Answer) {
        if let Some(why) = answer.text("broken") {
            self.broke(&why);
            return;
        }
        self.0.borrow_mut().is_up = true;
        if let Some(regions) = answer.text("regions") {
            if let Ok(regions) = serde_json::from_str(&regions) {
                self.tell(Happened::Regions(regions));
            }
            return;
        }
        let id = answer.number("id");
        let next = self.0.borrow_mut().queue.answered(id);
        let Some(next) = next else { return };
        self.0.borrow_mut().patience = None;

        let newest = next.is_none();
        let took_ms = answer.number("milliseconds");
        let told = match (answer.text("report"), answer.text("error")) {
            (Some(report), _) => match serde_json::from_str::<Report>(&report) {
                Ok(report) => Happened::Planned { report: Rc::new(report), newest, took_ms },
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
            if let Some(worker) = link.worker.take() {
                worker.end();
            }
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
        let is_up = self.0.borrow().is_up;
        let next = if is_up || waited_ms >= LOADING_PATIENCE_MS {
            self.0.borrow_mut().queue.overdue(id)
        } else {
            None
        };
        if let Some(request) = next {
            if let Some(worker) = self.0.borrow_mut().worker.take() {
                worker.end();
            }
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
