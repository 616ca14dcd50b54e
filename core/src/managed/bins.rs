//! First-fit decreasing within one zone: bins, and what they hold.
//!
//! Equal bins are one [`Bin`] with a number of copies, so that the work grows with the kinds of
//! task, not with their count. A prediction packs a zone on hundreds of types, and advice predicts
//! hundreds of times: bins are plain numbers, and their tasks are chains in one list.

use crate::packing::{Amounts, Demand, Offer, Pattern};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Kinds of task with how many are to be placed, largest first.
pub(super) type Kinds = Vec<(usize, u32)>;

/// What a general-purpose xlarge has: 4 vCPUs, 16 GiB, 20 trunked ENIs; and one GPU as its GPU
/// siblings have.
const XLARGE: Amounts = [4096, 16_384, 20, 1];

/// Equal instances of a zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bin {
    pub(super) offer: usize,
    pub(super) copies: u32,
    /// What is left of the instance.
    pub(super) left: Amounts,
    /// The class of the instance, and the classes on which all its tasks run.
    class: u32,
    pub(super) classes: u32,
    /// The end of the chain of its tasks.
    last: Option<u32>,
}

impl Bin {
    pub(super) fn is_empty(&self) -> bool {
        self.last.is_none()
    }
}

/// Tasks of one kind on a bin, and what stands on it besides.
#[derive(Debug, Clone, Copy)]
struct Link {
    kind: usize,
    tasks: u32,
    before: Option<u32>,
}

/// Bins with their tasks.
#[derive(Debug, Clone, Default)]
pub(super) struct Bins {
    pub(super) all: Vec<Bin>,
    links: Vec<Link>,
    spare: Vec<Bin>,
}

impl Bins {
    /// As many new, empty instances of an offer as are needed.
    pub(super) fn unlimited(offer: usize, facts: &Offer) -> Self {
        let mut bins = Self::default();
        bins.open(offer, facts, u32::MAX);
        bins
    }

