//! Money as text: exact for tables that are counted with, rounded for people. Integers only.

use eniac_core::report::Cost;

/// Nano-USD as USD, exactly: `0.0612`.
pub(super) fn exact_usd(nano_usd: u64) -> String {
    decimal(u128::from(nano_usd), 9)
}

/// Micro-USD as USD, exactly: `1714.02`.
pub(super) fn exact_usd_of_micro(micro_usd: u64) -> String {
    decimal(u128::from(micro_usd), 6)
}

/// A price of an hour for people: `$0.0612`.
pub(super) fn usd_an_hour(cost: &Cost) -> String {
    let tenths_of_milli = (u128::from(cost.total_nano_usd_per_hour.0) + 50_000) / 100_000;
    format!("${}.{:04}", grouped(tenths_of_milli / 10_000), tenths_of_milli % 10_000)
}

/// A price of a month for people: `$1,714.02`.
pub(super) fn usd_a_month(cost: &Cost) -> String {
    usd(u128::from(cost.total_micro_usd_per_month))
}

/// A difference of months for people, and in percent of `before`: `+$12.30 (+0.7 %)`.
pub(super) fn difference(before: &Cost, after: &Cost) -> String {
    let (before, after) =
        (u128::from(before.total_micro_usd_per_month), u128::from(after.total_micro_usd_per_month));
    let size = before.abs_diff(after);
    let sign = match after.cmp(&before) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => return "no difference".to_owned(),
        std::cmp::Ordering::Greater => "+",
    };
    let money = usd(size);
    if before == 0 {
        return format!("{sign}{money}");
    }
    let tenths = (size * 1_000 + before / 2) / before;
    format!("{sign}{money} ({sign}{}.{} %)", grouped(tenths / 10), tenths % 10)
}

fn usd(micro_usd: u128) -> String {
    let cents = (micro_usd + 5_000) / 10_000;
    format!("${}.{:02}", grouped(cents / 100), cents % 100)
}

fn grouped(value: u128) -> String {
    use eniac_core::scenario::quantity::with_thousands;
    u64::try_from(value).map_or_else(|_| value.to_string(), with_thousands)
}

fn decimal(value: u128, places: u32) -> String {
    let unit = 10_u128.pow(places);
    let width = usize::try_from(places).unwrap_or(9);
    let fraction = format!("{:0width$}", value % unit);
    let fraction = fraction.trim_end_matches('0');
    let whole = value / unit;
    if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(micro_usd_per_month: u64) -> Cost {
        Cost { total_micro_usd_per_month: micro_usd_per_month, ..Cost::default() }
    }

    #[test]
    fn money_is_exact_for_machines_and_short_for_people() {
        assert_eq!(exact_usd(61_200_000), "0.0612");
        assert_eq!(exact_usd(2_000_000_000), "2");
        assert_eq!(exact_usd_of_micro(1_714_020_001), "1714.020001");
        assert_eq!(usd_a_month(&cost(1_234_565_000)), "$1,234.57");
        assert_eq!(difference(&cost(100_000_000), &cost(112_340_000)), "+$12.34 (+12.3 %)");
        assert_eq!(difference(&cost(100_000_000), &cost(50_000_000)), "−$50.00 (−50.0 %)");
        assert_eq!(difference(&cost(7), &cost(7)), "no difference");
        assert_eq!(difference(&cost(0), &cost(1_000_000)), "+$1.00");
    }
}
