//! A service with its task definition and its auto scaling; a daemon.

use super::{Made, json_of, node, object, reference, resource, without_zeros};
use crate::node::Node;
use crate::resource::{Kind, Resource, UNNAMED};
use eniac_core::scenario::{
    Daemon, ScalingPolicy, Service, ServiceMetric, StepScaling, TargetTracking, TaskDefinition,
};
use serde_json::{Value as Json, json};

/// What stands for an image that only the user knows.
pub(in crate::export) const IMAGE: &str = "replace-with-your-image";

/// The resources of a service.
pub(super) fn of_service(made: &Made<'_>, name: &str, service: &Service) -> Vec<Resource> {
    let deployment = json_of(&service.deployment_configuration);
    let usual = service.deployment_configuration
        == eniac_core::scenario::DeploymentConfiguration::default();
    let balancers = service.load_balancers.iter().map(|it| {
        object([
            ("containerName", json_of(&it.container_name)),
            ("containerPort", json_of(&it.container_port)),
        ])
    });
    let rebalancing = service.availability_zone_rebalancing;
    let body = object([
        ("serviceName", Json::from(name)),
        ("desiredCount", json_of(&service.desired_count)),
        ("launchType", json_of(&service.launch_type)),
        ("capacityProviderStrategy", without_zeros(json_of(&service.capacity_provider_strategy))),
        ("deploymentConfiguration", if usual { Json::Null } else { deployment }),
        ("placementConstraints", json_of(&service.placement_constraints)),
        ("placementStrategy", json_of(&service.placement_strategy)),
        (
            "availabilityZoneRebalancing",
            if rebalancing.is_enabled() { Json::Null } else { json_of(&rebalancing) },
        ),
        ("loadBalancers", Json::Array(balancers.collect())),
    ]);
    let mut resources = vec![definition(made, name, &service.task_definition)];
    let mut created = resource(Kind::Service, name, body);
    created.body.insert("cluster", made.in_cluster());
    created.body.insert("taskDefinition", reference(Kind::TaskDefinition, name, "arn"));
    for (number, balancer) in service.load_balancers.iter().enumerate() {
        let Some(target) = balancer.target_type else { continue };
        let group = if number == 0 { name.to_owned() } else { format!("{name}-{}", number + 1) };
        let body = json!({ "targetGroupName": group, "targetType": json_of(&target) });
        resources.push(resource(Kind::TargetGroup, &group, body));
        set_target(&mut created, number, reference(Kind::TargetGroup, &group, "arn"));
    }
    resources.push(created);
    if let Some(scaling) = &service.auto_scaling {
        let id = format!("service/{}/{name}", made.cluster);
        let of_service = json!({
            "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount",
            "resourceId": id,
        });
        let mut target = of_service.clone();
        target["minCapacity"] = json_of(&scaling.min_capacity);
        target["maxCapacity"] = json_of(&scaling.max_capacity);
        resources.push(resource(Kind::ScalableTarget, name, target));
        for (number, policy) in scaling.scaling_policies.iter().enumerate() {
            let title = format!("{name}-{}", number + 1);
            resources.extend(of_policy(made, name, &title, &of_service, policy));
        }
    }
    resources
}

fn set_target(service: &mut Resource, number: usize, target: Node) {
    if let Some(list) = service.body.get_mut("loadBalancers")
        && let crate::node::Value::List(list) = &mut list.value
        && let Some(balancer) = list.get_mut(number)
        && let crate::node::Value::Map(map) = &mut balancer.value
    {
        map.insert("targetGroupArn", target);
    }
}

/// A daemon: on groups a service of its own kind. Managed Instances have no such services.
/// Source: ECS Developer Guide, "Amazon ECS Managed Instances", considerations.
pub(super) fn of_daemon(made: &Made<'_>, name: &str, daemon: &Daemon) -> Vec<Resource> {
    if made.is_managed() {
        return Vec::new();
    }
    let body = json!({ "serviceName": name, "schedulingStrategy": "DAEMON" });
    let mut service = resource(Kind::Service, name, body);
    service.body.insert("cluster", made.in_cluster());
    service.body.insert("taskDefinition", reference(Kind::TaskDefinition, name, "arn"));
    vec![definition(made, name, &daemon.task_definition), service]
}

