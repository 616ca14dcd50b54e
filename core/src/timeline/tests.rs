//! Stories of scaling, told by the simulation.

use super::*;
use crate::capacity::Platform;
use crate::placement::strategy::{BinpackBy, Rule, SpreadBy};
use crate::placement::{Kind, Site};
use crate::report::{EventKind, Series};
use crate::scaling::{Extremes, Policy, ScalingSettings, TargetPolicy};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const ZONE: Rule = Rule::Spread(SpreadBy::Zone);
pub(super) const MEMORY: Rule = Rule::Binpack(BinpackBy::Memory);

/// A service's tasks: 1 vCPU and 1 GiB.
pub(super) fn kind(service: usize, rules: &[Rule]) -> Kind {
    Kind {
        service,
        amounts: [1024, 1024, 0, 0],
        host_ports: BTreeSet::new(),
        platforms: BTreeSet::from([Platform::ALL[0]]),
        distinct: false,
        expressions: Vec::new(),
        rules: rules.to_vec(),
        task_group: format!("service:{service}"),
    }
}

/// A group of instances that hold `slots` such tasks, in three zones.
pub(super) fn group(place: usize, slots: u64, target: u32, initial: u32) -> GroupModel {
    let amounts = [1024 * slots, 1024 * slots, 0, 0];
    let template = |zone| Template {
        site: Site {
            group: place,
            zone,
            platform: Platform::ALL[0],
            amounts,
            taken_ports: BTreeSet::new(),
            attributes: BTreeMap::new(),
        },
        price: 3_600_000_000,
    };
    GroupModel {
        templates: (0..3).map(|zone| vec![template(zone)]).collect(),
        extremes: Extremes::of([amounts]),
        scaling: ScalingSettings { target, minimum_step: 1, maximum_step: 10_000 },
        min_size: 0,
        max_size: 1000,
        initial: Some(initial),
        managed: true,
        warmup: 300,
        protected: true,
        draining: true,
    }
}

pub(super) fn service(kind: usize, desired: u32) -> ServiceModel {
    ServiceModel {
        kind,
        deployed_kind: kind,
        desired,
        strategy: vec![Share { group: 0, base: 0, weight: 1 }],
        rebalancing: true,
        ..ServiceModel::default()
    }
}

pub(super) fn model(rules: &[Rule], tasks: u32, group: GroupModel, minutes: u32) -> Model {
    Model {
        minutes,
        zones: 3,
        kinds: vec![kind(0, rules)],
        services: vec![service(0, tasks)],
        groups: vec![group],
        ..Model::default()
    }
}

fn values(series: &Series) -> Vec<u64> {
    series.0.iter().map(|(_, value)| *value).collect()
}

fn stops_first(model: &mut Model, every: u32) {
    model.services[0].deployment = DeploymentPlan::Rolling { minimum: 50, maximum: 100 };
    model.deployments = (1..model.minutes / every).map(|it| (it * every, 0)).collect();
}

/// 12 tasks on 4 instances at a target of 80, new revisions now and then: each new empty instance
/// gets tasks, and the next one follows, until every task has an instance of its own.
#[test]
fn spread_below_one_hundred_runs_away() {
    for slots in [3, 4, 6, 8] {
        let mut story = model(&[ZONE], 12, group(0, slots, 80, 4), 1440);
        stops_first(&mut story, 120);
        // The metric is looked at each minute: tasks that change places between two looks.
        story.timing.stop = 0;
        // Where three fill an instance the zones begin uneven, and moving tasks takes other steps.
        story.services[0].rebalancing = slots > 3;
        let told = run(&story);
        assert_eq!(values(&told.groups[0].registered), [4, 5, 7, 9, 12, 15], "{slots} slots");
        assert_eq!(told.groups[0].reservation_per_mille.at(1440), 800);
    }
    // Where tasks take a minute to stop, a look in between finds one instance empty: other steps,
    // the same end.
    let mut story = model(&[ZONE], 12, group(0, 6, 80, 4), 1440);
    stops_first(&mut story, 120);
    let registered = values(&run(&story).groups[0].registered);
    assert!(registered.is_sorted(), "{registered:?}");
    assert_eq!(registered.last(), Some(&15));
}

