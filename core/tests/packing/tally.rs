//! What a solver's answers are worth, counted over many problems against the true optimum.

use std::ops::Range;

use eniac_core::packing::{Problem, Work};

use super::random::{Shape, problem};
use super::referee::solved;

/// Of how many problems at most something may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Most {
    /// Finding the optimum takes too long.
    pub(crate) unknown: usize,
    /// The solver's fleet costs more than the optimum.
    pub(crate) dearer: usize,
    /// The solver's lower bound is below its cost: it proves nothing.
    pub(crate) unproven: usize,
}

/// Solves the problems of all seeds. Each answer keeps every rule, and the true optimum is never
/// below its bound nor above its cost, so where these are equal it is the optimum.
pub(crate) fn check(
    seeds: Range<u64>,
    shape: &Shape,
    cheapest: impl Fn(&Problem) -> Option<u64>,
    most: Most,
) {
    let (mut unknown, mut dearer, mut unproven) = (Vec::new(), Vec::new(), Vec::new());
    for seed in seeds {
        let (problem, solution) = solved(&problem(seed, shape), Work::QUICK);
        let Some(optimum) = cheapest(&problem) else {
            unknown.push(seed);
            continue;
        };
        let (bound, cost) = (solution.lower_bound.0, solution.cost.0);
        assert!(
            bound <= optimum && optimum <= cost,
            "seed {seed}: the optimum {optimum} is not from {bound} to {cost}\n{problem:#?}"
        );
        if optimum < cost {
            dearer.push(seed);
        }
        if bound < cost {
            unproven.push(seed);
        }
    }
    let found = Most { unknown: unknown.len(), dearer: dearer.len(), unproven: unproven.len() };
    println!("{found:?}");
    assert!(
        found.unknown <= most.unknown
            && found.dearer <= most.dearer
            && found.unproven <= most.unproven,
        "{found:?}, and at most {most:?}\nunknown: {unknown:?}\ndearer: {dearer:?}\nunproven: \
         {unproven:?}"
    );
}
