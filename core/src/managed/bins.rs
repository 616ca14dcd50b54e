//! First-fit decreasing within one zone, and the type that each bin gets.
//!
//! Equal bins are one [`Bin`] with a number of copies, so that the work grows with the kinds of
//! task, not with their count.

use crate::packing::{Amounts, Pattern, Problem, RESOURCES};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Equal instances of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bin {
    offer: usize,
    left: Amounts,
    /// `(kind, tasks)` in the order of packing.
    tasks: Vec<(usize, u32)>,
    copies: u32,
}

impl Bin {
    pub(super) fn pattern(&self, zone: usize) -> Pattern {
        let mut tasks = self.tasks.clone();
        tasks.sort_unstable();
        Pattern { offer: self.offer, zone, tasks, copies: self.copies }
    }

    fn used(&self, problem: &Problem) -> Amounts {
        let mut used = [0; RESOURCES];
        for (kind, tasks) in &self.tasks {
            for (resource, amount) in used.iter_mut().enumerate() {
                let each = problem.demands[*kind].amounts[resource];
                *amount += each * u64::from(*tasks);
            }
        }
        used
    }
}

/// What one zone comes to with each template: the offer that bins are as large as.
#[derive(Debug, Clone, Default)]
pub(super) struct Templates {
    best: Vec<Bin>,
    /// The templates whose fleet costs as much as the best, in the order of offers.
    tied: Vec<(usize, Vec<Bin>)>,
}

impl Templates {
    pub(super) fn best(&self) -> &[Bin] {
        &self.best
    }

    pub(super) fn tied(&self) -> impl Iterator<Item = usize> {
        self.tied.iter().map(|(template, _)| *template)
    }

    pub(super) fn tied_with(&self, template: usize) -> Option<&[Bin]> {
        self.tied.iter().find(|(each, _)| *each == template).map(|(_, bins)| bins.as_slice())
    }
}

/// Packs `counts` tasks of each kind on the given offers.
pub(super) fn pack_zone(
    problem: &Problem,
    compute_prices: &[NanoUsdPerHour],
    counts: &[u32],
    offers: &[usize],
) -> Templates {
    let pairs = problem.anti_affinity.iter();
    let apart = pairs.map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    let zone = Zone { problem, compute_prices, offers, apart };
    let templates = zone.templates();
    let mut rest = zone.decreasing(counts);
    let mut all = Templates::default();
    let mut first_round = true;
    // A template may be too small for some kinds, or of another architecture: those are packed
    // with a template of their own, beginning with the largest.
    while let Some((kind, _)) = rest.first().copied() {
        let mut fleets: Vec<(u128, usize, Vec<Bin>)> = Vec::new();
        for template in templates.iter().copied().filter(|offer| zone.fit(*offer, kind) > 0) {
            let (held, others) = zone.partition(template, &rest);
            let bins = zone.retyped(zone.first_fit(template, &held));
            let price = zone.price(&bins) + zone.at_least(&others);
            fleets.push((price, template, bins));
        }
        fleets.sort_by_key(|(price, template, _)| (*price, *template));
        let Some((least, template, bins)) = fleets.first().cloned() else {
            rest.remove(0);
            first_round = false;
            continue;
        };
        let (_, others) = zone.partition(template, &rest);
        if first_round && others.is_empty() {
            let tied = fleets.into_iter().take_while(|(price, ..)| *price == least);
            all.tied = tied
                .filter(|(_, template, _)| zone.partition(*template, &rest).1.is_empty())
                .map(|(_, template, bins)| (template, bins))
                .collect();
        }
        all.best.extend(bins);
        rest = others;
        first_round = false;
    }
    all
}

struct Zone<'a> {
    problem: &'a Problem,
    compute_prices: &'a [NanoUsdPerHour],
    offers: &'a [usize],
    /// Pairs of kinds that may not share an instance, the lower first.
    apart: BTreeSet<(usize, usize)>,
}

type Kinds = Vec<(usize, u32)>;