#[test]
fn what_mends_the_run_away() {
    // Binpack first: one instance is spare, and stays empty.
    let mut packed = model(&[MEMORY, ZONE], 12, group(0, 4, 80, 4), 1440);
    stops_first(&mut packed, 120);
    packed.timing.stop = 0;
    let told = run(&packed);
    assert_eq!(told.groups[0].registered.most(), 4);
    assert_eq!(told.groups[0].needed.at(1440), 3);
    // A target of 100: nothing is spare, nothing follows.
    let mut full = model(&[ZONE], 12, group(0, 4, 100, 4), 1440);
    stops_first(&mut full, 120);
    full.timing.stop = 0;
    assert_eq!(values(&run(&full).groups[0].registered), [4]);
}

/// `(instances at the start, tasks, target) -> instances in the end`.
#[test]
fn a_group_settles_at_what_the_target_asks_for() {
    for (rules, initial, tasks, target, expected) in [
        (&[MEMORY][..], 6, 12, 100, 3),
        (&[MEMORY], 6, 12, 80, 4),
        (&[MEMORY], 6, 12, 50, 6),
        (&[MEMORY], 1, 12, 100, 3),
        (&[MEMORY], 1, 12, 75, 4),
        (&[MEMORY], 0, 12, 100, 3),
        (&[ZONE], 0, 12, 100, 3),
        (&[MEMORY], 9, 0, 100, 0),
        // The first two that come hold all: no third is needed.
        (&[MEMORY], 0, 8, 100, 2),
    ] {
        let told = run(&model(rules, tasks, group(0, 4, target, initial), 240));
        let registered = told.groups[0].registered.at(240);
        assert_eq!(registered, expected, "{rules:?} {initial} {tasks} {target}");
        assert_eq!(told.services[0].running.at(240), u64::from(tasks));
        assert!(!told.unsettled);
    }
}

/// From none, two come first; the rest waits for their warm-up.
#[test]
fn a_start_from_zero_takes_a_warm_up() {
    let told = run(&model(&[MEMORY], 12, group(0, 4, 100, 0), 60));
    let group = &told.groups[0];
    assert_eq!(values(&group.registered), [0, 2, 3]);
    let arrivals: Vec<u32> = group.registered.0.iter().map(|(minute, _)| *minute).collect();
    // Scaled at minute 1, there at 4; warm at 9, the third there at 12.
    assert_eq!(arrivals, [0, 4, 12]);
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::ScaleOutBlocked));
    assert_eq!(told.services[0].longest_wait_seconds, 12 * 60);
}

/// Two services that need two instances each: the larger group counts, not the sum.
#[test]
fn the_largest_group_of_waiting_tasks_counts() {
    let mut story = model(&[MEMORY], 4, group(0, 2, 100, 4), 60);
    let mut other = kind(1, &[MEMORY]);
    other.amounts = [1024, 512, 0, 0];
    story.kinds.push(other);
    story.services.push(service(1, 4));
    story.services[0].desired = 8;
    story.services[1].desired = 4;
    let told = run(&story);
    // 8 + 4 tasks, two an instance: 6 are needed; 4 hold the first 8.
    assert_eq!(values(&told.groups[0].registered), [4, 6]);
    let mut story = story.clone();
    story.services[1].desired = 8;
    story.groups[0].initial = Some(0);
    story.groups[0].max_size = 8;
    let told = run(&story);
    assert_eq!(values(&told.groups[0].registered).last(), Some(&8));
    assert!(values(&told.groups[0].registered).len() >= 3);
}

#[test]
fn types_that_hold_no_task_never_scale() {
    let mut story = model(&[MEMORY], 3, group(0, 4, 100, 1), 60);
    story.kinds[0].amounts = [8192, 1024, 0, 0];
    let told = run(&story);
    assert_eq!(values(&told.groups[0].registered), [1]);
    assert_eq!(told.services[0].waiting.at(60), 3);
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::ProvisioningTimedOut));
}

