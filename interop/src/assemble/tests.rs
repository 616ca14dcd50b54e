//! Resources in, scenario out: how what files say is put together, and what is told of the rest.

use super::*;
use crate::json;
use crate::node::{Map, Reference, Unknown, Value};
use std::collections::BTreeMap;

fn kind(word: &str) -> Kind {
    match word {
        "TaskDefinition" => Kind::TaskDefinition,
        "Service" => Kind::Service,
        "CapacityProvider" => Kind::CapacityProvider,
        "Cluster" => Kind::Cluster,
        "ScalableTarget" => Kind::ScalableTarget,
        "ScalingPolicy" => Kind::ScalingPolicy,
        "MetricAlarm" => Kind::MetricAlarm,
        "AutoScalingGroup" => Kind::AutoScalingGroup,
        "LaunchTemplate" => Kind::LaunchTemplate,
        "ContainerInstance" => Kind::ContainerInstance,
        "TargetGroup" => Kind::TargetGroup,
        "Location" => Kind::Location,
        other => panic!("{other} is no kind"),
    }
}

/// `{"$ref": "address"}` and `{"$unknown": "expression"}` stand for what readers make.
fn prepared(node: Node) -> Node {
    let at = node.at;
    let value = match node.value {
        Value::List(list) => Value::List(list.into_iter().map(prepared).collect()),
        Value::Map(map) => {
            if let Some(to) = map.get("$ref").and_then(Node::as_text) {
                let attribute = "arn".to_owned();
                Value::Reference(Reference { to: to.to_owned(), attribute })
            } else if let Some(expression) = map.get("$unknown").and_then(Node::as_text) {
                let because = "the variable has no default".to_owned();
                Value::Unknown(Unknown { expression: expression.to_owned(), because })
            } else {
                let entries = map.into_entries().into_iter();
                Value::Map(entries.map(|entry| (entry.key, prepared(entry.node))).collect::<Map>())
            }
        }
        other => other,
    };
    Node { at, value }
}

/// A list of `[kind, address, body]` as a scenario, with what was said, a line each.
fn assembled(text: &str, settings: &ImportSettings) -> (Json, Vec<String>) {
    let list = json::parse(text, 0).unwrap();
    let resources = list.as_list().unwrap().iter().map(|node| {
        let [word, address, body] = node.as_list().unwrap() else { panic!("three parts") };
        let Value::Map(body) = prepared(body.clone()).value else { panic!("a body") };
        Resource {
            kind: kind(word.as_text().unwrap()),
            address: address.as_text().unwrap().to_owned(),
            at: node.at,
            body,
        }
    });
    let found = Found { resources: resources.collect(), ..Found::default() };
    let mut account = Account::new(vec!["main".to_owned()]);
    let assembled = assemble(found, settings, &mut account);
    let (notes, questions, _) = account.close();
    let line = |line: Option<u32>| line.unwrap_or(0);
    let said = notes.into_iter().map(|note| {
        format!("{:?} {} {}: {}", note.kind, line(note.line), note.subject, note.message)
    });
    let asked = questions.into_iter().map(|question| {
        format!("Asked {} {}: {}", line(question.line), question.expression, question.needed_for)
    });
    (assembled.scenario, said.chain(asked).collect())
}

