//! The full instances worth having: every filling that no task can be added to and that wastes
//! little of its price.
//!
//! Given what a task of each kind is worth at least (so that no filling is worth more than its
//! price), a filling's spare is its price less what its tasks are worth. A fleet that costs less
//! than some limit has fillings whose spares sum to less than what the limit leaves above the
//! worth of all tasks. So the search of such fleets needs only the fillings listed here.

use super::reduce::{Choice, Model, fit, take};
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Amounts up to this have exact products here.
const MOST_AMOUNT: u64 = 1 << 40;
/// Bits after the point of a worth for each unit of a measure.
const RATIO_BITS: u32 = 24;

/// What is to be listed. Worths and weights have the same unit.
pub(super) struct Wanted<'a> {
    pub(super) model: &'a Model,
    /// The choices to be filled.
    pub(super) choices: &'a [usize],
    /// Most tasks of each kind.
    pub(super) caps: &'a [u16],
    /// What a task of each kind is worth.
    pub(super) worth: &'a [u64],
    /// What each of the model's choices costs.
    pub(super) weights: &'a [u64],
    /// The most that a filling may spare.
    pub(super) spare: u64,
    /// The most fillings.
    pub(super) most: usize,
    /// The most parts of fillings looked at for one choice.
    pub(super) nodes: usize,
}

/// Fillings in order of what they spare.
#[derive(Default)]
pub(super) struct FullLoads {
    kinds: usize,
    tasks: Vec<u16>,
    /// Place in the model's choices, weight, and weight less worth, of each filling.
    pub(super) figures: Vec<(usize, u64, u64)>,
    /// For each kind, the fillings that hold it, in order.
    pub(super) of_kind: Vec<Vec<u32>>,
    /// All that spare at most this are listed.
    pub(super) spare: u64,
}

impl FullLoads {
    /// The tasks of each kind.
    pub(super) fn tasks(&self, at: usize) -> &[u16] {
        &self.tasks[at * self.kinds..(at + 1) * self.kinds]
    }

    /// All that are `wanted`; `None` if they are too many, or too much work.
    pub(super) fn of(wanted: &Wanted<'_>, meter: &mut Meter, percent: u64) -> Option<Self> {
        let kinds = wanted.caps.len();
        let mut found: Vec<(u64, usize, Vec<u16>)> = Vec::new();
        let mut by_price: Vec<usize> = wanted.choices.to_vec();
        by_price.sort_by_key(|&at| (wanted.weights[at], at));
        for (rank, &at) in by_price.iter().enumerate() {
            let mut walk = Walk::of(wanted, at)?;
            walk.cheaper = &by_price[..rank];
            walk.percent = percent;
            if !walk.run(&mut found, meter) {
                return None;
            }
        }
        found.sort_unstable();
        let mut full = Self { kinds, spare: wanted.spare, ..Self::default() };
        full.of_kind = vec![Vec::new(); kinds];
        for (at, (spare, choice, tasks)) in found.into_iter().enumerate() {
            for (list, _) in full.of_kind.iter_mut().zip(&tasks).filter(|(_, n)| **n > 0) {
                list.push(u32::try_from(at).ok()?);
            }
            full.tasks.extend(tasks);
            full.figures.push((choice, wanted.weights[choice], spare));
        }
        Some(full)
    }
}

/// A way to measure amounts by one number: for each depth, the greatest worth of a unit.
struct Measure {
    units: [u64; RESOURCES],
    ratios: Vec<u128>,
}

impl Measure {
    fn of(&self, amounts: &Amounts) -> u128 {
        let each = self.units.iter().zip(amounts);
        each.map(|(&unit, &amount)| u128::from(unit) * u128::from(amount)).sum()
    }
}

/// How many tasks of the kind the choice holds by itself. A cap may be of several equal kinds, so
/// it is not the model's `fits` that limits.
fn most(wanted: &Wanted<'_>, it: &Choice, kind: usize) -> u32 {
    let model = &wanted.model.kinds[kind];
    let cap = if it.fits[kind] == 0 { 0 } else { u32::from(wanted.caps[kind]) };
    let cap = if model.most == 1 { cap.min(1) } else { cap };
    fit(&it.amounts, &model.amounts, cap)
}

/// The fillings of one choice, kind by kind.
struct Walk<'a> {
    wanted: &'a Wanted<'a>,
    choice: usize,
    it: &'a Choice,
    cheaper: &'a [usize],
    /// The kinds it holds, the most worth first.
    order: Vec<usize>,
    measures: Vec<Measure>,
    /// What all tasks of the kinds from each depth are worth.
    rest: Vec<u128>,
    held: Vec<u16>,
    nodes: usize,
    percent: u64,
}

