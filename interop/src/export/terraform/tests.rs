//! What is printed is complete by the provider's table, and is read back as what was printed.

use super::*;
use crate::account::Account;
use crate::export::resources::resources;
use crate::import::{Format, ImportSettings};
use crate::node::{Place, Reference};
use crate::read::{Found, READERS, Source};
use eniac_core::scenario;
use hcl_edit::structure::{Attribute, Body};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What stands in the files with references, by what is known of it: no places, no reasons.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Number(text) => json!({ "number": text }),
        Value::Text(text) => json!(text),
        Value::List(list) => list.iter().map(plain).collect(),
        Value::Map(map) => map.iter().map(|(key, it)| (key.to_owned(), plain(it))).collect(),
        Value::Reference(it) => json!({ "reference": [it.to, it.attribute] }),
        // Which element of a variable is meant is not in what is asked for.
        Value::Unknown(it) => json!({ "unknown": it.expression.split('[').next() }),
    }
}

fn all(resources: &[Resource]) -> BTreeMap<String, Json> {
    let one = |it: &Resource| {
        let body = plain(&Node::new(it.at, Value::Map(it.body.clone())));
        (format!("{:?} {}", it.kind, it.address), body)
    };
    resources.iter().map(one).collect()
}

fn read(text: &str) -> Vec<Resource> {
    let source = Source::new(0, "main.tf", text.to_owned());
    let mut account = Account::new(vec!["main.tf".to_owned()]);
    let mut found = Found::default();
    let reader = READERS.iter().find(|it| it.format == Format::Terraform).unwrap();
    (reader.read)(&[&source], &ImportSettings::default(), &mut found, &mut account);
    let (notes, ..) = account.close();
    assert_eq!(notes, Vec::new(), "{text}");
    found.resources
}

/// Holds a printed body to the table: every argument exists, is written as it must be, and none that
/// is required is missing.
fn check_body(place: &str, table: &[Argument], body: &Body) {
    let is_meta = |it: &&Attribute| it.key.as_str() == "depends_on";
    for attribute in body.attributes().filter(|it| !is_meta(it)) {
        let found = table.iter().find(|it| it.name == attribute.key.as_str());
        let shape = found.unwrap_or_else(|| panic!("{place}: {}", attribute.key.as_str())).shape;
        let is_block = matches!(shape, Shape::Block(_) | Shape::Blocks(_));
        assert!(!is_block, "{place}: {}", attribute.key.as_str());
    }
    for block in body.blocks() {
        let name = block.ident.as_str();
        let found = table.iter().find(|it| it.name == name);
        match found.unwrap_or_else(|| panic!("{place}: {name}")).shape {
            Shape::Block(inner) => {
                assert_eq!(body.get_blocks(name).count(), 1, "{place}: {name}");
                check_body(name, inner, &block.body);
            }
            Shape::Blocks(inner) => check_body(name, inner, &block.body),
            _ => panic!("{place}: {name} is no block"),
        }
    }
    for argument in table.iter().filter(|it| it.required) {
        let is_there = body.has_attribute(argument.name) || body.has_blocks(argument.name);
        assert!(is_there, "{place} lacks {}", argument.name);
    }
}

/// Every variable that is used is declared, and every resource has what its table wants.
fn check_valid(text: &str) {
    let body: Body = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    for block in body.get_blocks("resource") {
        let kind = block.labels.first().map_or("", |label| label.as_str());
        check_body(kind, resource_type(kind).unwrap().arguments, &block.body);
    }
    for used in text.split("var.").skip(1) {
        let name = used.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').next().unwrap();
        assert!(text.contains(&format!("variable \"{name}\" {{")), "{name}\n{text}");
    }
}

#[test]
fn golden_scenarios_are_printed_as_the_provider_has_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/scenarios");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let scenario = scenario::read(&text).unwrap().scenario;
        let printed = print(&resources(&scenario));
        check_valid(&printed);
        read(&printed);
    }
}