/// The paths have the values, and each part is in something that was said.
fn check(text: &str, values: &[(&str, Json)], parts: &[&str]) {
    let (scenario, said) = assembled(text, &ImportSettings::default());
    for (path, value) in values {
        let got = eniac_core::scenario::document::get(&scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path} in {scenario:#}");
    }
    for part in parts {
        assert!(said.iter().any(|line| line.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn a_service_finds_its_definition() {
    let definition = r#"["TaskDefinition", "def", { "family": "web", "revision": 3, "cpu": "512",
        "memory": "1024", "networkMode": "awsvpc", "containerDefinitions": [
        { "name": "app", "image": "nginx", "cpu": 0, "memoryReservation": 512,
          "portMappings": [{ "containerPort": 80, "hostPort": 0, "protocol": "tcp" }],
          "resourceRequirements": [{ "type": "GPU", "value": "1" }] }] }]"#;
    let named = [
        "{ \"$ref\": \"def\" }",
        "\"web\"",
        "\"web:3\"",
        "\"web:9\"",
        "\"arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3\"",
    ];
    for named in named {
        let service = format!(
            r#"["Service", "svc", {{ "serviceName": "front", "desiredCount": 4, "taskDefinition": {named} }}]"#
        );
        check(
            &format!("[{definition},\n{service}]"),
            &[
                ("services[0].name", json!("front")),
                ("services[0].desiredCount", json!(4)),
                ("services[0].taskDefinition.cpu", json!(512)),
                ("services[0].taskDefinition.containerDefinitions[0].cpu", Json::Null),
                (
                    "services[0].taskDefinition.containerDefinitions[0].memoryReservation",
                    json!(512),
                ),
                (
                    "services[0].taskDefinition.containerDefinitions[0].portMappings",
                    json!([{ "containerPort": 80 }]),
                ),
                ("services[1]", Json::Null),
            ],
            &[
                "LeftOut 3 def: container app: left out, since it decides neither what fits nor where: image",
            ],
        );
    }
}

#[test]
fn definitions_alone_are_services_of_one_task() {
    check(
        r#"[["TaskDefinition", "a", { "family": "web", "cpu": 256, "memory": 512 }],
            ["TaskDefinition", "b", { "family": "web", "cpu": 512, "memory": 1024 }]]"#,
        &[
            ("services[0].name", json!("web")),
            ("services[0].desiredCount", json!(1)),
            ("services[0].taskDefinition.cpu", json!(512)),
            ("services[1]", Json::Null),
        ],
        &["a: left out: a later revision", "Assumed 0 : no file says the region"],
    );
}

#[test]
fn containers_may_be_json_in_a_text() {
    check(
        r#"[["TaskDefinition", "a", { "family": "web",
            "containerDefinitions": "[{\"name\":\"app\",\"cpu\":128,\"memory\":256}]" }]]"#,
        &[("services[0].taskDefinition.containerDefinitions[0].cpu", json!(128))],
        &[],
    );
    check(
        r#"[["TaskDefinition", "a", { "family": "web", "containerDefinitions": "[{" }]]"#,
        &[],
        &["Problem 1 a: containerDefinitions: the text is not JSON"],
    );
}

#[test]
fn what_is_not_known_is_asked_for_and_answers_are_taken() {
    let text = r#"[["Service", "svc", { "serviceName": "web", "desiredCount": { "$unknown": "var.count" },
        "taskDefinition": { "cpu": { "$unknown": "var.cpu" }, "memory": 1024,
        "containerDefinitions": [{ "name": "app", "image": { "$unknown": "var.tag" } }] } }]]"#;
    check(
        text,
        &[("services[0].desiredCount", json!(1))],
        &["Asked 2 var.cpu: svc: taskDefinition: cpu"],
    );
    let answers = BTreeMap::from([
        ("var.cpu".to_owned(), "512".to_owned()),
        ("var.count".to_owned(), "7".to_owned()),
    ]);
    let settings = ImportSettings { answers, ..ImportSettings::default() };
    let (scenario, said) = assembled(text, &settings);
    assert_eq!(scenario["services"][0]["desiredCount"], json!(7));
    assert_eq!(scenario["services"][0]["taskDefinition"]["cpu"], json!(512));
    assert!(!said.iter().any(|line| line.starts_with("Asked")), "{said:#?}");
}

