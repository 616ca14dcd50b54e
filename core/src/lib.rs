//! The planner: pure functions from a scenario to a report.

mod advice;
pub mod capacity;
mod chance;
mod cluster;
pub mod cost;
mod diagnostic;
pub mod managed;
mod nearest;
pub mod packing;
pub mod packing_json;
pub mod placement;
mod plan;
pub mod report;
pub mod requirements;

pub mod scaling;
pub mod scenario;
pub mod task;
pub mod timeline;

pub use advice::{NoPart, OUTLOOK_VERSION, Part, outlook, outlook_text};
pub use cluster::{CLUSTER_VERSION, Preset, SimulateOptions, ToldMoment, place, presets, simulate};
pub use diagnostic::{Diagnostic, Severity};
pub use nearest::did_you_mean;
pub use plan::{Effort, NoEffort, REPORT_VERSION, plan, plan_reading, plan_text};

/// How many types a report lists for each service.
pub const TYPES_PER_SERVICE: usize = 40;

/// How many of the dearest admitted types a report lists.
pub const TAIL_TYPES: usize = 20;
