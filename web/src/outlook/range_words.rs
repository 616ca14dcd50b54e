//! The range and how sure the prediction is, in sentences. Pure.

use crate::answer::mix_text;
use crate::format::{counted, times, usd_month};
use eniac_core::report::{RangeReport, Report, SensitivityOutcome, SensitivityReport, Uncertainty};

/// `Between $499 and $2,119 a month: …`.
pub fn range_sentence(report: &Report, range: &RangeReport) -> String {
    let dearest = range.dearest.cost.total_micro_usd_per_month;
    let least = report.cheapest.as_ref().map(|it| it.fleet.cost.total_micro_usd_per_month);
    let predicted = report.predicted.as_ref().map(|it| it.fleet.cost.total_micro_usd_per_month);
    let least = least.into_iter().chain(predicted).min().unwrap_or(dearest);
    let admitted = match (range.admitted_types, range.fitting_types) {
        (all, fitting) if all == fitting => counted(u64::from(all), "type"),
        (all, fitting) => format!("{}, of which {fitting} fit", counted(u64::from(all), "type")),
    };
    let between = if usd_month(least) == usd_month(dearest) {
        format!("{} a month, whatever EC2 has left", usd_month(least))
    } else {
        format!("Between {} and {} a month", usd_month(least), usd_month(dearest))
    };
    let worst = range.services.iter().max_by_key(|service| service.times_thousandths);
    let worst = match worst {
        Some(it) if it.times_thousandths > 1_000 => {
            let of = if range.services.len() > 1 {
                format!(" ({}, on {})", it.service, it.dearest.instance_type)
            } else {
                format!(" ({})", it.dearest.instance_type)
            };
            format!(
                "; on the dearest a task costs {} what it costs on the cheapest{of}",
                times(it.times_thousandths)
            )
        }
        _ => String::new(),
    };
    format!("{between}: these requirements admit {admitted}{worst}.")
}

/// One word: how sure the prediction is.
pub fn sure_word(sensitivity: &SensitivityReport) -> &'static str {
    if sensitivity.sure { "Sure" } else { "Not sure" }
}

/// Why the prediction is sure, or what else may come out.
pub fn sure_sentences(sensitivity: &SensitivityReport) -> Vec<String> {
    let (same, others): (Vec<&SensitivityOutcome>, Vec<&SensitivityOutcome>) =
        sensitivity.outcomes.iter().partition(|outcome| outcome.same);
    let mut sentences = Vec::new();
    if !same.is_empty() {
        sentences.push(format!("The same fleet comes out with {}.", joined(&both_ways(&same))));
    }
    sentences.extend(others.into_iter().map(outcome_sentence));
    sentences
}

/// What comes out when something unknown is a little different.
pub fn outcome_sentence(outcome: &SensitivityOutcome) -> String {
    let fleet = &outcome.fleet;
    let then = if fleet.mix.is_empty() {
        "nothing could run".to_owned()
    } else {
        format!(
            "ECS would launch {} for {} a month",
            mix_text(&fleet.mix),
            usd_month(fleet.cost.total_micro_usd_per_month)
        )
    };
    let unplaced = match outcome.unplaced.as_slice() {
        [] => String::new(),
        names => format!(", and {} would fit nowhere", names.join(", ")),
    };
    format!("With {}, {then}{unplaced}.", varied(outcome))
}

/// `100 MiB more kept by the platform`.
pub fn varied(outcome: &SensitivityOutcome) -> String {
    let (by, word) = (outcome.by.unsigned_abs(), if outcome.by < 0 { "less" } else { "more" });
    match outcome.what {
        Uncertainty::MemoryReserve => format!("{by} MiB {word} kept by the platform"),
        Uncertainty::EniLimit => {
            let word = if word == "less" { "fewer" } else { word };
            let s = if by == 1 { "" } else { "s" };
            format!("{by} ENI{s} {word} on a trunk")
        }
    }
}

