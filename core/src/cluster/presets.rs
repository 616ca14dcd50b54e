//! Stories that people tell of scaling tasks and instances together, as told and as scenarios.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A story: what is told of it, and the scenario that shows how it really goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Preset {
    /// Its name for scripts: `traffic-spike`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// What is told, moment by moment; empty where nothing is.
    pub told: Vec<ToldMoment>,
    /// Where the telling goes wrong, and why.
    pub really: Vec<String>,
    /// The scenario, as JSON text.
    pub scenario: String,
}

/// A moment of a story as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ToldMoment {
    /// When, in minutes from the start.
    pub minute: u32,
    /// How many instances are told of.
    pub instances: Option<u32>,
    /// How many tasks run.
    pub running: Option<u32>,
    /// How many tasks wait.
    pub waiting: Option<u32>,
    /// What the told formula gives, in percent.
    pub capacity_percent: Option<u32>,
    /// What is told, in our words.
    pub text: String,
}

/// All stories.
pub fn presets() -> Vec<Preset> {
    Vec::new()
}
