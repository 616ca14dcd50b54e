//! Steady state and the peak of a deployment: how many tasks of the old and the new revision run at
//! once, and which instances that takes.
//!
//! Rolling: running and pending at most floor(desired x maximum), healthy at least ceil(desired x
//! minimum). Blue/green, linear and canary start a full set beside the old one. Sources: ECS API,
//! `DeploymentConfiguration`; ECS Developer Guide, deployment strategies.
//!
//! On an Auto Scaling group tasks are packed on one of its types, without the spare instances of a
//! target below 100: what waits for room makes ECS launch more, minutes later.

use super::base::Base;
use super::range::thousandths;
use crate::packing::{Pattern, Problem};
use crate::plan::{Kind, apart, holds_all, main_type, packed, tasks_of};
use crate::report::{DeploymentOfService, DeploymentReport, FleetSummary, InstanceCount};
use crate::scaling::RollingLimits;
use crate::scenario::{Capacity, DeploymentConfiguration, DeploymentStrategy};

/// How many tasks run at once while one service deploys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overlap {
    min_running: u32,
    max_running: u32,
    old: u32,
    new: u32,
    /// Whether it can neither start nor stop a task.
    pub(super) stuck: bool,
}

impl Overlap {
    /// For `desired` tasks.
    pub(super) fn of(desired: u32, configuration: DeploymentConfiguration) -> Self {
        if configuration.strategy != DeploymentStrategy::Rolling {
            let max_running = desired.saturating_mul(2);
            return Self {
                min_running: desired,
                max_running,
                old: desired,
                new: desired,
                stuck: false,
            };
        }
        let RollingLimits { min_running, max_running, stuck } = RollingLimits::of(
            desired,
            configuration.minimum_healthy_percent.get().into(),
            configuration.maximum_percent.get().into(),
        );
        let surplus = max_running.saturating_sub(desired).min(desired);
        // Without room for more tasks, old ones stop before new ones start.
        let (old, new) = match surplus {
            0 => (min_running.min(desired), desired - min_running.min(desired)),
            surplus => (desired, surplus),
        };
        Self { min_running, max_running, old, new, stuck }
    }
}

/// The deployment of all services at once.
pub(super) fn deployment(base: &Base<'_>) -> DeploymentReport {
    let ground = &base.ground;
    let overlaps: Vec<Overlap> = ground
        .workload
        .services
        .iter()
        .map(|service| Overlap::of(service.count, service.deployment))
        .collect();
    let (kinds, mut problem) = both_revisions(base);
    on_main_types(base, &kinds, &mut problem);
    // The old revision may take what the new one does not: an ENI, a GPU.
    let market = ground.market_of(&problem);
    let new = ground.kinds.len();
    let counted = |old: &dyn Fn(usize) -> u32, new_count: &dyn Fn(usize) -> u32| {
        let mut problem = problem.clone();
        for kind in 0..new {
            problem.demands[kind].count = old(kind);
            problem.demands[new + kind].count = new_count(kind);
        }
        problem
    };
    let all = |kind: usize| ground.problem.demands[kind].count;
    let before = market.predict(&counted(&all, &|_| 0), &ground.running);
    let share = |kind: usize, tasks: fn(&Overlap) -> u32| {
        let service = ground.kinds[kind].service;
        share_of(all(kind), ground.workload.services[service].count, tasks(&overlaps[service]))
    };
    let mut standing: Vec<Pattern> = before.patterns.iter().chain(&before.idle).cloned().collect();
    for kind in 0..new {
        let stopped = all(kind).saturating_sub(share(kind, |it| it.old));
        stop(&mut standing, kind, stopped);
    }
    let peak = market.predict(&counted(&|_| 0, &|kind| share(kind, |it| it.new)), &standing);
    let at_peak: Vec<Pattern> = peak.patterns.iter().chain(&peak.idle).cloned().collect();
    let fleet = ground.fleet(&kinds, &at_peak);
    let after = if base.is_managed() {
        FleetSummary::from(&base.fleet)
    } else {
        let after = market.predict(&counted(&|_| 0, &all), &[]);
        FleetSummary::from(&ground.fleet(&kinds, &after.patterns))
    };
    let mix = |patterns: &[Pattern]| -> Vec<InstanceCount> { ground.fleet(&kinds, patterns).mix };
    DeploymentReport {
        services: services(base, &overlaps),
        before: FleetSummary::from(&ground.fleet(&kinds, &before.patterns)),
        launched: mix(&peak.launched),
        idle: mix(&peak.idle),
        peak_thousandths: thousandths(
            fleet.cost.total_nano_usd_per_hour.0,
            after.cost.total_nano_usd_per_hour.0,
        ),
        after,
        peak: fleet,
    }
}

fn services(base: &Base<'_>, overlaps: &[Overlap]) -> Vec<DeploymentOfService> {
    let services = base.ground.workload.services.iter().zip(overlaps).enumerate();
    let planned = |at: usize| base.ground.kinds.iter().any(|kind| kind.service == at);
    let told = services.filter(|(at, _)| planned(*at)).map(|(_, (service, overlap))| {
        DeploymentOfService {
            service: service.name.clone(),
            desired: service.count,
            min_running: overlap.min_running,
            max_running: overlap.max_running,
            old_tasks: overlap.old,
            new_tasks: overlap.new,
            stuck: overlap.stuck,
        }
    });
    told.collect()
}

