//! Changes go back into the files they came from, and the files read back as the changed scenario.

use super::*;
use crate::export::generated::tame;
use crate::export::{ExportFormat, export_scenario};
use eniac_core::scenario::document;
use proptest::prelude::*;
use serde_json::json;

fn files<'a>(files: &'a [(&'a str, &'a str)]) -> Vec<InputFile<'a>> {
    files.iter().map(|(name, text)| InputFile { name, bytes: text.as_bytes() }).collect()
}

/// Writes the changes (path, value) back; gives what they made and the new texts.
fn check(given: &[(&str, &str)], sets: &[(&str, Json)]) -> WriteBack {
    check_with(given, &ImportSettings::default(), sets)
}

/// The same under settings.
fn check_with(
    given: &[(&str, &str)],
    settings: &ImportSettings,
    sets: &[(&str, Json)],
) -> WriteBack {
    let given = files(given);
    let mut changed = import(&given, settings).scenario;
    for (path, value) in sets {
        document::set(&mut changed, path, (!value.is_null()).then(|| value.clone()));
    }
    let back = write_back(&given, settings, &changed);
    // The law: for all that was written, the files give the changed scenario.
    let patched: Vec<InputFile<'_>> = given
        .iter()
        .map(|file| {
            let new = back.files.iter().find(|new| new.name == file.name);
            new.map_or(*file, |new| InputFile { name: file.name, bytes: new.text.as_bytes() })
        })
        .collect();
    let (again, wanted) = (canonical(&import(&patched, settings).scenario), canonical(&changed));
    let left: BTreeSet<String> = changes(&again, &wanted).into_iter().map(|it| it.path).collect();
    let told: BTreeSet<String> = back.not_written.iter().map(|it| it.path.clone()).collect();
    assert_eq!(left, told, "{back:#?}");
    back
}

const TABLE: &str = "\u{feff}Service;vCPU;Memory (GB);Replicas\r\nweb;0,5;1,5;12\r\napi;1;2;3\r\n";

#[test]
fn cells_change_in_their_place() {
    let back = check(
        &[("services.csv", TABLE)],
        &[
            ("services[0].taskDefinition.cpu", json!(256)),
            ("services[0].desiredCount", json!(24)),
            ("services[1].taskDefinition.memory", json!(3072)),
            ("services[1].name", json!("=api")),
        ],
    );
    let expected =
        "\u{feff}Service;vCPU;Memory (GB);Replicas\r\nweb;\"0,25\";1,5;24\r\n'=api;1;3;3\r\n";
    assert_eq!(back.files[0].text, expected);
    assert!(
        back.files[0].diff.starts_with("--- a/services.csv\n+++ b/services.csv\n@@"),
        "{}",
        back.files[0].diff
    );
    assert_eq!(back.written.len(), 4);
}

const SERVICES: &str = r#"{ "services": [
  { "serviceName": "web", "clusterArn": "shop", "desiredCount": 12, "taskDefinition": "web:3",
    "launchType": "EC2" }
] }"#;
const DEFINITION: &str = r#"{ "taskDefinition": { "family": "web", "revision": 3, "networkMode": "awsvpc",
  "cpu": "512", "memory": "1024", "containerDefinitions": [ { "name": "web", "cpu": 0 } ] } }"#;

#[test]
fn literals_keep_their_quotes() {
    let back = check(
        &[("services.json", SERVICES), ("definition.json", DEFINITION)],
        &[
            ("services[0].taskDefinition.cpu", json!("1 vCPU")),
            ("services[0].taskDefinition.memory", json!(2048)),
            ("services[0].desiredCount", json!(24)),
        ],
    );
    let texts: Vec<&str> = back.files.iter().map(|file| file.text.as_str()).collect();
    assert_eq!(texts[0], SERVICES.replace("12", "24"));
    assert_eq!(
        texts[1],
        DEFINITION.replace("\"512\"", "\"1024\"").replace("\"1024\", \"cont", "\"2048\", \"cont")
    );
}

#[test]
fn what_has_no_literal_is_told() {
    let told = |back: &WriteBack, path: &str, part: &str| {
        let found = back.not_written.iter().find(|it| it.path == path);
        assert!(found.is_some_and(|it| it.because.contains(part)), "{path}: {back:#?}");
    };
    let new = json!({ "name": "new", "desiredCount": 1, "taskDefinition": { "cpu": 256, "memory": 512 } });
    let given = [("services.json", SERVICES), ("definition.json", DEFINITION)];
    let back = check(
        &given,
        &[
            ("services[0].placementConstraints", json!([{ "type": "distinctInstance" }])),
            ("services[1]", new),
            ("zones", json!(2)),
        ],
    );
    told(&back, "services[0].placementConstraints", "do not say it");
    told(&back, "services[1]", "have no resource for it");
    told(&back, "zones", "have no resource for it");
    assert_eq!(back.not_written[0].file.as_deref(), Some("services.json"));
    assert!(back.files.is_empty() && back.written.is_empty());
    let back = check(&[("services.csv", TABLE)], &[("services[0]", Json::Null)]);
    told(&back, "services[0]", "take its resource out");
}