fn definition(made: &Made<'_>, name: &str, definition: &TaskDefinition) -> Resource {
    let containers = if definition.container_definitions.is_empty() {
        vec![json!({ "name": UNNAMED, "image": IMAGE, "essential": true })]
    } else {
        let containers = definition.container_definitions.iter();
        containers
            .enumerate()
            .map(|(number, container)| {
                let mut json = json_of(container);
                if container.name.is_empty() {
                    json["name"] = json!(format!("{UNNAMED}-{}", number + 1));
                }
                json["image"] = json!(IMAGE);
                json["essential"] = json!(true);
                for list in ["portMappings", "resourceRequirements"] {
                    stripped(&mut json, list);
                }
                json
            })
            .collect()
    };
    let platform = &definition.runtime_platform;
    let compatible = if made.is_managed() { "MANAGED_INSTANCES" } else { "EC2" };
    let body = object([
        ("family", Json::from(name)),
        ("requiresCompatibilities", json!([compatible])),
        ("networkMode", json_of(&definition.network_mode)),
        // The API takes task-level figures as text.
        ("cpu", as_text(&json_of(&definition.cpu))),
        ("memory", as_text(&json_of(&definition.memory))),
        ("runtimePlatform", json_of(platform)),
        ("placementConstraints", json_of(&definition.placement_constraints)),
        ("containerDefinitions", Json::Array(containers)),
    ]);
    resource(Kind::TaskDefinition, name, body)
}

/// Devices' counts are texts in the API, and `tcp` need not be said.
fn stripped(container: &mut Json, list: &str) {
    let Some(Json::Array(items)) = container.get_mut(list) else { return };
    for item in items {
        let Json::Object(item) = item else { continue };
        if item.get("protocol") == Some(&json!("tcp")) {
            item.remove("protocol");
        }
        if let Some(value) = item.get_mut("value") {
            *value = as_text(value);
        }
    }
}

fn as_text(value: &Json) -> Json {
    match value {
        Json::Number(number) => Json::from(number.to_string()),
        other => other.clone(),
    }
}

fn of_policy(
    made: &Made<'_>,
    service: &str,
    title: &str,
    of_service: &Json,
    policy: &ScalingPolicy,
) -> Vec<Resource> {
    let mut body = of_service.clone();
    body["policyName"] = json!(title);
    match policy {
        ScalingPolicy::TargetTracking(tracking) => {
            body["policyType"] = json!("TargetTrackingScaling");
            body["targetTrackingScalingPolicyConfiguration"] = of_tracking(tracking);
            vec![resource(Kind::ScalingPolicy, title, body)]
        }
        ScalingPolicy::StepScaling(steps) => {
            body["policyType"] = json!("StepScaling");
            body["stepScalingPolicyConfiguration"] = object([
                ("adjustmentType", json_of(&steps.adjustment_type)),
                ("cooldown", json_of(&steps.cooldown)),
                ("metricAggregationType", json!("Average")),
                ("minAdjustmentMagnitude", json_of(&steps.min_adjustment_magnitude)),
                ("stepAdjustments", json_of(&steps.step_adjustments)),
            ]);
            let policy = resource(Kind::ScalingPolicy, title, body);
            vec![policy, alarm(made, service, title, steps)]
        }
    }
}

fn of_tracking(tracking: &TargetTracking) -> Json {
    let never = tracking.disable_scale_in;
    object([
        (
            "predefinedMetricSpecification",
            json!({ "predefinedMetricType": json_of(&tracking.predefined_metric_type) }),
        ),
        ("targetValue", json_of(&tracking.target_value)),
        ("scaleOutCooldown", json_of(&tracking.scale_out_cooldown)),
        ("scaleInCooldown", json_of(&tracking.scale_in_cooldown)),
        ("disableScaleIn", if never { json!(true) } else { Json::Null }),
    ])
}

/// The alarm that starts a step policy.
fn alarm(made: &Made<'_>, service: &str, title: &str, steps: &StepScaling) -> Resource {
    let (namespace, metric) = match steps.metric {
        ServiceMetric::Cpu => ("AWS/ECS", "CPUUtilization"),
        ServiceMetric::Memory => ("AWS/ECS", "MemoryUtilization"),
        ServiceMetric::RequestCount => ("AWS/ApplicationELB", "RequestCountPerTarget"),
    };
    let dimensions = json!([
        { "name": "ClusterName", "value": made.cluster },
        { "name": "ServiceName", "value": service },
    ]);
    let body = json!({
        "alarmName": title,
        "namespace": namespace,
        "metricName": metric,
        "dimensions": dimensions,
        "statistic": "Average",
        "period": 60,
        "evaluationPeriods": json_of(&steps.evaluation_periods),
        "threshold": json_of(&steps.threshold),
        "comparisonOperator": json_of(&steps.comparison_operator),
    });
    let mut alarm = resource(Kind::MetricAlarm, title, body);
    let starts = node(Json::Array(Vec::new()));
    alarm.body.insert("alarmActions", starts);
    if let Some(actions) = alarm.body.get_mut("alarmActions") {
        let policy = reference(Kind::ScalingPolicy, title, "arn");
        actions.value = crate::node::Value::List(vec![policy]);
    }
    alarm
}
