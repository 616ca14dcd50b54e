//! `eniac plan` with a budget: the report, one sentence, and an exit code for a pull request.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use serde_json::{Value, json};
use support::content;
use support::memory_host::MemoryHost;

/// 604.07 USD a month predicted.
const NOW: &str = "managed-30-small-tasks";
/// 338.71 USD a month predicted.
const BEFORE: &str = "managed-10-tasks-of-3500-mib";

fn host() -> MemoryHost {
    let none = json!({ "version": 1, "services": [{ "name": "a", "desiredCount": 0,
        "taskDefinition": { "cpu": 256, "memory": 512 } }], "capacity": { "managedInstances": {} } });
    MemoryHost::default()
        .file("now.json", content(NOW))
        .file("before.json", content(BEFORE))
        .file("group.json", content("group-two-providers"))
        .file("bad.json", content("bad-input"))
        .file("empty.json", content("no-services"))
        .file("none.json", none.to_string())
}

/// `(file, limits, exit code, parts of the sentence)`. The report is printed whatever the verdict.
fn check(file: &str, limits: &str, code: u8, says: &[&str]) {
    let limits: Vec<&str> = limits.split(' ').collect();
    let arguments = [&["plan", file], limits.as_slice()].concat();
    let (got, output, errors) = host().run(&arguments);
    for part in says {
        assert!(errors.contains(part), "{arguments:?}: {part} in {errors}");
    }
    let (_, report, _) = host().run(&["plan", file]);
    assert!(output == report, "{arguments:?}: the report");
    assert_eq!((got, errors.lines().count()), (code, 1), "{arguments:?}: {errors}");
}

#[test]
fn a_budget_is_kept_or_not() {
    let before = "--against before.json --max-increase";
    check("now.json", "--max-monthly 700", 0, &["within budget", "604.07 USD", "700.00 USD"]);
    check("now.json", "--max-monthly 500", 3, &["over budget", "predicted", "604.07", "500.00"]);
    check("now.json", &format!("{before} 80%"), 0, &["78.35 %", "338.71 USD before", "is 80 %"]);
    check("now.json", &format!("{before} 78%"), 3, &["604.07", "338.71 USD before", "is 78 %"]);
    check("before.json", "--against now.json --max-increase 0%", 0, &["no more than the 604.07"]);
    check("now.json", "--against now.json --max-increase 0%", 0, &["no more than the 604.07"]);
    let both = format!("--max-monthly 500 {before} 0.5%");
    check("now.json", &both, 3, &["--max-monthly is 500.00", "--max-increase is 0.5 %"]);
    let one = format!("--max-monthly 700 {before} 0.5%");
    check("now.json", &one, 3, &["over budget", "--max-increase is 0.5 %"]);
    check("none.json", "--max-monthly 0", 0, &["costs 0.00 USD"]);
}

/// Which of the fleets is judged is said, where before and after are not the same.
#[test]
fn a_group_is_judged_by_its_cheapest_fleet() {
    check("group.json", "--max-monthly 500", 0, &["the cheapest fleet costs 485.34 USD"]);
    let says = ["the predicted fleet costs 604.07", "485.34 USD of the cheapest fleet before"];
    check("now.json", "--against group.json --max-increase 10%", 3, &says);
}

#[test]
fn from_nothing_every_increase_is_too_much() {
    for before in ["empty.json", "none.json"] {
        let limits = format!("--against {before} --max-increase 1,000%");
        check(
            "now.json",
            &limits,
            3,
            &["604.07", "the 0.00 USD before", "--max-monthly limits it"],
        );
        check("none.json", &limits, 0, &["no more than the 0.00 USD before"]);
    }
}

/// What is left out of a plan costs nothing in it.
#[test]
fn a_plan_that_leaves_something_out_keeps_no_budget() {
    let cannot = "cannot be judged";
    check("bad.json", "--max-monthly 9999", 2, &[cannot, "8 errors", "services[1].desiredCount"]);
    check("empty.json", "--max-monthly 9999", 2, &[cannot, "no service"]);
    let limits = "--against bad.json --max-increase 900%";
    check("now.json", limits, 2, &[cannot, "what was there before", "8 errors"]);
}

/// To the micro-USD, and no figure is shown as its limit that is not.
#[test]
fn the_limit_itself_is_kept_and_a_millionth_less_is_not() {
    let (_, output, _) = host().run(&["plan", "now.json", "--json"]);
    let report: Value = serde_json::from_str(&output).expect("JSON");
    let cost = &report["predicted"]["fleet"]["cost"]["totalMicroUsdPerMonth"];
    let micro = cost.as_u64().expect("a cost");
    let usd = |micro: u64| format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    check("now.json", &format!("--max-monthly {}", usd(micro)), 0, &["within budget"]);
    let less = usd(micro - 1);
    check("now.json", &format!("--max-monthly {less}"), 3, &[&usd(micro), &less]);
}

/// `(arguments, what is said)`; nothing is planned.
#[test]
fn a_limit_that_is_none_is_refused() {
    for (arguments, says) in [
        (&["--max-monthly", "-5"][..], "0 or more"),
        (&["--max-monthly", "10%"], "--max-increase takes percent"),
        (&["--max-increase", "10", "--against", "before.json"], "with its sign: 10%"),
        (&["--max-increase", "-5%", "--against", "before.json"], "0% or more"),
        (&["--max-increase", "10%"], "--against <FILE>"),
        (&["--against", "before.json"], "--max-increase <PERCENT>"),
        (&["--max-increase", "10%", "--against", "gone.json"], "gone.json: there is no such file"),
    ] {
        let (code, output, errors) = host().run(&[&["plan", "now.json"], arguments].concat());
        assert!(errors.contains(says), "{arguments:?}: {errors}");
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
    }
}
