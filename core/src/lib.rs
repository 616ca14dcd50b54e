//! The planner: pure functions from a scenario to a report.

pub mod capacity;
pub mod cost;
mod diagnostic;
mod nearest;
pub mod packing;
pub mod report;
pub mod requirements;
pub mod scenario;
pub mod task;

pub use diagnostic::{Diagnostic, Severity};

/// How many types a report lists for each service.
pub const TYPES_PER_SERVICE: usize = 40;
