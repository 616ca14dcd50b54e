//! Work, counted instead of timed: the same amount gives the same plan on every machine.

/// How much a solver may compute, in its own small steps. On a machine of 2025 a step takes in
/// the order of a nanosecond natively.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work(pub u64);

impl Work {
    /// Enough for a plan while somebody types.
    pub const QUICK: Self = Self(60_000_000);
    /// Enough for a good plan of 50 services.
    pub const THOROUGH: Self = Self(1_000_000_000);
}

impl Default for Work {
    fn default() -> Self {
        Self::THOROUGH
    }
}

/// Counts work against a budget.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    spent: u64,
    limit: u64,
}

impl Meter {
    pub(super) fn new(budget: Work) -> Self {
        Self { spent: 0, limit: budget.0 }
    }

    /// Counts `steps`, which may go beyond the limit: what is begun is finished.
    pub(super) fn spend(&mut self, steps: usize) {
        self.spent = self.spent.saturating_add(u64::try_from(steps).unwrap_or(u64::MAX));
    }

    pub(super) fn spent(&self) -> u64 {
        self.spent
    }

    /// A meter with `percent` of this one's budget, of which nothing is spent.
    pub(super) fn part(&self, percent: u64) -> Self {
        let limit = u128::from(self.limit) * u128::from(percent) / 100;
        Self { spent: 0, limit: u64::try_from(limit).unwrap_or(u64::MAX) }
    }

    /// Counts what a part spent.
    pub(super) fn add(&mut self, part: &Self) {
        self.spent = self.spent.saturating_add(part.spent);
    }

    /// Whether `percent` of the budget are spent.
    pub(super) fn is_past(&self, percent: u64) -> bool {
        u128::from(self.spent) * 100 >= u128::from(self.limit) * u128::from(percent)
    }
}
