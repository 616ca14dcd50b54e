//! `CloudWatch` alarms on one-minute datapoints: so many in a row.

/// How many datapoints in a row have breached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Breaches(u32);

impl Breaches {
    /// Takes one datapoint, and says whether the alarm is on: at least `periods` in a row breach.
    pub fn observe(&mut self, breaching: bool, periods: u32) -> bool {
        self.0 = if breaching { self.0.saturating_add(1) } else { 0 };
        self.0 >= periods.max(1)
    }

    /// How many datapoints in a row have breached.
    pub fn in_a_row(self) -> u32 {
        self.0
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.0 = 0;
    }
}
