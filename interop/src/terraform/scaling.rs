//! The arguments of `aws_appautoscaling_*` and of `aws_cloudwatch_metric_alarm`.

use super::{Argument, ResourceType, Shape, any, block, blocks, computed, named, unread, value};
use crate::resource::Kind;

const SUSPENDED: [Argument; 3] = [
    value("dynamic_scaling_in_suspended"),
    value("dynamic_scaling_out_suspended"),
    value("scheduled_scaling_suspended"),
];

pub(super) static TARGET: ResourceType = ResourceType {
    name: "aws_appautoscaling_target",
    kind: Some(Kind::ScalableTarget),
    arguments: &[
        value("min_capacity").required(),
        value("max_capacity").required(),
        value("resource_id").required(),
        value("scalable_dimension").required(),
        value("service_namespace").required(),
        Argument::new("role_arn", "roleARN", Shape::Any),
        block("suspended_state", "", &SUSPENDED),
        unread("region"),
        any("tags"),
        computed("arn", "scalableTargetARN"),
        unread("id"),
        unread("tags_all"),
    ],
};

const STEP: [Argument; 3] = [
    value("metric_interval_lower_bound"),
    value("metric_interval_upper_bound"),
    value("scaling_adjustment").required(),
];

const STEP_SCALING: [Argument; 5] = [
    value("adjustment_type"),
    value("cooldown"),
    value("metric_aggregation_type"),
    value("min_adjustment_magnitude"),
    blocks("step_adjustment", "stepAdjustments", &STEP),
];

const PREDEFINED: [Argument; 2] =
    [value("predefined_metric_type").required(), value("resource_label")];

const TARGET_TRACKING: [Argument; 6] = [
    value("target_value").required(),
    value("disable_scale_in"),
    value("scale_in_cooldown"),
    value("scale_out_cooldown"),
    block("predefined_metric_specification", "", &PREDEFINED),
    any("customized_metric_specification"),
];

pub(super) static POLICY: ResourceType = ResourceType {
    name: "aws_appautoscaling_policy",
    kind: Some(Kind::ScalingPolicy),
    arguments: &[
        named("name", "policyName").required(),
        value("policy_type"),
        value("resource_id").required(),
        value("scalable_dimension").required(),
        value("service_namespace").required(),
        block("target_tracking_scaling_policy_configuration", "", &TARGET_TRACKING),
        block("step_scaling_policy_configuration", "", &STEP_SCALING),
        any("predictive_scaling_policy_configuration"),
        unread("region"),
        computed("arn", "policyARN"),
        unread("alarm_arns"),
        unread("id"),
    ],
};

pub(super) static ALARM: ResourceType = ResourceType {
    name: "aws_cloudwatch_metric_alarm",
    kind: Some(Kind::MetricAlarm),
    arguments: &[
        value("alarm_name").required(),
        value("comparison_operator").required(),
        value("evaluation_periods").required(),
        value("metric_name"),
        value("namespace"),
        value("period"),
        value("statistic"),
        value("threshold"),
        Argument::new("dimensions", "", Shape::Pairs),
        value("alarm_actions"),
        any("actions_enabled"),
        any("alarm_description"),
        any("datapoints_to_alarm"),
        any("evaluate_low_sample_count_percentiles"),
        any("evaluation_criteria"),
        any("evaluation_interval"),
        any("extended_statistic"),
        any("insufficient_data_actions"),
        any("metric_query"),
        any("ok_actions"),
        unread("region"),
        any("tags"),
        any("threshold_metric_id"),
        any("treat_missing_data"),
        any("unit"),
        unread("arn"),
        unread("id"),
        unread("tags_all"),
    ],
};
