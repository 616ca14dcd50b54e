//! Auto Scaling groups of one instance type: the types that hold every task, and those whose fleet
//! costs least, with the group's own memory, ENIs and volumes.
//!
//! A group's types must all hold every task of its provider, or tasks stay PROVISIONING: ECS
//! Developer Guide, managed scaling behavior. One type is the group that most users have.

use super::base::Base;
use crate::diagnostic::Diagnostic;
use crate::managed::Market;
use crate::packing::{Pattern, Problem, check};
use crate::plan::{Ground, Instance, Paid, as_solution, at_least, holds_all, types_of};
use crate::report::{Cannot, Cost, InstanceCount};
use crate::scenario::{
    AutoScalingGroup, Capacity, InstanceRequirements, PercentAbove, PurchaseOption, Reading,
};
use eniac_catalog::{Catalog, NanoUsdPerHour};

/// Price protection is switched off by this percentage. Source: EC2 API.
pub(super) const NO_PROTECTION: u32 = 999_999;

/// The services on groups.
pub(super) struct Groups<'c> {
    pub(super) ground: Ground<'c>,
    /// Which types were looked at, in words.
    pub(super) types: String,
    pub(super) cannot: Vec<Cannot>,
}

/// One group.
pub(super) struct Group {
    pub(super) mix: Vec<InstanceCount>,
    pub(super) cost: Cost,
}

/// All tasks on one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alone {
    /// Its offers, one for each part of its zones.
    pub(super) offers: Vec<usize>,
    /// Instances that hold the tasks.
    pub(super) needed: u64,
    /// Instances that are paid for.
    pub(super) paid: u64,
    /// What those cost.
    cost: u128,
    pub(super) patterns: Vec<Pattern>,
}

impl<'c> Groups<'c> {
    /// Groups with or without trunk ENIs, of the types that the scenario's own requirements admit;
    /// of any type where it has none or names types.
    pub(super) fn of(base: &Base<'c>, awsvpc_trunking: bool) -> Self {
        Self::under(base, |group| AutoScalingGroup { awsvpc_trunking, ..group })
    }

    /// The same under other settings of the group.
    pub(super) fn under(
        base: &Base<'c>,
        adjusted: impl Fn(AutoScalingGroup) -> AutoScalingGroup,
    ) -> Self {
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
        scenario.capacity = Capacity::AutoScalingGroup(adjusted(AutoScalingGroup {
            instance_requirements: own.map(|own| InstanceRequirements {
                on_demand_max_price_percentage_over_lowest_price: off,
                spot_max_price_percentage_over_lowest_price: off,
                max_spot_price_as_percentage_of_optimal_on_demand_price: None,
                ..own
            }),
            instance_types: Vec::new(),
            ..group
        }));
        scenario.capacity_providers = Vec::new();
        scenario.capacity_provider_strategy = Vec::new();
        for service in &mut scenario.services {
            service.capacity_provider_strategy = Vec::new();
        }
        let reading = Reading {
            scenario,
            diagnostics: Vec::new(),
            unread_services: Vec::new(),
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

    /// The type of a group.
    pub(super) fn instance(&self, alone: &Alone) -> Option<&Instance<'c>> {
        self.ground.supply.instances.get(*alone.offers.first()?)
    }

    /// The best group when the numbers of tasks are `scaled`; `None` where no type holds all.
    pub(super) fn best(&self, scaled: &dyn Fn(u32) -> u32) -> Option<Group> {
        let mut problem = self.ground.problem.clone();
        for demand in &mut problem.demands {
            demand.count = scaled(demand.count);
        }
        let best = self.ranked(&problem, 1, &Some).pop()?;
        let fleet = self.ground.fleet(&self.ground.kinds, &best.patterns);
        Some(Group { mix: fleet.mix, cost: fleet.cost })
    }

    /// The types whose groups cost least, cheapest first, with the tasks of a problem of this
    /// ground; `most` of them.
    pub(super) fn ranked(&self, problem: &Problem, most: usize, paid: Paid<'_>) -> Vec<Alone> {
        let mut types: Vec<(u128, Vec<usize>)> = self
            .holding(problem)
            .into_iter()
            .filter_map(|offers| Some((at_least(problem, &offers, paid)?, offers)))
            .collect();
        types.sort_unstable();
        let mut best: Vec<Alone> = Vec::new();
        for (least, offers) in types {
            // What follows costs more than the best, whatever it is.
            if best.len() >= most && best.last().is_none_or(|known| known.cost <= least) {
                break;
            }
            let Some(packed) = alone(problem, offers, paid) else { continue };
            let place = best.partition_point(|known| known.cost <= packed.cost);
            best.insert(place, packed);
            best.truncate(most);
        }
        best
    }

    /// The types that hold a task of every service in every zone where it may stand, as the places
    /// of their offers; none where a service runs on no type.
    pub(super) fn holding(&self, problem: &Problem) -> Vec<Vec<usize>> {
        if !self.cannot.is_empty() || problem.demands.is_empty() {
            return Vec::new();
        }
        let types = types_of(&self.ground, problem).into_iter();
        types.filter(|offers| holds_all(problem, offers)).collect()
    }
}

/// All tasks on one type, packed as ECS would, and what that costs; `None` where not all have room.
fn alone(problem: &Problem, offers: Vec<usize>, paid: Paid<'_>) -> Option<Alone> {
    let own = offers.iter().map(|it| problem.offers[*it].clone()).collect();
    let one = Problem { offers: own, ..problem.clone() };
    let prices: Vec<NanoUsdPerHour> = one.offers.iter().map(|it| it.price).collect();
    let mut patterns = Market::of(&one, &prices).predict(&one, &[]).patterns;
    check(&one, &as_solution(&one, &patterns)).ok()?;
    let price = prices.first()?.0;
    for pattern in &mut patterns {
        pattern.offer = offers[pattern.offer];
    }
    let needed = patterns.iter().map(|it| u64::from(it.copies)).sum();
    let paid = paid(needed)?;
    Some(Alone { offers, needed, paid, cost: u128::from(paid) * u128::from(price), patterns })
}
