//! What ECS Managed Instances would launch, as far as AWS documents it.
//!
//! Tasks go to instances that run already, where those have room; the others are spread over the
//! zones first; within a zone they are packed first-fit decreasing over CPU, memory, ENIs and
//! GPUs; each bin gets the instance type with the lowest price that holds it. Sources: AWS
//! Containers Blog, "Deep dive: Amazon ECS Managed Instances provisioning and optimization"
//! (2025-11); ECS Developer Guide, Managed Instances auto scaling. How large a bin is before it
//! gets a type, and which of two equally dear types wins, is not documented: bins as large as the
//! type with which the zone costs least, and the smaller type, agree with all five fleets that
//! users and AWS have published.
//!
//! This room knows numbers and rules only: it works on a [`Problem`], as solvers do.

mod bins;
mod fallback;
mod market;
mod zones;

use crate::packing::{Pattern, Problem};
use bins::{Bins, Rules};
use eniac_catalog::NanoUsdPerHour;
use market::Templates;
use std::collections::BTreeMap;

pub use bins::tasks_on;
pub use fallback::Fallback;
pub use market::Market;

/// What ECS would launch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prediction {
    /// The fleet: every instance that holds tasks, running already or launched.
    pub patterns: Vec<Pattern>,
    /// Those of it that are launched.
    pub launched: Vec<Pattern>,
    /// Running instances that no task stands on: ECS ends them after some minutes.
    pub idle: Vec<Pattern>,
    /// Fleets of other types whose compute price is the same to the last nano-USD.
    pub ties: Vec<Vec<Pattern>>,
}

/// Predicts the fleet for a problem whose offers stand smaller types first. `compute_prices`
/// holds the price by which ECS compares, for each offer. Kinds that fit no offer of a zone are
/// not placed there.
pub fn predict(problem: &Problem, compute_prices: &[NanoUsdPerHour]) -> Prediction {
    Market::of(problem, compute_prices).predict(problem, &[])
}

impl Market {
    /// Predicts the fleet for the demands of a problem with the market's offers, where `running`
    /// instances stand already. The tasks on those are theirs, and not counted in the demands.
    pub fn predict(&self, problem: &Problem, running: &[Pattern]) -> Prediction {
        let rules = Rules::of(&problem.demands, &problem.anti_affinity);
        let split = zones::split(problem, self);
        // Zones with equal tasks and equal offers are packed once.
        let mut packed: BTreeMap<(Vec<(usize, u32)>, usize), Templates> = BTreeMap::new();
        let mut by_zone = Vec::new();
        let (mut kept, mut idle) = (Vec::new(), Vec::new());
        for (zone, counts) in split.into_iter().enumerate() {
            let here = running.iter().filter(|pattern| pattern.zone == zone);
            let mut bins = Bins::running(&rules, &self.offers, here);
            let rest = bins.first_fit(&rules, &rules.decreasing(&counts));
            let (idlers, busy): (Vec<Pattern>, Vec<Pattern>) = bins
                .all
                .iter()
                .map(|bin| bins.pattern(bin, zone))
                .partition(|pattern| pattern.tasks.is_empty());
            kept.extend(busy);
            idle.extend(idlers);
            let templates = packed
                .entry((rest, self.shelf_of[zone]))
                .or_insert_with_key(|(rest, _)| self.launch(&rules, rest.clone(), zone));
            by_zone.push((zone, templates.clone()));
        }
        let chosen = by_zone.iter().map(|(zone, templates)| (*zone, templates.best()));
        let launched = patterns_of(chosen);
        let with_kept = |launched: &[Pattern]| {
            let mut all: Vec<Pattern> = kept.iter().chain(launched).cloned().collect();
            all.sort();
            all
        };
        let ties = ties(&by_zone, &launched).iter().map(|tie| with_kept(tie)).collect();
        Prediction { patterns: with_kept(&launched), launched, idle, ties }
    }
}

/// The fleets of all zones, each in its zone.
fn patterns_of<'a>(zones: impl Iterator<Item = (usize, &'a [Pattern])>) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = zones
        .flat_map(|(zone, fleet)| fleet.iter().map(move |it| Pattern { zone, ..it.clone() }))
        .collect();
    patterns.sort();
    patterns
}

/// The fleets that come out when all zones use one other template, and cost the same.
fn ties(by_zone: &[(usize, Templates)], chosen: &[Pattern]) -> Vec<Vec<Pattern>> {
    let Some((_, first)) = by_zone.first() else { return Vec::new() };
    let mut ties: Vec<Vec<Pattern>> = Vec::new();
    for template in first.tied() {
        let zones: Option<Vec<(usize, &[Pattern])>> =
            by_zone.iter().map(|(zone, all)| Some((*zone, all.tied_with(template)?))).collect();
        let Some(zones) = zones else { continue };
        let fleet = patterns_of(zones.into_iter());
        if mix(&fleet) != mix(chosen) && ties.iter().all(|tie| mix(tie) != mix(&fleet)) {
            ties.push(fleet);
        }
    }
    ties
}

/// How many of each offer.
fn mix(patterns: &[Pattern]) -> BTreeMap<usize, u64> {
    let mut mix = BTreeMap::new();
    for pattern in patterns {
        *mix.entry(pattern.offer).or_default() += u64::from(pattern.copies);
    }
    mix
}

#[cfg(test)]
mod tests;