#[test]
fn managed_instances_providers_become_capacity() {
    let provider = |name: &str, option: &str| {
        format!(
            r#"["CapacityProvider", "{name}", {{ "name": "{name}", "cluster": "shop",
            "managedInstancesProvider": {{ "infrastructureRoleArn": "x", "instanceLaunchTemplate": {{
              "capacityOptionType": "{option}", "networkConfiguration": {{ "subnets": ["a", "b"] }},
              "instanceRequirements": {{ "vCpuCount": {{ "min": 2, "max": 8 }}, "memoryMiB": {{ "min": 4096 }},
                "cpuManufacturers": ["amd"] }} }} }} }}]"#
        )
    };
    let requirements = "capacity.managedInstances.instanceRequirements";
    check(
        &format!("[{}, {}]", provider("base", "ON_DEMAND"), provider("spot", "SPOT")),
        &[
            ("zones", json!(2)),
            (&format!("{requirements}.vCpuCount"), json!({ "min": 2, "max": 8 })),
            (&format!("{requirements}.cpuManufacturers"), json!(["amd"])),
            (
                "capacityProviders",
                json!([{ "name": "base" }, { "name": "spot", "capacityOptionType": "SPOT" }]),
            ),
        ],
        &["2 subnets: one in each zone is assumed"],
    );
    check(
        &format!("[{}]", provider(crate::resource::UNNAMED, "SPOT")),
        &[("capacityProviders", Json::Null), ("pricing.purchaseOption", json!("SPOT"))],
        &[],
    );
}

#[test]
fn groups_are_read_with_their_templates() {
    check(
        r##"[["CapacityProvider", "cp", { "name": "cp", "autoScalingGroupProvider": {
              "autoScalingGroupArn": { "$ref": "asg" }, "managedTerminationProtection": "ENABLED",
              "managedScaling": { "status": "ENABLED", "targetCapacity": 80 } } }],
            ["AutoScalingGroup", "asg", { "minSize": 0, "maxSize": 10,
              "availabilityZones": ["eu-west-1a", "eu-west-1b"],
              "newInstancesProtectedFromScaleIn": true,
              "mixedInstancesPolicy": { "launchTemplate": {
                 "launchTemplateSpecification": { "launchTemplateId": { "$ref": "lt" } },
                 "overrides": [{ "instanceType": "m7g.large" }, { "instanceType": "m6g.large" }] },
                 "instancesDistribution": { "onDemandPercentageAboveBaseCapacity": 0 } } }],
            ["LaunchTemplate", "lt", { "launchTemplateData": { "instanceType": "m5.large",
              "imageId": "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id",
              "userData": "#!/bin/bash\necho ECS_CLUSTER=x >> /etc/ecs/ecs.config\necho 'ECS_RESERVED_MEMORY=256' >> /etc/ecs/ecs.config\necho 'ECS_INSTANCE_ATTRIBUTES={\"rack\":\"a\"}' >> /etc/ecs/ecs.config",
              "blockDeviceMappings": [{ "ebs": { "volumeSize": 50 } }] } }]]"##,
        &[
            ("region", json!("eu-west-1")),
            ("zones", json!(2)),
            ("capacity.autoScalingGroup.instanceTypes", json!(["m7g.large", "m6g.large"])),
            ("capacity.autoScalingGroup.memoryModel", json!("al2")),
            ("capacity.autoScalingGroup.reservedMemory", json!(256)),
            ("capacity.autoScalingGroup.attributes", json!({ "rack": "a" })),
            ("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(50)),
            ("capacity.autoScalingGroup.managedScaling.targetCapacity", json!(80)),
            ("capacity.autoScalingGroup.newInstancesProtectedFromScaleIn", json!(true)),
            ("capacityProviders[0].capacityOptionType", json!("SPOT")),
        ],
        &[],
    );
}

