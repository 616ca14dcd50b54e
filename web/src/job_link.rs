//! A worker for jobs that take longer than a plan, so that the one that plans what is typed is
//! always free. It starts with the first job, and is asked for one after another. Decides nothing;
//! [`JobQueue`] does.

use crate::job_queue::{JobQueue, PATIENCE_MS, Request};
use crate::session::Happened;
use crate::worker::{Answer, PLANNER, Running, text_of};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Callback;

/// A kind of jobs.
pub trait Job: Copy + 'static {
    /// What the worker is told beside the scenario.
    fn fields(self) -> Vec<(&'static str, JsValue)>;
    /// What its answer is.
    fn answered(self, answer: &Answer) -> Result<Happened, String>;
    /// What it is that a job came to nothing.
    fn failed(why: String) -> Happened;
}

/// A handle on the jobs; clones share it.
pub struct JobLink<J>(Rc<RefCell<Link<J>>>);

impl<J> Clone for JobLink<J> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

struct Link<J> {
    queue: JobQueue<J>,
    worker: Option<Running>,
    /// Whether the worker has answered anything: until then it may still be loading.
    is_up: bool,
    patience: Option<Timeout>,
    tell: Callback<Happened>,
}

impl<J: Job> JobLink<J> {
    /// A link that tells `tell` of each answer. No worker starts before something is wanted.
    pub fn new(tell: Callback<Happened>) -> Self {
        let queue = JobQueue::default();
        let link = Link { queue, worker: None, is_up: false, patience: None, tell };
        Self(Rc::new(RefCell::new(link)))
    }

    /// Does these jobs of `scenario`, instead of any other's.
    pub fn want(&self, scenario: String, jobs: impl IntoIterator<Item = J>) {
        let request = self.0.borrow_mut().queue.want(scenario, jobs);
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

    /// Does one more job of the same scenario, in the place of waiting ones that `replaces`.
    pub fn also(&self, job: J, replaces: impl Fn(&J) -> bool) {
        let request = self.0.borrow_mut().queue.also(job, replaces);
        if let Some(request) = request {
            self.send(&request);
        }
    }

    /// What was wanted is not any more.
    pub fn forget(&self) {
        let mut link = self.0.borrow_mut();
        link.queue.forget();
        link.patience = None;
    }

    fn send(&self, request: &Request<J>) {
        let posted = self.start().and_then(|()| {
            let link = self.0.borrow();
            let handle = link.worker.as_ref().map(Running::handle);
            let mut fields = request.job.fields();
            fields.push(("scenario", JsValue::from_str(&request.scenario)));
            handle.map_or(Ok(()), |handle| handle.post(request.id, &fields))
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
        let worker = Running::start(
            PLANNER,
            move |answer| link.answered(answer),
            move |why| other.broke(why),
        )?;
        let mut link = self.0.borrow_mut();
        (link.worker, link.is_up) = (Some(worker), false);
        Ok(())
    }

    fn answered(&self, answer: &Answer) {
        if let Some(why) = answer.text("broken") {
            self.broke(&why);
            return;
        }
        let (job, next) = {
            let mut link = self.0.borrow_mut();
            link.is_up = true;
            link.patience = None;
            link.queue.answered(answer.number("id"))
        };
        if let Some(request) = next {
            self.send(&request);
        }
        let Some(job) = job else { return };
        let told = match answer.text("error") {
            Some(why) => J::failed(why),
            None => job.answered(answer).unwrap_or_else(J::failed),
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
        self.tell(J::failed(why.to_owned()));
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

/// The answer's field `name`, read from its JSON text.
pub fn read<T: serde::de::DeserializeOwned>(answer: &Answer, name: &str) -> Result<T, String> {
    let text = answer.text(name).unwrap_or_default();
    serde_json::from_str(&text).map_err(|error| format!("it cannot be read: {error}"))
}
