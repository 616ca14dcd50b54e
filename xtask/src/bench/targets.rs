//! What each class of problems should reach on a machine of two cores in wasm, and whether it did.
//! Targets are told; they fail nothing, as times are those of the machine.

use std::fmt::Write as _;

use serde::Serialize;

use super::instance::Class;
use super::row::{Row, percent};

/// Shares in millionths, times in milliseconds.
pub(super) struct Targets {
    /// `(at most, on so many percent of the problems)`, each of which must hold.
    cost_excess: [(i64, usize); 2],
    gap: [(i64, usize); 2],
    /// `(at most, on so many percent)`, of the median run.
    milliseconds: [(f64, usize); 2],
    /// A plan within this much of the best known cost ...
    pub(super) first_excess_millionths: i64,
    /// ... is there after this time.
    first_milliseconds: f64,
}

impl Class {
    pub(super) const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    pub(super) fn targets(self) -> Targets {
        match self {
            Self::Small => Targets {
                cost_excess: [(0, 100), (0, 100)],
                gap: [(0, 100), (0, 100)],
                milliseconds: [(5.0, 50), (200.0, 100)],
                first_excess_millionths: 0,
                first_milliseconds: 200.0,
            },
            Self::Medium => Targets {
                cost_excess: [(500, 100), (500, 100)],
                gap: [(1000, 90), (10_000, 100)],
                milliseconds: [(500.0, 100), (500.0, 100)],
                first_excess_millionths: 5000,
                first_milliseconds: 50.0,
            },
            Self::Large => Targets {
                cost_excess: [(1000, 90), (5000, 100)],
                gap: [(5000, 90), (20_000, 100)],
                milliseconds: [(1500.0, 100), (1500.0, 100)],
                first_excess_millionths: 20_000,
                first_milliseconds: 200.0,
            },
        }
    }
}

/// One target of a class.
#[derive(Serialize)]
pub(super) struct Outcome {
    class: Class,
    target: String,
    met: bool,
    reached: usize,
    of: usize,
    /// The problems that did not reach it.
    missed_by: Vec<String>,
}

/// Every target of the classes of which there are problems.
pub(super) fn outcomes(rows: &[Row]) -> Vec<Outcome> {
    let mut all = Vec::new();
    for class in Class::ALL {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.class == class).collect();
        if rows.is_empty() {
            continue;
        }
        let targets = class.targets();
        let mut add = |target: String, share: usize, reached: &dyn Fn(&Row) -> bool| {
            let missed_by: Vec<String> =
                rows.iter().filter(|row| !reached(row)).map(|row| row.name.clone()).collect();
            let (of, reached) = (rows.len(), rows.len() - missed_by.len());
            let met = reached * 100 >= of * share;
            let outcome = Outcome { class, target, met, reached, of, missed_by };
            if !all.iter().any(|it: &Outcome| it.class == class && it.target == outcome.target) {
                all.push(outcome);
            }
        };
        for (most, share) in targets.cost_excess {
            let target = format!("cost within {} % of the best known, on {share} %", percent(most));
            let reached = |row: &Row| row.cost_excess_millionths.is_none_or(|it| it <= most);
            add(target, share, &reached);
        }
        for (most, share) in targets.gap {
            let target = format!("own gap at most {} %, on {share} %", percent(most));
            add(target, share, &|row| row.gap_millionths <= most);
        }
        for (most, share) in targets.milliseconds {
            let target = format!("done in {most} ms, on {share} %");
            add(target, share, &|row| row.milliseconds <= most);
        }
        let (near, most) = (targets.first_excess_millionths, targets.first_milliseconds);
        let target = format!("a plan within {} % in {most} ms, on 100 %", percent(near));
        add(target, 100, &|row| row.near_milliseconds <= most);
        add("memory under 32 MiB, on 100 %".to_owned(), 100, &|row| {
            row.peak_memory_bytes.is_none_or(|bytes| bytes < 32 << 20)
        });
    }
    all
}

