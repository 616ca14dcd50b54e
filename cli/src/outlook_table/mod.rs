//! An outlook as text for a terminal: part after part, those that were not asked for left out.

mod comparison;
mod deployment;
mod group;
mod proposals;
mod range;
mod sizes;

use crate::figures::{
    CostTable, cents, diagnostics, footing, heading, mix, percent, severity, without_trailing_space,
};
use crate::table::claim;
use eniac_core::report::{Advice, Change, Outlook, Saving};
use serde_json::Value;
use std::fmt::Write;

/// An outlook, whole.
pub(crate) fn outlook(outlook: &Outlook) -> String {
    let mut text = heading(&outlook.name, &outlook.region);
    text.push_str(&fleets(outlook));
    text.push_str(&diagnostics(&outlook.diagnostics));
    if !outlook.diagnostics.is_empty() {
        text.push('\n');
    }
    if let Some(range) = &outlook.range {
        text.push_str(&range::range(range, outlook.cheapest.as_ref()));
    }
    if let Some(sensitivity) = &outlook.sensitivity {
        text.push_str(&range::sensitivity(sensitivity));
    }
    if let Some(advice) = &outlook.advice {
        text.push_str(&hints(advice));
    }
    if let Some(what_ifs) = &outlook.what_ifs {
        text.push_str(&proposals::what_ifs(what_ifs));
    }
    if let Some(tightenings) = &outlook.tightenings {
        text.push_str(&proposals::tightenings(tightenings));
    }
    if let Some(deployment) = &outlook.deployment {
        text.push_str(&deployment::deployment(deployment));
    }
    if let Some(comparison) = &outlook.comparison {
        text.push_str(&comparison::comparison(comparison));
    }
    if let Some(group) = &outlook.group {
        text.push_str(&group::group(group));
    }
    if let Some(sizes) = &outlook.task_sizes {
        text.push_str(&sizes::task_sizes(sizes));
    }
    text.push_str(&footing(&outlook.assumptions, &outlook.region));
    // What ends with an empty line may come before what begins with one.
    without_trailing_space(&text).replace("\n\n\n", "\n\n")
}

/// The predicted fleet between the cheapest and the dearest.
fn fleets(outlook: &Outlook) -> String {
    let (predicted, cheapest) = (outlook.predicted.as_ref(), outlook.cheapest.as_ref());
    let dearest = outlook.range.as_ref().map(|range| &range.dearest);
    if predicted.is_none() && cheapest.is_none() && dearest.is_none() {
        return String::new();
    }
    let mut table = CostTable::new();
    table.fleets(predicted, cheapest);
    if let Some(dearest) = dearest {
        table.row("dearest", &dearest.cost, mix(&dearest.mix), String::new());
    }
    let mut text = table.text();
    let ties = predicted.map_or(&[] as &[_], |predicted| &predicted.ties);
    for tie in ties {
        let _ = writeln!(text, "ties in compute price with {}", mix(&tie.mix));
    }
    if !ties.is_empty() {
        text.push('\n');
    }
    text + &cheapest.map(claim).unwrap_or_default()
}

/// Advice, gravest first, each with its reason and what mends it.
pub(crate) fn hints(hints: &[Advice]) -> String {
    let mut text = "Advice\n".to_owned();
    if hints.is_empty() {
        text.push_str("nothing that is risky or mistaken was found\n");
    }
    for (place, hint) in hints.iter().enumerate() {
        let path = if hint.path.is_empty() { String::new() } else { format!(" {}:", hint.path) };
        let _ = writeln!(text, "{}:{path} {}", severity(hint.severity), hint.text);
        // Of several with one reason only the first says it.
        if hints[..place].iter().all(|before| before.code != hint.code) {
            let _ = writeln!(text, "    because: {}", hint.reason);
            let _ = writeln!(text, "    source: {}", hint.source);
        }
        text.push_str(&changes(&hint.changes));
    }
    text + "\n"
}

/// What applying a proposal does, a line each.
fn changes(changes: &[Change]) -> String {
    let mut text = String::new();
    for Change { path, before, after } in changes {
        let _ = writeln!(text, "    change: {path}: {} -> {}", value(before), value(after));
    }
    text
}

/// A value as it stands in a scenario.
fn value(value: &Value) -> String {
    if value.is_null() { "not set".to_owned() } else { value.to_string() }
}

/// What a month costs less, or more.
fn saving(saving: &Saving) -> String {
    let money = cents(saving.micro_usd_per_month.unsigned_abs());
    let share = percent(saving.thousandths.unsigned_abs());
    match saving.nano_usd_per_hour {
        0 => "saves nothing".to_owned(),
        1.. => format!("saves {money} USD a month ({share})"),
        _ => format!("costs {money} USD a month more ({share})"),
    }
}
