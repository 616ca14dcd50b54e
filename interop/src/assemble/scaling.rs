//! How a service's desired count follows its load: scalable targets, policies and their alarms.

use super::draft::Draft;
use super::fields::Fields;
use super::index::{Index, last_part, name_of};
use super::service::Written;
use crate::node::{Node, Value};
use crate::resource::{Kind, Resource};
use serde_json::json;

const NEUTRAL: [&str; 9] = [
    "serviceNamespace",
    "scalableDimension",
    "roleARN",
    "suspendedState",
    "creationTime",
    "scalableTargetARN",
    "predictedCapacity",
    "id",
    "tags",
];

/// Metrics of `AWS/ECS` and of load balancers, as policies name them.
const METRICS: [(&str, &str); 3] = [
    ("CPUUtilization", "ECSServiceAverageCPUUtilization"),
    ("MemoryUtilization", "ECSServiceAverageMemoryUtilization"),
    ("RequestCountPerTarget", "ALBRequestCountPerTarget"),
];

/// Writes the auto scaling of all services.
pub(super) fn write(draft: &mut Draft<'_>, index: &Index<'_>, written: &Written<'_>) {
    for target in index.all(Kind::ScalableTarget) {
        let namespace = target.body.get("serviceNamespace").and_then(Node::scalar);
        if namespace.is_some_and(|namespace| namespace != "ecs") {
            let message = "left out: it scales no ECS service";
            draft.account.left_out(target.at, &target.address, message);
            continue;
        }
        let Some(path) = service_of(index, written, target.body.get("resourceId")) else {
            let message = "left out: the service that it scales is not among the files";
            draft.account.problem(target.at, &target.address, message);
            continue;
        };
        let path = format!("{path}.autoScaling");
        let mut fields = Fields::of(&target.body, target.at, target.address.as_str());
        draft.set(&format!("{path}.scalingPolicies"), json!([]), target.at.without_span());
        for key in ["minCapacity", "maxCapacity"] {
            draft.scalar(&mut fields, key, &format!("{path}.{key}"));
        }
        fields.close(&NEUTRAL, draft.account);
        draft.account.understood(target.at, &target.address, &path, "auto scaling of the service");
    }
    for policy in index.all(Kind::ScalingPolicy) {
        write_policy(draft, index, written, policy);
    }
}

/// The row of the service that a `resourceId` means: `service/CLUSTER/NAME`, or a reference.
fn service_of(index: &Index<'_>, written: &Written<'_>, node: Option<&Node>) -> Option<String> {
    let node = node?;
    let found = match &node.value {
        Value::Text(text) => {
            let name = last_part(text);
            index.named(Kind::Service, name).or_else(|| {
                index.find(Kind::Service, &Node::text(node.at, name)).or_else(|| {
                    let is_it = |it: &&Resource| name_of(it, "serviceName") == name;
                    index.all(Kind::Service).find(is_it)
                })
            })
        }
        _ => index.find(Kind::Service, node),
    }?;
    let row = written.services.iter().find(|(service, _)| std::ptr::eq(*service, found));
    row.map(|(_, path)| path.clone())
}

fn write_policy(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    written: &Written<'_>,
    policy: &Resource,
) {
    let mut fields = Fields::of(&policy.body, policy.at, policy.address.as_str());
    let target = fields.take("scalingTarget");
    let target = target.and_then(|node| index.find(Kind::ScalableTarget, node));
    let resource_id = target.and_then(|target| target.body.get("resourceId"));
    let resource_id = resource_id.or(fields.take("resourceId"));
    let Some(service) = service_of(index, written, resource_id) else {
        let message = "left out: the service that it scales is not among the files";
        draft.account.problem(policy.at, &policy.address, message);
        return;
    };
    let list = format!("{service}.autoScaling.scalingPolicies");
    if draft.get(&list).is_none() {
        let message = "left out: the service has no scalable target among the files";
        draft.account.problem(policy.at, &policy.address, message);
        return;
    }
    let path = format!("{list}[{}]", draft.len(&list));
    if let Some(node) = fields.take("targetTrackingScalingPolicyConfiguration") {
        if let Some(within) = fields.within(node, "target tracking") {
            target_tracking(draft, within, &format!("{path}.targetTracking"));
        }
    } else if let Some(node) = fields.take("stepScalingPolicyConfiguration") {
        if let Some(within) = fields.within(node, "step scaling") {
            step_scaling(draft, index, policy, within, &format!("{path}.stepScaling"));
        }
    } else {
        let message = "left out: neither target tracking nor step scaling";
        draft.account.left_out(policy.at, &policy.address, message);
    }
    let neutral = [
        "policyType",
        "serviceNamespace",
        "scalableDimension",
        "alarms",
        "creationTime",
        "id",
        "arn",
    ];
    fields.close(&neutral, draft.account);
}

