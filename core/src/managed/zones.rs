//! Which tasks go to which zone: decided before anything is packed.

use super::Market;
use super::bins::tasks_on;
use crate::packing::Problem;

/// Tasks of each kind in each zone, as even as possible over the zones that offer a type on which
/// the kind fits. The tasks that are left over when a count is divided go to the zones that have
/// the fewest tasks so far, and of those to the first: AWS documents no rule.
pub(super) fn split(problem: &Problem, market: &Market) -> Vec<Vec<u32>> {
    let mut split = vec![vec![0; problem.demands.len()]; market.zones];
    let mut totals = vec![0_u64; market.zones];
    for (kind, demand) in problem.demands.iter().enumerate() {
        // Zones with the same offers are asked once.
        let mut shelves: Vec<bool> = Vec::new();
        let mut reached: Vec<usize> = Vec::new();
        for zone in 0..market.zones {
            let shelf = market.shelf_of[zone];
            if shelf == shelves.len() {
                let mut there = market.offers_in(zone).iter();
                shelves.push(there.any(|offer| tasks_on(demand, &market.offers[*offer]) > 0));
            }
            if shelves[shelf] {
                reached.push(zone);
            }
        }
        let share = u32::try_from(reached.len().max(1)).unwrap_or(u32::MAX);
        let left_over = (demand.count % share) as usize;
        reached.sort_by_key(|zone| (totals[*zone], *zone));
        for (place, zone) in reached.into_iter().enumerate() {
            let tasks = demand.count / share + u32::from(place < left_over);
            split[zone][kind] = tasks;
            totals[zone] += u64::from(tasks);
        }
    }
    split
}
