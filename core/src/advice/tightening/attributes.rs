//! Bounds of attributes: the widest range of vCPUs and of memory for each vCPU, together with a few
//! yes-or-no attributes, that admits good types only.

use super::field::{Field, Subset};
use super::{Found, times, usd};
use crate::scenario::{Inclusion, InstanceRequirements};
use eniac_catalog::{CpuManufacturer, Generation, InstanceType};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Bounds that are looked at, and whose dearest fleet is worked out, at most.
const MOST_RANKED: usize = 4000;
const MOST_TRIED: usize = 120;

/// An attribute that a type has or not.
struct Flag {
    field: &'static str,
    value: Value,
    keeps: Subset,
}

/// A rectangle of figures under a set of flags, and what stands in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// How many other than good types.
    bad: usize,
    fine: Reverse<usize>,
    /// How many flags, and a place in the sets of flags.
    flags: (usize, usize),
    vcpus: (usize, usize),
    ratios: (usize, usize),
}

/// The dearest fleet, no less than the target; how many good types; how many flags.
type Rank = (u128, Reverse<usize>, usize);

/// A set of bounds.
#[derive(Clone)]
struct Bounds {
    /// Places in the flags.
    flags: Vec<usize>,
    /// From and to, as places in the distinct figures.
    vcpus: (usize, usize),
    ratios: (usize, usize),
}

/// The types laid out by their figures.
struct Layout<'f, 'b, 'c> {
    field: &'f Field<'b, 'c>,
    flags: Vec<Flag>,
    /// Distinct numbers of vCPUs, ascending, and for each type its place among them.
    vcpus: (Vec<u64>, Vec<usize>),
    /// The same for thousandths of a GiB of memory for each vCPU.
    ratios: (Vec<u64>, Vec<usize>),
}

pub(super) fn bounds(
    field: &Field<'_, '_>,
    requirements: &InstanceRequirements,
    target: u128,
) -> Found {
    let layout = Layout::of(field, requirements);
    let good = field.cut(target);
    let Some(best) = layout.best(&good, target) else {
        return Found { fields: Vec::new(), note: None };
    };
    let best = layout.without_needless(best, target);
    let dearest = field.dearest(&layout.kept(&best));
    let note = (dearest > target).then(|| {
        format!(
            "No bounds of attributes reach the tolerance and leave so many types: the dearest \
             fleet is {} USD an hour, {}.",
            usd(dearest),
            times(dearest, target)
        )
    });
    Found { fields: layout.fields(&best), note }
}

impl<'f, 'b, 'c> Layout<'f, 'b, 'c> {
    fn of(field: &'f Field<'b, 'c>, requirements: &InstanceRequirements) -> Self {
        let places = |figure: &dyn Fn(&InstanceType) -> u64| {
            let all: BTreeSet<u64> = field.types.iter().map(|it| figure(it.facts)).collect();
            let all: Vec<u64> = all.into_iter().collect();
            let place = |it: u64| all.binary_search(&it).unwrap_or(0);
            let places = field.types.iter().map(|it| place(figure(it.facts))).collect();
            (all, places)
        };
        Self {
            flags: flags(field, requirements),
            vcpus: places(&|it| u64::from(it.vcpu)),
            ratios: places(&|it| it.memory.0 * 1000 / (1024 * u64::from(it.vcpu.max(1)))),
            field,
        }
    }

    fn kept(&self, bounds: &Bounds) -> Subset {
        let within = |(from, to): (usize, usize), place: usize| from <= place && place <= to;
        let kept = (0..self.field.types.len()).map(|at| {
            within(bounds.vcpus, self.vcpus.1[at])
                && within(bounds.ratios, self.ratios.1[at])
                && bounds.flags.iter().all(|flag| self.flags[*flag].keeps[at])
        });
        kept.collect()
    }

