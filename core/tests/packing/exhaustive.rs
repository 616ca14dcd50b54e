//! The cheapest fleet of a tiny problem by trying everything: no linear program, no bound.
//!
//! The cheapest instances for every number of tasks of every kind in one zone are found from the
//! fewest tasks upwards; then every way to share the tasks between the zones is tried.

use std::collections::BTreeMap;

use eniac_core::packing::Problem;

use super::fillings::all;
use super::rules::{Tasks, stands_in, zones};

/// More fillings or more shares than these take too long.
const MOST_FILLINGS: usize = 2_000;
const MOST_SHARES: usize = 750;

/// What the cheapest fleet costs; `None` if there are too many fleets to try.
///
/// # Panics
///
/// If no fleet holds all tasks.
pub(crate) fn cheapest(problem: &Problem) -> Option<u64> {
    let shares = shares(problem)?;
    let place: BTreeMap<&Tasks, usize> = shares.iter().zip(0..).collect();
    let mut fillings = Vec::new();
    for offer in 0..problem.offers.len() {
        fillings.push(all(problem, offer, MOST_FILLINGS)?);
    }
    // What the zones so far cost at least, for each share of the tasks; before the first zone only
    // no task at all costs nothing.
    let mut so_far: Vec<Option<u64>> = vec![None; shares.len()];
    so_far[0] = Some(0);
    for zone in 0..zones(problem) {
        let alone = one_zone(problem, zone, &shares, &place, &fillings);
        let mut with = vec![None; shares.len()];
        for (share, &alone) in shares.iter().zip(&alone) {
            let Some(alone) = alone.filter(|_| may_stand(problem, share)) else { continue };
            for (before, &cost) in shares.iter().zip(&so_far) {
                let sum: Tasks = before.iter().zip(share).map(|(one, other)| one + other).collect();
                if let (Some(cost), Some(&at)) = (cost, place.get(&sum)) {
                    let least = with[at].get_or_insert(u64::MAX);
                    *least = (*least).min(cost + alone);
                }
            }
        }
        so_far = with;
    }
    Some(so_far.last().copied().flatten().expect("a fleet for packable tasks"))
}

/// Every number of tasks of every kind, from none to all, in order.
fn shares(problem: &Problem) -> Option<Vec<Tasks>> {
    let mut shares: Vec<Tasks> = vec![Vec::new()];
    for demand in &problem.demands {
        shares = shares
            .iter()
            .flat_map(|share| (0..=demand.count).map(|more| [&share[..], &[more]].concat()))
            .collect();
        if shares.len() > MOST_SHARES {
            return None;
        }
    }
    Some(shares)
}

/// For each share, what the cheapest instances of one zone cost that hold just these tasks.
fn one_zone(
    problem: &Problem,
    zone: usize,
    shares: &[Tasks],
    place: &BTreeMap<&Tasks, usize>,
    fillings: &[Vec<Tasks>],
) -> Vec<Option<u64>> {
    let mut cost: Vec<Option<u64>> = vec![None; shares.len()];
    cost[0] = Some(0);
    for (at, share) in shares.iter().enumerate().skip(1) {
        for (offer, fillings) in fillings.iter().enumerate() {
            if !stands_in(problem, offer, zone) {
                continue;
            }
            for filling in fillings {
                let rest = share.iter().zip(filling).map(|(all, held)| all.checked_sub(*held));
                let Some(rest) = rest.collect::<Option<Tasks>>() else { continue };
                if let Some(rest) = cost[place[&rest]] {
                    let least = cost[at].get_or_insert(u64::MAX);
                    *least = (*least).min(rest + problem.offers[offer].price.0);
                }
            }
        }
    }
    cost
}

/// Whether a zone may hold just these tasks: of a spread kind its even share.
fn may_stand(problem: &Problem, share: &Tasks) -> bool {
    let zones = u32::try_from(zones(problem)).unwrap();
    problem.demands.iter().zip(share).all(|(demand, &held)| {
        !demand.spread || (demand.count / zones..=demand.count.div_ceil(zones)).contains(&held)
    })
}
