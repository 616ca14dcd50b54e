//! The planner: pure functions from a scenario to a report.

pub mod packing;
