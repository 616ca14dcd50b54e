//! What runs: services and daemons, in the words of an ECS task definition.

use super::{
    CapacityProviderStrategyItem, Cpu, DeploymentConfiguration, GpuCount, LaunchType, Load,
    LoadBalancer, Memory, PlacementConstraint, PlacementStrategy, Port, ServiceAutoScaling, Status,
    TaskCount, is_default,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A service: so many equal tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// The service's name, unique in the scenario.
    pub name: String,
    /// How many tasks run.
    pub desired_count: TaskCount,
    /// What one task is.
    pub task_definition: TaskDefinition,
    /// Placement constraints of the service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placement_constraints: Vec<PlacementConstraint>,
    /// Which of the instances that may take a task gets it: on instances of a group, rule by rule.
    /// Empty: spread over the zones, ECS's default for services, unless `availabilityZoneSpread`
    /// is off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placement_strategy: Vec<PlacementStrategy>,
    /// Names of services whose tasks may not share an instance with this one's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart_from: Vec<String>,
    /// Whether its tasks are spread evenly over the zones, as ECS does unless told otherwise.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub availability_zone_spread: bool,
    /// Whether ECS moves tasks when the zones have become uneven: on for services created since
    /// September 2025.
    #[serde(default = "enabled", skip_serializing_if = "is_enabled")]
    pub availability_zone_rebalancing: Status,
    /// Absent: through the capacity providers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// How its tasks are shared among the capacity providers; empty: as the cluster's default
    /// strategy says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
    /// How a new revision of it is deployed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deployment_configuration: DeploymentConfiguration,
    /// The revision that a deployment replaces; absent: one of the same size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_task_definition: Option<TaskDefinition>,
    /// How its desired count follows its load; absent: it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling: Option<ServiceAutoScaling>,
    /// What arrives over time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<Load>,
    /// Where its requests come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub load_balancers: Vec<LoadBalancer>,
}

/// A daemon: one task on every instance, its resources taken off what services can use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Daemon {
    /// The daemon's name.
    pub name: String,
    /// What its task is.
    pub task_definition: TaskDefinition,
}

/// The part of an ECS task definition that decides where a task fits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TaskDefinition {
    /// Task-level CPU: CPU units (1024 is a vCPU), or text such as `0.5 vCPU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<Cpu>,
    /// Task-level memory: MiB, or text such as `1 GB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
    /// The task's network mode; `awsvpc` on Managed Instances and `bridge` on Linux instances of
    /// an Auto Scaling group when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<NetworkMode>,
    /// Processor and operating system; when absent, Linux on either architecture.
    pub runtime_platform: RuntimePlatform,
    /// The containers. May be empty when the task-level figures say all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub container_definitions: Vec<ContainerDefinition>,
    /// `memberOf` constraints of the definition itself; they hold beside the service's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub placement_constraints: Vec<PlacementConstraint>,
}

/// Processor and operating system of a task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RuntimePlatform {
    /// Absent: either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_architecture: Option<CpuArchitecture>,
    /// Absent: Linux.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operating_system_family: Option<OperatingSystemFamily>,
}

/// The API's `CPUArchitecture`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "the names say it")]
pub enum CpuArchitecture {
    #[serde(rename = "X86_64")]
    X86_64,
    #[serde(rename = "ARM64")]
    Arm64,
}

impl CpuArchitecture {
    /// The API's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "X86_64",
            Self::Arm64 => "ARM64",
        }
    }
}

/// The API's `OSFamily`; every Windows release is one here, since none changes a figure.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "the names say it")]
pub enum OperatingSystemFamily {
    #[serde(rename = "LINUX")]
    Linux,
    #[serde(
        rename = "WINDOWS",
        alias = "WINDOWS_SERVER_2016_FULL",
        alias = "WINDOWS_SERVER_2019_FULL",
        alias = "WINDOWS_SERVER_2019_CORE",
        alias = "WINDOWS_SERVER_2004_CORE",
        alias = "WINDOWS_SERVER_20H2_CORE",
        alias = "WINDOWS_SERVER_2022_FULL",
        alias = "WINDOWS_SERVER_2022_CORE",
        alias = "WINDOWS_SERVER_2025_FULL",
        alias = "WINDOWS_SERVER_2025_CORE"
    )]
    Windows,
}

/// The API's `NetworkMode`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum NetworkMode {
    Awsvpc,
    Bridge,
    Host,
    None,
}

/// The part of a container definition that decides where its task fits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ContainerDefinition {
    /// The container's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// CPU units; a share on Linux, a quota on Windows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<Cpu>,
    /// Hard limit in MiB: the container is killed above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
    /// Soft limit in MiB: what is set aside on the instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<Memory>,
    /// GPUs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_requirements: Vec<ResourceRequirement>,
    /// Ports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub port_mappings: Vec<PortMapping>,
}

/// The API's `ResourceRequirement`: how many devices of a kind a container gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceRequirement {
    /// The kind of device.
    #[serde(rename = "type")]
    pub kind: ResourceType,
    /// How many.
    pub value: GpuCount,
}

/// The API's `ResourceType`, as far as eniac counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResourceType {
    #[serde(rename = "GPU")]
    Gpu,
}

/// The API's `PortMapping`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortMapping {
    /// The port inside the container; in `host` mode also the port of the instance.
    pub container_port: Port,
    /// The port of the instance; absent or 0 in `bridge` mode: chosen at start, never in
    /// conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_port: Option<Port>,
    /// `tcp` when absent.
    #[serde(default)]
    pub protocol: Protocol,
}

/// The API's `TransportProtocol`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Protocol {
    #[default]
    Tcp,
    Udp,
}

pub(super) fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_true(value: &bool) -> bool {
    *value
}

fn enabled() -> Status {
    Status::Enabled
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_enabled(status: &Status) -> bool {
    status.is_enabled()
}