#[test]
fn what_only_the_account_knows_is_a_variable() {
    let scenario = r#"{ "region": "eu-west-1", "services": [
        { "name": "web", "desiredCount": 3, "taskDefinition": { "cpu": 256, "memory": 512 },
          "loadBalancers": [{ "containerName": "a", "containerPort": 80 }], "autoScaling": { "minCapacity": 1,
          "maxCapacity": 9, "scalingPolicies": [{ "targetTracking": { "targetValue": 60,
          "predefinedMetricType": "ALBRequestCountPerTarget" } }] } },
        { "name": "api", "desiredCount": 3, "taskDefinition": { "cpu": 256, "memory": 512 },
          "autoScaling": { "minCapacity": 1, "maxCapacity": 9, "scalingPolicies": [{ "targetTracking": {
          "targetValue": 60, "predefinedMetricType": "ALBRequestCountPerTarget" } }, { "stepScaling": {
          "metric": "ALBRequestCountPerTarget", "threshold": 5, "adjustmentType": "ChangeInCapacity",
          "comparisonOperator": "GreaterThanThreshold", "stepAdjustments": [{ "scalingAdjustment": 1,
          "metricIntervalLowerBound": 0 }] } }] } }] }"#;
    let text = print(&resources(&scenario::read(scenario).unwrap().scenario));
    check_valid(&text);
    read(&text);
    let check = |part: &str| assert!(text.contains(part), "{part} in\n{text}");
    check("  depends_on = [aws_ecs_cluster_capacity_providers.eniac_unnamed]\n}\n");
    check("network_mode             = \"awsvpc\"");
    check(r#"= "${var.load_balancers["web"]}/${aws_lb_target_group.web.arn_suffix}""#);
    check(r#"= var.resource_labels["api"]"#);
    check(r#"TargetGroup = var.target_groups["api-2"]"#);
}

fn node(json: &Json) -> Node {
    let at = Place::file(0);
    let value = match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.to_string()),
        Json::String(text) => match text.strip_prefix("-> ").and_then(|it| it.rsplit_once(' ')) {
            Some((to, attribute)) => {
                Value::Reference(Reference { to: to.to_owned(), attribute: attribute.to_owned() })
            }
            None => Value::Text(text.clone()),
        },
        Json::Array(list) => Value::List(list.iter().map(node).collect()),
        Json::Object(map) => {
            Value::Map(map.iter().map(|(key, it)| (key.clone(), node(it))).collect())
        }
    };
    Node::new(at, value)
}

fn resource(kind: Kind, address: &str, body: &Json) -> Resource {
    let Value::Map(body) = node(body).value else { panic!("an object is needed") };
    Resource { kind, address: address.to_owned(), at: Place::file(0), body }
}

/// Texts with all that must be escaped in a configuration.
fn word() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 _.,:/\"\\\\\n\t{}%é-]{0,12}"
}

fn service() -> impl Strategy<Value = Json> {
    let rule = (prop_oneof![Just("spread"), Just("binpack")], word());
    let container = (word(), 0..4_096_u32, prop::option::of(1..9_000_u32), word());
    (
        1..9_000_u32,
        prop::option::of(0..400_u32),
        prop::collection::vec(rule, 0..3),
        prop::collection::vec(container, 1..3),
        prop::bool::ANY,
        prop::option::of((1..5_u32, 5..90_u32, 1..100_u32, prop::bool::ANY)),
        word(),
    )
        .prop_map(|(count, percent, rules, containers, is_awsvpc, scaling, expression)| {
            let rules: Vec<Json> =
                rules.iter().map(|(kind, field)| json!({ "type": kind, "field": field })).collect();
            let containers: Vec<Json> = containers
                .iter()
                .map(|(name, cpu, memory, variable)| {
                    json!({ "name": name, "cpu": cpu, "memory": memory, "image": "web:1",
                        "environment": [{ "name": "A B", "value": variable }] })
                })
                .collect();
            json!({ "count": count, "percent": percent, "rules": rules, "containers": containers,
                "mode": if is_awsvpc { "awsvpc" } else { "bridge" }, "expression": expression,
                "scaling": scaling.map(|it| json!([it.0, it.1, it.2, it.3])) })
        })
}

/// The resources of services on a provider, each with what it may have.
fn made(services: &[Json], is_managed: bool, user_data: &str, zones: usize) -> Vec<Resource> {
    let zones: Vec<String> =
        ["a", "b", "c"].iter().take(zones).map(|it| format!("eu-west-1{it}")).collect();
    let location = json!({ "region": "eu-west-1", "availabilityZones": zones });
    let mut all = vec![
        resource(Kind::Location, "provider.aws", &location),
        resource(Kind::Cluster, "aws_ecs_cluster.shop", &json!({ "clusterName": "shop" })),
    ];
    if is_managed {
        let provider = json!({ "name": "it", "cluster": "-> aws_ecs_cluster.shop name",
            "managedInstancesProvider": { "instanceLaunchTemplate": { "capacityOptionType": "SPOT",
            "instanceRequirements": { "vCpuCount": { "min": 2, "max": 8 }, "memoryMiB": {},
            "allowedInstanceTypes": ["m7g.*"], "acceleratorCount": { "max": 0 } },
            "storageConfiguration": { "storageSizeGiB": 80 } } } });
        all.push(resource(Kind::CapacityProvider, "aws_ecs_capacity_provider.it", &provider));
    } else {
        let template = json!({ "launchTemplateName": "it", "launchTemplateData": {
            "imageId": "resolve:ssm:/aws/service/x", "userData": user_data, "instanceType": "m7g.large",
            "blockDeviceMappings": [{ "deviceName": "/dev/xvda", "ebs": { "volumeSize": 30 } }] } });
        let group = json!({ "autoScalingGroupName": "it", "minSize": 0, "maxSize": 9,
            "launchTemplate": { "launchTemplateId": "-> aws_launch_template.it id", "version": "$Latest" } });
        let provider = json!({ "name": "it", "autoScalingGroupProvider": {
            "autoScalingGroupArn": "-> aws_autoscaling_group.it arn", "managedDraining": "ENABLED",
            "managedScaling": { "status": "ENABLED", "targetCapacity": 90 } } });
        all.push(resource(Kind::LaunchTemplate, "aws_launch_template.it", &template));
        all.push(resource(Kind::AutoScalingGroup, "aws_autoscaling_group.it", &group));
        all.push(resource(Kind::CapacityProvider, "aws_ecs_capacity_provider.it", &provider));
    }
    for (number, it) in services.iter().enumerate() {
        of_service(number, it, &mut all);
    }
    all
}

