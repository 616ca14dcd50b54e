//! What is left out has its own reason where it decides something.

use super::{assembled, check};
use crate::ImportSettings;
use serde_json::json;

/// A field of a kind, and the reason that is told; nothing: it is told as deciding nothing.
fn reason(kind: &str, field: &str, because: Option<&str>) {
    let body = |rest: &str| match kind {
        "template" => format!(
            r#"["AutoScalingGroup", "g", {{ "launchTemplate": {{ "launchTemplateId": {{ "$ref": "lt" }} }} }}],
               ["LaunchTemplate", "lt", {{ "launchTemplateData": {{ "instanceType": "m5.large", {rest} }} }}]"#
        ),
        "group" => {
            format!(r#"["AutoScalingGroup", "g", {{ "instanceType": "m5.large", {rest} }}]"#)
        }
        "target" => format!(
            r#"["Service", "s", {{ "serviceName": "web", "taskDefinition": {{ "cpu": 256, "memory": 512 }} }}],
               ["ScalableTarget", "t", {{ "resourceId": "service/c/web", "minCapacity": 1, "maxCapacity": 2, {rest} }}]"#
        ),
        "container" => format!(
            r#"["TaskDefinition", "d", {{ "family": "web", "containerDefinitions": [{{ "name": "app", "cpu": 256, "memory": 512, {rest} }}] }}]"#
        ),
        _ => format!(
            r#"["Service", "s", {{ "serviceName": "web", "desiredCount": 1, "taskDefinition": {{ "cpu": 256, "memory": 512 }}, {rest} }}]"#
        ),
    };
    let text = format!("[{}]", body(field));
    let name = field.split('"').nth(1).unwrap();
    let expected =
        because.map_or_else(|| name.to_owned(), |because| format!("{name} is left out: {because}"));
    check(&text, &[], &[&expected]);
    let (_, notes) = assembled(&text, &ImportSettings::default());
    let is_neutral = |line: &String| line.contains("decides neither") && line.contains(name);
    assert_eq!(notes.iter().any(is_neutral), because.is_none(), "{field}: {notes:#?}");
}

#[test]
fn each_field_has_its_reason() {
    let cases = [
        (
            "template",
            r#""cpuOptions": { "coreCount": 1, "threadsPerCore": 1 }"#,
            Some("an instance may have fewer vCPUs"),
        ),
        (
            "template",
            r#""cpuOptions": { "amdSevSnp": "enabled" }"#,
            Some("AWS charges for AMD SEV-SNP"),
        ),
        (
            "template",
            r#""placement": { "tenancy": "dedicated" }"#,
            Some("Dedicated Instances and Hosts have prices"),
        ),
        ("template", r#""placement": { "tenancy": "default" }"#, None),
        (
            "template",
            r#""placement": { "groupName": "rack" }"#,
            Some("a placement group decides where"),
        ),
        (
            "template",
            r#""creditSpecification": { "cpuCredits": "unlimited" }"#,
            Some("AWS charges for surplus"),
        ),
        ("template", r#""creditSpecification": { "cpuCredits": "standard" }"#, None),
        ("template", r#""enclaveOptions": { "enabled": true }"#, Some("an enclave takes vCPUs")),
        (
            "template",
            r#""networkInterfaces": [{}, {}]"#,
            Some("each network interface beyond the first"),
        ),
        ("template", r#""networkInterfaces": [{}]"#, None),
        ("group", r#""placementGroup": "rack""#, Some("a placement group decides where")),
        ("group", r#""desiredCapacityType": "vcpu""#, Some("sizes of the group that count vCPUs")),
        ("group", r#""desiredCapacityType": "units""#, None),
        (
            "group",
            r#""suspendedProcesses": [{ "processName": "Launch" }]"#,
            Some("what it suspends is planned"),
        ),
        ("group", r#""terminationPolicies": ["Default"]"#, None),
        (
            "group",
            r#""terminationPolicies": ["OldestInstance"]"#,
            Some("it decides which instance goes first"),
        ),
        (
            "target",
            r#""suspendedState": { "dynamicScalingInSuspended": true }"#,
            Some("the scaling that it suspends"),
        ),
        ("target", r#""suspendedState": { "dynamicScalingInSuspended": false }"#, None),
        (
            "service",
            r#""deploymentController": { "type": "EXTERNAL" }"#,
            Some("a scenario has nothing for task sets"),
        ),
        ("service", r#""deploymentController": { "type": "ECS" }"#, None),
        ("service", r#""taskSets": [{}]"#, Some("a scenario has nothing for task sets")),
        (
            "container",
            r#""essential": false"#,
            Some("a scenario has nothing for a container that may end"),
        ),
        ("container", r#""essential": true"#, None),
    ];
    for (kind, field, because) in cases {
        reason(kind, field, because);
    }
}

#[test]
fn what_is_read_elsewhere_is_not_told_as_deciding_nothing() {
    let text = r#"[["AutoScalingGroup", "g", { "instanceType": "m5.large", "vpcZoneIdentifier": "a,b" }],
        ["Service", "s", { "serviceName": "web", "desiredCount": 1, "taskDefinition": { "cpu": 256, "memory": 512 },
          "deploymentController": { "type": "CODE_DEPLOY" },
          "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["a"], "securityGroups": ["g"] } } }]]"#;
    check(
        text,
        &[
            ("zones", json!(2)),
            ("services[0].deploymentConfiguration.strategy", json!("BLUE_GREEN")),
        ],
        &[
            "CODE_DEPLOY is planned as ECS's own blue/green deployment",
            "s: networkConfiguration: left out, since it decides neither what fits nor where: securityGroups",
        ],
    );
    let (_, notes) = assembled(text, &ImportSettings::default());
    let told =
        |name: &str| notes.iter().any(|line| line.contains("decides") && line.ends_with(name));
    for name in ["vpcZoneIdentifier", "subnets", "networkConfiguration", "deploymentController"] {
        assert!(!told(name), "{notes:#?}");
    }
}

#[test]
fn a_definition_of_two_services_is_told_once() {
    let text = r#"[["TaskDefinition", "d", { "family": "web", "cpu": { "$unknown": "var.cpu" }, "executionRoleArn": "r",
          "containerDefinitions": [{ "name": "app", "image": "x", "resourceRequirements": [{ "type": "Odd", "value": "1" }] }] }],
        ["Service", "a", { "serviceName": "a", "desiredCount": 1, "taskDefinition": "web" }],
        ["Service", "b", { "serviceName": "b", "desiredCount": 1, "taskDefinition": "web" }]]"#;
    let (_, notes) = assembled(text, &ImportSettings::default());
    for part in ["executionRoleArn", "where: image", "a device is left out", "var.cpu"] {
        assert_eq!(notes.iter().filter(|line| line.contains(part)).count(), 1, "{part} {notes:#?}");
    }
}

#[test]
fn a_least_of_nothing_is_told() {
    check(
        r#"[["CapacityProvider", "mi", { "name": "mi", "managedInstancesProvider": { "instanceLaunchTemplate": {
            "instanceRequirements": { "vCpuCount": {}, "memoryMiB": { "max": 4096 } } } } }]]"#,
        &[(
            "capacity.managedInstances.instanceRequirements",
            json!({ "memoryMiB": { "max": 4096 } }),
        )],
        &["vCpuCount has neither a least nor a greatest"],
    );
}
