//! What a plan and the advice are worked out from: the scenario as demands and offers, and the
//! way back from their numbers.

use super::place::Place;
use super::providers::Providers;
use super::supply::Supply;
use super::unplaceable::{unplaceable, unspread};
use super::workload::{Workload, amounts};
use crate::diagnostic::Diagnostic;
use crate::managed::Market;
use crate::packing::{self, Pattern, Problem};
use crate::scenario::Reading;
use eniac_catalog::{Catalog, NanoUsdPerHour};
use std::collections::BTreeMap;

/// A scenario, worked out as far as there are numbers.
pub(crate) struct Ground<'c> {
    pub(crate) place: Place,
    pub(crate) workload: Workload,
    pub(crate) supply: Supply<'c>,
    /// What the problem's demands are.
    pub(crate) kinds: Vec<Kind>,
    /// For the packing room. Offers are the supply's instances, in their order; those that are not
    /// admitted, and run already, stand in no zone.
    pub(crate) problem: Problem,
    /// The instances that run already, empty.
    pub(crate) running: Vec<Pattern>,
}

/// A demand of a problem: tasks of one service on one provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// A place in [`Workload::services`].
    pub(crate) service: usize,
    /// A place in [`Supply::providers`].
    pub(crate) provider: usize,
    /// Whether these are tasks of the revision that a deployment replaces.
    pub(crate) replaced: bool,
}

/// So many tasks of a kind as the packing room counts.
pub(crate) fn packed(
    workload: &Workload,
    supply: &Supply<'_>,
    kind: Kind,
    count: u32,
    spread: bool,
) -> packing::Demand {
    let service = &workload.services[kind.service];
    let (demand, condition) = if kind.replaced {
        (&service.replaced, service.replaced_condition)
    } else {
        (&service.demand, service.condition)
    };
    packing::Demand {
        count,
        amounts: amounts(demand),
        classes: supply.classes.taking(kind.provider, demand, condition),
        distinct: service.distinct || !demand.host_ports.is_empty(),
        spread,
    }
}

impl<'c> Ground<'c> {
    pub(crate) fn of(
        catalog: &'c Catalog,
        reading: &Reading,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let scenario = &reading.scenario;
        let place = Place::of(catalog, scenario, diagnostics);
        let providers = Providers::of(reading, diagnostics);
        let mut workload = Workload::of(reading, &place, &providers, diagnostics);
        let supply = Supply::of(catalog, scenario, &place, &workload, providers, diagnostics);
        unspread(&place, &mut workload, &supply, diagnostics);

        let zones = place.zone_names.len().max(1);
        let mut kinds = Vec::new();
        let mut demands = Vec::new();
        for (index, service) in workload.services.iter().enumerate() {
            if let Some(diagnostic) = unplaceable(service, &workload, &place, &supply) {
                diagnostics.push(diagnostic);
                continue;
            }
            for (provider, count) in service.shares.iter().copied() {
                let kind = Kind { service: index, provider, replaced: false };
                let spread = service.spread && zones > 1;
                kinds.push(kind);
                demands.push(packed(&workload, &supply, kind, count, spread));
            }
        }
        let anti_affinity = apart(&workload, &kinds);
        let offers = supply.instances.iter().map(|instance| packing::Offer {
            amounts: [
                instance.allocatable.cpu.0,
                instance.allocatable.memory.0,
                u64::from(instance.allocatable.enis),
                u64::from(instance.allocatable.gpus),
            ],
            class: instance.class,
            zones: instance.launched_in,
            price: instance.cost.total_nano_usd_per_hour,
        });
        let problem = Problem { zones, demands, offers: offers.collect(), anti_affinity };
        let running = running(&supply, zones);
        Self { place, workload, supply, kinds, problem, running }
    }

    /// What ECS compares when it launches.
    pub(crate) fn market(&self) -> Market {
        self.market_of(&self.problem)
    }

    /// The same for another problem with this ground's offers.
    pub(crate) fn market_of(&self, problem: &Problem) -> Market {
        // ECS's own fee and volumes are no part of what it compares.
        let instances = self.supply.instances.iter();
        let prices: Vec<NanoUsdPerHour> = instances.map(|it| it.compared_price).collect();
        Market::of(problem, &prices)
    }

    /// The problem with the types of its running instances on offer where those stand: what a fleet
    /// with such instances is checked against.
    pub(crate) fn with_running_offered(&self, mut problem: Problem) -> Problem {
        for pattern in &self.running {
            problem.offers[pattern.offer].zones |= 1 << pattern.zone;
        }
        problem
    }

    /// Whether instances run already that could not be launched where they stand.
    pub(crate) fn stands_beyond_launch(&self) -> bool {
        let offers = &self.problem.offers;
        self.running.iter().any(|it| offers[it.offer].zones >> it.zone & 1 == 0)
    }
}

/// The pairs of kinds that may not share an instance.
pub(crate) fn apart(workload: &Workload, kinds: &[Kind]) -> Vec<(usize, usize)> {
    let mut of_service: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, kind) in kinds.iter().enumerate() {
        of_service.entry(kind.service).or_default().push(place);
    }
    let mut pairs = Vec::new();
    for (a, b) in &workload.apart {
        for a in of_service.get(a).into_iter().flatten() {
            for b in of_service.get(b).into_iter().flatten() {
                if kinds[*a].provider == kinds[*b].provider {
                    pairs.push((*a.min(b), *a.max(b)));
                }
            }
        }
    }
    pairs
}

/// Running instances, as evenly as possible in the zones that offer their type.
fn running(supply: &Supply<'_>, zones: usize) -> Vec<Pattern> {
    let instances = &supply.instances;
    let mut patterns = Vec::new();
    for (first, count) in supply.running.iter().copied() {
        let alike = (0..instances.len()).filter(|it| instances[*it].is_alike(&instances[first]));
        let stands = |offer: usize| (0..zones).map(move |zone| (zone, offer));
        let mut there: Vec<(usize, usize)> = alike
            .flat_map(stands)
            .filter(|(zone, offer)| instances[*offer].zones >> zone & 1 == 1)
            .collect();
        there.sort_unstable();
        let share = u32::try_from(there.len().max(1)).unwrap_or(u32::MAX);
        for (place, (zone, offer)) in there.into_iter().enumerate() {
            let extra = u32::from(place < (count % share) as usize);
            let copies = count / share + extra;
            if copies > 0 {
                patterns.push(Pattern { offer, zone, tasks: Vec::new(), copies });
            }
        }
    }
    patterns
}
