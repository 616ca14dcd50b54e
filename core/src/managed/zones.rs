//! Which tasks go to which zone: decided before anything is packed.

use super::Market;
use crate::packing::Problem;
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;

/// Tasks of each kind in each zone, as even as possible over the zones that offer a type on which
/// the kind fits. The tasks that are left over when a count is divided go to the zones that have
/// the fewest tasks so far, and of those to the one that offers the cheapest type for them, then
/// the most types: AWS documents no rule.
pub(super) fn split(problem: &Problem, market: &Market) -> Vec<Vec<u32>> {
    let mut split = vec![vec![0; problem.demands.len()]; market.zones];
    let mut totals = vec![0_u64; market.zones];
    for (kind, demand) in problem.demands.iter().enumerate() {
        let holds = |offer: &&usize| {
            let offer = &market.offers[**offer];
            demand.classes & offer.class != 0
                && offer.amounts.iter().zip(demand.amounts).all(|(have, need)| *have >= need)
        };
        // For each shelf that holds the kind: its cheapest price, its offers.
        let mut shelves: Vec<Option<(NanoUsdPerHour, usize)>> = Vec::new();
        // For each zone that holds the kind: the zone, its cheapest price, its offers.
        let mut reached: Vec<(usize, NanoUsdPerHour, usize)> = Vec::new();
        for zone in 0..market.zones {
            let shelf = market.shelf_of[zone];
            if shelf == shelves.len() {
                let there = market.offers_in(zone).iter().filter(holds);
                let cheapest = there.clone().map(|offer| market.prices[*offer]).min();
                shelves.push(cheapest.map(|price| (price, there.count())));
            }
            if let Some((price, offers)) = shelves[shelf] {
                reached.push((zone, price, offers));
            }
        }
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