    /// The bounds that admit most, of those that leave enough types and are within the target;
    /// where there are none, those whose dearest fleet costs least. Bounds that admit few other than
    /// good types are tried first.
    fn best(&self, good: &[bool], target: u128) -> Option<Bounds> {
        let sets = self.flag_sets();
        let mut ranked: Vec<Candidate> = Vec::new();
        for (place, flags) in sets.iter().enumerate() {
            let keeps = |at: &usize| flags.iter().all(|flag| self.flags[*flag].keeps[*at]);
            let grid = Grid::of(self, good, (0..self.field.types.len()).filter(keeps));
            for (vcpus, ratios) in self.rectangles() {
                let (bad, fine) = grid.count(vcpus, ratios);
                if fine > 0 && bad + fine >= self.field.wanted {
                    let (fine, flags) = (Reverse(fine), (flags.len(), place));
                    ranked.push(Candidate { bad, fine, flags, vcpus, ratios });
                }
                // The first ones are enough; the others need not be kept.
                if ranked.len() > 2 * MOST_RANKED {
                    ranked.select_nth_unstable(MOST_RANKED);
                    ranked.truncate(MOST_RANKED);
                }
            }
        }
        ranked.sort_unstable();
        ranked.truncate(MOST_RANKED);
        let enough = ranked.into_iter().filter_map(|it| {
            let flags = sets[it.flags.1].clone();
            let bounds = Bounds { flags, vcpus: it.vcpus, ratios: it.ratios };
            let subset = self.kept(&bounds);
            self.field.has_fallback(&subset).then_some((subset, it, bounds))
        });
        // By what the dearest fleet costs beyond the target, then the most types.
        let mut best: Option<(Rank, Bounds)> = None;
        for (subset, it, bounds) in enough.take(MOST_TRIED) {
            let rank = (self.field.dearest(&subset).max(target), it.fine, it.flags.0);
            if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                let found = rank.0 == target;
                best = Some((rank, bounds));
                // The widest come first.
                if found {
                    break;
                }
            }
        }
        best.map(|(_, bounds)| bounds)
    }

    /// Sets of flags: at most one of each field.
    fn flag_sets(&self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        for (place, flag) in self.flags.iter().enumerate() {
            let other =
                |set: &&Vec<usize>| set.iter().all(|known| self.flags[*known].field != flag.field);
            let more: Vec<Vec<usize>> =
                sets.iter().filter(other).map(|set| [&set[..], &[place]].concat()).collect();
            sets.extend(more);
        }
        sets
    }

    fn rectangles(&self) -> impl Iterator<Item = ((usize, usize), (usize, usize))> {
        let spans = |count: usize| (0..count).flat_map(move |a| (a..count).map(move |b| (a, b)));
        let (vcpus, ratios) = (self.vcpus.0.len(), self.ratios.0.len());
        spans(vcpus).flat_map(move |a| spans(ratios).map(move |b| (a, b)))
    }

    /// The bounds without those that the others make needless.
    fn without_needless(&self, mut bounds: Bounds, target: u128) -> Bounds {
        let limit = self.field.dearest(&self.kept(&bounds)).max(target);
        let all = (0, self.ratios.0.len().saturating_sub(1));
        let all_vcpus = (0, self.vcpus.0.len().saturating_sub(1));
        let mut simpler: Vec<Bounds> = Vec::new();
        let mut propose = |change: &dyn Fn(&mut Bounds)| {
            let mut wider = simpler.last().unwrap_or(&bounds).clone();
            change(&mut wider);
            if self.field.dearest(&self.kept(&wider)) <= limit {
                simpler.push(wider);
            }
        };
        for flag in bounds.flags.clone() {
            propose(&|it| it.flags.retain(|known| *known != flag));
        }
        propose(&|it| it.ratios.0 = all.0);
        propose(&|it| it.ratios.1 = all.1);
        propose(&|it| it.vcpus.0 = all_vcpus.0);
        propose(&|it| it.vcpus.1 = all_vcpus.1);
        if let Some(simplest) = simpler.pop() {
            bounds = simplest;
        }
        bounds
    }

    fn fields(&self, bounds: &Bounds) -> Vec<(String, Option<Value>)> {
        let mut fields = Vec::new();
        let mut set = |name: &str, value: Value| fields.push((name.to_owned(), Some(value)));
        for flag in &bounds.flags {
            set(self.flags[*flag].field, self.flags[*flag].value.clone());
        }
        let last = |figures: &Vec<u64>| figures.len().saturating_sub(1);
        let (vcpus, ratios) = (&self.vcpus.0, &self.ratios.0);
        if bounds.vcpus.0 > 0 {
            set("vCpuCount.min", json!(vcpus[bounds.vcpus.0]));
        }
        if bounds.vcpus.1 < last(vcpus) {
            set("vCpuCount.max", json!(vcpus[bounds.vcpus.1]));
        }
        if bounds.ratios.0 > 0 {
            set("memoryGiBPerVCpu.min", number(ratios[bounds.ratios.0]));
        }
        if bounds.ratios.1 < last(ratios) {
            set("memoryGiBPerVCpu.max", number(ratios[bounds.ratios.1]));
        }
        fields
    }
}

