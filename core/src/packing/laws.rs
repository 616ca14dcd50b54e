//! What holds for every problem, beside an oracle that tries every fleet of a tiny one.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::{Demand, NanoUsdPerHour, Offer, Problem, Solution, Work, check, solve, solve_watched};

/// The cheapest fleet's cost by trying all: one task after the other goes on an instance already
/// opened or on a new one of any offer in any zone. `None` if no fleet keeps the rules.
pub(super) fn cheapest(problem: &Problem) -> Option<u64> {
    struct Instance {
        offer: usize,
        zone: usize,
        tasks: Vec<u32>,
    }
    fn fits(problem: &Problem, it: &Instance, kind: usize) -> bool {
        let (demand, offer) = (&problem.demands[kind], &problem.offers[it.offer]);
        let apart = |other: usize| {
            problem.anti_affinity.contains(&(kind, other))
                || problem.anti_affinity.contains(&(other, kind))
        };
        demand.classes & offer.class != 0
            && !(demand.distinct && it.tasks[kind] > 0)
            && (0..it.tasks.len()).all(|other| it.tasks[other] == 0 || !apart(other))
            && (0..super::RESOURCES).all(|r| {
                let used: u64 = (0..it.tasks.len())
                    .map(|other| u64::from(it.tasks[other]) * problem.demands[other].amounts[r])
                    .sum();
                used + demand.amounts[r] <= offer.amounts[r]
            })
    }
    fn even(problem: &Problem, fleet: &[Instance]) -> bool {
        (0..problem.demands.len()).filter(|&kind| problem.demands[kind].spread).all(|kind| {
            let count = |zone: usize| -> u32 {
                fleet.iter().filter(|it| it.zone == zone).map(|it| it.tasks[kind]).sum()
            };
            let counts: Vec<u32> = (0..problem.zones).map(count).collect();
            counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1
        })
    }
    fn descend(
        problem: &Problem,
        queue: &[usize],
        fleet: &mut Vec<Instance>,
        cost: u64,
        best: &mut Option<u64>,
    ) {
        if best.is_some_and(|best| cost >= best) {
            return;
        }
        let Some((&kind, rest)) = queue.split_first() else {
            if even(problem, fleet) {
                *best = Some(cost);
            }
            return;
        };
        for at in 0..fleet.len() {
            if fits(problem, &fleet[at], kind) {
                fleet[at].tasks[kind] += 1;
                descend(problem, rest, fleet, cost, best);
                fleet[at].tasks[kind] -= 1;
            }
        }
        for (offer, it) in problem.offers.iter().enumerate() {
            for zone in (0..problem.zones).filter(|&zone| it.zones >> zone & 1 == 1) {
                let mut new = Instance { offer, zone, tasks: vec![0; problem.demands.len()] };
                if fits(problem, &new, kind) {
                    new.tasks[kind] = 1;
                    fleet.push(new);
                    descend(problem, rest, fleet, cost + it.price.0, best);
                    fleet.pop();
                }
            }
        }
    }
    let queue: Vec<usize> = (0..problem.demands.len())
        .flat_map(|kind| (0..problem.demands[kind].count).map(move |_| kind))
        .collect();
    let mut best = None;
    descend(problem, &queue, &mut Vec::new(), 0, &mut best);
    best
}

prop_compose! {
    fn demand(counts: std::ops::Range<u32>, size: u64)(
        count in counts,
        cpu in 0..=size,
        memory in 1..=size,
        enis in 0..=1_u64,
        gpus in prop_oneof![4 => Just(0_u64), 1 => Just(1)],
        classes in prop_oneof![3 => Just(0b11_u32), 1 => Just(0b01), 1 => Just(0b10)],
        distinct in prop::bool::weighted(0.2),
        spread in prop::bool::weighted(0.3),
    ) -> Demand {
        Demand { count, amounts: [cpu, memory, enis, gpus], classes, distinct, spread }
    }
}

prop_compose! {
    fn offer(size: u64)(
        cpu in 0..=size * 4,
        memory in 1..=size * 4,
        enis in 0..5_u64,
        gpus in 0..3_u64,
        class in prop_oneof![Just(1_u32), Just(2)],
        zones in prop_oneof![4 => Just(0b11_1111_u16), 1 => 0..64_u16],
        price in 0..40_u64,
    ) -> Offer {
        let price = NanoUsdPerHour(price);
        Offer { amounts: [cpu, memory, enis, gpus], class, zones, price }
    }
}

