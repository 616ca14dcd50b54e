//! What happened, in order and in words.

use crate::figures::{clock, counted, more, plain};
use eniac_core::report::{EventKind, Timeline, TimelineEvent};
use std::fmt::Write;

/// The first events, `most` of them at most.
pub(super) fn events(timeline: &Timeline, most: usize) -> String {
    if timeline.events.is_empty() {
        return String::new();
    }
    let mut table = plain();
    for event in timeline.events.iter().take(most) {
        table.add_row([
            when(timeline, event),
            about(timeline, event),
            figures(event),
            event.text.clone(),
        ]);
    }
    let shown = timeline.events.len().min(most);
    let mut text = format!("What happened: {}\n", counted(timeline.happened, "event"));
    if shown > 0 {
        let _ = writeln!(text, "{table}");
    }
    let untold = timeline.events.len() - shown;
    text.push_str(&more(untold, "event", "--events N or --all tells them"));
    let not_kept = (timeline.happened as usize).saturating_sub(timeline.events.len());
    text.push_str(&more(not_kept, "event", "the timeline does not keep them"));
    text + "\n"
}

/// Hours and minutes, and the seconds where they are not on the minute.
fn when(timeline: &Timeline, event: &TimelineEvent) -> String {
    let (minute, second) = (event.second / 60, event.second % 60);
    let clock = clock(timeline.starts_at_minute, minute);
    let (time, day) = clock.split_at(clock.len().min(5));
    format!("{time}:{second:02}{day}")
}

/// The service, the provider, or both.
fn about(timeline: &Timeline, event: &TimelineEvent) -> String {
    let service = event.service.and_then(|place| timeline.services.get(place as usize));
    let group = event.group.and_then(|place| timeline.groups.get(place as usize));
    let service = service.map(|service| service.service.as_str());
    let group = group.map(|group| group.provider.as_deref().unwrap_or("the group"));
    let names: Vec<&str> = service.into_iter().chain(group).collect();
    names.join(", ")
}

/// `tasks wanted 4 -> 6`, `instances registered 2`.
fn figures(event: &TimelineEvent) -> String {
    let word = word(event.kind);
    match (event.before, event.count) {
        (Some(before), count) => format!("{word} {before} -> {count}"),
        (None, 0) => word.to_owned(),
        (None, count) => format!("{word} {count}"),
    }
}

fn word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::ServiceScaledOut | EventKind::ServiceScaledIn => "tasks desired",
        EventKind::TasksPlaced => "tasks placed",
        EventKind::TasksProvisioning => "tasks PROVISIONING",
        EventKind::TasksUnplaced => "tasks not placed",
        EventKind::ProvisioningTimedOut => "tasks given up",
        EventKind::ProvisioningLimit => "too many PROVISIONING",
        EventKind::TasksStopped => "tasks stopped",
        EventKind::GroupScaledOut | EventKind::GroupScaledIn => "instances desired",
        EventKind::ScaleOutBlocked => "scale-out blocked",
        EventKind::GroupAtMaximum => "group at its maximum",
        EventKind::InstancesRegistered => "instances registered",
        EventKind::InstancesDraining => "instances draining",
        EventKind::InstancesTerminated => "instances terminated",
        EventKind::DeploymentStarted => "deployment started",
        EventKind::TrafficShifted => "traffic shifted",
        EventKind::DeploymentCompleted => "deployment completed",
        EventKind::DeploymentStuck => "deployment stuck",
        EventKind::ZoneRebalanced => "tasks moved between zones",
        EventKind::LoadUnserved => "requests lost",
        EventKind::LoadServed => "requests served again",
    }
}
