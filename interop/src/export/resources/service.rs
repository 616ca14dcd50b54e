//! A service with its task definition and its auto scaling; a daemon.

use super::names::{named, unique};
use super::{Made, json_of, network_mode, node, object, reference, resource, target_type};
use crate::node::{Node, Place, Value};
use crate::resource::{Kind, Resource, UNNAMED};
use eniac_core::scenario::{
    Daemon, OperatingSystemFamily, ScalingPolicy, Service, ServiceMetric, StepScaling,
    TargetTracking, TaskDefinition,
};
use serde_json::{Value as Json, json};

/// What stands for an image that only the user knows.
pub(in crate::export) const IMAGE: &str = "replace-with-your-image";

/// What of a target group is the dimension of its metrics, in Terraform's word for it:
/// `targetgroup/NAME/ID`.
pub(in crate::export) const TARGET_GROUP_PATH: &str = "arn_suffix";

/// What stands for it where the scenario has no load balancer, so that only the user knows it.
pub(in crate::export) const NO_TARGET_GROUP: &str = "targetgroup/TARGET_GROUP/TARGET_GROUP_ID";

/// The resources of a service.
pub(super) fn of_service(
    made: &Made<'_>,
    name: &str,
    target_groups: &[String],
    service: &Service,
) -> Vec<Resource> {
    let deployment = json_of(&service.deployment_configuration);
    let usual = service.deployment_configuration
        == eniac_core::scenario::DeploymentConfiguration::default();
    let containers = container_names(&service.task_definition);
    let balancers = service.load_balancers.iter().map(|it| {
        let wanted = it.container_name.as_deref();
        let of_definition = service.task_definition.container_definitions.iter();
        let place = of_definition.map(|it| it.name.as_str()).position(|it| Some(it) == wanted);
        let name = place.and_then(|place| containers.get(place).cloned());
        object([
            ("containerName", json_of(&name.or_else(|| wanted.map(named)))),
            ("containerPort", json_of(&it.container_port)),
        ])
    });
    let rebalancing = service.availability_zone_rebalancing;
    let body = object([
        ("serviceName", Json::from(name)),
        ("desiredCount", json_of(&service.desired_count)),
        ("launchType", json_of(&service.launch_type)),
        ("capacityProviderStrategy", made.strategy(&service.capacity_provider_strategy)),
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
    let networking = network_mode(&service.task_definition, made.is_managed());
    let balancers = service.load_balancers.iter().zip(target_groups);
    for (number, (balancer, group)) in balancers.enumerate() {
        let body = object([
            ("targetGroupName", json!(group)),
            ("targetType", json_of(&target_type(balancer, networking))),
        ]);
        resources.push(resource(Kind::TargetGroup, group, body));
        set_target(&mut created, number, reference(Kind::TargetGroup, group, "arn"));
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
            let of_alarm = dimensions(made, name, target_groups.first(), policy);
            resources.extend(of_policy(&title, &of_service, policy, of_alarm));
        }
    }
    resources
}

fn set_target(service: &mut Resource, number: usize, target: Node) {
    if let Some(list) = service.body.get_mut("loadBalancers")
        && let Value::List(list) = &mut list.value
        && let Some(balancer) = list.get_mut(number)
        && let Value::Map(map) = &mut balancer.value
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
    let names = container_names(definition);
    let containers = if definition.container_definitions.is_empty() {
        vec![json!({ "name": UNNAMED, "image": IMAGE, "essential": true })]
    } else {
        let containers = definition.container_definitions.iter().zip(names);
        containers
            .map(|(container, name)| {
                let mut json = json_of(container);
                json["name"] = json!(name);
                json["image"] = json!(IMAGE);
                json["essential"] = json!(true);
                for list in ["portMappings", "resourceRequirements"] {
                    stripped(&mut json, list);
                }
                json
            })
            .collect()
    };
    let mut platform = json_of(&definition.runtime_platform);
    if definition.runtime_platform.operating_system_family == Some(OperatingSystemFamily::Windows) {
        // The API takes releases only. Source: ECS API, `RuntimePlatform`, `operatingSystemFamily`.
        platform["operatingSystemFamily"] = json!("WINDOWS_SERVER_2022_CORE");
    }
    let compatible = if made.is_managed() { "MANAGED_INSTANCES" } else { "EC2" };
    let body = object([
        ("family", Json::from(name)),
        ("requiresCompatibilities", json!([compatible])),
        ("networkMode", json_of(&network_mode(definition, made.is_managed()))),
        // The API takes task-level figures as text.
        ("cpu", as_text(&json_of(&definition.cpu))),
        ("memory", as_text(&json_of(&definition.memory))),
        ("runtimePlatform", platform),
        ("placementConstraints", json_of(&definition.placement_constraints)),
        ("containerDefinitions", Json::Array(containers)),
    ]);
    resource(Kind::TaskDefinition, name, body)
}

/// What the containers are called: one without a name by its number.
fn container_names(definition: &TaskDefinition) -> Vec<String> {
    let containers = definition.container_definitions.iter().enumerate();
    let names = containers.map(|(number, it)| match it.name.as_str() {
        "" => format!("{UNNAMED}-{}", number + 1),
        name => named(name),
    });
    unique(names)
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
    title: &str,
    of_service: &Json,
    policy: &ScalingPolicy,
    of_alarm: Node,
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
            vec![policy, alarm(title, steps, of_alarm)]
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

/// What the metric of a policy is of: the service, or its first target group.
/// Source: Elastic Load Balancing, "CloudWatch metrics for your Application Load Balancer":
/// `RequestCountPerTarget` has the dimension `TargetGroup`.
fn dimensions(
    made: &Made<'_>,
    service: &str,
    target_group: Option<&String>,
    policy: &ScalingPolicy,
) -> Node {
    let by_requests = matches!(policy, ScalingPolicy::StepScaling(steps)
        if steps.metric == ServiceMetric::RequestCount);
    if !by_requests {
        return node(json!([
            { "name": "ClusterName", "value": made.cluster },
            { "name": "ServiceName", "value": service },
        ]));
    }
    let value = match target_group {
        Some(group) => reference(Kind::TargetGroup, group, TARGET_GROUP_PATH),
        None => node(json!(NO_TARGET_GROUP)),
    };
    let entries = [("name".to_owned(), node(json!("TargetGroup"))), ("value".to_owned(), value)];
    let dimension = Node::new(Place::file(0), Value::Map(entries.into_iter().collect()));
    Node::new(Place::file(0), Value::List(vec![dimension]))
}

/// The alarm that starts a step policy.
fn alarm(title: &str, steps: &StepScaling, dimensions: Node) -> Resource {
    let (namespace, metric) = match steps.metric {
        ServiceMetric::Cpu => ("AWS/ECS", "CPUUtilization"),
        ServiceMetric::Memory => ("AWS/ECS", "MemoryUtilization"),
        ServiceMetric::RequestCount => ("AWS/ApplicationELB", "RequestCountPerTarget"),
    };
    // Source: the same page: of requests for each target, only the sum says something.
    let is_sum = steps.metric == ServiceMetric::RequestCount;
    let body = json!({
        "alarmName": title,
        "namespace": namespace,
        "metricName": metric,
        "dimensions": Json::Null,
        "statistic": if is_sum { "Sum" } else { "Average" },
        "period": 60,
        "evaluationPeriods": json_of(&steps.evaluation_periods),
        "threshold": json_of(&steps.threshold),
        "comparisonOperator": json_of(&steps.comparison_operator),
    });
    let mut alarm = resource(Kind::MetricAlarm, title, body);
    let policy = reference(Kind::ScalingPolicy, title, "arn");
    alarm.body.insert("dimensions", dimensions);
    alarm.body.insert("alarmActions", Node::new(Place::file(0), Value::List(vec![policy])));
    alarm
}
