//! What the AWS command line prints, as a scenario.

use super::*;
use crate::{ImportSettings, InputFile, import};
use serde_json::{Value as Json, json};

/// Files as one scenario: the paths have the values, and each part is in something that was said.
fn check(files: &[&str], values: &[(&str, Json)], parts: &[&str]) {
    let names: Vec<String> = (0..files.len()).map(|number| format!("{number}.json")).collect();
    let inputs: Vec<InputFile<'_>> = names
        .iter()
        .zip(files)
        .map(|(name, text)| InputFile { name, bytes: text.as_bytes() })
        .collect();
    let made = import(&inputs, &ImportSettings::default());
    for (path, value) in values {
        let got = eniac_core::scenario::document::get(&made.scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path} in {made:#?}");
    }
    for part in parts {
        assert!(made.notes.iter().any(|note| note.message.contains(part)), "{part} in {made:#?}");
    }
}

#[test]
fn keys_of_other_services_are_lowered() {
    let check = |key: &str, expected: &str| assert_eq!(camel(key), expected);
    check("MinSize", "minSize");
    check("VPCZoneIdentifier", "vpcZoneIdentifier");
    check("VCpuCount", "vCpuCount");
    check("MemoryMiB", "memoryMiB");
    check("vCpuCount", "vCpuCount");
    check("ARN", "arn");
    check("", "");
}

const DEFINITION: &str = r#"{ "taskDefinition": {
    "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
    "family": "web", "revision": 7, "cpu": "512", "memory": "1024", "networkMode": "awsvpc",
    "containerDefinitions": [{ "name": "app", "image": "x", "cpu": 0, "essential": true }] }, "tags": [] }"#;

const SERVICES: &str = r#"{ "services": [{
    "serviceArn": "arn:aws:ecs:eu-west-1:123456789012:service/shop/web", "serviceName": "web",
    "clusterArn": "arn:aws:ecs:eu-west-1:123456789012:cluster/shop", "desiredCount": 6, "runningCount": 6,
    "capacityProviderStrategy": [{ "capacityProvider": "group", "base": 0, "weight": 1 }],
    "taskDefinition": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
    "deploymentConfiguration": { "maximumPercent": 150, "minimumHealthyPercent": 100 },
    "deployments": [{ "id": "x" }], "events": [] }],
    "failures": [{ "arn": "arn:x", "reason": "MISSING" }] }"#;

#[test]
fn answers_complete_each_other() {
    check(
        &[
            SERVICES,
            DEFINITION,
            r#"{ "capacityProviders": [{ "name": "group", "status": "ACTIVE", "autoScalingGroupProvider": {
                "autoScalingGroupArn": "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/group",
                "managedScaling": { "status": "ENABLED", "targetCapacity": 90 } } }] }"#,
            r#"{ "AutoScalingGroups": [{ "AutoScalingGroupName": "group", "AutoScalingGroupARN":
                "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/group",
                "MinSize": 1, "MaxSize": 9, "DesiredCapacity": 2, "AvailabilityZones": ["eu-west-1a", "eu-west-1b"],
                "LaunchTemplate": { "LaunchTemplateId": "lt-1", "Version": "$Latest" } }] }"#,
            r#"{ "LaunchTemplateVersions": [
                { "LaunchTemplateId": "lt-1", "VersionNumber": 1, "LaunchTemplateData": { "InstanceType": "m5.large" } },
                { "LaunchTemplateId": "lt-1", "VersionNumber": 2, "LaunchTemplateData": { "InstanceType": "m7g.large",
                  "UserData": "RUNTX1JFU0VSVkVEX01FTU9SWT0yNTY=" } }] }"#,
        ],
        &[
            ("region", json!("eu-west-1")),
            ("zones", json!(2)),
            ("services[0].name", json!("web")),
            ("services[0].desiredCount", json!(6)),
            ("services[0].taskDefinition.cpu", json!(512)),
            ("services[0].deploymentConfiguration", json!({ "maximumPercent": 150 })),
            ("services[1]", Json::Null),
            ("capacity.autoScalingGroup.instanceTypes", json!(["m7g.large"])),
            ("capacity.autoScalingGroup.reservedMemory", json!(256)),
            ("capacity.autoScalingGroup.maxSize", json!(9)),
            ("capacity.autoScalingGroup.managedScaling.targetCapacity", json!(90)),
            ("capacityProviders", json!([{ "name": "group" }])),
        ],
        &["ECS did not give this: MISSING", "takes version 1 of the launch template"],
    );
}

