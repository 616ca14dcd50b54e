//! What every part of the page shares: the scenario, the answer, and the way to change things.

use crate::edit::Edit;
use crate::outlook::foresight::Foresight;
use crate::session::{Happened, Session};
use eniac_core::report::Report;
use eniac_core::{Diagnostic, Severity};
use serde_json::Value;
use std::rc::Rc;
use yew::prelude::*;

/// The shared state, as a context.
#[derive(Clone)]
pub struct Workbench {
    session: Rc<Session>,
    tell: Callback<Happened>,
}

impl PartialEq for Workbench {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.session, &other.session)
    }
}

impl Workbench {
    /// A view of `session` that tells `tell` what the user does.
    pub fn new(session: Rc<Session>, tell: Callback<Happened>) -> Self {
        Self { session, tell }
    }

    /// The scenario.
    pub fn document(&self) -> &Value {
        self.session.document()
    }

    /// The last good answer.
    pub fn answer(&self) -> Option<&Rc<Report>> {
        self.session.answer.as_ref()
    }

    /// What is foreseen, as far as it has come.
    pub fn foresight(&self) -> &Foresight {
        &self.session.foresight
    }

    /// The state as a whole.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Whether the answer is not, or not yet, that of the scenario.
    pub fn is_stale(&self) -> bool {
        !self.session.is_current()
    }

    /// What is wrong or worth knowing.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.session.problems
    }

    /// What is wrong or worth knowing of the field at `path` and what is under it.
    pub fn problems_under<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
        self.problems().iter().filter(move |problem| is_under(&problem.path, path))
    }

    /// Whether the value at `path` itself is wrong.
    pub fn is_wrong(&self, path: &str) -> bool {
        let mut problems = self.problems().iter();
        problems.any(|problem| problem.severity == Severity::Error && problem.path == path)
    }

    /// Tells what happened.
    pub fn tell(&self, happened: Happened) {
        self.tell.emit(happened);
    }

    /// Changes the scenario.
    pub fn edit(&self, edit: Edit) {
        self.tell(Happened::Edited(edit));
    }

    /// A listener that does `happened`.
    pub fn on<E: 'static>(&self, happened: Happened) -> Callback<E> {
        let tell = self.tell.clone();
        Callback::from(move |_| tell.emit(happened.clone()))
    }

    /// A listener that makes `edit`.
    pub fn on_edit<E: 'static>(&self, edit: Edit) -> Callback<E> {
        self.on(Happened::Edited(edit))
    }
}

/// The shared state of the page that this component is part of.
#[hook]
pub fn use_workbench() -> Workbench {
    let inherited = use_context::<Workbench>();
    let alone = use_memo((), |()| Rc::new(Session::open(None)));
    // A component outside of a page, in a test for instance, has a session of its own.
    inherited.unwrap_or_else(|| Workbench::new((*alone).clone(), Callback::noop()))
}

/// Whether `path` is `field` or stands under it.
pub fn is_under(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The id of the field at `path`, so that a problem can lead to it.
pub fn field_id(path: &str) -> String {
    format!("field:{path}")
}

/// The id of what is said about the field at `path`.
pub fn message_id(path: &str) -> String {
    format!("about:{path}")
}

#[cfg(test)]
mod tests {
    use super::is_under;

    #[test]
    fn a_row_does_not_speak_for_another() {
        for (path, field, expected) in [
            ("services[1].name", "services[1]", true),
            ("services[1]", "services[1]", true),
            ("services[10].name", "services[1]", false),
            ("zones", "zone", false),
            ("", "zones", false),
        ] {
            assert_eq!(is_under(path, field), expected, "{path} under {field}");
        }
    }
}
