//! Where a service's tasks may and should stand, in the words of the ECS API.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The API's `PlacementConstraint`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlacementConstraint {
    /// The kind of constraint.
    #[serde(rename = "type")]
    pub kind: PlacementConstraintType,
    /// The cluster query of a `memberOf` constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
}

/// The API's `PlacementConstraintType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PlacementConstraintType {
    /// At most one task of the service on an instance.
    DistinctInstance,
    /// Only on instances that match an expression.
    MemberOf,
}

/// The API's `PlacementStrategy`: one rule; several are followed in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlacementStrategy {
    /// The kind of rule.
    #[serde(rename = "type")]
    pub kind: PlacementStrategyType,
    /// `cpu` or `memory` for `binpack`; `instanceId`, `host` or `attribute:NAME` for `spread`;
    /// nothing for `random`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The API's `PlacementStrategyType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PlacementStrategyType {
    /// Any instance that may take the task.
    Random,
    /// As evenly as possible over the values of the field.
    Spread,
    /// On the instance with the least left of the field.
    Binpack,
}

/// The API's `LaunchType`, as far as eniac knows it beside capacity providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum LaunchType {
    /// On the cluster's instances, past its capacity providers.
    #[serde(rename = "EC2")]
    Ec2,
}

/// A setting that is on or off, as the API writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// On.
    Enabled,
    /// Off.
    Disabled,
}

impl Status {
    /// Whether it is on.
    pub fn is_enabled(self) -> bool {
        self == Self::Enabled
    }
}

/// A target group that a service registers its tasks with, as far as it can be set wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LoadBalancer {
    /// The container that gets the requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_name: Option<String>,
    /// The port of that container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<super::Port>,
    /// The target group's type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<TargetType>,
}

/// The type of a target group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum TargetType {
    /// Instances and ports of theirs.
    Instance,
    /// Addresses of tasks.
    Ip,
}
