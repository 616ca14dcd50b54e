//! How a service's desired count follows its metrics: Application Auto Scaling.

use super::{
    Cooldown, Milli, MinimumMagnitude, Periods, ScalingAdjustment, SignedMilli, TaskCount,
    is_default,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The API's `RegisterScalableTarget` with the service's policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceAutoScaling {
    /// The least desired count.
    pub min_capacity: TaskCount,
    /// The greatest desired count.
    pub max_capacity: TaskCount,
    /// The policies. Any of them scales out; all must agree to scale in.
    #[serde(default)]
    pub scaling_policies: Vec<ScalingPolicy>,
}

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum ScalingPolicy {
    /// Keeps a metric at a value.
    TargetTracking(TargetTracking),
    /// Changes the count by steps while an alarm is on.
    StepScaling(StepScaling),
}

/// The API's `TargetTrackingScalingPolicyConfiguration`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetTracking {
    /// The metric.
    #[serde(default, skip_serializing_if = "is_default")]
    pub predefined_metric_type: ServiceMetric,
    /// The value to keep it at: percent, or requests a minute and task.
    pub target_value: Milli,
    /// Seconds between two scale-outs; a larger one may come before.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scale_out_cooldown: Cooldown,
    /// Seconds that must have passed since the last scaling before a scale-in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scale_in_cooldown: Cooldown,
    /// Whether the policy never scales in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub disable_scale_in: bool,
}

/// The API's `MetricType`, as far as it is a service's.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum ServiceMetric {
    /// CPU used, of what the tasks reserve, in percent.
    #[default]
    #[serde(rename = "ECSServiceAverageCPUUtilization")]
    Cpu,
    /// Memory used, of what the tasks reserve, in percent.
    #[serde(rename = "ECSServiceAverageMemoryUtilization")]
    Memory,
    /// Requests a minute and task.
    #[serde(rename = "ALBRequestCountPerTarget")]
    RequestCount,
}

/// The API's `StepScalingPolicyConfiguration` with the alarm that starts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepScaling {
    /// The alarm's metric.
    #[serde(default, skip_serializing_if = "is_default")]
    pub metric: ServiceMetric,
    /// The alarm's threshold.
    pub threshold: Milli,
    /// How the metric is compared with it.
    pub comparison_operator: ComparisonOperator,
    /// So many minutes in a row must be so.
    #[serde(default)]
    pub evaluation_periods: Periods,
    /// What the adjustments mean.
    pub adjustment_type: AdjustmentType,
    /// By how much, by how far the metric is from the threshold.
    pub step_adjustments: Vec<StepAdjustment>,
    /// Of percentages: at least so many tasks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_adjustment_magnitude: Option<MinimumMagnitude>,
    /// Seconds to wait after a scaling.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cooldown: Cooldown,
}

/// `CloudWatch`'s operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[allow(clippy::enum_variant_names, missing_docs, reason = "the names are the API's")]
pub enum ComparisonOperator {
    GreaterThanOrEqualToThreshold,
    GreaterThanThreshold,
    LessThanThreshold,
    LessThanOrEqualToThreshold,
}

/// The API's `AdjustmentType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum AdjustmentType {
    /// So many tasks more or fewer.
    ChangeInCapacity,
    /// So many percent more or fewer.
    PercentChangeInCapacity,
    /// Just so many.
    ExactCapacity,
}

/// The API's `StepAdjustment`: its bounds are distances from the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepAdjustment {
    /// From here; absent: without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_interval_lower_bound: Option<SignedMilli>,
    /// Up to here; absent: without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric_interval_upper_bound: Option<SignedMilli>,
    /// By so much.
    pub scaling_adjustment: ScalingAdjustment,
}
