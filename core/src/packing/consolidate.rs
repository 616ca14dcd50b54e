//! Fewer instances and fewer types at the same cost: what a person prefers.
//!
//! Prices mostly grow in step with size, so two instances often cost what one of twice the size
//! does. Here equal instances become one while that costs no more, then pairs of different ones;
//! then a type all of whose tasks can stand on the fleet's other types, for no more, goes. Tasks
//! stay in their zone, so nothing changes for kinds that are spread.

use super::fleet::{Load, Tasks, Used, holds, tidy, used};
use super::reduce::Model;
use super::work::Meter;

/// Most steps of each of the two: about a millisecond.
const MOST_STEPS: usize = 800_000;

/// A fleet that costs no more with no more instances.
pub(super) fn consolidate(model: &Model, loads: &[Load], meter: &mut Meter) -> Vec<Load> {
    let mut by_price: Vec<usize> = (0..model.choices.len()).collect();
    by_price.sort_by_key(|&at| (model.choices[at].price, at));
    let mut merging = Merging { model, by_price, loads: Vec::new(), steps: 0 };
    let mut rest = loads.to_vec();
    tidy(&mut rest);
    // Those of most copies first: there most is gained, and alike instances come out.
    rest.sort_by_key(|load| load.copies);
    while let Some(load) = rest.pop() {
        merging.add(load, &mut rest);
    }
    let mut loads = merging.loads;
    meter.spend(merging.steps);
    fewer_types(model, &mut loads, meter);
    tidy(&mut loads);
    loads
}

struct Merging<'m> {
    model: &'m Model,
    by_price: Vec<usize>,
    /// Instances of which no two can be one.
    loads: Vec<Load>,
    steps: usize,
}

impl Merging<'_> {
    /// Adds instances; those that can be one with others go to `rest` as that one.
    fn add(&mut self, mut load: Load, rest: &mut Vec<Load>) {
        let alone = used(self.model, &load.tasks);
        if load.copies > 1
            && let Some((choice, times)) = self.multiple(&load, &alone)
        {
            let merged = Load {
                choice,
                zone: load.zone,
                tasks: load.tasks.iter().map(|&(kind, n)| (kind, n * times)).collect(),
                copies: load.copies / times,
            };
            load.copies %= times;
            if load.copies > 0 {
                rest.push(load);
            }
            rest.push(merged);
            return;
        }
        let others = if self.steps > MOST_STEPS { 0 } else { self.loads.len() };
        for at in 0..others {
            let Some(merged) = self.pair(&load, &alone, at) else { continue };
            let other = &mut self.loads[at];
            other.copies -= merged.copies;
            load.copies -= merged.copies;
            if other.copies == 0 {
                self.loads.swap_remove(at);
            }
            if load.copies > 0 {
                rest.push(load);
            }
            rest.push(merged);
            return;
        }
        self.loads.push(load);
    }

    /// The choice that holds most times the load's tasks for no more than so many instances cost,
    /// and how many times: at least twice.
    fn multiple(&mut self, load: &Load, alone: &Used) -> Option<(usize, u32)> {
        let price = u128::from(self.model.choices[load.choice].price);
        let mut best: Option<(u32, usize)> = None;
        for &at in &self.by_price {
            let choice = &self.model.choices[at];
            if !choice.stands_in(load.zone) {
                continue;
            }
            let mut times = load.copies;
            for &(kind, n) in &load.tasks {
                times = times.min(choice.fits[kind] / n);
            }
            for (&room, &used) in choice.amounts.iter().zip(alone) {
                let most = u128::from(room).checked_div(used).unwrap_or(u128::MAX);
                times = times.min(u32::try_from(most).unwrap_or(u32::MAX));
            }
            let dearer = u128::from(choice.price) > u128::from(times) * price;
            if times > 1 && !dearer && best.is_none_or(|(most, _)| times > most) {
                best = Some((times, at));
            }
        }
        self.steps += self.by_price.len() * 2;
        best.map(|(times, at)| (at, times))
    }

    /// One instance for each of the load's and one of the loads `at`, if there is one for no more
    /// than the two cost.
    fn pair(&mut self, load: &Load, alone: &Used, at: usize) -> Option<Load> {
        self.steps += 2;
        let (model, other) = (self.model, &self.loads[at]);
        if other.zone != load.zone || self.steps > MOST_STEPS {
            return None;
        }
        let apart = |kind: usize| {
            let apart = &model.kinds[kind].apart;
            !apart.is_empty() && load.tasks.iter().any(|(beside, _)| apart.contains(beside))
        };
        if other.tasks.iter().any(|&(kind, _)| apart(kind)) {
            return None;
        }
        let price = |choice: usize| u128::from(model.choices[choice].price);
        let most = price(load.choice) + price(other.choice);
        let mut together = used(model, &other.tasks);
        for (sum, used) in together.iter_mut().zip(alone) {
            *sum = sum.saturating_add(*used);
        }
        let mut tasks: Tasks = Vec::new();
        for &(kind, n) in load.tasks.iter().chain(&other.tasks) {
            match tasks.iter_mut().find(|(held, _)| *held == kind) {
                Some((_, sum)) => *sum = sum.checked_add(n)?,
                None => tasks.push((kind, n)),
            }
        }
        tasks.sort_unstable();
        let affordable = self.by_price.partition_point(|&at| price(at) <= most);
        self.steps += affordable + 20;
        let choice = self.by_price[..affordable].iter().copied().find(|&at| {
            model.choices[at].stands_in(load.zone) && holds(model, at, &tasks, &together)
        })?;
        let copies = load.copies.min(other.copies);
        Some(Load { choice, zone: load.zone, tasks, copies })
    }
}

