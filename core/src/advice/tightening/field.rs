//! The admitted types as a field to choose from: what the dearest fleet of any subset costs, and
//! whether enough is left to fall back on.

use super::super::base::Base;
use crate::managed::{Fallback, tasks_on};
use crate::packing::Problem;
use crate::plan::Ground;
use eniac_catalog::{InstanceType, NanoUsdPerHour};
use std::collections::{BTreeMap, BTreeSet};

/// Which types are left: one flag a type of [`Field::types`].
pub(super) type Subset = Vec<bool>;

/// A type that holds something.
pub(super) struct Type<'c> {
    pub(super) facts: &'c InstanceType,
    pub(super) on_demand: NanoUsdPerHour,
    /// For each kind and zone, whether its tasks fit and it can be launched there.
    stands: Vec<bool>,
    /// Its offers in the problem.
    offers: Vec<usize>,
}

/// The types that are admitted and hold something.
pub(super) struct Field<'b, 'c> {
    pub(super) types: Vec<Type<'c>>,
    fallback: &'b Fallback<'b>,
    /// How many types must be left for each kind and zone: what the user asks for, or all there
    /// are.
    least: Vec<usize>,
    /// What each type comes to when it is all that is left.
    scores: Vec<u128>,
    /// How many types must be left where there are as many.
    pub(super) wanted: usize,
}

impl<'b, 'c> Field<'b, 'c> {
    pub(super) fn of(base: &Base<'c>, fallback: &'b Fallback<'b>) -> Self {
        let (problem, instances) = (&base.ground.problem, &base.ground.supply.instances);
        let mut types: Vec<Type<'c>> = Vec::new();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, instance) in instances.iter().enumerate().filter(|(_, it)| it.admitted) {
            let stands = stands(problem, at);
            if !stands.contains(&true) {
                continue;
            }
            // One type may be of two platforms or providers: the requirements admit all or none.
            let place = *names.entry(&instance.facts.name).or_insert(types.len());
            if let Some(known) = types.get_mut(place) {
                known.stands.iter_mut().zip(stands).for_each(|(known, here)| *known |= here);
                known.offers.push(at);
            } else {
                let (facts, on_demand) = (instance.facts, instance.on_demand);
                types.push(Type { facts, on_demand, stands, offers: vec![at] });
            }
        }
        let wanted = usize::from(base.reading.scenario.advice.fallback_types.get());
        let places = problem.demands.len() * problem.zones.max(1);
        let there = |place: usize| types.iter().filter(|it| it.stands[place]).count();
        let least = (0..places).map(|place| there(place).min(wanted)).collect();
        let score = |it: &Type<'_>| {
            let scores = it.offers.iter().filter_map(|offer| fallback.score(*offer));
            scores.max().unwrap_or(u128::MAX)
        };
        let scores = types.iter().map(score).collect();
        Self { types, fallback, least, scores, wanted }
    }

    pub(super) fn count(subset: &[bool]) -> usize {
        subset.iter().filter(|kept| **kept).count()
    }

    /// What the dearest fleet of a subset costs.
    pub(super) fn dearest(&self, subset: &[bool]) -> u128 {
        let kept = self.types.iter().zip(subset).filter(|(_, kept)| **kept);
        let offers: Vec<usize> = kept.flat_map(|(it, _)| it.offers.iter().copied()).collect();
        self.fallback.cost(&offers)
    }

    /// Whether every service has enough types in every zone to fall back on.
    pub(super) fn has_fallback(&self, subset: &[bool]) -> bool {
        self.missing(subset) == 0
    }

    /// How far a subset is from having enough: the sum of what is missing.
    pub(super) fn missing(&self, subset: &[bool]) -> usize {
        let mut there = vec![0; self.least.len()];
        for (it, _) in self.types.iter().zip(subset).filter(|(_, kept)| **kept) {
            for (count, stands) in there.iter_mut().zip(&it.stands) {
                *count += usize::from(*stands);
            }
        }
        self.least.iter().zip(there).map(|(least, there)| least.saturating_sub(there)).sum()
    }

    /// The best types, as many as the dearest fleet of them is within `target`; more if there would
    /// be too few to fall back on.
    pub(super) fn cut(&self, target: u128) -> Subset {
        let mut order: Vec<usize> = (0..self.types.len()).collect();
        order.sort_by_key(|at| (self.scores[*at], self.types[*at].on_demand, *at));
        let first = |count: usize| {
            let mut subset = vec![false; self.types.len()];
            order.iter().take(count).for_each(|at| subset[*at] = true);
            subset
        };
        let counts: Vec<usize> = (0..=order.len()).collect();
        let enough = counts.partition_point(|count| !self.has_fallback(&first(*count)));
        let within = counts.partition_point(|count| self.dearest(&first(*count)) <= target);
        first(enough.max(within.saturating_sub(1)))
    }
}

/// For each kind and zone, whether tasks of the kind stand on the offer there.
fn stands(problem: &Problem, offer: usize) -> Vec<bool> {
    let facts = &problem.offers[offer];
    let mut stands = Vec::new();
    for demand in &problem.demands {
        let fits = demand.count > 0 && tasks_on(demand, facts) > 0;
        stands.extend((0..problem.zones.max(1)).map(|zone| fits && facts.zones >> zone & 1 == 1));
    }
    stands
}

/// How many types are left at least for a service in a zone.
pub(super) fn fallback_types(ground: &Ground<'_>) -> u32 {
    let problem = &ground.problem;
    let mut least: Option<usize> = None;
    for (kind, demand) in problem.demands.iter().enumerate().filter(|(_, it)| it.count > 0) {
        for zone in 0..problem.zones.max(1) {
            let offers = problem.offers.iter().zip(&ground.supply.instances);
            let there = offers.filter(|(offer, _)| {
                offer.zones >> zone & 1 == 1 && tasks_on(&problem.demands[kind], offer) > 0
            });
            let names: BTreeSet<&str> = there.map(|(_, it)| it.facts.name.as_str()).collect();
            // A task that is alone may stand in a zone that has what it needs.
            if !names.is_empty() || demand.spread {
                least = Some(least.map_or(names.len(), |known| known.min(names.len())));
            }
        }
    }
    u32::try_from(least.unwrap_or(0)).unwrap_or(u32::MAX)
}
