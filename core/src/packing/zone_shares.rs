//! What a zone can have of each kind's tasks: its shares, and what is known of them.

use super::capacity::Capacity;
use super::fleet::Tasks;
use super::full_loads::{FullLoads, Wanted};
use super::reduce::Model;
use super::states::{Keys, Search, Table};
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Most tasks in a zone.
const MOST_TASKS: u64 = 1500;
/// Most ways to share out.
const MOST_SHARES: usize = 40_000;
/// How many parts of fillings are looked at to see that a choice is of no use.
const USEFUL_NODES: usize = 500;
/// How many states make it worth while to tabulate what resources cost.
const WORTH_A_TABLE: usize = 1_500;

/// A kind that is not in every zone alike: how many tasks are to be shared out.
pub(super) struct Shared {
    pub(super) kind: usize,
    pub(super) tasks: u16,
    /// Most in one zone.
    pub(super) most: u16,
    pub(super) stride: usize,
}

/// A share of what is shared out.
pub(super) struct Share {
    /// For each shared kind, the tasks.
    pub(super) tasks: Vec<u16>,
    /// As one number.
    pub(super) key: usize,
    /// The tasks of each kind.
    pub(super) counts: Vec<u16>,
    /// The same with equal kinds counted as the first of them.
    pub(super) state: Vec<u16>,
}

/// Zones with as good choices.
pub(super) struct Group {
    pub(super) zones: Vec<usize>,
    /// For each of the zones, its choices.
    pub(super) choices: Vec<Vec<usize>>,
    pub(super) worth: Vec<u64>,
    pub(super) order: Vec<usize>,
    pub(super) shares: Vec<Share>,
    pub(super) caps: Vec<u16>,
    pub(super) keys: Keys,
    pub(super) table: Table,
    pub(super) full: FullLoads,
    pub(super) amounts: Vec<Amounts>,
    /// For each kind, the first of those equal to it.
    pub(super) first: Vec<usize>,
    /// What all shares' tasks need at most.
    most: Amounts,
    capacity: Capacity,
}

/// What is to be shared out, and in how many ways a part of it can be.
pub(super) fn shared_kinds(model: &Model, zoned: bool) -> Option<(Vec<Shared>, usize)> {
    let mut shared = Vec::new();
    let mut ways = 1_usize;
    for (kind, it) in model.kinds.iter().enumerate() {
        let (tasks, most) = match (it.spread, zoned) {
            (true, _) => (it.extras, 1),
            (false, true) => (it.count, it.count),
            (false, false) => (0, 0),
        };
        if tasks > 0 {
            let (tasks, most) = (u16::try_from(tasks).ok()?, u16::try_from(most).ok()?);
            shared.push(Shared { kind, tasks, most, stride: ways });
            ways = ways.checked_mul(usize::from(tasks) + 1).filter(|it| *it <= MOST_SHARES)?;
        }
    }
    Some((shared, ways))
}

/// What all tasks are worth at least, with these worths in the zones.
pub(super) fn least_worth(model: &Model, worths: &[Vec<u64>]) -> u64 {
    let each = model.kinds.iter().enumerate().map(|(kind, it)| {
        let here = worths.iter().map(|worth| worth[kind]);
        let (shared, in_each) = if worths.len() == 1 {
            (it.count, 0)
        } else if it.spread {
            (it.extras, it.floor)
        } else {
            (it.count, 0)
        };
        let sum: u64 = here.clone().sum();
        u64::from(in_each) * sum + u64::from(shared) * here.min().unwrap_or(0)
    });
    each.sum()
}

/// The choices that a fleet may have which wastes no more than `spare`. Zones that differ only in
/// others are alike.
pub(super) fn useful_choices(
    model: &Model,
    worth: &[u64],
    weights: &[u64],
    spare: u64,
    meter: &mut Meter,
) -> Option<Vec<bool>> {
    let caps: Option<Vec<u16>> =
        model.kinds.iter().map(|kind| u16::try_from(kind.most).ok()).collect();
    let caps = caps?;
    let mut useful = Vec::new();
    for at in 0..model.choices.len() {
        let choices = [at];
        let (model, caps) = (model, &caps[..]);
        let nodes = USEFUL_NODES;
        let wanted =
            Wanted { model, choices: &choices, caps, worth, weights, spare, most: 0, nodes };
        // None are listed, or there is one: one too many. Or nobody knows.
        useful.push(FullLoads::of(&wanted, meter, 100).is_none());
    }
    Some(useful)
}

/// For each kind the first that is equal to it, as far as a zone's share goes; and the worth of
/// equal ones made equal: the least, at which no filling is worth more than before. Kinds whose
/// worths differ by more than a trifle stay apart.
fn equal_kinds(model: &Model, worth: &mut [u64]) -> Vec<usize> {
    let equal = |a: usize, b: usize, worth: &[u64]| {
        let (one, other) = (&model.kinds[a], &model.kinds[b]);
        one.amounts == other.amounts
            && one.apart == other.apart
            && !one.apart.contains(&b)
            && one.most > 1
            && other.most > 1
            && worth[a].abs_diff(worth[b]) <= worth[a] / 1000
            && model.choices.iter().all(|it| (it.fits[a] > 0) == (it.fits[b] > 0))
    };
    let mut first: Vec<usize> = (0..worth.len()).collect();
    for kind in 0..worth.len() {
        if let Some(same) = (0..kind).find(|&it| first[it] == it && equal(it, kind, worth)) {
            first[kind] = same;
            worth[same] = worth[same].min(worth[kind]);
        }
    }
    for kind in 0..worth.len() {
        worth[kind] = worth[first[kind]];
    }
    first
}

