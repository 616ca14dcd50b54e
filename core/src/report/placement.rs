//! Where ECS would put tasks on container instances, and why not elsewhere.

use super::{Assumption, RegionReport};
use crate::diagnostic::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The placement of one scenario: each service in turn, each task where ECS would put it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlacementReport {
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
    /// The instances, with what then runs on them.
    pub container_instances: Vec<PlacedInstance>,
    /// Each service.
    pub services: Vec<PlacedService>,
    /// The first decisions, in order.
    pub decisions: Vec<PlacementDecision>,
    /// How many decisions there were.
    pub decided: u32,
}

/// A container instance with its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlacedInstance {
    /// Its id.
    pub id: String,
    /// Its type.
    pub instance_type: String,
    /// Its zone, as the attribute `ecs.availability-zone` names it.
    pub availability_zone: String,
    /// The provider that it belongs to, where there are several.
    pub provider: Option<String>,
    /// Whether it takes tasks.
    pub active: bool,
    /// What it registers, daemons taken off.
    pub registered: ResourceAmounts,
    /// What is left.
    pub remaining: ResourceAmounts,
    /// Its tasks, by service.
    pub tasks: Vec<TasksOnInstance>,
    /// Its attributes.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub attributes: BTreeMap<String, String>,
}

/// An amount of each resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ResourceAmounts {
    /// CPU units.
    pub cpu: u64,
    /// MiB.
    pub memory_mib: u64,
    /// Network interfaces for tasks.
    pub enis: u32,
    /// Whole GPUs.
    pub gpus: u32,
}

/// Tasks of a service on an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TasksOnInstance {
    /// The service.
    pub service: String,
    /// How many of its tasks.
    pub count: u32,
    /// How many of them were there before.
    pub before: u32,
}

/// A service, placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlacedService {
    /// The service.
    pub service: String,
    /// Its place in the scenario's list, counted from 0.
    pub row: u32,
    /// How many tasks it wants.
    pub desired: u32,
    /// How many ran before.
    pub before: u32,
    /// How many more were placed.
    pub placed: u32,
    /// How many could not be placed.
    pub unplaced: u32,
    /// What becomes of those: PROVISIONING under a capacity provider, else an error of the
    /// service.
    pub waiting: UnplacedTask,
    /// The rules that were followed, in words: `spread attribute:ecs.availability-zone`.
    pub strategy: Vec<String>,
    /// Whether that is ECS's default.
    pub strategy_is_default: bool,
    /// The constraints, as the query language prints them, or `distinctInstance`.
    pub constraints: Vec<String>,
    /// How many of its tasks are in each zone in use.
    pub per_zone: Vec<u32>,
    /// Why instances cannot take one more task, most instances first.
    pub rejections: Vec<RejectionCount>,
    /// How many instances could take one more.
    pub could_take_more: u32,
    /// Where tasks would be stopped, one by one, if the desired count fell; the first ones.
    pub scale_in: Vec<ScaleInStep>,
}

/// What becomes of a task without an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum UnplacedTask {
    /// It waits in PROVISIONING, and the provider scales out for it.
    Provisioning,
    /// The service cannot start it, says so in an event, and tries again.
    Fails,
}

/// So many instances for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RejectionCount {
    /// The reason in ECS's words: `RESOURCE:MEMORY`, `MemberOf constraint unsatisfied`, ...
    pub reason: String,
    /// How many instances.
    pub instances: u32,
    /// The sentence.
    pub text: String,
}

/// One task to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ScaleInStep {
    /// On which instance.
    pub instance: String,
    /// Why there.
    pub text: String,
}

/// Where one task went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlacementDecision {
    /// The service.
    pub service: String,
    /// Which of its tasks, counted from 1.
    pub task: u32,
    /// The instance; `null`: none can take it.
    pub instance: Option<String>,
    /// How many instances could take it.
    pub candidates: u32,
    /// What each rule left.
    pub steps: Vec<DecisionStep>,
    /// Whether several were equal by all rules, so that another might have been chosen.
    pub tie: bool,
    /// Each instance that cannot take it, and why; empty where the task found a place.
    pub rejected: Vec<RejectedInstance>,
}

/// What a rule left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct DecisionStep {
    /// The rule: `binpack memory`.
    pub rule: String,
    /// How many instances it left.
    pub left: u32,
    /// What it preferred: `us-east-1b with 2 tasks`, `1,024 MiB left`.
    pub text: String,
}

/// An instance that cannot take a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct RejectedInstance {
    /// Its id.
    pub instance: String,
    /// The reason in ECS's words.
    pub reason: String,
    /// The sentence, with what is needed and what is left.
    pub text: String,
}
