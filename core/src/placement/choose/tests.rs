//! Tables of placements: which instances tasks go to, one after another, and which are stopped.

use super::*;
use crate::capacity::Platform;
use crate::placement::query::Expression;
use crate::placement::{Kind, Rejection, Site};
use crate::scenario::Protocol;
use std::collections::BTreeSet;

/// Instances as (zone, CPU units, MiB, ENIs).
type Given = (usize, u64, u64, u64);

fn kind(amounts: [u64; 4], rules: &[Rule]) -> Kind {
    Kind {
        service: 0,
        amounts,
        host_ports: BTreeSet::new(),
        platforms: BTreeSet::from([Platform::ALL[0]]),
        distinct: false,
        expressions: Vec::new(),
        rules: rules.to_vec(),
        task_group: "service:web".to_owned(),
    }
}

fn cluster(kinds: Vec<Kind>, instances: &[Given]) -> Cluster {
    let services = kinds.iter().map(|it| it.service + 1).max().unwrap_or(0);
    let mut cluster = Cluster::new(3, services, kinds);
    for (place, (zone, cpu, memory, enis)) in instances.iter().enumerate() {
        let zone_name = format!("us-east-1{}", ["a", "b", "c"][*zone]);
        let mut attributes = BTreeMap::from([("ecs.availability-zone".to_owned(), zone_name)]);
        if place % 2 == 1 {
            attributes.insert("rack".to_owned(), "r1".to_owned());
        }
        let site = cluster.site_like(Site {
            group: 0,
            zone: *zone,
            platform: Platform::ALL[0],
            amounts: [*cpu, *memory, *enis, 0],
            taken_ports: BTreeSet::from([(Protocol::Tcp, 22)]),
            attributes,
        });
        cluster.add(format!("i-{}", place + 1), site);
    }
    cluster
}

const ZONE: Rule = Rule::Spread(SpreadBy::Zone);
const EACH: Rule = Rule::Spread(SpreadBy::Instance);
const MEMORY: Rule = Rule::Binpack(BinpackBy::Memory);
const CPU: Rule = Rule::Binpack(BinpackBy::Cpu);

/// Places tasks until none fits, or so many; says the instances in order.
fn placed(cluster: &mut Cluster, tasks: usize, ties: &mut Ties) -> Vec<usize> {
    let mut at = Vec::new();
    while at.len() < tasks {
        let candidates = cluster.candidates(0, Some(0));
        let Some(choice) = cluster.choose(0, &candidates, ties, &mut |_, _| {}) else { break };
        cluster.put(choice.instance, 0);
        at.push(choice.instance);
    }
    at
}

#[track_caller]
fn check(rules: &[Rule], instances: &[Given], tasks: usize, expected: &[usize]) {
    let mut cluster = cluster(vec![kind([512, 1024, 0, 0], rules)], instances);
    assert_eq!(placed(&mut cluster, tasks, &mut Ties::FewestTasks), expected, "{rules:?}");
}

#[test]
fn rules_narrow_in_their_order() {
    let even: &[Given] =
        &[(0, 4096, 4096, 0), (0, 4096, 4096, 0), (1, 4096, 4096, 0), (2, 4096, 4096, 0)];
    check(&[ZONE], even, 6, &[0, 2, 3, 1, 2, 3]);
    check(&[EACH], even, 6, &[0, 1, 2, 3, 0, 1]);
    check(&[MEMORY], even, 6, &[0, 0, 0, 0, 1, 1]);
    check(&[ZONE, MEMORY], even, 7, &[0, 2, 3, 0, 2, 3, 0]);
    check(&[MEMORY, ZONE], even, 6, &[0, 0, 0, 0, 2, 2]);
    check(&[ZONE, EACH], even, 6, &[0, 2, 3, 1, 2, 3]);
    // The least left of each, from the start.
    let odd: &[Given] = &[(0, 4096, 3000, 0), (0, 1024, 8192, 0), (1, 2048, 4096, 0)];
    check(&[MEMORY], odd, 4, &[0, 0, 2, 2]);
    check(&[CPU], odd, 4, &[1, 1, 2, 2]);
    check(&[Rule::Spread(SpreadBy::Attribute("rack".to_owned()))], even, 4, &[0, 1, 2, 3]);
    // A full zone is no group: the others take its share.
    let full: &[Given] = &[(0, 512, 1024, 0), (1, 4096, 4096, 0)];
    check(&[ZONE], full, 4, &[0, 1, 1, 1]);
    check(&[], &[], 3, &[]);
}

