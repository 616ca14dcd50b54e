//! How a service is deployed: what runs beside each other while a revision replaces another.

use super::{BakeMinutes, MaximumPercent, Milli, MinimumHealthyPercent, is_default};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The API's `DeploymentConfiguration`, as far as it decides how many tasks run at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DeploymentConfiguration {
    /// How the old revision makes way for the new one.
    pub strategy: DeploymentStrategy,
    /// Of a rolling deployment: how much of the desired count stays healthy, rounded up.
    pub minimum_healthy_percent: MinimumHealthyPercent,
    /// Of a rolling deployment: how much of the desired count may run, rounded down.
    pub maximum_percent: MaximumPercent,
    /// Of the other strategies: minutes that both revisions run after all traffic has moved.
    #[serde(skip_serializing_if = "is_default")]
    pub bake_time_in_minutes: BakeMinutes,
    /// Of a linear deployment.
    #[serde(skip_serializing_if = "is_default")]
    pub linear_configuration: LinearConfiguration,
    /// Of a canary deployment.
    #[serde(skip_serializing_if = "is_default")]
    pub canary_configuration: CanaryConfiguration,
}

/// The API's `LinearConfiguration`: 10 % each 6 minutes unless set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct LinearConfiguration {
    /// Percent of the traffic that moves at once.
    pub step_percent: Milli,
    /// Minutes between two steps.
    pub step_bake_time_in_minutes: BakeMinutes,
}

impl Default for LinearConfiguration {
    fn default() -> Self {
        Self {
            step_percent: Milli::from_thousandths(10_000).unwrap_or_default(),
            step_bake_time_in_minutes: BakeMinutes::new(6).unwrap_or_default(),
        }
    }
}

/// The API's `CanaryConfiguration`: 5 % for 10 minutes unless set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CanaryConfiguration {
    /// Percent of the traffic that moves first.
    pub canary_percent: Milli,
    /// Minutes until the rest follows.
    pub canary_bake_time_in_minutes: BakeMinutes,
}

impl Default for CanaryConfiguration {
    fn default() -> Self {
        Self {
            canary_percent: Milli::from_thousandths(5_000).unwrap_or_default(),
            canary_bake_time_in_minutes: BakeMinutes::new(10).unwrap_or_default(),
        }
    }
}

/// The API's `DeploymentStrategy`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeploymentStrategy {
    /// Task by task, within the two percentages.
    #[default]
    Rolling,
    /// A full set of the new revision beside the old one.
    BlueGreen,
    /// The same, traffic moving in equal steps.
    Linear,
    /// The same, a small part of the traffic first.
    Canary,
}
