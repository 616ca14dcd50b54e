//! `eniac export` and `eniac schema`: what other programs read.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::Value;
use support::memory_host::MemoryHost;
use support::{content, name_of, scenarios};

fn host(scenario: &str) -> MemoryHost {
    MemoryHost::default().file("a.json", scenario)
}

/// A scenario comes back from a link and from its JSON as it was.
#[test]
fn a_scenario_comes_back_as_it_was() {
    for file in scenarios() {
        let name = name_of(&file);
        let scenario = content(&name);
        // What cannot be read is left out, and told.
        let broken = name.ends_with("bad-input");
        let (_, before, _) = host(&scenario).run(&["plan", "a.json", "--json"]);
        for format in ["json", "link"] {
            let (code, output, errors) =
                host(&scenario).run(&["export", "a.json", "--format", format]);
            assert_eq!((code, errors.contains("is left out: ")), (0, broken), "{name}: {errors}");
            if !broken {
                let (code, after, errors) = host(&output).run(&["plan", "a.json", "--json"]);
                assert_eq!(code, 0, "{name}: {errors}");
                assert!(after == before, "{name} as {format}");
            }
        }
    }
}

#[test]
fn what_a_format_has_no_place_for_is_said() {
    let scenario = content("group-a-day-of-load");
    let (code, output, errors) = host(&scenario).run(&["export", "a.json", "--format", "cli"]);
    assert_eq!(code, 0, "{errors}");
    assert!(errors.contains("eniac: is not in the export: services[0].load"), "{errors}");
    let calls: Value = serde_json::from_str(&output).expect("JSON");
    assert!(calls.is_object() || calls.is_array());
}

#[test]
fn a_long_link_is_said_to_be_long() {
    // Names that cannot be made shorter.
    let name = |place: u64| -> String {
        let part =
            |turn: u64| format!("{:x}", (place * 37 + turn).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (1..7).map(part).collect()
    };
    let services: Vec<Value> = (0..150)
        .map(|place| {
            serde_json::json!({ "name": name(place), "desiredCount": place * 31 % 97,
                "taskDefinition": { "cpu": 256, "memory": 512 } })
        })
        .collect();
    let scenario = serde_json::json!({ "version": 1, "services": services });
    let (code, output, errors) =
        host(&scenario.to_string()).run(&["export", "a.json", "--format", "link"]);
    let length = output.trim_end().len();
    assert_eq!(code, 0);
    assert!(length > 8_000, "{length}");
    assert!(errors.contains(&format!("the link has {length} characters")), "{errors}");
    let (_, short, errors) =
        host("{\"version\":1,\"services\":[]}").run(&["export", "a.json", "--format=link"]);
    assert!(short.starts_with('#') && errors.is_empty(), "{short} {errors}");
}

#[test]
fn what_cannot_be_done_is_said() {
    for (arguments, says) in [
        (&["export", "a.json"][..], "--format <FORMAT>"),
        (&["export", "--format", "json"], "<FILE>"),
        (&["export", "a.json", "--format", "jsom"], "a similar value exists: 'json'"),
        (&["export", "gone.json", "--format", "json"], "gone.json: there is no such file"),
        (&["export", "a.json", "--format", "csv", "--against", "b.json"], "belongs to markdown"),
        (&["schema", "--report", "plans"], "a similar value exists: 'plan'"),
    ] {
        let (code, output, errors) = host("{}").run(arguments);
        assert!(errors.contains(says), "{arguments:?}: {errors}");
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
    }
}

#[test]
fn a_plan_is_a_table_or_a_comment_on_a_pull_request() {
    let run = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let mut host = host(&content("managed-30-small-tasks"))
            .file("b.json", content("managed-10-tasks-of-3500-mib"));
        let (code, output, errors) = host.run(&arguments);
        assert_eq!(code, 0, "{arguments:?}: {errors}");
        output
    };
    let plan = run("export a.json --format csv");
    assert!(plan.contains("predicted") && plan.contains("cheapest"), "{plan}");
    let services = run("export a.json --format services-csv");
    assert!(services.lines().count() == 2 && services.contains("web"), "{services}");
    let terraform = run("export a.json --format terraform");
    assert!(terraform.contains("resource \"aws_ecs_service\" \"web\" {"), "{terraform}");
    let alone = run("export a.json --format markdown");
    assert!(alone.starts_with("## Capacity plan") && alone.contains("604.07"), "{alone}");
    let compared = run("export a.json --format markdown --against b.json");
    assert!(compared.contains("338.71") && !alone.contains("338.71"), "{compared}");
    let table = MemoryHost::default().file("services.csv", services).run(&["plan", "services.csv"]);
    assert!(table.0 == 0 && table.1.contains("web (512 CPU units, 1024 MiB)"), "{table:?}");
    assert!(table.2.contains("imported 1 service from 1 file (table of services)"), "{}", table.2);
}

/// Each schema names what its report has at the top.
#[test]
fn schemas_are_those_of_what_is_printed() {
    let scenario = content("group-a-day-of-load");
    for command in ["plan", "predict", "place", "simulate"] {
        let (_, report, _) = host(&scenario).run(&[command, "a.json", "--json"]);
        let (code, schema, _) = MemoryHost::default().run(&["schema", "--report", command]);
        assert_eq!(code, 0);
        let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        let (report, schema) = (parsed(&report), parsed(&schema));
        for field in report.as_object().expect("an object").keys() {
            assert!(schema["properties"].get(field).is_some(), "{command}: {field}");
        }
    }
    let (_, named, _) = MemoryHost::default().run(&["schema", "--report", "plan"]);
    let (_, unnamed, _) = MemoryHost::default().run(&["schema", "--report"]);
    assert!(named == unnamed);
}

/// A changed scenario against the files that it was imported from: the literal in its place, and the
/// difference of generated resources.
#[test]
fn changes_are_told_against_what_was_imported() {
    const MAIN: &str = "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  cpu    = \"512\"\n  \
                        memory = 1024 # MiB\n  container_definitions = \"[]\"\n}\n";
    let host = || MemoryHost::default().file("main.tf", MAIN);
    let (code, scenario, errors) = host().run(&["import", "main.tf", "--json"]);
    assert_eq!(code, 0, "{errors}");
    let changed = scenario.replace("\"memory\": 1024", "\"memory\": 2048");
    assert_ne!(scenario, changed);
    let run = |format: &str| {
        let mut host = host().file("a.json", changed.as_str());
        host.run(&["export", "a.json", "--format", format, "--against", "main.tf"])
    };
    let (code, output, errors) = run("diff");
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(output.contains("-  memory = 1024 # MiB\n+  memory = 2048 # MiB\n"), "{output}");
    for format in ["terraform", "cloudformation", "cli"] {
        let (code, output, errors) = run(format);
        assert_eq!(code, 0, "{errors}");
        let changed = |sign: char| output.lines().filter(|line| line.starts_with(sign)).count();
        assert_eq!((changed('-'), changed('+')), (2, 2), "{format}:\n{output}");
    }
    let (code, _, errors) =
        host().file("a.json", changed.as_str()).run(&["export", "a.json", "--format", "diff"]);
    assert_eq!(code, 2);
    assert!(errors.contains("--against"), "{errors}");
}
