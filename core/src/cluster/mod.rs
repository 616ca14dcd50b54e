//! Clusters on instances that the user runs: where tasks go, and what happens over time.
//!
//! This room makes instances, services and settings out of a scenario, asks [`crate::placement`]
//! and [`crate::scaling`], and tells what they say.

mod presets;

pub use presets::{Preset, ToldMoment, presets};

use crate::report::{PlacementReport, Timeline};
use crate::scenario::Reading;
use eniac_catalog::Catalog;

/// The format of placement reports and timelines that this version of eniac writes.
pub const CLUSTER_VERSION: u32 = 1;

/// What of a timeline is told beside the series.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SimulateOptions {
    /// The minute at which the cluster is shown, instance by instance.
    pub snapshot_at: Option<u32>,
}

/// Where ECS would put the tasks of each service, and why not elsewhere. Never fails: what cannot
/// be worked out is said in the diagnostics.
pub fn place(_catalog: &Catalog, _reading: &Reading) -> PlacementReport {
    PlacementReport::default()
}

/// What happens over time. Never fails: what cannot be worked out is said in the diagnostics.
pub fn simulate(_catalog: &Catalog, _reading: &Reading, _options: SimulateOptions) -> Timeline {
    Timeline::default()
}
