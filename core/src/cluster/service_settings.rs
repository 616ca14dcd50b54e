//! A service's policies, load and deployments, in the words of [`crate::scaling`] and
//! [`crate::timeline`].

use super::load::per_minute;
use crate::diagnostic::Diagnostic;
use crate::scaling::{Adjustment, Comparison, Policy, Step, StepPolicy, TargetPolicy};
use crate::scenario::{
    AdjustmentType, ComparisonOperator, DeploymentConfiguration, DeploymentStrategy, Load,
    MinimumMagnitude, ScalingPolicy, Service, ServiceAutoScaling, ServiceMetric, SignedMilli,
};
use crate::timeline::{DeploymentPlan, LoadModel, Metric};

/// All traffic, in thousandths of a percent.
const ALL: u32 = 100_000;

/// The policies that can be followed.
pub(super) fn policies(
    scaling: &ServiceAutoScaling,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Metric, Policy)> {
    let mut followed = Vec::new();
    for (place, each) in scaling.scaling_policies.iter().enumerate() {
        let path = format!("{path}.autoScaling.scalingPolicies[{place}]");
        match each {
            ScalingPolicy::TargetTracking(it) if it.target_value.thousandths() == 0 => {
                let message = "0: no number of tasks brings a metric to 0; the policy is left out";
                let field = format!("{path}.targetTracking.targetValue");
                diagnostics.push(Diagnostic::error("autoScaling.targetZero", field, message));
            }
            ScalingPolicy::StepScaling(it) if it.step_adjustments.is_empty() => {
                let message = "there is no step: the policy never changes anything";
                let field = format!("{path}.stepScaling.stepAdjustments");
                diagnostics.push(Diagnostic::warning("autoScaling.noStep", field, message));
            }
            each => followed.push(policy(each)),
        }
    }
    followed
}

fn policy(policy: &ScalingPolicy) -> (Metric, Policy) {
    let metric = |metric: ServiceMetric| match metric {
        ServiceMetric::Cpu => Metric::Cpu,
        ServiceMetric::Memory => Metric::Memory,
        ServiceMetric::RequestCount => Metric::Requests,
    };
    match policy {
        ScalingPolicy::TargetTracking(it) => (
            metric(it.predefined_metric_type),
            Policy::Target(TargetPolicy {
                target: it.target_value.thousandths(),
                scale_out_cooldown: it.scale_out_cooldown.get(),
                scale_in_cooldown: it.scale_in_cooldown.get(),
                disable_scale_in: it.disable_scale_in,
            }),
        ),
        ScalingPolicy::StepScaling(it) => (
            metric(it.metric),
            Policy::Step(StepPolicy {
                threshold: it.threshold.thousandths(),
                comparison: match it.comparison_operator {
                    ComparisonOperator::GreaterThanOrEqualToThreshold => Comparison::AtLeast,
                    ComparisonOperator::GreaterThanThreshold => Comparison::Above,
                    ComparisonOperator::LessThanThreshold => Comparison::Below,
                    ComparisonOperator::LessThanOrEqualToThreshold => Comparison::AtMost,
                },
                periods: it.evaluation_periods.get().into(),
                adjustment: match it.adjustment_type {
                    AdjustmentType::ChangeInCapacity => Adjustment::Change,
                    AdjustmentType::PercentChangeInCapacity => Adjustment::Percent,
                    AdjustmentType::ExactCapacity => Adjustment::Exact,
                },
                steps: it
                    .step_adjustments
                    .iter()
                    .map(|step| Step {
                        lower: step.metric_interval_lower_bound.map(SignedMilli::thousandths),
                        upper: step.metric_interval_upper_bound.map(SignedMilli::thousandths),
                        by: step.scaling_adjustment.get(),
                    })
                    .collect(),
                minimum_magnitude: it.min_adjustment_magnitude.map_or(1, MinimumMagnitude::get),
                cooldown: it.cooldown.get(),
            }),
        ),
    }
}

pub(super) fn load(
    load: &Load,
    service: &Service,
    minutes: u32,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> LoadModel {
    if load.requests_per_minute_per_task.get() == 0 {
        let message = "0: a task serves nothing, so that all requests are lost; say how many \
                       requests a minute it serves when it uses all of its CPU";
        let field = format!("{path}.requestsPerMinutePerTask");
        diagnostics.push(Diagnostic::warning("load.servesNothing", field, message));
    }
    let path = format!("{path}.requestsPerMinute");
    LoadModel {
        per_minute: per_minute(&load.requests_per_minute, minutes, &path, diagnostics),
        per_task: load.requests_per_minute_per_task.get(),
        idle_cpu: load.idle_cpu_percent.get().into(),
        idle_memory: load.idle_memory_percent.get().into(),
        full_memory: load.full_memory_percent.get().into(),
        hard_cpu: service.task_definition.cpu.is_some(),
    }
}

pub(super) fn deployment_plan(configuration: &DeploymentConfiguration) -> DeploymentPlan {
    let thousandths = |milli: u64| u32::try_from(milli).unwrap_or(ALL).clamp(1, ALL);
    let seconds = |minutes: u16| u32::from(minutes) * 60;
    let bake_seconds = seconds(configuration.bake_time_in_minutes.get());
    match configuration.strategy {
        DeploymentStrategy::Rolling => DeploymentPlan::Rolling {
            minimum: configuration.minimum_healthy_percent.get().into(),
            maximum: configuration.maximum_percent.get().into(),
        },
        DeploymentStrategy::BlueGreen => {
            DeploymentPlan::Parallel { first: ALL, step: ALL, step_seconds: 0, bake_seconds }
        }
        DeploymentStrategy::Linear => {
            let linear = &configuration.linear_configuration;
            let step = thousandths(linear.step_percent.thousandths());
            let step_seconds = seconds(linear.step_bake_time_in_minutes.get());
            DeploymentPlan::Parallel { first: step, step, step_seconds, bake_seconds }
        }
        DeploymentStrategy::Canary => {
            let canary = &configuration.canary_configuration;
            let first = thousandths(canary.canary_percent.thousandths());
            let step_seconds = seconds(canary.canary_bake_time_in_minutes.get());
            DeploymentPlan::Parallel { first, step: ALL, step_seconds, bake_seconds }
        }
    }
}
