//! How a service's desired count follows its load: scalable targets, policies and their alarms.

use super::draft::Draft;
use super::fields::Fields;
use super::index::{Index, last_part};
use super::service::Written;
use crate::node::{Node, Value};
use crate::resource::{Kind, Resource};
use serde_json::json;
use std::collections::BTreeMap;

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
            tell_without_service(draft, index, target, target.body.get("resourceId"));
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
    let alarms = alarms(index);
    for policy in index.all(Kind::ScalingPolicy) {
        write_policy(draft, index, written, policy, &alarms);
    }
}

/// By a policy's address, the first alarm that starts it.
fn alarms<'a>(index: &Index<'a>) -> BTreeMap<&'a str, &'a Resource> {
    let mut alarms = BTreeMap::new();
    for alarm in index.all(Kind::MetricAlarm) {
        let actions = alarm.body.get("alarmActions").and_then(Node::as_list).unwrap_or_default();
        for policy in actions.iter().filter_map(|node| index.find(Kind::ScalingPolicy, node)) {
            alarms.entry(policy.address.as_str()).or_insert(alarm);
        }
    }
    alarms
}

/// The row of the service that a `resourceId` means: `service/CLUSTER/NAME`, or a reference.
fn service_of(index: &Index<'_>, written: &Written<'_>, node: Option<&Node>) -> Option<String> {
    let node = node?;
    let found = match &node.value {
        Value::Text(text) => {
            let name = last_part(text);
            let found = index.find(Kind::Service, &Node::text(node.at, name));
            let path = found.and_then(|found| written.path(found));
            return path.or_else(|| written.path_of_name(name)).map(str::to_owned);
        }
        _ => index.find(Kind::Service, node),
    }?;
    written.path(found).map(str::to_owned)
}

/// The service is not among the files, or it is left out itself.
fn tell_without_service(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    resource: &Resource,
    node: Option<&Node>,
) {
    let found = node.and_then(|node| match &node.value {
        Value::Text(text) => index.named(Kind::Service, text),
        _ => index.find(Kind::Service, node),
    });
    if found.is_some() {
        let message = "left out, as the service that it scales";
        draft.account.left_out(resource.at, &resource.address, message);
    } else {
        let message = "left out: the service that it scales is not among the files";
        draft.account.problem(resource.at, &resource.address, message);
    }
}

fn write_policy(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    written: &Written<'_>,
    policy: &Resource,
    alarms: &BTreeMap<&str, &Resource>,
) {
    let mut fields = Fields::of(&policy.body, policy.at, policy.address.as_str());
    let target = fields.take("scalingTarget");
    let target = target.and_then(|node| index.find(Kind::ScalableTarget, node));
    let resource_id = target.and_then(|target| target.body.get("resourceId"));
    let resource_id = resource_id.or(fields.take("resourceId"));
    let Some(service) = service_of(index, written, resource_id) else {
        tell_without_service(draft, index, policy, resource_id);
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
            let alarm = alarms.get(policy.address.as_str()).copied();
            step_scaling(draft, policy, alarm, within, &format!("{path}.stepScaling"));
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
    policy: &Resource,
    alarm: Option<&Resource>,
    mut fields: Fields<'_>,
    path: &str,
) {
    let Some(alarm) = alarm else {
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
