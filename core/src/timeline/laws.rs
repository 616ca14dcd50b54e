//! Laws of the simulation: what holds at each event, whatever the cluster.

use super::state::{MachineState, State, TaskState};
use super::tests::{MEMORY, ZONE, group, kind, service};
use super::*;
use crate::packing::RESOURCES;
use crate::placement::strategy::{Rule, SpreadBy};
use crate::scaling::{Policy, TargetPolicy};
use proptest::prelude::*;

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    prop_oneof![
        Just(vec![ZONE]),
        Just(vec![MEMORY]),
        Just(vec![ZONE, MEMORY]),
        Just(vec![MEMORY, ZONE]),
        Just(vec![Rule::Spread(SpreadBy::Instance)]),
        Just(vec![Rule::Random]),
        Just(vec![]),
    ]
}

fn plan() -> impl Strategy<Value = DeploymentPlan> {
    prop_oneof![
        (0..=100_u32, 100..=300_u32)
            .prop_map(|(minimum, maximum)| DeploymentPlan::Rolling { minimum, maximum }),
        (1_000..=100_000_u32, 0..1000_u32, 0..1000_u32).prop_map(|(step, wait, bake)| {
            DeploymentPlan::Parallel { first: step, step, step_seconds: wait, bake_seconds: bake }
        }),
    ]
}

prop_compose! {
    fn services()(
        all in prop::collection::vec(
            (rules(), plan(), 0..20_u32, 1..4_u64, 1..4_u64, any::<bool>(), any::<bool>(),
             0..6_u32, prop::collection::vec(0..6000_u32, 1..90), 20..100_u64),
            1..4,
        )
    ) -> Vec<(crate::placement::Kind, ServiceModel)> {
        all.into_iter().enumerate().map(|(place, (rules, plan, desired, cpu, memory, distinct, scales, how, load, target))| {
            let mut kind = kind(place, &rules);
            kind.amounts = [1024 * cpu, 1024 * memory, 0, 0];
            kind.distinct = distinct;
            let mut it = service(place, desired);
            it.deployment = plan;
            it.rebalancing = how % 2 == 0;
            if how == 5 {
                it.strategy.clear();
            } else {
                it.strategy = vec![
                    Share { group: 0, base: how, weight: 1 },
                    Share { group: 1, base: 0, weight: how },
                ];
            }
            if scales {
                it.load = Some(LoadModel {
                    per_minute: load, per_task: 300, idle_cpu: 5, idle_memory: 40,
                    full_memory: 60, hard_cpu: how % 2 == 0,
                });
                it.scaling = Some(ScalingModel {
                    min: 1,
                    max: 25,
                    policies: vec![(Metric::Cpu, Policy::Target(TargetPolicy {
                        target: target * 1000, scale_out_cooldown: 60, scale_in_cooldown: 120,
                        disable_scale_in: false,
                    }))],
                });
            }
            (kind, it)
        }).collect()
    }
}

prop_compose! {
    fn models()(
        services in services(),
        groups in prop::collection::vec(
            (1..9_u64, 1..=100_u32, 0..5_u32, 1..30_u32, any::<bool>(), any::<bool>(), 0..400_u32),
            2..3,
        ),
        deployments in prop::collection::vec((0..120_u32, 0..4_usize), 0..5),
        timing in (0..400_u32, 0..200_u32, 0..200_u32, 60..1800_u32),
        seed in any::<u64>(), ties in 0..3_u8,
    ) -> Model {
        let count = services.len();
        let (kinds, services) = services.into_iter().unzip();
        let groups = groups.into_iter().enumerate().map(|(place, (slots, target, initial, more, protected, draining, warmup))| {
            let mut it = group(place, slots, target, initial);
            it.max_size = initial + more;
            it.protected = protected;
            it.draining = draining;
            it.warmup = warmup;
            it
        }).collect();
        Model {
            minutes: 120, zones: 3, kinds, services, groups, standing: Vec::new(),
            timing: Timing { launch: timing.0, start: timing.1, stop: timing.2, provisioning: timing.3 },
            ties: match ties { 0 => TieRule::FewestTasks, 1 => TieRule::First, _ => TieRule::Random },
            seed,
            deployments: deployments.into_iter().map(|(at, it)| (at, it % count)).collect(),
            snapshot_at: None,
        }
    }
}

