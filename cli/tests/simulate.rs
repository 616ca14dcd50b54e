//! `eniac simulate` on the golden scenarios and the stories: what a person reads, and what a script
//! gets.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::Value;
use std::process::Command;
use support::{
    OwnFile, eniac, json, name_of, refused, scenario, scenarios, text, told, with_snapshots,
};

/// The stories by name, each with its scenario in a file.
fn stories() -> Vec<(String, OwnFile)> {
    let list = text(&eniac(&["example", "--list"]).stdout);
    let names = list.lines().filter_map(|line| line.split_whitespace().next());
    let file = |name: &str| {
        let scenario = text(&eniac(&["example", name]).stdout);
        (name.to_owned(), OwnFile::new(&format!("simulate-{name}"), &scenario))
    };
    names.map(file).collect()
}

#[test]
fn simulates_as_tables() {
    with_snapshots(|| {
        for file in scenarios() {
            let name = name_of(&file);
            if name.starts_with("group-") || name == "no-services" {
                insta::assert_snapshot!(format!("simulate-{name}"), told("simulate", &file, &[]));
            }
        }
        for (name, file) in stories() {
            insta::assert_snapshot!(
                format!("simulate-story-{name}"),
                told("simulate", &file.0, &[])
            );
        }
    });
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_may_not() {
    let text = std::fs::read_to_string(scenario("group-a-day-of-load")).expect("the scenario");
    let mut own: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(own["simulation"]["placementTies"], "RANDOM");
    own["services"][0]["placementStrategy"] = serde_json::json!([{ "type": "random" }]);
    let mut with_seed = |seed: u64| {
        own["simulation"]["seed"] = seed.into();
        let file = OwnFile::new(&format!("seed-{seed}"), &own.to_string());
        told("simulate", &file.0, &["--json", "--at", "720"])
    };
    // Not compared with assert_eq: nobody reads two such lines.
    assert!(with_seed(7) == with_seed(7), "the same seed");
    assert!(with_seed(7) != with_seed(8), "another seed");
}

#[test]
fn a_scenario_comes_from_standard_input_too() {
    let file = scenario("group-two-providers");
    let from_input = Command::new(env!("CARGO_BIN_EXE_eniac"))
        .args(["simulate", "-", "--json"])
        .stdin(std::fs::File::open(&file).expect("the scenario"))
        .output()
        .expect("the command runs");
    assert!(text(&from_input.stdout) == told("simulate", &file, &["--json"]));
}

#[test]
fn the_cluster_is_shown_at_a_minute() {
    let file = scenario("group-two-providers");
    let without = told("simulate", &file, &[]);
    assert!(!without.contains("The cluster at"), "{without}");
    let with = told("simulate", &file, &["--at", "90"]);
    assert!(with.contains("The cluster at 07:30, minute 90\n"), "{with}");
    let snapshot = &json("simulate", &file, &["--at", "90"])["snapshot"];
    assert_eq!(snapshot["minute"], 90);
    let instances = snapshot["containerInstances"].as_array().expect("instances");
    for instance in instances {
        assert!(with.contains(instance["id"].as_str().expect("an id")), "{instance} in {with}");
    }
    assert!(!instances.is_empty());
}

/// `--events` bounds the events, `--all` bounds nothing.
#[test]
fn as_much_is_told_as_was_asked_for() {
    let file = scenario("group-a-day-of-load");
    let told = |arguments: &[&str]| told("simulate", &file, arguments);
    let (none, few, usual, all) =
        (told(&["--events", "0"]), told(&["--events", "3"]), told(&[]), told(&["--all"]));
    let lines = |text: &str| text.lines().count();
    assert_eq!(lines(&few), lines(&none) + 3);
    assert!(lines(&few) < lines(&usual) && lines(&usual) < lines(&all), "{usual}");
    assert!(usual.contains("--events N or --all tells them"), "{usual}");
    assert!(usual.contains("--all shows every change"), "{usual}");
    assert!(!all.contains("--all"), "{all}");
}

fn at(series: &Value, minute: u64) -> u64 {
    let points = series.as_array().expect("a series").iter();
    let before = points.take_while(|point| point[0].as_u64() <= Some(minute));
    before.last().and_then(|point| point[1].as_u64()).unwrap_or(0)
}

/// Whatever the scenario: counts agree with limits and with each other at every minute.
#[test]
fn series_agree_at_every_minute() {
    let stories = stories();
    let files = scenarios().into_iter().chain(stories.iter().map(|(_, file)| file.0.clone()));
    for file in files {
        let (name, timeline) = (name_of(&file), json("simulate", &file, &[]));
        let groups = timeline["groups"].as_array().expect("groups");
        for minute in 0..=timeline["minutes"].as_u64().expect("minutes") {
            for group in groups {
                let at = |series: &str| at(&group[series], minute);
                assert!(at("empty") <= at("registered"), "{name} {minute}");
                let limit = |name: &str| group[name].as_u64();
                let most = limit("maxSize").unwrap_or(u64::MAX).max(limit("minSize").unwrap_or(0));
                assert!(at("desired") <= most, "{name} {minute}");
            }
            for service in timeline["services"].as_array().expect("services") {
                let at = |series: &str| at(&service[series], minute);
                assert!(at("unserved") <= at("load"), "{name} {minute}");
                assert!(at("replaced") <= at("running"), "{name} {minute}");
            }
        }
        let sum = |field: &str| -> u64 {
            groups.iter().map(|group| group[field].as_u64().expect("a figure")).sum()
        };
        assert_eq!(timeline["totals"]["costNanoUsd"].as_u64(), Some(sum("costNanoUsd")), "{name}");
    }
}

/// `(story, minute, instances desired)`, in the order of time: what each story is about.
#[test]
fn stories_go_as_they_say() {
    for (name, file) in stories() {
        let timeline = json("simulate", &file.0, &[]);
        let series = timeline["groups"][0]["desired"].as_array().expect("a series");
        let desired: Vec<u64> = series.iter().filter_map(|point| point[1].as_u64()).collect();
        let totals = &timeline["totals"];
        match name.as_str() {
            "run-away" => assert_eq!(desired, [4, 5, 7, 9, 12, 15]),
            "run-away-mended" => {
                assert!(desired.iter().all(|it| *it <= 4) && desired.contains(&3), "{desired:?}");
            }
            "traffic-spike" => assert_eq!(desired, [2, 3, 4, 5, 7]),
            "blue-green-distinct-instance" => assert_eq!(desired, [2, 4, 2]),
            "cluster-capacity-formula" => assert_eq!(desired, [4, 5, 7]),
            "launch-type-ec2" => {
                let events = timeline["events"].as_array().expect("events");
                let has = |kind: &str| events.iter().any(|event| event["kind"] == kind);
                assert!(has("tasksUnplaced") && !has("tasksProvisioning"));
                assert!(totals["longestWaitSeconds"].as_u64() > Some(300));
            }
            "slow-instances" => assert!(totals["longestWaitSeconds"].as_u64() > Some(600)),
            "fast-instances" => assert!(totals["longestWaitSeconds"].as_u64() < Some(600)),
            _ => {}
        }
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    refused(&[
        (&["simulate", "Cargo.toml"], "Cargo.toml: "),
        (&["simulate", "no-such-file.json"], "no-such-file.json"),
        (&["simulate", "../catalog/src/catalogue.bin"], "not UTF-8"),
        (&["simulate", "Cargo.toml", "--at", "10081"], "10081 is not in 0..=10080"),
        (&["simulate", "Cargo.toml", "--at", "noon"], "invalid value 'noon'"),
        (&["simulate", "Cargo.toml", "--events", "-1"], "unexpected argument '-1'"),
        (&["simulate", "Cargo.toml", "--events", "1", "--all"], "cannot be used with"),
    ]);
}

#[test]
fn help_shows_how_a_script_asks() {
    let help = text(&eniac(&["simulate", "--help"]).stdout);
    for part in ["--json | jq -e '.totals", "| @csv'", "eniac example --list", "whole nano-USD"] {
        assert!(help.contains(part), "{part} in {help}");
    }
}
