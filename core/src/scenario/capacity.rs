//! Where tasks may run.

use super::{AutoScalingGroup, InstanceRequirements, ReservedMemory, StorageGib, TaskCount};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where tasks may run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Capacity {
    /// ECS Managed Instances: ECS chooses and runs the instances.
    ManagedInstances(ManagedInstances),
    /// Instances of an Auto Scaling group that the user runs.
    AutoScalingGroup(AutoScalingGroup),
}

impl Default for Capacity {
    fn default() -> Self {
        Self::ManagedInstances(ManagedInstances::default())
    }
}

/// A Managed Instances capacity provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ManagedInstances {
    /// What instances must be like; absent: ECS selects by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_requirements: Option<InstanceRequirements>,
    /// The data volume of each instance.
    pub storage_configuration: StorageConfiguration,
    /// Whether instances that can get a trunk ENI have one. AWS documents that they do; what
    /// users saw in October 2025 looked as if they did not.
    pub eni_trunking: bool,
    /// Whether types with one vCPU are left out, as the list of supported types says since 2026.
    pub more_than_one_vcpu: bool,
    /// How much memory tasks can use.
    pub memory_model: MemoryModel,
    /// MiB of each instance that the platform keeps under [`MemoryModel::Managed`]: 313 on the
    /// one instance that was looked into.
    pub reserved_memory: ReservedMemory,
    /// Instances that run already: ECS uses what room they have before it launches others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub running_instances: Vec<RunningInstances>,
    /// Types of which EC2 has no capacity left: ECS falls back to others that are admitted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exhausted_pools: Vec<ExhaustedPools>,
}

impl Default for ManagedInstances {
    fn default() -> Self {
        Self {
            instance_requirements: None,
            storage_configuration: StorageConfiguration {
                storage_size_gib: StorageGib::new(80).unwrap_or_default(),
            },
            eni_trunking: true,
            more_than_one_vcpu: true,
            memory_model: MemoryModel::Managed,
            reserved_memory: ReservedMemory::new(313).unwrap_or_default(),
            running_instances: Vec::new(),
            exhausted_pools: Vec::new(),
        }
    }
}

/// Equal instances that run already, and can take tasks of the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunningInstances {
    /// Their type, by name. It need not be one that the requirements admit.
    pub instance_type: String,
    /// How many; they stand as evenly as possible in the zones that offer the type.
    pub count: TaskCount,
}

/// Types that cannot be launched at the moment, though the requirements admit them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExhaustedPools {
    /// Their names, `*` standing for any characters.
    #[serde(default)]
    pub instance_types: Vec<String>,
    /// The ids of the zones where that is so, as a report names them; empty: everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
}

/// A volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StorageConfiguration {
    /// Its size.
    #[serde(rename = "storageSizeGiB")]
    pub storage_size_gib: StorageGib,
}

/// From which figure the memory that tasks can use is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum MemoryModel {
    /// What a Bottlerocket guest sees, less the platform's own reserve.
    Managed,
    /// What a Bottlerocket guest sees.
    Bottlerocket,
    /// What the Amazon Linux 2023 ECS AMI registers.
    Al2023,
    /// What the Amazon Linux 2 ECS AMI registers.
    Al2,
    /// The advertised size, as if the system took nothing.
    Advertised,
}
