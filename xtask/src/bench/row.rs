//! One line of the bench: what was found for a problem, beside what is known of it.

use serde::Serialize;

use super::instance::{Case, Class};
use super::run::Measured;

/// Shares are in millionths, rounded away from 0, so that only what is equal reads as 0.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) services: usize,
    pub(super) tasks: u64,
    pub(super) types: usize,
    pub(super) instances: u64,
    pub(super) cost_micro: u64,
    pub(super) lower_bound_micro: u64,
    pub(super) proven_optimal: bool,
    /// How far the cost is above the own bound.
    pub(super) gap_millionths: i64,
    /// How far the cost is above the best known one; negative where it is below.
    pub(super) cost_excess_millionths: Option<i64>,
    /// How far the bound is above the best known one.
    pub(super) bound_excess_millionths: Option<i64>,
    /// Of the median run.
    pub(super) milliseconds: f64,
    /// Of the first run: in wasm, before its code is optimised.
    pub(super) cold_milliseconds: f64,
    pub(super) first_milliseconds: f64,
    /// How far the first plan is above the best known cost, or the own one.
    pub(super) first_excess_millionths: i64,
    /// When a plan as near to that cost as the class's target wants was there.
    pub(super) near_milliseconds: f64,
    pub(super) work: u64,
    pub(super) peak_memory_bytes: Option<u64>,
}

impl Row {
    pub(super) fn new(case: &Case, measured: &Measured) -> Self {
        let answer = &measured.answer;
        let reference = case
            .known
            .map_or(answer.cost_micro, |known| known.best_cost_micro.min(answer.cost_micro));
        let near = case.class().targets().first_excess_millionths;
        let found = |most: i64| {
            let plans =
                answer.trace.iter().filter_map(|it| Some((it.milliseconds, it.cost_micro?)));
            plans.map(|(when, cost)| (when, excess(cost, reference))).find(|(_, it)| *it <= most)
        };
        let (first_milliseconds, first_excess_millionths) =
            found(i64::MAX).unwrap_or((answer.milliseconds, 0));
        let (near_milliseconds, _) = found(near).unwrap_or((answer.milliseconds, 0));
        Self {
            name: case.instance.name.clone(),
            class: case.class(),
            services: case.instance.services.len(),
            tasks: case.tasks(),
            types: case.instance.types.len(),
            instances: answer.instances,
            cost_micro: answer.cost_micro,
            lower_bound_micro: answer.lower_bound_micro,
            proven_optimal: answer.proven_optimal,
            gap_millionths: excess(answer.cost_micro, answer.lower_bound_micro),
            cost_excess_millionths: case
                .known
                .map(|known| excess(answer.cost_micro, known.best_cost_micro)),
            bound_excess_millionths: case
                .known
                .map(|known| excess(answer.lower_bound_micro, known.lower_bound_micro)),
            milliseconds: answer.milliseconds,
            cold_milliseconds: measured.cold_milliseconds,
            first_milliseconds,
            first_excess_millionths,
            near_milliseconds,
            work: answer.work,
            peak_memory_bytes: answer.peak_memory_bytes,
        }
    }

    pub(super) fn heading() -> String {
        format!(
            "{:<14} {:>9} {:>9} {:>16} {:>16} {:>9} {:>9} {:>9} {:>8} {:>8} {:>7} {:>8} {:>7} {:>7} {:>6}",
            "problem",
            "tasks",
            "instances",
            "cost, µUSD/h",
            "bound",
            "gap %",
            "cost/best",
            "bound/kn.",
            "ms",
            "cold",
            "1st ms",
            "1st %",
            "near ms",
            "kwork",
            "MiB"
        )
    }

    pub(super) fn line(&self) -> String {
        let of_known = |share: Option<i64>| share.map_or_else(|| "-".to_owned(), percent);
        let gap =
            if self.proven_optimal { "proven".to_owned() } else { percent(self.gap_millionths) };
        let memory = self.peak_memory_bytes.map_or_else(|| "-".to_owned(), mebibytes);
        format!(
            "{:<14} {:>9} {:>9} {:>16} {:>16} {:>9} {:>9} {:>9} {:>8.1} {:>8.1} {:>7.1} {:>8} {:>7.1} {:>7} {:>6}",
            self.name,
            self.tasks,
            self.instances,
            self.cost_micro,
            self.lower_bound_micro,
            gap,
            of_known(self.cost_excess_millionths),
            of_known(self.bound_excess_millionths),
            self.milliseconds,
            self.cold_milliseconds,
            self.first_milliseconds,
            percent(self.first_excess_millionths),
            self.near_milliseconds,
            self.work.div_ceil(1000),
            memory
        )
    }
}

/// By how many millionths `is` is above `base`, rounded away from 0.
pub(super) fn excess(is: u64, base: u64) -> i64 {
    let share = (u128::from(is.abs_diff(base)) * 1_000_000).div_ceil(u128::from(base.max(1)));
    let share = i64::try_from(share).unwrap_or(i64::MAX);
    if is < base { -share } else { share }
}

/// Millionths as a percentage with four decimals: all that there are.
pub(super) fn percent(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let amount = millionths.unsigned_abs();
    format!("{sign}{}.{:04}", amount / 10_000, amount % 10_000)
}

fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil((1 << 20) / 10);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_away_from_nothing() {
        for (is, base, share, told) in [
            (100, 100, 0, "0.0000"),
            (1_000_000_001, 1_000_000_000, 1, "0.0001"),
            (999_999_999, 1_000_000_000, -1, "-0.0001"),
            (101, 100, 10_000, "1.0000"),
            (0, 0, 0, "0.0000"),
        ] {
            assert_eq!(excess(is, base), share);
            assert_eq!(percent(share), told);
        }
        assert_eq!(excess(u64::MAX, 0), i64::MAX);
    }
}
