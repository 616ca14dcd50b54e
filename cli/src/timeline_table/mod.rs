//! A timeline as text for a terminal: first what it came to, then moment by moment, then in words.

mod events;
mod moments;

use crate::figures::{
    clock, counted, diagnostics, duration, footing, heading, more, percent, plain, to_the_right,
    usd, without_trailing_space,
};
use crate::outlook_table::hints;
use crate::placement_table::instances;
use crate::table::facts;
use eniac_core::report::{
    AlarmProposal, ClusterSnapshot, GroupTimeline, ServiceTimeline, SteadyState, Timeline,
};
use eniac_core::scenario::quantity::with_thousands;
use std::cmp::Reverse;
use std::fmt::Write;

/// How many services are shown, those with the worst figures first.
const SERVICES_SHOWN: usize = 20;

/// How much of a timeline is shown.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    /// How many events.
    pub(crate) events: usize,
    /// How many moments.
    pub(crate) moments: usize,
}

impl Default for Shown {
    fn default() -> Self {
        Self { events: 40, moments: 60 }
    }
}

/// A timeline, whole.
pub(crate) fn timeline(timeline: &Timeline, shown: Shown) -> String {
    let mut text = heading(&timeline.name, &timeline.region);
    // Where nothing could be simulated, the diagnostics say why.
    if !timeline.groups.is_empty() {
        text.push_str(&answer(timeline));
    }
    text.push_str(&diagnostics(&timeline.diagnostics));
    if !timeline.diagnostics.is_empty() {
        text.push('\n');
    }
    if timeline.services.len() > 1 {
        text.push_str(&services(&timeline.services));
    }
    if !timeline.groups.is_empty() {
        text.push_str(&groups(&timeline.groups));
        text.push_str(&moments::moments(timeline, shown.moments));
    }
    text.push_str(&events::events(timeline, shown.events));
    if let Some(snapshot) = &timeline.snapshot {
        text.push_str(&self::snapshot(timeline, snapshot));
    }
    if let Some(steady) = &timeline.steady_state {
        text.push_str(&steady_state(steady));
    }
    if !timeline.groups.is_empty() || !timeline.advice.is_empty() {
        text.push_str(&hints(&timeline.advice));
    }
    if !timeline.alarms.is_empty() {
        text.push_str(&alarms(&timeline.alarms));
    }
    text.push_str(&footing(&timeline.assumptions, &timeline.region));
    // What ends with an empty line may come before what begins with one.
    without_trailing_space(&text).replace("\n\n\n", "\n\n")
}

/// What it came to, a line each.
fn answer(timeline: &Timeline) -> String {
    let totals = &timeline.totals;
    let (starts_at, minutes) = (timeline.starts_at_minute, timeline.minutes);
    let from = clock(starts_at, 0);
    let unserved = match totals.unserved_requests {
        0 => "none".to_owned(),
        lost => format!(
            "{} requests in {}",
            with_thousands(lost),
            counted(totals.unserved_minutes, "minute")
        ),
    };
    let together = duration(totals.waiting_task_minutes.saturating_mul(60));
    let waited = match (totals.longest_wait_seconds, totals.waiting_task_minutes) {
        (0, 0) => "no task waited for an instance".to_owned(),
        (0, _) => format!("for an instance, all tasks together {together}"),
        (longest, _) => {
            let longest = duration(longest.into());
            format!("for an instance, at most {longest}; all tasks together {together}")
        }
    };
    let rows = [
        (
            "period",
            format!("{from} to {}, {}", clock(starts_at, minutes), counted(minutes, "minute")),
        ),
        (
            "cost",
            format!(
                "{} USD; {} an hour on average",
                usd(totals.cost_nano_usd),
                usd(totals.average_nano_usd_per_hour.0)
            ),
        ),
        (
            "instances",
            format!(
                "at most {}; {} paid for",
                totals.peak_instances,
                counted(totals.instance_minutes, "minute")
            ),
        ),
        ("tasks", format!("at most {}", totals.peak_tasks)),
        ("unserved", unserved),
        ("waited", waited),
    ];
    facts(&rows.map(|(name, value)| (name.to_owned(), value))) + "\n"
}

