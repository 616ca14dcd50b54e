//! Between which limits the fleet lies that the requirements admit: the dearest fleet that capacity
//! fallback can leave, and the types that make it dear.
//!
//! EC2 has no pool of a type in a zone at any price now and then, and ECS then takes another
//! admitted type: AWS Containers Blog, 2025-11. Users have seen types far down the list.

use super::base::Base;
use crate::managed::{Fallback, tasks_on};
use crate::packing::Problem;
use crate::plan::Ground;
use crate::report::{Cost, Exposure, RangeReport, TailService, TailType, TaskPrice};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

/// The range, without its lower limit.
pub(super) fn range(base: &Base<'_>) -> RangeReport {
    let ground = &base.ground;
    let dearest = Fallback::of(&ground.problem, &base.market).fleet();
    let dearest = ground.fleet(&ground.kinds, &dearest);
    let rows = Rows::of(ground);
    RangeReport {
        dearest_thousandths: thousandths(
            dearest.cost.total_nano_usd_per_hour.0,
            base.cost().total_nano_usd_per_hour.0,
        ),
        dearest,
        admitted_types: names(ground, |_| true),
        fitting_types: names(ground, |offer| rows.offers.contains(&offer)),
        services: rows.exposures(ground),
        tail: rows.tail(ground),
    }
}

/// How many types stand behind the admitted offers that are wanted.
fn names(ground: &Ground<'_>, wanted: impl Fn(usize) -> bool) -> u32 {
    let instances = ground.supply.instances.iter().enumerate();
    let admitted = instances.filter(|(offer, it)| it.admitted && wanted(*offer));
    let names: BTreeSet<&str> = admitted.map(|(_, it)| it.facts.name.as_str()).collect();
    u32::try_from(names.len()).unwrap_or(u32::MAX)
}

/// How many times `part` is of `whole`, in thousandths, rounded to the nearest; 1000 of nothing.
pub(super) fn thousandths(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 1000;
    }
    let times = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole) * 2);
    u64::try_from(times).unwrap_or(u64::MAX)
}

/// A kind of task on an offer.
#[derive(Clone, Copy)]
struct Row {
    kind: usize,
    offer: usize,
    tasks: u32,
    price: NanoUsdPerHour,
}

impl Row {
    /// By the price of a task on a full instance.
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.price.0) * u128::from(other.tasks);
        left.cmp(&(u128::from(other.price.0) * u128::from(self.tasks)))
    }

    fn per_task(&self) -> NanoUsdPerHour {
        let tasks = u64::from(self.tasks.max(1));
        NanoUsdPerHour((self.price.0 + tasks / 2) / tasks)
    }

    /// How many instances it takes when this is all that is left, in every zone.
    fn instances(&self, problem: &Problem) -> u64 {
        let demand = &problem.demands[self.kind];
        let zones =
            if demand.spread { u32::try_from(problem.zones).unwrap_or(1).max(1) } else { 1 };
        let (base, extras) = (demand.count / zones, demand.count % zones);
        let of = |tasks: u32| u64::from(tasks.div_ceil(self.tasks));
        u64::from(extras) * of(base + 1) + u64::from(zones - extras) * of(base)
    }

    /// What these cost.
    fn cost(&self, problem: &Problem) -> u128 {
        u128::from(self.instances(problem)) * u128::from(self.price.0)
    }
}

/// Every kind on every offer that holds it and can be launched.
struct Rows {
    all: Vec<Row>,
    offers: BTreeSet<usize>,
}

impl Rows {
    fn of(ground: &Ground<'_>) -> Self {
        let problem = &ground.problem;
        let mut all = Vec::new();
        for (kind, demand) in problem.demands.iter().enumerate() {
            for (offer, facts) in problem.offers.iter().enumerate() {
                let tasks = tasks_on(demand, facts);
                if tasks > 0 && facts.zones != 0 {
                    all.push(Row { kind, offer, tasks, price: facts.price });
                }
            }
        }
        Self { offers: all.iter().map(|row| row.offer).collect(), all }
    }

    fn exposures(&self, ground: &Ground<'_>) -> Vec<Exposure> {
        let price = |row: &Row| TaskPrice {
            instance_type: ground.supply.instances[row.offer].facts.name.clone(),
            tasks: row.tasks,
            total_nano_usd_per_task_hour: row.per_task(),
        };
        let services = 0..ground.workload.services.len();
        let exposure = |service: usize| {
            let rows = self.all.iter().filter(|row| ground.kinds[row.kind].service == service);
            let cheapest = rows.clone().min_by(|a, b| a.cmp(b))?;
            // Of equal ones the first, too.
            let dearest = rows.clone().min_by(|a, b| b.cmp(a))?;
            let offers: BTreeSet<&str> =
                rows.map(|row| ground.supply.instances[row.offer].facts.name.as_str()).collect();
            Some(Exposure {
                service: ground.workload.services[service].name.clone(),
                fitting_types: u32::try_from(offers.len()).unwrap_or(u32::MAX),
                cheapest: price(cheapest),
                dearest: price(dearest),
                times_thousandths: thousandths(
                    dearest.price.0.saturating_mul(u64::from(cheapest.tasks)),
                    cheapest.price.0.saturating_mul(u64::from(dearest.tasks)),
                ),
            })
        };
        services.filter_map(exposure).collect()
    }

    /// The dearest types: what is on each by itself, against the cheapest type of each service.
    fn tail(&self, ground: &Ground<'_>) -> Vec<TailType> {
        let problem = &ground.problem;
        let least = |kind: usize| {
            let rows = self.all.iter().filter(|row| row.kind == kind);
            rows.map(|row| row.cost(problem)).min().unwrap_or(0)
        };
        let least: Vec<u128> = (0..problem.demands.len()).map(least).collect();
        let mut tail: Vec<(u64, Reverse<usize>, TailType)> = Vec::new();
        for offer in &self.offers {
            let rows: Vec<&Row> = self.all.iter().filter(|row| row.offer == *offer).collect();
            let instance = &ground.supply.instances[*offer];
            let fleet = instance.cost.times(rows.iter().map(|row| row.instances(problem)).sum());
            let best: u128 = rows.iter().map(|row| least[row.kind]).sum();
            let times = thousandths(
                fleet.total_nano_usd_per_hour.0,
                u64::try_from(best).unwrap_or(u64::MAX),
            );
            let services = rows.iter().map(|row| TailService {
                service: ground.workload.services[ground.kinds[row.kind].service].name.clone(),
                tasks: row.tasks,
                total_nano_usd_per_task_hour: row.per_task(),
            });
            let told = TailType {
                instance_type: instance.facts.name.clone(),
                each: instance.cost,
                services: services.collect(),
                fleet,
                times_thousandths: times,
            };
            tail.push((times, Reverse(*offer), told));
        }
        tail.sort_by_key(|(times, offer, _)| Reverse((*times, *offer)));
        let tail = tail.into_iter().filter(|(times, ..)| *times > 1000);
        tail.take(crate::TAIL_TYPES).map(|(.., told)| told).collect()
    }
}

/// What the dearest fleet of a problem costs.
pub(super) fn dearest_cost(ground: &Ground<'_>) -> Cost {
    let patterns = Fallback::of(&ground.problem, &ground.market()).fleet();
    let cost = |offer: usize, copies: u32| ground.supply.instances[offer].cost.times(copies.into());
    patterns.iter().fold(Cost::default(), |sum, it| sum.plus(&cost(it.offer, it.copies)))
}
