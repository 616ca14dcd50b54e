//! Figures as text: money, shares, mixes, and the tables and lines that plans and outlooks share.

use comfy_table::{CellAlignment, Table, presets};
use eniac_core::capacity::Resource;
use eniac_core::report::{
    Assumption, CheapestFleet, Cost, InstanceCount, PredictedFleet, RegionReport,
};
use eniac_core::{Diagnostic, Severity};
use std::fmt::Write;

/// A table without lines.
pub(crate) fn plain() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table
}

/// A table of costs: what each row is, its parts, and two columns for what there is to say.
pub(crate) struct CostTable(Table);

impl CostTable {
    pub(crate) fn new() -> Self {
        let mut table = plain();
        table.set_header(["USD an hour", "compute", "fee", "disks", "total", "a month", "", ""]);
        Self(table)
    }

    pub(crate) fn row(&mut self, name: &str, cost: &Cost, what: String, more: String) {
        self.0.add_row([
            name.to_owned(),
            usd(cost.compute_nano_usd_per_hour.0),
            usd(cost.fee_nano_usd_per_hour.0),
            usd(cost.disk_nano_usd_per_hour.0),
            usd(cost.total_nano_usd_per_hour.0),
            month(cost),
            what,
            more,
        ]);
    }

    /// The predicted and the cheapest fleet, as far as they are known.
    pub(crate) fn fleets(
        &mut self,
        predicted: Option<&PredictedFleet>,
        cheapest: Option<&CheapestFleet>,
    ) {
        if let Some(predicted) = predicted {
            self.row("predicted", &predicted.fleet.cost, mix(&predicted.fleet.mix), String::new());
        }
        if let Some(cheapest) = cheapest {
            let proof = cheapest.proof.clone();
            self.row("cheapest", &cheapest.fleet.cost, mix(&cheapest.fleet.mix), proof);
        }
    }

    pub(crate) fn text(mut self) -> String {
        to_the_right(&mut self.0, &[1, 2, 3, 4, 5]);
        format!("{}\n\n", self.0)
    }
}

/// Figures stand under each other by their last digit.
pub(crate) fn to_the_right(table: &mut Table, columns: &[usize]) {
    for column in columns {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Tables fill their last column with spaces, which wrap in a narrow terminal.
pub(crate) fn without_trailing_space(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// What the scenario is called, and where it is.
pub(crate) fn heading(name: &str, region: &RegionReport) -> String {
    format!("{}  {}  {}\n\n", title(name), region.name, region.zones.join(", "))
}

pub(crate) fn title(name: &str) -> &str {
    if name.is_empty() { "Plan" } else { name }
}

/// What is wrong with a scenario, a line each.
pub(crate) fn diagnostics(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = severity(diagnostic.severity);
        let _ = writeln!(text, "{severity}: {}: {}", diagnostic.path, diagnostic.message);
    }
    text
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What is assumed, and how old the figures are.
pub(crate) fn footing(assumptions: &[Assumption], region: &RegionReport) -> String {
    let mut text = String::new();
    for assumption in assumptions {
        let _ = writeln!(text, "assumed: {} ({})", assumption.text, assumption.source);
    }
    let parts = region.as_of.iter();
    let dates: Vec<String> = parts.map(|part| format!("{} {}", part.part, part.as_of)).collect();
    let _ = writeln!(text, "\nFigures as of: {}", dates.join("; "));
    text
}

/// Nano-USD as USD, to a millionth.
pub(crate) fn usd(nano: u64) -> String {
    let micro = nano.saturating_add(500) / 1000;
    format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// Money that must not be said too high.
pub(crate) fn usd_down(nano: u64) -> String {
    usd(nano / 1000 * 1000)
}

/// Money that must not be said too low.
pub(crate) fn usd_up(nano: u64) -> String {
    usd(nano.div_ceil(1000).saturating_mul(1000))
}

/// What something costs a month, to a cent.
pub(crate) fn month(cost: &Cost) -> String {
    cents(cost.total_micro_usd_per_month)
}

/// Micro-USD as USD, to a cent.
pub(crate) fn cents(micro: u64) -> String {
    let cents = micro.saturating_add(5000) / 10_000;
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Thousandths as a percentage: `27.3 %`.
pub(crate) fn percent(thousandths: u64) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// Thousandths as a factor: `3.7 times`.
pub(crate) fn times(thousandths: u64) -> String {
    let tenths = thousandths.saturating_add(50) / 100;
    format!("{}.{} times", tenths / 10, tenths % 10)
}

/// What the clock shows so many minutes after it showed `starts_at`: `09:16`, `00:05 +1d`.
pub(crate) fn clock(starts_at: u32, minute: u32) -> String {
    let minutes = u64::from(starts_at) + u64::from(minute);
    let day = match minutes / 1440 {
        0 => String::new(),
        days => format!(" +{days}d"),
    };
    format!("{:02}:{:02}{day}", minutes / 60 % 24, minutes % 60)
}

/// Seconds as people say them: `45 s`, `3 min 20 s`, `2 h 5 min`.
pub(crate) fn duration(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// What was left out of a list, and how to see it; nothing where nothing was.
pub(crate) fn more(left_out: usize, noun: &str, how: &str) -> String {
    match left_out {
        0 => String::new(),
        _ => format!("… and {} more; {how}\n", counted(left_out as u64, noun)),
    }
}

/// `1 type`, `2 types`.
pub(crate) fn counted(count: impl Into<u64>, noun: &str) -> String {
    let count = count.into();
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

pub(crate) fn mix(counts: &[InstanceCount]) -> String {
    let counts = counts.iter().map(|count| format!("{} x {}", count.count, count.instance_type));
    let mix: Vec<String> = counts.collect();
    if mix.is_empty() { "no instances".to_owned() } else { mix.join(" + ") }
}

pub(crate) fn resources(binding: &[Resource]) -> String {
    let names: Vec<&str> = binding.iter().map(|each| each.name()).collect();
    names.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_to_the_nearest() {
        assert_eq!(usd(1_499), "0.000001");
        assert_eq!((usd_down(1_999), usd_up(1_001)), ("0.000001".into(), "0.000002".into()));
        assert_eq!((cents(4_999), cents(1_005_000)), ("0.00".into(), "1.01".into()));
        assert_eq!((percent(273), percent(5)), ("27.3 %".into(), "0.5 %".into()));
        assert_eq!((clock(540, 21), clock(1439, 2)), ("09:21".into(), "00:01 +1d".into()));
        assert_eq!((duration(59), duration(60)), ("59 s".into(), "1 min".into()));
        assert_eq!((duration(200), duration(7_501)), ("3 min 20 s".into(), "2 h 5 min".into()));
        assert_eq!((times(3_749), times(3_750)), ("3.7 times".into(), "3.8 times".into()));
        assert_eq!(
            (counted(1_u32, "type"), counted(0_u32, "type")),
            ("1 type".into(), "0 types".into())
        );
    }
}
