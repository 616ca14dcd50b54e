//! How a capacity provider scales its Auto Scaling group.

use super::{Status, StepSize, TargetCapacity, WarmupPeriod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The API's `ManagedScaling`. Defaults are the API's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ManagedScaling {
    /// Whether ECS scales the group. Off: it keeps its desired capacity.
    pub status: Status,
    /// `CapacityProviderReservation` that ECS steers to, in percent; below 100 it keeps empty
    /// instances to spare.
    pub target_capacity: TargetCapacity,
    /// The least number of instances that a scale-out adds.
    pub minimum_scaling_step_size: StepSize,
    /// The most that it adds at once.
    pub maximum_scaling_step_size: StepSize,
    /// So many seconds after an instance has come no other scale-out happens.
    pub instance_warmup_period: WarmupPeriod,
}

impl Default for ManagedScaling {
    fn default() -> Self {
        Self {
            status: Status::Enabled,
            target_capacity: TargetCapacity::default(),
            minimum_scaling_step_size: StepSize::default(),
            maximum_scaling_step_size: StepSize::new(StepSize::MAX).unwrap_or_default(),
            instance_warmup_period: WarmupPeriod::default(),
        }
    }
}
