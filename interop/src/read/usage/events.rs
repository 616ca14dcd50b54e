//! Performance log events of Container Insights: single samples, of one task at one time each.

use super::{Source, measure, scalar};
use crate::account::Account;
use crate::input::Lines;
use crate::json;
use crate::node::{Node, Place};
use crate::usage::{Usage, Who, thousandths};

const METRICS: [&str; 2] = ["CpuUtilized", "MemoryUtilized"];

/// What CPU and memory of an event are told of.
const OF_A_TASK: &str = "Task";

/// An event, a list of events, or an answer of `filter-log-events` with events as texts.
pub(super) fn are_events(json: &Node) -> bool {
    match json.as_list().or_else(|| json.get("events").and_then(Node::as_list)) {
        Some(list) => list.first().is_some_and(|first| {
            is_event(first) || first.get("message").and_then(Node::as_text).is_some_and(is_line)
        }),
        None => is_event(json),
    }
}

/// An event to a line.
pub(super) fn are_lines(text: &str) -> bool {
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_line)
}

fn is_line(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && text.contains("\"Type\"")
        && json::parse(text, 0).is_ok_and(|node| is_event(&node))
}

fn is_event(node: &Node) -> bool {
    let has = |key: &str| node.get(key).is_some();
    has("Type") && (has("CpuUtilized") || has("MemoryUtilized") || has("ClusterName"))
}

/// Events that are not of tasks, by their type, and those that cannot be read.
#[derive(Default)]
struct Other {
    of_tasks: usize,
    not_of_tasks: usize,
    of_no_service: usize,
    unreadable: Option<(Place, usize, String)>,
}

pub(super) fn read(json: &Node, usage: &mut Usage, account: &mut Account) {
    let mut other = Other::default();
    let alone = std::slice::from_ref(json);
    let list = json.as_list().or_else(|| json.get("events").and_then(Node::as_list));
    for node in list.unwrap_or(alone) {
        match node.get("message").and_then(Node::as_text) {
            Some(message) => one_line(message, node.at.without_span(), usage, &mut other),
            None => event(node, node.at.without_span(), usage, &mut other),
        }
    }
    other.tell(json.at.without_span(), account);
}

pub(super) fn read_lines(source: &Source, usage: &mut Usage, account: &mut Account) {
    let mut other = Other::default();
    let lines = Lines::of(&source.text);
    let mut begin = 0;
    for line in source.text.split_inclusive('\n') {
        let at = Place::line(source.file, lines.line(begin));
        begin += line.len();
        if !line.trim().is_empty() {
            one_line(line, at, usage, &mut other);
        }
    }
    other.tell(Place::file(source.file), account);
}

fn one_line(line: &str, at: Place, usage: &mut Usage, other: &mut Other) {
    match json::parse(line, at.file) {
        Ok(node) => event(&node, at, usage, other),
        Err(why) => {
            let (_, count, _) = other.unreadable.get_or_insert((at, 0, why));
            *count += 1;
        }
    }
}

fn event(node: &Node, at: Place, usage: &mut Usage, other: &mut Other) {
    if scalar(node, "Type").is_some_and(|kind| kind != OF_A_TASK) {
        other.not_of_tasks += 1;
        return;
    }
    let Some(service) = scalar(node, "ServiceName").filter(|name| !name.is_empty()) else {
        other.of_no_service += 1;
        return;
    };
    other.of_tasks += 1;
    let time = scalar(node, "Timestamp").and_then(|it| iso_of_milliseconds(&it));
    for metric in METRICS {
        let value = scalar(node, metric).and_then(|text| thousandths(&text));
        if let Some((measure, value)) = measure(metric).zip(value) {
            let seen = usage.of(Who::Service(service.clone()), measure, at);
            seen.sample(value);
            if let Some(time) = &time {
                seen.time(time);
            }
        }
    }
}

impl Other {
    fn tell(self, at: Place, account: &mut Account) {
        if self.not_of_tasks > 0 {
            let message = format!(
                "left out: {} events of containers, services, instances or the cluster; sizes are \
                 told of tasks ({} events)",
                self.not_of_tasks, self.of_tasks
            );
            account.left_out(at, "", message);
        }
        if self.of_no_service > 0 {
            let message = format!("left out: {} events of tasks of no service", self.of_no_service);
            account.left_out(at, "", message);
        }
        if let Some((at, count, why)) = self.unreadable {
            account.problem(at, "", format!("{count} events cannot be read; the first: {why}"));
        }
    }
}

/// Milliseconds since 1970, as events have them, to the minute; an ISO text stays.
fn iso_of_milliseconds(text: &str) -> Option<String> {
    let Ok(milliseconds) = text.parse::<u64>() else { return Some(text.to_owned()) };
    let minutes = milliseconds / 60_000;
    let (days, minute) = (minutes / 1_440, minutes % 1_440);
    // Days to a date, by eras of 400 years (Howard Hinnant, "chrono-compatible low-level date
    // algorithms", civil_from_days).
    let shifted = days.checked_add(719_468)?;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}Z", minute / 60, minute % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_dates() {
        for (text, expected) in [
            ("0", "1970-01-01T00:00Z"),
            ("951782400000", "2000-02-29T00:00Z"),
            ("1767225599999", "2025-12-31T23:59Z"),
            ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(iso_of_milliseconds(text).as_deref(), Some(expected), "{text}");
        }
    }
}
