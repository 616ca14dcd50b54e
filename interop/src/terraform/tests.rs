//! The table of arguments: each name leads to the API's, and nothing stands in it twice.

use super::*;
use crate::{ImportSettings, InputFile, import};
use serde_json::{Value as Json, json};

#[test]
fn names_become_the_apis() {
    let check = |kind: &str, name: &str, expected: &str| {
        let kind = resource_type(kind).unwrap();
        let argument = kind.arguments.iter().find(|it| it.name == name).unwrap();
        assert_eq!(argument.path(), expected);
    };
    check("aws_ecs_service", "desired_count", "desiredCount");
    let percent = "deploymentConfiguration.maximumPercent";
    check("aws_ecs_service", "deployment_maximum_percent", percent);
    check("aws_launch_template", "image_id", "launchTemplateData.imageId");
    check("aws_ecs_cluster_capacity_providers", "cluster_name", "cluster");
}

/// No table has a name twice: the second would never be read.
fn unique(kind: &str, arguments: &[Argument]) {
    let mut names = std::collections::BTreeSet::new();
    for argument in arguments {
        assert!(names.insert(argument.name), "{kind}: {}", argument.name);
        if let Shape::Block(inner) | Shape::Blocks(inner) = argument.shape {
            unique(argument.name, inner);
        }
    }
}

#[test]
fn no_argument_stands_twice() {
    for kind in TYPES {
        unique(kind.name, kind.arguments);
    }
}

/// A configuration as a scenario: the paths have the values, and each part is in something said.
fn check(text: &str, values: &[(&str, Json)], parts: &[&str]) {
    let file = InputFile { name: "main.tf", bytes: text.as_bytes() };
    let made = import(&[file], &ImportSettings::default());
    for (path, value) in values {
        let got = eniac_core::scenario::document::get(&made.scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path} in {made:#?}");
    }
    for part in parts {
        assert!(made.notes.iter().any(|note| note.message.contains(part)), "{part} in {made:#?}");
    }
}

const PROVIDER: &str = r#"
resource "aws_ecs_capacity_provider" "cp" {
  name = "cp"
  auto_scaling_group_provider { auto_scaling_group_arn = aws_autoscaling_group.g.arn }
}
"#;

#[test]
fn volumes_and_versions_of_a_launch_template() {
    let with = |version: &str| {
        format!(
            r#"{PROVIDER}
resource "aws_autoscaling_group" "g" {{
  min_size = 0
  max_size = 9
  launch_template {{
    id = aws_launch_template.t.id
    {version}
  }}
}}
resource "aws_launch_template" "t" {{
  instance_type = "m5.large"
  cpu_options {{
    core_count       = 1
    threads_per_core = 1
  }}
  placement {{ tenancy = "dedicated" }}
  block_device_mappings {{
    device_name = "/dev/xvda"
    ebs {{ volume_size = 30 }}
  }}
  block_device_mappings {{
    device_name = "/dev/xvdb"
    ebs {{
      volume_size = 300
      volume_type = "gp3"
      throughput  = 500
    }}
  }}
}}"#
        )
    };
    let values = [("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(330))];
    let parts = [
        "its volumes of 30 + 300 GiB are priced together as one of 330 GiB",
        "throughput 500 is left out",
        "cpuOptions is left out: an instance may have fewer vCPUs",
        "placement is left out: Dedicated Instances",
    ];
    for version in ["", "version = \"$Latest\"", "version = aws_launch_template.t.latest_version"] {
        check(&with(version), &values, &parts);
    }
    let told =
        "version 2 of its launch template is asked for, and the files have the template without";
    check(&with("version = 2"), &values, &[told]);
}

#[test]
fn volumes_of_a_launch_configuration() {
    let text = format!(
        r#"{PROVIDER}
resource "aws_autoscaling_group" "g" {{
  min_size             = 0
  max_size             = 9
  launch_configuration = aws_launch_configuration.c.name
}}
resource "aws_launch_configuration" "c" {{
  image_id          = "ami-1"
  instance_type     = "m5.large"
  placement_tenancy = "dedicated"
  root_block_device {{
    volume_size = 30
    volume_type = "io1"
    iops        = 200
  }}
  ebs_block_device {{
    device_name = "/dev/xvdb"
    volume_size = 100
  }}
}}"#
    );
    check(
        &text,
        &[("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(130))],
        &["30 + 100 GiB", "volumeType io1 is left out", "placement is left out: Dedicated"],
    );
}

#[test]
fn account_settings_and_what_a_scenario_has_nothing_for() {
    let group = r#"
resource "aws_autoscaling_group" "g" {
  min_size = 0
  max_size = 9
}
resource "aws_autoscaling_schedule" "night" { autoscaling_group_name = "g" }
resource "aws_autoscaling_policy" "own" { name = "own" }
resource "aws_appautoscaling_scheduled_action" "day" { name = "day" }
resource "aws_ecs_task_set" "green" { service = "web" }
resource "aws_iam_role" "role" { name = "role" }
"#;
    for kind in ["aws_ecs_account_setting_default", "aws_ecs_account_setting"] {
        let setting = format!(
            "resource \"{kind}\" \"t\" {{\n name = \"awsvpcTrunking\"\n value = \"enabled\"\n}}\n"
        );
        check(
            &format!("{PROVIDER}{group}{setting}"),
            &[("capacity.autoScalingGroup.awsvpcTrunking", json!(true))],
            &[
                "awsvpcTrunking is on",
                "aws_autoscaling_schedule (1): a scenario has nothing for it: it changes the sizes",
                "aws_autoscaling_policy (1): a scenario has nothing for it: it scales a group",
                "aws_appautoscaling_scheduled_action (1): a scenario has nothing for it: it changes",
                "aws_ecs_task_set (1): a scenario has nothing for it: it is a part of a service",
                "left out: 1 resource that decide no capacity: aws_iam_role (1)",
            ],
        );
    }
}

#[test]
fn a_least_of_nothing_is_told() {
    check(
        r#"resource "aws_ecs_capacity_provider" "mi" {
  name = "mi"
  managed_instances_provider {
    infrastructure_role_arn = "r"
    instance_launch_template {
      ec2_instance_profile_arn = "p"
      network_configuration { subnets = ["a", "b"] }
      instance_requirements {
        vcpu_count { min = 0 }
        memory_mib {
          min = 0
          max = 4096
        }
      }
    }
  }
}"#,
        &[
            (
                "capacity.managedInstances.instanceRequirements",
                json!({ "memoryMiB": { "max": 4096 } }),
            ),
            ("zones", json!(2)),
        ],
        &["vCpuCount has neither a least nor a greatest"],
    );
}
