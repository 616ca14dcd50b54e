//! The dearest fleet that capacity fallback can leave.
//!
//! In each zone EC2 has nothing left but one offer. The tasks that it holds are packed on it as ECS
//! packs; those of kinds that it does not hold stand alone, each kind on the offer on which it is
//! dearest. The dearest such offer counts. So fewer offers never make the fleet dearer, as long as
//! they reach the same zones; and no fleet that packs as ECS does costs more.

use super::bins::{Bins, Kinds, Rules, tasks_on};
use super::{Market, zones};
use crate::packing::{Pattern, Problem};
use std::cell::OnceCell;
use std::cmp::Reverse;

/// What each offer comes to when nothing else is left.
pub struct Fallback<'p> {
    problem: &'p Problem,
    rules: Rules<'p>,
    /// Zones with the same tasks and offers stand here once.
    groups: Vec<Group>,
}

/// Zones alike.
struct Group {
    zones: Vec<usize>,
    /// The tasks of one of them, largest first.
    kinds: Kinds,
    /// What stands there and holds something.
    offers: Vec<Left>,
    /// For each offer of the problem, its place in `offers`.
    places: Vec<Option<usize>>,
}

/// One offer, when it is all that is left.
struct Left {
    offer: usize,
    /// How many tasks of each of the group's kinds one instance holds.
    fits: Vec<u32>,
    /// What the kinds that it holds cost at most: each on instances of its own.
    at_most: u128,
    packed: OnceCell<Packed>,
}

/// What an offer holds, packed on it alone, and what that costs.
struct Packed {
    cost: u128,
    bins: Bins,
}

/// The dearest of a group: a place in its offers, and for each kind that this does not hold the
/// place of the offer on which it stands alone.
struct Dearest {
    at: usize,
    alone: Vec<(usize, usize)>,
    cost: u128,
}

impl<'p> Fallback<'p> {
    /// For the problem that `market` was made of.
    pub fn of(problem: &'p Problem, market: &Market) -> Self {
        let rules = Rules::of(&problem.demands, &problem.anti_affinity);
        let split = zones::split(problem, market);
        let mut groups: Vec<(usize, Group)> = Vec::new();
        for (zone, counts) in split.iter().enumerate() {
            let (kinds, shelf) = (rules.decreasing(counts), market.shelf_of[zone]);
            let alike =
                |(known, group): &&mut (usize, Group)| *known == shelf && group.kinds == kinds;
            if let Some((_, group)) = groups.iter_mut().find(alike) {
                group.zones.push(zone);
                continue;
            }
            let here = market.offers_in(zone).iter();
            let left = here.filter_map(|offer| Left::of(problem, *offer, &kinds));
            let offers: Vec<Left> = left.collect();
            let mut places = vec![None; problem.offers.len()];
            for (place, left) in offers.iter().enumerate() {
                places[left.offer] = Some(place);
            }
            groups.push((shelf, Group { zones: vec![zone], kinds, offers, places }));
        }
        Self { problem, rules, groups: groups.into_iter().map(|(_, group)| group).collect() }
    }

    /// What the dearest fleet costs by the offers' prices, of those that are `kept`.
    pub fn cost(&self, kept: &[usize]) -> u128 {
        let groups = self.groups.iter();
        let cost = |group: &Group| {
            let places: Vec<usize> = kept.iter().filter_map(|offer| group.places[*offer]).collect();
            let dearest = self.dearest(group, &places);
            dearest.map_or(0, |it| it.cost) * group.zones.len() as u128
        };
        groups.map(cost).sum()
    }

