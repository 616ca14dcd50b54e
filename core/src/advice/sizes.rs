//! Other task sizes: at which sizes of one service's tasks the predicted fleet's cost steps, down
//! by as much as the user allows and up as far as growing is free.
//!
//! Sizes are looked at in steps of a 32nd of the present one; the steps of the curve are then as
//! exact as that, and the size that is proposed is exact.

use super::base::Base;
use super::sensitivity::least_offer;
use super::words::tasks;
use crate::diagnostic::Diagnostic;
use crate::managed::tasks_on;
use crate::packing::{Problem, RESOURCES};
use crate::plan::Sized;
use crate::report::{BetterSize, FleetSummary, Saving, SizeCurve, SizeStep, TaskSizes};
use crate::scenario::quantity::with_thousands;
use eniac_catalog::NanoUsdPerHour;
use serde_json::Value;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Predictions that all curves of a scenario may take together, of a few services; one of many
/// services takes as many times longer as there are pairs of them.
const MOST_PREDICTIONS: usize = 1200;
const FEW_SERVICES: usize = 10;

/// Predictions that one service's two curves take at least, about.
const EACH: usize = 80;

/// Steps from nothing to the present size.
const FINEST: u64 = 32;

/// CPU and memory, as the packing room numbers them.
const CPU: usize = 0;
const MEMORY: usize = 1;

/// The curves of each service, in the scenario's order; of many services only of those that take
/// most CPU and memory, as many as can be worked out in a few seconds.
pub(super) fn task_sizes(base: &Base<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<TaskSizes> {
    let services = &base.ground.workload.services;
    let is_planned = |at: &usize| {
        services[*at].count > 0 && base.ground.kinds.iter().any(|kind| kind.service == *at)
    };
    let mut planned: Vec<usize> = (0..services.len()).filter(is_planned).collect();
    let kinds = base.ground.kinds.len().max(FEW_SERVICES);
    let most = MOST_PREDICTIONS * FEW_SERVICES * FEW_SERVICES / (kinds * kinds);
    let told = (most / EACH).max(1);
    if planned.len() > told {
        let message = format!(
            "{} services: the sizes of the {told} that take most are worked out",
            planned.len()
        );
        diagnostics.push(Diagnostic::note("taskSizes.some", "services", message));
        planned.sort_by_key(|at| Reverse(weight(&services[*at])));
        planned.truncate(told);
        planned.sort_unstable();
    }
    let each = most.max(EACH) / (2 * planned.len().max(1));
    let points = u64::try_from(each * 2 / 3).unwrap_or(FINEST).clamp(4, 3 * FINEST / 4);
    let curves = planned.into_iter().map(|service| TaskSizes {
        service: services[service].name.clone(),
        row: u32::try_from(services[service].row).unwrap_or(u32::MAX),
        memory: Curve::of(base, service, MEMORY).told(points),
        cpu: Curve::of(base, service, CPU).told(points),
    });
    curves.collect()
}

/// What all tasks of a service take: a vCPU counts as much as 4 GiB.
fn weight(service: &Sized) -> u128 {
    let each = u128::from(service.demand.cpu.0) * 4 + u128::from(service.demand.memory.0);
    each * u128::from(service.count)
}

/// One service's tasks at other sizes of one resource.
struct Curve<'a, 'c> {
    base: &'a Base<'c>,
    service: usize,
    resource: usize,
    now: u64,
    /// What has been predicted already.
    known: RefCell<BTreeMap<u64, Point>>,
}

/// The fleet at one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Point {
    instances: u32,
    total: NanoUsdPerHour,
}

impl<'a, 'c> Curve<'a, 'c> {
    fn of(base: &'a Base<'c>, service: usize, resource: usize) -> Self {
        let now = base.ground.workload.services[service].amounts()[resource];
        Self { base, service, resource, now, known: RefCell::default() }
    }

    fn problem(&self, size: u64) -> Problem {
        let mut problem = self.base.ground.problem.clone();
        for (demand, kind) in problem.demands.iter_mut().zip(&self.base.ground.kinds) {
            if kind.service == self.service {
                demand.amounts[self.resource] = size;
            }
        }
        problem
    }