#[test]
fn scaling_finds_its_service_and_its_alarm() {
    check(
        r#"[["Service", "svc", { "serviceName": "web", "taskDefinition": { "cpu": 256, "memory": 512 } }],
            ["ScalableTarget", "t", { "resourceId": "service/shop/web", "serviceNamespace": "ecs",
              "minCapacity": 2, "maxCapacity": 20 }],
            ["ScalingPolicy", "p", { "scalingTarget": { "$ref": "t" },
              "targetTrackingScalingPolicyConfiguration": { "targetValue": 50.0, "scaleInCooldown": 60,
              "predefinedMetricSpecification": { "predefinedMetricType": "ECSServiceAverageMemoryUtilization" } } }],
            ["ScalingPolicy", "q", { "policyName": "out", "resourceId": "service/shop/web",
              "stepScalingPolicyConfiguration": { "adjustmentType": "ChangeInCapacity", "cooldown": 300,
              "stepAdjustments": [{ "metricIntervalLowerBound": "0", "scalingAdjustment": 2 }] } }],
            ["MetricAlarm", "a", { "metricName": "CPUUtilization", "namespace": "AWS/ECS", "threshold": 70,
              "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 2,
              "alarmActions": [{ "$ref": "q" }] }]]"#,
        &[
            ("services[0].desiredCount", json!(2)),
            (
                "services[0].autoScaling",
                json!({ "minCapacity": 2, "maxCapacity": 20, "scalingPolicies": [
                    { "targetTracking": { "predefinedMetricType": "ECSServiceAverageMemoryUtilization",
                      "targetValue": 50, "scaleInCooldown": 60 } },
                    { "stepScaling": { "threshold": 70, "comparisonOperator": "GreaterThanThreshold",
                      "evaluationPeriods": 2, "adjustmentType": "ChangeInCapacity", "stepAdjustments":
                      [{ "metricIntervalLowerBound": 0, "scalingAdjustment": 2 }] } }] }),
            ),
        ],
        &["desiredCount is not said: 2"],
    );
}

#[test]
fn one_cluster_can_be_chosen() {
    let text = r#"[["Cluster", "c1", { "clusterName": "one" }], ["Cluster", "c2", { "clusterName": "two" }],
        ["Service", "a", { "serviceName": "a", "cluster": { "$ref": "c1" }, "taskDefinition": { "cpu": 256 } }],
        ["Service", "b", { "serviceName": "b", "cluster": "arn:aws:ecs:x:1:cluster/two", "taskDefinition": { "cpu": 256 } }]]"#;
    let settings = ImportSettings { cluster: Some("two".to_owned()), ..ImportSettings::default() };
    let (scenario, said) = assembled(text, &settings);
    assert_eq!(scenario["services"].as_array().map(Vec::len), Some(1));
    assert_eq!(scenario["services"][0]["name"], json!("b"));
    assert_eq!(scenario["name"], json!("two"));
    assert!(said.iter().any(|line| line.contains("a: left out: it belongs to another cluster")));
}

#[test]
fn what_the_planner_refuses_is_told_with_its_line() {
    check(
        "[[\"Service\", \"svc\", { \"serviceName\": \"web\", \"desiredCount\": 1,\n\
          \"taskDefinition\": { \"cpu\": \"lots\", \"memory\": 1024 } }]]",
        &[("services[0].taskDefinition.cpu", json!("lots"))],
        &["Problem 2 : services[0].taskDefinition.cpu: lots is not an amount of CPU"],
    );
}

#[test]
fn daemons_fargate_and_what_cannot_be_planned() {
    check(
        r#"[["Service", "d", { "serviceName": "agent", "schedulingStrategy": "DAEMON",
              "taskDefinition": { "cpu": 64, "memory": 128 } }],
            ["Service", "f", { "serviceName": "api", "launchType": "FARGATE", "desiredCount": 1,
              "taskDefinition": { "cpu": 256, "memory": 512 } }],
            ["Service", "e", { "serviceName": "edge", "launchType": "EXTERNAL" }],
            ["Service", "g", { "serviceName": "ghost", "desiredCount": 1, "taskDefinition": "gone:2" }]]"#,
        &[
            ("daemons[0].name", json!("agent")),
            ("services[0].name", json!("api")),
            ("services[0].launchType", Json::Null),
            ("services[1].name", json!("ghost")),
        ],
        &[
            "Assumed 3 f: it runs on Fargate",
            "LeftOut 5 e: left out: it runs on external instances",
            "Problem 6 g: gone:2 is not among the files",
        ],
    );
}

mod capacity;
mod reasons;