    /// The dearest fleet.
    pub fn fleet(&self) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for group in &self.groups {
            let all: Vec<usize> = (0..group.offers.len()).collect();
            let Some(dearest) = self.dearest(group, &all) else { continue };
            for zone in group.zones.iter().copied() {
                let bins = &self.packed(group, dearest.at).bins;
                patterns.extend(bins.filled().map(|bin| bins.pattern(bin, zone)));
                for (place, at) in &dearest.alone {
                    let (kind, count) = group.kinds[*place];
                    let left = &group.offers[*at];
                    patterns.extend(alone(left.offer, zone, kind, count, left.fits[*place]));
                }
            }
        }
        patterns.sort();
        patterns
    }

    /// What all tasks would cost at least if, of the offers that hold something, only this one and
    /// the cheapest for what it does not hold were left; `None` for an offer that holds nothing.
    pub fn score(&self, offer: usize) -> Option<u128> {
        let mut sum = None;
        for group in &self.groups {
            let Some(at) = group.places[offer] else { continue };
            let left = &group.offers[at];
            let alone = |place: usize| {
                let offers = group.offers.iter().filter(|it| it.fits[place] > 0);
                offers.map(|it| it.cost_alone(self.problem, group, place)).min().unwrap_or(0)
            };
            let rest = (0..group.kinds.len()).filter(|place| left.fits[*place] == 0).map(alone);
            let own = self.packed(group, at).cost;
            let zones = group.zones.len() as u128;
            *sum.get_or_insert(0) += (own + rest.sum::<u128>()) * zones;
        }
        sum
    }

    /// How many instances of one offer hold, where it stands, all tasks that fit on it: packed as
    /// ECS packs. 0 for an offer that holds nothing.
    pub fn instances_alone(&self, offer: usize) -> u64 {
        let groups = self.groups.iter().filter_map(|group| {
            let bins = &self.packed(group, group.places[offer]?).bins;
            let instances: u64 = bins.filled().map(|bin| u64::from(bin.copies)).sum();
            Some(instances * group.zones.len() as u64)
        });
        groups.sum()
    }

    /// Of the offers at these places.
    fn dearest(&self, group: &Group, offers: &[usize]) -> Option<Dearest> {
        // For each kind the offer on which it is dearest alone.
        let alone = |place: usize| {
            let costs = offers.iter().filter(|at| group.offers[**at].fits[place] > 0);
            let costs = costs
                .map(|at| (group.offers[*at].cost_alone(self.problem, group, place), Reverse(*at)));
            costs.max().map(|(cost, Reverse(at))| (cost, at))
        };
        let alone: Vec<Option<(u128, usize)>> = (0..group.kinds.len()).map(alone).collect();
        let rest = |at: usize| {
            let places = group.offers[at].fits.iter().zip(&alone).enumerate();
            let rest = places.filter(|(_, (fit, _))| **fit == 0);
            rest.filter_map(|(place, (_, alone))| alone.map(|(cost, at)| (place, at, cost)))
        };
        // What is not packed yet costs at most so much; only the dearest need be packed.
        let mut costs: Vec<(u128, Reverse<usize>, bool)> = offers
            .iter()
            .map(|at| {
                let left = &group.offers[*at];
                let own = left.packed.get().map_or(left.at_most, |packed| packed.cost);
                let rest: u128 = rest(*at).map(|(.., cost)| cost).sum();
                (own + rest, Reverse(*at), left.packed.get().is_some())
            })
            .collect();
        let (cost, at) = loop {
            let place = (0..costs.len()).max_by_key(|place| costs[*place])?;
            let (most, Reverse(at), is_packed) = costs[place];
            if is_packed {
                break (most, at);
            }
            let cheaper = group.offers[at].at_most - self.packed(group, at).cost;
            costs[place] = (most - cheaper, Reverse(at), true);
        };
        let alone = rest(at).map(|(place, on, _)| (place, on)).collect();
        Some(Dearest { at, alone, cost })
    }

    /// The tasks that an offer holds, packed on it alone.
    fn packed<'g>(&self, group: &'g Group, at: usize) -> &'g Packed {
        let left = &group.offers[at];
        left.packed.get_or_init(|| {
            let kinds = group.kinds.iter().zip(&left.fits).filter(|(_, fit)| **fit > 0);
            let held: Kinds = kinds.map(|(kind, _)| *kind).collect();
            let mut bins = Bins::unlimited(left.offer, &self.problem.offers[left.offer]);
            bins.first_fit(&self.rules, &held);
            let instances: u128 = bins.filled().map(|bin| u128::from(bin.copies)).sum();
            let price = u128::from(self.problem.offers[left.offer].price.0);
            Packed { cost: instances * price, bins }
        })
    }
}

impl Left {
    fn of(problem: &Problem, offer: usize, kinds: &Kinds) -> Option<Self> {
        let facts = &problem.offers[offer];
        let fit = |(kind, _): &(usize, u32)| tasks_on(&problem.demands[*kind], facts);
        let fits: Vec<u32> = kinds.iter().map(fit).collect();
        if fits.iter().all(|fit| *fit == 0) {
            return None;
        }
        let counts = kinds.iter().zip(&fits).filter(|(_, fit)| **fit > 0);
        let instances = counts.map(|((_, count), fit)| u128::from(count.div_ceil(*fit)));
        let at_most = instances.sum::<u128>() * u128::from(facts.price.0);
        Some(Self { offer, fits, at_most, packed: OnceCell::new() })
    }

    /// What one kind costs on instances of its own.
    fn cost_alone(&self, problem: &Problem, group: &Group, place: usize) -> u128 {
        let instances = group.kinds[place].1.div_ceil(self.fits[place].max(1));
        u128::from(instances) * u128::from(problem.offers[self.offer].price.0)
    }
}

/// Tasks of one kind on instances of their own.
fn alone(
    offer: usize,
    zone: usize,
    kind: usize,
    count: u32,
    fit: u32,
) -> impl Iterator<Item = Pattern> {
    let of =
        move |tasks: u32, copies: u32| Pattern { offer, zone, tasks: vec![(kind, tasks)], copies };
    let all = [of(fit, count / fit.max(1)), of(count % fit.max(1), 1)];
    all.into_iter().filter(|it| it.copies > 0 && it.tasks[0].1 > 0)
}
