//! The rules of one instance, read anew from the seam's documents: what it may hold.

use eniac_core::packing::Problem;

/// Tasks of each kind, in the order of the problem's demands.
pub(crate) type Tasks = Vec<u32>;

/// The zones that a problem has.
pub(crate) fn zones(problem: &Problem) -> usize {
    problem.zones.max(1)
}

/// Whether an offer can stand in a zone.
pub(crate) fn stands_in(problem: &Problem, offer: usize, zone: usize) -> bool {
    zone < 16 && problem.offers[offer].zones & (1 << zone) != 0
}

/// Whether one instance of `offer` may hold `tasks`.
pub(crate) fn holds(problem: &Problem, offer: usize, tasks: &[u32]) -> bool {
    let it = &problem.offers[offer];
    let at_all = |kind: usize| tasks.get(kind).is_some_and(|&tasks| tasks > 0);
    for (kind, demand) in problem.demands.iter().enumerate() {
        let runs_here = demand.classes & it.class != 0;
        let most = if demand.distinct { 1 } else { u32::MAX };
        if at_all(kind) && !runs_here || tasks[kind] > most {
            return false;
        }
    }
    for &(one, other) in &problem.anti_affinity {
        let broken =
            if one == other { tasks.get(one) > Some(&1) } else { at_all(one) && at_all(other) };
        if broken {
            return false;
        }
    }
    (0..it.amounts.len()).all(|resource| {
        let needed: u128 = problem
            .demands
            .iter()
            .zip(tasks)
            .map(|(demand, &tasks)| u128::from(demand.amounts[resource]) * u128::from(tasks))
            .sum();
        needed <= u128::from(it.amounts[resource])
    })
}

/// Places of the demands that no fleet can hold.
pub(crate) fn unpackable(problem: &Problem) -> Vec<usize> {
    let zones = zones(problem);
    let alone = |kind: usize| -> Tasks {
        (0..problem.demands.len()).map(|other| u32::from(other == kind)).collect()
    };
    let zones_with_room = |kind: usize| {
        (0..zones)
            .filter(|&zone| {
                (0..problem.offers.len()).any(|offer| {
                    stands_in(problem, offer, zone) && holds(problem, offer, &alone(kind))
                })
            })
            .count()
    };
    let out = |kind: usize| {
        let demand = &problem.demands[kind];
        // A spread kind stands in as many zones as it has tasks for.
        let needed = match (demand.count, demand.spread) {
            (0, _) => 0,
            (_, false) => 1,
            (count, true) => zones.min(usize::try_from(count).unwrap()),
        };
        zones_with_room(kind) < needed
    };
    (0..problem.demands.len()).filter(|&kind| out(kind)).collect()
}
