//! How a service is deployed: what runs beside each other while a revision replaces another.

use super::{MaximumPercent, MinimumHealthyPercent};
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