/// How many good and how many other types stand in each rectangle of figures: sums from the first
/// corner on.
struct Grid {
    columns: usize,
    sums: Vec<(usize, usize)>,
}

impl Grid {
    fn of(layout: &Layout<'_, '_, '_>, good: &[bool], types: impl Iterator<Item = usize>) -> Self {
        let (rows, columns) = (layout.vcpus.0.len() + 1, layout.ratios.0.len() + 1);
        let mut sums = vec![(0, 0); rows * columns];
        for at in types {
            let cell = &mut sums[(layout.vcpus.1[at] + 1) * columns + layout.ratios.1[at] + 1];
            if good[at] { cell.1 += 1 } else { cell.0 += 1 }
        }
        for row in 1..rows {
            for column in 1..columns {
                let at = row * columns + column;
                let (up, left, corner) = (sums[at - columns], sums[at - 1], sums[at - columns - 1]);
                sums[at].0 += up.0 + left.0 - corner.0;
                sums[at].1 += up.1 + left.1 - corner.1;
            }
        }
        Self { columns, sums }
    }

    /// `(others, good)` from place to place.
    fn count(&self, rows: (usize, usize), columns: (usize, usize)) -> (usize, usize) {
        let at = |row: usize, column: usize| self.sums[row * self.columns + column];
        let (all, corner) = (at(rows.1 + 1, columns.1 + 1), at(rows.0, columns.0));
        let (up, left) = (at(rows.0, columns.1 + 1), at(rows.1 + 1, columns.0));
        (all.0 + corner.0 - up.0 - left.0, all.1 + corner.1 - up.1 - left.1)
    }
}

/// Every yes-or-no attribute that would leave out a type, and not all.
fn flags(field: &Field<'_, '_>, requirements: &InstanceRequirements) -> Vec<Flag> {
    use CpuManufacturer::{AmazonWebServices, Amd, Intel};
    let mut flags = Vec::new();
    let mut flag = |name: &'static str, value: Value, keeps: &dyn Fn(&InstanceType) -> bool| {
        let keeps: Subset = field.types.iter().map(|it| keeps(it.facts)).collect();
        let count = Field::count(&keeps);
        if count > 0 && count < keeps.len() {
            flags.push(Flag { field: name, value, keeps });
        }
    };
    flag("acceleratorCount.max", json!(0), &|it| it.accelerators.is_empty());
    flag("localStorage", json!("excluded"), &|it| it.local_storage.is_none());
    flag("instanceGenerations", json!(["current"]), &|it| it.generation == Generation::Current);
    if requirements.burstable_performance == Some(Inclusion::Included) {
        flag("burstablePerformance", json!("required"), &|it| it.burstable);
        flag("burstablePerformance", json!("excluded"), &|it| !it.burstable);
    }
    let makers = [("amazon-web-services", AmazonWebServices), ("amd", Amd), ("intel", Intel)];
    for (word, maker) in makers {
        flag("cpuManufacturers", json!([word]), &|it| it.cpu_manufacturer == maker);
    }
    flags
}

/// Thousandths as a number.
fn number(thousandths: u64) -> Value {
    if thousandths.is_multiple_of(1000) {
        json!(thousandths / 1000)
    } else {
        json!(thousandths as f64 / 1000.0)
    }
}
