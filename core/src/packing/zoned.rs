//! Problems whose zones differ in what is offered: each zone's share as a problem by itself.
//!
//! A `spread` kind has a fixed share in each zone, but for the few tasks left over by the
//! division. So where all kinds are spread the fleets of the zones are separate problems, and
//! where some are not, one problem in which each zone's share is a kind of its own. Both are
//! problems without zones: what bounds and plans those (`columns`, `solve`) is used as it is, by
//! `zone_plan`.

use super::columns::Column;
use super::kinds::Equals;
use super::reduce::{Choice, Model};
use super::{Demand, Offer, Problem};

/// Most kinds in all zones together: beyond, the programs cost more than they tell.
const MOST_KINDS: usize = 300;

/// Zones where as good choices stand.
pub(super) struct Group {
    pub(super) zones: Vec<usize>,
    /// The choices in the first of them that no other there dominates.
    pub(super) choices: Vec<usize>,
}

/// Some kinds, each in one place or in all, and the choices that hold them.
pub(super) struct Part {
    pub(super) problem: Problem,
    pub(super) model: Model,
    /// For each demand, the kind and its place; no place if it may stand in any.
    pub(super) kinds: Vec<(usize, Option<usize>)>,
    /// For each offer, the choice and its place.
    pub(super) offers: Vec<(usize, usize)>,
}

impl Part {
    /// Those of the model's columns that can stand here.
    pub(super) fn translated(&self, known: &[Column]) -> Vec<Column> {
        let mut here = Vec::new();
        for (at, choice) in self.model.choices.iter().enumerate() {
            let (own, place) = self.offers[choice.offer];
            for column in known.iter().filter(|column| column.choice == own) {
                let kind = |&(kind, n): &(usize, u32)| {
                    let stands = |&it: &(usize, Option<usize>)| {
                        it.0 == kind && it.1.is_none_or(|of| of == place)
                    };
                    self.kinds.iter().position(stands).map(|kind| (kind, n))
                };
                let tasks = column.tasks.iter().filter_map(kind).collect();
                here.push(Column { choice: at, tasks });
            }
        }
        here
    }
}

/// A problem whose zones differ, seen zone by zone.
pub(super) struct Zoned<'a> {
    pub(super) problem: &'a Problem,
    pub(super) model: &'a Model,
    pub(super) groups: Vec<Group>,
    /// For each zone, the choices there that no other there dominates.
    choices: Vec<Vec<usize>>,
}

/// The choices in the zone, without those of which another there holds all they hold for no more.
fn undominated_in(model: &Model, zone: usize) -> Vec<usize> {
    let here: Vec<usize> =
        (0..model.choices.len()).filter(|&at| model.choices[at].stands_in(zone)).collect();
    let holds = |a: usize, b: usize| {
        let (one, other) = (&model.choices[a], &model.choices[b]);
        one.price <= other.price
            && one.amounts.iter().zip(&other.amounts).all(|(a, b)| a >= b)
            && one.fits.iter().zip(&other.fits).all(|(a, b)| a >= b)
    };
    let dominated =
        |b: usize| here.iter().any(|&a| a != b && holds(a, b) && (a < b || !holds(b, a)));
    here.iter().copied().filter(|&at| !dominated(at)).collect()
}

/// The zones, those together where as good choices stand, each with the choices there that no
/// other there dominates, of those to `keep`. Where no kind is spread all stand as if in one zone.
pub(super) fn standing_groups(
    model: &Model,
    keep: impl Fn(usize, usize) -> bool,
) -> Vec<(Vec<usize>, Vec<Vec<usize>>)> {
    if !model.is_spread() {
        let all = (0..model.choices.len()).filter(|&at| keep(0, at)).collect();
        return vec![(vec![0], vec![all])];
    }
    let mut groups: Vec<(Vec<usize>, Vec<Vec<usize>>)> = Vec::new();
    for zone in 0..model.zones {
        let mut here = undominated_in(model, zone);
        here.retain(|&at| keep(zone, at));
        let as_good = |group: &(Vec<usize>, Vec<Vec<usize>>)| {
            let first = &group.1[0];
            first.len() == here.len()
                && first.iter().zip(&here).all(|(&a, &b)| {
                    let (a, b) = (&model.choices[a], &model.choices[b]);
                    (a.price, &a.amounts, &a.fits) == (b.price, &b.amounts, &b.fits)
                })
        };
        match groups.iter_mut().find(|group| as_good(group)) {
            Some(group) => {
                group.0.push(zone);
                group.1.push(here);
            }
            None => groups.push((vec![zone], vec![here])),
        }
    }
    groups
}

