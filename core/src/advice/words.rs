//! Figures as the sentences of the advice say them.

use crate::report::FleetSummary;
use crate::scenario::quantity::with_thousands;
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

/// `one instance`, `2 instances`.
pub(super) fn instances(count: u32) -> String {
    match count {
        0 => "no instance".to_owned(),
        1 => "one instance".to_owned(),
        count => format!("{} instances", with_thousands(count.into())),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Seconds as people say them: `40 s`, `8 min`, `3 h 20 min`; minutes are rounded up.
pub(super) fn minutes(seconds: u64) -> String {
    let minutes = seconds.div_ceil(60);
    match minutes {
        _ if seconds < 120 => format!("{seconds} s"),
        minutes if minutes < 120 => format!("{minutes} min"),
        minutes if minutes % 60 == 0 => format!("{} h", minutes / 60),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

/// Tenths with a decimal where there is one: `75`, `87.5`.
pub(super) fn tenths(tenths: u64) -> String {
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Thousandths, with the decimals that there are: `75`, `37.5`.
pub(super) fn thousandths(thousandths: u64) -> String {
    let whole = thousandths / 1000;
    let rest = format!("{:03}", thousandths % 1000);
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_people_say_them() {
        assert_eq!([minutes(40), minutes(481), minutes(7200)], ["40 s", "9 min", "2 h"]);
        assert_eq!([tenths(750), tenths(875)], ["75", "87.5"]);
        assert_eq!([thousandths(75_000), thousandths(37_500)], ["75", "37.5"]);
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!((instances(1), tasks(2)), ("one instance".to_owned(), "2 tasks".to_owned()));
    }
}
