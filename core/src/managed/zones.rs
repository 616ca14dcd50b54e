//! Which tasks go to which zone: decided before anything is packed.

use crate::packing::Problem;
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;

/// Tasks of each kind in each zone, as even as possible over the zones that offer a type on which
/// the kind fits. The tasks that are left over when a count is divided go to the zones that have
/// the fewest tasks so far, and of those to the one that offers the cheapest type for them, then
/// the most types: AWS documents no rule.
pub(super) fn split(problem: &Problem, compute_prices: &[NanoUsdPerHour]) -> Vec<Vec<u32>> {
    let zones = problem.zones.max(1);
    let mut split = vec![vec![0; problem.demands.len()]; zones];
    let mut totals = vec![0_u64; zones];
    for (kind, demand) in problem.demands.iter().enumerate() {
        let holds = |offer: &usize| {
            let offer = &problem.offers[*offer];
            let amounts = offer.amounts.iter().zip(demand.amounts);
            demand.classes & offer.class != 0
                && amounts.into_iter().all(|(have, need)| *have >= need)
        };
        let holding: Vec<usize> = (0..problem.offers.len()).filter(holds).collect();
        // For each zone that holds the kind: the zone, its cheapest price, its offers.
        let mut reached: Vec<(usize, NanoUsdPerHour, usize)> = (0..zones)
            .filter_map(|zone| {
                let there =
                    holding.iter().filter(|offer| problem.offers[**offer].zones >> zone & 1 == 1);
                let cheapest = there.clone().map(|offer| compute_prices[*offer]).min()?;
                Some((zone, cheapest, there.count()))
            })
            .collect();
        let share = u32::try_from(reached.len().max(1)).unwrap_or(u32::MAX);
        let left_over = (demand.count % share) as usize;
        reached
            .sort_by_key(|(zone, price, offers)| (totals[*zone], *price, Reverse(*offers), *zone));
        for (place, (zone, ..)) in reached.into_iter().enumerate() {
            let tasks = demand.count / share + u32::from(place < left_over);
            split[zone][kind] = tasks;
            totals[zone] += u64::from(tasks);
        }
    }
    split
}
