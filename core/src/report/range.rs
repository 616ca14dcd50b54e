//! Between which limits the fleet lies, and how sure the prediction is.

use super::{Cost, Fleet, FleetSummary, InstanceCount};
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Between which limits the fleet lies that these requirements admit. The lower limit is the
/// cheapest fleet's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RangeReport {
    /// The dearest fleet that is left when EC2 has nothing, in each zone and for each service, but
    /// the admitted type on which its tasks cost most.
    pub dearest: Fleet,
    /// What that costs against the predicted fleet, in thousandths, rounded to the nearest.
    pub dearest_thousandths: u64,
    /// Types that the requirements admit.
    pub admitted_types: u32,
    /// Those of them on which some service fits.
    pub fitting_types: u32,
    /// Each service that is planned: its cheapest and its dearest type.
    pub services: Vec<Exposure>,
    /// The types that make the tail, those on which a task is dearest first, at most
    /// [`crate::TAIL_TYPES`].
    pub tail: Vec<TailType>,
}

/// How much dearer a service's tasks can become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Exposure {
    /// The service.
    pub service: String,
    /// Admitted types on which it fits.
    pub fitting_types: u32,
    /// The type on which a task costs least.
    pub cheapest: TaskPrice,
    /// The type on which a task costs most.
    pub dearest: TaskPrice,
    /// How many times the cheapest the dearest costs, in thousandths, rounded to the nearest.
    pub times_thousandths: u64,
}

/// What a task costs on an instance that is full of its kind, fee and disk included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TaskPrice {
    /// The type.
    pub instance_type: String,
    /// How many tasks fit on one.
    pub tasks: u32,
    /// The price of a task, rounded half up.
    pub total_nano_usd_per_task_hour: NanoUsdPerHour,
}

/// A dear type that is admitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TailType {
    /// The type.
    pub instance_type: String,
    /// What one instance costs, fee and disk included.
    pub each: Cost,
    /// The services that fit on it: how many tasks, and what one costs.
    pub services: Vec<TailService>,
    /// What those services cost when it is all that is left, in the zones that offer it.
    pub fleet: Cost,
    /// How many times its price on the type that is cheapest for it a task costs here, in
    /// thousandths: of the service for which that is most.
    pub times_thousandths: u64,
}

/// A service on a dear type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TailService {
    /// The service.
    pub service: String,
    /// How many tasks fit on one instance.
    pub tasks: u32,
    /// The price of a task on a full one, rounded half up.
    pub total_nano_usd_per_task_hour: NanoUsdPerHour,
}

/// What the prediction would be if what nobody can know were a little different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SensitivityReport {
    /// Whether every outcome is the predicted fleet.
    pub sure: bool,
    /// What was varied, and what comes out.
    pub outcomes: Vec<SensitivityOutcome>,
    /// Services on types of those fleets of which another number of tasks may fit.
    pub uncertain_fits: Vec<UncertainFit>,
}

/// What is not known exactly.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Uncertainty {
    /// How many MiB the platform keeps: give or take 100.
    MemoryReserve,
    /// How many ENIs a trunked instance has for tasks: give or take two.
    EniLimit,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SensitivityOutcome {
    /// What was varied.
    pub what: Uncertainty,
    /// By how much: MiB that the platform keeps more, or ENIs that an instance has more.
    pub by: i32,
    /// What ECS would launch.
    pub fleet: FleetSummary,
    /// Services that no longer fit on any admitted type.
    pub unplaced: Vec<String>,
    /// Whether the fleet is the predicted one.
    pub same: bool,
}

/// How many tasks fit, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct UncertainFit {
    /// The service.
    pub service: String,
    /// The type.
    pub instance_type: String,
    /// How many are planned with.
    pub tasks: u32,
    /// How many fit at least.
    pub least: u32,
    /// How many fit at most.
    pub most: u32,
    /// What makes it uncertain.
    pub because: Vec<Uncertainty>,
}

/// Steady state and the peak of a deployment, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentReport {
    /// Each service that is planned.
    pub services: Vec<DeploymentOfService>,
    /// What runs before: the revisions that are replaced.
    pub before: FleetSummary,
    /// What runs when every service deploys at once.
    pub peak: Fleet,
    /// What is launched for that.
    pub launched: Vec<InstanceCount>,
    /// Running instances that no task stands on; ECS ends them after some minutes.
    pub idle: Vec<InstanceCount>,
    /// What runs after: the predicted fleet.
    pub after: FleetSummary,
    /// What the peak costs against the predicted fleet, in thousandths, rounded to the nearest.
    pub peak_thousandths: u64,
}

/// One service's deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentOfService {
    /// The service.
    pub service: String,
    /// How many tasks run without a deployment.
    pub desired: u32,
    /// How many stay healthy at least.
    pub min_running: u32,
    /// How many run at most.
    pub max_running: u32,
    /// Tasks of the old revision at the peak.
    pub old_tasks: u32,
    /// Tasks of the new revision at the peak.
    pub new_tasks: u32,
    /// Whether it can neither start nor stop a task: the deployment hangs.
    pub stuck: bool,
}
