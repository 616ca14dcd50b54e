//! Instances that are in the cluster already, with the tasks that they run.

use super::service::{is_true, yes};
use super::{TaskCount, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Equal container instances of the cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContainerInstance {
    /// Its id; absent: `i-` and a number. Of several equal ones, the second is `ID-2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ec2_instance_id: Option<String>,
    /// Its type, by name.
    pub instance_type: String,
    /// How many there are.
    #[serde(default = "one")]
    pub count: TaskCount,
    /// Its zone, by name or id; absent: they stand as evenly as possible in the zones in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// The provider that it belongs to; absent: the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    /// Attributes beside the built-in ones and the group's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub attributes: BTreeMap<String, String>,
    /// Whether it takes tasks.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: ContainerInstanceStatus,
    /// Whether its agent is connected.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub agent_connected: bool,
    /// Its agent's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    /// When it registered: `2026-07-01T09:00:00Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_at: Option<String>,
    /// What runs on each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<RunningTasks>,
}

/// The API's `ContainerInstanceStatus`, as far as it matters to placement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ContainerInstanceStatus {
    /// It takes tasks.
    #[default]
    Active,
    /// It takes no new ones.
    Draining,
}

/// Tasks of one service on an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunningTasks {
    /// The service, by name.
    pub service: String,
    /// How many of its tasks.
    pub count: TaskCount,
}

fn one() -> TaskCount {
    TaskCount::new(1).unwrap_or_default()
}