prop_compose! {
    /// Small enough for the oracle: at most six tasks.
    pub(super) fn tiny()(
        zones in 1..3_usize,
        demands in prop::collection::vec(demand(0..4, 4), 0..4),
        offers in prop::collection::vec(offer(4), 0..4),
        anti_affinity in prop::collection::vec((0..4_usize, 0..4_usize), 0..2),
    ) -> Problem {
        let mut left = 6;
        let demands = demands
            .into_iter()
            .map(|demand: Demand| {
                let count = demand.count.min(left);
                left -= count;
                Demand { count, ..demand }
            })
            .collect();
        Problem { zones, demands, offers, anti_affinity }
    }
}

prop_compose! {
    /// As tiny, in zones of which each has its own offers: two dear ones stand in all.
    pub(super) fn uneven()(
        zones in 2..4_usize,
        demands in prop::collection::vec(demand(1..5, 3), 1..4),
        offers in prop::collection::vec((offer(3), 1..8_u16), 2..5),
        spread in prop::collection::vec(prop::bool::weighted(0.8), 4),
        anti_affinity in prop::collection::vec((0..4_usize, 0..4_usize), 0..2),
    ) -> Problem {
        let mut left = 6;
        let mut demands: Vec<Demand> = demands;
        for (demand, spread) in demands.iter_mut().zip(spread) {
            demand.count = demand.count.min(left);
            left -= demand.count;
            demand.spread = spread;
        }
        let everywhere = |class| Offer {
            amounts: [3, 3, 2, 1],
            class,
            zones: 0b111,
            price: NanoUsdPerHour(60),
        };
        let standing = |(offer, zones)| Offer { zones, ..offer };
        let offers = offers.into_iter().map(standing).chain([everywhere(1), everywhere(2)]);
        Problem { zones, demands, offers: offers.collect(), anti_affinity }
    }
}

prop_compose! {
    pub(super) fn middling()(
        zones in 0..7_usize,
        demands in prop::collection::vec(demand(0..300, 40), 0..7),
        offers in prop::collection::vec(offer(60), 0..12),
        anti_affinity in prop::collection::vec((0..9_usize, 0..9_usize), 0..4),
    ) -> Problem {
        Problem { zones, demands, offers, anti_affinity }
    }
}

/// Any figures at all.
fn wild() -> impl Strategy<Value = Problem> {
    let amount = || prop_oneof![Just(0_u64), 0..5_u64, Just(u64::MAX), any::<u64>()];
    let amounts = move || [amount(), amount(), amount(), amount()];
    let demand = (
        prop_oneof![0..5_u32, Just(100_000), Just(u32::MAX), any::<u32>()],
        amounts(),
        0..4_u32,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(count, amounts, classes, distinct, spread)| Demand {
            count,
            amounts,
            classes,
            distinct,
            spread,
        });
    let price = prop_oneof![0..3_u64, Just((1 << 53) - 1), any::<u64>()];
    let offer =
        (amounts(), 0..4_u32, any::<u16>(), price).prop_map(|(amounts, class, zones, price)| {
            Offer { amounts, class, zones, price: NanoUsdPerHour(price) }
        });
    (
        prop_oneof![0..20_usize, Just(usize::MAX)],
        prop::collection::vec(demand, 0..5),
        prop::collection::vec(offer, 0..8),
        prop::collection::vec((any::<usize>(), 0..4_usize), 0..3),
    )
        .prop_map(|(zones, demands, offers, anti_affinity)| Problem {
            zones,
            demands,
            offers,
            anti_affinity,
        })
}

/// The solution, if there is one, after what holds for all.
fn solved(problem: &Problem) -> Option<Solution> {
    let budget = Work(3_000_000);
    let solution = solve(problem, budget);
    assert_eq!(solution, solve(problem, budget), "equal problems, unequal solutions");
    let solution = solution.ok()?;
    check(problem, &solution).unwrap();
    Some(solution)
}

/// The problem without the kinds that cannot be packed.
fn packable(mut problem: Problem) -> Problem {
    if let Err(out) = solve(&problem, Work(0)) {
        for demand in out.demands {
            problem.demands[demand].count = 0;
        }
    }
    problem
}

