//! Demands and offers into fleets: the cheapest with its proof, and the predicted.

use super::place::Place;
use super::search::Search;
use super::supply::Supply;
use super::unplaceable::unplaceable;
use super::workload::Workload;
use crate::capacity::{Platform, Resource};
use crate::diagnostic::Diagnostic;
use crate::managed::{Prediction, predict};
use crate::packing::{self, Amounts, Pattern, Problem, Solution};
use crate::report::{
    CheapestFleet, Cost, Fleet, InstanceCount, InstanceGroup, PredictedFleet, TasksOfService, Tie,
};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The fleets of a plan.
#[derive(Default)]
pub(super) struct Fleets {
    pub(super) predicted: Option<PredictedFleet>,
    pub(super) cheapest: Option<CheapestFleet>,
    /// For each service of the workload, whether it is on the fleets.
    pub(super) planned: Vec<bool>,
}

pub(super) fn plan(
    place: &Place,
    workload: &Workload,
    supply: &Supply,
    search: &mut Search<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Fleets {
    let problem = Assembled::of(place, workload, supply, diagnostics);
    let mut planned = vec![false; workload.services.len()];
    for service in &problem.services {
        planned[*service] = true;
    }
    let mut fleets = Fleets { planned, ..Fleets::default() };
    if problem.services.is_empty() {
        return fleets;
    }
    fleets.cheapest = problem.cheapest(search, diagnostics);
    if supply.managed_instances {
        fleets.predicted = problem.predicted(diagnostics);
    }
    fleets
}

/// A problem for the packing room, and the way back from its numbers.
struct Assembled<'a> {
    workload: &'a Workload,
    supply: &'a Supply,
    /// For each demand of the problem, its service's place in the workload.
    services: Vec<usize>,
    problem: Problem,
}

/// An offer, and the tasks of each demand that stand on one instance of it.
type Load<'a> = (usize, &'a [(usize, u32)]);

/// The class of an offer: one bit a platform.
fn class(platform: Platform) -> u32 {
    let place = Platform::ALL.iter().position(|each| *each == platform);
    place.map_or(0, |place| 1 << place)
}

impl<'a> Assembled<'a> {
    fn of(
        place: &Place,
        workload: &'a Workload,
        supply: &'a Supply,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let zones = place.zone_names.len().max(1);
        let mut services = Vec::new();
        for (index, service) in workload.services.iter().enumerate() {
            match unplaceable(service, place, supply) {
                Some(diagnostic) => diagnostics.push(diagnostic),
                None => services.push(index),
            }
        }
        let demands = services.iter().map(|index| {
            let service = &workload.services[*index];
            let platforms = Platform::ALL.into_iter().filter(|p| p.runs(&service.demand));
            packing::Demand {
                count: service.count,
                amounts: service.amounts(),
                classes: platforms.map(class).sum(),
                distinct: service.distinct || !service.demand.host_ports.is_empty(),
                spread: service.spread && zones > 1,
            }
        });
        let demands = demands.collect();
        let places: BTreeMap<usize, usize> =
            services.iter().enumerate().map(|(place, index)| (*index, place)).collect();
        let apart = workload.apart.iter();
        let anti_affinity =
            apart.filter_map(|(a, b)| Some((*places.get(a)?, *places.get(b)?))).collect();
        let offers = supply.instances.iter().map(|instance| packing::Offer {
            amounts: [
                instance.allocatable.cpu.0,
                instance.allocatable.memory.0,
                u64::from(instance.allocatable.enis),
                u64::from(instance.allocatable.gpus),
            ],
            class: class(instance.platform),
            zones: instance.zones,
            price: instance.cost.total_nano_usd_per_hour,
        });
        let problem = Problem { zones, demands, offers: offers.collect(), anti_affinity };
        Self { workload, supply, services, problem }
    }

