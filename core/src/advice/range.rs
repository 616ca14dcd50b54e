//! Between which limits the fleet lies that the requirements admit: the dearest fleet that capacity
//! fallback can leave, and the types that make it dear.
//!
//! EC2 has no pool of a type in a zone at any price now and then, and ECS then takes another
//! admitted type: AWS Containers Blog, 2025-11. Users have seen types far down the list.

use super::base::Base;
use crate::managed::{Fallback, tasks_on};
use crate::plan::{Ground, Shared};
use crate::report::{Cost, Exposure, RangeReport, TailService, TailType, TaskPrice};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

/// The range, without its lower limit.
pub(super) fn range(base: &Base<'_>) -> RangeReport {
    let ground = &base.ground;
    let fallback = Fallback::of(&ground.problem, &base.market);
    let dearest = ground.fleet(&ground.kinds, &fallback.fleet());
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
        tail: rows.tail(ground, &fallback),
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
    /// The price of a task on a full instance.
    fn shared(&self) -> Shared {
        Shared { price: self.price, tasks: self.tasks }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        self.shared().cmp(other.shared())
    }

    /// How many times the price of a task on `other` a task costs here, in thousandths.
    fn times(&self, other: &Self) -> u64 {
        thousandths(
            self.price.0.saturating_mul(u64::from(other.tasks)),
            other.price.0.saturating_mul(u64::from(self.tasks)),
        )
    }
}

/// Every kind on every offer that holds it and can be launched.
struct Rows {
    of_kind: Vec<Vec<Row>>,
    offers: BTreeSet<usize>,
}

impl Rows {
    fn of(ground: &Ground<'_>) -> Self {
        let problem = &ground.problem;
        let of_kind = problem.demands.iter().enumerate().map(|(kind, demand)| {
            let offers = problem.offers.iter().enumerate().filter(|(_, facts)| facts.zones != 0);
            let rows = offers.map(|(offer, facts)| Row {
                kind,
                offer,
                tasks: tasks_on(demand, facts),
                price: facts.price,
            });
            rows.filter(|row| row.tasks > 0).collect()
        });
        let of_kind: Vec<Vec<Row>> = of_kind.collect();
        Self { offers: of_kind.iter().flatten().map(|row| row.offer).collect(), of_kind }
    }

    fn exposures(&self, ground: &Ground<'_>) -> Vec<Exposure> {
        let price = |row: &Row| TaskPrice {
            instance_type: ground.supply.instances[row.offer].facts.name.clone(),
            tasks: row.tasks,
            total_nano_usd_per_task_hour: row.shared().rounded(),
        };
        let mut kinds_of: Vec<Vec<usize>> = vec![Vec::new(); ground.workload.services.len()];
        for (place, kind) in ground.kinds.iter().enumerate() {
            // On the provider that most of its tasks run on: prices of another are another matter.
            if ground.workload.services[kind.service].main_provider() == kind.provider {
                kinds_of[kind.service].push(place);
            }
        }
        let exposure = |(service, kinds): (usize, Vec<usize>)| {
            let rows = kinds.iter().flat_map(|kind| &self.of_kind[*kind]);
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
                times_thousandths: dearest.times(cheapest),
            })
        };
        kinds_of.into_iter().enumerate().filter_map(exposure).collect()
    }

    /// The dearest types: what is on each by itself, against the cheapest type of each service.
    fn tail(&self, ground: &Ground<'_>, fallback: &Fallback<'_>) -> Vec<TailType> {
        let cheapest: Vec<Option<&Row>> =
            self.of_kind.iter().map(|rows| rows.iter().min_by(|a, b| a.cmp(b))).collect();
        let mut of_offer: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
        for row in self.of_kind.iter().flatten() {
            of_offer.entry(row.offer).or_default().push(row);
        }
        let times = |rows: &[&Row]| {
            let times = rows.iter().filter_map(|row| Some(row.times(cheapest[row.kind]?)));
            times.max().unwrap_or(1000)
        };
        let mut tail: Vec<(u64, usize)> =
            of_offer.iter().map(|(offer, rows)| (times(rows), *offer)).collect();
        // A stable sort: of equally dear ones the smaller stays first.
        tail.sort_by_key(|(times, _)| Reverse(*times));
        let mut names = BTreeSet::new();
        let name = |offer: usize| ground.supply.instances[offer].facts.name.as_str();
        tail.retain(|(times, offer)| *times > 1000 && names.insert(name(*offer)));
        // Only of those that are told: packing all tasks on each type takes long.
        let told = tail.into_iter().take(crate::TAIL_TYPES).map(|(times, offer)| {
            let instance = &ground.supply.instances[offer];
            let services = of_offer[&offer].iter().map(|row| TailService {
                service: ground.workload.services[ground.kinds[row.kind].service].name.clone(),
                tasks: row.tasks,
                total_nano_usd_per_task_hour: row.shared().rounded(),
            });
            TailType {
                instance_type: instance.facts.name.clone(),
                each: instance.cost,
                times_thousandths: times,
                services: services.collect(),
                fleet: instance.cost.times(fallback.instances_alone(offer)),
            }
        });
        told.collect()
    }
}

/// What the dearest fleet of a ground costs.
pub(super) fn dearest_cost(ground: &Ground<'_>, fallback: &Fallback<'_>) -> Cost {
    let patterns = fallback.fleet();
    let cost = |offer: usize, copies: u32| ground.supply.instances[offer].cost.times(copies.into());
    patterns.iter().fold(Cost::default(), |sum, it| sum.plus(&cost(it.offer, it.copies)))
}