    /// Instances that run already, with what is on them.
    pub(super) fn running<'p>(
        rules: &Rules<'_>,
        offers: &[Offer],
        patterns: impl Iterator<Item = &'p Pattern>,
    ) -> Self {
        let mut bins = Self::default();
        for pattern in patterns {
            bins.open(pattern.offer, &offers[pattern.offer], pattern.copies);
            let Some(mut bin) = bins.all.pop() else { continue };
            for (kind, tasks) in &pattern.tasks {
                bins.put(rules, &mut bin, *kind, *tasks);
            }
            bins.all.push(bin);
        }
        bins
    }

    fn open(&mut self, offer: usize, facts: &Offer, copies: u32) {
        let (left, class) = (facts.amounts, facts.class);
        self.all.push(Bin { offer, copies, left, class, classes: u32::MAX, last: None });
    }

    /// Those that hold something.
    pub(super) fn filled(&self) -> impl Iterator<Item = &Bin> {
        self.all.iter().filter(|bin| !bin.is_empty())
    }

    pub(super) fn pattern(&self, bin: &Bin, zone: usize) -> Pattern {
        let mut tasks: Vec<(usize, u32)> = Vec::new();
        for (kind, count) in self.tasks(bin) {
            match tasks.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, counted)) => *counted += count,
                None => tasks.push((kind, count)),
            }
        }
        tasks.sort_unstable();
        Pattern { offer: bin.offer, zone, tasks, copies: bin.copies }
    }

    fn tasks(&self, bin: &Bin) -> impl Iterator<Item = (usize, u32)> {
        let link = |at: Option<u32>| at.and_then(|at| self.links.get(at as usize));
        let chain = std::iter::successors(link(bin.last), move |it| link(it.before));
        chain.map(|link| (link.kind, link.tasks))
    }

    fn put(&mut self, rules: &Rules<'_>, bin: &mut Bin, kind: usize, tasks: u32) {
        let demand = &rules.demands[kind];
        for (left, need) in bin.left.iter_mut().zip(demand.amounts) {
            *left = left.saturating_sub(need * u64::from(tasks));
        }
        bin.classes &= demand.classes;
        let before = bin.last;
        bin.last = u32::try_from(self.links.len()).ok();
        self.links.push(Link { kind, tasks, before });
    }

    /// Each kind in turn fills the bins that there are, first to last; what has no place is given
    /// back.
    pub(super) fn first_fit(&mut self, rules: &Rules<'_>, kinds: &[(usize, u32)]) -> Kinds {
        let mut rest = Kinds::new();
        for (kind, count) in kinds.iter().copied() {
            let mut left = count;
            let mut bins = std::mem::take(&mut self.spare);
            std::mem::swap(&mut bins, &mut self.all);
            for mut bin in bins.drain(..) {
                let room = if left == 0 { 0 } else { self.room_beside(rules, &bin, kind) };
                if let Some(bins) = left.checked_div(room) {
                    let full = bins.min(bin.copies);
                    self.split(rules, &bin, kind, room, full);
                    left -= full * room;
                    bin.copies -= full;
                    if left > 0 && bin.copies > 0 {
                        self.split(rules, &bin, kind, left, 1);
                        left = 0;
                        bin.copies -= 1;
                    }
                }
                if bin.copies > 0 {
                    self.all.push(bin);
                }
            }
            self.spare = bins;
            if left > 0 {
                rest.push((kind, left));
            }
        }
        rest
    }

    /// `copies` of a bin with `tasks` more tasks of a kind on each.
    fn split(&mut self, rules: &Rules<'_>, bin: &Bin, kind: usize, tasks: u32, copies: u32) {
        if copies > 0 {
            let mut bin = Bin { copies, ..*bin };
            self.put(rules, &mut bin, kind, tasks);
            self.all.push(bin);
        }
    }

    /// How many more tasks of a kind a bin holds.
    fn room_beside(&self, rules: &Rules<'_>, bin: &Bin, kind: usize) -> u32 {
        let demand = &rules.demands[kind];
        if demand.classes & bin.class == 0 {
            return 0;
        }
        if demand.distinct || !rules.apart.is_empty() {
            let taken = self.tasks(bin).any(|(other, _)| {
                let same = other == kind && demand.distinct;
                same || rules.apart.contains(&(kind.min(other), kind.max(other)))
            });
            if taken {
                return 0;
            }
        }
        room(demand, &bin.left)
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

    /// The kinds that have tasks, largest first. How ECS compares tasks of several resources is not
    /// documented: here a task is as large as the greatest share that it takes of a general-purpose
    /// xlarge, whatever types there are.
    pub(super) fn decreasing(&self, counts: &[u32]) -> Kinds {
        let size = |kind: usize| {
            let shares = self.demands[kind].amounts.iter().zip(XLARGE);
            shares.map(|(amount, all)| u128::from(*amount) * 1_000_000 / u128::from(all)).max()
        };
        let mut kinds: Kinds =
            counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        kinds.sort_by_key(|(kind, _)| (Reverse(size(*kind)), *kind));
        kinds
    }

    /// How many tasks of a kind an empty instance holds.
    pub(super) fn fit(&self, offer: &Offer, kind: usize) -> u32 {
        tasks_on(&self.demands[kind], offer)
    }
}

/// How many tasks of a kind one empty instance of an offer holds.
pub fn tasks_on(demand: &Demand, offer: &Offer) -> u32 {
    if demand.classes & offer.class == 0 { 0 } else { room(demand, &offer.amounts) }
}

fn room(demand: &Demand, left: &Amounts) -> u32 {
    let mut most = u64::from(u32::MAX);
    let mut takes = false;
    for (have, need) in left.iter().zip(demand.amounts) {
        if let Some(tasks) = have.checked_div(need) {
            takes = true;
            most = most.min(tasks);
        }
    }
    let most = if takes { u32::try_from(most).unwrap_or(u32::MAX) } else { 0 };
    if demand.distinct { most.min(1) } else { most }
}
