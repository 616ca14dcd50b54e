//! Clusters on instances that the user runs: where tasks go, and what happens over time.
//!
//! This room makes instances, services and settings out of a scenario (`build`), asks
//! [`crate::placement`], [`crate::scaling`] and [`crate::timeline`], and tells what they say in
//! names and sentences.

mod assumptions;
mod build;
#[cfg(test)]
mod laws;
mod load;
mod place;
mod presets;
mod service_settings;
mod simulate;
mod standing;
mod steady;
mod steps;
mod templates;
#[cfg(test)]
mod tests;
mod told;
mod words;

pub use place::place;
pub use presets::{Preset, ToldMoment, presets};
pub use simulate::{SimulateOptions, simulate};

/// The format of placement reports and timelines that this version of eniac writes.
pub const CLUSTER_VERSION: u32 = 1;