proptest! {
    #[test]
    fn the_optimum_lies_between_bound_and_cost(problem in tiny()) {
        // Where nothing is packable for the solver, nothing is for the oracle.
        if solved(&problem).is_none() {
            prop_assert_eq!(cheapest(&problem), None);
        }
        let problem = packable(problem);
        let cheapest = cheapest(&problem);
        match solved(&problem) {
            None => prop_assert!(false, "packable, and not packed"),
            Some(it) => {
                let cheapest = cheapest.expect("a fleet was found");
                prop_assert!(it.lower_bound.0 <= cheapest, "{} > {cheapest}", it.lower_bound.0);
                prop_assert!(cheapest <= it.cost.0);
            }
        }
    }

    #[test]
    fn the_optimum_lies_between_bound_and_cost_where_zones_differ(problem in uneven()) {
        let Some(it) = solved(&problem) else {
            prop_assert_eq!(cheapest(&problem), None);
            return Ok(());
        };
        let cheapest = cheapest(&problem).expect("a fleet was found");
        prop_assert!(it.lower_bound.0 <= cheapest, "{} > {cheapest}", it.lower_bound.0);
        prop_assert!(cheapest <= it.cost.0);
    }

    #[test]
    fn every_fleet_keeps_the_rules(problem in middling()) {
        let problem = packable(problem);
        solved(&problem).unwrap();
        // With no budget too.
        if let Ok(it) = solve(&problem, Work(0)) {
            prop_assert_eq!(check(&problem, &it), Ok(()));
        }
    }

    #[test]
    fn no_figures_break_it(problem in wild()) {
        solved(&problem);
        solved(&packable(problem)).unwrap();
    }

    /// The optimum never falls with more tasks or fewer offers; what the solver finds may, by no
    /// more than its own gap: the harder problem's cost is at least the easier one's bound. (With
    /// `spread` too: a task can be taken off a zone that holds the most.)
    #[test]
    fn more_work_or_less_choice_is_no_cheaper(problem in middling(), pick in any::<usize>()) {
        let problem = packable(problem);
        let Some(easy) = solved(&problem) else { return Ok(()) };
        let mut harder = Vec::new();
        if !problem.demands.is_empty() {
            let mut more = problem.clone();
            let at = pick % more.demands.len();
            more.demands[at].count += 1;
            harder.push(more);
        }
        if !problem.offers.is_empty() {
            let mut fewer = problem.clone();
            fewer.offers.remove(pick % fewer.offers.len());
            harder.push(fewer);
        }
        for harder in harder {
            if let Some(hard) = solved(&harder) {
                prop_assert!(hard.cost >= easy.lower_bound);
            }
        }
    }
}

#[test]
fn a_watch_may_end_the_search_and_changes_nothing_else() {
    let demand = |count, cpu, memory| Demand {
        count,
        amounts: [cpu, memory, 1, 0],
        classes: 1,
        ..Demand::default()
    };
    let offer = |cpu, memory, price| Offer {
        amounts: [cpu, memory, 9, 0],
        class: 1,
        zones: 1,
        price: NanoUsdPerHour(price),
    };
    let problem = Problem {
        zones: 1,
        demands: vec![demand(37, 3, 5), demand(23, 7, 2), demand(11, 5, 11)],
        offers: vec![offer(16, 16, 101), offer(8, 24, 83), offer(40, 33, 217)],
        anti_affinity: Vec::new(),
    };
    let mut seen = Vec::new();
    let watched = solve_watched(&problem, Work::QUICK, &mut |progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    });
    assert_eq!(watched, solve(&problem, Work::QUICK));
    let last = seen.last().unwrap();
    let solution = watched.unwrap();
    assert_eq!((last.cost, last.lower_bound), (Some(solution.cost), solution.lower_bound));
    assert!(seen.is_sorted_by(|a, b| a.cost >= b.cost && a.lower_bound <= b.lower_bound));
    for questions in 1..=seen.len() {
        let mut asked = 0;
        let ended = solve_watched(&problem, Work::QUICK, &mut |_| {
            asked += 1;
            if asked >= questions { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(check(&problem, &ended.unwrap()), Ok(()), "ended at question {questions}");
    }
}
