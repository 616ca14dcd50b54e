//! What a plan says, as plain data: figures with their units in their names, no prose that a
//! screen reader, a script or a translation could not take apart.
//!
//! Money is in nano-USD an hour, never above 2^53 - 1, so that JavaScript reads it exactly; a
//! month is 730 hours, in micro-USD. Order is fixed: the same scenario gives the same bytes.

mod comparison;
mod fleet;
mod group;
mod outlook;
mod placement;
mod proof;
mod proposal;
mod range;
mod schema;
mod service;
mod timeline;

pub use comparison::{Cannot, ComparisonReport, ComparisonRow, Crossover, GrowthPoint};

pub use fleet::{Cost, Fleet, InstanceCount, InstanceGroup, PredictedFleet, TasksOfService, Tie};
pub use group::{AlarmProposal, GroupOption, GroupReport, GroupVariant, UnfitType};
pub use outlook::{Change, FleetSummary, Outlook, Saving};
pub use placement::{
    DecisionStep, PlacedInstance, PlacedService, PlacementDecision, PlacementReport,
    RejectedInstance, RejectionCount, ResourceAmounts, ScaleInStep, TasksOnInstance, UnplacedTask,
};
pub(crate) use proof::Claim;
pub use proof::{CheapestFleet, PlanProgress, proof};
pub use proposal::{
    Advice, BetterSize, Risk, SizeCurve, SizeStep, TaskSizes, Tightening, TighteningKind, WhatIf,
};
pub use range::{
    DeploymentOfService, DeploymentReport, Exposure, RangeReport, SensitivityOutcome,
    SensitivityReport, TailService, TailType, TaskPrice, UncertainFit, Uncertainty,
};
pub use schema::{outlook_schema, placement_schema, schema, timeline_schema};
pub use service::{
    DemandReport, FargateQuote, FargateReport, FargateSize, FitLimit, FitRow, ServiceReport,
    TasksOfProvider,
};
pub use timeline::{
    ClusterSnapshot, EventKind, GroupTimeline, Series, ServiceTimeline, SteadyState,
    SteadyStateReason, Timeline, TimelineEvent, TimelineTotals,
};

use crate::diagnostic::Diagnostic;
use crate::scenario::PurchaseOption;
use eniac_catalog::{CpuUnits, MiB, NanoUsdPerHour};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The report of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The version of this format: 1.
    pub version: u32,
    /// The scenario's name.
    pub name: String,
    /// Region, zones, and how old the figures are.
    pub region: RegionReport,
    /// What is wrong or worth knowing, gravest first.
    pub diagnostics: Vec<Diagnostic>,
    /// What the plan assumes where AWS documents nothing or contradicts itself.
    pub assumptions: Vec<Assumption>,
    /// Each service that could be read, in the scenario's order.
    pub services: Vec<ServiceReport>,
    /// The services that are in no fleet because they cannot be read or sized; `diagnostics` say why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutService>,
    /// Which instance types are admitted, and what left out the others; of the first provider
    /// where there are several.
    pub selection: SelectionReport,
    /// The capacity providers; empty where the scenario names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<ProviderReport>,
    /// The facts of each type that this report names in a fleet or a table, by name.
    pub instance_types: Vec<InstanceTypeReport>,
    /// What ECS would launch; `null` where eniac cannot predict it.
    pub predicted: Option<PredictedFleet>,
    /// The cheapest fleet found, with its proof; `null` when nothing can be placed.
    pub cheapest: Option<CheapestFleet>,
    /// The same services on Fargate.
    pub fargate: FargateReport,
}

/// A service that is not planned, as it stands in the scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LeftOutService {
    /// Its name; empty where it has none.
    pub name: String,
    /// Its path: `services[0]`.
    pub path: String,
}

impl LeftOutService {
    /// Its name, or its path where it has none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.path } else { &self.name }
    }
}