#[test]
fn a_literal_of_several_fields_changes_only_for_all() {
    let shared = SERVICES.replace(
        "] }",
        ", { \"serviceName\": \"api\", \"desiredCount\": 1, \"taskDefinition\": \"web:3\" } ] }",
    );
    let given = [("services.json", shared.as_str()), ("definition.json", DEFINITION)];
    let one = ("services[0].taskDefinition.cpu", json!(1024));
    let both = [one.clone(), ("services[1].taskDefinition.cpu", json!(1024))];
    let back = check(&given, std::slice::from_ref(&one));
    assert!(back.files.is_empty());
    assert!(back.not_written[0].because.contains("also feeds services[1]"), "{back:#?}");
    assert_eq!(check(&given, &both).written.len(), 2);
    let back = check(&given, &[one, ("services[1].taskDefinition.cpu", json!(2048))]);
    assert!(back.not_written[0].because.contains("different"), "{back:#?}");
}

/// Changes one file, and says what becomes of it: its own text with parts exchanged.
fn check_text(name: &str, text: &str, sets: &[(&str, Json)], exchanged: &[(&str, &str)]) {
    let back = check(&[(name, text)], sets);
    let mut expected = text.to_owned();
    for (before, after) in exchanged {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        expected = expected.replace(before, after);
    }
    let changed = back.files.first().map_or(text, |file| file.text.as_str());
    assert_eq!(changed, expected, "{back:#?}");
}

const CONFIGURATION: &str = r#"
resource "aws_ecs_capacity_provider" "it" {
  name = "it"
  managed_instances_provider {
    infrastructure_role_arn = "arn"
    instance_launch_template {
      ec2_instance_profile_arn = "arn"
      network_configuration {
        subnets = ["a", "b"]
      }
      instance_requirements {
        allowed_instance_types  = ["m7g.*", "c7g.*"] # Graviton
        excluded_instance_types = [
          "m7g.metal",
          # too small
          "m7g.medium",
        ]
        memory_mib {
          min = 4096 // MiB
        }
        vcpu_count {
          min = 2
        }
      }
    }
  }
}
"#;

const TEMPLATE: &str = "
Parameters:
  Cpu:
    Type: Number
