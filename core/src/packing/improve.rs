//! From a fleet to a cheaper one: smaller instances, and a few instances at a time packed anew.

use super::fleet::{Load, Need, Tasks, holds, tidy, used, value};
use super::greedy::{Fill, fill, standings};
use super::reduce::Model;
use super::work::Meter;
use crate::chance::Chance;

/// Moves each instance's tasks to the cheapest choice that holds them in its zone.
pub(super) fn downsize(model: &Model, loads: &mut Vec<Load>) {
    for load in loads.iter_mut() {
        let used = used(model, &load.tasks);
        let mut least = model.choices[load.choice].price;
        for (at, choice) in model.choices.iter().enumerate() {
            if choice.price < least
                && choice.stands_in(load.zone)
                && holds(model, at, &load.tasks, &used)
            {
                least = choice.price;
                load.choice = at;
            }
        }
    }
    tidy(loads);
}

/// What the neighbourhood search knows and how long it may take.
pub(super) struct Guide<'a> {
    /// What a task of each kind should cost.
    pub(super) prices: &'a [f64],
    /// Choices with which instances are packed anew.
    pub(super) choices: &'a [usize],
    /// Cost at which nothing is left to gain.
    pub(super) bound: u128,
    /// Share of the budget at which to stop.
    pub(super) percent: u64,
    /// Which chances to take.
    pub(super) seed: u64,
    /// Failures in a row after which to stop.
    pub(super) patience: u32,
}

/// Takes a few instances off the fleet, rather those that cost more than their tasks should, and
/// packs their tasks anew; keeps what is cheaper, or as cheap with no more instances.
pub(super) fn repack(model: &Model, loads: &mut Vec<Load>, guide: &Guide, meter: &mut Meter) {
    let mut chance = Chance::new(guide.seed);
    let mut need = Need::all(model);
    for load in loads.iter() {
        need.place_all(model, &load.tasks, load.zone, load.copies);
    }
    let mut by_price: Vec<usize> = (0..model.choices.len()).collect();
    by_price.sort_by_key(|&at| (model.choices[at].price, at));
    let mut total = super::fleet::cost(model, loads);
    let mut failures = 0;
    while total > guide.bound
        && failures < guide.patience
        && !meter.is_past(guide.percent)
        && !loads.is_empty()
    {
        let taken = pick(model, loads, guide, &mut chance);
        meter.spend(loads.len() * 60 + 2000);
        for load in &taken {
            for &(kind, n) in &load.tasks {
                need.free(model, kind, load.zone, n);
            }
        }
        let price = |load: &Load| u128::from(model.choices[load.choice].price);
        let before: u128 = taken.iter().map(price).sum();
        let worth: Vec<f64> =
            guide.prices.iter().map(|price| price * (0.85 + 0.3 * chance.share())).collect();
        let mut packing = Packing {
            model,
            by_price: &by_price,
            worth: &worth,
            style: [Fill::Left, Fill::Sum, Fill::Largest][chance.below(3)],
            limit: (before, taken.len()),
            best: None,
        };
        packing.run(&mut need, guide.choices, &mut chance, meter);
        let better = packing.best.is_some() && packing.limit.0 < before;
        failures = if better { 0 } else { failures + 1 };
        total = total - before + packing.limit.0;
        let new = packing.best.unwrap_or(taken);
        for load in &new {
            need.place_all(model, &load.tasks, load.zone, 1);
        }
        loads.extend(new);
        if better || failures % 8 == 0 {
            tidy(loads);
        }
    }
    tidy(loads);
}

