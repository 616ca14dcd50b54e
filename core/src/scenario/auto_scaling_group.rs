//! An Auto Scaling group: its instances, its limits, and how ECS scales it.

use super::service::is_enabled;
use super::{
    Cooldown, GroupSize, InstanceRequirements, ManagedScaling, MemoryModel, ReservedMemory, Status,
    StorageConfiguration, StorageGib, is_default,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An Auto Scaling group behind a capacity provider, or without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AutoScalingGroup {
    /// The types of the group, by name; empty: any that the requirements admit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instance_types: Vec<String>,
    /// What instances must be like; absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_requirements: Option<InstanceRequirements>,
    /// The root volume of each instance.
    pub storage_configuration: StorageConfiguration,
    /// The account setting `awsvpcTrunking`: off unless it was switched on.
    pub awsvpc_trunking: bool,
    /// How much memory an instance registers, by its AMI.
    pub memory_model: MemoryModel,
    /// `ECS_RESERVED_MEMORY` of the agent, in MiB.
    pub reserved_memory: ReservedMemory,
    /// The least number of instances.
    #[serde(skip_serializing_if = "is_default")]
    pub min_size: GroupSize,
    /// The greatest number of instances; absent: no limit that matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<GroupSize>,
    /// How many instances there are at first; absent: as many as the tasks need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired_capacity: Option<GroupSize>,
    /// How the capacity provider scales the group.
    #[serde(skip_serializing_if = "is_default")]
    pub managed_scaling: ManagedScaling,
    /// Whether instances with tasks are kept when the group scales in.
    #[serde(skip_serializing_if = "is_disabled")]
    pub managed_termination_protection: Status,
    /// Whether instances that are to go are drained first.
    #[serde(skip_serializing_if = "is_enabled")]
    pub managed_draining: Status,
    /// Whether the group protects new instances from scale-in, which managed termination
    /// protection needs.
    #[serde(skip_serializing_if = "is_default")]
    pub new_instances_protected_from_scale_in: bool,
    /// The group's cooldown in seconds. It does nothing beside a capacity provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_cooldown: Option<Cooldown>,
    /// The AMI of the launch template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_id: Option<String>,
    /// `ECS_INSTANCE_ATTRIBUTES`: attributes that `memberOf` expressions can ask for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub attributes: BTreeMap<String, String>,
}

impl Default for AutoScalingGroup {
    fn default() -> Self {
        Self {
            instance_types: Vec::new(),
            instance_requirements: None,
            storage_configuration: StorageConfiguration {
                storage_size_gib: StorageGib::new(30).unwrap_or_default(),
            },
            awsvpc_trunking: false,
            memory_model: MemoryModel::Al2023,
            reserved_memory: ReservedMemory::default(),
            min_size: GroupSize::default(),
            max_size: None,
            desired_capacity: None,
            managed_scaling: ManagedScaling::default(),
            managed_termination_protection: Status::Disabled,
            managed_draining: Status::Enabled,
            new_instances_protected_from_scale_in: false,
            default_cooldown: None,
            image_id: None,
            attributes: BTreeMap::new(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_disabled(status: &Status) -> bool {
    !status.is_enabled()
}
