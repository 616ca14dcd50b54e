//! What arrives at a service over time, and how much of it a task can serve.

use super::{Minute, Percent, Requests, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service's load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Load {
    /// Requests a minute that arrive for the whole service.
    pub requests_per_minute: LoadCurve,
    /// Requests a minute that one task serves when it uses all the CPU that it reserves.
    pub requests_per_minute_per_task: Requests,
    /// CPU that a task uses without any request, of what it reserves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idle_cpu_percent: Percent,
    /// Memory that a task uses without any request, of what it reserves.
    #[serde(default = "forty", skip_serializing_if = "is_forty")]
    pub idle_memory_percent: Percent,
    /// Memory that a task uses when it serves all it can.
    #[serde(default = "sixty", skip_serializing_if = "is_sixty")]
    pub full_memory_percent: Percent,
}

/// Requests a minute over time. Minutes count from the start of the simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LoadCurve {
    /// Always the same.
    Constant(Requests),
    /// From each point on, its value.
    Steps(Vec<LoadPoint>),
    /// Straight lines between the points.
    Ramp(Vec<LoadPoint>),
    /// The shape of a day, again each day.
    Daily(DailyLoad),
    /// Pasted CSV: a value a line, one for each minute, or `minute,requests`.
    Csv(String),
}

/// A point of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoadPoint {
    /// When.
    pub minute: Minute,
    /// How much.
    pub requests_per_minute: Requests,
}

/// A day that rises smoothly from its low to its high, and falls back in the other twelve hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DailyLoad {
    /// At the quietest minute.
    pub low: Requests,
    /// At the busiest minute.
    pub high: Requests,
    /// The busiest minute.
    pub peak_minute: Minute,
}

fn forty() -> Percent {
    Percent::new(40).unwrap_or_default()
}

fn sixty() -> Percent {
    Percent::new(60).unwrap_or_default()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_forty(percent: &Percent) -> bool {
    *percent == forty()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_sixty(percent: &Percent) -> bool {
    *percent == sixty()
}
