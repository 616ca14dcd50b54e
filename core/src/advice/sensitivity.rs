//! What the prediction would be if what nobody can know were a little different: the platform's
//! memory reserve and the ENIs of a trunk.
//!
//! The reserve was read off one t3.medium (313 MiB); others bound it to within some 100 MiB. AWS
//! attaches the trunk as the primary ENI and points to the table of trunked types, which is for
//! instances with another primary ENI: one or two more or fewer.

use super::base::Base;
use crate::managed::tasks_on;
use crate::packing::{Demand, Offer, Problem};
use crate::report::{
    FleetSummary, SensitivityOutcome, SensitivityReport, UncertainFit, Uncertainty,
};
use crate::scenario::{Capacity, MemoryModel, OperatingSystemFamily};
use std::collections::{BTreeMap, BTreeSet};

/// MiB that the reserve may be off.
const RESERVE: i32 = 100;
/// ENIs that a trunk's limit may be off.
const ENIS: i32 = 2;

/// Every variation, and what comes out.
pub(super) fn sensitivity(base: &Base<'_>) -> SensitivityReport {
    let mut outcomes = Vec::new();
    let variations = [
        (Uncertainty::MemoryReserve, -RESERVE),
        (Uncertainty::MemoryReserve, RESERVE),
        (Uncertainty::EniLimit, -ENIS),
        (Uncertainty::EniLimit, ENIS),
    ];
    for (what, by) in variations {
        let problem = varied(base, what, by);
        // What changes nothing on offer is certain.
        if problem.offers != base.ground.problem.offers {
            outcomes.push(outcome(base, &problem, what, by));
        }
    }
    let mut types: BTreeSet<&str> = base.fleet.mix.iter().map(|it| &*it.instance_type).collect();
    for outcome in &outcomes {
        types.extend(outcome.fleet.mix.iter().map(|it| &*it.instance_type));
    }
    SensitivityReport {
        sure: outcomes.iter().all(|outcome| outcome.same),
        uncertain_fits: uncertain_fits(base, &types),
        outcomes,
    }
}

/// What an offer gives at least: the reserve and the limit of ENIs being what they may be at worst.
pub(super) fn least_offer(base: &Base<'_>, offer: usize) -> Offer {
    let given = &base.ground.problem.offers[offer];
    let less = vary(base, offer, given, Uncertainty::MemoryReserve, RESERVE);
    vary(base, offer, &less, Uncertainty::EniLimit, -ENIS)
}

/// How many tasks fit on an offer at least and at most, and what makes the difference.
fn limits(base: &Base<'_>, demand: &Demand, offer: usize) -> (u32, u32, Vec<Uncertainty>) {
    let given = &base.ground.problem.offers[offer];
    let least = least_offer(base, offer);
    let more = vary(base, offer, given, Uncertainty::MemoryReserve, -RESERVE);
    let most = vary(base, offer, &more, Uncertainty::EniLimit, ENIS);
    let one = [(Uncertainty::MemoryReserve, RESERVE), (Uncertainty::EniLimit, ENIS)];
    let differs = |(what, by): &(Uncertainty, i32)| {
        let fits = |by: i32| tasks_on(demand, &vary(base, offer, given, *what, by));
        fits(*by) != fits(-by)
    };
    let because = one.iter().filter(|it| differs(it)).map(|(what, _)| *what).collect();
    (tasks_on(demand, &least), tasks_on(demand, &most), because)
}

fn uncertain_fits(base: &Base<'_>, types: &BTreeSet<&str>) -> Vec<UncertainFit> {
    let mut fits = BTreeMap::new();
    for (kind, demand) in base.ground.problem.demands.iter().enumerate() {
        for (offer, instance) in base.ground.supply.instances.iter().enumerate() {
            let name = instance.facts.name.as_str();
            if !types.contains(name) {
                continue;
            }
            let (least, most, because) = limits(base, demand, offer);
            if least != most {
                let service = base.ground.kinds[kind].service;
                fits.entry((service, name)).or_insert(UncertainFit {
                    service: base.service_of(kind).name.clone(),
                    instance_type: name.to_owned(),
                    tasks: tasks_on(demand, &base.ground.problem.offers[offer]),
                    least,
                    most,
                    because,
                });
            }
        }
    }
    fits.into_values().collect()
}

/// The problem with every offer varied.
fn varied(base: &Base<'_>, what: Uncertainty, by: i32) -> Problem {
    let mut problem = base.ground.problem.clone();
    for (offer, given) in problem.offers.iter_mut().enumerate() {
        *given = vary(base, offer, given, what, by);
    }
    problem
}

/// One offer with the reserve `by` MiB larger, or with `by` ENIs more.
fn vary(base: &Base<'_>, offer: usize, given: &Offer, what: Uncertainty, by: i32) -> Offer {
    let instance = &base.ground.supply.instances[offer];
    let mut varied = given.clone();
    match what {
        Uncertainty::MemoryReserve => {
            let capacity = &base.ground.supply.providers[instance.provider].0.capacity;
            let reserved = match capacity {
                Capacity::ManagedInstances(it) => it.memory_model == MemoryModel::Managed,
                Capacity::AutoScalingGroup(_) => false,
            };
            let linux = instance.platform.operating_system == OperatingSystemFamily::Linux;
            if reserved && linux && instance.allocatable.daemons_fit {
                // Never more than the guest sees.
                let most = instance.allocatable.registered.visible.0;
                let most = most.saturating_sub(instance.allocatable.daemon_memory.0);
                let memory = given.amounts[1].saturating_add_signed(-i64::from(by));
                varied.amounts[1] = memory.min(most);
            }
        }
        Uncertainty::EniLimit if instance.allocatable.trunked && given.amounts[2] > 0 => {
            varied.amounts[2] = given.amounts[2].saturating_add_signed(by.into());
        }
        Uncertainty::EniLimit => {}
    }
    varied
}

fn outcome(base: &Base<'_>, problem: &Problem, what: Uncertainty, by: i32) -> SensitivityOutcome {
    let prediction = base.ground.market_of(problem).predict(problem, &base.ground.running);
    let fleet = base.ground.fleet(&base.ground.kinds, &prediction.patterns);
    let mut placed = vec![0_u64; problem.demands.len()];
    for pattern in &prediction.patterns {
        for (kind, tasks) in &pattern.tasks {
            placed[*kind] += u64::from(*tasks) * u64::from(pattern.copies);
        }
    }
    let short = placed
        .iter()
        .enumerate()
        .filter(|(kind, placed)| **placed < u64::from(problem.demands[*kind].count));
    let unplaced: BTreeSet<usize> =
        short.map(|(kind, _)| base.ground.kinds[kind].service).collect();
    let services = &base.ground.workload.services;
    SensitivityOutcome {
        what,
        by,
        same: unplaced.is_empty() && fleet.mix == base.fleet.mix,
        fleet: FleetSummary::from(&fleet),
        unplaced: unplaced.into_iter().map(|service| services[service].name.clone()).collect(),
    }
}
