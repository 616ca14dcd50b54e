//! What must not change the answer of the packing solver, and how answers to the same question
//! must agree: orders, names, units, budgets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test cannot do fails it")]

mod packing {
    pub(crate) mod dice;
    pub(crate) mod random;
    pub(crate) mod referee;
    pub(crate) mod rules;
}

use eniac_core::packing::{Problem, Solution, Work, solve};
use packing::dice::Dice;
use packing::random::{Shape, problem};
use packing::referee::solved;

const SHAPE: Shape = Shape { kinds: 8, offers: 12, count: 120, size: 12, zones: 5 };
const BUDGET: Work = Work(3_000_000);
const SEEDS: std::ops::Range<u64> = 0..300;

/// Two answers to questions with the same optimum: no bound is above a cost.
fn agree(seed: u64, one: &Solution, other: &Solution) {
    assert!(one.lower_bound <= other.cost, "seed {seed}: {} > {}", one.lower_bound, other.cost);
    assert!(other.lower_bound <= one.cost, "seed {seed}: {} > {}", other.lower_bound, one.cost);
}

fn shuffle<T>(list: &mut [T], dice: &mut Dice) {
    for last in (1..list.len()).rev() {
        list.swap(last, dice.place(last + 1));
    }
}

/// Each packable problem with its answer.
fn each(mut test: impl FnMut(u64, &Problem, &Solution)) {
    for seed in SEEDS {
        let (problem, solution) = solved(&problem(seed, &SHAPE), BUDGET);
        test(seed, &problem, &solution);
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    each(|seed, problem, solution| {
        assert_eq!(&solve(problem, BUDGET).unwrap(), solution, "seed {seed}");
    });
}

#[test]
fn the_order_of_demands_and_offers_does_not_matter() {
    each(|seed, problem, solution| {
        let mut dice = Dice::new(seed);
        let mut demands: Vec<usize> = (0..problem.demands.len()).collect();
        let mut offers: Vec<usize> = (0..problem.offers.len()).collect();
        shuffle(&mut demands, &mut dice);
        shuffle(&mut offers, &mut dice);
        let place = |old: usize| demands.iter().position(|&it| it == old).unwrap();
        let mut pairs: Vec<(usize, usize)> = problem.anti_affinity.clone();
        shuffle(&mut pairs, &mut dice);
        let shuffled = Problem {
            zones: problem.zones,
            demands: demands.iter().map(|&old| problem.demands[old].clone()).collect(),
            offers: offers.iter().map(|&old| problem.offers[old].clone()).collect(),
            anti_affinity: pairs.iter().map(|&(one, other)| (place(other), place(one))).collect(),
        };
        agree(seed, solution, &solved(&shuffled, BUDGET).1);
    });
}

#[test]
fn the_names_of_zones_do_not_matter() {
    each(|seed, problem, solution| {
        let mut turned = problem.clone();
        for offer in &mut turned.offers {
            let zones = (0..problem.zones).filter(|zone| offer.zones >> zone & 1 == 1);
            offer.zones = zones.map(|zone| 1 << (problem.zones - 1 - zone)).sum();
        }
        agree(seed, solution, &solved(&turned, BUDGET).1);
    });
}

#[test]
fn the_unit_of_a_resource_does_not_matter() {
    each(|seed, problem, solution| {
        let mut finer = problem.clone();
        let units = [1_024, 1_000_003, 1, 1 << 40];
        let demands = finer.demands.iter_mut().map(|it| &mut it.amounts);
        for amounts in demands.chain(finer.offers.iter_mut().map(|it| &mut it.amounts)) {
            for (amount, unit) in amounts.iter_mut().zip(units) {
                *amount *= unit;
            }
        }
        agree(seed, solution, &solved(&finer, BUDGET).1);
    });
}

#[test]
fn an_offer_that_nobody_wants_does_not_matter() {
    each(|seed, problem, solution| {
        let mut more = problem.clone();
        let mut dice = Dice::new(seed);
        let mut worse = more.offers[dice.place(more.offers.len())].clone();
        worse.price.0 += 1;
        worse.amounts[1] -= u64::from(worse.amounts[1] > 0);
        more.offers.insert(dice.place(more.offers.len()), worse);
        agree(seed, solution, &solved(&more, BUDGET).1);
    });
}

#[test]
fn a_service_may_be_written_as_two() {
    each(|seed, problem, solution| {
        let mut split = problem.clone();
        for kind in 0..problem.demands.len() {
            let demand = &mut split.demands[kind];
            let apart = |&(one, other): &(usize, usize)| one == kind || other == kind;
            if demand.distinct || demand.spread || problem.anti_affinity.iter().any(apart) {
                continue;
            }
            let (half, rest) = (demand.count / 2, demand.count.div_ceil(2));
            demand.count = half;
            let other = eniac_core::packing::Demand { count: rest, ..demand.clone() };
            split.demands.push(other);
        }
        agree(seed, solution, &solved(&split, BUDGET).1);
    });
}

/// Nothing promises that each step of a longer search helps, so a few answers may be worse.
#[test]
fn a_larger_budget_is_hardly_ever_worse() {
    let budgets = [0, 30_000, 300_000, 3_000_000, 30_000_000];
    let (mut pairs, mut dearer, mut looser) = (0, Vec::new(), 0);
    for seed in SEEDS {
        let (problem, _) = solved(&problem(seed, &SHAPE), Work(0));
        let answers = budgets.map(|budget| solved(&problem, Work(budget)).1);
        for (at, one) in answers.iter().enumerate() {
            for (to, other) in answers.iter().enumerate().skip(at + 1) {
                agree(seed, one, other);
                pairs += 1;
                looser += usize::from(other.lower_bound < one.lower_bound);
                if other.cost > one.cost {
                    dearer.push((seed, budgets[at], budgets[to], one.cost.0, other.cost.0));
                }
            }
        }
    }
    println!("of {pairs} pairs {} dearer, {looser} looser", dearer.len());
    assert!(dearer.len() * 100 <= pairs, "more than 1 % of {pairs} dearer: {dearer:?}");
    assert!(looser * 100 <= pairs, "more than 1 % of {pairs} looser: {looser}");
}