/// Tasks are conserved: each one is with its service and in one place, and instances hold exactly
/// what stands on them, and never more than they have.
fn conserved(state: &State<'_>) -> Result<(), TestCaseError> {
    for (service, it) in state.services.iter().enumerate() {
        let of_service = |task: &&usize| state.tasks[**task].service == service;
        prop_assert_eq!(it.tasks.iter().filter(of_service).count(), it.tasks.len());
        let known: Vec<usize> = (0..state.tasks.len())
            .filter(|task| {
                state.tasks[*task].service == service && state.tasks[*task].state != TaskState::Gone
            })
            .collect();
        let mut listed = it.tasks.clone();
        listed.sort_unstable();
        prop_assert_eq!(listed, known);
        let mut waiting = it.waiting.clone();
        waiting.sort_unstable();
        let waits: Vec<usize> = it
            .tasks
            .iter()
            .copied()
            .filter(|task| state.tasks[*task].state == TaskState::Waiting)
            .collect();
        prop_assert_eq!(waiting, waits);
    }
    for (place, instance) in state.cluster.instances().iter().enumerate() {
        let here: Vec<usize> = (0..state.tasks.len())
            .filter(|task| {
                let it = &state.tasks[*task];
                it.instance == Some(place) && it.state != TaskState::Gone
            })
            .collect();
        prop_assert_eq!(here.len(), instance.tasks as usize);
        for resource in 0..RESOURCES {
            let used: u64 = here
                .iter()
                .map(|it| state.model.kinds[state.tasks[*it].kind].amounts[resource])
                .sum();
            prop_assert_eq!(
                state.cluster.site(place).amounts[resource],
                used + instance.free[resource]
            );
        }
        for (service, count) in instance.counts.iter().enumerate() {
            let live = here.iter().filter(|it| {
                let it = &state.tasks[**it];
                it.service == service && it.is_live()
            });
            prop_assert_eq!(live.count(), *count as usize);
            prop_assert!(!state.model.kinds[service].distinct || *count <= 1);
        }
        if state.machines[state.machine_of[place]].state == MachineState::Gone {
            prop_assert_eq!(instance.tasks, 0);
        }
    }
    for (group, settings) in state.model.groups.iter().enumerate() {
        prop_assert!(state.alive(group) <= settings.max_size.max(settings.min_size));
    }
    prop_assert!(state.waiting_tasks() <= crate::scaling::quotas::PROVISIONING_TASKS);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tasks_are_conserved_at_each_event(model in models()) {
        let mut state = State::new(&model);
        state.begin();
        conserved(&state)?;
        for minute in 0..=model.minutes {
            while let Some(next) = state.queue.next_second().filter(|next| *next <= minute * 60) {
                state.run_until(next);
                conserved(&state)?;
            }
            state.run_until(minute * 60);
            state.minute(minute);
            conserved(&state)?;
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_timeline(model in models()) {
        let (a, b) = (run(&model), run(&model));
        prop_assert_eq!(&a.services, &b.services);
        prop_assert_eq!(&a.groups, &b.groups);
        prop_assert_eq!(&a.happenings, &b.happenings);
        prop_assert_eq!(&a.end, &b.end);
    }

    /// What is rolled out keeps its limits, whatever else goes on.
    #[test]
    fn rolling_deployments_never_run_more_than_they_may(
        model in models(), minimum in 0..=100_u32, maximum in 100..=300_u32,
    ) {
        let mut model = model;
        for service in &mut model.services {
            service.deployment = DeploymentPlan::Rolling { minimum, maximum };
            service.scaling = None;
            service.rebalancing = false;
        }
        for group in &mut model.groups {
            group.draining = true;
            group.protected = true;
        }
        let told = run(&model);
        for (timeline, service) in told.services.iter().zip(&model.services) {
            let most = u64::from(service.desired) * u64::from(maximum) / 100;
            for minute in 0..=model.minutes {
                let live = timeline.running.at(minute) + timeline.pending.at(minute);
                prop_assert!(live <= most.max(u64::from(service.desired)), "{live} {most}");
            }
        }
    }
}
