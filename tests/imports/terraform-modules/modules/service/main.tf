resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  cpu                      = var.cpu
  memory                   = var.memory
  network_mode             = "awsvpc"
  requires_compatibilities = ["MANAGED_INSTANCES"]

  container_definitions = <<-JSON
    [
      {
        "name": "${var.name}",
        "image": "${var.image}",
        "essential": true,
        "portMappings": ${jsonencode(var.port == null ? [] : [{ containerPort = var.port, protocol = "tcp" }])},
        "environment": [
          { "name": "LOG_LEVEL", "value": "info" }
        ]
      }
    ]
  JSON
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster.id
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.desired_count

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 150

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = var.subnets
    security_groups = compact([var.security_group])
  }

  dynamic "ordered_placement_strategy" {
    for_each = var.spread
    content {
      type  = "spread"
      field = ordered_placement_strategy.value
    }
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "this" {
  count              = var.desired_count > 1 ? 1 : 0
  min_capacity       = ceil(var.desired_count / 2)
  max_capacity       = var.desired_count * 3
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "cpu" {
  count              = length(aws_appautoscaling_target.this)
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.this[count.index].resource_id
  scalable_dimension = aws_appautoscaling_target.this[count.index].scalable_dimension
  service_namespace  = aws_appautoscaling_target.this[count.index].service_namespace

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
