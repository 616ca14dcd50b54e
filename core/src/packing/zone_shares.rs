//! What a zone can have of each kind's tasks: its shares, and what is known of them.

use super::capacity::Capacity;
use super::full_loads::FullLoads;
use super::reduce::Model;
use super::states::{Keys, Search, Table};
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Most tasks in a zone.
const MOST_TASKS: u64 = 1500;
/// Most ways to share out.
const MOST_SHARES: usize = 40_000;

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
    pub(super) capacity: Capacity,
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

impl Group {
    pub(super) fn of(
        model: &Model,
        to_share: &[Shared],
        zones: Vec<usize>,
        choices: Vec<Vec<usize>>,
        worth: Vec<u64>,
        weights: &[u64],
        meter: &mut Meter,
    ) -> Option<Self> {
        let any_spread = model.kinds.iter().any(|kind| kind.spread);
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
        let mut shares = vec![Share { tasks: Vec::new(), key: 0, state: base }];
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
                    let mut state = share.state.clone();
                    state[it.kind] += n;
                    shares.push(Share { tasks, key, state });
                }
            }
        }
        let mut caps = vec![0_u16; model.kinds.len()];
        for share in &shares {
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
        let capacity = Capacity::of(model, &choices[0], weights, &most, meter);
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
            capacity,
        })
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
