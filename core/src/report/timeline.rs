//! What happens over time: tasks and instances scaling together, as plain data.
//!
//! Series are told by their changes: `[minute, value]` from which the value holds until the next
//! one. The first point of each is at minute 0.

use super::{Advice, AlarmProposal, Assumption, PlacedInstance, RegionReport};
use crate::diagnostic::Diagnostic;
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value by its changes: from each minute on, its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(
    feature = "typescript",
    derive(tsify::Tsify),
    tsify(type = "[minute: number, value: number][]")
)]
#[serde(transparent)]
pub struct Series(pub Vec<(u32, u64)>);

impl Series {
    /// The value at a minute; 0 before the first point.
    pub fn at(&self, minute: u32) -> u64 {
        let after = self.0.partition_point(|(from, _)| *from <= minute);
        after.checked_sub(1).map_or(0, |place| self.0[place].1)
    }

    /// Adds the value of a minute after all others.
    pub(crate) fn push(&mut self, minute: u32, value: u64) {
        if self.0.last().is_none_or(|(_, last)| *last != value) {
            self.0.push((minute, value));
        }
    }

    /// The greatest value.
    pub fn most(&self) -> u64 {
        self.0.iter().map(|(_, value)| *value).max().unwrap_or(0)
    }
}

/// The timeline of one scenario.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The version of this format: 1.
    pub version: u32,
    /// The scenario's name.
    pub name: String,
    /// Region, zones, and how old the figures are.
    pub region: RegionReport,
    /// What is wrong or worth knowing, gravest first.
    pub diagnostics: Vec<Diagnostic>,
    /// What is assumed where AWS documents nothing.
    pub assumptions: Vec<Assumption>,
    /// How many minutes; the last one that series tell of is this one.
    pub minutes: u32,
    /// Series tell of each so many minutes: 1, but for very many services over very long times.
    pub step_minutes: u32,
    /// What the clock shows at minute 0, in minutes after midnight.
    pub starts_at_minute: u32,
    /// The services.
    pub services: Vec<ServiceTimeline>,
    /// The groups of instances, one a capacity provider.
    pub groups: Vec<GroupTimeline>,
    /// What happened, in order.
    pub events: Vec<TimelineEvent>,
    /// How many events there were; the list ends before that where there were very many.
    pub happened: u32,
    /// What it came to.
    pub totals: TimelineTotals,
    /// The state at the end beside the packing plan.
    pub steady_state: Option<SteadyState>,
    /// The cluster at the minute that was asked for.
    pub snapshot: Option<ClusterSnapshot>,
    /// What is risky or mistaken in the settings, gravest first.
    pub advice: Vec<Advice>,
    /// Alarms worth having, with thresholds for this cluster.
    pub alarms: Vec<AlarmProposal>,
}

/// A service over time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ServiceTimeline {
    /// The service.
    pub service: String,
    /// Its place in the scenario's list, counted from 0.
    pub row: u32,
    /// The desired count.
    pub desired: Series,
    /// Tasks that serve.
    pub running: Series,
    /// Tasks that are placed and start.
    pub pending: Series,
    /// Tasks that wait for an instance: PROVISIONING, or failing to be placed.
    pub waiting: Series,
    /// Of those that run, tasks of a revision that a deployment replaces.
    pub replaced: Series,
    /// Requests a minute that arrive; empty where the service has no load.
    pub load: Series,
    /// Of those, requests that no task could serve.
    pub unserved: Series,
    /// CPU used of what is reserved, in tenths of a percent.
    pub cpu_per_mille: Series,
    /// Memory used of what is reserved, in tenths of a percent.
    pub memory_per_mille: Series,
    /// Requests a minute and task.
    pub requests_per_task: Series,
    /// Minutes in which not all requests could be served.
    pub unserved_minutes: u32,
    /// Requests that could not be served, in all.
    pub unserved_requests: u64,
    /// Minutes that tasks waited for an instance, all tasks together.
    pub waiting_task_minutes: u64,
    /// The longest that one task waited for an instance, in seconds.
    pub longest_wait_seconds: u32,
}

