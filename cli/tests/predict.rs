//! `eniac predict` on the golden scenarios: what a person reads, and what a script gets.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{eniac, refused, scenario, scenarios, text, with_snapshots};

/// The parts by their words, with the fields that each fills.
const PARTS: [(&str, &[&str]); 10] = [
    ("fleets", &["predicted", "cheapest"]),
    ("range", &["range"]),
    ("sensitivity", &["sensitivity"]),
    ("advice", &["advice"]),
    ("whatIfs", &["whatIfs"]),
    ("tightenings", &["tightenings"]),
    ("deployment", &["deployment"]),
    ("comparison", &["comparison"]),
    ("group", &["group"]),
    ("taskSizes", &["taskSizes"]),
];

fn predict(file: &Path, arguments: &[&str]) -> String {
    support::told("predict", file, arguments)
}

fn outlook(file: &Path, arguments: &[&str]) -> Value {
    support::json("predict", file, arguments)
}

#[test]
fn predicts_as_tables() {
    with_snapshots(|| {
        for name in [
            "group-with-ports-and-containers",
            "managed-10-tasks-of-3500-mib",
            "managed-30-small-tasks",
            "managed-a-deployment",
            "managed-a-shop",
            "managed-base-and-spot",
        ] {
            let told = predict(&scenario(name), &[]);
            insta::assert_snapshot!(format!("predict-{name}"), told);
        }
    });
}

#[test]
fn each_part_alone_is_the_part_of_the_whole() {
    for file in scenarios() {
        let whole = outlook(&file, &[]);
        for (part, fields) in PARTS {
            let alone = outlook(&file, &["--parts", part]);
            for (_, others) in PARTS.iter().filter(|(other, _)| *other != part) {
                for field in *others {
                    assert_eq!(alone[field], Value::Null, "{} {part} {field}", file.display());
                }
            }
            for field in fields {
                assert_eq!(alone[field], whole[field], "{} {part}", file.display());
            }
        }
    }
}

#[test]
fn a_part_alone_is_told_alone() {
    let file = scenario("managed-30-small-tasks");
    let whole = predict(&file, &[]);
    for (part, heading) in [
        ("range", "Range: up to "),
        ("sensitivity", "Sure: the same fleet "),
        ("advice", "Advice\n"),
        ("whatIfs", "What if\n"),
        ("tightenings", "Tighter requirements\n"),
        ("deployment", "Deployment of every service at once\n"),
        ("comparison", "The same services elsewhere\n"),
        ("taskSizes", "Task sizes\n"),
    ] {
        let told = predict(&file, &["--parts", part]);
        assert!(told.contains(heading) && told.len() < whole.len(), "{part}: {told}");
        assert!(!told.contains("\n predicted "), "{part}: {told}");
        assert!(!told.contains("\n\n\n"), "{part}: {told}");
    }
    let fleets = predict(&file, &["--parts", "fleets"]);
    assert!(fleets.contains("predicted") && !fleets.contains("What if"), "{fleets}");
}

/// Two revisions beside each other, and what ran already: the fleet that an article tells of.
#[test]
fn the_peak_of_a_deployment_is_the_one_that_was_seen() {
    let peak = outlook(&scenario("managed-a-deployment"), &["--parts", "deployment"]);
    let mut mix: Vec<(String, u64)> = peak["deployment"]["peak"]["mix"]
        .as_array()
        .expect("a mix")
        .iter()
        .map(|each| {
            let name = each["instanceType"].as_str().expect("a name").to_owned();
            (name, each["count"].as_u64().expect("a count"))
        })
        .collect();
    mix.sort();
    let seen = [("r6g.large", 10), ("t4g.medium", 10), ("t4g.small", 2)];
    assert_eq!(mix, seen.map(|(name, count)| (name.to_owned(), count)));
}

/// Two tasks first, then one in four of the rest, rounded as ECS rounds.
#[test]
fn a_base_and_weights_share_the_tasks() {
    let file = scenario("managed-base-and-spot");
    let fleets = outlook(&file, &["--parts", "fleets"]);
    for fleet in ["predicted", "cheapest"] {
        let groups = fleets[fleet]["fleet"]["groups"].as_array().expect("groups");
        let on = |provider: &str| -> u64 {
            let of = groups.iter().filter(|group| group["provider"] == provider);
            of.map(|group| group["count"].as_u64().unwrap_or(0) * tasks(group)).sum()
        };
        assert_eq!((on("on-demand"), on("spot")), (7, 15), "{fleet}");
    }
}

/// How many tasks are on each instance of a group.
fn tasks(group: &Value) -> u64 {
    let tasks = group["tasks"].as_array().expect("tasks").iter();
    tasks.map(|task| task["count"].as_u64().unwrap_or(0)).sum()
}

#[test]
fn what_cannot_be_done_is_said() {
    let known = "one of fleets, range, sensitivity, advice, whatIfs, tightenings, deployment, \
                 comparison, group, taskSizes is needed";
    refused(&[
        (&["predict", "Cargo.toml", "--parts", "ranges"], "ranges stands here"),
        (&["predict", "Cargo.toml", "--parts", "range,prices"], "prices stands here"),
        (&["predict", "Cargo.toml", "--parts", "whatifs"], known),
        (&["predict", "Cargo.toml", "--parts", ""], known),
        (&["predict", "Cargo.toml", "--work", "long"], "long stands here: quick, thorough or"),
        (&["predict", "Cargo.toml"], "Cargo.toml: "),
        (&["predict", "no-such-file.json"], "no-such-file.json"),
    ]);
}

#[test]
fn help_shows_how_a_script_asks() {
    let help = text(&eniac(&["predict", "--help"]).stdout);
    for part in ["--parts whatIfs | jq", "-le 2000", "nano-USD an hour"] {
        assert!(help.contains(part), "{part} in {help}");
    }
}
