//! A worker of its own for the outlook, so that the one that plans what is typed is always free.
//! It starts with the first plan that is there, and is asked for one part after another. Decides
//! nothing; [`PartQueue`] does.

use crate::outlook::part_queue::{PATIENCE_MS, PartQueue, Request};
use crate::session::Happened;
use crate::worker::{Answer, Running, text_of};
use eniac_core::report::Outlook;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Callback;

/// A handle on the outlook; clones share it.
#[derive(Clone)]
pub struct OutlookLink(Rc<RefCell<Link>>);

struct Link {
    queue: PartQueue,
    worker: Option<Running>,
    /// Whether the worker has answered anything: until then it may still be loading.
    is_up: bool,
    patience: Option<Timeout>,
    tell: Callback<Happened>,
}

impl OutlookLink {
    /// A link that tells `tell` of each part. No worker starts before something is wanted.
    pub fn new(tell: Callback<Happened>) -> Self {
        let queue = PartQueue::default();
        let link = Link { queue, worker: None, is_up: false, patience: None, tell };
        Self(Rc::new(RefCell::new(link)))
    }

    /// Works out the outlook of `scenario`, instead of any other's.
    pub fn want(&self, scenario: String) {
        let request = self.0.borrow_mut().queue.want(scenario);
        if let Some(request) = request {
            self.send(&request);
            return;
        }
        let in_the_way = self.0.borrow().queue.in_the_way();
        if let Some(id) = in_the_way {
            let link = self.clone();
            let patience = Timeout::new(PATIENCE_MS, move || link.lose_patience(id));
            self.0.borrow_mut().patience = Some(patience);
        }
    }

    /// What was wanted is not any more.
    pub fn forget(&self) {
        let mut link = self.0.borrow_mut();
        link.queue.forget();
        link.patience = None;
    }

    fn send(&self, request: &Request) {
        let posted = self.start().and_then(|()| {
            let link = self.0.borrow();
            let handle = link.worker.as_ref().map(Running::handle);
            let Request { id, scenario, part } = request;
            let fields = [
                ("scenario", JsValue::from_str(scenario)),
                ("part", JsValue::from_str(part.word())),
            ];
            handle.map_or(Ok(()), |handle| handle.post(*id, &fields))
        });
        if let Err(error) = posted {
            self.broke(&text_of(&error));
        }
    }

    fn start(&self) -> Result<(), JsValue> {
        if self.0.borrow().worker.is_some() {
            return Ok(());
        }
        let (link, other) = (self.clone(), self.clone());
        let worker =
            Running::start(move |answer| link.answered(answer), move |why| other.broke(why))?;
        let mut link = self.0.borrow_mut();
        (link.worker, link.is_up) = (Some(worker), false);
        Ok(())
    }

    fn answered(&self, answer: &Answer) {
        if let Some(why) = answer.text("broken") {
            self.broke(&why);
            return;
        }
        let (part, next) = {
            let mut link = self.0.borrow_mut();
            link.is_up = true;
            link.patience = None;
            link.queue.answered(answer.number("id"))
        };
        if let Some(request) = next {
            self.send(&request);
        }
        let Some(part) = part else { return };
        let told = match (answer.text("outlook"), answer.text("error")) {
            (Some(outlook), _) => match serde_json::from_str::<Outlook>(&outlook) {
                Ok(outlook) => Happened::Foreseen { part, outlook: Rc::new(outlook) },
                Err(error) => Happened::NotForeseen(format!("it cannot be read: {error}")),
            },
            (None, error) => Happened::NotForeseen(error.unwrap_or_default()),
        };
        self.tell(told);
    }

    /// The worker is of no use any more; what is wanted next gets a new one.
    fn broke(&self, why: &str) {
        self.end();
        let next = self.0.borrow_mut().queue.lost();
        if let Some(request) = next {
            self.send(&request);
        }
        self.tell(Happened::NotForeseen(why.to_owned()));
    }

    fn end(&self) {
        let mut link = self.0.borrow_mut();
        link.patience = None;
        if let Some(worker) = link.worker.take() {
            worker.end();
        }
    }

    fn lose_patience(&self, id: u32) {
        // This runs inside that timer: it has fired, and must not be dropped under its own feet.
        if let Some(fired) = self.0.borrow_mut().patience.take() {
            fired.forget();
        }
        // A worker that is still loading is waited for: starting over would not help it.
        let is_up = self.0.borrow().is_up;
        if !is_up || self.0.borrow().queue.in_the_way() != Some(id) {
            return;
        }
        self.end();
        let next = self.0.borrow_mut().queue.lost();
        if let Some(request) = next {
            self.send(&request);
        }
    }

    fn tell(&self, happened: Happened) {
        let tell = self.0.borrow().tell.clone();
        tell.emit(happened);
    }
}
