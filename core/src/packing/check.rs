//! Accepts or rejects a [`Solution`]: every rule again, in plain words.
//!
//! This file is the referee. It may use the seam's data types and nothing else of this room:
//! what it shared with a solver it could not catch. It is slow and simple on purpose, and adds
//! in `u128`, so that no amount and no count can overflow.

use std::collections::BTreeMap;
use std::fmt;

use eniac_catalog::NanoUsdPerHour;

use super::{Pattern, Problem, RESOURCES, Solution};

/// The first broken rule that was found. `pattern` is a place in [`Solution::patterns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// The pattern's offer is not one of the problem's.
    UnknownOffer {
        /// Where.
        pattern: usize,
        /// The place in [`Problem::offers`] that does not exist.
        offer: usize,
    },
    /// The pattern's zone is not below [`Problem::zones`].
    UnknownZone {
        /// Where.
        pattern: usize,
        /// The zone that does not exist.
        zone: usize,
    },
    /// The offer cannot stand in the pattern's zone.
    NotOffered {
        /// Where.
        pattern: usize,
        /// The zone in which the offer does not exist.
        zone: usize,
    },
    /// The pattern stands for no instance.
    NoCopies {
        /// Where.
        pattern: usize,
    },
    /// The pattern's instances hold no task.
    Idle {
        /// Where.
        pattern: usize,
    },
    /// The pattern holds a kind of task that is not one of the problem's.
    UnknownDemand {
        /// Where.
        pattern: usize,
        /// The place in [`Problem::demands`] that does not exist.
        demand: usize,
    },
    /// The pattern names a kind with no task.
    NoTasks {
        /// Where.
        pattern: usize,
        /// The kind.
        demand: usize,
    },
    /// The pattern's kinds are not in order, or one stands twice.
    Unordered {
        /// Where.
        pattern: usize,
        /// The kind that stands after its place.
        demand: usize,
    },
    /// The kind does not run on the offer's class.
    WrongClass {
        /// Where.
        pattern: usize,
        /// The kind.
        demand: usize,
    },
    /// More than one task of a `distinct` kind on an instance.
    NotDistinct {
        /// Where.
        pattern: usize,
        /// The kind.
        demand: usize,
    },
    /// Two kinds on an instance that may not share one.
    Together {
        /// Where.
        pattern: usize,
        /// The kinds.
        demands: (usize, usize),
    },
    /// The tasks need more than the instance has.
    Overfull {
        /// Where.
        pattern: usize,
        /// Which resource, as a place in [`super::Amounts`].
        resource: usize,
    },
    /// Not as many tasks of a kind as demanded.
    WrongCount {
        /// The kind.
        demand: usize,
        /// How many stand on instances.
        placed: u128,
        /// How many were demanded.
        wanted: u32,
    },
    /// The zones' counts of a `spread` kind differ by more than one.
    Uneven {
        /// The kind.
        demand: usize,
        /// The least count of a zone.
        least: u128,
        /// The greatest count of a zone.
        most: u128,
    },
    /// The stated cost is not the sum of the prices.
    WrongCost {
        /// What the solution says.
        stated: NanoUsdPerHour,
        /// What its instances cost.
        counted: NanoUsdPerHour,
    },
    /// The stated lower bound is above the cost.
    BoundAboveCost {
        /// The bound.
        bound: NanoUsdPerHour,
        /// The cost.
        cost: NanoUsdPerHour,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UnknownOffer { pattern, offer } => {
                write!(f, "pattern {pattern}: there is no offer {offer}")
            }
            Self::UnknownZone { pattern, zone } => {
                write!(f, "pattern {pattern}: there is no zone {zone}")
            }
            Self::NotOffered { pattern, zone } => {
                write!(f, "pattern {pattern}: its offer does not exist in zone {zone}")
            }
            Self::NoCopies { pattern } => write!(f, "pattern {pattern}: stands for no instance"),
            Self::Idle { pattern } => write!(f, "pattern {pattern}: its instances hold no task"),
            Self::UnknownDemand { pattern, demand } => {
                write!(f, "pattern {pattern}: there is no demand {demand}")
            }
            Self::NoTasks { pattern, demand } => {
                write!(f, "pattern {pattern}: names demand {demand} with no task")
            }
            Self::Unordered { pattern, demand } => {
                write!(f, "pattern {pattern}: demand {demand} stands out of order or twice")
            }
            Self::WrongClass { pattern, demand } => {
                write!(f, "pattern {pattern}: demand {demand} does not run on the offer's class")
            }
            Self::NotDistinct { pattern, demand } => {
                write!(f, "pattern {pattern}: more than one task of distinct demand {demand}")
            }
            Self::Together { pattern, demands: (one, other) } => {
                write!(f, "pattern {pattern}: demands {one} and {other} may not share an instance")
            }
            Self::Overfull { pattern, resource } => {
                write!(
                    f,
                    "pattern {pattern}: its tasks need more of resource {resource} than it has"
                )
            }
            Self::WrongCount { demand, placed, wanted } => {
                write!(f, "demand {demand}: {placed} tasks placed, {wanted} wanted")
            }
            Self::Uneven { demand, least, most } => {
                write!(f, "demand {demand}: its zones hold from {least} to {most} tasks")
            }
            Self::WrongCost { stated, counted } => {
                write!(f, "the cost is {counted}, not {stated}")
            }
            Self::BoundAboveCost { bound, cost } => {
                write!(f, "the lower bound {bound} is above the cost {cost}")
            }
        }
    }
}