/// The demands of the revisions that are replaced, then those of the new ones.
fn both_revisions(base: &Base<'_>) -> (Vec<Kind>, Problem) {
    let ground = &base.ground;
    let old = ground.kinds.iter().map(|kind| Kind { replaced: true, ..*kind });
    let kinds: Vec<Kind> = old.chain(ground.kinds.iter().copied()).collect();
    let mut problem = ground.problem.clone();
    let replaced = problem.demands.iter().zip(&ground.kinds).map(|(demand, kind)| {
        let kind = Kind { replaced: true, ..*kind };
        packed(&ground.workload, &ground.supply, kind, demand.count, demand.spread)
    });
    let mut demands: Vec<_> = replaced.collect();
    demands.append(&mut problem.demands);
    problem.anti_affinity = apart(&ground.workload, &kinds);
    let new = ground.kinds.len();
    for kind in 0..new {
        // Two revisions of a service are one service, and want the same ports.
        if demands[kind].distinct && demands[new + kind].distinct {
            problem.anti_affinity.push((kind, new + kind));
        }
    }
    problem.demands = demands;
    (kinds, problem)
}

/// A group launches its first choice: leaves on offer, for each provider that is a group, its main
/// type.
/// Where none holds all everywhere, ECS counts them otherwise, and every type stays.
fn on_main_types(base: &Base<'_>, kinds: &[Kind], problem: &mut Problem) {
    let supply = &base.ground.supply;
    let providers: Vec<usize> = kinds.iter().map(|kind| kind.provider).collect();
    for (provider, (it, _)) in supply.providers.iter().enumerate() {
        let Capacity::AutoScalingGroup(group) = &it.capacity else { continue };
        let own = tasks_of(problem, &providers, provider);
        let is_own = |offer: usize| supply.instances[offer].provider == provider;
        let main = main_type(&base.ground, group, provider, &own);
        let Some(main) = main.filter(|offers| holds_all(&own, offers)) else { continue };
        for (offer, facts) in problem.offers.iter_mut().enumerate() {
            if is_own(offer) && !main.contains(&offer) {
                facts.zones = 0;
            }
        }
    }
}

/// The part of `tasks` that falls on `count` of `all` tasks.
fn share_of(count: u32, all: u32, tasks: u32) -> u32 {
    let share = (u64::from(tasks) * u64::from(count)).div_ceil(u64::from(all.max(1)));
    u32::try_from(share).unwrap_or(u32::MAX).min(count)
}

/// Takes so many tasks of a kind off the instances, the last ones first.
fn stop(patterns: &mut Vec<Pattern>, kind: usize, mut tasks: u32) {
    let mut after = Vec::new();
    while let Some(mut pattern) = patterns.pop() {
        let here = pattern.tasks.iter().position(|(other, _)| *other == kind);
        if let Some(place) = here.filter(|_| tasks > 0) {
            let each = pattern.tasks[place].1;
            let emptied = (tasks / each).min(pattern.copies);
            let mut without = Pattern { copies: emptied, ..pattern.clone() };
            without.tasks.remove(place);
            tasks -= emptied * each;
            pattern.copies -= emptied;
            if tasks > 0 && pattern.copies > 0 {
                let mut fewer = Pattern { copies: 1, ..pattern.clone() };
                fewer.tasks[place].1 -= tasks;
                tasks = 0;
                pattern.copies -= 1;
                after.push(fewer);
            }
            after.push(without);
        }
        after.push(pattern);
    }
    after.retain(|pattern| pattern.copies > 0);
    after.sort();
    *patterns = after;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{MaximumPercent, MinimumHealthyPercent};

    /// `(desired, minimum %, maximum %) -> (old, new)`; the limits have their own table.
    #[test]
    fn old_tasks_stop_first_where_there_is_no_room_for_new_ones() {
        for (desired, min, max, expected) in [
            (4, 50, 100, (2, 2)),
            (4, 100, 200, (4, 4)),
            (2, 75, 100, (2, 0)),
            (10, 50, 150, (10, 5)),
            (1, 0, 100, (0, 1)),
            (0, 100, 200, (0, 0)),
        ] {
            let configuration = DeploymentConfiguration {
                minimum_healthy_percent: MinimumHealthyPercent::new(min).expect("a percentage"),
                maximum_percent: MaximumPercent::new(max).expect("a percentage"),
                ..DeploymentConfiguration::default()
            };
            let it = Overlap::of(desired, configuration);
            assert_eq!((it.old, it.new), expected, "{desired} {min} {max}");
        }
    }

    #[test]
    fn other_strategies_run_two_sets() {
        for strategy in
            [DeploymentStrategy::BlueGreen, DeploymentStrategy::Linear, DeploymentStrategy::Canary]
        {
            let configuration = DeploymentConfiguration { strategy, ..Default::default() };
            let it = Overlap::of(5, configuration);
            assert_eq!((it.old, it.new, it.max_running, it.stuck), (5, 5, 10, false));
        }
    }

    #[test]
    fn stopped_tasks_leave_their_room() {
        let pattern = |tasks: &[(usize, u32)], copies| Pattern {
            offer: 0,
            zone: 0,
            tasks: tasks.to_vec(),
            copies,
        };
        let mut patterns = vec![pattern(&[(0, 3), (1, 1)], 4)];
        stop(&mut patterns, 0, 7);
        assert_eq!(
            patterns,
            [pattern(&[(0, 2), (1, 1)], 1), pattern(&[(0, 3), (1, 1)], 1), pattern(&[(1, 1)], 2)]
        );
        stop(&mut patterns, 0, 100);
        let left = patterns.iter().filter(|it| it.tasks[0].0 == 0).count();
        assert_eq!((left, patterns.iter().map(|it| it.copies).sum::<u32>()), (0, 4));
    }
}
