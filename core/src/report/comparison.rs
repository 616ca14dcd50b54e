//! The same services on what else AWS offers.

use super::{Cost, InstanceCount};
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The same services in several places, as they are and as they grow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ComparisonReport {
    /// The places, in a fixed order.
    pub rows: Vec<ComparisonRow>,
    /// What each place costs as the numbers of tasks shrink and grow together.
    pub growth: Vec<GrowthPoint>,
    /// Where one place becomes cheaper than another.
    pub crossovers: Vec<Crossover>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ComparisonRow {
    /// For scripts: `managed.predicted`, `managed.cheapest`, `group.singleType`, `fargate.x86`,
    /// `fargate.arm`, `fargate.spot`.
    pub code: String,
    /// In words.
    pub title: String,
    /// How many of each type; empty for Fargate.
    pub mix: Vec<InstanceCount>,
    /// What it costs; `null` where it cannot run everything.
    pub cost: Option<Cost>,
    /// What the figure includes, and what not.
    pub includes: Vec<String>,
    /// What it cannot run, and why.
    pub cannot: Vec<Cannot>,
}

/// Why a place is no choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Cannot {
    /// The service; empty where it is about all.
    pub service: String,
    /// The sentence.
    pub reason: String,
}

/// Costs at one size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GrowthPoint {
    /// Each service has this percentage of its tasks, rounded up.
    pub percent: u32,
    /// How many tasks that is in all.
    pub tasks: u32,
    /// The cost of each row, in their order; `null` where it is not worked out.
    pub total_nano_usd_per_hour: Vec<Option<NanoUsdPerHour>>,
}

/// From here on one place is cheaper than another that was cheaper before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Crossover {
    /// The code of the row that is cheaper from here on.
    pub cheaper: String,
    /// The code of the row that was cheaper before.
    pub dearer: String,
    /// The percentage of tasks from which on it is so, as far as it was looked at.
    pub percent: u32,
    /// How many tasks that is in all.
    pub tasks: u32,
}
