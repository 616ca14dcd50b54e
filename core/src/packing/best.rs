//! The best fleet and the best bound so far, and who is told when either gets better.

use super::columns::Column;
use super::fleet::{Load, Merit, merit};
use super::improve::downsize;
use super::reduce::Model;
use super::work::Meter;

/// A fleet is good if it costs at most so much of the best one more: a three-hundredth.
const GOOD: u128 = 300;
/// Fillings kept at most, about.
const MOST_SEEN: usize = 4000;

/// A fleet that holds all tasks, and what no fleet costs less than.
pub(super) struct Best<'m> {
    pub(super) model: &'m Model,
    pub(super) loads: Vec<Load>,
    pub(super) merit: Merit,
    pub(super) bound: u128,
    /// Fillings of the good fleets that were seen.
    seen: Vec<Column>,
}

impl<'m> Best<'m> {
    /// `loads` hold all tasks.
    pub(super) fn new(model: &'m Model, loads: Vec<Load>, bound: u128, meter: &Meter) -> Self {
        let best = Self { model, merit: merit(model, &loads), loads, bound, seen: Vec::new() };
        best.tell(meter);
        best
    }

    /// Keeps the fleet, each instance as cheap as its tasks allow, if it is better.
    pub(super) fn offer(&mut self, mut loads: Vec<Load>, meter: &Meter) {
        downsize(self.model, &mut loads);
        let merit = merit(self.model, &loads);
        if merit.cost <= self.merit.cost + self.merit.cost / GOOD && self.seen.len() < MOST_SEEN {
            self.seen.extend(loads.iter().map(Column::of));
        }
        if merit < self.merit {
            let cheaper = merit.cost < self.merit.cost;
            (self.loads, self.merit) = (loads, merit);
            if cheaper {
                self.tell(meter);
            }
        }
    }

    /// Keeps the bound if it is higher.
    pub(super) fn prove(&mut self, bound: u128, meter: &Meter) {
        if bound > self.bound {
            self.bound = bound;
            self.tell(meter);
        }
    }

    pub(super) fn cost(&self) -> u128 {
        self.merit.cost
    }

    /// No fleet is cheaper.
    pub(super) fn is_proven(&self) -> bool {
        self.merit.cost <= self.bound
    }

    /// Fillings of the good fleets that were seen, those of the best first.
    pub(super) fn fillings(&mut self) -> Vec<Column> {
        self.seen.sort_unstable();
        self.seen.dedup();
        self.loads.iter().map(Column::of).chain(self.seen.iter().cloned()).collect()
    }

    /// What is open is so little that it is not worth much work: a hundred-thousandth.
    pub(super) fn is_close(&self) -> bool {
        self.merit.cost - self.bound.min(self.merit.cost) <= self.merit.cost / 100_000
    }

    fn tell(&self, meter: &Meter) {
        meter.found(self.merit.cost, self.bound);
    }
}
