//! The exact search by itself, from a poor fleet and with poor worths, beside the oracle.

use proptest::prelude::*;

use super::best::Best;
use super::bound::Order;
use super::columns::generate;
use super::fleet::Need;
use super::laws::{cheapest, tiny, uneven};
use super::reduce::Model;
use super::shares::Exact;
use super::single::alone;
use super::work::{Meter, Work};
use super::{Demand, NanoUsdPerHour, Offer, Problem};

/// The cost that the search proves, beginning with every kind on instances of its own.
fn proven(problem: &Problem, with_worths: bool) -> Option<u128> {
    let model = Model::of(problem).ok()?;
    let meter = &mut Meter::new(Work(200_000_000), None);
    let (mut need, mut loads) = (Need::all(&model), Vec::new());
    for kind in 0..model.kinds.len() {
        alone(&model, &mut need, kind, &mut loads, meter);
    }
    let mut best = Best::new(&model, loads, 0, meter);
    let relaxed =
        with_worths.then(|| generate(&model, &Order::all(&model, 50), &[], meter)).flatten();
    let worth = |kind: usize, _: usize| relaxed.as_ref().map_or(0, |it| it.proven[kind]);
    let mut exact = Exact::of(&model, worth, best.cost(), meter)?;
    exact.run(&mut best, meter, 100);
    assert!(best.is_proven(), "open: {} to {}", best.bound, best.cost());
    assert_eq!(best.bound, best.cost(), "the bound is above the cost");
    Some(best.cost())
}

fn agrees(problem: &Problem) {
    for with_worths in [false, true] {
        if let Some(proven) = proven(problem, with_worths) {
            assert_eq!(cheapest(problem).map(u128::from), Some(proven));
        }
    }
}

prop_compose! {
    /// Up to eight tasks in zones, most of them spread with tasks left over.
    fn shared_out()(
        zones in 2..4_usize,
        counts in prop::collection::vec(1..4_u32, 2..4),
        sizes in prop::collection::vec((1..4_u64, 1..4_u64), 4),
        flags in prop::collection::vec((prop::bool::weighted(0.2), prop::bool::weighted(0.6)), 4),
        offers in prop::collection::vec((3..9_u64, 3..9_u64, 1..4_u64, 1..30_u64), 1..4),
    ) -> Problem {
        let mut left = 8;
        let mut demands = Vec::new();
        for ((&count, &(cpu, memory)), &(distinct, spread)) in counts.iter().zip(&sizes).zip(&flags) {
            let count = count.min(left);
            left -= count;
            demands.push(Demand { count, amounts: [cpu, memory, 1, 0], classes: 1, distinct, spread });
        }
        let offer = |&(cpu, memory, enis, price): &(u64, u64, u64, u64)| Offer {
            amounts: [cpu, memory, enis, 0],
            class: 1,
            zones: 0b111,
            price: NanoUsdPerHour(price * 5),
        };
        Problem { zones, demands, offers: offers.iter().map(offer).collect(), anti_affinity: vec![] }
    }
}

proptest! {
    #[test]
    fn the_search_finds_and_proves_the_optimum(problem in tiny()) {
        agrees(&problem);
    }

    #[test]
    fn the_search_finds_and_proves_the_optimum_where_zones_differ(problem in uneven()) {
        agrees(&problem);
    }

    #[test]
    fn the_search_finds_and_proves_the_optimum_of_shares(problem in shared_out()) {
        agrees(&problem);
    }
}