impl std::error::Error for Violation {}

/// Whether `solution` keeps every rule of `problem`.
///
/// An anti-affinity pair with a place outside `demands` binds nothing; `zones` 0 counts as 1. A
/// cost above [`NanoUsdPerHour::MAX`] is stated as that maximum.
pub fn check(problem: &Problem, solution: &Solution) -> Result<(), Violation> {
    let mut placed = vec![0_u128; problem.demands.len()];
    let mut in_zone: Vec<BTreeMap<usize, u128>> = vec![BTreeMap::new(); problem.demands.len()];
    let mut cost = 0_u128;
    for (at, pattern) in solution.patterns.iter().enumerate() {
        instance(problem, at, pattern)?;
        let copies = u128::from(pattern.copies);
        for &(demand, tasks) in &pattern.tasks {
            placed[demand] += copies * u128::from(tasks);
            *in_zone[demand].entry(pattern.zone).or_default() += copies * u128::from(tasks);
        }
        cost = cost.saturating_add(copies * u128::from(problem.offers[pattern.offer].price.0));
    }
    let zones = problem.zones.max(1);
    for (demand, kind) in problem.demands.iter().enumerate() {
        if placed[demand] != u128::from(kind.count) {
            let placed = placed[demand];
            return Err(Violation::WrongCount { demand, placed, wanted: kind.count });
        }
        if kind.spread {
            let counts = &in_zone[demand];
            let most = counts.values().copied().max().unwrap_or(0);
            // A zone that no pattern names holds none.
            let least =
                if counts.len() < zones { 0 } else { counts.values().copied().min().unwrap_or(0) };
            if most - least > 1 {
                return Err(Violation::Uneven { demand, least, most });
            }
        }
    }
    let counted = u64::try_from(cost).unwrap_or(u64::MAX).min(NanoUsdPerHour::MAX.0);
    if solution.cost.0 != counted {
        let counted = NanoUsdPerHour(counted);
        return Err(Violation::WrongCost { stated: solution.cost, counted });
    }
    if solution.lower_bound > solution.cost {
        let (bound, cost) = (solution.lower_bound, solution.cost);
        return Err(Violation::BoundAboveCost { bound, cost });
    }
    Ok(())
}

