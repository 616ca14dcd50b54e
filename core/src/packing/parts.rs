//! Parts of a problem that have nothing to do with each other, planned one by one.
//!
//! Kinds of which no instance can hold a task each never meet: services of different
//! architectures, or such that are apart or too large together. Kinds that meet, directly or
//! through others, are a part. Every instance of a fleet holds tasks of one part only, so the
//! cheapest fleet is made of the parts' cheapest fleets: costs add up, and so do bounds.

use super::best::Best;
use super::fleet::{Load, Need};
use super::kinds::Equals;
use super::reduce::{Kind, Model};
use super::single::alone;
use super::work::Meter;
use super::{Demand, Problem};

/// Most comparisons of two kinds on a choice; beyond, all is one part.
const MOST_STEPS: usize = 4_000_000;

/// Some of the kinds, and the choices that hold any of them.
pub(super) struct Part {
    /// With each kind as a demand and each choice as an offer.
    problem: Problem,
    model: Model,
    /// For each demand, the kind.
    kinds: Vec<usize>,
    /// For each offer, the choice.
    choices: Vec<usize>,
}

/// The parts, smallest first, or `None` if there is only one.
pub(super) fn parts(problem: &Problem, model: &Model, meter: &mut Meter) -> Option<Vec<Part>> {
    let leaders = leaders(model, meter)?;
    let mut parts = Vec::new();
    for leader in 0..leaders.len() {
        if leaders[leader] == leader {
            let kinds: Vec<usize> =
                (0..leaders.len()).filter(|&kind| leaders[kind] == leader).collect();
            parts.push(Part::of(problem, model, kinds)?);
        }
    }
    parts.sort_by_key(Part::size);
    (parts.len() > 1).then_some(parts)
}

/// For each kind, the first of those that it meets, directly or through others.
fn leaders(model: &Model, meter: &mut Meter) -> Option<Vec<usize>> {
    let kinds = model.kinds.len();
    if kinds < 2 {
        return None;
    }
    let mut leaders: Vec<usize> = (0..kinds).collect();
    let mut left = kinds;
    let mut steps = 0;
    for choice in &model.choices {
        let held: Vec<usize> = (0..kinds).filter(|&kind| choice.fits[kind] > 0).collect();
        steps += kinds;
        for (at, &one) in held.iter().enumerate() {
            steps += at;
            for &other in &held[..at] {
                if leaders[one] != leaders[other] && meet(model, choice.amounts, one, other) {
                    let (from, to) = (leaders[one], leaders[other]);
                    let (from, to) = (from.max(to), from.min(to));
                    leaders.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
                    steps += kinds;
                    left -= 1;
                }
            }
        }
        if left == 1 || steps > MOST_STEPS {
            break;
        }
    }
    meter.spend(steps);
    (left > 1 && steps <= MOST_STEPS).then_some(leaders)
}

/// Whether an instance with these amounts, which holds a task of either, holds both.
fn meet(model: &Model, amounts: super::Amounts, one: usize, other: usize) -> bool {
    let (a, b) = (&model.kinds[one], &model.kinds[other]);
    let room = amounts.iter().zip(a.amounts.iter().zip(&b.amounts));
    !a.apart.contains(&other)
        && room.into_iter().all(|(room, (a, b))| a.checked_add(*b).is_some_and(|sum| sum <= *room))
}

impl Part {
    fn of(problem: &Problem, model: &Model, kinds: Vec<usize>) -> Option<Self> {
        let holds = |&at: &usize| kinds.iter().any(|&kind| model.choices[at].fits[kind] > 0);
        let choices: Vec<usize> = (0..model.choices.len()).filter(holds).collect();
        let demand = |&kind: &usize| {
            let it: &Kind = &model.kinds[kind];
            Demand {
                count: it.count,
                amounts: it.amounts,
                classes: it.classes(problem),
                distinct: it.most == 1,
                spread: it.spread,
            }
        };
        let offer = |&at: &usize| problem.offers[model.choices[at].offer].clone();
        let place = |kind: &usize| kinds.binary_search(kind).ok();
        let mut anti_affinity = Vec::new();
        for (one, &kind) in kinds.iter().enumerate() {
            let beside = model.kinds[kind].apart.iter().filter_map(place);
            anti_affinity.extend(beside.filter(|&other| other > one).map(|other| (one, other)));
        }
        let problem = Problem {
            zones: problem.zones,
            demands: kinds.iter().map(demand).collect(),
            offers: choices.iter().map(offer).collect(),
            anti_affinity,
        };
        let model = Model::with(&problem, Equals::Separate).ok()?;
        Some(Self { problem, model, kinds, choices })
    }

    /// How much of the work it needs.
    fn size(&self) -> u64 {
        let (kinds, choices) = (self.model.kinds.len(), self.model.choices.len());
        u64::try_from(kinds.saturating_mul(kinds).saturating_mul(choices))
            .unwrap_or(u64::MAX)
            .max(1)
    }

    /// The whole model's loads of the part's.
    fn whole(&self, loads: &[Load]) -> impl Iterator<Item = Load> {
        loads.iter().map(|load| {
            let choice = self.choices[self.model.choices[load.choice].offer];
            // The part's kinds are in the order of the model's.
            let tasks = load.tasks.iter().map(|&(kind, n)| (self.kinds[kind], n)).collect();
            Load { choice, zone: load.zone, tasks, copies: load.copies }
        })
    }
}