/// The services, those that lost most and waited longest first.
fn services(services: &[ServiceTimeline]) -> String {
    let mut worst: Vec<&ServiceTimeline> = services.iter().collect();
    worst.sort_by_key(|it| Reverse((it.unserved_requests, it.waiting_task_minutes)));
    let mut table = plain();
    table.set_header(["service", "desired at most", "unserved", "in minutes", "waited", "longest"]);
    for service in worst.iter().take(SERVICES_SHOWN) {
        table.add_row([
            service.service.clone(),
            with_thousands(service.desired.most()),
            with_thousands(service.unserved_requests),
            service.unserved_minutes.to_string(),
            duration(service.waiting_task_minutes.saturating_mul(60)),
            duration(service.longest_wait_seconds.into()),
        ]);
    }
    to_the_right(&mut table, &[1, 2, 3, 4, 5]);
    let left_out = services.len().saturating_sub(SERVICES_SHOWN);
    format!("{table}\n{}\n", more(left_out, "service", "--json has them"))
}

fn groups(groups: &[GroupTimeline]) -> String {
    let mut table = plain();
    table.set_header(["group", "target", "size", "at most", "paid minutes", "USD", "types"]);
    for group in groups {
        let most = group.max_size.map_or("any".to_owned(), |most| most.to_string());
        table.add_row([
            group.provider.clone().unwrap_or_else(|| "the group".to_owned()),
            format!("{} %", group.target_capacity),
            format!("{} to {most}", group.min_size),
            group.desired.most().to_string(),
            group.instance_minutes.to_string(),
            usd(group.cost_nano_usd),
            group.instance_types.join(", "),
        ]);
    }
    to_the_right(&mut table, &[1, 3, 4, 5]);
    format!("{table}\n\n")
}

fn snapshot(timeline: &Timeline, snapshot: &ClusterSnapshot) -> String {
    let when = clock(timeline.starts_at_minute, snapshot.minute);
    let heading = format!("The cluster at {when}, minute {}\n", snapshot.minute);
    if snapshot.container_instances.is_empty() {
        return heading + "no instances\n\n";
    }
    heading + &instances(&snapshot.container_instances)
}

fn steady_state(steady: &SteadyState) -> String {
    let agrees = if steady.agrees { "the same" } else { "not the same" };
    let mut text = format!(
        "At the end: {}; the tasks fit on {}, with what is to be spare {}: {agrees}\n",
        counted(steady.instances, "instance"),
        steady.packed,
        steady.with_spare
    );
    for reason in &steady.reasons {
        let _ = writeln!(text, "    {}", reason.text);
    }
    text + "\n"
}

fn alarms(alarms: &[AlarmProposal]) -> String {
    let mut text = "Alarms worth having\n".to_owned();
    for alarm in alarms {
        let operator = match alarm.comparison_operator.as_str() {
            "GreaterThanThreshold" => ">",
            "GreaterThanOrEqualToThreshold" => ">=",
            "LessThanThreshold" => "<",
            "LessThanOrEqualToThreshold" => "<=",
            other => other,
        };
        let _ = writeln!(
            text,
            "  {}: {} of {} {} {operator} {} {}, {} x {}{}",
            alarm.name,
            alarm.statistic,
            alarm.namespace,
            alarm.metric_name,
            thousandths(alarm.threshold_thousandths),
            alarm.unit,
            alarm.evaluation_periods,
            duration(alarm.period_seconds.into()),
            if alarm.needs_container_insights { "; needs Container Insights" } else { "" }
        );
        let _ = writeln!(text, "    {}\n    {}", alarm.dimensions.join(", "), alarm.text);
    }
    text + "\n"
}

/// Thousandths as they are written: `0`, `2.5`.
fn thousandths(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Tenths of a percent without the sign, which the column's head has.
fn tenths(per_mille: u64) -> String {
    percent(per_mille).trim_end_matches(" %").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_have_no_more_digits_than_they_need() {
        for (figure, told) in [(0, "0"), (2_500, "2.5"), (80_000, "80"), (10, "0.01")] {
            assert_eq!(thousandths(figure), told);
        }
        assert_eq!((tenths(1333), tenths(0)), ("133.3".to_owned(), "0.0".to_owned()));
    }
}
