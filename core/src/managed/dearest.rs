//! The dearest fleet that capacity fallback can leave: in every zone, for every kind of task, EC2
//! has nothing left but the offer on which those tasks cost most.
//!
//! No two kinds share an instance, tasks fill the instances of that offer, and the split over the
//! zones is the dearest that the rules allow. So fewer offers never make it dearer, and no fleet
//! that packs as ECS does costs more.

use super::bins::tasks_on;
use crate::packing::{Demand, Pattern, Problem};
use std::cmp::Reverse;

/// With more zones than this only the split over all of them is looked at.
const MOST_ZONES: usize = 8;

/// The dearest fleet by the offers' prices. Kinds that fit no offer are left out.
pub fn dearest(problem: &Problem) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (kind, demand) in problem.demands.iter().enumerate().filter(|(_, it)| it.count > 0) {
        let Some(split) = dearest_split(problem, demand) else { continue };
        for (zone, tasks) in split {
            if let Some(fill) = dearest_fill(problem, demand, zone, tasks) {
                patterns.extend(fill.patterns(kind, zone, tasks));
            }
        }
    }
    patterns.sort();
    patterns
}

/// Tasks of one kind in one zone on one offer.
struct Fill {
    offer: usize,
    fit: u32,
    cost: u128,
}

impl Fill {
    fn patterns(&self, kind: usize, zone: usize, tasks: u32) -> impl Iterator<Item = Pattern> {
        let of = move |tasks: u32, copies: u32| Pattern {
            offer: self.offer,
            zone,
            tasks: vec![(kind, tasks)],
            copies,
        };
        let all = [of(self.fit, tasks / self.fit), of(tasks % self.fit, 1)];
        all.into_iter().filter(|it| it.copies > 0 && it.tasks[0].1 > 0)
    }
}

fn dearest_fill(problem: &Problem, demand: &Demand, zone: usize, tasks: u32) -> Option<Fill> {
    let mut dearest: Option<Fill> = None;
    for (offer, facts) in problem.offers.iter().enumerate() {
        let fit = tasks_on(demand, facts);
        if fit == 0 || facts.zones >> zone & 1 == 0 {
            continue;
        }
        let cost = u128::from(facts.price.0) * u128::from(tasks.div_ceil(fit));
        if dearest.as_ref().is_none_or(|known| cost > known.cost) {
            dearest = Some(Fill { offer, fit, cost });
        }
    }
    dearest
}

/// The allowed split that costs most, as `(zone, tasks)`.
fn dearest_split(problem: &Problem, demand: &Demand) -> Option<Vec<(usize, u32)>> {
    let cost = |zone: usize, tasks: u32| match tasks {
        0 => Some(0),
        tasks => dearest_fill(problem, demand, zone, tasks).map(|fill| fill.cost),
    };
    let zones = 0..problem.zones.max(1);
    let reached: Vec<usize> = zones.filter(|zone| cost(*zone, 1).is_some()).collect();
    let all = u32::try_from(reached.len()).unwrap_or(u32::MAX);
    let mut dearest: Option<(u128, Vec<(usize, u32)>)> = None;
    for set in subsets(reached.len()) {
        let among = set.count_ones();
        let allowed = !demand.spread || among == all.min(demand.count);
        if among == 0 || !allowed {
            continue;
        }
        let (base, extras) = (demand.count / among, (demand.count % among) as usize);
        let chosen = reached.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
        let mut shares: Vec<(u128, u128, usize)> = chosen
            .filter_map(|(_, zone)| Some((cost(*zone, base)?, cost(*zone, base + 1)?, *zone)))
            .collect();
        // One more task where that costs most.
        shares.sort_by_key(|(less, more, zone)| (Reverse(more.saturating_sub(*less)), *zone));
        let sum = shares.iter().enumerate();
        let sum =
            sum.map(|(place, (less, more, _))| if place < extras { more } else { less }).sum();
        if dearest.as_ref().is_none_or(|(known, _)| sum > *known) {
            let shares = shares.into_iter().enumerate();
            let split = shares.map(|(place, (.., zone))| (zone, base + u32::from(place < extras)));
            dearest = Some((sum, split.filter(|(_, tasks)| *tasks > 0).collect()));
        }
    }
    dearest.map(|(_, split)| split)
}

/// Sets of so many places, as bits.
fn subsets(places: usize) -> impl Iterator<Item = u32> {
    let all = if places >= 32 { u32::MAX } else { (1 << places) - 1 };
    let first = if places > MOST_ZONES { all } else { 1 };
    (places > 0).then_some(first..=all).into_iter().flatten()
}
