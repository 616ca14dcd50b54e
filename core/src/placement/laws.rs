//! Laws of placement: what holds whatever is placed and stopped.

use super::strategy::{BinpackBy, Rule, SpreadBy};
use super::*;
use crate::capacity::Platform;
use crate::packing::RESOURCES;
use crate::scenario::Protocol;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::Random),
        Just(Rule::Spread(SpreadBy::Zone)),
        Just(Rule::Spread(SpreadBy::Instance)),
        Just(Rule::Spread(SpreadBy::Attribute("rack".to_owned()))),
        Just(Rule::Binpack(BinpackBy::Cpu)),
        Just(Rule::Binpack(BinpackBy::Memory)),
    ]
}

prop_compose! {
    fn kinds()(
        all in prop::collection::vec(
            (1..5_u64, 1..5_u64, 0..2_u64, any::<bool>(), any::<bool>(),
             prop::collection::vec(rule(), 0..3)),
            1..4,
        )
    ) -> Vec<Kind> {
        all.into_iter().enumerate().map(|(service, (cpu, memory, eni, distinct, port, rules))| Kind {
            service,
            amounts: [cpu, memory, eni, 0],
            host_ports: port.then_some((Protocol::Tcp, 80)).into_iter().collect(),
            platforms: BTreeSet::from([Platform::ALL[0]]),
            distinct,
            expressions: Vec::new(),
            rules,
            task_group: format!("service:{service}"),
        }).collect()
    }
}

proptest! {
    /// No instance ever holds more than it has, no rule that binds is broken, and what is placed
    /// and released adds up.
    #[test]
    fn instances_hold_what_they_have(
        kinds in kinds(),
        given in prop::collection::vec((0..3_usize, 1..12_u64, 1..12_u64, 0..4_u64), 1..6),
        steps in prop::collection::vec((0..4_usize, any::<bool>()), 1..80),
        seed in any::<u64>(),
    ) {
        let mut cluster = Cluster::new(3, kinds.len(), kinds.clone());
        for (place, (zone, cpu, memory, enis)) in given.iter().enumerate() {
            let rack = if place % 2 == 0 { "a" } else { "b" };
            let site = cluster.site_like(Site {
                group: 0,
                zone: *zone,
                platform: Platform::ALL[0],
                amounts: [*cpu, *memory, *enis, 0],
                taken_ports: BTreeSet::new(),
                attributes: BTreeMap::from([("rack".to_owned(), rack.to_owned())]),
            });
            cluster.add(format!("i-{place}"), site);
        }
        let mut ties = Ties::random(seed);
        let mut running: Vec<(usize, usize)> = Vec::new();
        for (kind, start) in steps {
            let kind = kind % kinds.len();
            if start {
                let candidates = cluster.candidates(kind, Some(0));
                let choice = cluster.choose(kind, &candidates, &mut ties, &mut |_, _| {});
                prop_assert_eq!(choice.is_none(), candidates.is_empty());
                if let Some(choice) = choice {
                    prop_assert!(candidates.contains(&choice.instance));
                    cluster.put(choice.instance, kind);
                    running.push((choice.instance, kind));
                }
            } else {
                let on: Vec<usize> =
                    running.iter().filter(|it| it.1 == kind).map(|it| it.0).collect();
                if let Some(choice) = cluster.choose_to_stop(kind, &on, &mut ties) {
                    prop_assert!(on.contains(&choice.instance));
                    cluster.order_to_stop(choice.instance, kind);
                    cluster.release(choice.instance, kind);
                    let place = running.iter().position(|it| *it == (choice.instance, kind));
                    running.remove(place.expect("it ran"));
                }
            }
            for (place, instance) in cluster.instances().iter().enumerate() {
                let here: Vec<&Kind> =
                    running.iter().filter(|it| it.0 == place).map(|it| &kinds[it.1]).collect();
                prop_assert_eq!(instance.tasks as usize, here.len());
                for resource in 0..RESOURCES {
                    let used: u64 = here.iter().map(|it| it.amounts[resource]).sum();
                    prop_assert_eq!(cluster.site(place).amounts[resource], used + instance.free[resource]);
                }
                prop_assert!(here.iter().filter(|it| !it.host_ports.is_empty()).count() <= 1);
                for kind in &kinds {
                    let tasks = here.iter().filter(|it| it.service == kind.service).count();
                    prop_assert_eq!(tasks, instance.counts[kind.service] as usize);
                    prop_assert!(!kind.distinct || tasks <= 1);
                }
            }
            let all: usize = (0..kinds.len())
                .map(|it| cluster.per_zone(it).iter().map(|n| *n as usize).sum::<usize>()).sum();
            prop_assert_eq!(all, running.len());
        }
    }

    /// Spread over zones: a task never goes to a zone that has more than another with room.
    #[test]
    fn spread_takes_the_emptiest_zone(
        given in prop::collection::vec((0..3_usize, 1..6_u64), 1..8), tasks in 1..30_usize,
    ) {
        let kind = Kind {
            service: 0,
            amounts: [1, 0, 0, 0],
            host_ports: BTreeSet::new(),
            platforms: BTreeSet::from([Platform::ALL[0]]),
            distinct: false,
            expressions: Vec::new(),
            rules: vec![Rule::Spread(SpreadBy::Zone)],
            task_group: String::new(),
        };
        let mut cluster = Cluster::new(3, 1, vec![kind]);
        for (zone, cpu) in given {
            let site = cluster.site_like(Site {
                group: 0, zone, platform: Platform::ALL[0], amounts: [cpu, 0, 0, 0],
                taken_ports: BTreeSet::new(), attributes: BTreeMap::new(),
            });
            cluster.add(String::new(), site);
        }
        for _ in 0..tasks {
            let candidates = cluster.candidates(0, None);
            let Some(choice) = cluster.choose(0, &candidates, &mut Ties::FewestTasks, &mut |_, _| {})
            else { break };
            let counts = cluster.per_zone(0).to_vec();
            let zone = |it: usize| cluster.site(it).zone;
            let least = candidates.iter().map(|it| counts[zone(*it)]).min();
            prop_assert_eq!(Some(counts[zone(choice.instance)]), least);
            cluster.put(choice.instance, 0);
        }
    }
}
