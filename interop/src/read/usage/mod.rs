//! What tasks were seen to use: performance events of Container Insights, results of Logs Insights,
//! and metrics as the command line of `CloudWatch` prints them.

mod events;
mod insights;
mod metrics;

use super::{Found, Source};
use crate::account::Account;
use crate::cells::Cells;
use crate::import::ImportSettings;
use crate::node::{Node, Place};
use crate::usage::{Measure, SizedResource};

/// So much of a table is looked at to know it.
const LONGEST_BEGINNING: usize = 8 << 10;

pub(super) fn recognises(source: &Source) -> bool {
    match &source.json {
        Some(json) => {
            metrics::is_answer(json) || insights::is_results(json) || events::are_events(json)
        }
        None => events::are_lines(&source.text) || is_table(source),
    }
}

/// A table whose first row names a service and what it used.
fn is_table(source: &Source) -> bool {
    let mut end = source.text.len().min(LONGEST_BEGINNING);
    while !source.text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = source.text.get(..end).unwrap_or_default();
    let cells = Cells::of(beginning, source.file);
    cells.rows.first().is_some_and(|row| {
        let names: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        insights::are_names(&names)
    })
}

pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    let queries = metrics::Queries::of(sources);
    for source in sources {
        let whole = Place::file(source.file);
        let before = found.usage.seen.len();
        match &source.json {
            Some(json) if metrics::is_answer(json) => {
                metrics::read(source, json, &queries, &mut found.usage, account);
            }
            Some(json) if insights::is_results(json) => {
                insights::read(json, &mut found.usage, account);
            }
            Some(json) => events::read(json, &mut found.usage, account),
            None if events::are_lines(&source.text) => {
                events::read_lines(source, &mut found.usage, account);
            }
            None => insights::read_table(source, &mut found.usage, account),
        }
        let more = found.usage.seen.len() - before;
        if more > 0 {
            let message = format!("usage of tasks: {more} of CPU or memory, for size suggestions");
            account.understood(whole, "", "", message);
        }
    }
}

/// What a metric of Container Insights or of ECS measures, per task.
fn measure(metric: &str) -> Option<Measure> {
    let (resource, is_percent) = match metric {
        "CpuUtilized" => (SizedResource::Cpu, false),
        "MemoryUtilized" => (SizedResource::Memory, false),
        "CPUUtilization" | "TaskCpuUtilization" => (SizedResource::Cpu, true),
        "MemoryUtilization" | "TaskMemoryUtilization" => (SizedResource::Memory, true),
        _ => return None,
    };
    Some(Measure { resource, is_percent })
}

/// A text or number of an object.
fn scalar(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::scalar)
}
