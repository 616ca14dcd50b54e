//! `simulate`: what happens over time, told in names, figures and sentences.

use super::assumptions::{Told, assumptions};
use super::build::{Built, build};
use super::words::Words;
use super::{CLUSTER_VERSION, steady, told};
use crate::advice::advised;
use crate::diagnostic::Diagnostic;
use crate::plan::{gravest_first, printable, region_report};
use crate::report::{ClusterSnapshot, Timeline, TimelineEvent, TimelineTotals};
use crate::scenario::{Capacity, GroupSize, Reading};
use crate::timeline::{Run, run};
use eniac_catalog::{Catalog, NanoUsdPerHour};

/// More events are counted, and not told.
const MOST_EVENTS: usize = 2000;

/// What of a timeline is told beside the series.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SimulateOptions {
    /// The minute at which the cluster is shown, instance by instance.
    pub snapshot_at: Option<u32>,
}

/// What happens over time. Never fails: what cannot be worked out is said in the diagnostics.
pub fn simulate(catalog: &Catalog, reading: &Reading, options: SimulateOptions) -> Timeline {
    let mut diagnostics = reading.diagnostics.clone();
    let simulation = &reading.scenario.simulation;
    let mut timeline = Timeline {
        version: CLUSTER_VERSION,
        name: printable(&reading.scenario.name),
        minutes: simulation.minutes.get(),
        starts_at_minute: simulation.starts_at.minutes(),
        ..Timeline::default()
    };
    if let Some(mut built) = build(catalog, reading, &mut diagnostics) {
        built.model.snapshot_at = options.snapshot_at;
        let told = run(&built.model);
        timeline.step_minutes = told.step;
        if told.minutes < built.model.minutes {
            let message = format!(
                "the simulation ends after {} of {} minutes: so many tasks and instances for so \
                 long take too much work; simulate less at once",
                told.minutes, built.model.minutes
            );
            diagnostics.push(Diagnostic::error("cluster.tooLong", "simulation.minutes", message));
            built.model.minutes = told.minutes;
            timeline.minutes = told.minutes;
        }
        timeline.region = region_report(catalog, &built.ground.place);
        timeline.assumptions = assumptions(reading, &built, Told::Timeline);
        timeline.totals = totals(&built, &told);
        timeline.steady_state = Some(steady::steady_state(&built, &told));
        timeline.snapshot = told.snapshot.as_ref().map(|(minute, cluster)| ClusterSnapshot {
            minute: *minute,
            container_instances: told::instances(&built, cluster, &|_, _| 0),
        });
        let words = Words { built: &built };
        let events = told.happenings.iter().take(MOST_EVENTS);
        timeline.events = events
            .map(|it| TimelineEvent {
                second: it.second,
                kind: it.kind,
                service: it.service.and_then(|it| u32::try_from(it).ok()),
                group: it.group.and_then(|it| u32::try_from(it).ok()),
                before: it.before,
                count: it.count,
                text: words.sentence(it),
            })
            .collect();
        timeline.happened = told.happened;
        name_all(&built, told, &mut timeline);
        let said = advised(catalog, reading);
        (timeline.advice, timeline.alarms) = (said.advice, said.alarms);
    }
    gravest_first(&mut diagnostics);
    timeline.diagnostics = diagnostics;
    timeline
}

/// Puts names and limits to the series.
fn name_all(built: &Built<'_>, told: Run, timeline: &mut Timeline) {
    timeline.services = told.services;
    for (sized, service) in built.ground.workload.services.iter().zip(&mut timeline.services) {
        service.service.clone_from(&sized.name);
        service.row = u32::try_from(sized.row).unwrap_or(u32::MAX);
    }
    timeline.groups = told.groups;
    let providers = built.ground.supply.providers.iter().zip(&built.stocks);
    for ((place, ((provider, _), stock)), group) in providers.enumerate().zip(&mut timeline.groups)
    {
        let Capacity::AutoScalingGroup(settings) = &provider.capacity else { continue };
        group.provider.clone_from(&provider.name);
        group.instance_types.clone_from(&stock.types);
        group.target_capacity = built.model.groups[place].scaling.target;
        group.min_size = settings.min_size.get();
        group.max_size = settings.max_size.map(GroupSize::get);
    }
}

fn totals(built: &Built<'_>, told: &Run) -> TimelineTotals {
    let cost: u64 = told.groups.iter().map(|it| it.cost_nano_usd).fold(0, u64::saturating_add);
    let minutes = u64::from(built.model.minutes.max(1));
    let hourly = u128::from(cost) * 60 / u128::from(minutes);
    TimelineTotals {
        cost_nano_usd: cost,
        average_nano_usd_per_hour: NanoUsdPerHour(u64::try_from(hourly).unwrap_or(u64::MAX)),
        instance_minutes: told.groups.iter().map(|it| it.instance_minutes).sum(),
        peak_instances: told.peak_instances,
        peak_tasks: told.peak_tasks,
        unserved_minutes: told.unserved_minutes,
        unserved_requests: told
            .services
            .iter()
            .map(|it| it.unserved_requests)
            .fold(0, u64::saturating_add),
        waiting_task_minutes: told.services.iter().map(|it| it.waiting_task_minutes).sum(),
        longest_wait_seconds: told
            .services
            .iter()
            .map(|it| it.longest_wait_seconds)
            .max()
            .unwrap_or(0),
    }
}
