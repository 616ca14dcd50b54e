//! The state of the page: the scenario with its history, and what the planner said of it.
//!
//! Pure: what happens comes in as [`Happened`], and the page is drawn from what is here.

use crate::cluster::state::ClusterState;
use crate::edit::Edit;
use crate::history::History;
use crate::interop::draft::Draft;
use crate::interop::imported::{Given, Imported};
use crate::looking::{Looking, Patience, better};
use crate::notice::Notice;
use crate::outlook::foresight::Foresight;
use crate::saved::shelf::Shelf;
use crate::sheet::SheetKind;
use crate::tab::Tab;
use crate::workbench::is_under;
use eniac_core::report::{CheapestFleet, Report};
use eniac_core::scenario::EXAMPLE;
use eniac_core::{Diagnostic, Effort, Severity};
use serde_json::Value;
use std::rc::Rc;

pub mod happened;
mod importing;

pub use happened::Happened;

/// What the planner is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planning {
    /// The answer is that of the present scenario.
    Done,
    /// A plan is being made.
    UnderWay,
    /// The scenario is none.
    Refused(String),
    /// The worker broke, or never came up.
    Failed(String),
}

/// The scenario, and what it was made of.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The scenario.
    pub document: Rc<Value>,
    /// The files that it was imported from, whatever has been changed since.
    pub imported: Option<Rc<Imported>>,
}

impl PartialEq for Standing {
    fn eq(&self, other: &Self) -> bool {
        let made_of = |standing: &Self| standing.imported.as_ref().map(Rc::as_ptr);
        self.document == other.document && made_of(self) == made_of(other)
    }
}

/// The page's state.
#[derive(Debug, Clone)]
pub struct Session {
    /// The scenario, and how it came to be.
    pub history: History<Standing>,
    /// The last good answer.
    pub answer: Option<Rc<Report>>,
    /// What the newest report says is wrong or worth knowing.
    pub problems: Rc<Vec<Diagnostic>>,
    /// Whether `answer` is older than the scenario, because a value of it cannot be read.
    pub held: bool,
    /// Whether the scenario came as a whole and has had values that cannot be read ever since: no
    /// answer of its own is there to be held, and that of another scenario says nothing.
    pub unread: bool,
    /// What the planner is at.
    pub planning: Planning,
    /// The regions to choose from; empty until the planner has told them.
    pub regions: Rc<Vec<String>>,
    /// How long to look after each change.
    pub patience: Patience,
    /// How much work has gone into the answer.
    pub tried: Effort,
    /// The look under way. The answer is that of the scenario meanwhile.
    pub looking: Option<Looking>,
    /// Why the last look came to nothing.
    pub could_not_look: Option<String>,
    /// How many of the solver's steps this machine does in a millisecond, as measured last.
    pub steps_per_ms: u64,
    /// What is foreseen, as far as it has come.
    pub foresight: Rc<Foresight>,
    /// What is known of the cluster over time.
    pub cluster: Rc<ClusterState>,
    /// The tab that is open.
    pub tab: Tab,
    /// Where a link led last, and how many were followed before.
    pub led_to: Option<(u32, String)>,
    /// How many fields the last edit changed, if it was a proposal that was applied.
    pub applied: Option<usize>,
    /// The dialog that is open.
    pub sheet: Option<SheetKind>,
    /// What is told beside the plan.
    pub notice: Option<Notice>,
    /// The scenarios that are kept under their names.
    pub shelf: Rc<Shelf>,
    /// The files that are given to be imported.
    pub given: Rc<Vec<Given>>,
    /// What the user has said beside them.
    pub draft: Rc<Draft>,
}

/// Until it is measured: a machine of 2025.
const STEPS_PER_MS: u64 = 300_000;

/// The scenario that a new user sees first.
pub fn example() -> Value {
    serde_json::from_str(EXAMPLE).unwrap_or_default()
}

impl Session {
    /// A session with the scenario that was kept, or with the example.
    pub fn open(kept: Option<Value>) -> Self {
        Self::open_imported(kept, None)
    }