/// Takes 2 to 8 instances out of the loads.
fn pick(model: &Model, loads: &mut Vec<Load>, guide: &Guide, chance: &mut Chance) -> Vec<Load> {
    let excess = |load: &Load| {
        let weight = model.choices[load.choice].weight;
        ((weight - value(guide.prices, &load.tasks)) / weight).max(0.0)
    };
    let mut taken: Vec<Load> = Vec::new();
    let wanted = 2 + chance.below(7);
    let excesses: Vec<f64> = loads.iter().map(excess).collect();
    let mut order: Vec<(f64, usize)> = excesses
        .iter()
        .enumerate()
        .map(|(at, excess)| ((excess + 0.02) * chance.share(), at))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, at) in order {
        let copies = loads[at].copies.min(1 + u32::from(chance.below(4) == 0));
        for _ in 0..copies {
            taken.push(Load { copies: 1, ..loads[at].clone() });
        }
        loads[at].copies -= copies;
        if taken.len() >= wanted {
            break;
        }
    }
    loads.retain(|load| load.copies > 0);
    taken
}

/// Tasks of a few instances, packed anew.
struct Packing<'a> {
    model: &'a Model,
    by_price: &'a [usize],
    worth: &'a [f64],
    style: Fill,
    /// Cost and instances of the best so far.
    limit: (u128, usize),
    best: Option<Vec<Load>>,
}

impl Packing<'_> {
    /// One greedy descent; at each step the rest may also go on one instance.
    fn run(&mut self, need: &mut Need, choices: &[usize], chance: &mut Chance, meter: &mut Meter) {
        let model = self.model;
        let mut cost = 0_u128;
        let mut loads: Vec<Load> = Vec::new();
        while !need.is_met() {
            if let Some(last) = self.closing(need, meter) {
                let closed = cost + u128::from(model.choices[last.choice].price);
                if (closed, loads.len() + 1) <= self.limit {
                    self.limit = (closed, loads.len() + 1);
                    let mut all = loads.clone();
                    all.push(last);
                    self.best = Some(all);
                }
            }
            let mut next: Option<(f64, Load)> = None;
            for (zone, available, here) in standings(model, need) {
                meter.spend((available.len() + model.choices.len()) * 4 + choices.len() * 16);
                for &at in choices {
                    if here.binary_search(&at).is_err() {
                        continue;
                    }
                    let choice = &model.choices[at];
                    if cost + u128::from(choice.price) > self.limit.0 {
                        continue;
                    }
                    let tasks = fill(model, choice, &available, self.worth, self.style, meter);
                    let ratio =
                        value(self.worth, &tasks) / choice.weight * (0.97 + 0.03 * chance.share());
                    if !tasks.is_empty() && next.as_ref().is_none_or(|(most, _)| ratio > *most) {
                        next = Some((ratio, Load { choice: at, zone, tasks, copies: 1 }));
                    }
                }
            }
            let Some((_, load)) = next else { break };
            cost += u128::from(model.choices[load.choice].price);
            need.place_all(model, &load.tasks, load.zone, 1);
            loads.push(load);
            if cost > self.limit.0 || loads.len() > self.limit.1 + 8 {
                break;
            }
        }
        // What was packed ends full only through `closing`, so nothing is lost here.
        for load in &loads {
            for &(kind, n) in &load.tasks {
                need.free(model, kind, load.zone, n);
            }
        }
    }

    /// The cheapest instance that holds all that is left.
    fn closing(&self, need: &Need, meter: &mut Meter) -> Option<Load> {
        let model = self.model;
        let left: Tasks = (0..model.kinds.len())
            .map(|kind| (kind, need.left(kind)))
            .filter(|&(_, n)| n > 0)
            .collect();
        meter.spend(model.kinds.len() + left.len() * 8);
        let apart = left
            .iter()
            .any(|(kind, _)| left.iter().any(|(o, _)| model.kinds[*kind].apart.contains(o)));
        if apart {
            return None;
        }
        let used = used(model, &left);
        for zone in 0..model.zones {
            if left.iter().any(|&(kind, n)| need.available(model, kind, zone) < n) {
                continue;
            }
            let fitting =
                |&&at: &&usize| model.choices[at].stands_in(zone) && holds(model, at, &left, &used);
            meter.spend(self.by_price.len() * 4);
            if let Some(&choice) = self.by_price.iter().find(fitting) {
                return Some(Load { choice, zone, tasks: left, copies: 1 });
            }
        }
        None
    }
}
