//! The terminal command on the golden scenarios: what a person reads, line for line.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios")
}

fn eniac(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eniac")).args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn plans_as_tables() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let mut files: Vec<PathBuf> = std::fs::read_dir(scenarios())
            .expect("the scenarios")
            .map(|entry| entry.expect("a file").path())
            .collect();
        files.sort();
        assert!(files.len() >= 8, "the golden scenarios are there");
        for file in files {
            let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            let out = eniac(&["plan", file.to_str().expect("a path")]);
            assert_eq!(text(&out.stderr), "", "{name}");
            insta::assert_snapshot!(name, text(&out.stdout));
        }
    });
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
    let file = scenarios().join("../problems/every-rule.json");
    let path = file.to_str().expect("a path");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let out = eniac(&["pack", path]);
    assert_eq!(text(&out.stderr), "");
    settings.bind(|| insta::assert_snapshot!("pack-every-rule", without_work(&text(&out.stdout))));

    let json = text(&eniac(&["pack", path, "--json"]).stdout);
    assert_eq!(json.lines().count(), 1);
    let mut told: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(told["milliseconds"].is_f64() && told["work"].is_u64(), "{json}");
    assert!(told.get("trace").is_none());
    for measured in ["milliseconds", "peak_memory_bytes", "work"] {
        told.as_object_mut().expect("an object").remove(measured);
    }
    let pretty = serde_json::to_string_pretty(&told).expect("JSON");
    settings.bind(|| insta::assert_snapshot!("pack-every-rule-json", pretty));

    let traced = text(&eniac(&["pack", path, "--json", "--trace"]).stdout);
    let traced: serde_json::Value = serde_json::from_str(&traced).expect("JSON");
    let last = traced["trace"].as_array().and_then(|trace| trace.last()).expect("a trace");
    assert_eq!(last["cost_micro"], traced["cost_micro"]);
}

#[test]
fn without_work_there_is_still_a_plan() {
    let file = scenarios().join("../problems/every-rule.json");
    let out = eniac(&["pack", file.to_str().expect("a path"), "--json", "--work", "0"]);
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert!(told["instances"].as_u64() >= Some(8), "{told}");
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
    let file = std::env::temp_dir().join(format!("eniac-hard-{}.json", std::process::id()));
    std::fs::write(&file, hard_scenario().to_string()).expect("a file");
    let path = file.to_str().expect("a path");
    let cheapest = |arguments: &[&str]| {
        let out = eniac(&[&["plan", path, "--json"], arguments].concat());
        assert_eq!(text(&out.stderr), "");
        let report: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
        report["cheapest"].clone()
    };
    let quick = cheapest(&[]);
    assert_eq!(cheapest(&["--work", "quick"]), quick);
    let little = cheapest(&["--work", "1000000"]);
    assert!(little["gapMillionths"].as_u64() > quick["gapMillionths"].as_u64(), "{little}");
    assert_eq!(little["moreWorkMayHelp"], true);
    let told = text(&eniac(&["plan", path, "--work", "1000000"]).stdout);
    assert!(told.contains("can be saved. More --work may find more"), "{told}");
    assert!(told.contains(little["proof"].as_str().expect("words")), "{told}");
    std::fs::remove_file(&file).expect("removed");
}

#[test]
fn json_is_one_line_and_is_read_from_standard_input_too() {
    let file = scenarios().join("managed-30-small-tasks.json");
    let path = file.to_str().expect("a path");
    let from_file = text(&eniac(&["plan", path, "--json"]).stdout);
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
    let golden = std::fs::read_to_string(scenarios().join("managed-30-small-tasks.json"));
    assert_eq!(text(&eniac(&["example"]).stdout), golden.expect("the scenario"));
}

/// `(arguments, part of what is said on standard error)`; each ends with status 2.
#[test]
fn what_cannot_be_done_is_said() {
    for (arguments, says) in [
        (&["catalog", "t3g.small"] as &[&str], "did you mean t4g.small, t3.small?"),
        (&["catalog", "t4g.small", "--region", "us-esat-1"], "did you mean us-east-1"),
        (&["plan", "no-such-file.json"], "no-such-file.json"),
        (&["pack", "Cargo.toml"], "Cargo.toml: the problem is not JSON"),
        (&["pack", "../tests/scenarios/no-services.json"], "schema: is missing"),
        (&["pack", "no-such-file.json", "--json"], "no-such-file.json"),
        (&["pack", "Cargo.toml", "--work", "many"], "invalid value 'many'"),
        (&["plan", "Cargo.toml", "--work", "long"], "long stands here: quick, thorough or a whole"),
        (&["plan", "Cargo.toml", "--work=-1"], "-1 stands here"),
        (&["plan", env!("CARGO_BIN_EXE_eniac")], "not UTF-8"),
        (&["plan", "Cargo.toml"], "is not JSON"),
        (&["catalog", "t4g.small", "--catalog-file", "Cargo.toml"], "Cargo.toml: "),
    ] {
        let out = eniac(arguments);
        assert!(text(&out.stderr).contains(says), "{arguments:?}: {}", text(&out.stderr));
        assert_eq!((out.status.code(), out.stdout.as_slice()), (Some(2), &[] as &[u8]));
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