impl<'a> Zoned<'a> {
    /// `None` where the zones do not matter: no kind is spread, or all offers stand in all zones.
    pub(super) fn of(problem: &'a Problem, model: &'a Model) -> Option<Self> {
        let everywhere = |choice: &Choice| (0..model.zones).all(|zone| choice.stands_in(zone));
        if model.zones != problem.zones
            || !model.is_spread()
            || model.choices.iter().all(everywhere)
            || model.kinds.len().saturating_mul(model.zones) > MOST_KINDS
        {
            return None;
        }
        let mut choices = vec![Vec::new(); model.zones];
        let mut groups: Vec<Group> = Vec::new();
        for (zones, its) in standing_groups(model, |_, _| true) {
            groups.push(Group { zones: zones.clone(), choices: its[0].clone() });
            for (zone, its) in zones.into_iter().zip(its) {
                choices[zone] = its;
            }
        }
        (groups.len() > 1).then_some(Self { problem, model, groups, choices })
    }

    /// The group of a zone.
    pub(super) fn group_of(&self, zone: usize) -> usize {
        self.groups.iter().position(|group| group.zones.contains(&zone)).unwrap_or(0)
    }

    /// Whether any choice of the group holds a task of the kind.
    pub(super) fn reaches(&self, kind: usize, group: usize) -> bool {
        self.groups[group].choices.iter().any(|&at| self.model.choices[at].fits[kind] > 0)
    }

    /// The problem in parts, with `count` tasks of each spread kind in each place. `places` are
    /// zones, each for itself or its group; a kind that is not spread stands in any.
    pub(super) fn parts(
        &self,
        places: &[usize],
        count: impl Fn(usize, usize) -> u32,
    ) -> Option<Vec<Part>> {
        if self.model.kinds.iter().all(|kind| kind.spread) {
            let own = |class: u32, _: usize| Some(class);
            return (0..places.len()).map(|at| self.part(places, &[at], &count, own)).collect();
        }
        // A class of a place is a class of its own.
        let mut classes: Vec<u32> =
            self.model.choices.iter().map(|it| self.problem.offers[it.offer].class).collect();
        classes.sort_unstable();
        classes.dedup();
        let all: Vec<usize> = (0..places.len()).collect();
        let own = |class: u32, place: usize| {
            let at = classes.binary_search(&class).ok()? * places.len() + place;
            1_u32.checked_shl(u32::try_from(at).ok()?)
        };
        Some(vec![self.part(places, &all, &count, own)?])
    }

    /// The kinds and choices `within` some of the places.
    fn part(
        &self,
        places: &[usize],
        within: &[usize],
        count: &impl Fn(usize, usize) -> u32,
        own: impl Fn(u32, usize) -> Option<u32>,
    ) -> Option<Part> {
        let mut offers = Vec::new();
        let mut kinds: Vec<(usize, Option<usize>)> = Vec::new();
        let mut problem = Problem { zones: 1, ..Problem::default() };
        let mut classes = Vec::new();
        for &place in within {
            for &choice in &self.choices[places[place]] {
                let it = &self.problem.offers[self.model.choices[choice].offer];
                classes.push((it.class, place, own(it.class, place)?));
                let class = own(it.class, place)?;
                problem.offers.push(Offer { class, zones: 1, ..it.clone() });
                offers.push((choice, place));
            }
        }
        classes.sort_unstable();
        classes.dedup();
        for (at, kind) in self.model.kinds.iter().enumerate() {
            let spots: Vec<(Option<usize>, u32)> = if kind.spread {
                within.iter().map(|&place| (Some(place), count(at, place))).collect()
            } else {
                vec![(None, kind.count)]
            };
            let its_classes = kind.classes(self.problem);
            for (place, count) in spots.into_iter().filter(|&(_, count)| count > 0) {
                let here = classes.iter().filter(|(class, of, _)| {
                    its_classes & class != 0 && place.is_none_or(|place| place == *of)
                });
                problem.demands.push(Demand {
                    count,
                    amounts: kind.amounts,
                    classes: here.fold(0, |bits, (_, _, class)| bits | class),
                    distinct: kind.most == 1,
                    spread: false,
                });
                kinds.push((at, place));
            }
        }
        for (one, &(kind, place)) in kinds.iter().enumerate() {
            for (other, (beside, of)) in kinds.iter().enumerate().skip(one + 1) {
                let meet = place.is_none() || of.is_none() || place == *of;
                if meet && self.model.kinds[kind].apart.contains(beside) {
                    problem.anti_affinity.push((one, other));
                }
            }
        }
        let model = Model::with(&problem, Equals::Separate).ok()?;
        Some(Part { problem, model, kinds, offers })
    }
}