fn target_tracking(draft: &mut Draft<'_>, mut fields: Fields<'_>, path: &str) {
    if let Some(node) = fields.take("customizedMetricSpecification") {
        let message = "the policy is left out: a metric of your own cannot be simulated";
        draft.account.left_out(node.at, &fields.subject, message);
        return;
    }
    let metric = fields.take("predefinedMetricSpecification");
    if let Some(mut within) = metric.and_then(|node| fields.within(node, "metric")) {
        let default = METRICS[0].1;
        let kind = within.peek("predefinedMetricType").and_then(Node::as_text);
        if kind == Some(default) {
            within.take("predefinedMetricType");
        } else {
            let at = format!("{path}.predefinedMetricType");
            draft.scalar(&mut within, "predefinedMetricType", &at);
        }
        within.close(&["resourceLabel"], draft.account);
    }
    draft.scalar(&mut fields, "targetValue", &format!("{path}.targetValue"));
    for key in ["scaleOutCooldown", "scaleInCooldown"] {
        cooldown(draft, &mut fields, key, &format!("{path}.{key}"));
    }
    if draft.truth(&mut fields, "disableScaleIn") == Some(true) {
        draft.set(&format!("{path}.disableScaleIn"), true, fields.at().without_span());
    }
    fields.close(&[], draft.account);
}

/// 300 seconds is what ECS and a scenario suppose.
fn cooldown(draft: &mut Draft<'_>, fields: &mut Fields<'_>, key: &str, path: &str) {
    if fields.peek(key).and_then(Node::scalar).is_some_and(|seconds| seconds == "300") {
        fields.take(key);
    } else {
        draft.scalar(fields, key, path);
    }
}

fn step_scaling(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    policy: &Resource,
    mut fields: Fields<'_>,
    path: &str,
) {
    let starts = |alarm: &&Resource| {
        let actions = alarm.body.get("alarmActions").and_then(Node::as_list).unwrap_or_default();
        let starts = |node: &Node| index.find(Kind::ScalingPolicy, node);
        actions.iter().filter_map(starts).any(|it| std::ptr::eq(it, policy))
    };
    let Some(alarm) = index.all(Kind::MetricAlarm).find(starts) else {
        let message = "left out: no alarm among the files starts this policy";
        draft.account.problem(policy.at, &policy.address, message);
        return;
    };
    let name = alarm.body.get("metricName").and_then(Node::scalar).unwrap_or_default();
    let Some((_, metric)) = METRICS.iter().find(|(cloudwatch, _)| *cloudwatch == name) else {
        let message =
            format!("the policy is left out: its alarm's metric {name} cannot be simulated");
        draft.account.left_out(alarm.at, &alarm.address, message);
        return;
    };
    if *metric != METRICS[0].1 {
        draft.set(&format!("{path}.metric"), *metric, alarm.at.without_span());
    }
    let mut of_alarm = Fields::of(&alarm.body, alarm.at, alarm.address.as_str());
    for key in ["threshold", "comparisonOperator", "evaluationPeriods"] {
        draft.scalar(&mut of_alarm, key, &format!("{path}.{key}"));
    }
    for key in ["adjustmentType", "minAdjustmentMagnitude"] {
        draft.scalar(&mut fields, key, &format!("{path}.{key}"));
    }
    cooldown(draft, &mut fields, "cooldown", &format!("{path}.cooldown"));
    let steps = fields.take("stepAdjustments").and_then(Node::as_list).unwrap_or_default();
    draft.set(&format!("{path}.stepAdjustments"), json!([]), fields.at().without_span());
    for (number, node) in steps.iter().enumerate() {
        let Some(mut step) = fields.within(node, "stepAdjustments") else { continue };
        let path = format!("{path}.stepAdjustments[{number}]");
        for key in ["metricIntervalLowerBound", "metricIntervalUpperBound", "scalingAdjustment"] {
            draft.scalar(&mut step, key, &format!("{path}.{key}"));
        }
        step.close(&[], draft.account);
    }
    fields.close(&["metricAggregationType"], draft.account);
}
