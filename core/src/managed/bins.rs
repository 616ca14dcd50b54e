//! First-fit decreasing within one zone: bins, and what they hold.
//!
//! Equal bins are one [`Bin`] with a number of copies, so that the work grows with the kinds of
//! task, not with their count.

use crate::packing::{Amounts, Demand, Offer, Pattern, RESOURCES};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Kinds of task with how many are to be placed, largest first.
pub(super) type Kinds = Vec<(usize, u32)>;

/// What a general-purpose xlarge has: 4 vCPUs, 16 GiB, 20 trunked ENIs; and one GPU as its GPU
/// siblings have.
const XLARGE: Amounts = [4096, 16_384, 20, 1];

/// Equal instances of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bin {
    pub(super) offer: usize,
    left: Amounts,
    /// `(kind, tasks)` in the order of packing.
    tasks: Vec<(usize, u32)>,
    pub(super) copies: u32,
}

impl Bin {
    pub(super) fn pattern(&self, zone: usize) -> Pattern {
        let mut tasks: Vec<(usize, u32)> = Vec::new();
        for (kind, count) in &self.tasks {
            match tasks.iter_mut().find(|(other, _)| other == kind) {
                Some((_, counted)) => *counted += count,
                None => tasks.push((*kind, *count)),
            }
        }
        tasks.sort_unstable();
        Pattern { offer: self.offer, zone, tasks, copies: self.copies }
    }

    /// The kinds that it holds.
    pub(super) fn kinds(&self) -> impl Iterator<Item = usize> {
        self.tasks.iter().map(|(kind, _)| *kind)
    }
}

/// What tasks need, and which may not stand side by side.
pub(super) struct Rules<'a> {
    demands: &'a [Demand],
    /// Pairs of kinds that may not share an instance, the lower first.
    apart: BTreeSet<(usize, usize)>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(demands: &'a [Demand], anti_affinity: &[(usize, usize)]) -> Self {
        let pairs = anti_affinity.iter();
        Self { demands, apart: pairs.map(|(a, b)| (*a.min(b), *a.max(b))).collect() }
    }

    pub(super) fn classes(&self, kind: usize) -> u32 {
        self.demands[kind].classes
    }

    pub(super) fn amounts(&self, kind: usize) -> &'a Amounts {
        &self.demands[kind].amounts
    }

    /// The kinds that have tasks, largest first. How ECS compares tasks of several resources is not
    /// documented: here a task is as large as the greatest share that it takes of a general-purpose
    /// xlarge, whatever types there are.
    pub(super) fn decreasing(&self, counts: &[u32]) -> Kinds {
        let size = |kind: usize| {
            let shares = self.amounts(kind).iter().zip(XLARGE);
            shares.map(|(amount, all)| u128::from(*amount) * 1_000_000 / u128::from(all)).max()
        };
        let mut kinds: Kinds =
            counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        kinds.sort_by_key(|(kind, _)| (Reverse(size(*kind)), *kind));
        kinds
    }

    /// An instance that runs already.
    pub(super) fn running(&self, pattern: &Pattern, offer: &Offer) -> Bin {
        let mut bin = Bin {
            offer: pattern.offer,
            left: offer.amounts,
            tasks: Vec::new(),
            copies: pattern.copies,
        };
        for (kind, tasks) in &pattern.tasks {
            self.put(&mut bin, *kind, *tasks);
        }
        bin
    }

    /// As many empty instances of an offer as are needed.
    pub(super) fn new_bins(offer: usize, amounts: Amounts) -> Bin {
        Bin { offer, left: amounts, tasks: Vec::new(), copies: u32::MAX }
    }

    /// What the tasks of a bin take.
    pub(super) fn used(&self, bin: &Bin) -> Amounts {
        let mut used = [0; RESOURCES];
        for (kind, tasks) in &bin.tasks {
            for (sum, each) in used.iter_mut().zip(self.amounts(*kind)) {
                *sum += each * u64::from(*tasks);
            }
        }
        used
    }

    /// How many tasks of a kind an empty instance holds.
    pub(super) fn fit(&self, offer: &Offer, kind: usize) -> u32 {
        tasks_on(&self.demands[kind], offer)
    }

    /// How many more tasks of a kind a bin holds.
    fn room_beside(&self, bin: &Bin, class: u32, kind: usize) -> u32 {
        let taken = bin.tasks.iter().any(|(other, _)| {
            let same = *other == kind && self.demands[kind].distinct;
            same || self.apart.contains(&(kind.min(*other), kind.max(*other)))
        });
        if taken || self.classes(kind) & class == 0 {
            0
        } else {
            room(&self.demands[kind], &bin.left)
        }
    }

    fn put(&self, bin: &mut Bin, kind: usize, tasks: u32) {
        for (left, need) in bin.left.iter_mut().zip(self.amounts(kind)) {
            *left = left.saturating_sub(need * u64::from(tasks));
        }
        bin.tasks.push((kind, tasks));
    }

    /// Each kind in turn fills the bins that there are, first to last; what has no place is left.
    /// Bins of unlimited number (see [`Rules::new_bins`]) that stay empty are given back too.
    pub(super) fn first_fit(
        &self,
        offers: &[Offer],
        mut bins: Vec<Bin>,
        kinds: &[(usize, u32)],
    ) -> (Vec<Bin>, Kinds) {
        let mut rest = Kinds::new();
        for (kind, count) in kinds.iter().copied() {
            let mut left = count;
            let mut filled = Vec::with_capacity(bins.len() + 2);
            for mut bin in bins {
                let room = if left == 0 {
                    0
                } else {
                    self.room_beside(&bin, offers[bin.offer].class, kind)
                };
                if room > 0 {
                    let full = (left / room).min(bin.copies);
                    filled.extend(self.with(&bin, kind, room, full));
                    left -= full * room;
                    bin.copies -= full;
                    if left > 0 && bin.copies > 0 {
                        filled.extend(self.with(&bin, kind, left, 1));
                        left = 0;
                        bin.copies -= 1;
                    }
                }
                if bin.copies > 0 {
                    filled.push(bin);
                }
            }
            bins = filled;
            if left > 0 {
                rest.push((kind, left));
            }
        }
        (bins, rest)
    }

    /// `copies` of a bin with `tasks` more tasks of a kind on each.
    fn with(&self, bin: &Bin, kind: usize, tasks: u32, copies: u32) -> Option<Bin> {
        let mut bin = Bin { copies, ..bin.clone() };
        self.put(&mut bin, kind, tasks);
        (copies > 0).then_some(bin)
    }
}

/// How many tasks of a kind one empty instance of an offer holds.
pub fn tasks_on(demand: &Demand, offer: &Offer) -> u32 {
    if demand.classes & offer.class == 0 { 0 } else { room(demand, &offer.amounts) }
}

fn room(demand: &Demand, left: &Amounts) -> u32 {
    let by_resource = left.iter().zip(demand.amounts).filter(|(_, need)| *need > 0);
    let most = by_resource.map(|(have, need)| have / need).min().unwrap_or(0);
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    if demand.distinct { most.min(1) } else { most }
}
