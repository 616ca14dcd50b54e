# Borealis Outfitters: the shop's cluster in eu-north-1.
terraform {
  required_version = ">= 1.6"
  backend "s3" {
    bucket = "borealis-terraform-state"
    key    = "shop/terraform.tfstate"
    region = "eu-north-1"
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

locals {
  name = "${var.project}-${var.environment}"
  tags = {
    Project     = var.project
    Environment = var.environment
  }
  is_production = var.environment == "production"

  # The web tier needs headroom on launch days.
  services = {
    storefront = { cpu = 1024, memory = 2048, count = local.is_production ? 12 : 2, port = 8080 }
    checkout   = { cpu = 512, memory = 1536, count = local.is_production ? 6 : 1, port = 8081 }
    search     = { cpu = 2048, memory = 8192, count = 4 }
  }
}

resource "aws_ecs_cluster" "this" {
  name = local.name

  setting {
    name  = "containerInsights"
    value = "enhanced"
  }
}

resource "aws_ecs_capacity_provider" "managed" {
  name    = "${local.name}-managed"
  cluster = aws_ecs_cluster.this.name

  managed_instances_provider {
    infrastructure_role_arn = aws_iam_role.infrastructure.arn
    propagate_tags          = "CAPACITY_PROVIDER"

    instance_launch_template {
      ec2_instance_profile_arn = aws_iam_instance_profile.instances.arn
      monitoring               = "BASIC"

      network_configuration {
        subnets         = aws_subnet.private[*].id
        security_groups = [aws_security_group.tasks.id]
      }

      storage_configuration {
        storage_size_gib = 80
      }

      instance_requirements {
        vcpu_count {
          min = 2
          max = 16
        }
        memory_mib {
          min = 4096
        }
        cpu_manufacturers    = ["intel", "amd"]
        instance_generations = ["current"]
      }
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = [aws_ecs_capacity_provider.managed.name]

  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.managed.name
    weight            = 1
  }
}

resource "aws_subnet" "private" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 4, count.index)
  availability_zone = "${var.region}${var.zones[count.index]}"
}

resource "aws_vpc" "this" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_security_group" "tasks" {
  name   = "${local.name}-tasks"
  vpc_id = aws_vpc.this.id
}

resource "aws_iam_role" "infrastructure" {
  name               = "${local.name}-infrastructure"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
}

resource "aws_iam_instance_profile" "instances" {
  name = "${local.name}-instances"
}

data "aws_iam_policy_document" "ecs" {
  statement {
    actions = ["sts:AssumeRole"]
  }
}

module "services" {
  source   = "./modules/service"
  for_each = local.services

  name           = each.key
  cluster        = aws_ecs_cluster.this
  cpu            = each.value.cpu
  memory         = each.value.memory
  desired_count  = each.value.count
  port           = try(each.value.port, null)
  image          = "${var.registry}/${each.key}:${var.release}"
  subnets        = aws_subnet.private[*].id
  security_group = aws_security_group.tasks.id
}

# Which queues there are is known only to the account.
module "workers" {
  source   = "./modules/service"
  for_each = toset(data.aws_ssm_parameter.queues.value == "" ? [] : split(",", data.aws_ssm_parameter.queues.value))

  name          = "worker-${each.value}"
  cluster       = aws_ecs_cluster.this
  cpu           = 256
  memory        = 512
  desired_count = 2
  image         = "${var.registry}/worker:${var.release}"
}

data "aws_ssm_parameter" "queues" {
  name = "/borealis/queues"
}
