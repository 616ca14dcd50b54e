//! Work, counted instead of timed: the same amount gives the same plan on every machine.
//! Whoever waits may watch the progress, and end it.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use super::fleet::stated;
use super::{NanoUsdPerHour, Problem};

/// How much a solver may compute, in its own small steps. On a machine of 2025 a step takes in
/// the order of a nanosecond natively.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work(pub u64);

impl Work {
    /// Enough for a plan while somebody types.
    pub const QUICK: Self = Self(60_000_000);
    /// For who has time: a few seconds.
    pub const THOROUGH: Self = Self(1_000_000_000);

    /// Enough for a good plan of this problem within a second or so, in WebAssembly too: by the
    /// number of kinds that have tasks, since the number of tasks hardly matters.
    pub fn suited_to(problem: &Problem) -> Self {
        let kinds = problem.demands.iter().filter(|demand| demand.count > 0).count();
        if kinds <= 15 { Self(150_000_000) } else { Self(400_000_000) }
    }
}

/// What is known while a solver works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What the best fleet so far costs; `None` before the first.
    pub cost: Option<NanoUsdPerHour>,
    /// No fleet costs less.
    pub lower_bound: NanoUsdPerHour,
    /// Work so far.
    pub work: u64,
}

/// Whether to go on: asked at every better fleet or bound, and at least every
/// few million steps. Once told to break, a solver ends with what it has.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// Steps between two questions whether to go on: some milliseconds.
const STRIDE: u64 = 4_000_000;

/// Who is told of the progress, and what was last known.
pub(super) struct Watcher<'a> {
    watch: RefCell<Watch<'a>>,
    known: Cell<Progress>,
    spent: Cell<u64>,
    stopped: Cell<bool>,
}

impl<'a> Watcher<'a> {
    pub(super) fn new(watch: Watch<'a>) -> Self {
        let known = Progress { cost: None, lower_bound: NanoUsdPerHour(0), work: 0 };
        let (known, spent, stopped) = (Cell::new(known), Cell::new(0), Cell::new(false));
        Self { watch: RefCell::new(watch), known, spent, stopped }
    }

    fn tell(&self) {
        if self.stopped.get() {
            return;
        }
        let progress = Progress { work: self.spent.get(), ..self.known.get() };
        self.known.set(progress);
        // A watch that asks for a plan itself is not asked meanwhile.
        if let Ok(mut watch) = self.watch.try_borrow_mut()
            && watch(progress).is_break()
        {
            self.stopped.set(true);
        }
    }
}

/// Counts work against a budget.
#[derive(Clone)]
pub(super) struct Meter<'a> {
    spent: u64,
    limit: u64,
    watcher: Option<&'a Watcher<'a>>,
    /// What is found is a part of the whole, and nobody is told.
    partial: bool,
}

impl<'a> Meter<'a> {
    pub(super) fn new(budget: Work, watcher: Option<&'a Watcher<'a>>) -> Self {
        Self { spent: 0, limit: budget.0, watcher, partial: false }
    }

    /// Counts `steps`, which may go beyond the limit: what is begun is finished.
    pub(super) fn spend(&mut self, steps: usize) {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.spent = self.spent.saturating_add(steps);
        if let Some(watcher) = self.watcher {
            watcher.spent.set(watcher.spent.get().saturating_add(steps));
            if watcher.spent.get() - watcher.known.get().work >= STRIDE {
                watcher.tell();
            }
        }
    }

    /// Says what is known of the whole problem: what a fleet costs, and what none costs less than.
    pub(super) fn found(&self, cost: u128, bound: u128) {
        let Some(watcher) = self.watcher.filter(|_| !self.partial) else { return };
        let known = watcher.known.get();
        let cost = known.cost.map_or(stated(cost), |known| known.min(stated(cost)));
        let lower_bound = known.lower_bound.max(stated(bound)).min(cost);
        if known.cost != Some(cost) || known.lower_bound != lower_bound {
            watcher.known.set(Progress { cost: Some(cost), lower_bound, ..known });
            watcher.tell();
        }
    }

    /// All work that was counted, by every part.
    pub(super) fn spent(&self) -> u64 {
        self.spent
    }

    /// A meter with `percent` of this one's budget, of which nothing is spent.
    pub(super) fn part(&self, percent: u64) -> Self {
        let limit = u128::from(self.limit) * u128::from(percent) / 100;
        Self { spent: 0, limit: u64::try_from(limit).unwrap_or(u64::MAX), ..*self }
    }

    /// As [`Self::part`], for a part of the problem: what is found there is not the whole.
    pub(super) fn partial(&self, percent: u64) -> Self {
        Self { partial: true, ..self.part(percent) }
    }

    /// Counts what a part spent.
    pub(super) fn add(&mut self, part: &Self) {
        self.spent = self.spent.saturating_add(part.spent);
    }

    /// Steps until `percent` of the budget are spent.
    pub(super) fn left(&self, percent: u64) -> usize {
        let until = u128::from(self.limit) * u128::from(percent) / 100;
        usize::try_from(until.saturating_sub(u128::from(self.spent))).unwrap_or(usize::MAX)
    }

    /// The share of the budget that so many steps are, in percent.
    pub(super) fn percent_of(&self, steps: usize) -> u64 {
        u64::try_from(steps).unwrap_or(u64::MAX).saturating_mul(100) / self.limit.max(1)
    }

    /// The share of the budget that is spent, in percent.
    pub(super) fn share(&self) -> u64 {
        let share = u128::from(self.spent) * 100 / u128::from(self.limit.max(1));
        u64::try_from(share).unwrap_or(u64::MAX)
    }

    /// Whether `percent` of the budget are spent, or the watch wants no more.
    pub(super) fn is_past(&self, percent: u64) -> bool {
        self.watcher.is_some_and(|watcher| watcher.stopped.get())
            || u128::from(self.spent) * 100 >= u128::from(self.limit) * u128::from(percent)
    }
}