impl Group {
    /// Tasks of a state's kinds as tasks of the kinds themselves, which `left` has.
    pub(super) fn told_apart(&self, tasks: &Tasks, left: &mut [u16]) -> Tasks {
        let mut told: Tasks = Vec::new();
        for &(first, n) in tasks {
            let mut n = n;
            for (kind, left) in left.iter_mut().enumerate() {
                let here = if self.first[kind] == first { n.min(u32::from(*left)) } else { 0 };
                if here > 0 {
                    *left -= u16::try_from(here).unwrap_or(*left);
                    n -= here;
                    told.push((kind, here));
                }
            }
        }
        told.sort_unstable();
        told
    }

    pub(super) fn of(
        model: &Model,
        to_share: &[Shared],
        zones: Vec<usize>,
        choices: Vec<Vec<usize>>,
        mut worth: Vec<u64>,
    ) -> Option<Self> {
        let first = equal_kinds(model, &mut worth);
        let any_spread = model.is_spread();
        let base: Option<Vec<u16>> = model
            .kinds
            .iter()
            .map(|kind| match (kind.spread, any_spread) {
                (true, _) => u16::try_from(kind.floor).ok(),
                (false, true) => Some(0),
                (false, false) => u16::try_from(kind.count).ok(),
            })
            .collect();
        let base = base?;
        let mut shares = vec![Share { tasks: Vec::new(), key: 0, counts: base, state: Vec::new() }];
        for it in to_share {
            let reached = choices[0].iter().any(|&at| model.choices[at].fits[it.kind] > 0);
            let most = if reached { it.most.min(it.tasks) } else { 0 };
            let before = std::mem::take(&mut shares);
            if before.len().saturating_mul(usize::from(most) + 1) > MOST_SHARES {
                return None;
            }
            for share in before {
                for n in 0..=most {
                    let mut tasks = share.tasks.clone();
                    tasks.push(n);
                    let key = share.key + it.stride * usize::from(n);
                    let mut counts = share.counts.clone();
                    counts[it.kind] += n;
                    shares.push(Share { tasks, key, counts, state: Vec::new() });
                }
            }
        }
        let mut caps = vec![0_u16; model.kinds.len()];
        for share in &mut shares {
            share.state = vec![0; caps.len()];
            for (&first, &n) in first.iter().zip(&share.counts) {
                share.state[first] = share.state[first].checked_add(n)?;
            }
            for (cap, &n) in caps.iter_mut().zip(&share.state) {
                *cap = (*cap).max(n);
            }
        }
        if caps.iter().map(|&cap| u64::from(cap)).sum::<u64>() > MOST_TASKS {
            return None;
        }
        let keys = Keys::of(&caps)?;
        let mut order: Vec<usize> = (0..caps.len()).collect();
        order.sort_by_key(|&kind| (std::cmp::Reverse(worth[kind]), kind));
        let (table, full) = (Table::new(), FullLoads::default());
        let amounts: Vec<Amounts> = model.kinds.iter().map(|kind| kind.amounts).collect();
        let mut most = [0_u64; RESOURCES];
        for (amounts, &cap) in amounts.iter().zip(&caps) {
            for (sum, &amount) in most.iter_mut().zip(amounts) {
                *sum = sum.checked_add(amount.checked_mul(u64::from(cap))?)?;
            }
        }
        let capacity = Capacity::default();
        Some(Self {
            zones,
            choices,
            worth,
            order,
            shares,
            caps,
            keys,
            table,
            full,
            amounts,
            first,
            most,
            capacity,
        })
    }

    /// Tabulates what resources cost, once there is so much to search that it may pay.
    pub(super) fn tabulate(&mut self, model: &Model, weights: &[u64], meter: &mut Meter) {
        if self.capacity.is_empty() && self.table.used() > WORTH_A_TABLE {
            self.capacity = Capacity::of(model, &self.choices[0], weights, &self.most, meter);
        }
    }

    /// What the share without any of what is shared out is worth.
    pub(super) fn base_worth(&self) -> u64 {
        self.shares.first().map_or(0, |share| self.total_worth(&share.state))
    }

    pub(super) fn total_worth(&self, state: &[u16]) -> u64 {
        self.worth.iter().zip(state).map(|(worth, &n)| worth * u64::from(n)).sum()
    }

    pub(super) fn search(&mut self, tie_bits: u32, percent: u64) -> Search<'_> {
        Search {
            full: &self.full,
            keys: &self.keys,
            table: &mut self.table,
            worth: &self.worth,
            tie_bits,
            order: &self.order,
            amounts: &self.amounts,
            capacity: &self.capacity,
            percent,
        }
    }
}