    /// The same, with what the kept scenario was imported from.
    pub fn open_imported(kept: Option<Value>, imported: Option<Imported>) -> Self {
        let kept = kept.filter(Value::is_object);
        let imported = imported.filter(|_| kept.is_some()).map(Rc::new);
        let document = Rc::new(kept.unwrap_or_else(example));
        Self {
            history: History::new(Standing { document, imported }),
            answer: None,
            problems: Rc::default(),
            held: false,
            unread: true,
            planning: Planning::UnderWay,
            regions: Rc::default(),
            patience: Patience::default(),
            tried: Effort::default(),
            looking: None,
            could_not_look: None,
            steps_per_ms: STEPS_PER_MS,
            foresight: Rc::default(),
            cluster: Rc::default(),
            tab: Tab::default(),
            led_to: None,
            applied: None,
            sheet: None,
            notice: None,
            shelf: Rc::default(),
            given: Rc::default(),
            draft: Rc::default(),
        }
    }

    /// The scenario.
    pub fn document(&self) -> &Rc<Value> {
        &self.history.present().document
    }

    /// What it was imported from, if it was.
    pub fn imported(&self) -> Option<&Rc<Imported>> {
        self.history.present().imported.as_ref()
    }

    /// Whether the answer is that of the scenario.
    pub fn is_current(&self) -> bool {
        self.planning == Planning::Done && !self.held
    }

    /// The state after `happened`.
    #[must_use]
    pub fn after(&self, happened: Happened) -> Self {
        let mut next = self.clone();
        let mut applied = None;
        match happened {
            Happened::Edited(edit) => {
                let document = Rc::new(edit.apply(self.document()));
                let is_other = matches!(edit, Edit::Replace(_));
                let imported = self.imported().filter(|_| !is_other).cloned();
                next.history.record(Standing { document, imported }, edit.typed_in());
                if is_other {
                    next.begin_anew();
                }
                if let Edit::Apply(changes) = edit {
                    applied = Some(changes.len());
                }
            }
            Happened::LeftField => next.history.pause(),
            Happened::Undone => next.history.undo(),
            Happened::Redone => next.history.redo(),
            Happened::Planned { report, newest, took_ms } => {
                next.measure(&report, took_ms);
                next.planned(report, newest);
            }
            Happened::LookedLonger => next.look(),
            Happened::StoppedLooking => next.stop_looking(),
            Happened::LookedSoFar(progress) => {
                if let Some(looking) = &mut next.looking {
                    looking.heard(&progress);
                }
            }
            Happened::Looked { report, took_ms } => {
                next.measure(&report, took_ms);
                next.looked(&report);
            }
            Happened::CouldNotLook(why) => {
                next.keep_bound();
                next.looking = None;
                next.could_not_look = Some(why);
            }
            Happened::Patience(patience) => {
                next.patience = patience;
                if patience == Patience::Thorough {
                    next.look_if_patient();
                }
            }
            Happened::Refused(why) => {
                next.planning = Planning::Refused(why);
                next.held = next.answer.is_some();
            }
            Happened::Failed(why) => {
                next.planning = Planning::Failed(why);
                next.held = next.answer.is_some();
            }
            Happened::Regions(regions) => next.regions = Rc::new(regions),
            Happened::Foreseen { part, outlook } if self.is_current() => {
                Rc::make_mut(&mut next.foresight).came(part, &outlook);
            }
            Happened::NotForeseen(why) if self.is_current() => {
                Rc::make_mut(&mut next.foresight).trouble = Some(why);
            }
            Happened::Clustered(news) if self.is_current() => {
                Rc::make_mut(&mut next.cluster).came(news);
            }
            // Of an older scenario.
            Happened::Foreseen { .. } | Happened::NotForeseen(_) | Happened::Clustered(_) => {}
            Happened::LookedAt(minute) => Rc::make_mut(&mut next.cluster).minute = minute,
            Happened::Opened(tab) => next.tab = tab,
            Happened::LedTo(tab, id) => {
                let before = self.led_to.as_ref().map_or(0, |(number, _)| *number);
                (next.tab, next.led_to) = (tab, Some((before.wrapping_add(1), id)));
            }
            Happened::OpenedSheet(sheet) => next.opened(sheet),
            Happened::ClosedSheet => {
                next.sheet = None;
                // What was told in the dialog is still to be read.
                next.notice = next.notice.map(|notice| Notice { within: None, ..notice });
            }
            Happened::Told(notice) => {
                next.notice = Some(Notice { within: next.sheet, ..notice });
            }
            Happened::Heard => next.notice = None,
            Happened::Shelved(kept) => next.shelf = kept,
            Happened::Gave(files) => next.gave(files),
            Happened::GivenAre(files) => next.given_are(files),
            Happened::Drafted(draft) => next.draft = draft,
            Happened::Took(document, imported) => next.took(document, imported),
        }
        if next.document() != self.document() {
            Rc::make_mut(&mut next.foresight).age();
            Rc::make_mut(&mut next.cluster).age();
            next.applied = applied;
            next.planning = Planning::UnderWay;
            next.looking = None;
            next.could_not_look = None;
            // What it offers to take back is not the last step any more.
            next.notice = next.notice.filter(|notice| !notice.undoes);
        }
        next
    }

