//! Demands and offers into fleets: the cheapest with its proof, and the predicted.

use super::ground::{Ground, Kind};
use super::search::Search;
use super::workload::amounts;
use crate::capacity::Resource;
use crate::diagnostic::Diagnostic;
use crate::managed::Prediction;
use crate::packing::{self, Amounts, Pattern, Problem, Solution, Unpackable, Work};
use crate::report::{
    CheapestFleet, Cost, Fleet, InstanceCount, InstanceGroup, PredictedFleet, TasksOfService, Tie,
};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// An offer, and the tasks of each kind that stand on one instance of it.
type Load<'a> = (usize, &'a [(usize, u32)]);

impl Ground<'_> {
    pub(crate) fn cheapest(
        &self,
        search: &mut Search<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<CheapestFleet> {
        let (problem, solution) = if self.stands_beyond_launch() {
            // What runs already could be used and not be launched again: the cheapest fleet that
            // could be launched, or the predicted one, under a bound that lets it be launched.
            let problem = self.with_running_offered(self.problem.clone());
            let bound = self.solved(&problem, |problem| search.solve_unwatched(problem));
            let fresh = self.solved(&self.problem, |problem| search.solve_unwatched(problem));
            let predicted = self.market().predict(&self.problem, &self.running).patterns;
            let predicted = as_solution(&problem, &predicted);
            let solution = bound.and_then(|bound| Ok((bound, fresh?))).map(|(bound, fresh)| {
                let best = if predicted.cost < fresh.cost { predicted } else { fresh };
                let lower_bound = bound.lower_bound.min(best.cost);
                Solution { lower_bound, work: bound.work, ..best }
            });
            (problem, solution)
        } else {
            let solution = self.solved(&self.problem, |problem| search.solve(problem));
            (self.problem.clone(), solution.map(|found| self.no_dearer_than_predicted(found)))
        };
        let solution = match solution {
            Ok(solution) => solution,
            Err(unpackable) => {
                diagnostics.push(not_shown(&format!("{unpackable:?}")));
                return None;
            }
        };
        if let Err(violation) = packing::check(&problem, &solution) {
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
        let fleet = self.fleet(&self.kinds, &solution.patterns);
        Some(CheapestFleet::new(fleet, search.claim(&solution)))
    }

    /// What ECS would launch, where a search that its budget ended found nothing as cheap: of
    /// hundreds of services it may not come far.
    fn no_dearer_than_predicted(&self, found: Solution) -> Solution {
        if !self.supply.managed_instances || found.cost <= found.lower_bound {
            return found;
        }
        let predicted = self.market().predict(&self.problem, &self.running).patterns;
        let predicted = as_solution(&self.problem, &predicted);
        if predicted.cost < found.cost && packing::check(&self.problem, &predicted).is_ok() {
            Solution { lower_bound: found.lower_bound, work: found.work, ..predicted }
        } else {
            found
        }
    }

    /// What no fleet costs less than, running instances used, as far as some work proves.
    pub(crate) fn lower_bound(&self, work: Work) -> NanoUsdPerHour {
        let problem = self.with_running_offered(self.problem.clone());
        let solution = self.solved(&problem, |problem| packing::solve(problem, work));
        solution.map_or(NanoUsdPerHour(0), |solution| solution.lower_bound)
    }

    /// Solves a problem with this ground's offers, those that stand anywhere, in the order of
    /// preference.
    fn solved(
        &self,
        problem: &Problem,
        solve: impl FnOnce(&Problem) -> Result<Solution, Unpackable>,
    ) -> Result<Solution, Unpackable> {
        let order = self.preferred(problem);
        let offers = order.iter().map(|&at| problem.offers[at].clone()).collect();
        let mut solution = solve(&Problem { offers, ..problem.clone() })?;
        for pattern in &mut solution.patterns {
            pattern.offer = order[pattern.offer];
        }
        Ok(solution)
    }

    /// The offers that stand anywhere, as a person prefers them where all else is equal: current
    /// generation, then name.
    fn preferred(&self, problem: &Problem) -> Vec<usize> {
        let instances = &self.supply.instances;
        let mut order: Vec<usize> =
            (0..instances.len()).filter(|at| problem.offers[*at].zones != 0).collect();
        order.sort_by_key(|&at| {
            let facts = instances[at].facts;
            (facts.generation, &facts.name, instances[at].platform, instances[at].provider)
        });
        order
    }

    /// What ECS would launch; `None`, and a diagnostic, if that broke a rule.
    pub(crate) fn predicted(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<PredictedFleet> {
        let Prediction { patterns, ties, .. } = self.market().predict(&self.problem, &self.running);
        let problem = self.with_running_offered(self.problem.clone());
        if let Err(violation) = packing::check(&problem, &as_solution(&problem, &patterns)) {
            diagnostics.push(not_shown(&violation.to_string()));
            return None;
        }
        let tie = |patterns: &Vec<Pattern>| {
            let fleet = self.fleet(&self.kinds, patterns);
            Tie { mix: fleet.mix, cost: fleet.cost }
        };
        let fleet = self.fleet(&self.kinds, &patterns);
        Some(PredictedFleet { fleet, ties: ties.iter().map(tie).collect() })
    }

    /// What one task of a kind takes.
    fn amounts(&self, kind: Kind) -> Amounts {
        let service = &self.workload.services[kind.service];
        if kind.replaced { amounts(&service.replaced) } else { service.amounts() }
    }

    /// Instances in numbers as a fleet with names; `kinds` says what its tasks are.
    pub(crate) fn fleet(&self, kinds: &[Kind], patterns: &[Pattern]) -> Fleet {
        let zones = self.problem.zones;
        let mut merged: BTreeMap<Load<'_>, Vec<u32>> = BTreeMap::new();
        for pattern in patterns {
            // A type may stand among the offers once for each part of its zones.
            let key = (self.supply.first_alike(pattern.offer), pattern.tasks.as_slice());
            let per_zone = merged.entry(key).or_insert_with(|| vec![0; zones]);
            if let Some(count) = per_zone.get_mut(pattern.zone) {
                *count = count.saturating_add(pattern.copies);
            }
        }
        let mut groups: Vec<(usize, InstanceGroup)> = merged
            .into_iter()
            .map(|((offer, tasks), per_zone)| (offer, self.group(kinds, offer, tasks, per_zone)))
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

    fn group(
        &self,
        kinds: &[Kind],
        offer: usize,
        tasks: &[(usize, u32)],
        per_zone: Vec<u32>,
    ) -> InstanceGroup {
        let instance = &self.supply.instances[offer];
        let service = |kind: usize| &self.workload.services[kinds[kind].service];
        let mut used: Amounts = Amounts::default();
        for (kind, count) in tasks {
            for (sum, each) in used.iter_mut().zip(self.amounts(kinds[*kind])) {
                *sum += each * u64::from(*count);
            }
        }
        let few = |amount: u64| u32::try_from(amount).unwrap_or(u32::MAX);
        InstanceGroup {
            instance_type: instance.facts.name.clone(),
            provider: self.supply.providers[instance.provider].0.name.clone(),
            operating_system: instance.platform.operating_system,
            count: per_zone.iter().copied().fold(0, u32::saturating_add),
            per_zone,
            tasks: tasks
                .iter()
                .map(|(kind, count)| TasksOfService {
                    service: service(*kind).name.clone(),
                    count: *count,
                    replaced: kinds[*kind].replaced,
                })
                .collect(),
            used_cpu: used[0],
            used_memory_mib: used[1],
            used_enis: few(used[2]),
            used_gpus: few(used[3]),
            binding: self.binding(kinds, offer, tasks, &used),
            each: instance.cost,
        }
    }

    /// What keeps one more task of any service of the group from fitting.
    fn binding(
        &self,
        kinds: &[Kind],
        offer: usize,
        tasks: &[(usize, u32)],
        used: &Amounts,
    ) -> Vec<Resource> {
        let have = &self.problem.offers[offer].amounts;
        let mut binding = BTreeSet::new();
        for (kind, _) in tasks {
            let service = &self.workload.services[kinds[*kind].service];
            let need = self.amounts(kinds[*kind]);
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

/// A fleet that claims nothing about other fleets.
pub(crate) fn as_solution(problem: &Problem, patterns: &[Pattern]) -> Solution {
    let price = |p: &Pattern| problem.offers[p.offer].price.times(p.copies.into());
    Solution {
        patterns: patterns.to_vec(),
        cost: patterns.iter().map(price).sum(),
        ..Solution::default()
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
