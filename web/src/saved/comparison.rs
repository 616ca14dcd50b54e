//! Two plans as the lines of a table: what each is, and how the second differs from the first.
//! Pure.

use crate::format::{counted, share, thousands, usd_hour, usd_month};
use eniac_core::report::{Cost, Fleet, InstanceCount, Report};

/// A line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is compared.
    pub what: &'static str,
    /// That of each.
    pub of: [Vec<String>; 2],
    /// The second against the first; empty where there is nothing to say.
    pub difference: String,
    /// Whether the second is better, where more or less is better or worse.
    pub is_better: Option<bool>,
}

/// A quantity of a plan that may not be there.
type Figure = fn(&Report) -> Option<u64>;

/// The fleet that stands for the plan: what ECS would launch, or the cheapest.
fn fleet(report: &Report) -> Option<&Fleet> {
    let predicted = report.predicted.as_ref().map(|it| &it.fleet);
    predicted.or_else(|| report.cheapest.as_ref().map(|it| &it.fleet))
}

fn month(cost: &Cost) -> u64 {
    cost.total_micro_usd_per_month
}

/// What is compared of two plans, the most important first.
pub fn lines(reports: [&Report; 2]) -> Vec<Line> {
    let predicted: Figure = |report| report.predicted.as_ref().map(|it| month(&it.fleet.cost));
    let cheapest: Figure = |report| report.cheapest.as_ref().map(|it| month(&it.fleet.cost));
    let fargate: Figure = |report| report.fargate.cheapest.as_ref().map(month);
    let instances: Figure = |report| fleet(report).map(|it| u64::from(it.instances));
    let tasks: Figure =
        |report| Some(report.services.iter().map(|it| u64::from(it.desired_count)).sum());
    let admitted: Figure = |report| Some(u64::from(report.selection.admitted));
    let mut lines = vec![
        money("Predicted a month", reports, predicted),
        money("Cheapest a month", reports, cheapest),
        money("Fargate a month", reports, fargate),
        counts("Instances", reports, instances),
        Line {
            what: "Of which types",
            of: reports.map(|report| fleet(report).map_or_else(none, |it| mix(&it.mix))),
            difference: String::new(),
            is_better: None,
        },
        counts("Tasks", reports, tasks),
        counts("Types admitted", reports, admitted),
    ];
    let hour: Figure = |report| fleet(report).map(|it| it.cost.total_nano_usd_per_hour.0);
    lines.insert(1, amounts("An hour", reports, hour, usd_hour));
    lines.push(Line {
        what: "Where",
        of: reports.map(|report| {
            let zones = counted(report.region.zones.len() as u64, "zone");
            vec![format!("{}, {zones}", report.region.name)]
        }),
        difference: String::new(),
        is_better: None,
    });
    lines
}

fn none() -> Vec<String> {
    vec!["–".to_owned()]
}

/// All kinds of a fleet.
fn mix(kinds: &[InstanceCount]) -> Vec<String> {
    const MOST: usize = 12;
    let mut said: Vec<String> = kinds
        .iter()
        .take(MOST)
        .map(|kind| format!("{} × {}", thousands(u64::from(kind.count)), kind.instance_type))
        .collect();
    let more = kinds.len().saturating_sub(MOST) as u64;
    if more > 0 {
        said.push(format!("and {}", counted(more, "more kind")));
    }
    if said.is_empty() { none() } else { said }
}

fn money(what: &'static str, reports: [&Report; 2], figure: Figure) -> Line {
    amounts(what, reports, figure, usd_month)
}

fn amounts(
    what: &'static str,
    reports: [&Report; 2],
    figure: Figure,
    show: fn(u64) -> String,
) -> Line {
    let of = reports.map(figure);
    let difference = match of {
        [Some(a), Some(b)] => {
            let thousandths = signed(b, a).saturating_mul(1000) / signed(a.max(1), 0);
            let part =
                if thousandths == 0 { String::new() } else { format!(" ({})", share(thousandths)) };
            said(a, b, "less", |amount| format!("{}{part}", show(amount)))
        }
        _ => String::new(),
    };
    let is_better = match of {
        [Some(a), Some(b)] if a != b => Some(b < a),
        _ => None,
    };
    let of = of.map(|figure| figure.map_or_else(none, |amount| vec![show(amount)]));
    Line { what, of, difference, is_better }
}

