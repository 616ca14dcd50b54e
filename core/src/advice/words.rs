//! Figures as the sentences of the advice say them.

use crate::report::FleetSummary;
use eniac_catalog::NanoUsdPerHour;

/// Money with three decimals.
pub(super) fn usd(amount: NanoUsdPerHour) -> String {
    let milli = (amount.0 + 500_000) / 1_000_000;
    format!("{}.{:03}", milli / 1000, milli % 1000)
}

/// Money of a task, with five decimals.
pub(super) fn fine_usd(amount: NanoUsdPerHour) -> String {
    let tens = (amount.0 + 5000) / 10_000;
    format!("{}.{:05}", tens / 100_000, tens % 100_000)
}

/// CPU units as vCPUs with one decimal.
pub(super) fn vcpus(units: u64) -> String {
    let tenths = (units * 10 + 512) / 1024;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// `one task`, `2 tasks`.
pub(super) fn tasks(count: u32) -> String {
    match count {
        0 => "no task".to_owned(),
        1 => "one task".to_owned(),
        count => format!("{count} tasks"),
    }
}

/// `30 x t4g.small + 5 x im4gn.large`.
pub(super) fn mix(fleet: &FleetSummary) -> String {
    let mix = fleet.mix.iter().map(|it| format!("{} x {}", it.count, it.instance_type));
    let mix: Vec<String> = mix.collect();
    if mix.is_empty() { "no instance".to_owned() } else { mix.join(" + ") }
}
