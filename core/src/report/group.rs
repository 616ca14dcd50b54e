//! Which instance types a group should have, and which alarms a cluster.

use super::{Cannot, Cost, FleetSummary};
use crate::scenario::MemoryModel;
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The best groups for the scenario's services.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GroupReport {
    /// `targetCapacity`, which decides how many instances are spare.
    pub target_capacity: u32,
    /// The best groups of one type, cheapest first.
    pub single: Vec<GroupOption>,
    /// The best group of several types, so that there is something to fall back on.
    pub mixed: Option<GroupOption>,
    /// The best group of one type under other settings: memory reserve, AMI, trunk ENIs.
    pub variants: Vec<GroupVariant>,
    /// Types that the group names and that do not hold a task of every service, with the reason.
    pub unfit: Vec<UnfitType>,
    /// Services that no type can run together with the others.
    pub cannot: Vec<Cannot>,
    /// The least that any group of these types costs without spare instances: the packing bound.
    pub lower_bound_nano_usd_per_hour: Option<NanoUsdPerHour>,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GroupOption {
    /// Its types, first choice first.
    pub instance_types: Vec<String>,
    /// Instances that hold the tasks.
    pub needed: u32,
    /// Instances with the spare ones that the target asks for, within the group's limits.
    pub instances: u32,
    /// What those cost: all of the first type.
    pub fleet: FleetSummary,
    /// What they cost when only the dearest of the types is to be had.
    pub dearest: Cost,
    /// Where the group's limits change the number, or the number of types something else.
    pub note: Option<String>,
    /// What makes it.
    pub changes: Vec<super::Change>,
}

/// The best type under other settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GroupVariant {
    /// The AMI's memory.
    pub memory_model: MemoryModel,
    /// `ECS_RESERVED_MEMORY`.
    pub reserved_memory_mib: u32,
    /// Whether instances have trunk ENIs.
    pub awsvpc_trunking: bool,
    /// Whether these are the scenario's settings.
    pub now: bool,
    /// The best group of one type; `null` where no type holds every task.
    pub best: Option<GroupOption>,
}

/// A type that does not hold every task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct UnfitType {
    /// The type.
    pub instance_type: String,
    /// The service whose task it does not hold.
    pub service: String,
    /// The sentence.
    pub text: String,
}

/// An alarm worth having.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct AlarmProposal {
    /// A name for it: `checkout-tasks-waiting`.
    pub name: String,
    /// The namespace of the metric: `AWS/ECS/ManagedScaling`.
    pub namespace: String,
    /// The metric.
    pub metric_name: String,
    /// Its dimensions, `NAME=value`; `$CLUSTER` stands for the cluster's name.
    pub dimensions: Vec<String>,
    /// The statistic: `Average`, `Maximum`.
    pub statistic: String,
    /// `GreaterThanThreshold` or another operator of `CloudWatch`.
    pub comparison_operator: String,
    /// The threshold, in thousandths.
    pub threshold_thousandths: u64,
    /// The unit of the threshold, for people: `%`, `tasks`.
    pub unit: String,
    /// Seconds of a period.
    pub period_seconds: u32,
    /// Periods in a row.
    pub evaluation_periods: u32,
    /// Why this metric and this threshold.
    pub text: String,
    /// Whether it needs Container Insights, which costs extra.
    pub needs_container_insights: bool,
}
