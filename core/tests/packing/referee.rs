//! An independent reading of what a solution must be; it shares no code with `packing::check`.

use eniac_core::packing::{Problem, Solution, Work, check, solve};

use super::rules::{Tasks, holds, stands_in, unpackable, zones};

/// Fails if the solution breaks a rule, or states a cost that its instances do not sum to.
fn accept(problem: &Problem, solution: &Solution) {
    let mut left: Vec<i128> = problem.demands.iter().map(|it| i128::from(it.count)).collect();
    let mut in_zones = vec![vec![0_i128; zones(problem)]; problem.demands.len()];
    let mut cost = 0_u128;
    for pattern in &solution.patterns {
        let mut tasks: Tasks = vec![0; problem.demands.len()];
        for &(kind, number) in &pattern.tasks {
            assert!(number > 0 && tasks[kind] == 0, "kind {kind} twice or without a task");
            tasks[kind] = number;
        }
        assert!(pattern.copies > 0 && !pattern.tasks.is_empty(), "an idle pattern");
        assert!(stands_in(problem, pattern.offer, pattern.zone), "not offered: {pattern:?}");
        assert!(holds(problem, pattern.offer, &tasks), "may not be held: {pattern:?}");
        for (kind, &number) in tasks.iter().enumerate() {
            let number = i128::from(number) * i128::from(pattern.copies);
            left[kind] -= number;
            in_zones[kind][pattern.zone] += number;
        }
        cost += u128::from(problem.offers[pattern.offer].price.0) * u128::from(pattern.copies);
    }
    assert!(left.iter().all(|&left| left == 0), "tasks not placed: {left:?}");
    for (kind, counts) in
        in_zones.iter().enumerate().filter(|(kind, _)| problem.demands[*kind].spread)
    {
        let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
        assert!(most - least <= 1, "kind {kind} stands unevenly: {counts:?}");
    }
    // Money ends at 2^53 - 1 nano-USD.
    assert_eq!(u128::from(solution.cost.0), cost.min((1 << 53) - 1), "the cost");
    assert!(solution.lower_bound <= solution.cost, "a bound above the cost");
}

/// The problem without what cannot be packed, which the solver must name, and an answer that keeps
/// every rule.
pub(crate) fn solved(problem: &Problem, budget: Work) -> (Problem, Solution) {
    let mut problem = problem.clone();
    let out = unpackable(&problem);
    if !out.is_empty() {
        let found = solve(&problem, budget).expect_err("what cannot be packed is packed");
        assert_eq!(found.demands, out);
    }
    for demand in out {
        problem.demands[demand].count = 0;
    }
    let solution = solve(&problem, budget).expect("all that is left is packable");
    assert_eq!(check(&problem, &solution), Ok(()), "{problem:#?}");
    accept(&problem, &solution);
    (problem, solution)
}
