//! What can be launched, as ECS looks at it: the offers of each zone, by price. Made once, asked
//! for many workloads.

use super::bins::{Bins, Kinds, Rules};
use crate::packing::{Offer, Pattern, Problem, RESOURCES};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Reverse;

/// The offers of a problem, smaller types first, and the price by which ECS compares each.
#[derive(Debug, Clone)]
pub struct Market {
    pub(super) zones: usize,
    pub(super) offers: Vec<Offer>,
    pub(super) prices: Vec<NanoUsdPerHour>,
    /// For each zone, its place in `shelves`.
    pub(super) shelf_of: Vec<usize>,
    shelves: Vec<Shelf>,
}

/// The offers of zones that offer the same.
#[derive(Debug, Clone)]
struct Shelf {
    /// All of them.
    offers: Vec<usize>,
    /// Those worth being a template: no other of their class holds as much of everything for
    /// less, or more for as much.
    templates: Vec<usize>,
    /// Those that a bin can get, in the order of preference: by price, then the smaller type. An
    /// offer that a preferred one can stand in for in every case is left out.
    preferred: Vec<usize>,
}

/// What one zone comes to with each template: the offer that bins are as large as.
#[derive(Debug, Clone, Default)]
pub(super) struct Templates {
    best: Vec<Pattern>,
    /// The templates whose fleet costs as much as the best, in the order of offers.
    tied: Vec<(usize, Vec<Pattern>)>,
}

impl Templates {
    pub(super) fn best(&self) -> &[Pattern] {
        &self.best
    }

    pub(super) fn tied(&self) -> impl Iterator<Item = usize> {
        self.tied.iter().map(|(template, _)| *template)
    }

    pub(super) fn tied_with(&self, template: usize) -> Option<&[Pattern]> {
        self.tied.iter().find(|(each, _)| *each == template).map(|(_, fleet)| fleet.as_slice())
    }
}

impl Market {
    /// The market of a problem whose offers stand smaller types first; `prices` holds the price by
    /// which ECS compares, for each offer. A resource that no demand of the problem takes does not
    /// count; workloads that are asked for later may not take it either.
    pub fn of(problem: &Problem, prices: &[NanoUsdPerHour]) -> Self {
        let mut offers = problem.offers.clone();
        for resource in 0..RESOURCES {
            if problem.demands.iter().all(|demand| demand.amounts[resource] == 0) {
                for offer in &mut offers {
                    offer.amounts[resource] = 0;
                }
            }
        }
        let zones = problem.zones.max(1);
        let mut shelves: Vec<Shelf> = Vec::new();
        let mut shelf_of = Vec::new();
        for zone in 0..zones {
            let stands = |offer: &usize| offers[*offer].zones >> zone & 1 == 1;
            let here: Vec<usize> = (0..offers.len()).filter(stands).collect();
            let known = shelves.iter().position(|known| known.offers == here);
            shelf_of.push(known.unwrap_or(shelves.len()));
            if known.is_none() {
                shelves.push(Shelf::of(here, &offers, prices));
            }
        }
        Self { zones, offers, prices: prices.to_vec(), shelf_of, shelves }
    }

    /// The offers that can be launched in a zone.
    pub(super) fn offers_in(&self, zone: usize) -> &[usize] {
        &self.shelves[self.shelf_of[zone]].offers
    }

