//! Plans and states as Terraform prints them, as a scenario.

use crate::{ImportSettings, InputFile, NoteKind, import};
use serde_json::{Value as Json, json};

/// Imports one text and gives the scenario with everything that is said of it.
fn imported(text: &str) -> (Json, Vec<String>) {
    let file = InputFile { name: "state.json", bytes: text.as_bytes() };
    let import = import(&[file], &ImportSettings::default());
    let said = import
        .notes
        .iter()
        .map(|it| format!("{:?} {} {}: {}", it.kind, it.line.unwrap_or(0), it.subject, it.message));
    let asked = import.questions.iter().map(|it| format!("Ask {}", it.expression));
    (import.scenario, said.chain(asked).collect())
}

fn check(text: &str, expected: &[(&str, Json)], said: &[&str]) {
    let (scenario, all) = imported(text);
    for (path, value) in expected {
        let got = eniac_core::scenario::document::get(&scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path}: {scenario:#} {all:#?}");
    }
    for part in said {
        assert!(all.iter().any(|line| line.contains(part)), "{part}: {all:#?}");
    }
}

fn resource(kind: &str, name: &str, values: &Json) -> Json {
    json!({ "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 1, "values": values })
}

/// A state as `terraform show -json` prints it, of `count` services on one group.
pub(super) fn state(count: usize) -> String {
    let arn = |what: &str| format!("arn:aws:ecs:eu-west-1:123456789012:{what}");
    let mut resources = vec![
        resource(
            "aws_ecs_cluster",
            "main",
            &json!({ "arn": arn("cluster/shop"), "id": arn("cluster/shop"), "name": "shop",
                "configuration": [], "setting": [{ "name": "containerInsights", "value": "enabled" }],
                "service_connect_defaults": [], "tags": null, "tags_all": {} }),
        ),
        resource(
            "aws_launch_template",
            "nodes",
            &json!({ "id": "lt-0abc", "name": "nodes", "instance_type": "m7g.2xlarge",
                "image_id": "resolve:ssm:/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id",
                "user_data": "RUNTX1JFU0VSVkVEX01FTU9SWT0yNTYK", "iam_instance_profile": [],
                "block_device_mappings": [{ "device_name": "/dev/xvda", "ebs": [{ "volume_size": 40,
                "iops": 0, "volume_type": "gp3", "encrypted": "" }], "no_device": "", "virtual_name": "" }],
                "instance_requirements": [], "instance_market_options": [], "latest_version": 3 }),
        ),
        resource(
            "aws_autoscaling_group",
            "nodes",
            &json!({ "arn": "arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:x:autoScalingGroupName/nodes",
                "name": "nodes", "min_size": 2, "max_size": 80, "desired_capacity": 12,
                "availability_zones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"], "warm_pool": [],
                "launch_template": [{ "id": "lt-0abc", "name": "nodes", "version": "$Latest" }],
                "mixed_instances_policy": [], "default_cooldown": 300, "force_delete": false }),
        ),
        resource(
            "aws_ecs_capacity_provider",
            "nodes",
            &json!({ "arn": arn("capacity-provider/nodes"), "name": "nodes", "managed_instances_provider": [],
                "auto_scaling_group_provider": [{ "managed_draining": "ENABLED",
                "auto_scaling_group_arn": "arn:aws:autoscaling:eu-west-1:1:autoScalingGroup:x:autoScalingGroupName/nodes",
                "managed_termination_protection": "DISABLED", "managed_scaling": [{ "status": "ENABLED",
                "target_capacity": 90, "instance_warmup_period": 120, "maximum_scaling_step_size": 100,
                "minimum_scaling_step_size": 1 }] }] }),
        ),
    ];
    for number in 0..count {
        let name = format!("service-{number:03}");
        let containers = json!([
            { "name": "app", "image": "registry.example/app:1", "cpu": 256, "memory": 512, "essential": true,
              "portMappings": [{ "containerPort": 8080, "hostPort": 0, "protocol": "tcp" }],
              "environment": (0..20).map(|it| json!({ "name": format!("SETTING_{it}"), "value": "on" })).collect::<Vec<_>>(),
              "mountPoints": [], "volumesFrom": [] },
            { "name": "log-router", "image": "registry.example/log:3", "cpu": 64, "memoryReservation": 64 },
        ]);
        resources.push(resource(
            "aws_ecs_task_definition",
            &name,
            &json!({ "arn": arn(&format!("task-definition/{name}:7")), "family": name, "revision": 7,
                "cpu": "", "memory": "", "network_mode": "bridge", "volume": [], "ipc_mode": "",
                "container_definitions": containers.to_string(), "runtime_platform": [{
                "cpu_architecture": "ARM64", "operating_system_family": "" }], "tags_all": {} }),
        ));
        resources.push(resource(
            "aws_ecs_service",
            &name,
            &json!({ "name": name, "cluster": arn("cluster/shop"), "desired_count": 2 + number % 5,
                "task_definition": arn(&format!("task-definition/{name}:7")), "launch_type": "",
                "iam_role": "", "deployment_maximum_percent": 200, "scheduling_strategy": "REPLICA",
                "deployment_minimum_healthy_percent": 100, "availability_zone_rebalancing": "ENABLED",
                "capacity_provider_strategy": [{ "base": 0, "capacity_provider": "nodes", "weight": 1 }],
                "ordered_placement_strategy": [{ "type": "spread", "field": "attribute:ecs.availability-zone" }],
                "placement_constraints": [], "network_configuration": [], "load_balancer": [],
                "deployment_circuit_breaker": [{ "enable": true, "rollback": true }] }),
        ));
        resources.push(resource(
            "aws_appautoscaling_target",
            &name,
            &json!({ "min_capacity": 2, "max_capacity": 20, "resource_id": format!("service/shop/{name}"),
                "scalable_dimension": "ecs:service:DesiredCount", "service_namespace": "ecs" }),
        ));
        resources.push(resource(
            "aws_appautoscaling_policy",
            &name,
            &json!({ "name": format!("{name}-cpu"), "policy_type": "TargetTrackingScaling",
                "resource_id": format!("service/shop/{name}"), "service_namespace": "ecs",
                "scalable_dimension": "ecs:service:DesiredCount", "step_scaling_policy_configuration": [],
                "target_tracking_scaling_policy_configuration": [{ "target_value": 60,
                "disable_scale_in": false, "scale_in_cooldown": 300, "scale_out_cooldown": 60,
                "customized_metric_specification": [], "predefined_metric_specification": [{
                "predefined_metric_type": "ECSServiceAverageCPUUtilization", "resource_label": "" }] }] }),
        ));
        resources.push(resource("aws_cloudwatch_log_group", &name, &json!({ "name": name })));
    }
    json!({ "format_version": "1.0", "terraform_version": "1.9.8",
        "values": { "root_module": { "resources": resources } } })
    .to_string()
}

#[test]
fn a_state_becomes_a_scenario() {
    check(
        &state(3),
        &[
            ("region", json!("eu-west-1")),
            ("zones", json!(3)),
            ("name", json!("shop")),
            ("services[2].name", json!("service-002")),
            ("services[2].desiredCount", json!(4)),
            ("services[2].taskDefinition.containerDefinitions[0].memory", json!(512)),
            ("services[2].taskDefinition.runtimePlatform.cpuArchitecture", json!("ARM64")),
            ("services[2].autoScaling.scalingPolicies[0].targetTracking.targetValue", json!(60)),
            ("capacity.autoScalingGroup.instanceTypes", json!(["m7g.2xlarge"])),
            ("capacity.autoScalingGroup.maxSize", json!(80)),
            ("capacity.autoScalingGroup.memoryModel", json!("bottlerocket")),
            ("capacity.autoScalingGroup.reservedMemory", json!(256)),
            ("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(40)),
            ("capacity.autoScalingGroup.managedScaling.targetCapacity", json!(90)),
            ("capacityProviders[0].name", json!("nodes")),
        ],
        &["left out: 3 resources that decide no capacity: aws_cloudwatch_log_group (3)"],
    );
    let (_, said) = imported(&state(3));
    let problems = said.iter().filter(|it| it.starts_with(&format!("{:?}", NoteKind::Problem)));
    assert_eq!(problems.count(), 0, "{said:#?}");
}

#[test]
fn a_plan_tells_by_its_configuration_what_it_does_not_know_yet() {
    let values = |kind: &str, address: &str, index: &str, values: Json| {
        json!({ "address": address, "mode": "managed", "type": kind, "name": "this", "index": index,
            "values": values })
    };
    let plan = json!({ "format_version": "1.2", "terraform_version": "1.9.8",
        "variables": { "region": { "value": "eu-north-1" } },
        "planned_values": { "root_module": { "child_modules": [{ "address": "module.app[\"api\"]",
            "resources": [
                values("aws_ecs_task_definition", "module.app[\"api\"].aws_ecs_task_definition.this[\"x\"]", "x",
                    json!({ "family": "api", "cpu": "512", "memory": "1024",
                        "container_definitions": "[{\"name\":\"api\"}]" })),
                values("aws_ecs_task_definition", "module.app[\"api\"].aws_ecs_task_definition.this[\"y\"]", "y",
                    json!({ "family": "worker", "cpu": "256", "memory": "512" })),
                values("aws_ecs_service", "module.app[\"api\"].aws_ecs_service.this[\"y\"]", "y",
                    json!({ "name": "worker", "desired_count": 3, "load_balancer": [{ "container_name": "w",
                        "container_port": 80 }] })),
            ] }] } },
        "configuration": {
            "provider_config": { "aws": { "expressions": { "region": { "references": ["var.region"] } } } },
            "root_module": { "module_calls": { "app": { "expressions": {}, "module": { "resources": [
                { "address": "aws_ecs_service.this", "expressions": { "task_definition": { "references":
                    ["aws_ecs_task_definition.this", "each.key"] } } }] } } } } } });
    check(
        &plan.to_string(),
        &[
            ("region", json!("eu-north-1")),
            ("services[0].name", json!("worker")),
            ("services[0].taskDefinition.cpu", json!(256)),
        ],
        &[],
    );
}

#[test]
fn a_state_file_of_terraform_itself() {
    let state = json!({ "version": 4, "terraform_version": "1.9.8", "serial": 12, "lineage": "a", "resources": [
        { "module": "module.app", "mode": "managed", "type": "aws_ecs_task_definition", "name": "this",
          "instances": [{ "index_key": 0, "attributes": { "family": "api", "cpu": "512", "memory": "1024",
            "arn": "arn:aws:ecs:eu-west-3:1:task-definition/api:2", "requires_compatibilities": ["FARGATE"] } }] },
        { "mode": "managed", "type": "aws_ecs_service", "name": "api", "instances": [{ "attributes": {
            "name": "api", "desired_count": 4, "task_definition": "arn:aws:ecs:eu-west-3:1:task-definition/api:2",
            "launch_type": "FARGATE", "something_new": 3 } }] }] });
    check(
        &state.to_string(),
        &[
            ("region", json!("eu-west-3")),
            ("services[0].desiredCount", json!(4)),
            ("services[0].taskDefinition.memory", json!(1024)),
        ],
        &["something_new is left out: eniac does not know it in aws_ecs_service"],
    );
    let older = json!({ "version": 3, "terraform_version": "0.11", "serial": 1, "resources": [], "modules": [] });
    check(&older.to_string(), &[], &["a state file of another version than 4"]);
}

#[test]
fn a_state_has_the_latest_version_of_a_launch_template() {
    let with = |version: &str| {
        state(1)
            .replace("\"version\":\"$Latest\"", &format!("\"version\":\"{version}\""))
            .replace("\"latest_version\":3", "\"latest_version\":3,\"default_version\":1")
    };
    let cases = [
        ("$Latest", None),
        ("3", None),
        ("$Default", Some("version 3 is taken")),
        ("2", Some("version 2 of its launch template is not among the files: version 3 is taken")),
    ];
    for (version, part) in cases {
        let text = with(version);
        assert!(text.contains(version) && text.contains("default_version"), "{text}");
        check(
            &text,
            &[("capacity.autoScalingGroup.instanceTypes", json!(["m7g.2xlarge"]))],
            part.as_slice(),
        );
        let (_, all) = imported(&text);
        let is_told = all.iter().any(|line| line.contains("of its launch template"));
        assert_eq!(is_told, part.is_some(), "{all:#?}");
    }
}
