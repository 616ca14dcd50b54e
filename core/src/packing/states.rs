//! The least cost of one zone's tasks, exactly: a search over what is still to be placed.
//!
//! A state is how many tasks of each kind are left. Some instance holds a task of the first kind
//! that is left, and it may be taken to be full, so the next instance is one of the full
//! fillings with that kind (`full_loads`), cut to what is left. Depth first, least spare first; a
//! branch ends where cost so far and worth of what is left reach the limit. What was learned of
//! a state, its least cost or what it costs at least, is kept in a table.

use super::capacity::Capacity;
use super::fleet::Tasks;
use super::full_loads::FullLoads;
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Slots of all tables at most: 6 MiB.
const MOST_SLOTS: usize = 1 << 18;

/// What is known of a state.
#[derive(Debug, Clone, Copy)]
struct Known {
    key: u64,
    /// Twice what the state costs at least, and one more if that is what it costs.
    value: u64,
    /// The first filling of the cheapest fleet.
    filling: u32,
}

const EMPTY: u64 = u64::MAX;

/// Open addressing with a fixed hash.
pub(super) struct Table {
    slots: Vec<Known>,
    used: usize,
    most: usize,
}

impl Table {
    pub(super) fn new() -> Self {
        let slots = vec![Known { key: EMPTY, value: 0, filling: 0 }; 1 << 10];
        Self { slots, used: 0, most: MOST_SLOTS }
    }

    /// Leaves room for so many tables in all.
    pub(super) fn share_room(&mut self, tables: usize) {
        self.most = MOST_SLOTS / tables.max(1);
    }

    /// How many states are known.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// The slot of the key, or an empty one.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let hash = (key ^ (key >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut at = usize::try_from(hash >> 34).unwrap_or(0) & mask;
        while self.slots[at].key != key && self.slots[at].key != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    fn get(&self, key: u64) -> Option<&Known> {
        Some(&self.slots[self.slot(key)]).filter(|known| known.key == key)
    }

    /// Keeps what is known, if there is room.
    fn put(&mut self, key: u64, value: u64, filling: u32) {
        let at = self.slot(key);
        if self.slots[at].key == EMPTY {
            if (self.used + 1) * 4 > self.slots.len() * 3 {
                if self.slots.len() * 2 > self.most {
                    return;
                }
                let twice = vec![Known { key: EMPTY, value: 0, filling: 0 }; self.slots.len() * 2];
                for known in std::mem::replace(&mut self.slots, twice) {
                    if known.key != EMPTY {
                        let at = self.slot(known.key);
                        self.slots[at] = known;
                    }
                }
                return self.put(key, value, filling);
            }
            self.used += 1;
        }
        self.slots[at] = Known { key, value, filling };
    }
}

/// The work allowed is done.
pub(super) struct Spent;

/// How a state is written as one number.
pub(super) struct Keys(Vec<u64>);

impl Keys {
    /// For states with at most `caps` tasks; `None` if there are too many.
    pub(super) fn of(caps: &[u16]) -> Option<Self> {
        let mut strides = Vec::new();
        let mut size = 1_u64;
        for &cap in caps {
            strides.push(size);
            size = size.checked_mul(u64::from(cap) + 1).filter(|&size| size < EMPTY)?;
        }
        Some(Self(strides))
    }

    pub(super) fn key(&self, state: &[u16]) -> u64 {
        self.0.iter().zip(state).map(|(stride, &n)| stride * u64::from(n)).sum()
    }
}

/// The search in one kind of zone.
pub(super) struct Search<'a> {
    pub(super) full: &'a FullLoads,
    pub(super) keys: &'a Keys,
    pub(super) table: &'a mut Table,
    /// What a task of each kind is worth.
    pub(super) worth: &'a [u64],
    /// Costs are multiples of `1 << tie_bits`; below that, weights count instances.
    pub(super) tie_bits: u32,
    /// The kinds, in the order in which they are placed.
    pub(super) order: &'a [usize],
    /// What one task of each kind needs.
    pub(super) amounts: &'a [Amounts],
    pub(super) capacity: &'a Capacity,
    pub(super) percent: u64,
}

