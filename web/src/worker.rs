//! A worker, from the page's side: starting, asking, ending. What is asked,
//! and what to make of the answers, is [`crate::planner_link`]'s and [`crate::search_link`]'s.

use gloo::timers::callback::Timeout;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker that plans.
pub const PLANNER: &str = "./www/worker.js";

/// The worker that knows other tools' formats.
pub const INTEROP: &str = "./www/interop.js";

/// A worker with the listeners that live as long as it does.
pub struct Running {
    worker: Worker,
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

impl Running {
    /// Starts the worker of `script`, which tells `answered` of each message, and `broke` why it is
    /// of no use.
    pub fn start(
        script: &str,
        answered: impl Fn(&Answer) + 'static,
        broke: impl Fn(&str) + 'static,
    ) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(script, &options)?;
        let on_message = Closure::new(move |event: MessageEvent| answered(&Answer(event.data())));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::new(move |event: Event| {
            let message = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
            let message = message.filter(|message| !message.is_empty());
            broke(&message.unwrap_or_else(|| "its files could not be loaded".to_owned()));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// The way to ask it.
    pub fn handle(&self) -> Handle {
        Handle(self.worker.clone())
    }

    /// Ends the worker, after the listener that may be running now has returned.
    pub fn end(self) {
        self.worker.terminate();
        Timeout::new(0, move || drop(self)).forget();
    }
}

/// A way to ask a worker.
pub struct Handle(Worker);

impl Handle {
    /// Sends a message with the number of its answer.
    pub fn post(&self, id: u32, fields: &[(&str, JsValue)]) -> Result<(), JsValue> {
        let message = Object::new();
        Reflect::set(&message, &"id".into(), &id.into())?;
        for (name, value) in fields {
            Reflect::set(&message, &(*name).into(), value)?;
        }
        self.0.post_message(&message)
    }
}

/// What a worker said.
pub struct Answer(JsValue);

impl Answer {
    /// A field that is a text.
    pub fn text(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &name.into()).ok()?.as_string()
    }

    /// A field that is a whole number; 0 where there is none.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
    pub fn number(&self, name: &str) -> u32 {
        let number = Reflect::get(&self.0, &name.into()).ok().and_then(|value| value.as_f64());
        number.map_or(0, |number| number as u32)
    }
}

/// What was thrown, as text.
pub fn text_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "it could not be started".to_owned())
}