/// What makes a fit uncertain.
pub fn because(what: Uncertainty) -> &'static str {
    match what {
        Uncertainty::MemoryReserve => "the platform's memory",
        Uncertainty::EniLimit => "the trunk's ENIs",
    }
}

/// What was varied, by as much more and less told at once.
fn both_ways(outcomes: &[&SensitivityOutcome]) -> Vec<String> {
    let mut told: Vec<(Uncertainty, i32)> = Vec::new();
    let mut words = Vec::new();
    for outcome in outcomes {
        if told.contains(&(outcome.what, outcome.by)) {
            continue;
        }
        let other = outcomes.iter().find(|it| it.what == outcome.what && it.by == -outcome.by);
        told.push((outcome.what, outcome.by));
        words.push(match (other, outcome.what) {
            (None, _) => varied(outcome),
            (Some(_), Uncertainty::MemoryReserve) => {
                format!("{} MiB more or less kept by the platform", outcome.by.unsigned_abs())
            }
            (Some(_), Uncertainty::EniLimit) => {
                format!("{} ENIs more or fewer on a trunk", outcome.by.unsigned_abs())
            }
        });
        told.extend(other.map(|other| (other.what, other.by)));
    }
    words
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::report::{FleetSummary, InstanceCount};

    fn outcome(what: Uncertainty, by: i32, same: bool) -> SensitivityOutcome {
        let mix = vec![InstanceCount { instance_type: "m7g.large".into(), count: 2 }];
        let fleet = FleetSummary { instances: 2, mix, ..FleetSummary::default() };
        SensitivityOutcome { what, by, fleet, unplaced: vec!["api".into()], same }
    }

    #[test]
    fn the_range_is_told_with_what_makes_it() {
        let report = include_str!("../../tests/example-report.json");
        let mut report: Report = serde_json::from_str(report).unwrap();
        let outlook = include_str!("../../tests/example-outlook.json");
        let outlook: eniac_core::report::Outlook = serde_json::from_str(outlook).unwrap();
        let mut range = outlook.range.unwrap();
        report.cheapest = None;
        if let Some(predicted) = &mut report.predicted {
            predicted.fleet.cost.total_micro_usd_per_month = 604_000_000;
        }
        range.dearest.cost.total_micro_usd_per_month = 2_119_000_000;
        (range.admitted_types, range.fitting_types) = (61, 60);
        range.services.truncate(1);
        range.services[0].times_thousandths = 4_312;
        range.services[0].dearest.instance_type = "is4gen.large".into();
        assert_eq!(
            range_sentence(&report, &range),
            "Between $604 and $2,119 a month: these requirements admit 61 types, of which 60 fit; on \
             the dearest a task costs 4.3 times what it costs on the cheapest (is4gen.large)."
        );
        range.dearest.cost.total_micro_usd_per_month = 604_000_000;
        (range.admitted_types, range.fitting_types) = (1, 1);
        range.services[0].times_thousandths = 1_000;
        assert_eq!(
            range_sentence(&report, &range),
            "$604 a month, whatever EC2 has left: these requirements admit 1 type."
        );
    }

    #[test]
    fn sureness_is_told_with_its_outcomes() {
        let report = SensitivityReport {
            sure: false,
            outcomes: vec![
                outcome(Uncertainty::MemoryReserve, -100, true),
                outcome(Uncertainty::EniLimit, -2, true),
                outcome(Uncertainty::EniLimit, 2, true),
                outcome(Uncertainty::MemoryReserve, 100, false),
            ],
            uncertain_fits: Vec::new(),
        };
        assert_eq!(sure_word(&report), "Not sure");
        assert_eq!(
            sure_sentences(&report),
            [
                "The same fleet comes out with 100 MiB less kept by the platform or 2 ENIs more or \
                 fewer on a trunk.",
                "With 100 MiB more kept by the platform, ECS would launch 2 × m7g.large for $0 a \
                 month, and api would fit nowhere.",
            ]
        );
    }
}