impl Search<'_> {
    pub(super) fn total_worth(&self, state: &[u16]) -> u64 {
        self.worth.iter().zip(state).map(|(worth, &n)| worth * u64::from(n)).sum()
    }

    /// What tasks of this worth cost at least: a whole cost, and an instance.
    fn whole(&self, worth: u64, key: u64) -> u64 {
        let unit = 1_u64 << self.tie_bits;
        worth.div_ceil(unit) * unit + u64::from(key > 0)
    }

    /// What the state's tasks cost at least, by the instances that have what they need, beside
    /// what was taken from it.
    fn by_capacity(&self, state: &[u16], taken: &[u16]) -> u64 {
        let mut needed = [0_u64; RESOURCES];
        for ((amounts, &n), &taken) in self.amounts.iter().zip(state).zip(taken) {
            let left = u64::from(n.saturating_sub(taken));
            for (sum, amount) in needed.iter_mut().zip(amounts) {
                *sum += amount * left;
            }
        }
        self.capacity.least(&needed)
    }

    /// What a state costs at least, and whether it is what it costs.
    pub(super) fn known(&self, state: &[u16]) -> (u64, bool) {
        let key = self.keys.key(state);
        let none = vec![0; state.len()];
        let low = self.whole(self.total_worth(state), key).max(self.by_capacity(state, &none));
        match self.table.get(key) {
            Some(known) => ((known.value >> 1).max(low), known.value & 1 == 1),
            None => (low, key == 0),
        }
    }

    /// What the state costs if that is less than the limit; else what it costs at least, which is
    /// no less than the limit. The list of fillings must reach as far as the limit.
    pub(super) fn least(
        &mut self,
        state: &mut [u16],
        limit: u64,
        meter: &mut Meter,
    ) -> Result<u64, Spent> {
        let (key, worth) = (self.keys.key(state), self.total_worth(state));
        self.descend(state, key, worth, limit, meter)
    }

    fn descend(
        &mut self,
        state: &mut [u16],
        key: u64,
        worth: u64,
        mut limit: u64,
        meter: &mut Meter,
    ) -> Result<u64, Spent> {
        let low = self.whole(worth, key);
        let Some(&first) = self.order.iter().find(|&&kind| state[kind] > 0) else { return Ok(0) };
        if low >= limit {
            return Ok(low);
        }
        meter.spend(20);
        if let Some(known) = self.table.get(key)
            && (known.value & 1 == 1 || known.value >> 1 >= limit)
        {
            return Ok(known.value >> 1);
        }
        if meter.is_past(self.percent) {
            return Err(Spent);
        }
        // What the branches that were cut cost at least.
        let mut least = u64::MAX;
        let mut best: Option<u32> = None;
        let full = self.full;
        for &at in &full.of_kind[first] {
            let place = usize::try_from(at).unwrap_or(0);
            let (_, weight, spare) = full.figures[place];
            // The tasks' worth is no more than their price: what is spared stays above.
            if worth.saturating_add(spare) >= limit {
                least = least.min(worth.saturating_add(spare));
                break;
            }
            meter.spend(1);
            if weight >= limit {
                least = least.min(weight);
                continue;
            }
            let tasks = full.tasks(place);
            // What is held beyond what is left is wasted too.
            let mut wasting = worth + spare;
            let mut looked = 0;
            for &kind in self.order {
                looked += 1;
                if tasks[kind] > state[kind] {
                    wasting += self.worth[kind] * u64::from(tasks[kind] - state[kind]);
                    if wasting >= limit {
                        break;
                    }
                }
            }
            meter.spend(looked);
            if wasting >= limit {
                least = least.min(wasting);
                continue;
            }
            let (mut less_key, mut less_worth) = (0, 0);
            for kind in 0..state.len() {
                let n = u64::from(tasks[kind].min(state[kind]));
                less_key += self.keys.0[kind] * n;
                less_worth += self.worth[kind] * n;
            }
            meter.spend(state.len() + 2);
            let (next, rest) = (key - less_key, worth - less_worth);
            let above = weight + self.whole(rest, next);
            if above >= limit {
                least = least.min(above);
                continue;
            }
            let above = weight + self.by_capacity(state, tasks);
            meter.spend(state.len() + 6);
            if above >= limit {
                least = least.min(above);
                continue;
            }
            let before: Vec<u16> = state.to_vec();
            for (left, n) in state.iter_mut().zip(tasks) {
                *left = left.saturating_sub(*n);
            }
            let found = self.descend(state, next, rest, limit - weight, meter);
            state.copy_from_slice(&before);
            let value = weight + found?;
            if value < limit {
                (limit, best) = (value, Some(at));
            } else {
                least = least.min(value);
            }
        }
        if let Some(filling) = best {
            self.table.put(key, limit << 1 | 1, filling);
            return Ok(limit);
        }
        let beyond = worth.saturating_add(full.spare).saturating_add(1);
        let least = least.min(beyond).max(limit);
        self.table.put(key, least << 1, 0);
        Ok(least)
    }

    /// The cheapest fleet of a state whose cost is known: choices and tasks.
    pub(super) fn fleet(&self, state: &[u16]) -> Option<Vec<(usize, Tasks)>> {
        let mut state = state.to_vec();
        let mut fleet = Vec::new();
        while state.iter().any(|&n| n > 0) {
            let known = self.table.get(self.keys.key(&state)).filter(|it| it.value & 1 == 1)?;
            let place = usize::try_from(known.filling).ok()?;
            let mut tasks: Tasks = Vec::new();
            for (kind, (left, &n)) in state.iter_mut().zip(self.full.tasks(place)).enumerate() {
                let n = n.min(*left);
                *left -= n;
                if n > 0 {
                    tasks.push((kind, u32::from(n)));
                }
            }
            if tasks.is_empty() {
                return None;
            }
            fleet.push((self.full.figures.get(place)?.0, tasks));
        }
        Some(fleet)
    }
}
