//! What the capacity provider's metric says of this cluster, beside the formula that articles give
//! for it.
//!
//! Articles: tasks x 100 / slots. ECS: instances needed / instances x 100; without waiting tasks
//! those needed are those that hold a task. Source: ECS Developer Guide, cluster auto scaling.

use super::super::hints::advice;
use super::super::words::{instances, minutes, tasks, tenths};
use super::Group;
use super::run_away::spreads;
use crate::diagnostic::Severity;
use crate::report::Advice;

/// Figures as near as this agree, in tenths of a percent.
const CLOSE: u64 = 30;

pub(super) fn reservation(group: &Group<'_, '_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    hints.extend(formula(group));
    hints.extend(no_spare(group));
    hints
}

/// Both figures, where they differ.
fn formula(group: &Group<'_, '_>) -> Option<Advice> {
    let target = u64::from(group.scaling()?.target_capacity.get());
    let through = group.through_provider();
    let needed = group.needed()?;
    let now = u64::from(group.at_first()?.max(1));
    let all: u64 = through.iter().map(|(kind, ..)| u64::from(group.count(*kind))).sum();
    let spread = through.iter().filter(|(.., it)| spreads(it).is_some());
    let spread: u64 = spread.map(|(kind, ..)| u64::from(group.count(*kind))).sum();
    if all == 0 || u64::from(needed) > now {
        return None;
    }
    // Tasks that spread stand on as many instances as there are of them.
    let used = now.min(spread.max(needed.into()));
    // Slots of tasks that differ: each task takes its part of an instance.
    let parts: u64 = through
        .iter()
        .map(|(kind, ..)| {
            u64::from(group.count(*kind)) * 100_000 / u64::from(group.slots(*kind).max(1))
        })
        .sum();
    let told = (parts + 50 * now) / (100 * now);
    let real = used * 1000 / now;
    // Above 100 % the tasks of different services take different resources: no slots to count.
    if told.abs_diff(real) < CLOSE || told > 1000 {
        return None;
    }
    let slots = match through.as_slice() {
        [(kind, ..)] => format!(
            "{} in {} slots",
            tasks(group.count(*kind)),
            u64::from(group.slots(*kind)) * now
        ),
        _ => format!("{all} tasks, each by its part of an instance"),
    };
    let holds = if used == now { "all of them hold" } else { "those hold" };
    let wants = (used * 100).div_ceil(target.max(1));
    let follows = match wants.cmp(&now) {
        std::cmp::Ordering::Greater => format!("ECS scales out to {wants}"),
        std::cmp::Ordering::Less => format!("ECS scales in to {wants}, after 15 minutes"),
        std::cmp::Ordering::Equal => "ECS leaves the group as it is".to_owned(),
    };
    let text = format!(
        "tasks x 100 / slots, as articles have it, is {} % here ({slots}). CapacityProviderReservation \
         is {} %: {used} of {} are needed, since {holds} a task. By that, at targetCapacity {target}, \
         {follows}; how full an instance is does not count.",
        tenths(told),
        tenths(real),
        instances(u32::try_from(now).unwrap_or(u32::MAX)),
    );
    let path = group.field("managedScaling.targetCapacity");
    Some(advice(Severity::Note, "reservation.formula", &path, text))
}

/// A target of 100.
fn no_spare(group: &Group<'_, '_>) -> Option<Advice> {
    let target = group.scaling()?.target_capacity.get();
    if target < 100 || group.through_provider().is_empty() || group.kinds.is_empty() {
        return None;
    }
    let simulation = &group.base.reading.scenario.simulation;
    let wait = u64::from(simulation.instance_launch_seconds.get())
        + u64::from(simulation.task_start_seconds.get());
    let text = format!(
        "targetCapacity 100 keeps no empty instance, however many tasks one holds: what finds no \
         room waits for a new one and its own start, some {}. 80 keeps one of five empty, with \
         binpack ranked first.",
        minutes(wait)
    );
    let path = group.field("managedScaling.targetCapacity");
    Some(advice(Severity::Note, "reservation.noSpare", &path, text))
}
