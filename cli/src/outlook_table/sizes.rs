//! Other sizes for the tasks of each service.

use super::proposals::summary;
use super::{changes, saving};
use crate::figures::{counted, plain, to_the_right, usd};
use eniac_core::report::{BetterSize, SizeCurve, TaskSizes};
use std::fmt::Write;

pub(super) fn task_sizes(services: &[TaskSizes]) -> String {
    let mut text = "Task sizes\n".to_owned();
    for service in services {
        let name = &service.service;
        text.push_str(&curve(&format!("{name}, memory"), "MiB", &service.memory));
        text.push_str(&curve(&format!("{name}, CPU"), "CPU units", &service.cpu));
    }
    text + "\n"
}

fn curve(name: &str, unit: &str, curve: &SizeCurve) -> String {
    let SizeCurve { now, least, most, free_up_to, .. } = curve;
    let free = if free_up_to > now {
        format!("free up to {free_up_to}")
    } else {
        "more costs more".to_owned()
    };
    let mut text = format!("{name}: {now} {unit} now, {free}; looked at from {least} to {most}\n");
    if !curve.steps.is_empty() {
        let mut table = plain();
        for step in &curve.steps {
            table.add_row([
                "up to".to_owned(),
                format!("{} {unit}:", step.up_to),
                format!("{} USD/h", usd(step.total_nano_usd_per_hour.0)),
                counted(step.instances, "instance"),
            ]);
        }
        to_the_right(&mut table, &[1, 2, 3]);
        let _ = writeln!(text, "{table}");
    }
    if let Some(better) = &curve.better {
        text.push_str(&self::better(better, unit));
    }
    text
}

fn better(better: &BetterSize, unit: &str) -> String {
    let sure =
        if better.sure { "" } else { " (unless the platform keeps 100 MiB more than is known)" };
    format!(
        "  {} {unit} {}: {}{sure}\n    {}\n{}",
        better.size,
        saving(&better.saving),
        better.reason,
        summary(&better.fleet),
        changes(&better.changes)
    )
}