    /// The fleet at a size; `None` where its tasks fit nowhere.
    fn at(&self, size: u64) -> Option<Point> {
        if let Some(point) = self.known.borrow().get(&size) {
            return Some(*point);
        }
        let problem = self.problem(size);
        let prediction = self.base.market.predict(&problem, &self.base.ground.running);
        let wanted: u64 = problem.demands.iter().map(|it| u64::from(it.count)).sum();
        let mut placed = 0;
        let mut point = Point { instances: 0, total: NanoUsdPerHour(0) };
        for pattern in &prediction.patterns {
            let copies = u64::from(pattern.copies);
            placed += copies * pattern.tasks.iter().map(|(_, n)| u64::from(*n)).sum::<u64>();
            point.instances = point.instances.saturating_add(pattern.copies);
            let cost = self.base.ground.supply.instances[pattern.offer].cost;
            point.total = point.total.plus(cost.total_nano_usd_per_hour.times(copies));
        }
        let point = (placed == wanted).then_some(point)?;
        self.known.borrow_mut().insert(size, point);
        Some(point)
    }

    /// The least that a task can ask for. Source: ECS API, `RegisterTaskDefinition`.
    fn floor(&self) -> u64 {
        if self.resource == CPU { 128 } else { 6 }
    }

    fn told(&self, points: u64) -> SizeCurve {
        let Some(here) = self.at(self.now).filter(|_| self.now > 0) else {
            return SizeCurve { now: self.now, ..SizeCurve::default() };
        };
        let shrink = u64::from(self.base.reading.scenario.advice.shrink_percent.get());
        let least = (self.now * (100 - shrink)).div_ceil(100).max(self.floor()).min(self.now);
        let below = points / 2;
        let step =
            (self.now - least).div_ceil(below.max(1)).max(self.now.div_ceil(FINEST) / 2).max(1);
        // Upwards until it costs more, and one step beyond, so that the step is seen.
        let mut most = self.now;
        for _ in 0..points - below {
            most += step;
            if self.at(most).is_none_or(|point| point.total > here.total) {
                break;
            }
        }
        let mut size = least;
        while size < self.now {
            self.at(size);
            size += step;
        }
        self.at(least);
        let (better, sizes) = (self.better(here), self.known.borrow().clone());
        let free_up_to = self.edge(&sizes, here);
        let mut sizes = self.known.borrow().clone();
        sizes.retain(|size, _| *size >= least);
        SizeCurve {
            now: self.now,
            least,
            most: sizes.keys().next_back().copied().unwrap_or(self.now),
            free_up_to,
            steps: steps(&sizes),
            better,
        }
    }

    /// The largest size that costs no more than the present one, to the unit.
    fn edge(&self, sizes: &BTreeMap<u64, Point>, here: Point) -> u64 {
        let free = |size: u64| self.at(size).is_some_and(|it| it.total <= here.total);
        let above = sizes.range(self.now..).map(|(size, _)| *size);
        let last = above.clone().take_while(|size| free(*size)).last().unwrap_or(self.now);
        let beyond = above.clone().find(|size| *size > last);
        let step = self.now.div_ceil(FINEST).max(1);
        bisect(last, beyond.unwrap_or(last + step), free)
    }

    /// The largest size that saves at least half of what the best one does.
    fn better(&self, here: Point) -> Option<BetterSize> {
        let known = self.known.borrow().clone();
        let below: Vec<(u64, u64)> = known
            .range(..self.now)
            .map(|(size, it)| (*size, here.total.0.saturating_sub(it.total.0)))
            .collect();
        let most = below.iter().map(|(_, saving)| *saving).max().filter(|saving| *saving > 0)?;
        let worth = |saving: u64| saving > 0 && saving * 2 >= most;
        let place = below.iter().rposition(|(_, saving)| worth(*saving))?;
        let size = below[place].0;
        let beyond = below.get(place + 1).map_or(self.now, |(size, _)| *size);
        let saves = |size: u64| {
            self.at(size).is_some_and(|it| worth(here.total.0.saturating_sub(it.total.0)))
        };
        let size = bisect(size, beyond, saves);
        let service = &self.base.ground.workload.services[self.service];
        let field = if self.resource == CPU { "cpu" } else { "memory" };
        let path = format!("{}.taskDefinition.{field}", service.path());
        let changes = vec![self.base.change(&path, Some(Value::from(size)))];
        // What counts is what the changed scenario comes to: containers may ask for more.
        let then = self.base.with(&changes).filter(|it| it.unplaced.is_empty())?;
        let saving = Saving::between(self.base.cost(), &then.fleet.cost);
        (saving.nano_usd_per_hour > 0).then(|| BetterSize {
            size,
            reason: self.reason(size),
            sure: self.is_sure(size),
            changes,
            fleet: FleetSummary::from(&then.fleet),
            saving,
        })
    }