fn of_service(number: usize, it: &Json, all: &mut Vec<Resource>) {
    let name = format!("s{number}");
    let definition = json!({ "family": name, "networkMode": it["mode"], "cpu": "512",
        "requiresCompatibilities": ["EC2"], "containerDefinitions": it["containers"],
        "placementConstraints": [{ "type": "memberOf", "expression": it["expression"] }] });
    let mut service = json!({ "serviceName": name, "cluster": "-> aws_ecs_cluster.shop name",
        "taskDefinition": format!("-> aws_ecs_task_definition.{name} arn"), "desiredCount": it["count"],
        "capacityProviderStrategy": [{ "capacityProvider": "it", "weight": 1 }] });
    if it["percent"].is_number() {
        service["deploymentConfiguration"] = json!({ "maximumPercent": it["percent"], "strategy": "LINEAR",
            "linearConfiguration": { "stepPercent": 10.5 } });
    }
    if it["rules"].as_array().is_some_and(|rules| !rules.is_empty()) {
        service["placementStrategy"] = it["rules"].clone();
    }
    let address = |kind: &str| format!("{kind}.{name}");
    all.push(resource(Kind::TaskDefinition, &address("aws_ecs_task_definition"), &definition));
    all.push(resource(Kind::Service, &address("aws_ecs_service"), &service));
    let Some(scaling) = it["scaling"].as_array() else { return };
    let id = format!("service/shop/{name}");
    let common = json!({ "resourceId": id, "serviceNamespace": "ecs", "scalableDimension": "ecs:service:DesiredCount" });
    let mut target = common.clone();
    target["minCapacity"] = scaling[0].clone();
    target["maxCapacity"] = scaling[1].clone();
    all.push(resource(Kind::ScalableTarget, &address("aws_appautoscaling_target"), &target));
    let mut policy = common;
    policy["policyName"] = json!(name);
    if scaling[3] == json!(true) {
        policy["targetTrackingScalingPolicyConfiguration"] = json!({ "targetValue": scaling[2],
            "predefinedMetricSpecification": { "predefinedMetricType": "ECSServiceAverageCPUUtilization" } });
    } else {
        policy["stepScalingPolicyConfiguration"] = json!({ "adjustmentType": "ChangeInCapacity",
            "stepAdjustments": [{ "metricIntervalLowerBound": 0, "scalingAdjustment": scaling[2] }] });
        let alarm = json!({ "alarmName": name, "namespace": "AWS/ECS", "metricName": "CPUUtilization",
            "dimensions": [{ "name": "ServiceName", "value": name }], "evaluationPeriods": 1, "threshold": 70,
            "comparisonOperator": "GreaterThanThreshold",
            "alarmActions": [format!("-> aws_appautoscaling_policy.{name} arn")] });
        all.push(resource(Kind::MetricAlarm, &address("aws_cloudwatch_metric_alarm"), &alarm));
    }
    all.push(resource(Kind::ScalingPolicy, &address("aws_appautoscaling_policy"), &policy));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_printed_is_read_again(
        services in prop::collection::vec(service(), 0..4),
        is_managed in prop::bool::ANY,
        user_data in "(#!/bin/bash\n)?[ -z${}\"\n]{0,40}",
        zones in 1..4_usize,
    ) {
        let made = made(&services, is_managed, &user_data, zones);
        let text = print(&made);
        check_valid(&text);
        let expected = complete::completed(links::linked(made));
        prop_assert_eq!(all(&read(&text)), all(&expected), "{}", text);
    }
}

#[test]
fn the_layout_is_that_of_terraform_fmt() {
    let made = made(
        &[json!({ "count": 2, "percent": null, "rules": [], "containers": [{ "name": "app",
        "memory": 512 }], "mode": "bridge", "expression": "attribute:a == b", "scaling": null })],
        true,
        "",
        2,
    );
    let text = print(&made);
    let begin = text.find("resource \"aws_ecs_task_definition\"").unwrap();
    let expected = r#"resource "aws_ecs_task_definition" "s0" {
  family                   = "s0"
  cpu                      = "512"
  network_mode             = "bridge"
  requires_compatibilities = ["EC2"]
  container_definitions = jsonencode([
    {
      memory = 512
      name   = "app"
      image  = var.images["s0/app"]
    },
  ])

  placement_constraints {
    type       = "memberOf"
    expression = "attribute:a == b"
  }
}

resource "aws_ecs_service" "s0" {
  name            = "s0"
  cluster         = aws_ecs_cluster.shop.name
  task_definition = aws_ecs_task_definition.s0.arn
  desired_count   = 2

  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.it.name
    weight            = 1
  }
}
"#;
    assert_eq!(&text[begin..], expected);
}
