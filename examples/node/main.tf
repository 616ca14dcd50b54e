resource "aws_ecs_task_definition" "web" {
  family       = "web"
  cpu          = 512
  memory       = 1024
  network_mode = "awsvpc"
  container_definitions = jsonencode([
    { name = "web", image = "web:1", essential = true },
  ])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 6
}
