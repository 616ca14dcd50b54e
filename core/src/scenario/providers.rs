//! Several capacity providers, and how a service's tasks are shared among them.

use super::{AutoScalingGroup, Base, ManagedInstances, Weight};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A capacity provider of the cluster that a strategy can name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CapacityProvider {
    /// Its name, unique in the scenario.
    pub name: String,
    /// How EC2 provides its instances. `SPOT` is priced as Spot whatever `pricing` says; what is
    /// not Spot is paid for as `pricing` says.
    #[serde(default)]
    pub capacity_option_type: CapacityOptionType,
    /// What its instances are like; absent: as `capacity` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed_instances: Option<ManagedInstances>,
    /// The same for a cluster of Auto Scaling groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group: Option<AutoScalingGroup>,
}

/// The API's `CapacityOptionType`, as far as eniac prices it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CapacityOptionType {
    /// By the second, or what reservations and Savings Plans make of it.
    #[default]
    OnDemand,
    /// Spare capacity that EC2 can take back.
    Spot,
}

/// The API's `CapacityProviderStrategyItem`: `base` tasks first, the rest by weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CapacityProviderStrategyItem {
    /// The provider's name.
    pub capacity_provider: String,
    /// So many tasks run on it first; only one item may have a base.
    #[serde(default)]
    pub base: Base,
    /// Its share of the tasks beyond the base; 0, the API's default, takes none of them.
    #[serde(default)]
    pub weight: Weight,
}