/// Where, and how old the figures are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RegionReport {
    /// The region's code.
    pub name: String,
    /// The ids of the zones that are used, as many as the scenario asks for.
    pub zones: Vec<String>,
    /// The parts of the catalogue, with the date that each is of.
    pub as_of: Vec<CatalogPart>,
}

/// One part of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct CatalogPart {
    /// What it holds: `On-Demand prices, listed`.
    pub part: String,
    /// The date it is of: `2026-07-20`.
    pub as_of: String,
}

/// Something that is assumed, and can often be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Assumption {
    /// What it is, for scripts: `memory.managedReserve`.
    pub code: String,
    /// The sentence.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The field of the scenario that sets it, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
}

/// How sure an [`Assumption`] is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Confidence {
    /// Stated by AWS.
    Documented,
    /// Measured, or checked against data.
    Measured,
    /// Inferred.
    Inferred,
    /// Sources contradict each other.
    Contradicted,
}

/// Which instance types are admitted: a funnel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SelectionReport {
    /// Types in the catalogue.
    pub considered: u32,
    /// Types that remain.
    pub admitted: u32,
    /// What each attribute left out, in the order in which they are applied. An attribute that
    /// the scenario does not set and that leaves out nothing is absent.
    pub funnel: Vec<FunnelStep>,
}

/// One of several capacity providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ProviderReport {
    /// Its name.
    pub name: String,
    /// How its instances are bought.
    pub purchase_option: PurchaseOption,
    /// How many tasks run on it, by the strategies.
    pub tasks: u32,
    /// Which types it may launch.
    pub selection: SelectionReport,
}

/// What one attribute leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FunnelStep {
    /// The attribute by its API name (`burstablePerformance`), or one of `region`, `zones`,
    /// `cpuArchitecture`, `managedInstancesFamily`, `moreThanOneVcpu`, `instanceTypes`, `daemons`,
    /// `price`, `spotPrice` and `reservedPrice` for what is no attribute of the API.
    pub attribute: String,
    /// Types that remain after it.
    pub left: u32,
    /// Types that it left out and nothing before it did.
    pub left_out: Vec<String>,
}

/// What one instance of a type gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, each by its own name")]
pub struct InstanceTypeReport {
    /// The type's name.
    pub name: String,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// CPU units of the instance.
    pub cpu: CpuUnits,
    /// Memory as advertised.
    pub memory_mib: MiB,
    /// Memory that the guest sees.
    pub visible_memory_mib: MiB,
    /// Whether that was worked out instead of measured.
    pub visible_memory_estimated: bool,
    /// Memory that the platform or the agent keeps.
    pub reserved_memory_mib: MiB,
    /// What all daemons of an instance take together: CPU units.
    pub daemon_cpu: CpuUnits,
    /// What all daemons of an instance take together: MiB.
    pub daemon_memory_mib: MiB,
    /// CPU units that are left for tasks.
    pub allocatable_cpu: CpuUnits,
    /// Memory that is left for tasks.
    pub allocatable_memory_mib: MiB,
    /// ENIs that are left for tasks in `awsvpc` mode.
    pub allocatable_enis: u32,
    /// Whether those are branch ENIs of a trunk.
    pub trunked: bool,
    /// GPUs.
    pub gpus: u32,
    /// T2, T3, T3a, T4g.
    pub burstable: bool,
    /// The On-Demand list price.
    pub on_demand_nano_usd_per_hour: NanoUsdPerHour,
    /// Whether that price is estimated instead of listed.
    pub price_estimated: bool,
    /// Where the price comes from that `cost` rests on.
    pub price_source: PriceSource,
    /// What one instance costs in this scenario.
    pub cost: Cost,
}

/// Where a price comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PriceSource {
    /// AWS's list, by the catalogue.
    Listed,
    /// Worked out for the catalogue from other list prices.
    Estimated,
    /// The user's own, `pricing.instancePrices`.
    Yours,
}