/// A line a class with its figures, then a line a target.
pub(super) fn summary(rows: &[Row], outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for class in Class::ALL {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.class == class).collect();
        if rows.is_empty() {
            continue;
        }
        let gap = rows.iter().map(|row| row.gap_millionths);
        let proven = rows.iter().filter(|row| row.proven_optimal).count();
        let times = median_and_worst(rows.iter().map(|row| row.milliseconds).collect());
        let first = median_and_worst(rows.iter().map(|row| row.first_milliseconds).collect());
        let worst_gap = gap.clone().max().unwrap_or(0);
        let mean_gap = gap.sum::<i64>() / i64::try_from(rows.len()).unwrap_or(1);
        let excess = rows.iter().filter_map(|row| row.cost_excess_millionths).max();
        let _ = writeln!(
            text,
            "\n{class:?}: {} problems, {proven} proven optimal; gap mean {} %, worst {} %; cost at \
             worst {} % above the best known; ms median {:.1}, worst {:.1}; first plan median \
             {:.1}, worst {:.1}",
            rows.len(),
            percent(mean_gap),
            percent(worst_gap),
            excess.map_or_else(|| "?".to_owned(), percent),
            times.0,
            times.1,
            first.0,
            first.1
        );
        for outcome in outcomes.iter().filter(|outcome| outcome.class == class) {
            let word = if outcome.met { "met   " } else { "MISSED" };
            let Outcome { target, reached, of, .. } = outcome;
            let missed = match outcome.missed_by.as_slice() {
                [] => String::new(),
                names => format!(", not {}", names.join(" ")),
            };
            let _ = writeln!(text, "  {word} {target}: {reached} of {of}{missed}");
        }
    }
    let mut better = |what: &str, is_better: &dyn Fn(&Row) -> bool| {
        let names = rows.iter().filter(|row| is_better(row)).map(|row| row.name.as_str());
        let names: Vec<&str> = names.collect();
        if !names.is_empty() {
            let _ = writeln!(text, "\n{what} the best known: {}", names.join(" "));
        }
    };
    better("cost below", &|row| row.cost_excess_millionths.is_some_and(i64::is_negative));
    better("bound above", &|row| row.bound_excess_millionths.is_some_and(i64::is_positive));
    text
}

fn median_and_worst(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().unwrap_or(0.0);
    (median, times.last().copied().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, gap_millionths: i64, milliseconds: f64) -> Row {
        Row {
            name: name.to_owned(),
            class: Class::Medium,
            services: 9,
            tasks: 1,
            types: 1,
            instances: 1,
            cost_micro: 100,
            lower_bound_micro: 99,
            proven_optimal: false,
            gap_millionths,
            cost_excess_millionths: None,
            bound_excess_millionths: Some(1),
            milliseconds,
            cold_milliseconds: 0.0,
            first_milliseconds: 0.0,
            first_excess_millionths: 0,
            near_milliseconds: 50.0,
            work: 1,
            peak_memory_bytes: None,
        }
    }

    #[test]
    fn a_target_on_most_problems_lets_one_of_ten_miss() {
        let mut rows: Vec<Row> = (0..9).map(|_| row("good", 1000, 500.0)).collect();
        rows.push(row("poor", 1001, 500.1));
        let outcomes = outcomes(&rows);
        let of = |part: &str| {
            let found = outcomes.iter().find(|it| it.target.contains(part)).expect(part);
            (found.met, found.reached, found.missed_by.join(" "))
        };
        assert_eq!(of("gap at most 0.1000 %, on 90 %"), (true, 9, "poor".to_owned()));
        assert_eq!(of("gap at most 1.0000 %, on 100 %"), (true, 10, String::new()));
        assert_eq!(of("done in 500 ms"), (false, 9, "poor".to_owned()));
        // What is not known is not missed, and each target is told once.
        assert_eq!(of("cost within"), (true, 10, String::new()));
        assert_eq!(outcomes.len(), 6);
        let told = summary(&rows, &outcomes);
        assert!(
            told.contains("Medium: 10 problems") && told.contains("9 of 10, not poor"),
            "{told}"
        );
        assert!(told.contains("bound above the best known: good good"), "{told}");
    }
}
