//! The user's words: services, capacity rules, region and pricing, as plain data.
//!
//! Names are those of the ECS API. A scenario says nothing that has been worked out; what a
//! value may be stands in its type ([`quantity`]), and [`read`] turns JSON into a scenario,
//! keeping what can be read and naming what cannot.

mod advice_settings;
mod alarm;
mod auto_scaling_group;
mod capacity;
mod container_instance;
mod deployment;
pub mod document;
mod example;
mod load;
mod managed_scaling;
mod placement;
mod pricing;
mod providers;
pub mod quantity;
mod reading;
mod requirements;
mod service;
mod service_auto_scaling;
mod simulation;
mod unreadable;
mod value_reader;

pub use advice_settings::AdviceSettings;
pub use alarm::Alarm;
pub use auto_scaling_group::AutoScalingGroup;
pub use capacity::{
    Capacity, ExhaustedPools, ManagedInstances, MemoryModel, RunningInstances, StorageConfiguration,
};
pub use container_instance::{ContainerInstance, ContainerInstanceStatus, RunningTasks};
pub use deployment::{
    CanaryConfiguration, DeploymentConfiguration, DeploymentStrategy, LinearConfiguration,
};
pub use example::{EXAMPLE, example};
pub use load::{DailyLoad, Load, LoadCurve, LoadPoint};
pub use managed_scaling::ManagedScaling;
pub use placement::{
    LaunchType, LoadBalancer, PlacementConstraint, PlacementConstraintType, PlacementStrategy,
    PlacementStrategyType, Status, TargetType,
};
pub use pricing::{Pricing, PurchaseOption};
pub use providers::{CapacityOptionType, CapacityProvider, CapacityProviderStrategyItem};
pub use quantity::{
    BakeMinutes, Base, ClockTime, Cooldown, Cpu, DiscountPercent, FallbackTypes, GpuCount,
    GroupSize, MaximumPercent, Memory, Milli, MinimumHealthyPercent, MinimumMagnitude, Minute,
    Minutes, Percent, PercentAbove, Periods, Port, Requests, ReservedMemory, ScalingAdjustment,
    Seconds, ShrinkPercent, SignedMilli, StepSize, StorageGib, TargetCapacity, TaskCount,
    TolerancePercent, UsdPerGibMonth, UsdPerHour, WarmupPeriod, Weight, WholeNumber, ZoneCount,
};
pub(crate) use reading::more_diagnostics;
pub use reading::{MAX_DIAGNOSTICS, MAX_SERVICES, Reading, read};
pub use requirements::{
    AcceleratorManufacturer, AcceleratorName, AcceleratorType, CpuManufacturer, Inclusion,
    InstanceGeneration, InstanceRequirements, LocalStorageType, MilliRange, Range,
};
pub use service::{
    ContainerDefinition, CpuArchitecture, Daemon, NetworkMode, OperatingSystemFamily, PortMapping,
    Protocol, ResourceRequirement, ResourceType, RuntimePlatform, Service, TaskDefinition,
};
pub use service_auto_scaling::{
    AdjustmentType, ComparisonOperator, ScalingPolicy, ServiceAutoScaling, ServiceMetric,
    StepAdjustment, StepScaling, TargetTracking,
};
pub use simulation::{PlacementTies, ScheduledDeployment, Simulation};
pub use unreadable::Unreadable;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The scenario format that this version of eniac writes, and the only one so far.
pub const VERSION: u32 = 1;

/// Everything that a plan is made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Scenario {
    /// The version of this format: 1.
    pub version: u32,
    /// What the user calls it.
    pub name: String,
    /// The AWS region, by its code.
    pub region: String,
    /// Over how many availability zones instances and tasks are spread.
    pub zones: ZoneCount,
    /// The services, one row each.
    pub services: Vec<Service>,
    /// Daemons: one task of each on every instance.
    pub daemons: Vec<Daemon>,
    /// Where the tasks may run.
    pub capacity: Capacity,
    /// The providers of the cluster, if there are several; empty: one, which `capacity` describes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacity_providers: Vec<CapacityProvider>,
    /// The cluster's default strategy: how tasks are shared among the providers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
    /// Instances that are in the cluster already; empty: the group's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub container_instances: Vec<ContainerInstance>,
    /// How instances are paid for.
    pub pricing: Pricing,
    /// What the user allows the advice to propose.
    #[serde(skip_serializing_if = "is_default")]
    pub advice: AdviceSettings,
    /// How a simulation runs.
    #[serde(skip_serializing_if = "is_default")]
    pub simulation: Simulation,
    /// Alarms that the user has or wants, to be checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<Alarm>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            version: VERSION,
            name: String::new(),
            region: "us-east-1".to_owned(),
            zones: ZoneCount::default(),
            services: Vec::new(),
            daemons: Vec::new(),
            capacity: Capacity::default(),
            capacity_providers: Vec::new(),
            capacity_provider_strategy: Vec::new(),
            container_instances: Vec::new(),
            pricing: Pricing::default(),
            advice: AdviceSettings::default(),
            simulation: Simulation::default(),
            alarms: Vec::new(),
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The JSON Schema of [`Scenario`], as JSON text.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Scenario);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