    fn cheapest(
        &self,
        search: &mut Search<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<CheapestFleet> {
        let order = self.preferred();
        let offers = order.iter().map(|&at| self.problem.offers[at].clone()).collect();
        let solution = match search.solve(&Problem { offers, ..self.problem.clone() }) {
            Ok(mut solution) => {
                for pattern in &mut solution.patterns {
                    pattern.offer = order[pattern.offer];
                }
                solution
            }
            Err(unpackable) => {
                diagnostics.push(not_shown(&format!("{unpackable:?}")));
                return None;
            }
        };
        if let Err(violation) = packing::check(&self.problem, &solution) {
            diagnostics.push(not_shown(&violation.to_string()));
            return None;
        }
        if solution.cost >= NanoUsdPerHour::MAX {
            diagnostics.push(Diagnostic::error(
                "plan.tooDear",
                "services",
                "the fleet costs more than the 9 million USD an hour that eniac counts to: the \
                 figures stop there and prove nothing; plan fewer tasks",
            ));
        }
        Some(CheapestFleet::new(self.fleet(&solution.patterns), search.claim(&solution)))
    }

    /// The offers as a person prefers them where all else is equal: current generation, then name.
    fn preferred(&self) -> Vec<usize> {
        let instances = &self.supply.instances;
        let mut order: Vec<usize> = (0..instances.len()).collect();
        order.sort_by_key(|&at| {
            let facts = &instances[at].facts;
            (facts.generation, &facts.name, instances[at].platform)
        });
        order
    }

    fn predicted(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<PredictedFleet> {
        // ECS's own fee and volumes are no part of what it compares.
        let prices: Vec<NanoUsdPerHour> =
            self.supply.instances.iter().map(|instance| instance.compared_price).collect();
        let Prediction { patterns, ties } = predict(&self.problem, &prices);
        if let Err(violation) = packing::check(&self.problem, &self.as_solution(&patterns)) {
            diagnostics.push(not_shown(&violation.to_string()));
            return None;
        }
        let tie = |patterns: &Vec<Pattern>| {
            let fleet = self.fleet(patterns);
            Tie { mix: fleet.mix, cost: fleet.cost }
        };
        Some(PredictedFleet { fleet: self.fleet(&patterns), ties: ties.iter().map(tie).collect() })
    }

    /// A fleet that claims nothing about other fleets.
    fn as_solution(&self, patterns: &[Pattern]) -> Solution {
        let price = |p: &Pattern| self.problem.offers[p.offer].price.times(p.copies.into());
        Solution {
            patterns: patterns.to_vec(),
            cost: patterns.iter().map(price).sum(),
            ..Solution::default()
        }
    }

    fn fleet(&self, patterns: &[Pattern]) -> Fleet {
        let zones = self.problem.zones;
        let mut merged: BTreeMap<Load<'_>, Vec<u32>> = BTreeMap::new();
        for pattern in patterns {
            let key = (pattern.offer, pattern.tasks.as_slice());
            let per_zone = merged.entry(key).or_insert_with(|| vec![0; zones]);
            if let Some(count) = per_zone.get_mut(pattern.zone) {
                *count = count.saturating_add(pattern.copies);
            }
        }
        let mut groups: Vec<(usize, InstanceGroup)> = merged
            .into_iter()
            .map(|((offer, tasks), per_zone)| (offer, self.group(offer, tasks, per_zone)))
            .collect();
        groups.sort_by_key(|(offer, group)| (Reverse(group.count), *offer));

        // One type may stand for Linux and for Windows: by name it is one.
        let mut mix: Vec<InstanceCount> = Vec::new();
        let mut cost = Cost::default();
        for (offer, group) in &groups {
            cost = cost.plus(&self.supply.instances[*offer].cost.times(group.count.into()));
            match mix.iter_mut().find(|counted| counted.instance_type == group.instance_type) {
                Some(counted) => counted.count = counted.count.saturating_add(group.count),
                None => mix.push(InstanceCount {
                    instance_type: group.instance_type.clone(),
                    count: group.count,
                }),
            }
        }
        // A stable sort: of equal counts the smaller type, or the larger group, stays first.
        mix.sort_by_key(|counted| Reverse(counted.count));
        Fleet {
            instances: mix.iter().map(|counted| counted.count).fold(0, u32::saturating_add),
            mix,
            cost,
            groups: groups.into_iter().map(|(_, group)| group).collect(),
        }
    }

    fn group(&self, offer: usize, tasks: &[(usize, u32)], per_zone: Vec<u32>) -> InstanceGroup {
        let service = |kind: usize| &self.workload.services[self.services[kind]];
        let mut used: Amounts = Amounts::default();
        for (kind, count) in tasks {
            for (sum, each) in used.iter_mut().zip(service(*kind).amounts()) {
                *sum += each * u64::from(*count);
            }
        }
        let few = |amount: u64| u32::try_from(amount).unwrap_or(u32::MAX);
        InstanceGroup {
            instance_type: self.supply.instances[offer].facts.name.clone(),
            operating_system: self.supply.instances[offer].platform.operating_system,
            count: per_zone.iter().copied().fold(0, u32::saturating_add),
            per_zone,
            tasks: tasks
                .iter()
                .map(|(kind, count)| TasksOfService {
                    service: service(*kind).name.clone(),
                    count: *count,
                })
                .collect(),
            used_cpu: used[0],
            used_memory_mib: used[1],
            used_enis: few(used[2]),
            used_gpus: few(used[3]),
            binding: self.binding(offer, tasks, &used),
        }
    }

    /// What keeps one more task of any service of the group from fitting.
    fn binding(&self, offer: usize, tasks: &[(usize, u32)], used: &Amounts) -> Vec<Resource> {
        let have = &self.problem.offers[offer].amounts;
        let mut binding = BTreeSet::new();
        for (kind, _) in tasks {
            let service = &self.workload.services[self.services[*kind]];
            let need = service.amounts();
            let resources = [Resource::Cpu, Resource::Memory, Resource::Eni, Resource::Gpu];
            let mut keeping: BTreeSet<Resource> = (0..resources.len())
                .filter(|r| need[*r] > 0 && used[*r] + need[*r] > have[*r])
                .map(|r| resources[r])
                .collect();
            if !service.demand.host_ports.is_empty() {
                keeping.insert(Resource::Port);
            }
            if service.distinct {
                keeping.insert(Resource::DistinctInstance);
            }
            if keeping.is_empty() {
                return Vec::new();
            }
            binding.extend(keeping);
        }
        binding.into_iter().collect()
    }
}

/// A fleet that broke a rule is a fault of eniac, and is never shown.
fn not_shown(why: &str) -> Diagnostic {
    let message = format!(
        "eniac found a fleet that its own checker refuses ({why}) and does not show it: please \
         report this scenario"
    );
    Diagnostic::error("plan.checkerRefused", "", message)
}