Resources:
  It:
    Type: AWS::ECS::CapacityProvider
    Properties:
      Name: it
      ManagedInstancesProvider:
        InstanceLaunchTemplate:
          InstanceRequirements:
            VCpuCount: { Min: 2 }
            MemoryMiB: { Min: 4096 } # MiB
            AllowedInstanceTypes: [\"m7g.*\", 'c7g.*']
            ExcludedInstanceTypes:
              - m7g.metal
  Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      Cpu: !Ref Cpu
      Memory: '1024'
  Web:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      DesiredCount: 3 # at night
      TaskDefinition: !Ref Definition
";

const COMPOSE: &str = "
services:
  web:
    image: web # ours
    deploy:
      replicas: 3
      resources:
        reservations:
          cpus: '0.5'
          memory: 512M
";

const ALLOWED: &str = "capacity.managedInstances.instanceRequirements.allowedInstanceTypes";
const EXCLUDED: &str = "capacity.managedInstances.instanceRequirements.excludedInstanceTypes";

#[test]
fn lists_of_literals_change() {
    let one = json!(["m7g.*", "r7g.*"]);
    let longer = json!(["m7g.*", "c7g.*", "r7g.*"]);
    let shorter = json!(["c7g.*"]);
    let provider = r#"{ "capacityProvider": { "name": "it", "managedInstancesProvider":
        { "instanceLaunchTemplate": { "instanceRequirements": {
          "allowedInstanceTypes": ["m7g.*", "c7g.*"], "excludedInstanceTypes": ["m7g.metal"] } } } } }"#;
    for (name, text, list, last) in [
        ("main.tf", CONFIGURATION, r#""m7g.*", "c7g.*""#, r#""r7g.*""#),
        ("provider.json", provider, r#""m7g.*", "c7g.*""#, r#""r7g.*""#),
        ("template.yaml", TEMPLATE, r#""m7g.*", 'c7g.*'"#, "'r7g.*'"),
    ] {
        let (first, second) = list.split_once(", ").unwrap();
        let exchanged = format!("{first}, {last}");
        check_text(name, text, &[(ALLOWED, one.clone())], &[(list, &exchanged)]);
        let exchanged = format!("{list}, {last}");
        check_text(name, text, &[(ALLOWED, longer.clone())], &[(list, &exchanged)]);
        let exchanged = second.replace('\'', "\"");
        check_text(name, text, &[(ALLOWED, shorter.clone())], &[(list, &exchanged)]);
    }
    let two = json!(["m7g.metal", "m7g.medium"]);
    let lines = [("- m7g.metal\n", "- m7g.metal\n              - m7g.medium\n")];
    check_text("template.yaml", TEMPLATE, &[(EXCLUDED, two)], &lines);
    let kept = json!(["m7g.metal", "m7g.large"]);
    let lines = [("\"m7g.medium\"", "\"m7g.large\"")];
    check_text("main.tf", CONFIGURATION, &[(EXCLUDED, kept)], &lines);
}

#[test]
fn files_keep_their_comments() {
    let memory = "capacity.managedInstances.instanceRequirements.memoryMiB.min";
    let least = [(memory, json!(8192))];
    check_text("main.tf", CONFIGURATION, &least, &[("4096", "8192")]);
    let sets = [
        (memory, json!(8192)),
        ("services[0].desiredCount", json!(5)),
        ("services[0].taskDefinition.memory", json!(2048)),
    ];
    let exchanged = [("4096", "8192"), ("Count: 3", "Count: 5"), ("'1024'", "'2048'")];
    check_text("template.yaml", TEMPLATE, &sets, &exchanged);
    let container = "services[0].taskDefinition.containerDefinitions[0]";
    let (cpu, memory) = (format!("{container}.cpu"), format!("{container}.memoryReservation"));
    let sets = [
        ("services[0].desiredCount", json!(5)),
        (cpu.as_str(), json!(1024)),
        (memory.as_str(), json!(768)),
    ];
    let exchanged = [("replicas: 3", "replicas: 5"), ("'0.5'", "'1'"), ("512M", "768M")];
    check_text("compose.yaml", COMPOSE, &sets, &exchanged);
}

#[test]
fn what_no_literal_can_carry_is_told_why() {
    let told = |back: &WriteBack, part: &str| {
        assert!(back.files.is_empty(), "{back:#?}");
        assert!(back.not_written.iter().all(|it| it.because.contains(part)), "{part}: {back:#?}");
        assert_eq!(back.not_written.len(), 1, "{back:#?}");
    };
    let shorter = [(EXCLUDED, json!(["m7g.metal"]))];
    told(&check(&[("main.tf", CONFIGURATION)], &shorter), "more than commas between them");
    let none = [(ALLOWED, Json::Null)];
    told(&check(&[("main.tf", CONFIGURATION)], &none), "take it out of the files");
    let answers = BTreeMap::from([("Cpu".to_owned(), "512".to_owned())]);
    let settings = ImportSettings { answers, ..ImportSettings::default() };
    let cpu = [("services[0].taskDefinition.cpu", json!(1024))];
    told(&check_with(&[("template.yaml", TEMPLATE)], &settings, &cpu), "answer it anew");
    let configuration = r#"
variable "cpu" {}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  cpu                   = var.cpu
  memory                = "1024"
  container_definitions = "[]"
}
"#;
    let answers = BTreeMap::from([("var.cpu".to_owned(), "512".to_owned())]);
    let settings = ImportSettings { answers, ..ImportSettings::default() };
    told(&check_with(&[("main.tf", configuration)], &settings, &cpu), "answer it anew");
    let plan = r#"{ "format_version": "1.2", "planned_values": { "root_module": { "resources": [
        { "address": "aws_ecs_task_definition.web", "type": "aws_ecs_task_definition", "name": "web",
          "mode": "managed", "values": { "family": "web", "cpu": "512", "memory": "1024",
          "container_definitions": "[]" } } ] } } }"#;
    told(&check(&[("plan.json", plan)], &cpu), "change the configuration");
}

proptest! {
    #[test]
    fn what_is_written_reads_back(cpu in 128_u32..10_000, memory in 6_u32..100_000, count in 0_u32..5_000, name in ".{1,20}") {
        let sets = [
            ("services[0].taskDefinition.cpu", json!(cpu)),
            ("services[0].taskDefinition.memory", json!(memory)),
            ("services[0].desiredCount", json!(count)),
            ("services[0].name", json!(name)),
        ];
        for given in [
            &[("services.csv", TABLE)][..],
            &[("services.csv", "service,cpu units,memory mib,count\nweb,512,\"1,024\",\"1,200\"\n")],
            &[("services.json", SERVICES), ("definition.json", DEFINITION)],
        ] {
            check(given, &sets);
        }
    }

    #[test]
    fn any_export_takes_changes_back(
        scenario in tame(),
        cpu in 128_u32..10_000,
        count in 0_u32..5_000,
    ) {
        for format in [
            ExportFormat::Cli,
            ExportFormat::CloudFormation,
            ExportFormat::Terraform,
            ExportFormat::ServicesCsv,
        ] {
            let export = export_scenario(&scenario, format);
            let mut sets = Vec::new();
            if !scenario.services.is_empty() {
                sets.push(("services[0].taskDefinition.cpu", json!(cpu)));
                sets.push(("services[0].desiredCount", json!(count)));
            }
            let back = check(&[(&export.file_name, &export.text)], &sets);
            let same = sets.is_empty() || back.not_written.is_empty();
            prop_assert!(same, "{format:?}: {back:#?}\n{}", export.text);
        }
    }
}
