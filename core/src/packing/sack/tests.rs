//! Fillings against all fillings there are.

use proptest::prelude::*;

use super::*;
use crate::packing::kinds::Equals;
use crate::packing::work::Work;
use crate::packing::{Demand, NanoUsdPerHour, Offer, Problem};

/// The most worth by trying all.
fn most(problem: &Problem, worth: &[u64], from: usize, held: &mut Vec<u32>) -> u128 {
    let Some(demand) = problem.demands.get(from) else {
        return held.iter().zip(worth).map(|(&n, &w)| u128::from(n) * u128::from(w)).sum();
    };
    let mut best = 0;
    for n in 0..=demand.count {
        held.push(n);
        let fits = (0..RESOURCES).all(|r| {
            let used: u64 = held
                .iter()
                .zip(&problem.demands)
                .map(|(&n, demand)| u64::from(n) * demand.amounts[r])
                .sum();
            used <= problem.offers[0].amounts[r]
        });
        let apart = |&(one, other): &(usize, usize)| {
            let holds = |kind: usize| held.get(kind).is_some_and(|&n| n > 0);
            holds(one) && holds(other)
        };
        if fits && !problem.anti_affinity.iter().any(apart) {
            best = best.max(most(problem, worth, from + 1, held));
        }
        held.pop();
    }
    best
}

proptest! {
    /// With time the best filling is found and proven; without, the proof still holds.
    #[test]
    fn proves_no_less_than_the_most_worth(
        kinds in prop::collection::vec((1..5_u32, [0..5_u64, 1..7, 0..2, 0..2], 1..90_u64), 1..5),
        room in [4..14_u64, 6..20, 1..8, 0..3],
        apart in prop::collection::vec((0..2_usize, 2..4_usize), 0..2),
    ) {
        let problem = Problem {
            zones: 1,
            demands: kinds
                .iter()
                .map(|&(count, amounts, _)| Demand {
                    count,
                    amounts,
                    classes: 1,
                    ..Demand::default()
                })
                .collect(),
            offers: vec![Offer { amounts: room, class: 1, zones: 1, price: NanoUsdPerHour(1) }],
            anti_affinity: apart,
        };
        let Ok(model) = Model::with(&problem, Equals::Separate) else { return Ok(()) };
        let worth: Vec<u64> = kinds.iter().map(|kind| kind.2).collect();
        let most = most(&problem, &worth, 0, &mut Vec::new());
        let meter = &mut Meter::new(Work(u64::MAX), None);
        let sack = Sack::new(&model, &model.choices[0], &worth, |kind| model.kinds[kind].most);
        let proven = sack.fill(0, 10_000, 1000, meter, 100);
        prop_assert_eq!(proven.worth, most);
        // A relaxation that is a filling itself may stay above by its rounding.
        prop_assert!(proven.upper >= most && proven.upper <= most + 1);
        let hasty = sack.fill(0, 1, 0, meter, 100);
        prop_assert!(hasty.worth <= most && hasty.upper >= most);
        let enough = sack.fill(most / 2, 10_000, 1000, meter, 100);
        prop_assert!(enough.upper >= most);
    }
}
