//! What the given files are read as, anew whenever files or answers are others; what was read last
//! stays meanwhile.

use crate::interop::files::of_text;
use crate::interop::imported::Given;
use crate::interop::link::{InteropLink, use_interop};
use crate::interop::verdict::needs_scenario;
use crate::worker::Answer;
use eniac_interop::{Import, ImportSettings};
use js_sys::{Array, Object, Reflect};
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How the scenario of the page is called among the files.
const ON_THE_PAGE: &str = "the scenario on the page";

/// How far the reading is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    read: Option<Read>,
    /// Why nothing could be read.
    pub trouble: Option<String>,
    /// Whether something is being read.
    pub is_busy: bool,
    /// Whether the files only say something of the scenario on the page, which is part of what
    /// was read.
    pub is_of_page: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Read {
    import: Rc<Import>,
    texts: Option<Vec<String>>,
    unread: Vec<String>,
}

impl Reading {
    /// What was read last.
    pub fn import(&self) -> Option<&Rc<Import>> {
        self.read.as_ref().map(|read| &read.import)
    }

    /// The files as text, where they are short enough to be kept.
    pub fn texts(&self) -> Option<Vec<String>> {
        self.read.as_ref().and_then(|read| read.texts.clone())
    }

    /// Whether the browser could not read the file of that name.
    pub fn is_unread(&self, name: &str) -> bool {
        self.read.as_ref().is_some_and(|read| read.unread.iter().any(|unread| unread == name))
    }
}

/// What came of a reading.
#[derive(Debug)]
pub enum Came {
    /// Nothing is given.
    Nothing,
    /// It began.
    Begun,
    /// It came to nothing.
    Trouble(String),
    /// It is here.
    Here {
        /// What was read.
        import: Box<Import>,
        /// The files as text.
        texts: Option<Vec<String>>,
        /// The files that the browser could not read.
        unread: Vec<String>,
        /// Whether the scenario of the page was among the files.
        is_of_page: bool,
    },
}

impl Reducible for Reading {
    type Action = Came;

    fn reduce(self: Rc<Self>, came: Came) -> Rc<Self> {
        let mut next = (*self).clone();
        next.is_busy = matches!(came, Came::Begun);
        match came {
            Came::Nothing => next = Self::default(),
            Came::Begun => next.trouble = None,
            Came::Trouble(why) => next.trouble = Some(why),
            Came::Here { import, texts, unread, is_of_page } => {
                next.trouble = None;
                next.is_of_page = is_of_page;
                next.read = Some(Read { import: Rc::new(*import), texts, unread });
            }
        }
        Rc::new(next)
    }
}

/// Reads `given`; what only says something of a scenario is read together with `page`.
#[hook]
pub fn use_reading(given: Rc<Vec<Given>>, settings: ImportSettings, page: Value) -> Reading {
    let link = use_interop();
    let reading = use_reducer(Reading::default);
    let tell = reading.dispatcher();
    use_effect_with((given, settings), move |(given, settings)| {
        if given.is_empty() {
            link.end();
            tell.dispatch(Came::Nothing);
        } else {
            tell.dispatch(Came::Begun);
            let work = Work {
                link,
                tell,
                given: given.clone(),
                settings: serde_json::to_string(settings).unwrap_or_default(),
                page,
            };
            work.ask(false);
        }
    });
    (*reading).clone()
}

#[derive(Clone)]
struct Work {
    link: InteropLink,
    tell: UseReducerDispatcher<Reading>,
    given: Rc<Vec<Given>>,
    settings: String,
    page: Value,
}

impl Work {
    fn ask(self, with_page: bool) {
        let page = with_page.then(|| of_text(ON_THE_PAGE, &self.page.to_string())).flatten();
        let files: Array = page.iter().chain(self.given.iter()).map(posted).collect();
        let fields = [("files", files.into()), ("settings", JsValue::from_str(&self.settings))];
        let link = self.link.clone();
        link.ask(&fields, move |answer| self.answered(answer, with_page));
    }

    fn answered(self, answer: Result<&Answer, String>, with_page: bool) {
        let came = match answer.and_then(read) {
            Ok(Came::Here { import, .. }) if !with_page && needs_scenario(&import) => {
                self.ask(true);
                return;
            }
            Ok(Came::Here { import, texts, unread, .. }) => {
                Came::Here { import, texts, unread, is_of_page: with_page }
            }
            Ok(other) => other,
            Err(why) => Came::Trouble(why),
        };
        self.tell.dispatch(came);
    }
}

/// A file as the worker takes it.
pub fn posted(file: &Given) -> JsValue {
    let object = Object::new();
    // Setting a field of a new object does not fail.
    let _ = Reflect::set(&object, &"name".into(), &JsValue::from_str(&file.name));
    let _ = Reflect::set(&object, &"content".into(), &file.content);
    object.into()
}

fn read(answer: &Answer) -> Result<Came, String> {
    let import = answer.text("imported").unwrap_or_default();
    let import = serde_json::from_str(&import)
        .map_err(|error| format!("what was read cannot be understood: {error}"))?;
    let texts = answer.text("texts").and_then(|texts| serde_json::from_str(&texts).ok());
    let unread = answer.text("unread").and_then(|names| serde_json::from_str(&names).ok());
    Ok(Came::Here { import, texts, unread: unread.unwrap_or_default(), is_of_page: false })
}
