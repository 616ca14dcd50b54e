//! The seam for solvers: what is to be packed, what came out, and who checks it.
//!
//! A [`Problem`] has few kinds of task with high counts, priced offers of capacity in unlimited
//! number, and rules. A [`Solution`] is a fleet as patterns, its cost, and a proven lower bound
//! on the cost of any fleet. The solver behind [`solve`] can be replaced; [`check`] shares no
//! code with it and accepts or rejects what it says.
//!
//! Nothing in this room knows of AWS, JSON or tasks' names: only numbers and indices.

mod best;
mod bound;
mod branching;
mod capacity;
mod check;
mod columns;
mod consolidate;
mod cuts;
mod fleet;
mod formulation;
mod full_loads;
mod greedy;
mod improve;
mod inverse;
mod kinds;
#[cfg(test)]
mod laws;
mod listing;
mod master;
mod parts;
mod plunging;
mod program;
mod proof;
mod reduce;
mod relaxation;
mod rounding;
mod sack;
mod settle;
#[cfg(test)]
mod settle_laws;
mod shares;
mod shortfall;
mod single;
mod solve;
mod states;
#[cfg(test)]
mod states_laws;
mod work;
mod zone_plan;
mod zone_shares;
mod zoned;

use std::fmt;

use eniac_catalog::NanoUsdPerHour;

pub use check::{Violation, check};
pub use solve::{solve, solve_watched};
pub use work::{Progress, Watch, Work};

/// How many resources are counted: CPU units, MiB, ENIs, GPUs, in this order.
pub const RESOURCES: usize = 4;

/// An amount of each resource: CPU units, MiB, ENIs, GPUs.
pub type Amounts = [u64; RESOURCES];

/// What is to be packed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Over how many zones `spread` kinds are spread, at least 1. Every instance stands in one
    /// zone.
    pub zones: usize,
    /// The kinds of task.
    pub demands: Vec<Demand>,
    /// The kinds of instance, each in any number.
    pub offers: Vec<Offer>,
    /// Pairs of places in `demands` that may not share an instance.
    pub anti_affinity: Vec<(usize, usize)>,
}

/// One kind of task.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Demand {
    /// How many tasks.
    pub count: u32,
    /// What one task needs.
    pub amounts: Amounts,
    /// The classes of offers on which it runs, as bits (an architecture is a class).
    pub classes: u32,
    /// At most one task of this kind on an instance.
    pub distinct: bool,
    /// The counts in the zones differ by at most one.
    pub spread: bool,
}

/// One kind of instance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// What tasks may use of one instance.
    pub amounts: Amounts,
    /// Its class, as one bit of [`Demand::classes`].
    pub class: u32,
    /// The zones it can stand in, as bits.
    pub zones: u16,
    /// What one instance costs.
    pub price: NanoUsdPerHour,
}

/// Equal instances.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// Place in [`Problem::offers`].
    pub offer: usize,
    /// Zone, below [`Problem::zones`].
    pub zone: usize,
    /// `(place in Problem::demands, tasks on each instance)`, in order, each at least 1.
    pub tasks: Vec<(usize, u32)>,
    /// How many such instances.
    pub copies: u32,
}

/// What a solver found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Solution {
    /// The fleet.
    pub patterns: Vec<Pattern>,
    /// What it costs.
    pub cost: NanoUsdPerHour,
    /// No fleet that keeps the rules costs less.
    pub lower_bound: NanoUsdPerHour,
    /// How much work it took, in the solver's own count: the same everywhere.
    pub work: u64,
}

/// No fleet can hold these kinds, however large.
///
/// A kind stands here if no offer of its class holds one task of it in any zone, or if it is
/// `spread` and too few zones have such an offer. A kind with no task never stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpackable {
    /// Places in [`Problem::demands`], in order.
    pub demands: Vec<usize>,
}

impl fmt::Display for Unpackable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no offer holds a task of these demands where they must stand:")?;
        self.demands.iter().try_for_each(|demand| write!(f, " {demand}"))
    }
}

impl std::error::Error for Unpackable {}