impl Zone<'_> {
    /// The kinds that have tasks, largest first: by the greatest share that a task takes of what
    /// the largest instance has of any resource.
    fn decreasing(&self, counts: &[u32]) -> Kinds {
        let mut largest = [1; RESOURCES];
        for offer in self.offers {
            for (most, amount) in largest.iter_mut().zip(self.problem.offers[*offer].amounts) {
                *most = amount.max(*most);
            }
        }
        // In millionths: a finer order would tell apart what no packing can.
        let size = |kind: usize| {
            let amounts = self.problem.demands[kind].amounts;
            let shares = amounts.iter().zip(largest);
            shares.map(|(amount, most)| u128::from(*amount) * 1_000_000 / u128::from(most)).max()
        };
        let mut kinds: Kinds =
            counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        kinds.sort_by_key(|(kind, _)| (Reverse(size(*kind)), *kind));
        kinds
    }

    /// The offers that are worth being a template: no other of their class holds as much of
    /// everything for less, or more for as much.
    fn templates(&self) -> Vec<usize> {
        let dominates = |other: usize, offer: usize| {
            let (a, b) = (&self.problem.offers[other], &self.problem.offers[offer]);
            let prices = (self.compute_prices[other], self.compute_prices[offer]);
            let holds = a.amounts.iter().zip(b.amounts).all(|(a, b)| *a >= b);
            let better = prices.0 < prices.1 || a.amounts != b.amounts || other < offer;
            a.class == b.class && holds && prices.0 <= prices.1 && better
        };
        let offers = self.offers.iter().copied();
        let kept = offers.filter(|offer| {
            !self.offers.iter().any(|other| other != offer && dominates(*other, *offer))
        });
        kept.collect()
    }

    fn partition(&self, template: usize, kinds: &[(usize, u32)]) -> (Kinds, Kinds) {
        kinds.iter().partition(|(kind, _)| self.fit(template, *kind) > 0)
    }

    /// How many tasks of a kind an empty instance holds.
    fn fit(&self, offer: usize, kind: usize) -> u32 {
        let offer = &self.problem.offers[offer];
        if self.problem.demands[kind].classes & offer.class == 0 {
            return 0;
        }
        self.room(&offer.amounts, kind)
    }

    fn room(&self, left: &Amounts, kind: usize) -> u32 {
        let demand = &self.problem.demands[kind];
        let by_resource = left.iter().zip(demand.amounts).filter(|(_, need)| *need > 0);
        let most = by_resource.map(|(have, need)| have / need).min().unwrap_or(0);
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        if demand.distinct { most.min(1) } else { most }
    }

    /// How many more tasks of a kind a bin holds.
    fn room_beside(&self, bin: &Bin, kind: usize) -> u32 {
        let taken = bin.tasks.iter().any(|(other, _)| {
            let same = *other == kind && self.problem.demands[kind].distinct;
            same || self.apart.contains(&(kind.min(*other), kind.max(*other)))
        });
        if taken { 0 } else { self.room(&bin.left, kind) }
    }

    fn put(&self, bin: &mut Bin, kind: usize, tasks: u32) {
        for (left, need) in bin.left.iter_mut().zip(self.problem.demands[kind].amounts) {
            *left = left.saturating_sub(need * u64::from(tasks));
        }
        bin.tasks.push((kind, tasks));
    }

    /// Each kind in turn fills the bins that there are, first to last, then opens new ones.
    fn first_fit(&self, template: usize, kinds: &[(usize, u32)]) -> Vec<Bin> {
        let mut bins: Vec<Bin> = Vec::new();
        for (kind, count) in kinds.iter().copied() {
            let mut left = count;
            let mut filled = Vec::new();
            let empty = Bin {
                offer: template,
                left: self.problem.offers[template].amounts,
                tasks: Vec::new(),
                copies: u32::MAX,
            };
            for mut bin in bins.into_iter().chain([empty]) {
                let room = self.room_beside(&bin, kind);
                if room > 0 && left > 0 {
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
                if !bin.tasks.is_empty() && bin.copies > 0 {
                    filled.push(bin);
                }
            }
            bins = filled;
        }
        bins
    }

    /// `copies` of a bin with `tasks` more tasks of a kind on each.
    fn with(&self, bin: &Bin, kind: usize, tasks: u32, copies: u32) -> Option<Bin> {
        let mut bin = Bin { copies, ..bin.clone() };
        self.put(&mut bin, kind, tasks);
        (copies > 0).then_some(bin)
    }

    /// Each bin on the offer with the lowest price that holds it; of equal ones, the smaller.
    fn retyped(&self, mut bins: Vec<Bin>) -> Vec<Bin> {
        for bin in &mut bins {
            let used = bin.used(self.problem);
            let holds = |offer: &usize| {
                let offer = &self.problem.offers[*offer];
                let classes = |(kind, _): &(usize, u32)| {
                    self.problem.demands[*kind].classes & offer.class != 0
                };
                offer.amounts.iter().zip(used).all(|(have, need)| *have >= need)
                    && bin.tasks.iter().all(classes)
            };
            let fitting = self.offers.iter().copied().filter(holds);
            let cheapest = fitting.min_by_key(|offer| (self.compute_prices[*offer], *offer));
            bin.offer = cheapest.unwrap_or(bin.offer);
        }
        bins
    }

    fn price(&self, bins: &[Bin]) -> u128 {
        let price =
            |bin: &Bin| u128::from(self.compute_prices[bin.offer].0) * u128::from(bin.copies);
        bins.iter().map(price).sum()
    }

    /// What kinds that the template does not hold cost at least, each by itself.
    fn at_least(&self, kinds: &[(usize, u32)]) -> u128 {
        let least = |(kind, count): &(usize, u32)| {
            let prices = self.offers.iter().filter_map(|offer| {
                let fit = u128::from(self.fit(*offer, *kind));
                let price = u128::from(self.compute_prices[*offer].0);
                (price * u128::from(*count)).checked_div(fit)
            });
            prices.min().unwrap_or(0)
        };
        kinds.iter().map(least).sum()
    }
}