/// `launchType` looks past the provider: nothing waits, nothing scales.
#[test]
fn past_the_providers_nothing_scales() {
    let mut story = model(&[ZONE], 12, group(0, 2, 100, 2), 60);
    story.services[0].strategy.clear();
    let told = run(&story);
    assert_eq!(values(&told.groups[0].registered), [2]);
    assert_eq!((told.services[0].running.at(60), told.services[0].waiting.at(60)), (4, 8));
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::TasksUnplaced));
    assert!(told.happenings.iter().all(|it| it.kind != EventKind::TasksProvisioning));
}

/// `(minimum, maximum, slots, instances) -> (least that serve, most at once, done)`.
#[test]
fn rolling_deployments_keep_their_limits() {
    for (minimum, maximum, slots, instances, expected) in [
        (100, 200, 8, 2, (4, 8, true)),
        (50, 100, 4, 1, (2, 4, true)),
        (0, 100, 4, 1, (0, 4, true)),
        (100, 150, 8, 1, (4, 6, true)),
        (100, 100, 8, 1, (4, 4, false)),
        // No room for new tasks: an instance comes first.
        (100, 200, 4, 1, (4, 8, true)),
    ] {
        let mut story = model(&[MEMORY], 4, group(0, slots, 100, instances), 60);
        story.services[0].deployment = DeploymentPlan::Rolling { minimum, maximum };
        story.timing.stop = 90;
        story.deployments = vec![(2, 0)];
        let told = run(&story);
        let least = values(&told.services[0].running).into_iter().min();
        let done = told.happenings.iter().any(|it| it.kind == EventKind::DeploymentCompleted);
        let stuck = told.happenings.iter().any(|it| it.kind == EventKind::DeploymentStuck);
        let (serve, most, wanted) = expected;
        assert!(least >= Some(serve), "{minimum} {maximum}: {least:?}");
        assert!(told.peak_tasks <= most, "{minimum} {maximum}: {}", told.peak_tasks);
        assert_eq!((done, stuck), (wanted, !wanted), "{minimum} {maximum}");
    }
}

#[test]
fn blue_green_runs_two_sets_until_the_bake_time_is_over() {
    let mut story = model(&[MEMORY], 4, group(0, 8, 100, 1), 90);
    story.services[0].deployment = DeploymentPlan::Parallel {
        first: 50_000,
        step: 50_000,
        step_seconds: 600,
        bake_seconds: 1200,
    };
    story.deployments = vec![(2, 0)];
    let told = run(&story);
    let running = &told.services[0].running;
    assert_eq!((running.at(2), running.at(4), running.at(32), running.at(36)), (4, 8, 8, 4));
    let shifts = told.happenings.iter().filter(|it| it.kind == EventKind::TrafficShifted);
    let shifts: Vec<(u32, u32)> = shifts.map(|it| (it.second, it.count)).collect();
    assert_eq!(shifts, [(160, 50), (760, 100)]);
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::DeploymentCompleted));
}

/// The published traffic spike: 2 instances that hold two tasks each, 4 tasks, twice the load.
#[test]
fn a_spike_scales_tasks_and_instances() {
    let mut story = model(&[ZONE], 4, group(0, 2, 100, 2), 120);
    story.services[0].scaling = Some(ScalingModel {
        min: 2,
        max: 20,
        policies: vec![(
            Metric::Cpu,
            Policy::Target(TargetPolicy {
                target: 75_000,
                scale_out_cooldown: 60,
                scale_in_cooldown: 300,
                disable_scale_in: false,
            }),
        )],
    });
    let mut per_minute = vec![1200; 15];
    per_minute.extend([2400; 106]);
    story.services[0].load = Some(LoadModel {
        per_minute,
        per_task: 400,
        idle_cpu: 0,
        idle_memory: 0,
        full_memory: 0,
        hard_cpu: true,
    });
    let told = run(&story);
    assert_eq!(told.services[0].desired.at(14), 4);
    assert_eq!(told.services[0].desired.at(120), 8);
    assert_eq!(told.services[0].running.at(120), 8);
    assert_eq!(told.groups[0].registered.at(120), 4);
    assert_eq!(told.services[0].cpu_per_mille.at(120), 750);
    let losses = &told.services[0].unserved;
    assert_eq!((losses.at(14), losses.at(15)), (0, 800));
    assert!(told.services[0].unserved_minutes > 3);
}

