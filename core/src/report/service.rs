//! What a report says of one service: its demand, where it fits, and Fargate beside it.

use super::Cost;
use crate::capacity::Resource;
use crate::scenario::{CpuArchitecture, NetworkMode};
use eniac_catalog::{CpuUnits, MiB, NanoUsdPerHour};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ServiceReport {
    /// Its name.
    pub name: String,
    /// Its place in the scenario's list, counted from 0.
    pub row: u32,
    /// How many tasks.
    pub desired_count: u32,
    /// How many on each capacity provider; empty where the scenario names no providers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<TasksOfProvider>,
    /// What one task takes.
    pub demand: DemandReport,
    /// Whether it is part of the fleets: a service that fits no admitted type is not.
    pub planned: bool,
    /// The admitted types on which it fits, best first by the On-Demand price of a task; at most
    /// [`crate::TYPES_PER_SERVICE`].
    pub types: Vec<FitRow>,
    /// How many admitted types it fits on, with those that `types` does not show.
    pub fitting_types: u32,
    /// The service on Fargate.
    pub fargate: FargateQuote,
}

/// So many tasks on a capacity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TasksOfProvider {
    /// The provider.
    pub provider: String,
    /// How many.
    pub count: u32,
}

/// What one task takes of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct DemandReport {
    /// CPU units.
    pub cpu: CpuUnits,
    /// MiB.
    pub memory_mib: MiB,
    /// ENIs: 1 in `awsvpc` mode.
    pub enis: u32,
    /// GPUs.
    pub gpus: u32,
    /// Ports of the instance that the task takes: `tcp/8080`.
    pub host_ports: Vec<String>,
    /// On which architectures it runs.
    pub architectures: Vec<CpuArchitecture>,
    /// The network mode, with the default filled in.
    pub network_mode: NetworkMode,
    /// Whether two of its tasks can never share an instance.
    pub distinct_instance: bool,
}

/// How many tasks of a service fit on one instance of a type, and why no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FitRow {
    /// The type.
    pub instance_type: String,
    /// 1 for the cheapest On-Demand price of a task; equal prices share a rank.
    pub rank: u32,
    /// How many tasks fit on one instance.
    pub tasks: u32,
    /// How many would fit by each resource alone.
    pub limits: Vec<FitLimit>,
    /// The resources that allow no more than `tasks`.
    pub binding: Vec<Resource>,
    /// The On-Demand list price of a task when the instance is full, rounded half up.
    pub on_demand_nano_usd_per_task_hour: NanoUsdPerHour,
    /// The same with purchase option, fee and disk.
    pub total_nano_usd_per_task_hour: NanoUsdPerHour,
}

/// How many tasks one resource allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FitLimit {
    /// The resource.
    pub resource: Resource,
    /// How many tasks it allows.
    pub tasks: u32,
    /// What is left of it when `FitRow::tasks` are placed, in its own unit.
    pub slack: u64,
}

/// One service on Fargate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FargateQuote {
    /// The size that Fargate would run it in; `null` where it cannot.
    pub size: Option<FargateSize>,
    /// Why not, for scripts (`gpu`, `networkMode`, `tooBig`, `windows`); `null` where it can.
    pub unsupported: Option<String>,
    /// All tasks, x86; `null` where the task does not run there or the rate is unknown.
    pub x86_nano_usd_per_hour: Option<NanoUsdPerHour>,
    /// All tasks, ARM.
    pub arm_nano_usd_per_hour: Option<NanoUsdPerHour>,
    /// All tasks, Spot on x86.
    pub spot_x86_nano_usd_per_hour: Option<NanoUsdPerHour>,
}

/// A valid Fargate size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FargateSize {
    /// CPU units.
    pub cpu: CpuUnits,
    /// MiB.
    pub memory_mib: MiB,
    /// Whether the task asks for less than this.
    pub rounded_up: bool,
}

/// All services on Fargate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FargateReport {
    /// Whether the region has known rates.
    pub known_region: bool,
    /// Names of services that Fargate cannot run: they are missing from the sums.
    pub unsupported: Vec<String>,
    /// Everything on x86; `null` when some task that Fargate could run has no x86 price.
    pub x86: Option<Cost>,
    /// Everything on ARM.
    pub arm: Option<Cost>,
    /// Everything on Spot, x86.
    pub spot_x86: Option<Cost>,
    /// Each service on the cheaper On-Demand architecture that it runs on.
    pub cheapest: Option<Cost>,
}
