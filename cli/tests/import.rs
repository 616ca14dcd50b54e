//! `eniac import`, and files of any format, and folders, wherever a scenario is read.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::Value;
use support::content;
use support::memory_host::MemoryHost;

const SCENARIO: &str = "managed-30-small-tasks";

/// A folder as people have it: one file to plan among others.
fn folder() -> MemoryHost {
    MemoryHost::default()
        .file("infra/scenario.json", content(SCENARIO))
        .file("infra/package.json", r#"{ "name": "site", "license": "MIT" }"#)
        .file("infra/readme.md", "# Infra")
        .file("infra/picture.png", b"\x89PNG".as_slice())
        .file("infra/.terraform/modules.json", "{}")
        .file("infra/modules/web/main.tf", "")
        .file("docs/readme.md", "# Docs")
}

#[test]
fn a_folder_is_read_by_what_eniac_reads_in_it() {
    let (code, output, errors) = folder().run(&["import", "infra"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    for part in [
        "infra/scenario.json  scenario",
        "infra/modules: a folder in a folder is not read",
        "infra/package.json: this is none of the formats",
        " web      30     512  1024",
    ] {
        assert!(output.contains(part), "{part} in {output}");
    }
    for hidden in ["readme", "picture", ".terraform"] {
        assert!(!output.contains(hidden), "{hidden} in {output}");
    }
}

/// A configuration's local modules and the files that it reads are read with it.
#[test]
fn a_configuration_brings_what_it_names() {
    let module = r#"
        variable "cpu" {}
        resource "aws_ecs_task_definition" "this" {
          family                = "web"
          cpu                   = var.cpu
          memory                = 512
          container_definitions = file("${path.module}/tasks/web.json")
        }
        resource "aws_ecs_service" "this" {
          name            = "web"
          task_definition = aws_ecs_task_definition.this.arn
          desired_count   = 7
        }
    "#;
    let web = "module \"web\" {\n  source = \"../../modules/web\"\n  cpu = 256\n}\n";
    let root = |host: MemoryHost| {
        host.file("infra/envs/prod/main.tf", web)
            .file("infra/modules/web/main.tf", module)
            .file("infra/modules/web/tasks/web.json", r#"[{ "name": "web", "memory": 300 }]"#)
            .file("infra/modules/other/main.tf", "resource \"aws_ecs_cluster\" \"other\" {}")
    };
    for given in ["infra/envs/prod", "infra/envs/prod/main.tf", "infra/envs/../envs/prod/main.tf"] {
        let mut host = root(MemoryHost::default()).file("infra/envs/../envs/prod/main.tf", web);
        let (code, scenario, errors) = host.run(&["import", given, "--json"]);
        assert!(code == 0 && !errors.contains("problem"), "{given}: {errors}");
        let scenario: Value = serde_json::from_str(&scenario).expect("JSON");
        let service = &scenario["services"][0];
        assert_eq!(
            (&service["desiredCount"], &service["taskDefinition"]["cpu"]),
            (&7.into(), &256.into())
        );
        let container = &service["taskDefinition"]["containerDefinitions"][0];
        assert_eq!(container["memory"], 300, "{given}: {scenario:#}");
    }
    let (_, account, _) = root(MemoryHost::default()).run(&["import", "infra/modules/web"]);
    assert!(account.contains("infra/modules/web/tasks/web.json"), "{account}");
}

/// What is planned is the same, whichever way it comes.
#[test]
fn a_scenario_is_planned_however_it_is_named() {
    let (_, report, _) = folder().run(&["plan", "infra/scenario.json"]);
    for (arguments, says) in [
        (&["plan", "infra/"][..], "imported 1 service from 1 file (scenario); 2 passed over"),
        (&["plan", "infra/scenario.json", "infra/scenario.json"], ""),
        (&["plan", "infra/scenario.json", "--cluster", "any"], ""),
    ] {
        let (code, output, errors) = folder().run(arguments);
        assert!(code == 0 && output == report, "{arguments:?}: {errors}");
        assert_eq!(errors.is_empty(), says.is_empty(), "{arguments:?}: {errors}");
        assert!(errors.contains(says), "{arguments:?}: {errors}");
    }
}

#[test]
fn an_import_prints_a_scenario_that_plans_the_same() {
    let (code, scenario, errors) = folder().run(&["import", "infra", "--json"]);
    assert_eq!((code, errors.lines().count()), (0, 1), "{errors}");
    let (_, planned, _) = MemoryHost::with_input(scenario).run(&["plan", "-", "--json"]);
    let (_, expected, _) = folder().run(&["plan", "infra/scenario.json", "--json"]);
    assert!(planned == expected);
    let (_, notes, _) = folder().run(&["import", "infra", "--notes-json"]);
    let notes: Value = serde_json::from_str(&notes).expect("JSON");
    assert_eq!(notes["scenario"]["services"][0]["name"], "web");
    assert_eq!(notes["files"].as_array().map(Vec::len), Some(2));
}

/// `(arguments, what is said)`; nothing is printed.
#[test]
fn what_cannot_be_read_is_said() {
    for (arguments, says) in [
        (&["import"][..], "<FILE>..."),
        (&["import", "gone.tf"], "gone.tf: there is no such file"),
        (&["import", "docs"], "docs: the folder has no file that eniac reads: *.json, *.tf"),
        (&["import", "infra/readme.md"], "none of the formats"),
        (&["import", "infra/picture.png", "infra/readme.md"], "picture.png: the file is a picture"),
        (&["import", "infra", "--var", "cpu"], "NAME=VALUE is needed"),
        (&["import", "infra", "--var", "=5"], "NAME=VALUE is needed"),
        (&["import", "infra", "--headroom", "-5%"], "from 0% to 1000%"),
        (&["import", "infra", "--headroom", "20.5%"], "from 0% to 1000%"),
        (&["import", "infra", "--json", "--notes-json"], "cannot be used with"),
        (&["plan", "infra/picture.png"], "the file is a picture"),
        (&["plan", "-"], "standard input: the file is empty"),
        (&["plan", "--jsonl", "a", "b"], "--jsonl reads one file"),
    ] {
        let (code, output, errors) = folder().run(arguments);
        assert!(errors.contains(says), "{arguments:?}: {errors}");
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn files_without_end_are_refused() {
    let mut host = MemoryHost::default().file("a.json", vec![b' '; (32 << 20) + 1]);
    let (code, _, errors) = host.run(&["import", "a.json"]);
    assert!(code == 2 && errors.contains("a.json: longer than 32 MiB"), "{errors}");
    let many = (0..1_001).fold(MemoryHost::default(), |host, number| {
        host.file(&format!("many/{number:04}.json"), "{}")
    });
    let (code, _, errors) = { many }.run(&["import", "many"]);
    assert!(code == 2 && errors.contains("many/1000.json: more than 1000 files"), "{errors}");
}