/// Base two on the first, then one to three.
#[test]
fn a_strategy_shares_tasks_among_groups() {
    let mut story = model(&[MEMORY], 10, group(0, 4, 100, 1), 120);
    story.groups.push(group(1, 4, 100, 2));
    story.services[0].strategy =
        vec![Share { group: 0, base: 2, weight: 1 }, Share { group: 1, base: 0, weight: 3 }];
    story.services[0].scaling = None;
    let told = run(&story);
    let on = |group: usize| -> u32 {
        let there = told.end.instances().iter().enumerate();
        there.filter(|(it, _)| told.end.site(*it).group == group).map(|(_, it)| it.tasks).sum()
    };
    assert_eq!((on(0), on(1)), (4, 6));
}

/// Without termination protection a busy instance may go: its tasks are replaced first.
#[test]
fn draining_replaces_tasks_before_they_stop() {
    let mut story = model(&[MEMORY], 4, group(0, 4, 100, 4), 120);
    story.groups[0].protected = false;
    let told = run(&story);
    assert_eq!(told.groups[0].registered.at(120), 1);
    assert_eq!(values(&told.services[0].running).into_iter().min(), Some(4));
    assert_eq!(told.services[0].running.at(120), 4);
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::InstancesTerminated));
}

#[test]
fn zones_are_evened_out_when_there_is_room() {
    // 6 slots at first in one zone; the others get instances for new tasks.
    let mut story = model(&[ZONE], 6, group(0, 6, 100, 1), 120);
    story.groups[0].min_size = 3;
    story.groups[0].initial = Some(1);
    story.groups[0].managed = false;
    let told = run(&story);
    assert_eq!(told.end.per_zone(0), [2, 2, 2]);
    let mut story = model(&[ZONE], 6, group(0, 6, 50, 1), 120);
    story.services[0].rebalancing = true;
    let told = run(&story);
    assert!(told.happenings.iter().any(|it| it.kind == EventKind::ZoneRebalanced));
}

/// Instances are paid for from their launch: 3.6 USD an hour is 0.001 USD a second.
#[test]
fn instances_are_paid_for_by_the_second() {
    let told = run(&model(&[MEMORY], 4, group(0, 4, 100, 1), 60));
    assert_eq!(told.groups[0].cost_nano_usd, 3_600_000_000);
    assert_eq!(told.groups[0].instance_minutes, 60);
    let told = run(&model(&[MEMORY], 12, group(0, 4, 100, 0), 60));
    // Two from minute 1, one from minute 9.
    assert_eq!(told.groups[0].instance_minutes, 59 * 2 + 51);
}

/// More happens than is kept, and a scale-in comes after that.
#[test]
fn very_much_may_happen() {
    let mut story = model(&[MEMORY], 5, group(0, 4, 100, 30), 1440);
    for place in 1..20 {
        story.kinds.push(kind(place, &[MEMORY]));
        story.services.push(service(place, 5));
    }
    story.deployments = (0..1200).flat_map(|at| [(at, 0), (at, 1), (at, 2)]).collect();
    let told = run(&story);
    assert!(told.happened > 5000, "{}", told.happened);
    assert_eq!(told.happenings.len(), 5000);
    let registered = &told.groups[0].registered;
    assert!(registered.at(1440) < registered.most(), "it has scaled in");
    // A decision comes before what it brings about.
    let mut story = model(&[MEMORY], 4, group(0, 4, 100, 4), 60);
    story.services[0].rebalancing = false;
    let kinds: Vec<EventKind> = run(&story).happenings.iter().map(|it| it.kind).collect();
    assert_eq!(kinds[..2], [EventKind::GroupScaledIn, EventKind::InstancesTerminated]);
}

#[test]
fn a_snapshot_is_the_cluster_of_its_minute() {
    let mut story = model(&[MEMORY], 12, group(0, 4, 100, 0), 60);
    story.snapshot_at = Some(5);
    let (minute, cluster) = run(&story).snapshot.expect("a snapshot");
    assert_eq!((minute, cluster.instances().len()), (5, 2));
    assert_eq!(cluster.instances().iter().map(|it| it.tasks).sum::<u32>(), 8);
}