#[test]
fn instances_have_the_tasks_that_run_on_them() {
    check(
        &[
            SERVICES,
            DEFINITION,
            r#"{ "containerInstances": [{ "containerInstanceArn": "arn:aws:ecs:eu-west-1:1:container-instance/a",
                "ec2InstanceId": "i-1", "status": "DRAINING", "agentConnected": true, "runningTasksCount": 2,
                "versionInfo": { "agentVersion": "1.80.0" }, "registeredResources": [],
                "attributes": [{ "name": "ecs.instance-type", "value": "m5.large" },
                  { "name": "ecs.availability-zone", "value": "eu-west-1a" }, { "name": "rack", "value": "a" },
                  { "name": "ecs.capability.x" }] }] }"#,
            r#"{ "tasks": [
                { "group": "service:web", "containerInstanceArn": "arn:aws:ecs:eu-west-1:1:container-instance/a" },
                { "group": "service:web", "containerInstanceArn": "arn:aws:ecs:eu-west-1:1:container-instance/a" }] }"#,
        ],
        &[(
            "containerInstances",
            json!([{ "instanceType": "m5.large", "ec2InstanceId": "i-1", "availabilityZone": "eu-west-1a",
                "status": "DRAINING", "agentVersion": "1.80.0", "attributes": { "rack": "a" },
                "tasks": [{ "service": "web", "count": 2 }] }]),
        )],
        &[],
    );
}

#[test]
fn definitions_and_inputs_stand_alone_or_after_each_other() {
    check(
        &[
            "{ \"family\": \"a\", \"containerDefinitions\": [{ \"name\": \"x\", \"memory\": 128 }] }\n\
           { \"family\": \"b\", \"containerDefinitions\": [{ \"name\": \"x\", \"memory\": 256 }] }",
        ],
        &[("services[0].name", json!("b")), ("services[1].name", json!("a"))],
        &["no service runs this definition"],
    );
    check(
        &[r#"[{ "serviceName": "web", "desiredCount": 2, "taskDefinition": "web" }]"#, DEFINITION],
        &[
            ("services[0].desiredCount", json!(2)),
            ("services[0].taskDefinition.memory", json!(1024)),
        ],
        &[],
    );
}

#[test]
fn what_is_no_part_of_a_cluster_is_told() {
    check(
        &[r#"{ "taskDefinition": { "family": "a", "containerDefinitions": [] }, "buckets": [] }"#],
        &[],
        &["left out: buckets: no part of a cluster"],
    );
    check(&[r#"{ "services": ["a", "b"], "x": 1 }"#], &[], &["none of the formats"]);
}

#[test]
fn account_settings_are_read_and_settings_of_others_are_not() {
    let group = r#"{ "autoScalingGroups": [{ "autoScalingGroupName": "g", "minSize": 1, "maxSize": 2,
        "launchTemplate": { "launchTemplateName": "lt", "version": "1" } }] }"#;
    let template = |number: u8, kind: &str| {
        format!(
            r#"{{ "launchTemplateVersions": [{{ "launchTemplateId": "lt-1", "launchTemplateName": "lt", "versionNumber": {number},
                "defaultVersion": false, "launchTemplateData": {{ "instanceType": "{kind}" }} }}] }}"#
        )
    };
    check(
        &[
            group,
            &template(2, "m7g.large"),
            &template(1, "m5.large"),
            &template(1, "m6i.large"),
            r#"{ "settings": [{ "name": "awsvpcTrunking", "value": "enabled", "principalArn": "arn:aws:iam::1:root" },
                { "name": "containerInsights", "value": "enabled" }] }"#,
        ],
        &[
            ("capacity.autoScalingGroup.awsvpcTrunking", json!(true)),
            ("capacity.autoScalingGroup.instanceTypes", json!(["m5.large"])),
        ],
        &[
            "awsvpcTrunking is on: enabled",
            "the account settings containerInsights",
            "the same version of the launch template",
            "takes version 2 of the launch template",
        ],
    );
    check(&[r#"{ "settings": { "editor": 2 } }"#], &[], &["none of the formats"]);
}