#[test]
fn the_same_seed_places_the_same() {
    let instances: Vec<Given> = (0..9).map(|it| (it % 3, 8192, 8192, 0)).collect();
    let run = |seed| {
        let mut cluster = cluster(vec![kind([512, 512, 0, 0], &[Rule::Random])], &instances);
        placed(&mut cluster, 40, &mut Ties::random(seed))
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
    assert!(run(7).iter().collect::<BTreeSet<_>>().len() > 5);
}

/// `(type's CPU, memory, ENIs; task's amounts) -> (tasks, why no more)`: the vectors of how many
/// fit, placed one by one.
#[test]
fn instances_fill_up_and_say_why() {
    for (given, amounts, tasks, reason) in [
        ((0, 2048, 3795, 2), [512, 1024, 0, 0], 3, "RESOURCE:MEMORY"),
        ((0, 2048, 3879, 2), [512, 1024, 1, 0], 2, "RESOURCE:ENI"),
        ((0, 2048, 3795, 2), [1024, 1024, 0, 0], 2, "RESOURCE:CPU"),
        ((0, 2048, 1869, 2), [1024, 1536, 0, 0], 1, "RESOURCE:MEMORY"),
        ((0, 2048, 7633, 2), [256, 512, 1, 0], 2, "RESOURCE:ENI"),
        ((0, 2048, 7633, 10), [256, 512, 1, 0], 8, "RESOURCE:CPU"),
        ((0, 2048, 7633, 10), [128, 700, 1, 0], 10, "RESOURCE:MEMORY"),
        ((0, 2048, 3795, 2), [512, 512, 0, 1], 0, "RESOURCE:GPU"),
    ] {
        let mut cluster = cluster(vec![kind(amounts, &[ZONE])], &[given]);
        assert_eq!(placed(&mut cluster, 99, &mut Ties::FewestTasks).len(), tasks, "{given:?}");
        let why = cluster.takes(0, 0, Some(0)).expect_err("full");
        assert_eq!(why.reason(), reason, "{given:?}");
    }
}

#[test]
fn constraints_bind() {
    let given: &[Given] = &[(0, 4096, 4096, 0), (1, 4096, 4096, 0)];
    let with = |change: fn(&mut Kind)| {
        let mut task = kind([512, 512, 0, 0], &[ZONE]);
        change(&mut task);
        let mut cluster = cluster(vec![task], given);
        let placed = placed(&mut cluster, 9, &mut Ties::FewestTasks);
        (placed, cluster.takes(0, 0, Some(0)).err().map(|it| it.reason()))
    };
    let (at, why) = with(|it| it.distinct = true);
    assert_eq!(
        (at.as_slice(), why),
        (&[0, 1][..], Some("distinctInstance placement constraint unsatisfied"))
    );
    let (at, why) = with(|it| it.host_ports = BTreeSet::from([(Protocol::Tcp, 5000)]));
    assert_eq!((at.as_slice(), why), (&[0, 1][..], Some("RESOURCE:PORTS")));
    let (at, why) = with(|it| it.host_ports = BTreeSet::from([(Protocol::Tcp, 22)]));
    assert_eq!((at.as_slice(), why), (&[][..], Some("RESOURCE:PORTS")));
    let member = |text: &str| vec![Expression::parse(text).expect("an expression")];
    let mut task = kind([512, 512, 0, 0], &[ZONE]);
    task.expressions = member("attribute:ecs.availability-zone == us-east-1b");
    let mut there = cluster(vec![task.clone()], given);
    assert_eq!(placed(&mut there, 2, &mut Ties::FewestTasks), [1, 1]);
    assert_eq!(there.takes(0, 0, Some(0)), Err(Rejection::MemberOf(0)));
    task.expressions = member("runningTasksCount < 2");
    let mut there = cluster(vec![task.clone()], given);
    assert_eq!(placed(&mut there, 9, &mut Ties::FewestTasks), [0, 1, 0, 1]);
    task.expressions = member("not(task:group == service:web)");
    let mut there = cluster(vec![task.clone()], given);
    assert_eq!(placed(&mut there, 9, &mut Ties::FewestTasks), [0, 1]);
    assert_eq!(there.takes(0, 0, Some(1)), Err(Rejection::OtherProvider));
    there.set_active(0, false);
    assert_eq!(there.takes(0, 0, Some(0)), Err(Rejection::NotActive));
}

/// An instance whose task stops is free for `distinctInstance`, though its port is not.
#[test]
fn tasks_that_stop_hold_resources_and_no_rules() {
    let mut task = kind([512, 4000, 0, 0], &[ZONE]);
    task.distinct = true;
    let mut there = cluster(vec![task], &[(0, 4096, 4096, 0)]);
    there.put(0, 0);
    assert_eq!(there.takes(0, 0, None).expect_err("full").reason(), "RESOURCE:MEMORY");
    there.order_to_stop(0, 0);
    assert_eq!(there.takes(0, 0, None).expect_err("full").reason(), "RESOURCE:MEMORY");
    assert_eq!(there.per_zone(0), [0, 0, 0]);
    there.release(0, 0);
    assert_eq!(there.takes(0, 0, None), Ok(()));
}

/// `(rules, tasks on each instance) -> instances in the order of their stops`.
#[test]
fn scale_in_mirrors_placement() {
    let given: &[Given] =
        &[(0, 8192, 8192, 0), (0, 8192, 8192, 0), (1, 8192, 8192, 0), (2, 8192, 8192, 0)];
    for (rules, tasks, expected) in [
        (&[ZONE][..], [2, 1, 2, 2], &[0, 3, 2, 1, 3, 2][..]),
        (&[ZONE, EACH], [3, 1, 2, 2], &[0, 0, 3, 2]),
        (&[MEMORY], [1, 3, 2, 2], &[0, 3, 3, 2]),
        (&[ZONE, MEMORY], [1, 3, 2, 2], &[0, 1, 3, 2]),
        (&[EACH], [1, 3, 2, 2], &[1, 3, 2, 1]),
    ] {
        let mut there = cluster(vec![kind([512, 1024, 0, 0], rules)], given);
        for (instance, count) in tasks.iter().enumerate() {
            (0..*count).for_each(|_| there.put(instance, 0));
        }
        let mut order = Vec::new();
        for _ in expected {
            let on: Vec<usize> = (0..4).filter(|it| there.instances()[*it].counts[0] > 0).collect();
            let choice = there.choose_to_stop(0, &on, &mut Ties::FewestTasks).expect("a task");
            there.order_to_stop(choice.instance, 0);
            there.release(choice.instance, 0);
            order.push(choice.instance);
        }
        assert_eq!(order, expected, "{rules:?}");
    }
}

#[test]
fn uneven_zones_are_told() {
    let given: &[Given] = &[(0, 8192, 8192, 0), (1, 8192, 8192, 0), (2, 8192, 8192, 0)];
    for (tasks, expected) in
        [([3, 1, 1], Some((0, 1))), ([2, 1, 1], None), ([4, 4, 0], Some((0, 2))), ([0, 0, 0], None)]
    {
        let mut there = cluster(vec![kind([512, 512, 0, 0], &[ZONE])], given);
        for (instance, count) in tasks.iter().enumerate() {
            (0..*count).for_each(|_| there.put(instance, 0));
        }
        let told = there.imbalance(0, &there.open_zones(Some(0))).map(|it| (it.from, it.to));
        assert_eq!(told, expected, "{tasks:?}");
    }
    let there = cluster(vec![kind([512, 512, 0, 0], &[MEMORY])], given);
    assert!(!there.can_rebalance(0));
}
