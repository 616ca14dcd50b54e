//! Files that configurations read.

use super::configurations::check;
use serde_json::json;

#[test]
fn files_of_json_are_read_by_the_configuration_that_names_them() {
    let text = r#"
        resource "aws_ecs_task_definition" "web" {
          family                = "web"
          container_definitions = file("${path.module}/tasks/web.json")
        }
    "#;
    let containers = "[{ \"name\": \"web\", \"image\": \"web\", \"cpu\": 300, \"memory\": 400 }]";
    for (own, other) in [("main.tf", "tasks/web.json"), ("eu/main.tf", "eu/tasks/web.json")] {
        check(
            &[(own, text), (other, containers)],
            &[
                ("services[0].taskDefinition.containerDefinitions[0].cpu", json!(300)),
                ("services[0].taskDefinition.containerDefinitions[0].memory", json!(400)),
            ],
            &[],
        );
    }
}