fn counts(what: &'static str, reports: [&Report; 2], figure: Figure) -> Line {
    let of = reports.map(figure);
    let difference = match of {
        [Some(a), Some(b)] => said(a, b, "fewer", thousands),
        _ => String::new(),
    };
    let of = of.map(|figure| figure.map_or_else(none, |count| vec![thousands(count)]));
    Line { what, of, difference, is_better: None }
}

fn signed(a: u64, b: u64) -> i64 {
    let whole = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    whole(a).saturating_sub(whole(b))
}

/// `3 more`, `$4 less`, `the same`; `less` is the word for less.
fn said(a: u64, b: u64, less: &str, show: impl Fn(u64) -> String) -> String {
    match a.cmp(&b) {
        std::cmp::Ordering::Equal => "the same".to_owned(),
        std::cmp::Ordering::Less => format!("{} more", show(b - a)),
        std::cmp::Ordering::Greater => format!("{} {less}", show(a - b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(month_dollars: u64, kinds: &[(&str, u32)]) -> Report {
        let mix: Vec<InstanceCount> = kinds
            .iter()
            .map(|(name, count)| InstanceCount { instance_type: (*name).into(), count: *count })
            .collect();
        let cost = Cost { total_micro_usd_per_month: month_dollars * 1_000_000, ..Cost::default() };
        let fleet =
            Fleet { instances: kinds.iter().map(|(_, n)| n).sum(), mix, cost, groups: vec![] };
        let nothing = serde_json::json!({
            "version": 1, "name": "", "region": { "name": "us-east-1", "zones": ["a"], "asOf": [] },
            "diagnostics": [], "assumptions": [], "services": [],
            "selection": { "considered": 0, "admitted": 0, "funnel": [] }, "instanceTypes": [],
            "predicted": null, "cheapest": null,
            "fargate": { "knownRegion": false, "unsupported": [], "x86": null, "arm": null,
                "spotX86": null, "cheapest": null }
        });
        let mut report: Report = serde_json::from_value(nothing).unwrap();
        if !kinds.is_empty() {
            report.predicted = Some(eniac_core::report::PredictedFleet { fleet, ties: Vec::new() });
        }
        report
    }

    #[test]
    fn the_second_is_told_against_the_first() {
        let (a, b) =
            (report(400, &[("m7g.large", 4)]), report(300, &[("m7g.large", 1), ("c7g.large", 2)]));
        let nothing = report(0, &[]);
        let of = |a: &Report, b: &Report, what: &str| {
            let line = lines([a, b]).into_iter().find(|line| line.what == what).unwrap();
            let [a, b] = line.of.map(|of| of.join(" + "));
            (a, b, line.difference, line.is_better)
        };
        let text = |a: &str, b: &str, c: &str, better| (a.into(), b.into(), c.into(), better);
        assert_eq!(
            of(&a, &b, "Predicted a month"),
            text("$400", "$300", "$100 (25 %) less", Some(true))
        );
        assert_eq!(
            of(&b, &a, "Predicted a month"),
            text("$300", "$400", "$100 (33 %) more", Some(false))
        );
        assert_eq!(of(&a, &a, "Predicted a month"), text("$400", "$400", "the same", None));
        assert_eq!(of(&a, &nothing, "Predicted a month"), text("$400", "–", "", None));
        assert_eq!(of(&a, &b, "Instances"), text("4", "3", "1 fewer", None));
        assert_eq!(
            of(&a, &b, "Of which types"),
            text("4 × m7g.large", "1 × m7g.large + 2 × c7g.large", "", None)
        );
    }
}
