//! What the user allows the advice to propose.

use super::{FallbackTypes, ShrinkPercent, TolerancePercent};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of what is proposed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AdviceSettings {
    /// Tighter requirements: how much more than the predicted fleet the dearest fleet that is
    /// still admitted may cost, in percent.
    pub tolerance_percent: TolerancePercent,
    /// Tighter requirements: how many types must remain for each service in each zone, so that
    /// there is something to fall back on.
    pub fallback_types: FallbackTypes,
    /// Task sizes: by how much a task may become smaller, in percent.
    pub shrink_percent: ShrinkPercent,
}
