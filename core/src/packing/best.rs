//! The best fleet and the best bound so far, and who is told when either gets better.

use super::fleet::{Load, Merit, merit};
use super::improve::downsize;
use super::reduce::Model;
use super::work::Meter;

/// A fleet that holds all tasks, and what no fleet costs less than.
pub(super) struct Best<'m> {
    pub(super) model: &'m Model,
    pub(super) loads: Vec<Load>,
    pub(super) merit: Merit,
    pub(super) bound: u128,
}

impl<'m> Best<'m> {
    /// `loads` hold all tasks.
    pub(super) fn new(model: &'m Model, loads: Vec<Load>, bound: u128, meter: &Meter) -> Self {
        let best = Self { model, merit: merit(model, &loads), loads, bound };
        best.tell(meter);
        best
    }

    /// Keeps the fleet, each instance as cheap as its tasks allow, if it is better.
    pub(super) fn offer(&mut self, mut loads: Vec<Load>, meter: &Meter) {
        downsize(self.model, &mut loads);
        let merit = merit(self.model, &loads);
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

    /// What is open is so little that it is not worth much work: a hundred-thousandth.
    pub(super) fn is_close(&self) -> bool {
        self.merit.cost - self.bound.min(self.merit.cost) <= self.merit.cost / 100_000
    }

    fn tell(&self, meter: &Meter) {
        meter.found(self.merit.cost, self.bound);
    }
}