/// Moves all tasks of a choice to others that the fleet uses at the same price, where that can
/// be; those with the fewest instances first, and of equals the last.
fn fewer_types(model: &Model, loads: &mut [Load], meter: &mut Meter) {
    let mut counted = vec![0_u64; model.choices.len()];
    for load in loads.iter() {
        counted[load.choice] += u64::from(load.copies);
    }
    let mut used_choices: Vec<usize> =
        (0..counted.len()).filter(|&choice| counted[choice] > 0).collect();
    used_choices.sort_by_key(|&choice| (counted[choice], std::cmp::Reverse(choice)));
    let mut left = MOST_STEPS;
    let mut at = 0;
    while at < used_choices.len() {
        let from = used_choices[at];
        let equals: Vec<usize> = used_choices
            .iter()
            .copied()
            .filter(|&to| to != from && model.choices[to].price == model.choices[from].price)
            .collect();
        let mut moves = Vec::new();
        let mut all = !equals.is_empty();
        for (place, load) in loads.iter().enumerate().filter(|(_, load)| load.choice == from) {
            let used = used(model, &load.tasks);
            left = left.saturating_sub(equals.len() + 4);
            let to = equals.iter().rev().find(|&&to| {
                model.choices[to].stands_in(load.zone) && holds(model, to, &load.tasks, &used)
            });
            match to {
                Some(&to) if left > 0 => moves.push((place, to)),
                _ => {
                    all = false;
                    break;
                }
            }
        }
        if all {
            for (place, to) in moves {
                loads[place].choice = to;
            }
            used_choices.remove(at);
        } else {
            at += 1;
        }
    }
    meter.spend(MOST_STEPS - left);
}

#[cfg(test)]
mod tests {
    use super::super::fleet::{Need, cost};
    use super::super::laws::middling;
    use super::super::single::alone;
    use super::super::work::Work;
    use super::super::{Demand, NanoUsdPerHour, Offer, Problem};
    use super::*;
    use proptest::prelude::*;

    /// Sizes 1, 2, 4 and 8 at a price in step with the size, and another of size 4 with a GPU.
    fn problem(demands: Vec<Demand>, apart: &[(usize, usize)]) -> Problem {
        let offer = |(size, extra): (u64, u64)| Offer {
            amounts: [size, size - extra, 64, extra],
            class: 1,
            zones: 0b11,
            price: NanoUsdPerHour(size * 10),
        };
        let offers = [(1, 0), (2, 0), (4, 0), (8, 0), (4, 1)].map(offer).to_vec();
        Problem { zones: 2, demands, offers, anti_affinity: apart.to_vec() }
    }

    fn demand(cpu: u64, memory: u64, gpus: u64) -> Demand {
        Demand { count: 1000, amounts: [cpu, memory, 1, gpus], classes: 1, ..Demand::default() }
    }