/// The rules that one instance keeps by itself.
fn instance(problem: &Problem, pattern: usize, it: &Pattern) -> Result<(), Violation> {
    let Some(offer) = problem.offers.get(it.offer) else {
        return Err(Violation::UnknownOffer { pattern, offer: it.offer });
    };
    if it.zone >= problem.zones.max(1) {
        return Err(Violation::UnknownZone { pattern, zone: it.zone });
    }
    let bit = u32::try_from(it.zone).ok().and_then(|zone| 1_u16.checked_shl(zone)).unwrap_or(0);
    if offer.zones & bit == 0 {
        return Err(Violation::NotOffered { pattern, zone: it.zone });
    }
    if it.copies == 0 {
        return Err(Violation::NoCopies { pattern });
    }
    if it.tasks.is_empty() {
        return Err(Violation::Idle { pattern });
    }
    let mut used = [0_u128; RESOURCES];
    let mut before = None;
    for &(demand, tasks) in &it.tasks {
        let Some(kind) = problem.demands.get(demand) else {
            return Err(Violation::UnknownDemand { pattern, demand });
        };
        if before >= Some(demand) {
            return Err(Violation::Unordered { pattern, demand });
        }
        before = Some(demand);
        if tasks == 0 {
            return Err(Violation::NoTasks { pattern, demand });
        }
        if kind.classes & offer.class == 0 {
            return Err(Violation::WrongClass { pattern, demand });
        }
        if kind.distinct && tasks > 1 {
            return Err(Violation::NotDistinct { pattern, demand });
        }
        for (sum, &amount) in used.iter_mut().zip(&kind.amounts) {
            // At most 2^96 a kind, and fewer than 2^32 kinds: the sum stays below 2^128.
            *sum = sum.saturating_add(u128::from(tasks) * u128::from(amount));
        }
    }
    for &(one, other) in &problem.anti_affinity {
        let holds = |demand: usize| it.tasks.iter().any(|&(held, _)| held == demand);
        // A kind paired with itself says what `distinct` says.
        let broken = if one == other {
            it.tasks.iter().any(|&(held, tasks)| held == one && tasks > 1)
        } else {
            holds(one) && holds(other)
        };
        if broken {
            return Err(Violation::Together { pattern, demands: (one, other) });
        }
    }
    for (resource, (&sum, &amount)) in used.iter().zip(&offer.amounts).enumerate() {
        if sum > u128::from(amount) {
            return Err(Violation::Overfull { pattern, resource });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Demand, Offer};
    use super::*;

    /// Two zones; a spread kind, a distinct kind, a kind for the other class; the first two apart.
    fn problem() -> Problem {
        let demand = |count, cpu, classes| Demand {
            count,
            amounts: [cpu, 1, 1, 0],
            classes,
            ..Demand::default()
        };
        let offer = |cpu, class, zones, price| Offer {
            amounts: [cpu, 8, 4, 0],
            class,
            zones,
            price: NanoUsdPerHour(price),
        };
        Problem {
            zones: 2,
            demands: vec![
                Demand { spread: true, ..demand(4, 2, 1) },
                Demand { distinct: true, ..demand(2, 1, 1) },
                demand(2, 1, 2),
            ],
            offers: vec![offer(4, 1, 0b11, 10), offer(4, 2, 0b01, 7)],
            anti_affinity: vec![(0, 1), (9, 0)],
        }
    }

    fn pattern(offer: usize, zone: usize, tasks: &[(usize, u32)], copies: u32) -> Pattern {
        Pattern { offer, zone, tasks: tasks.to_vec(), copies }
    }

    fn sound() -> Solution {
        Solution {
            patterns: vec![
                pattern(0, 0, &[(0, 2)], 1),
                pattern(0, 1, &[(0, 2)], 1),
                pattern(0, 0, &[(1, 1)], 2),
                pattern(1, 0, &[(2, 2)], 1),
            ],
            cost: NanoUsdPerHour(47),
            lower_bound: NanoUsdPerHour(47),
            work: 0,
        }
    }

    #[test]
    fn accepts_a_sound_solution() {
        assert_eq!(check(&problem(), &sound()), Ok(()));
        assert_eq!(check(&Problem::default(), &Solution::default()), Ok(()));
    }

    /// One row a rule: what is broken, and the name of the rule that must catch it.
    #[test]
    fn rejects_each_broken_rule() {
        type Break = fn(&mut Solution);
        let rows: [(&str, Break); 17] = [
            ("UnknownOffer", |s| s.patterns[0].offer = 2),
            ("UnknownZone", |s| s.patterns[0].zone = 2),
            ("NotOffered", |s| s.patterns[3].zone = 1),
            ("NoCopies", |s| s.patterns[0].copies = 0),
            ("Idle", |s| s.patterns.push(pattern(0, 0, &[], 1))),
            ("UnknownDemand", |s| s.patterns[0].tasks.push((3, 1))),
            ("NoTasks", |s| s.patterns[0].tasks.push((1, 0))),
            ("Unordered", |s| s.patterns[0].tasks = vec![(0, 1), (0, 1)]),
            ("WrongClass", |s| s.patterns[0].tasks.push((2, 1))),
            ("NotDistinct", |s| s.patterns[2] = pattern(0, 0, &[(1, 2)], 1)),
            ("Together", |s| s.patterns[0].tasks = vec![(0, 1), (1, 1)]),
            ("Overfull { pattern: 0, resource: 0 }", |s| s.patterns[0].tasks = vec![(0, 3)]),
            ("WrongCount", |s| s.patterns[3].copies = 2),
            ("WrongCount", |s| drop(s.patterns.pop())),
            ("Uneven", |s| s.patterns[1].zone = 0),
            ("WrongCost", |s| s.cost = NanoUsdPerHour(48)),
            ("BoundAboveCost", |s| s.lower_bound = NanoUsdPerHour(48)),
        ];
        for (rule, break_it) in rows {
            let mut solution = sound();
            break_it(&mut solution);
            let found = check(&problem(), &solution).expect_err(rule);
            assert!(format!("{found:?}").starts_with(rule), "{rule}: found {found:?}");
            assert!(!found.to_string().is_empty());
        }
    }

    #[test]
    fn adds_huge_amounts_without_overflow() {
        let mut problem = problem();
        problem.demands[0].amounts = [u64::MAX; RESOURCES];
        problem.offers[0].amounts = [u64::MAX; RESOURCES];
        let found = check(&problem, &sound());
        assert_eq!(found, Err(Violation::Overfull { pattern: 0, resource: 0 }));
    }
}