/// Plans each part with its share of the budget, by size, and puts the fleets together. `plan`
/// plans one part with the budget that it is given.
pub(super) fn plan_parts<'m>(
    model: &'m Model,
    parts: &[Part],
    plan: impl for<'p> Fn(&Problem, &'p Model, &mut Meter) -> Best<'p>,
    meter: &mut Meter,
) -> Best<'m> {
    let mut need = Need::all(model);
    let mut fleets: Vec<(Vec<Load>, u128)> = Vec::new();
    for part in parts {
        let (mut loads, mut bound) = (Vec::new(), 0);
        for &kind in &part.kinds {
            bound = bound.max(alone(model, &mut need, kind, &mut loads, meter));
        }
        fleets.push((loads, bound));
    }
    let together = |fleets: &[(Vec<Load>, u128)]| {
        let loads: Vec<Load> = fleets.iter().flat_map(|fleet| fleet.0.iter().cloned()).collect();
        (loads, fleets.iter().fold(0_u128, |sum, fleet| sum.saturating_add(fleet.1)))
    };
    let (loads, bound) = together(&fleets);
    let mut best = Best::new(model, loads, bound, meter);
    let mut sizes: u64 = parts.iter().fold(0, |sum, part| part.size().saturating_add(sum));
    for (at, part) in parts.iter().enumerate() {
        // What smaller parts leave of the budget is for the larger ones.
        let left = 100_u64.saturating_sub(meter.share());
        let share = u128::from(left) * u128::from(part.size()) / u128::from(sizes.max(1));
        sizes = sizes.saturating_sub(part.size());
        let percent = if at + 1 == parts.len() { left } else { u64::try_from(share).unwrap_or(0) };
        let mut own = meter.partial(percent.max(1));
        let found = plan(&part.problem, &part.model, &mut own);
        meter.add(&own);
        fleets[at] = (part.whole(&found.loads).collect(), found.bound.max(fleets[at].1));
        let (loads, bound) = together(&fleets);
        best.offer(loads, meter);
        best.prove(bound, meter);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::laws::{cheapest, tiny};
    use super::super::work::Work;
    use super::super::{Amounts, NanoUsdPerHour, Offer, check, solve};
    use super::*;
    use proptest::prelude::*;

    fn demand(count: u32, amounts: Amounts, classes: u32) -> Demand {
        Demand { count, amounts, classes, ..Demand::default() }
    }

    fn offer(amounts: Amounts, class: u32, price: u64) -> Offer {
        Offer { amounts, class, zones: 1, price: NanoUsdPerHour(price) }
    }

    fn problem(demands: &[Demand], offers: &[Offer], apart: &[(usize, usize)]) -> Problem {
        let (demands, offers) = (demands.to_vec(), offers.to_vec());
        Problem { zones: 1, demands, offers, anti_affinity: apart.to_vec() }
    }

    #[test]
    fn kinds_that_meet_are_a_part() {
        let small = |classes: u32| demand(2, [1, classes.into(), 1, 0], classes);
        let any = [small(1), small(2), small(3)];
        let sizes = [[5, 1, 1, 0], [6, 1, 1, 0], [8, 1, 1, 0]].map(|it| demand(2, it, 1));
        let room = [12, 9, 4, 0];
        let offers = [offer(room, 1, 9), offer(room, 2, 8)];
        let rows: [(&str, Problem, &[&[usize]]); 5] = [
            ("classes", problem(&any[..2], &offers, &[]), &[&[0], &[1]]),
            ("through a third", problem(&any, &offers, &[]), &[&[0, 1, 2]]),
            ("too large together", problem(&sizes, &offers, &[]), &[&[2], &[0, 1]]),
            ("apart", problem(&any, &offers, &[(0, 2)]), &[&[0], &[1, 2]]),
            ("all by themselves", problem(&sizes, &offers, &[(1, 0)]), &[&[0], &[1], &[2]]),
        ];
        let meter = &mut Meter::new(Work(0), None);
        for (name, problem, expected) in rows {
            let model = Model::of(&problem).unwrap();
            let found: Vec<Vec<usize>> = match parts(&problem, &model, meter) {
                Some(parts) => parts.iter().map(|part| part.kinds.clone()).collect(),
                None => vec![(0..model.kinds.len()).collect()],
            };
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn adds_what_parts_prove() {
        let demands = [demand(2, [0, 4, 1, 0], 2), demand(3, [0, 2, 1, 0], 1)];
        let offers = [offer([12, 16, 2, 0], 1, 36), offer([12, 15, 4, 2], 2, 11)];
        let solution = solve(&problem(&demands, &offers, &[]), Work::QUICK).unwrap();
        assert_eq!((solution.cost.0, solution.lower_bound.0), (83, 83));
    }

    proptest! {
        /// Two problems that never meet, as one, cost what they cost by themselves.
        #[test]
        fn problems_side_by_side_add_up(one in tiny(), other in tiny()) {
            let zones = one.zones;
            let shift = one.demands.len();
            let mut both = one.clone();
            both.demands.extend(other.demands.iter().map(|it| {
                Demand { classes: it.classes << 2, ..it.clone() }
            }));
            both.offers.extend(other.offers.iter().map(|it| {
                Offer { class: it.class << 2, ..it.clone() }
            }));
            let here = |&(a, b): &(usize, usize)| a.max(b) < one.demands.len();
            let there = |&(a, b): &(usize, usize)| a.max(b) < other.demands.len();
            both.anti_affinity.retain(here);
            let pairs = other.anti_affinity.iter().copied().filter(there);
            both.anti_affinity.extend(pairs.map(|(a, b)| (a + shift, b + shift)));
            let other = Problem { zones, ..other };
            let (Some(a), Some(b)) = (cheapest(&one), cheapest(&other)) else { return Ok(()) };
            let solution = solve(&both, Work::QUICK).unwrap();
            prop_assert_eq!(check(&both, &solution), Ok(()));
            prop_assert_eq!((solution.cost.0, solution.lower_bound.0), (a + b, a + b));
        }
    }
}
