//! The page's tests read what the planner says of the example from files: they are what it says now.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use std::path::Path;
use support::told;

#[track_caller]
fn check(command: &str, recording: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let example = root.join("core/src/scenario/example.json");
    let recorded = std::fs::read_to_string(root.join(recording)).expect("the recording");
    assert!(
        told(command, &example, &["--json"]) == recorded,
        "{recording} is of another version; record it with:\n\
         cargo run -p eniac -- {command} core/src/scenario/example.json --json > {recording}"
    );
}

#[test]
fn the_recorded_report_is_what_is_planned() {
    check("plan", "web/tests/example-report.json");
}

#[test]
fn the_recorded_outlook_is_what_is_predicted() {
    check("predict", "web/tests/example-outlook.json");
}