/// A group of instances over time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct GroupTimeline {
    /// The provider's name; `null` for the only one of a scenario that names none.
    pub provider: Option<String>,
    /// The types of its instances, smallest first.
    pub instance_types: Vec<String>,
    /// `targetCapacity`.
    pub target_capacity: u32,
    /// Its limits.
    pub min_size: u32,
    /// Its limits; `null`: none was set.
    pub max_size: Option<u32>,
    /// The group's desired capacity.
    pub desired: Series,
    /// Instances that take tasks.
    pub registered: Series,
    /// Instances that start.
    pub launching: Series,
    /// Instances that are being drained.
    pub draining: Series,
    /// Of the registered ones, instances without a task.
    pub empty: Series,
    /// M: instances that are needed.
    pub needed: Series,
    /// `CapacityProviderReservation`, in tenths of a percent.
    pub reservation_per_mille: Series,
    /// The article's formula, tasks x 100 / slots, in tenths of a percent.
    pub slots_used_per_mille: Series,
    /// Tasks' CPU of all registered CPU, in tenths of a percent: `CPUReservation`.
    pub cpu_reservation_per_mille: Series,
    /// The same of memory: `MemoryReservation`.
    pub memory_reservation_per_mille: Series,
    /// What its instances cost, all minutes together, in nano-USD.
    pub cost_nano_usd: u64,
    /// Minutes of instances paid for, rounded up.
    pub instance_minutes: u64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TimelineEvent {
    /// When, in seconds from the start.
    pub second: u32,
    /// What.
    pub kind: EventKind,
    /// The service that it is about; a place in [`Timeline::services`].
    pub service: Option<u32>,
    /// The group that it is about; a place in [`Timeline::groups`].
    pub group: Option<u32>,
    /// How many tasks or instances, before and after where it is a change.
    pub before: Option<u32>,
    /// How many tasks or instances.
    pub count: u32,
    /// Why, with the figures.
    pub text: String,
}

/// The kinds of events.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum EventKind {
    /// A service's desired count rose.
    ServiceScaledOut,
    /// A service's desired count fell.
    ServiceScaledIn,
    /// Tasks were placed.
    TasksPlaced,
    /// Tasks found no instance and wait in PROVISIONING.
    TasksProvisioning,
    /// Tasks found no instance, and nothing scales out for them.
    TasksUnplaced,
    /// Tasks gave up waiting.
    ProvisioningTimedOut,
    /// More tasks waited than the cluster lets wait.
    ProvisioningLimit,
    /// Tasks were stopped.
    TasksStopped,
    /// A group's desired capacity rose.
    GroupScaledOut,
    /// A group's desired capacity would have risen, but instances are still warming up.
    ScaleOutBlocked,
    /// A group's desired capacity would have risen, but it is at its maximum.
    GroupAtMaximum,
    /// A group's desired capacity fell.
    GroupScaledIn,
    /// Instances registered.
    InstancesRegistered,
    /// Instances are being drained.
    InstancesDraining,
    /// Instances were terminated.
    InstancesTerminated,
    /// A deployment began.
    DeploymentStarted,
    /// A deployment moved traffic.
    TrafficShifted,
    /// A deployment came to its end.
    DeploymentCompleted,
    /// A deployment can go neither way.
    DeploymentStuck,
    /// A task was moved to another zone.
    ZoneRebalanced,
    /// Requests began to be lost.
    LoadUnserved,
    /// All requests are served again.
    LoadServed,
}

/// What a timeline came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TimelineTotals {
    /// What instances cost, volumes included, in nano-USD.
    pub cost_nano_usd: u64,
    /// The same an hour, on average.
    pub average_nano_usd_per_hour: NanoUsdPerHour,
    /// Minutes of instances paid for.
    pub instance_minutes: u64,
    /// The most instances at once, those that start and go included.
    pub peak_instances: u32,
    /// The most tasks at once.
    pub peak_tasks: u32,
    /// Minutes in which some service could not serve all its requests.
    pub unserved_minutes: u32,
    /// Requests that could not be served.
    pub unserved_requests: u64,
    /// Minutes that tasks waited for an instance, all tasks together.
    pub waiting_task_minutes: u64,
    /// The longest that one task waited for an instance, in seconds.
    pub longest_wait_seconds: u32,
}

/// What the simulation ends with, beside the packing plan of the same tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SteadyState {
    /// Instances at the end.
    pub instances: u32,
    /// Instances of the plan: the fewest that hold the tasks that are desired at the end.
    pub packed: u32,
    /// The plan's with the spare capacity that the settings ask for.
    pub with_spare: u32,
    /// Whether the two agree.
    pub agrees: bool,
    /// Why not; in order of their weight.
    pub reasons: Vec<SteadyStateReason>,
}

/// Why a steady state differs from the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SteadyStateReason {
    /// What it is, for scripts: `spreadStrands`.
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// The cluster at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ClusterSnapshot {
    /// When.
    pub minute: u32,
    /// The instances that take tasks or are drained.
    pub container_instances: Vec<PlacedInstance>,
}
