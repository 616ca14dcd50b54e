//! What a user says beside the files, an answer or a cluster, either counts or is told not to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use eniac_interop::{Import, ImportSettings, InputFile, NoteKind, import};

fn imported(name: &str, text: &str, answers: &[(&str, &str)], cluster: Option<&str>) -> Import {
    let answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let settings = ImportSettings {
        answers: answers.collect(),
        cluster: cluster.map(str::to_owned),
        ..ImportSettings::default()
    };
    import(&[InputFile { name, bytes: text.as_bytes() }], &settings)
}

fn problems(import: &Import) -> Vec<String> {
    let problems = import.notes.iter().filter(|note| note.kind == NoteKind::Problem);
    problems.map(|note| format!("{}: {}", note.subject, note.message)).collect()
}

const TERRAFORM: &str = r#"
variable "env" { default = "dev" }
variable "tag" { default = "1" }
variable "size" {}
resource "aws_ecs_task_definition" "web" {
  family = "web"
  cpu    = 256
  memory = var.size
}
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "shop"
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = var.env == "prod" ? 50 : 1
}
resource "aws_ecs_task_definition" "other" {
  family = "other"
  cpu    = 256
  memory = 512
}
resource "aws_ecs_service" "other" {
  name            = "other"
  cluster         = "back"
  task_definition = aws_ecs_task_definition.other.arn
}
"#;

const TEMPLATE: &str = "
Parameters:
  Cpu: { Type: Number, Default: 256, MinValue: 128, MaxValue: 4096 }
  Env: { Type: String, Default: staging, AllowedValues: [staging, prod] }
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties: { Family: web, Cpu: !Ref Cpu, Memory: 512 }
";

const COMPOSE: &str = "services:\n  web: { mem_limit: '${MEMORY:-64m}' }\n";

#[test]
fn an_answer_that_nothing_takes_is_told() {
    let check = |name: &str, text: &str, answer: (&str, &str), said: Option<&str>| {
        let answers = [("var.size", "512"), answer];
        let answers = if name == "main.tf" { &answers[..] } else { &answers[1..] };
        let told = problems(&imported(name, text, answers, None));
        let found = match said {
            Some(said) => told.iter().any(|it| it.contains(answer.0) && it.contains(said)),
            None => told.is_empty(),
        };
        assert!(found, "{name}, {answer:?}: {told:#?}");
    };
    check("main.tf", TERRAFORM, ("enviroment", "prod"), Some("nothing in the files takes"));
    check("main.tf", TERRAFORM, ("evn", "prod"), Some("did you mean env"));
    check("main.tf", TERRAFORM, ("env", "prod"), None);
    check("main.tf", TERRAFORM, ("var.env", "prod"), None);
    check("main.tf", TERRAFORM, ("tag", "2"), None);
    check("template.yaml", TEMPLATE, ("Cpus", "512"), Some("did you mean Cpu"));
    check("template.yaml", TEMPLATE, ("Cpu", "512"), None);
    check("template.yaml", TEMPLATE, ("Cpu", "64"), Some("below its least value, 128"));
    check("template.yaml", TEMPLATE, ("Cpu", "abc"), Some("no number"));
    check("template.yaml", TEMPLATE, ("Env", "production"), Some("staging, prod"));
    check("template.yaml", TEMPLATE, ("AWS::Region", "eu-west-1"), None);
    check("compose.yaml", COMPOSE, ("MEMORY", "128m"), None);
    check("compose.yaml", COMPOSE, ("MEMROY", "128m"), Some("did you mean MEMORY"));
}

#[test]
fn a_cluster_takes_what_belongs_to_it() {
    let check = |cluster: &str, services: &[&str], said: Option<&str>| {
        let import = imported("main.tf", TERRAFORM, &[("size", "512")], Some(cluster));
        let rows = import.scenario["services"].as_array().unwrap();
        let names: Vec<&str> = rows.iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(names, services, "{cluster}");
        let told = problems(&import);
        let found = match said {
            Some(said) => told.iter().any(|it| it.contains(said)),
            None => told.is_empty(),
        };
        assert!(found, "{cluster}: {told:#?}");
    };
    check("shop", &["web"], None);
    check("back", &["other"], None);
    check("shpo", &[], Some("the files name back, shop"));
}