    /// Choice, zone, tasks, copies.
    type Row<'a> = (usize, usize, &'a [(usize, u32)], u32);

    #[track_caller]
    fn becomes(problem: &Problem, before: &[Row], after: &[Row]) {
        let load = |&(choice, zone, tasks, copies): &Row| Load {
            choice,
            zone,
            tasks: tasks.to_vec(),
            copies,
        };
        // Nothing dominates, so that the choices are the offers.
        let model = Model::of(problem).unwrap();
        assert_eq!(model.choices.len(), problem.offers.len());
        let meter = &mut Meter::new(Work(0), None);
        let before: Vec<Load> = before.iter().map(load).collect();
        let after: Vec<Load> = after.iter().map(load).collect();
        assert_eq!(consolidate(&model, &before, meter), after);
    }

    #[test]
    fn fewer_instances_then_fewer_types() {
        let all = problem(vec![demand(1, 1, 0), demand(1, 0, 0), demand(1, 1, 1)], &[]);
        // Equal instances become one, and what is left over too.
        becomes(&all, &[(0, 0, &[(0, 1)], 800)], &[(3, 0, &[(0, 8)], 100)]);
        becomes(
            &all,
            &[(0, 0, &[(0, 1)], 15)],
            &[
                (0, 0, &[(0, 1)], 1),
                (1, 0, &[(0, 2)], 1),
                (2, 0, &[(0, 4)], 1),
                (3, 0, &[(0, 8)], 1),
            ],
        );
        // Different ones, in bulk.
        becomes(
            &all,
            &[(2, 1, &[(0, 4)], 9), (2, 1, &[(1, 4)], 9)],
            &[(3, 1, &[(0, 4), (1, 4)], 1), (3, 1, &[(0, 8)], 4), (3, 1, &[(1, 8)], 4)],
        );
        // Zones stay.
        let zones: [Row; 2] = [(0, 0, &[(0, 1)], 1), (0, 1, &[(0, 1)], 1)];
        becomes(&all, &zones, &zones);
        // A type that another of the fleet's can stand in for goes.
        becomes(
            &all,
            &[(2, 0, &[(1, 4)], 1), (4, 1, &[(0, 2), (2, 1)], 1)],
            &[(4, 0, &[(1, 4)], 1), (4, 1, &[(0, 2), (2, 1)], 1)],
        );
        let apart = problem(vec![demand(1, 1, 0), demand(1, 0, 0), demand(1, 1, 1)], &[(0, 1)]);
        let both: [Row; 2] = [(0, 0, &[(0, 1)], 1), (0, 0, &[(1, 1)], 1)];
        becomes(&apart, &both, &both);
        let mut demands = apart.demands;
        demands[0].distinct = true;
        let distinct: [Row; 1] = [(0, 0, &[(0, 1)], 8)];
        becomes(&problem(demands, &[]), &distinct, &distinct);
    }

    proptest! {
        /// Each zone keeps its tasks, every instance holds its own, and neither cost nor
        /// instances grow.
        #[test]
        fn moves_tasks_for_no_more(problem in middling()) {
            let Ok(model) = Model::of(&problem) else { return Ok(()) };
            let meter = &mut Meter::new(Work(0), None);
            let (mut need, mut loads) = (Need::all(&model), Vec::new());
            for kind in 0..model.kinds.len() {
                alone(&model, &mut need, kind, &mut loads, meter);
            }
            let after = consolidate(&model, &loads, meter);
            let placed = |loads: &[Load]| {
                let mut placed = vec![0_u64; model.kinds.len() * model.zones];
                for load in loads {
                    for &(kind, n) in &load.tasks {
                        placed[kind * model.zones + load.zone] += u64::from(n) * u64::from(load.copies);
                    }
                }
                placed
            };
            let instances = |loads: &[Load]| loads.iter().map(|it| u64::from(it.copies)).sum::<u64>();
            prop_assert_eq!(placed(&loads), placed(&after));
            prop_assert!(cost(&model, &after) <= cost(&model, &loads));
            prop_assert!(instances(&after) <= instances(&loads));
            for load in &after {
                prop_assert!(model.choices[load.choice].stands_in(load.zone));
                prop_assert!(holds(&model, load.choice, &load.tasks, &used(&model, &load.tasks)));
                let apart = |kind: usize, other: usize| model.kinds[kind].apart.contains(&other);
                for &(kind, _) in &load.tasks {
                    prop_assert!(load.tasks.iter().all(|&(other, _)| !apart(kind, other)));
                }
            }
        }
    }
}
