//! What runs while revisions replace others.

use crate::figures::{CostTable, mix, plain, times, to_the_right};
use crate::table::fleet;
use eniac_core::report::DeploymentReport;
use std::fmt::Write;

pub(super) fn deployment(report: &DeploymentReport) -> String {
    let mut text = format!("Deployment of every service at once\n{}\n\n", services(report));
    let mut costs = CostTable::new();
    let none = String::new;
    costs.row("before", &report.before.cost, mix(&report.before.mix), none());
    costs.row("peak", &report.peak.cost, mix(&report.peak.mix), none());
    costs.row("after", &report.after.cost, mix(&report.after.mix), none());
    text.push_str(&costs.text());
    let more = times(report.peak_thousandths);
    let _ = writeln!(text, "The peak costs {more} the predicted fleet.");
    if !report.launched.is_empty() {
        let _ = writeln!(text, "Launched for it: {}", mix(&report.launched));
    }
    if !report.idle.is_empty() {
        let _ = writeln!(text, "Idle, until ECS ends them: {}", mix(&report.idle));
    }
    text + &fleet("At the peak", &report.peak)
}

fn services(report: &DeploymentReport) -> String {
    let mut table = plain();
    table.set_header(["service", "tasks", "at least", "at most", "old at the peak", "new", ""]);
    for service in &report.services {
        let stuck = "can neither start nor stop a task: the deployment hangs";
        table.add_row([
            service.service.clone(),
            service.desired.to_string(),
            service.min_running.to_string(),
            service.max_running.to_string(),
            service.old_tasks.to_string(),
            service.new_tasks.to_string(),
            if service.stuck { stuck.to_owned() } else { String::new() },
        ]);
    }
    to_the_right(&mut table, &[1, 2, 3, 4, 5]);
    table.to_string()
}
