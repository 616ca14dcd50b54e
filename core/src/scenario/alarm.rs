//! A `CloudWatch` alarm of the user's, as far as it can be on a metric that does not exist.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alarm {
    /// The metric: `CPUReservation`.
    pub metric_name: String,
    /// Its namespace: `AWS/ECS`; absent: the one that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}