    /// New instances of a zone for tasks that no running one has room for.
    pub(super) fn launch(&self, rules: &Rules<'_>, mut rest: Kinds, zone: usize) -> Templates {
        let stock = &self.shelves[self.shelf_of[zone]];
        let mut all = Templates::default();
        let mut first_round = true;
        // A template may be too small for some kinds, or of another architecture: those are packed
        // with a template of their own, beginning with the largest.
        while let Some((kind, _)) = rest.first().copied() {
            let holds = |offer: &usize| rules.fit(&self.offers[*offer], kind) > 0;
            // What is dearer than the best so far is not looked at to the end.
            let mut fleets: Vec<(u128, usize)> = Vec::new();
            let mut least = u128::MAX;
            for template in stock.templates.iter().copied().filter(holds) {
                let (held, others) = self.partition(rules, template, &rest);
                let beside = self.at_least(rules, stock, &others);
                if let Some((price, _)) = self.packed(rules, stock, template, &held, least, beside)
                {
                    least = least.min(price);
                    fleets.push((price, template));
                }
            }
            let Some((least, template)) = fleets.iter().copied().min() else {
                rest.remove(0);
                first_round = false;
                continue;
            };
            let fleet = |template: usize| -> Vec<Pattern> {
                let (held, _) = self.partition(rules, template, &rest);
                let packed = self.packed(rules, stock, template, &held, u128::MAX, 0);
                let patterns = packed.map(|(_, bins)| {
                    bins.filled().map(|bin| bins.pattern(bin, zone)).collect::<Vec<_>>()
                });
                patterns.unwrap_or_default()
            };
            let (_, others) = self.partition(rules, template, &rest);
            if first_round && others.is_empty() {
                let tied = fleets.iter().filter(|(price, each)| {
                    *price == least && self.partition(rules, *each, &rest).1.is_empty()
                });
                all.tied = tied.map(|(_, template)| (*template, fleet(*template))).collect();
            }
            all.best.extend(fleet(template));
            rest = others;
            first_round = false;
        }
        all
    }

    fn partition(&self, rules: &Rules<'_>, template: usize, kinds: &Kinds) -> (Kinds, Kinds) {
        kinds.iter().partition(|(kind, _)| rules.fit(&self.offers[template], *kind) > 0)
    }

    /// The kinds packed on a template, each bin then on the offer with the lowest price that holds
    /// it, of equal ones the smaller; with what that and `beside` cost. `None` as soon as that is
    /// more than `limit`.
    fn packed(
        &self,
        rules: &Rules<'_>,
        stock: &Shelf,
        template: usize,
        held: &Kinds,
        limit: u128,
        beside: u128,
    ) -> Option<(u128, Bins)> {
        let given = &self.offers[template].amounts;
        let mut bins = Bins::unlimited(template, &self.offers[template]);
        bins.first_fit(rules, held);
        let mut price = beside;
        for bin in bins.all.iter_mut().filter(|bin| !bin.is_empty()) {
            let holds = |offer: &&usize| {
                let offer = &self.offers[**offer];
                let amounts = offer.amounts.iter().zip(given).zip(bin.left);
                bin.classes & offer.class != 0
                    && amounts.into_iter().all(|((have, given), left)| have + left >= *given)
            };
            if let Some(cheapest) = stock.preferred.iter().find(holds) {
                bin.offer = *cheapest;
            }
            price += u128::from(self.prices[bin.offer].0) * u128::from(bin.copies);
            if price > limit {
                return None;
            }
        }
        Some((price, bins))
    }

    /// What kinds that the template does not hold cost at least, each by itself.
    fn at_least(&self, rules: &Rules<'_>, stock: &Shelf, kinds: &Kinds) -> u128 {
        let least = |(kind, count): &(usize, u32)| {
            let prices = stock.templates.iter().filter_map(|offer| {
                let fit = u128::from(rules.fit(&self.offers[*offer], *kind));
                let price = u128::from(self.prices[*offer].0);
                (price * u128::from(*count)).checked_div(fit)
            });
            prices.min().unwrap_or(0)
        };
        kinds.iter().map(least).sum()
    }
}

impl Shelf {
    fn of(here: Vec<usize>, offers: &[Offer], prices: &[NanoUsdPerHour]) -> Self {
        let holds = |other: usize, offer: usize| {
            let (a, b) = (&offers[other], &offers[offer]);
            a.class == b.class && a.amounts.iter().zip(b.amounts).all(|(a, b)| *a >= b)
        };
        // What stands before an offer in the order costs no more, so only that can dominate it.
        let frontier = |mut order: Vec<usize>| {
            let mut kept: Vec<usize> = Vec::new();
            for offer in order.drain(..) {
                if !kept.iter().any(|other| holds(*other, offer)) {
                    kept.push(offer);
                }
            }
            kept
        };
        let mut by_price = here.clone();
        by_price.sort_by_key(|offer| (prices[*offer], *offer));
        let mut by_room = here.clone();
        by_room.sort_by_key(|offer| (prices[*offer], Reverse(offers[*offer].amounts), *offer));
        let mut templates = frontier(by_room);
        templates.sort_unstable();
        Self { templates, preferred: frontier(by_price), offers: here }
    }
}
