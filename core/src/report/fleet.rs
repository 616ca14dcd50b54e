//! Fleets: how many of which instances, what is on them, what they cost.

use crate::capacity::Resource;
use crate::scenario::OperatingSystemFamily;
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What something costs: the parts, and their sum by the hour and by the month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    /// Instances, by the purchase option.
    pub compute_nano_usd_per_hour: NanoUsdPerHour,
    /// The Managed Instances fee.
    pub fee_nano_usd_per_hour: NanoUsdPerHour,
    /// Volumes.
    pub disk_nano_usd_per_hour: NanoUsdPerHour,
    /// All of it.
    pub total_nano_usd_per_hour: NanoUsdPerHour,
    /// All of it over 730 hours.
    pub total_micro_usd_per_month: u64,
}

impl Cost {
    pub(crate) fn new(compute: NanoUsdPerHour, fee: NanoUsdPerHour, disk: NanoUsdPerHour) -> Self {
        let total = compute.plus(fee).plus(disk);
        Self {
            compute_nano_usd_per_hour: compute,
            fee_nano_usd_per_hour: fee,
            disk_nano_usd_per_hour: disk,
            total_nano_usd_per_hour: total,
            total_micro_usd_per_month: total.micro_usd_per_month(),
        }
    }

    pub(crate) fn times(&self, count: u64) -> Self {
        Self::new(
            self.compute_nano_usd_per_hour.times(count),
            self.fee_nano_usd_per_hour.times(count),
            self.disk_nano_usd_per_hour.times(count),
        )
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self::new(
            self.compute_nano_usd_per_hour.plus(other.compute_nano_usd_per_hour),
            self.fee_nano_usd_per_hour.plus(other.fee_nano_usd_per_hour),
            self.disk_nano_usd_per_hour.plus(other.disk_nano_usd_per_hour),
        )
    }
}

/// A fleet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Fleet {
    /// How many instances.
    pub instances: u32,
    /// How many of each type, most first.
    pub mix: Vec<InstanceCount>,
    /// What all of them cost.
    pub cost: Cost,
    /// Equal instances with equal tasks, most first.
    pub groups: Vec<InstanceGroup>,
}

/// So many instances of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct InstanceCount {
    /// The type.
    pub instance_type: String,
    /// How many.
    pub count: u32,
}

/// Equal instances that hold equal tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct InstanceGroup {
    /// The type.
    pub instance_type: String,
    /// The capacity provider, where the scenario names its providers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What runs on it.
    pub operating_system: OperatingSystemFamily,
    /// How many.
    pub count: u32,
    /// How many in each zone of `region.zones`.
    pub per_zone: Vec<u32>,
    /// What is on each.
    pub tasks: Vec<TasksOfService>,
    /// CPU units that the tasks of one take.
    pub used_cpu: u64,
    /// MiB that the tasks of one take.
    pub used_memory_mib: u64,
    /// ENIs that the tasks of one take.
    pub used_enis: u32,
    /// GPUs that the tasks of one take.
    pub used_gpus: u32,
    /// What keeps one more task of any service of the group from fitting; empty when one fits.
    pub binding: Vec<Resource>,
    /// What one such instance costs.
    pub each: Cost,
}

/// So many tasks of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TasksOfService {
    /// The service.
    pub service: String,
    /// How many.
    pub count: u32,
    /// Whether they are of the revision that a deployment replaces.
    #[serde(default, skip_serializing_if = "is_false")]
    pub replaced: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What ECS would launch by its documented rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PredictedFleet {
    /// The fleet.
    pub fleet: Fleet,
    /// Fleets of other types at the same On-Demand price: ECS may launch these as well.
    pub ties: Vec<Tie>,
}

/// A fleet that costs as much by the On-Demand price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Tie {
    /// How many of each type.
    pub mix: Vec<InstanceCount>,
    /// What they cost, fee and disks included.
    pub cost: Cost,
}
