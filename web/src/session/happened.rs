//! What can happen to the page's state.

use crate::cluster::state::News;
use crate::edit::Edit;
use crate::interop::draft::Draft;
use crate::interop::imported::{Given, Imported};
use crate::looking::Patience;
use crate::notice::Notice;
use crate::saved::shelf::Shelf;
use crate::sheet::SheetKind;
use crate::tab::Tab;
use eniac_core::Part;
use eniac_core::report::{Outlook, PlanProgress, Report};
use serde_json::Value;
use std::rc::Rc;

/// Everything that can happen to the state.
#[derive(Debug, Clone)]
pub enum Happened {
    /// The user changed the scenario.
    Edited(Edit),
    /// The user left a field: what is typed next is a step of its own.
    LeftField,
    /// The user took back a step.
    Undone,
    /// The user took a step again.
    Redone,
    /// A report came.
    Planned {
        /// The report.
        report: Rc<Report>,
        /// Whether no newer scenario is waiting for its own.
        newest: bool,
        /// How long that took.
        took_ms: u32,
    },
    /// The user wants to look longer for the cheapest fleet.
    LookedLonger,
    /// The user has looked long enough.
    StoppedLooking,
    /// What is known while the page looks longer.
    LookedSoFar(PlanProgress),
    /// A look, or a stage of it, ended with a report.
    Looked {
        /// The report.
        report: Rc<Report>,
        /// How long that took.
        took_ms: u32,
    },
    /// The worker that looks broke.
    CouldNotLook(String),
    /// The user says how long to look after each change.
    Patience(Patience),
    /// The planner could make nothing of the scenario.
    Refused(String),
    /// The planner itself failed.
    Failed(String),
    /// The codes of the regions that the catalogue knows.
    Regions(Vec<String>),
    /// A part of the outlook came.
    Foreseen {
        /// Which one.
        part: Part,
        /// An outlook with it, or without where there is nothing to say.
        outlook: Rc<Outlook>,
    },
    /// The outlook came to nothing.
    NotForeseen(String),
    /// Something of the cluster came.
    Clustered(News),
    /// The user looks at this minute of the timeline.
    LookedAt(u32),
    /// The user opened a tab.
    Opened(Tab),
    /// The user followed a link to the element with this id, which is in a tab.
    LedTo(Tab, String),
    /// The user opened a dialog.
    OpenedSheet(SheetKind),
    /// The dialog that was open is closed.
    ClosedSheet,
    /// There is something to tell that is no part of the plan.
    Told(Notice),
    /// What was told is read.
    Heard,
    /// What is kept beside the scenario is this now.
    Shelved(Rc<Shelf>),
    /// The user gave files, beside those that were given before.
    Gave(Vec<Given>),
    /// These are the files that are given.
    GivenAre(Vec<Given>),
    /// What the user has said beside them is this now.
    Drafted(Rc<Draft>),
    /// The user took a scenario that was made of files.
    Took(Value, Option<Rc<Imported>>),
}