    /// The scenario is another one: what was foreseen of the last says nothing of it.
    fn begin_anew(&mut self) {
        self.unread = true;
        self.foresight = Rc::default();
        self.cluster = Rc::default();
    }

    fn planned(&mut self, report: Rc<Report>, newest: bool) {
        self.problems = Rc::new(report.diagnostics.clone());
        self.planning = if newest { Planning::Done } else { Planning::UnderWay };
        let unreadable = has_unreadable_value(&report.diagnostics);
        self.unread &= unreadable || !newest;
        self.held = self.answer.is_some() && unreadable && !self.unread;
        if !self.held {
            self.answer = Some(report);
        }
        self.tried = Effort::default();
        self.looking = None;
        self.look_if_patient();
    }

    /// The cheapest fleet of the answer, if the answer is that of the scenario.
    fn cheapest(&self) -> Option<&CheapestFleet> {
        self.answer.as_ref().filter(|_| self.is_current())?.cheapest.as_ref()
    }

    /// What looking longer would spend; `None` where it is not offered.
    pub fn next_effort(&self) -> Option<Effort> {
        let may_help = self.cheapest()?.more_work_may_help;
        self.tried.more().filter(|_| may_help)
    }

    fn look_if_patient(&mut self) {
        if self.patience == Patience::Thorough && self.tried == Effort::default() {
            self.look();
        }
    }

    fn look(&mut self) {
        if self.looking.is_some() {
            return;
        }
        self.could_not_look = None;
        self.looking = self
            .next_effort()
            .and_then(|effort| Some(Looking::begin(self.cheapest()?, effort, self.tried)));
    }

    fn stop_looking(&mut self) {
        self.keep_bound();
        let kept = self.cheapest().cloned();
        self.looking = self.looking.take().zip(kept).and_then(|(it, kept)| it.stop(&kept));
    }

    fn looked(&mut self, report: &Report) {
        self.keep_bound();
        let Some(looking) = self.looking.take() else { return };
        if let Some(answer) = &mut self.answer {
            *answer = Rc::new(better(answer, report));
        }
        if !looking.is_stopping() {
            self.tried = looking.order().effort;
        }
        let kept = self.cheapest().cloned();
        self.looking = kept.and_then(|kept| looking.next(&kept));
    }

    /// A bound that was told is a proof, whatever becomes of the search.
    fn keep_bound(&mut self) {
        let Some((cost, bound)) = self.looking.as_ref().map(|looking| looking.so_far) else {
            return;
        };
        if let Some(answer) = &mut self.answer {
            let mut kept = (**answer).clone();
            // A cheaper fleet that was only heard of says nothing of this one.
            kept.cheapest = kept.cheapest.map(|fleet| fleet.with_bound(bound.min(cost)));
            *answer = Rc::new(kept);
        }
    }

    fn measure(&mut self, report: &Report, took_ms: u32) {
        /// Below it the rest of a plan takes too much of the time.
        const ENOUGH: u64 = 20_000_000;
        let work = report.cheapest.as_ref().map_or(0, |cheapest| cheapest.work);
        if work >= ENOUGH && took_ms > 0 {
            self.steps_per_ms = work / u64::from(took_ms);
        }
    }
}

/// Whether a value could not be read: most often one that is still being typed. Of the user's own
/// prices each line that cannot be used is planned without.
fn has_unreadable_value(diagnostics: &[Diagnostic]) -> bool {
    const UNREADABLE: [&str; 3] = ["scenario.refused", "scenario.unknownWord", "scenario.missing"];
    diagnostics.iter().any(|diagnostic| {
        diagnostic.severity == Severity::Error
            && UNREADABLE.contains(&diagnostic.code.as_str())
            && !is_under(&diagnostic.path, "pricing.instancePrices")
    })
}

#[cfg(test)]
mod tests;
