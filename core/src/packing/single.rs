//! One kind of task by itself: the exact cheapest fleet.
//!
//! With one kind an instance is only a price and how many tasks it holds, so the cheapest cover
//! of `n` tasks is a shortest path over the counts up to `n`. Of all kinds, the dearest one by
//! itself is a lower bound of the whole: taking the other kinds off a fleet cannot make it dearer.

use super::fleet::{Load, Need};
use super::reduce::Model;
use super::work::Meter;

/// How many steps of search for a path are worth it: for one kind only, and for one of many, where
/// the linear program finds almost the same bound.
const STEPS: (usize, usize) = (20_000_000, 100_000);

/// The cheapest covers of one kind in a zone, or wherever it likes.
struct Covers {
    /// `(tasks held, price, choice)`, both figures rising.
    items: Vec<(u32, u64, usize)>,
    /// The item with the least price a task, and how many tasks it holds.
    best: usize,
    /// `path[n]`: cost, instances and last item of the cheapest cover of `n` tasks.
    path: Vec<(u128, u32, usize)>,
}

impl Covers {
    /// For up to `most` tasks; `None` if no offer holds any.
    fn of(
        model: &Model,
        kind: usize,
        zone: Option<usize>,
        most: u32,
        meter: &mut Meter,
    ) -> Option<Self> {
        let mut offered: Vec<(u32, u64, usize)> = Vec::new();
        for (at, choice) in model.choices.iter().enumerate() {
            if choice.fits[kind] > 0 && zone.is_none_or(|zone| choice.stands_in(zone)) {
                offered.push((choice.fits[kind], choice.price, at));
            }
        }
        offered.sort_unstable_by_key(|&(fits, price, at)| (price, std::cmp::Reverse(fits), at));
        let mut items: Vec<(u32, u64, usize)> = Vec::new();
        for it in offered {
            if items.last().is_none_or(|last| it.0 > last.0) {
                items.push(it);
            }
        }
        let cheaper = |a: &(u32, u64, usize), b: &(u32, u64, usize)| {
            (u128::from(a.1) * u128::from(b.0)).cmp(&(u128::from(b.1) * u128::from(a.0)))
        };
        // Of equals the last: the largest, for fewer instances.
        let best = (0..items.len()).rev().min_by(|&a, &b| cheaper(&items[a], &items[b]))?;
        let mut covers = Self { items, best, path: vec![(0, 0, 0)] };
        let length = covers.longest_rest().min(most);
        let steps = if model.kinds.len() == 1 { STEPS.0 } else { STEPS.1 };
        if usize::try_from(length).is_ok_and(|n| n > steps / covers.items.len()) {
            return Some(covers);
        }
        for n in 1..=length {
            let mut least = (u128::MAX, u32::MAX, 0);
            for (at, &(fits, price, _)) in covers.items.iter().enumerate() {
                let before = usize::try_from(n.saturating_sub(fits)).unwrap_or(0);
                let (cost, instances, _) = covers.path[before];
                let next = (cost + u128::from(price), instances + 1, at);
                least = least.min(next);
            }
            covers.path.push(least);
        }
        meter.spend(covers.path.len() * covers.items.len() * 2);
        Some(covers)
    }

    /// The most tasks that [`Self::beyond`] can leave.
    fn longest_rest(&self) -> u32 {
        let fits = self.items[self.best].0;
        let largest = self.items.iter().map(|item| item.0).max().unwrap_or(0);
        fits.saturating_mul(largest).saturating_add(fits)
    }

    /// How many instances of the best item a cover of `n` tasks has for sure, and the tasks left.
    ///
    /// Of `f` instances of other items, with `f` what the best item holds, some hold together a
    /// multiple of `f` tasks, and instances of the best item hold these for no more. So a
    /// cheapest cover exists with fewer than `f` others.
    fn beyond(&self, n: u32) -> (u32, u32) {
        let fits = self.items[self.best].0;
        let largest = self.items.iter().map(|item| item.0).max().unwrap_or(0);
        let sure = n.saturating_sub(fits.saturating_mul(largest)) / fits;
        (sure, n - sure * fits)
    }

    /// The least cost of `n` tasks, or less.
    fn bound(&self, n: u32) -> u128 {
        let (fits, price, _) = self.items[self.best];
        let (sure, rest) = self.beyond(n);
        match usize::try_from(rest).ok().and_then(|rest| self.path.get(rest)) {
            Some(&(cost, ..)) => u128::from(sure) * u128::from(price) + cost,
            None => (u128::from(n) * u128::from(price)).div_ceil(u128::from(fits)),
        }
    }

    /// Places `n` tasks in the zone, or in any; as cheaply as can be if the path is known.
    fn place(
        &self,
        model: &Model,
        need: &mut Need,
        kind: usize,
        zone: Option<usize>,
        n: u32,
        loads: &mut Vec<Load>,
    ) {
        let mut put = |item: usize, tasks: u32, copies: u32| {
            let choice = self.items[item].2;
            let lowest = model.choices[choice].zones.trailing_zeros();
            let zone = zone.unwrap_or(usize::try_from(lowest).unwrap_or(0));
            if tasks > 0 && copies > 0 {
                need.place(model, kind, zone, tasks * copies);
                loads.push(Load { choice, zone, tasks: vec![(kind, tasks)], copies });
            }
        };
        let (mut sure, mut rest) = self.beyond(n);
        let fits = self.items[self.best].0;
        if usize::try_from(rest).is_ok_and(|rest| rest >= self.path.len()) {
            sure = n / fits;
            rest = n % fits;
            put(self.best, rest, 1);
            rest = 0;
        }
        put(self.best, fits, sure);
        while rest > 0 {
            let item = usize::try_from(rest).map_or(0, |rest| self.path[rest].2);
            let tasks = self.items[item].0.min(rest);
            put(item, tasks, 1);
            rest -= tasks;
        }
    }
}

/// What the kind costs by itself, or less; and places it so.
pub(super) fn alone(
    model: &Model,
    need: &mut Need,
    kind: usize,
    loads: &mut Vec<Load>,
    meter: &mut Meter,
) -> u128 {
    let it = &model.kinds[kind];
    if !it.spread {
        let Some(covers) = Covers::of(model, kind, None, it.count, meter) else {
            return 0;
        };
        covers.place(model, need, kind, None, it.count, loads);
        return covers.bound(it.count);
    }
    // Each zone by itself; one task more where it costs least.
    let zones: Vec<(usize, Covers)> = (0..model.zones)
        .filter_map(|zone| {
            Covers::of(model, kind, Some(zone), it.floor.saturating_add(1), meter)
                .map(|covers| (zone, covers))
        })
        .collect();
    let more = |covers: &Covers| {
        covers.bound(it.floor.saturating_add(1)).saturating_sub(covers.bound(it.floor))
    };
    let mut order: Vec<usize> = (0..zones.len()).collect();
    order.sort_by_key(|&at| more(&zones[at].1));
    let mut bound = 0;
    for (rank, &at) in order.iter().enumerate() {
        let (zone, covers) = &zones[at];
        let extra = u32::from(u32::try_from(rank).is_ok_and(|rank| rank < it.extras));
        bound += covers.bound(it.floor + extra);
        covers.place(model, need, kind, Some(*zone), it.floor + extra, loads);
    }
    bound
}
