//! The terminal command on the golden scenarios: what a person reads, line for line.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use support::{
    OwnFile, eniac, json, name_of, refused, scenario, scenarios, text, told, with_snapshots,
};

#[test]
fn plans_as_tables() {
    with_snapshots(|| {
        for file in scenarios() {
            insta::assert_snapshot!(name_of(&file), told("plan", &file, &[]));
        }
    });
}

fn every_rule() -> PathBuf {
    scenario("../problems/every-rule")
}

/// The text without its count of work, which changes with each change of the solver.
fn without_work(text: &str) -> String {
    let (before, after) = text.split_once("; work: ").expect("the work");
    let digits = after.trim_end().strip_suffix(" steps").expect("steps");
    assert!(digits.parse::<u64>().is_ok(), "{digits}");
    before.to_owned() + "\n"
}

#[test]
fn packs_as_a_table_and_as_json() {
    let file = every_rule();
    let table = without_work(&told("pack", &file, &[]));
    let mut plan = json("pack", &file, &[]);
    assert!(plan["milliseconds"].is_f64() && plan["work"].is_u64(), "{plan}");
    assert!(plan.get("trace").is_none());
    for measured in ["milliseconds", "peak_memory_bytes", "work"] {
        plan.as_object_mut().expect("an object").remove(measured);
    }
    let pretty = serde_json::to_string_pretty(&plan).expect("JSON");
    with_snapshots(|| {
        insta::assert_snapshot!("pack-every-rule", table);
        insta::assert_snapshot!("pack-every-rule-json", pretty);
    });
    let traced = json("pack", &file, &["--trace"]);
    let last = traced["trace"].as_array().and_then(|trace| trace.last()).expect("a trace");
    assert_eq!(last["cost_micro"], traced["cost_micro"]);
}

#[test]
fn without_work_there_is_still_a_plan() {
    let plan = json("pack", &every_rule(), &["--work", "0"]);
    assert!(plan["instances"].as_u64() >= Some(8), "{plan}");
}

/// A scenario with many services on many types, which no small amount of work proves.
fn hard_scenario() -> serde_json::Value {
    let service = |place: u64| {
        let cpu = 128 * (1 + place * 7 % 23);
        let memory = 256 * (1 + place * 11 % 37);
        serde_json::json!({ "name": format!("service-{place}"), "desiredCount": 5 + place * 37 % 40,
            "taskDefinition": { "cpu": cpu, "memory": memory } })
    };
    serde_json::json!({ "version": 1, "name": "hard", "region": "us-east-1", "zones": 3,
        "services": (0..8).map(service).collect::<Vec<_>>(),
        "capacity": { "managedInstances": {} } })
}

#[test]
fn more_work_proves_more() {
    let file = OwnFile::new("hard", &hard_scenario().to_string());
    let cheapest = |work: &[&str]| json("plan", &file.0, work)["cheapest"].clone();
    let quick = cheapest(&[]);
    assert_eq!(cheapest(&["--work", "quick"]), quick);
    let little = cheapest(&["--work", "1000000"]);
    assert!(little["gapMillionths"].as_u64() > quick["gapMillionths"].as_u64(), "{little}");
    assert_eq!(little["moreWorkMayHelp"], true);
    let plan = told("plan", &file.0, &["--work", "1000000"]);
    assert!(plan.contains("can be saved. More --work may find more"), "{plan}");
    assert!(plan.contains(little["proof"].as_str().expect("words")), "{plan}");
}

#[test]
fn json_is_one_line_and_is_read_from_standard_input_too() {
    let file = scenario("managed-30-small-tasks");
    let from_file = told("plan", &file, &["--json"]);
    assert_eq!(from_file.lines().count(), 1);
    let from_input = Command::new(env!("CARGO_BIN_EXE_eniac"))
        .args(["plan", "-", "--json"])
        .stdin(std::fs::File::open(&file).expect("the scenario"))
        .output()
        .expect("the command runs");
    assert_eq!(text(&from_input.stdout), from_file);
}

#[test]
fn the_example_is_the_first_golden_scenario() {
    let golden = std::fs::read_to_string(scenario("managed-30-small-tasks"));
    assert_eq!(text(&eniac(&["example"]).stdout), golden.expect("the scenario"));
}

#[test]
fn what_cannot_be_done_is_said() {
    refused(&[
        (&["catalog", "t3g.small"], "did you mean t4g.small, t3.small?"),
        (&["catalog", "t4g.small", "--region", "us-esat-1"], "did you mean us-east-1"),
        (&["plan", "no-such-file.json"], "no-such-file.json"),
        (&["pack", "Cargo.toml"], "Cargo.toml: the problem is not JSON"),
        (&["pack", "../tests/scenarios/no-services.json"], "schema: is missing"),
        (&["pack", "no-such-file.json", "--json"], "no-such-file.json"),
        (&["pack", "Cargo.toml", "--work", "many"], "invalid value 'many'"),
        (&["plan", "Cargo.toml", "--work", "long"], "long stands here: quick, thorough or a whole"),
        (&["plan", "Cargo.toml", "--work=-1"], "-1 stands here"),
        (&["plan", "../catalog/src/catalogue.bin"], "not UTF-8"),
        (&["plan", "Cargo.toml"], "not JSON"),
        (&["catalog", "t4g.small", "--catalog-file", "Cargo.toml"], "Cargo.toml: "),
        (&["example", "traffic-jam"], "traffic-jam is no story: there are traffic-spike, "),
    ]);
}

#[test]
fn every_story_can_be_printed_and_planned() {
    let list = text(&eniac(&["example", "--list"]).stdout);
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() >= 8 && names.contains(&"run-away-mended"), "{list}");
    for name in names {
        let file = OwnFile::new(name, &text(&eniac(&["example", name]).stdout));
        let report = json("plan", &file.0, &[]);
        let told = report["diagnostics"].as_array().expect("diagnostics");
        assert!(told.iter().all(|it| it["severity"] != "error"), "{name}: {told:?}");
        assert!(report["cheapest"]["fleet"]["instances"].as_u64() > Some(0), "{name}");
    }
}

#[test]
fn the_catalogue_is_told_as_text_and_as_json() {
    let out = text(&eniac(&["catalog", "t4g.small", "--region", "eu-west-1"]).stdout);
    assert!(out.contains("0.0184 USD an hour, listed"), "{out}");
    let json = text(&eniac(&["catalog", "T4G.small", "--region", "eu-west-1", "--json"]).stdout);
    for part in ["\"onDemandNanoUsdPerHour\": 18400000", "\"maxEnis\": 3", "\"euw1-az1\""] {
        assert!(json.contains(part), "{part} in {json}");
    }
}

#[test]
fn a_catalogue_of_one_s_own_is_read() {
    let blob = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/src/catalogue.bin");
    let blob = blob.to_str().expect("a path");
    let own = eniac(&["catalog", "t4g.small", "--catalog-file", blob]);
    assert_eq!(text(&own.stdout), text(&eniac(&["catalog", "t4g.small"]).stdout));
}

#[test]
fn the_schema_names_every_attribute() {
    let schema = text(&eniac(&["schema"]).stdout);
    for field in ["vCpuCount", "memoryGiBPerVCpu", "totalLocalStorageGB", "desiredCount", "daemons"]
    {
        assert!(schema.contains(field), "{field}");
    }
}
