//! Published fleets, reproduced on bare numbers, and what a prediction must always keep.

use super::*;
use crate::packing::{Demand, Offer, Solution, check};
use proptest::prelude::*;

/// CPU, memory, ENIs, On-Demand price in nano-USD: what Managed Instances give to tasks.
const TYPES: [(&str, u64, u64, u64, u64); 7] = [
    ("t4g.small", 2048, 1538, 2, 16_800_000),
    ("t4g.medium", 2048, 3527, 2, 33_600_000),
    ("c6g.large", 2048, 3503, 10, 68_000_000),
    ("t4g.large", 2048, 7505, 2, 67_200_000),
    ("m6g.large", 2048, 7427, 10, 77_000_000),
    ("r6g.large", 2048, 15_463, 10, 100_800_000),
    ("im4gn.large", 2048, 7459, 10, 181_900_000),
];

fn problem(zones: usize, demands: &[(u32, u64, u64)]) -> (Problem, Vec<NanoUsdPerHour>) {
    let offers = TYPES.iter().map(|(_, cpu, memory, enis, price)| Offer {
        amounts: [*cpu, *memory, *enis, 0],
        class: 1,
        zones: u16::MAX,
        price: NanoUsdPerHour(*price),
    });
    let demands = demands.iter().map(|(count, cpu, memory)| Demand {
        count: *count,
        amounts: [*cpu, *memory, 1, 0],
        classes: 1,
        distinct: false,
        spread: true,
    });
    let problem = Problem {
        zones,
        demands: demands.collect(),
        offers: offers.collect(),
        anti_affinity: Vec::new(),
    };
    let prices = problem.offers.iter().map(|offer| offer.price).collect();
    (problem, prices)
}

fn told(patterns: &[Pattern]) -> Vec<(&'static str, u64)> {
    mix(patterns).into_iter().map(|(offer, count)| (TYPES[offer].0, count)).collect()
}

/// `(zones, [(count, cpu, memory)], fleet, tied fleets)`.
#[track_caller]
fn check_fleet(
    zones: usize,
    demands: &[(u32, u64, u64)],
    fleet: &[(&str, u64)],
    ties: &[&[(&str, u64)]],
) {
    let (problem, prices) = problem(zones, demands);
    let prediction = predict(&problem, &prices);
    assert_eq!(told(&prediction.patterns), fleet);
    let others: Vec<Vec<(&str, u64)>> = prediction.ties.iter().map(|each| told(each)).collect();
    assert_eq!(others, ties);
}

#[test]
fn the_article_s_fleets() {
    check_fleet(3, &[(30, 512, 1024)], &[("t4g.small", 30)], &[&[("t4g.medium", 15)]]);
    check_fleet(
        3,
        &[(10, 1000, 3500)],
        &[("t4g.medium", 10)],
        &[&[("t4g.medium", 2), ("t4g.large", 4)]],
    );
    check_fleet(3, &[(10, 1000, 14_000)], &[("r6g.large", 10)], &[]);
}

/// AWS's own example: per zone a task of 1 vCPU and 5.5 GB and one of 1 vCPU and 9.5 GB share an
/// instance, because two instances would cost more.
#[test]
fn unequal_tasks_share_an_instance() {
    check_fleet(2, &[(2, 1024, 5632), (2, 1024, 9728)], &[("r6g.large", 2)], &[]);
}

#[test]
fn left_over_tasks_go_to_the_emptiest_zones() {
    let (problem, prices) = problem(3, &[(4, 1, 1), (5, 1, 1)]);
    assert_eq!(zones::split(&problem, &Market::of(&problem, &prices)), [[2, 1], [1, 2], [1, 2]]);
}

/// Nothing fits in the third zone; which of the others offers the cheapest type does not matter.
#[test]
fn left_over_tasks_go_where_they_fit() {
    let (mut problem, prices) = problem(3, &[(3, 512, 1024)]);
    for offer in &mut problem.offers {
        offer.zones = 0b011;
    }
    problem.offers[0].zones = 0b010;
    assert_eq!(zones::split(&problem, &Market::of(&problem, &prices)), [[2], [1], [0]]);
}

/// `(running, fleet, launched, idle)`: room on what runs is used before anything is launched.
#[test]
fn running_instances_come_first() {
    let (problem, prices) = problem(1, &[(4, 512, 1024)]);
    let market = Market::of(&problem, &prices);
    let running = |offer: usize, copies: u32, tasks: &[(usize, u32)]| Pattern {
        offer,
        zone: 0,
        tasks: tasks.to_vec(),
        copies,
    };
    for (stands, fleet, launched, idle) in [
        // Of an m6g.large's four places one is taken: three tasks go there, one needs an instance.
        (vec![running(4, 1, &[(0, 1)])], vec![("t4g.small", 1), ("m6g.large", 1)], 1, 0),
        (vec![running(4, 2, &[])], vec![("m6g.large", 1)], 0, 1),
        (vec![running(0, 1, &[(0, 1)])], vec![("t4g.small", 5)], 4, 0),
    ] {
        let prediction = market.predict(&problem, &stands);
        let count = |patterns: &[Pattern]| patterns.iter().map(|it| it.copies).sum::<u32>();
        assert_eq!(told(&prediction.patterns), fleet, "{stands:?}");
        let told = (count(&prediction.launched), count(&prediction.idle));
        assert_eq!(told, (launched, idle), "{stands:?}");
    }
}

#[test]
fn nothing_to_place_is_no_fleet() {
    check_fleet(3, &[], &[], &[]);
    check_fleet(3, &[(0, 512, 1024)], &[], &[]);
}

proptest! {
    /// A prediction keeps every rule of packing.
    #[test]
    fn predictions_are_sound(
        zones in 1usize..4,
        demands in proptest::collection::vec((0u32..60, 1u64..2000, 1u64..7000), 0..5),
        distinct in proptest::collection::vec(any::<bool>(), 5),
        pairs in proptest::collection::vec((0usize..5, 0usize..5), 0..4),
    ) {
        let (mut problem, prices) = problem(zones, &demands);
        for (demand, distinct) in problem.demands.iter_mut().zip(distinct) {
            demand.distinct = distinct;
        }
        let kinds = problem.demands.len();
        problem.anti_affinity =
            pairs.into_iter().filter(|(a, b)| a != b && *a < kinds && *b < kinds).collect();
        let prediction = predict(&problem, &prices);
        for patterns in prediction.ties.iter().chain([&prediction.patterns]) {
            let price = |p: &Pattern| problem.offers[p.offer].price.times(p.copies.into());
            let cost = patterns.iter().map(price).sum();
            let solution = Solution { patterns: patterns.clone(), cost, ..Solution::default() };
            prop_assert_eq!(check(&problem, &solution), Ok(()));
        }
    }
}
