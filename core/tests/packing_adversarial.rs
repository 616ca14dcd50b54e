//! Problems made to be hard: each ends within its work budget, with a plan that keeps every rule
//! and a bound that holds. Work is asserted, never time.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test cannot do fails it")]

mod packing {
    pub(crate) mod adversaries;
    pub(crate) mod dice;
    pub(crate) mod referee;
    pub(crate) mod rules;
}

use eniac_core::packing::{Problem, Solution, Work};
use packing::adversaries::{Adversary, all, families, services};
use packing::referee::solved;

const BUDGETS: [u64; 4] = [0, 100_000, 3_000_000, Work::QUICK.0];

/// The work that is done with no budget at all: reading the problem, one greedy fleet, a bound.
const LEAST_WORK: u64 = 4_000_000;

/// What is begun is finished: so much may be done beyond the budget, in percent of it and in steps.
const OVERRUN_PERCENT: u64 = 5;
const OVERRUN: u64 = 1_000_000;

fn with_each_budget(problem: &Problem) -> Vec<(u64, Solution)> {
    BUDGETS.iter().map(|&budget| (budget, solved(problem, Work(budget)).1)).collect()
}

#[test]
fn each_ends_within_its_budget() {
    for Adversary { name, problem, .. } in all() {
        let solutions = with_each_budget(&problem);
        let least = solutions[0].1.work;
        assert!(least <= LEAST_WORK, "{name}: {least} steps without a budget");
        for (budget, solution) in solutions {
            let most = least + budget + budget * OVERRUN_PERCENT / 100 + OVERRUN;
            assert!(solution.work <= most, "{name}: {} steps of {budget}", solution.work);
        }
    }
}

#[test]
fn no_bound_is_above_a_fleet_of_another_budget() {
    for Adversary { name, problem, optimum } in all() {
        let solutions = with_each_budget(&problem);
        let least = solutions.iter().map(|(_, it)| it.cost.0).min().unwrap();
        let known = optimum.unwrap_or(least);
        for (budget, solution) in &solutions {
            let bound = solution.lower_bound.0;
            assert!(bound <= known, "{name}: a bound of {bound} above {known} with {budget}");
        }
        if let Some(optimum) = optimum {
            assert_eq!(least, optimum, "{name}: the cheapest fleet is not found");
        }
    }
}

/// The same services and offers: ten tasks of each, or a hundred thousand.
#[test]
fn work_hardly_grows_with_the_number_of_tasks() {
    for (kinds, eni) in [(1, 1), (10, 0), (10, 1), (40, 1)] {
        let work = |each: u32, budget: Work| {
            let demands = services(kinds, each, eni);
            let offers = families(8);
            let problem = Problem { zones: 1, demands, offers, anti_affinity: Vec::new() };
            solved(&problem, budget).1.work
        };
        // What is always done, and the search, which ends where it finds nothing better.
        for (budget, times, more) in [(Work(0), 2, 10_000), (Work::QUICK, 5, 10_000_000)] {
            let (few, many) = (work(10, budget), work(100_000, budget));
            println!("{kinds} kinds, {eni} ENIs, {budget:?}: {few} and {many} steps");
            assert!(
                many <= times * few + more,
                "{kinds} kinds, {eni} ENIs each: {few} steps, and {many} for 10,000 times as many \
                 tasks"
            );
        }
    }
}
