//! Whole configurations.

use super::of;
use crate::ImportSettings;
use serde_json::{Value as Json, json};

pub(super) fn check(files: &[(&str, &str)], expected: &[(&str, Json)], said: &[&str]) {
    let (import, all) = of(files, &ImportSettings::default());
    for (path, value) in expected {
        let got = eniac_core::scenario::document::get(&import.scenario, path);
        assert_eq!(got.unwrap_or(&Json::Null), value, "{path}: {:#} {all:#?}", import.scenario);
    }
    for part in said {
        assert!(all.iter().any(|line| line.contains(part)), "{part}: {all:#?}");
    }
}

const SHOP: &str = r#"
provider "aws" {
  region = var.region
}
variable "region" { default = "eu-west-1" }
variable "tag" {}
variable "services" {
  default = {
    web = { cpu = 512, memory = 1024, count = 4 }
    api = { cpu = 1024, memory = 2048, count = 2 }
  }
}
resource "aws_ecs_cluster" "main" { name = "shop" }
resource "aws_s3_bucket" "logs" {}
resource "aws_s3_bucket" "more" {}
resource "aws_ecs_task_definition" "this" {
  for_each = var.services
  family   = each.key
  cpu      = each.value.cpu
  memory   = each.value.memory
  container_definitions = <<EOF
[{ "name": "${each.key}", "image": "repo/${each.key}:${var.tag}", "essential": true,
   "cpu": ${each.value.cpu}, "portMappings": [{ "containerPort": 80 }] }]
EOF
}
resource "aws_ecs_service" "this" {
  for_each                           = var.services
  name                               = each.key
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.this[each.key].arn
  desired_count                      = each.value.count
  deployment_maximum_percent         = 150
  dynamic "ordered_placement_strategy" {
    for_each = ["cpu", "memory"]
    content {
      type  = "binpack"
      field = ordered_placement_strategy.value
    }
  }
  desired_cout = 3
}
resource "aws_appautoscaling_target" "this" {
  for_each           = aws_ecs_service.this
  min_capacity       = 2
  max_capacity       = 2 * var.services[each.key].count
  resource_id        = "service/${aws_ecs_cluster.main.name}/${each.value.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}
resource "aws_appautoscaling_policy" "this" {
  for_each           = aws_ecs_service.this
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
"#;

#[test]
fn a_configuration_becomes_a_scenario() {
    check(
        &[("main.tf", SHOP)],
        &[
            ("region", json!("eu-west-1")),
            ("name", json!("shop")),
            ("services[0].name", json!("api")),
            ("services[1].name", json!("web")),
            ("services[1].desiredCount", json!(4)),
            ("services[1].taskDefinition.cpu", json!(512)),
            ("services[1].taskDefinition.containerDefinitions[0].cpu", json!(512)),
            ("services[1].deploymentConfiguration.maximumPercent", json!(150)),
            (
                "services[1].placementStrategy",
                json!([{ "type": "binpack", "field": "cpu" }, { "type": "binpack", "field": "memory" }]),
            ),
            ("services[1].autoScaling.maxCapacity", json!(8)),
            ("services[1].autoScaling.scalingPolicies[0].targetTracking.targetValue", json!(60)),
        ],
        &[
            "no argument desired_cout, it is left out; did you mean desired_count?",
            "left out: 2 resources that decide no capacity: aws_s3_bucket (2)",
        ],
    );
}

#[test]
fn literals_can_be_found_again_in_their_files() {
    let text = "\u{feff}resource \"aws_ecs_task_definition\" \"a\" {\r\n  family = \"a\"\r\n  cpu    = 256\r\n  memory = \"512\"\r\n  \
                container_definitions = <<EOF\r\n[{ \"name\": \"a\",\r\n  \"cpu\": 64 }]\r\nEOF\r\n}\r\n";
    let (import, said) = of(&[("a.tf", text)], &ImportSettings::default());
    let plain = text.trim_start_matches('\u{feff}');
    let literal = |path: &str| {
        let origin = import.origins.iter().find(|it| it.path == path);
        let origin = origin.unwrap_or_else(|| panic!("{path} {:#?} {said:#?}", import.origins));
        let (start, end) = origin.span.expect("a literal");
        (origin.line, &plain[start as usize..end as usize])
    };
    let definition = "services[0].taskDefinition";
    assert_eq!(literal(&format!("{definition}.cpu")), (3, "256"));
    assert_eq!(literal(&format!("{definition}.memory")), (4, "\"512\""));
    assert_eq!(literal(&format!("{definition}.containerDefinitions[0].cpu")), (7, "64"));
}

const ROOT: &str = r#"
    module "cluster" { source = "./modules/cluster" }
    module "service" {
      source   = "./modules/service"
      for_each = { web = 3, job = 1 }
      name     = each.key
      cluster  = module.cluster.id
      amount   = each.value
    }
    module "vpc" {
      source = "terraform-aws-modules/vpc/aws"
      azs    = ["eu-west-1a", "eu-west-1b"]
    }
    module "again" {
      source  = "./modules/service"
      count   = var.with_again ? 1 : 0
      name    = "again"
      cluster = "x"
      amount  = 1
    }
    variable "with_again" {}
"#;

const CLUSTER: &str = r#"
    resource "aws_ecs_cluster" "this" { name = "shop" }
    output "id" { value = aws_ecs_cluster.this.id }
"#;

const SERVICE: &str = r#"
    variable "name" {}
    variable "cluster" {}
    variable "amount" { type = number }
    variable "cpu" { default = 256 }
    resource "aws_ecs_service" "this" {
      name            = var.name
      cluster         = var.cluster
      desired_count   = var.amount
      task_definition = "${aws_ecs_task_definition.this.family}:${aws_ecs_task_definition.this.revision}"
    }
    resource "aws_ecs_task_definition" "this" {
      family = "shop-${var.name}"
      cpu    = var.cpu
      memory = 2 * var.cpu
      container_definitions = jsonencode([{ name = var.name, image = var.name }])
    }
    output "name" { value = aws_ecs_service.this.name }
"#;

#[test]
fn modules_variables_and_outputs() {
    let files = [
        ("infra/main.tf", ROOT),
        ("infra/modules/cluster/main.tf", CLUSTER),
        ("infra\\modules\\service\\main.tf", SERVICE),
        ("infra/prod.auto.tfvars", "with_again = true"),
    ];
    check(
        &files,
        &[
            ("zones", json!(2)),
            ("services[0].name", json!("again")),
            ("services[1].name", json!("job")),
            ("services[2].name", json!("web")),
            ("services[2].desiredCount", json!(3)),
            ("services[2].taskDefinition.memory", json!(512)),
            ("services[2].taskDefinition.containerDefinitions[0].name", json!("web")),
        ],
        &[
            "infra/main.tf:10 module.vpc: left out: terraform-aws-modules/vpc/aws makes neither services",
        ],
    );
    check(
        &files[..3],
        &[("services[2].name", Json::Null)],
        &[
            "main.tf:14 module.again: left out: how many there are is not known: var.with_again",
            "Ask infra/main.tf:14 var.with_again for how many module.again there are",
        ],
    );
    let mut settings = ImportSettings::default();
    settings.answers.insert("with_again".to_owned(), "false".to_owned());
    let (import, said) = of(&files[..3], &settings);
    assert_eq!(import.scenario["services"].as_array().map(Vec::len), Some(2), "{said:#?}");
    assert!(import.questions.is_empty(), "{said:#?}");
}

const NODES: &str = r#"
    data "aws_ssm_parameter" "ami" {
      name = "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended"
    }
    data "aws_subnets" "private" {
      filter {
        name   = "availability-zone"
        values = var.availability_zones
      }
    }
    variable "availability_zones" { default = ["us-west-2a", "us-west-2b"] }
    variable "cluster" {}
    resource "aws_launch_template" "nodes" {
      image_id      = jsondecode(data.aws_ssm_parameter.ami.value)["image_id"]
      instance_type = "c6i.4xlarge"
      user_data = base64encode(<<-EOT
        #!/bin/bash
        echo ECS_CLUSTER=${var.cluster} >> /etc/ecs/ecs.config
        echo ECS_RESERVED_MEMORY=512 >> /etc/ecs/ecs.config
      EOT
      )
    }
    resource "aws_autoscaling_group" "nodes" {
      min_size = 1
      max_size = 10
      vpc_zone_identifier = data.aws_subnets.private.ids
      mixed_instances_policy {
        launch_template {
          launch_template_specification { launch_template_id = aws_launch_template.nodes.id }
          override { instance_type = "c6i.2xlarge" }
          override { instance_type = "c7i.2xlarge" }
        }
      }
    }
    resource "aws_ecs_capacity_provider" "nodes" {
      name = "nodes"
      auto_scaling_group_provider {
        auto_scaling_group_arn = aws_autoscaling_group.nodes.arn
        managed_scaling { target_capacity = 80 }
      }
    }
    resource "aws_ecs_task_definition" "web" {
      family = "web"
      memory = 512
      container_definitions = jsonencode([])
    }
"#;

#[test]
fn groups_with_their_images_and_what_the_agent_is_told() {
    check(
        &[("nodes.tf", NODES)],
        &[
            ("region", json!("us-west-2")),
            ("zones", json!(2)),
            ("capacity.autoScalingGroup.instanceTypes", json!(["c6i.2xlarge", "c7i.2xlarge"])),
            ("capacity.autoScalingGroup.memoryModel", json!("al2")),
            ("capacity.autoScalingGroup.reservedMemory", json!(512)),
            ("capacity.autoScalingGroup.managedScaling.targetCapacity", json!(80)),
        ],
        &[],
    );
}

#[test]
fn launch_configurations_templates_and_scripts_of_other_files() {
    let text = r#"
        resource "aws_launch_configuration" "old" {
          image_id      = data.aws_ami.ecs.id
          instance_type = "m5.large"
          spot_price    = "0.1"
          user_data     = templatefile("${path.module}/nodes.sh.tpl", { memory = 128 })
          root_block_device { volume_size = 60 }
        }
        data "aws_ami" "ecs" {
          filter {
            name   = "name"
            values = ["bottlerocket-aws-ecs-2-*"]
          }
        }
        resource "aws_autoscaling_group" "nodes" {
          min_size             = 0
          max_size             = 9
          launch_configuration = aws_launch_configuration.old.name
        }
        resource "aws_ecs_task_definition" "web" {
          family                = "web"
          memory                = 512
          container_definitions = templatefile("web.json.tpl", { name = "web", tag = var.tag })
        }
        variable "tag" {}
    "#;
    check(
        &[
            ("eu/main.tf", text),
            (
                "eu/nodes.sh.tpl",
                "#!/bin/bash\necho ECS_RESERVED_MEMORY=${memory} >> /etc/ecs/ecs.config\n",
            ),
            (
                "eu/web.json.tpl",
                "[\n{ \"name\": \"${name}\", \"image\": \"web:${tag}\", \"memory\": 400 }]",
            ),
        ],
        &[
            ("capacity.autoScalingGroup.instanceTypes", json!(["m5.large"])),
            ("capacity.autoScalingGroup.memoryModel", json!("bottlerocket")),
            ("capacity.autoScalingGroup.reservedMemory", json!(128)),
            ("capacity.autoScalingGroup.storageConfiguration.storageSizeGiB", json!(60)),
            ("services[0].taskDefinition.containerDefinitions[0].memory", json!(400)),
        ],
        &[],
    );
}

#[test]
fn services_of_a_module_of_the_registry_are_understood_by_their_inputs() {
    let text = r#"
        module "ecs" {
          source       = "terraform-aws-modules/ecs/aws"
          cluster_name = "lumen"
          services = {
            reader = {
              cpu           = 1024
              memory        = 4096
              desired_count = 5
              container_definitions = {
                app = { cpu = 768, image = "a", portMappings = [{ containerPort = 3000 }] }
              }
            }
          }
        }
        module "press" {
          source             = "git::https://github.com/terraform-aws-modules/terraform-aws-ecs.git//modules/service?ref=v6"
          name               = "press"
          cluster_arn        = module.ecs.cluster_arn
          enable_autoscaling = false
          capacity_provider_strategy = { on = { capacity_provider = "nodes", weight = 1 } }
          container_definitions = { app = { memory_reservation = 4096 } }
        }
        module "nodes" {
          source = "terraform-aws-modules/autoscaling/aws"
        }
    "#;
    check(
        &[("main.tf", text)],
        &[
            ("name", json!("lumen")),
            ("services[0].name", json!("reader")),
            ("services[0].desiredCount", json!(5)),
            ("services[0].taskDefinition.memory", json!(4096)),
            ("services[0].taskDefinition.containerDefinitions[0].name", json!("app")),
            (
                "services[0].taskDefinition.containerDefinitions[0].portMappings[0].containerPort",
                json!(3000),
            ),
            ("services[0].autoScaling.maxCapacity", json!(10)),
            ("services[0].autoScaling.scalingPolicies[0].targetTracking.targetValue", json!(75)),
            ("services[1].name", json!("press")),
            ("services[1].autoScaling", Json::Null),
            ("services[1].taskDefinition.cpu", json!(1024)),
            ("services[1].capacityProviderStrategy", Json::Null),
            ("services[1].taskDefinition.containerDefinitions[0].memoryReservation", json!(4096)),
        ],
        &[
            "nodes is left out of the strategy: it is not among the files",
            "module.press: memory is not said: 2048, the module's default",
            "module.nodes: left out: its source, terraform-aws-modules/autoscaling/aws, is not among",
        ],
    );
}
