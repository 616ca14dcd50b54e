//! The best Auto Scaling groups: of one type, of several, and under other settings.

use super::changes;
use crate::figures::{counted, mix, month, more, plain, to_the_right, usd, usd_down};
use eniac_core::report::{GroupOption, GroupReport, GroupVariant};
use eniac_core::scenario::MemoryModel;
use std::fmt::Write;

/// How many groups of one type are shown.
const SINGLE_SHOWN: usize = 10;

/// How many types that are too small are shown.
const UNFIT_SHOWN: usize = 8;

pub(super) fn group(report: &GroupReport) -> String {
    let mut text = format!(
        "Auto Scaling groups for these services, at a targetCapacity of {}\n",
        report.target_capacity
    );
    if report.single.is_empty() {
        text.push_str("no type holds a task of every service\n");
    } else {
        text.push_str(&singles(&report.single));
    }
    if let Some(mixed) = &report.mixed {
        text.push_str(&self::mixed(mixed));
    }
    let best = report.single.first().or(report.mixed.as_ref());
    if let Some(best) = best.filter(|best| !best.changes.is_empty()) {
        let _ = writeln!(text, "what makes the first of them:");
        text.push_str(&changes(&best.changes));
    }
    if let Some(bound) = report.lower_bound_nano_usd_per_hour {
        let bound = usd_down(bound.0);
        let _ =
            writeln!(text, "without spare instances no group costs less than {bound} USD an hour");
    }
    for cannot in &report.cannot {
        let _ = writeln!(text, "cannot: {}", cannot.reason);
    }
    for unfit in report.unfit.iter().take(UNFIT_SHOWN) {
        let _ = writeln!(text, "unfit: {}", unfit.text);
    }
    text.push_str(&more(report.unfit.len().saturating_sub(UNFIT_SHOWN), "type", "--json has them"));
    if !report.variants.is_empty() {
        text.push_str(&variants(&report.variants));
    }
    text + "\n"
}

/// Groups of one type, cheapest first.
fn singles(options: &[GroupOption]) -> String {
    let mut table = plain();
    table.set_header(["type", "needed", "with spare", "USD an hour", "a month", ""]);
    for option in options.iter().take(SINGLE_SHOWN) {
        table.add_row([
            option.instance_types.join(", "),
            option.needed.to_string(),
            option.instances.to_string(),
            usd(option.fleet.cost.total_nano_usd_per_hour.0),
            month(&option.fleet.cost),
            option.note.clone().unwrap_or_default(),
        ]);
    }
    to_the_right(&mut table, &[1, 2, 3, 4]);
    let left_out = options.len().saturating_sub(SINGLE_SHOWN);
    format!("{table}\n{}", more(left_out, "type", "--json has them"))
}

fn mixed(option: &GroupOption) -> String {
    let cost = &option.fleet.cost;
    let mut text = format!(
        "of several types: {}: {}, {} USD an hour, {} a month; {} when only the dearest is to be had\n",
        option.instance_types.join(", "),
        mix(&option.fleet.mix),
        usd(cost.total_nano_usd_per_hour.0),
        month(cost),
        usd(option.dearest.total_nano_usd_per_hour.0)
    );
    if let Some(note) = &option.note {
        let _ = writeln!(text, "    note: {note}");
    }
    text
}

fn variants(variants: &[GroupVariant]) -> String {
    let mut table = plain();
    table.set_header(["AMI's memory", "reserved", "trunk ENIs", "", "best", "USD an hour", ""]);
    for variant in variants {
        let (best, hour) = variant.best.as_ref().map_or_else(
            || ("no type holds every task".to_owned(), "-".to_owned()),
            |best| (mix(&best.fleet.mix), usd(best.fleet.cost.total_nano_usd_per_hour.0)),
        );
        table.add_row([
            memory(variant.memory_model).to_owned(),
            format!("{} MiB", variant.reserved_memory_mib),
            if variant.awsvpc_trunking { "on" } else { "off" }.to_owned(),
            if variant.now { "now" } else { "" }.to_owned(),
            best,
            hour,
            variant.best.as_ref().map(needed).unwrap_or_default(),
        ]);
    }
    to_the_right(&mut table, &[1, 5]);
    format!("\nThe best type under other settings\n{table}\n")
}

fn needed(option: &GroupOption) -> String {
    format!("{} needed", counted(option.needed, "instance"))
}

fn memory(model: MemoryModel) -> &'static str {
    match model {
        MemoryModel::Managed => "managed",
        MemoryModel::Bottlerocket => "Bottlerocket",
        MemoryModel::Al2023 => "Amazon Linux 2023",
        MemoryModel::Al2 => "Amazon Linux 2",
        MemoryModel::Advertised => "advertised",
    }
}
