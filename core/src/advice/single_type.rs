//! The best Auto Scaling group of one instance type: the type that holds every task and whose fleet
//! costs least, with the group's own memory, ENIs and volumes.
//!
//! A group's types must all hold every task of its provider, or tasks stay PROVISIONING: ECS
//! Developer Guide, managed scaling behavior. One type is the group that most users have.

use super::base::Base;
use crate::diagnostic::Diagnostic;
use crate::managed::{Market, tasks_on};
use crate::packing::{Pattern, Problem};
use crate::plan::Ground;
use crate::report::{Cannot, Cost, InstanceCount};
use crate::scenario::{
    AutoScalingGroup, Capacity, InstanceRequirements, PercentAbove, PurchaseOption, Reading,
};
use eniac_catalog::{Catalog, NanoUsdPerHour};

/// Price protection is switched off by this percentage. Source: EC2 API.
const NO_PROTECTION: u32 = 999_999;

/// The services on groups.
pub(super) struct Groups<'c> {
    ground: Ground<'c>,
    /// Which types were looked at, in words.
    pub(super) types: String,
    pub(super) cannot: Vec<Cannot>,
}

/// One group.
pub(super) struct Group {
    pub(super) mix: Vec<InstanceCount>,
    pub(super) cost: Cost,
}

impl<'c> Groups<'c> {
    /// Groups with or without trunk ENIs, of the types that the scenario's own requirements admit;
    /// of any type where it has none or names types.
    pub(super) fn of(base: &Base<'c>, awsvpc_trunking: bool) -> Self {
        let mut scenario = base.reading.scenario.clone();
        let (group, own) = match &scenario.capacity {
            Capacity::AutoScalingGroup(group) => {
                (group.clone(), group.instance_requirements.clone())
            }
            // Managed Instances that select by themselves take neither burstable types nor metal.
            Capacity::ManagedInstances(managed) => (
                AutoScalingGroup::default(),
                Some(managed.instance_requirements.clone().unwrap_or_default()),
            ),
        };
        let off = PercentAbove::new(NO_PROTECTION);
        let types = match &own {
            Some(_) => "the best of the types that the requirements admit",
            None => "the best of all types",
        };
        scenario.capacity = Capacity::AutoScalingGroup(AutoScalingGroup {
            awsvpc_trunking,
            instance_requirements: own.map(|own| InstanceRequirements {
                on_demand_max_price_percentage_over_lowest_price: off,
                spot_max_price_percentage_over_lowest_price: off,
                max_spot_price_as_percentage_of_optimal_on_demand_price: None,
                ..own
            }),
            instance_types: Vec::new(),
            ..group
        });
        scenario.capacity_providers = Vec::new();
        scenario.capacity_provider_strategy = Vec::new();
        for service in &mut scenario.services {
            service.capacity_provider_strategy = Vec::new();
        }
        let reading = Reading {
            scenario,
            diagnostics: Vec::new(),
            service_rows: base.reading.service_rows.clone(),
            daemon_rows: base.reading.daemon_rows.clone(),
        };
        Self { types: types.to_owned(), ..Self::on(base.catalog, &reading, base) }
    }

    fn on(catalog: &'c Catalog, reading: &Reading, base: &Base<'_>) -> Self {
        let mut said: Vec<Diagnostic> = Vec::new();
        let ground = Ground::of(catalog, reading, &mut said);
        let mut cannot = Vec::new();
        for (at, service) in base.ground.workload.services.iter().enumerate() {
            let is_planned = ground.kinds.iter().any(|kind| kind.service == at);
            if service.count > 0 && !is_planned {
                let why = said.iter().find(|it| it.path.starts_with(&service.path()));
                cannot.push(Cannot {
                    service: service.name.clone(),
                    reason: why.map_or_else(String::new, |it| it.message.clone()),
                });
            }
        }
        Self { ground, types: String::new(), cannot }
    }

    /// How instances of the groups are bought.
    pub(super) fn purchase_option(&self) -> Option<PurchaseOption> {
        self.ground.supply.providers.first().map(|(provider, _)| provider.purchase_option)
    }

    /// The best group when the numbers of tasks are `scaled`; `None` where no type holds all.
    pub(super) fn best(&self, scaled: &dyn Fn(u32) -> u32) -> Option<Group> {
        let mut problem = self.ground.problem.clone();
        for demand in &mut problem.demands {
            demand.count = scaled(demand.count);
        }
        if !self.cannot.is_empty() || problem.demands.is_empty() {
            return None;
        }
        let mut offers: Vec<(u128, usize)> = (0..problem.offers.len())
            .filter_map(|offer| Some((at_least(&problem, offer)?, offer)))
            .collect();
        offers.sort_unstable();
        let mut best: Option<(u128, Vec<Pattern>)> = None;
        for (least, offer) in offers {
            // What follows costs more than the best, whatever it is.
            if best.as_ref().is_some_and(|(known, _)| *known <= least) {
                break;
            }
            let Some((cost, patterns)) = alone(&problem, offer) else { continue };
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, patterns));
            }
        }
        let fleet = self.ground.fleet(&self.ground.kinds, &best?.1);
        Some(Group { mix: fleet.mix, cost: fleet.cost })
    }
}

/// What all tasks cost at least on one type; `None` where it does not hold them all in every zone.
fn at_least(problem: &Problem, offer: usize) -> Option<u128> {
    let facts = &problem.offers[offer];
    let zones = (0..problem.zones).all(|zone| facts.zones >> zone & 1 == 1);
    let holds = problem.demands.iter().all(|demand| tasks_on(demand, facts) > 0);
    if !zones || !holds {
        return None;
    }
    let by_resource = facts.amounts.iter().enumerate().map(|(resource, have)| {
        let demands = problem.demands.iter();
        let needs =
            demands.map(|it| u128::from(it.amounts[resource]) * u128::from(it.count)).sum::<u128>();
        needs.div_ceil(u128::from(*have).max(1))
    });
    Some(by_resource.max().unwrap_or(0) * u128::from(facts.price.0))
}

/// All tasks on one type, packed as ECS would, and what that costs.
fn alone(problem: &Problem, offer: usize) -> Option<(u128, Vec<Pattern>)> {
    let one = Problem { offers: vec![problem.offers[offer].clone()], ..problem.clone() };
    let prices: Vec<NanoUsdPerHour> = one.offers.iter().map(|it| it.price).collect();
    let prediction = Market::of(&one, &prices).predict(&one, &[]);
    let wanted: u64 = one.demands.iter().map(|it| u64::from(it.count)).sum();
    let (mut placed, mut instances) = (0, 0);
    let mut patterns = prediction.patterns;
    for pattern in &mut patterns {
        pattern.offer = offer;
        let tasks: u64 = pattern.tasks.iter().map(|(_, n)| u64::from(*n)).sum();
        placed += tasks * u64::from(pattern.copies);
        instances += u128::from(pattern.copies);
    }
    (placed == wanted).then(|| (instances * u128::from(problem.offers[offer].price.0), patterns))
}
