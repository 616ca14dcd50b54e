# Lumen Press: everything through modules of the registry.
provider "aws" {
  region = "us-west-2"
}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 6.0"

  name            = "lumen"
  cidr            = "10.0.0.0/16"
  azs             = ["us-west-2a", "us-west-2b", "us-west-2c"]
  private_subnets = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
}

module "ecs" {
  source  = "terraform-aws-modules/ecs/aws"
  version = "~> 6.0"

  cluster_name = "lumen"

  services = {
    reader = {
      cpu    = 1024
      memory = 4096

      desired_count            = 5
      autoscaling_max_capacity = 20

      container_definitions = {
        reader = {
          cpu       = 768
          memory    = 3072
          essential = true
          image     = "lumen/reader:4"
          portMappings = [
            {
              name          = "http"
              containerPort = 3000
              protocol      = "tcp"
            }
          ]
        }
        log-router = {
          cpu       = 256
          memory    = 512
          essential = false
          image     = "lumen/fluent-bit:2"
        }
      }
    }
  }
}

module "press" {
  source = "terraform-aws-modules/ecs/aws//modules/service"

  name               = "press"
  cluster_arn        = module.ecs.cluster_arn
  cpu                = 2048
  memory             = 8192
  enable_autoscaling = false

  container_definitions = {
    press = {
      image          = "lumen/press:9"
      memory_reservation = 4096
    }
  }

  subnet_ids = module.vpc.private_subnets
}