    /// What fits now and then, on the type where that differs that stands most in the new fleet.
    fn reason(&self, size: u64) -> String {
        let unit = |amount: u64| match self.resource {
            CPU => format!("{} CPU units", with_thousands(amount)),
            _ => format!("{} MiB", with_thousands(amount)),
        };
        let then = self.problem(size);
        let prediction = self.base.market.predict(&then, &self.base.ground.running);
        let mut patterns: Vec<_> = prediction.patterns.iter().collect();
        patterns.sort_by_key(|pattern| Reverse(pattern.copies));
        let now = &self.base.ground.problem;
        for pattern in patterns {
            for (kind, _) in &pattern.tasks {
                let offer = &now.offers[pattern.offer];
                let fits =
                    (tasks_on(&now.demands[*kind], offer), tasks_on(&then.demands[*kind], offer));
                if self.base.ground.kinds[*kind].service == self.service && fits.0 < fits.1 {
                    let name = &self.base.ground.supply.instances[pattern.offer].facts.name;
                    return format!(
                        "{} leaves {} on each {name}; at {}, {} fit",
                        unit(self.now),
                        tasks(fits.0),
                        unit(size),
                        fits.1
                    );
                }
            }
        }
        format!("at {} its tasks fit beside others where {} do not", unit(size), unit(self.now))
    }

    /// Whether every instance of the new fleet still holds its tasks if the platform keeps a little
    /// more memory or the instance has fewer ENIs.
    fn is_sure(&self, size: u64) -> bool {
        let then = self.problem(size);
        let prediction = self.base.market.predict(&then, &self.base.ground.running);
        prediction.patterns.iter().all(|pattern| {
            let least = least_offer(self.base, pattern.offer);
            (0..RESOURCES).all(|resource| {
                let tasks = pattern.tasks.iter();
                let used =
                    tasks.map(|(kind, n)| then.demands[*kind].amounts[resource] * u64::from(*n));
                used.sum::<u64>() <= least.amounts[resource]
            })
        })
    }
}

/// The largest of `from..to` at which `holds`, which it does at `from` and not at `to`.
fn bisect(mut from: u64, mut to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while from + 1 < to {
        let middle = u64::midpoint(from, to);
        if holds(middle) { from = middle } else { to = middle }
    }
    from
}

/// Sizes that cost the same, joined.
fn steps(sizes: &BTreeMap<u64, Point>) -> Vec<SizeStep> {
    let mut steps: Vec<SizeStep> = Vec::new();
    for (size, point) in sizes {
        match steps.last_mut() {
            Some(last) if last.total_nano_usd_per_hour == point.total => last.up_to = *size,
            _ => steps.push(SizeStep {
                up_to: *size,
                instances: point.instances,
                total_nano_usd_per_hour: point.total,
            }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_is_found_to_the_unit() {
        for (from, to, edge) in [(0, 100, 37), (37, 38, 37), (0, 38, 37), (37, 1000, 37)] {
            assert_eq!(bisect(from, to, |size| size <= edge), 37, "{from} {to}");
        }
    }

    #[test]
    fn equal_costs_are_one_step() {
        let point = |total| Point { instances: 1, total: NanoUsdPerHour(total) };
        let sizes = BTreeMap::from([(1, point(5)), (2, point(5)), (3, point(7)), (9, point(5))]);
        let steps: Vec<(u64, u64)> =
            steps(&sizes).iter().map(|it| (it.up_to, it.total_nano_usd_per_hour.0)).collect();
        assert_eq!(steps, [(2, 5), (3, 7), (9, 5)]);
    }
}