impl<'a> Walk<'a> {
    fn of(wanted: &'a Wanted<'a>, choice: usize) -> Option<Self> {
        let it = &wanted.model.choices[choice];
        if it.amounts.iter().any(|&amount| amount > MOST_AMOUNT) {
            return None;
        }
        let kinds = wanted.caps.len();
        let mut order: Vec<usize> = (0..kinds).filter(|&kind| most(wanted, it, kind) > 0).collect();
        order.sort_by_key(|&kind| (std::cmp::Reverse(wanted.worth[kind]), kind));
        let mut rest = vec![0; order.len() + 1];
        for (depth, &kind) in order.iter().enumerate().rev() {
            let all = u128::from(most(wanted, it, kind)) * u128::from(wanted.worth[kind]);
            rest[depth] = rest[depth + 1] + all;
        }
        let (measures, held) = (Vec::new(), vec![0; kinds]);
        let (nodes, percent) = (wanted.nodes, 100);
        let mut walk =
            Self { wanted, choice, it, cheaper: &[], order, measures, rest, held, nodes, percent };
        let scale = it.amounts.map(|amount| (1 << 24) / amount.clamp(1, 1 << 24));
        for mixed in 1..1_usize << RESOURCES {
            let mut units = [0; RESOURCES];
            for (r, unit) in units.iter_mut().enumerate() {
                *unit = if mixed >> r & 1 == 0 { 0 } else { scale[r].max(1) };
            }
            walk.measure(units);
        }
        Some(walk)
    }

    /// Adds a measure if every kind of worth has an extent in it.
    fn measure(&mut self, units: [u64; RESOURCES]) {
        let mut measure = Measure { units, ratios: vec![0; self.order.len() + 1] };
        for depth in (0..self.order.len()).rev() {
            let kind = self.order[depth];
            let worth = u128::from(self.wanted.worth[kind]);
            let extent = measure.of(&self.wanted.model.kinds[kind].amounts);
            let ratio = if worth == 0 {
                0
            } else if extent == 0 || worth >= 1 << 64 {
                return;
            } else {
                (worth << RATIO_BITS).div_ceil(extent)
            };
            measure.ratios[depth] = measure.ratios[depth + 1].max(ratio);
        }
        self.measures.push(measure);
    }

    /// What the kinds from this depth can be worth in the room.
    fn upper(&self, depth: usize, room: &Amounts) -> u128 {
        let mut upper = self.rest[depth];
        for measure in &self.measures {
            let worth = measure.of(room).saturating_mul(measure.ratios[depth]);
            upper = upper.min((worth >> RATIO_BITS) + 1);
        }
        upper
    }

    /// `false` if there are too many.
    fn run(&mut self, found: &mut Vec<(u64, usize, Vec<u16>)>, meter: &mut Meter) -> bool {
        self.descend(0, self.it.amounts, 0, found, meter)
    }

    fn descend(
        &mut self,
        depth: usize,
        room: Amounts,
        worth: u64,
        found: &mut Vec<(u64, usize, Vec<u16>)>,
        meter: &mut Meter,
    ) -> bool {
        let weight = self.wanted.weights[self.choice];
        meter.spend(8 + self.measures.len() * 4);
        self.nodes = self.nodes.saturating_sub(1);
        if self.nodes == 0 || meter.is_past(self.percent) {
            return false;
        }
        if u128::from(worth) + self.upper(depth, &room) + u128::from(self.wanted.spare)
            < u128::from(weight)
        {
            return true;
        }
        let Some(&kind) = self.order.get(depth) else {
            meter.spend(self.order.len() * 4);
            if !self.is_full(&room) || self.is_cheaper_elsewhere(meter) {
                return true;
            }
            found.push((weight.saturating_sub(worth), self.choice, self.held.clone()));
            return found.len() <= self.wanted.most;
        };
        let it = &self.wanted.model.kinds[kind];
        let most = if self.is_barred(kind) { 0 } else { most(self.wanted, self.it, kind) };
        let most = fit(&room, &it.amounts, most);
        for n in (0..=most).rev() {
            let mut left = room;
            take(&mut left, &it.amounts, n);
            self.held[kind] = u16::try_from(n).unwrap_or(u16::MAX);
            let more = self.wanted.worth[kind].saturating_mul(u64::from(n));
            if !self.descend(depth + 1, left, worth.saturating_add(more), found, meter) {
                return false;
            }
            if n < most && depth + 1 == self.order.len() {
                break;
            }
        }
        self.held[kind] = 0;
        true
    }

    /// Whether a kind that is held may not stand beside it.
    fn is_barred(&self, kind: usize) -> bool {
        self.wanted.model.kinds[kind].apart.iter().any(|&other| self.held[other] > 0)
    }

    fn is_full(&self, room: &Amounts) -> bool {
        !self.order.iter().any(|&kind| {
            u32::from(self.held[kind]) < most(self.wanted, self.it, kind)
                && fit(room, &self.wanted.model.kinds[kind].amounts, 1) == 1
                && !self.is_barred(kind)
        })
    }

    /// Whether a choice that costs no more holds the same.
    fn is_cheaper_elsewhere(&self, meter: &mut Meter) -> bool {
        let mut used = [0_u64; RESOURCES];
        for &kind in &self.order {
            let n = u64::from(self.held[kind]);
            for (sum, &amount) in used.iter_mut().zip(&self.wanted.model.kinds[kind].amounts) {
                // No overflow: it fits.
                *sum += amount.wrapping_mul(n);
            }
        }
        meter.spend(self.cheaper.len() * 2);
        self.cheaper.iter().any(|&other| {
            let other = &self.wanted.model.choices[other];
            other.amounts.iter().zip(&used).all(|(room, used)| room >= used)
                && self.order.iter().all(|&kind| self.held[kind] == 0 || other.fits[kind] > 0)
        })
    }
}
