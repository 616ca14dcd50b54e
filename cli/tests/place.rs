//! `eniac place` on the golden scenarios: what a person reads, and what a script gets.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::Value;
use support::{eniac, json, name_of, refused, scenario, scenarios, text, told, with_snapshots};

#[test]
fn places_as_tables() {
    with_snapshots(|| {
        for file in scenarios() {
            let name = name_of(&file);
            if name.starts_with("group-") || name == "no-services" {
                insta::assert_snapshot!(format!("place-{name}"), told("place", &file, &[]));
            }
        }
    });
}

fn figure(value: &Value, name: &str) -> u64 {
    value[name].as_u64().expect("a figure")
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().expect("a list")
}

/// Whatever the scenario: no task is lost or counted twice, and no instance holds more than it has.
#[test]
fn tasks_and_resources_add_up() {
    for file in scenarios() {
        let (name, report) = (name_of(&file), json("place", &file, &[]));
        let instances = list(&report, "containerInstances");
        for service in list(&report, "services") {
            let (before, placed) = (figure(service, "before"), figure(service, "placed"));
            let unplaced = figure(service, "unplaced");
            let all = before + placed + unplaced;
            assert_eq!(all, figure(service, "desired").max(before), "{name}: {service}");
            let on_instances: u64 = instances
                .iter()
                .flat_map(|instance| list(instance, "tasks"))
                .filter(|tasks| tasks["service"] == service["service"])
                .map(|tasks| figure(tasks, "count"))
                .sum();
            assert_eq!(on_instances, before + placed, "{name}: {service}");
            // Each instance takes one task more, or says why not.
            let refuse = list(service, "rejections").iter().map(|it| figure(it, "instances"));
            let all = figure(service, "couldTakeMore") + refuse.sum::<u64>();
            assert_eq!(all, instances.len() as u64, "{name}: {service}");
        }
        for instance in instances {
            for resource in ["cpu", "memoryMib", "enis", "gpus"] {
                let of = |amounts: &str| figure(&instance[amounts], resource);
                assert!(of("remaining") <= of("registered"), "{name}: {resource} of {instance}");
            }
        }
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let file = scenario("group-a-day-of-load");
    assert!(told("place", &file, &["--json"]) == told("place", &file, &["--json"]));
}

#[test]
fn what_cannot_be_done_is_said() {
    refused(&[
        (&["place", "Cargo.toml"], "Cargo.toml: "),
        (&["place", "no-such-file.json"], "no-such-file.json"),
        (&["place", "../catalog/src/catalogue.bin"], "not UTF-8"),
        (&["place", "Cargo.toml", "--at", "3"], "unexpected argument '--at'"),
        (&["place"], "required arguments"),
    ]);
}

#[test]
fn help_shows_how_a_script_asks() {
    let help = text(&eniac(&["place", "--help"]).stdout);
    for part in ["jq -e '[.services[] | select(.unplaced > 0)] == []'", ".remaining.memoryMib"] {
        assert!(help.contains(part), "{part} in {help}");
    }
}
