//! Bounds and plans of zones that differ, from their own programs (see `zoned`).

use super::Problem;
use super::best::Best;
use super::bound::{Order, PROVEN_BITS};
use super::columns::{Column, Relaxed, generate};
use super::fleet::Load;
use super::reduce::{Kind, Model};
use super::work::Meter;
use super::zoned::{Part, Zoned};

/// How finely shares are measured in the programs: counts are multiples of it.
const SCALE: u32 = 64;

/// What the programs of the zones say.
pub(super) struct Prices {
    /// No fleet costs less.
    pub(super) bound: u128,
    /// What a task of each kind costs in each group.
    each: Vec<Vec<f64>>,
    /// What a task of each kind is worth at least in each group (see [`Relaxed::proven`]).
    pub(super) proven: Vec<Vec<u128>>,
    /// What a task of each kind costs, in the mean.
    pub(super) mean: Vec<f64>,
    /// Choices with a filling worth almost its price.
    pub(super) close: Vec<usize>,
    /// Fillings that the programs use.
    known: Vec<Column>,
}

impl Zoned<'_> {
    /// The programs' prices, and the bound that follows from them.
    ///
    /// **The bound.** Let no filling of any offer in zone `z`, with at most a zone's largest
    /// share of each spread kind, be worth more than the offer's price when a task of kind `k` is
    /// worth `p[k][z]`, with one `p[k]` for all zones if `k` is not spread. Every instance of a
    /// fleet is such a filling, so the fleet costs at least what all its tasks are worth where
    /// they stand. A kind that is not spread is worth `count * p[k]`; a spread one `floor` tasks
    /// in every zone, and one more in as many zones as there are tasks left over: at least the
    /// cheapest of those where it can stand. The `p` are Farley's (see `bound`), in integers.
    ///
    /// Zones with equal offers have equal `p`. How the tasks left over are shared out among the
    /// zones only guides the programs: evenly at first, then where they were cheapest.
    pub(super) fn prices(&self, meter: &mut Meter, percent: u64) -> Option<Prices> {
        let places: Vec<usize> = self.groups.iter().map(|group| group.zones[0]).collect();
        let most = |kind: usize, group: usize| {
            let it = &self.model.kinds[kind];
            if self.reaches(kind, group) { it.floor + u32::from(it.extras > 0) } else { 0 }
        };
        let parts = self.parts(&places, most)?;
        let own = percent / u64::try_from(parts.len()).unwrap_or(1).max(1);
        let mut meters = vec![meter.partial(own); parts.len()];
        let mut known: Vec<Vec<Column>> = vec![Vec::new(); parts.len()];
        let mut best: Option<Prices> = None;
        // The second time from where the first ended, and only if that left time.
        for (percent, from_resources) in [(100, true), (140, false)] {
            let mut relaxed = Vec::new();
            for ((part, known), meter) in parts.iter().zip(&mut known).zip(&mut meters) {
                let wanted = |&(kind, place): &(usize, Option<usize>)| match place {
                    Some(group) => {
                        let prices = best.as_ref().map(|best| &best.each[kind][..]);
                        self.wanted(kind, group, prices)
                    }
                    None => self.model.kinds[kind].count.saturating_mul(SCALE),
                };
                let order = Order {
                    wanted: part.kinds.iter().map(wanted).collect(),
                    from_resources,
                    ..Order::all(&part.model, percent)
                };
                let found = generate(&part.model, &order, known, meter);
                if let Some(found) = &found {
                    *known = found.used.iter().map(|(column, _)| column.clone()).collect();
                }
                relaxed.push(found);
            }
            let found = self.conclude(&parts, &relaxed);
            if best.as_ref().is_none_or(|best| found.bound > best.bound) {
                best = Some(found);
            }
            let extras = self.model.kinds.iter().any(|kind| kind.spread && kind.extras > 0);
            if !extras || meters.iter().any(|meter| meter.is_past(70)) {
                break;
            }
        }
        for its in &meters {
            meter.add(its);
        }
        let mut best = best?;
        for (part, known) in parts.iter().zip(known) {
            for column in known {
                let choice = part.offers[part.model.choices[column.choice].offer].0;
                let tasks = column.tasks.iter().map(|&(kind, n)| (part.kinds[kind].0, n));
                best.known.push(Column { choice, tasks: tasks.collect() });
            }
        }
        Some(best)
    }

    /// How many tasks of a spread kind the program has in a group, in parts of [`SCALE`]: never
    /// none, so that the kind has a price.
    fn wanted(&self, kind: usize, group: usize, prices: Option<&[f64]>) -> u32 {
        let it = &self.model.kinds[kind];
        let size = |group: usize| u32::try_from(self.groups[group].zones.len()).unwrap_or(1);
        let reached = |group: &usize| self.reaches(kind, *group);
        let mut extra = it.extras * SCALE;
        match prices {
            None => {
                let zones: u32 = (0..self.groups.len()).filter(reached).map(size).sum();
                extra = extra * size(group) / zones.max(1);
            }
            Some(prices) => {
                // The groups where a task is cheaper are served first.
                let cheaper = |&other: &usize| {
                    (prices[other], other) < (prices[group], group) && self.reaches(kind, other)
                };
                let before: u32 = (0..self.groups.len()).filter(cheaper).map(size).sum();
                extra = it.extras.saturating_sub(before).min(size(group)) * SCALE;
            }
        }
        it.floor.saturating_mul(size(group)).saturating_mul(SCALE).saturating_add(extra).max(1)
    }

    /// Brings the parts' prices together.
    fn conclude(&self, parts: &[Part], relaxed: &[Option<Relaxed>]) -> Prices {
        let kinds = self.model.kinds.len();
        let mut proven = vec![vec![0_u128; self.groups.len()]; kinds];
        let mut each = vec![vec![0.0_f64; self.groups.len()]; kinds];
        let mut close = Vec::new();
        for (part, relaxed) in parts.iter().zip(relaxed) {
            // Without a program every kind has a free offer and is worth nothing.
            let Some(relaxed) = relaxed else { continue };
            for (at, &(kind, place)) in part.kinds.iter().enumerate() {
                for group in place.map_or(0..self.groups.len(), |place| place..place + 1) {
                    proven[kind][group] = relaxed.proven[at];
                    each[kind][group] = relaxed.prices[at];
                }
            }
            let choice = |&at: &usize| part.offers[part.model.choices[at].offer].0;
            close.extend(relaxed.close.iter().map(choice));
        }
        close.sort_unstable();
        close.dedup();
        let mut sum = 0_u128;
        let mut mean = vec![0.0; kinds];
        for (kind, it) in self.model.kinds.iter().enumerate() {
            let mut here: Vec<(u128, f64)> = Vec::new();
            for (group, its) in self.groups.iter().enumerate() {
                if !it.spread || self.reaches(kind, group) {
                    let zone = (proven[kind][group], each[kind][group]);
                    here.extend(its.zones.iter().map(|_| zone));
                }
            }
            here.sort_unstable_by_key(|zone| zone.0);
            let zones = u32::try_from(here.len()).unwrap_or(1).max(1);
            mean[kind] = here.iter().map(|zone| zone.1).sum::<f64>() / f64::from(zones);
            let tasks = |rank: usize| {
                let extra = u32::try_from(rank).is_ok_and(|rank| rank < it.extras);
                match (it.spread, rank) {
                    (true, _) => it.floor + u32::from(extra),
                    (false, 0) => it.count,
                    (false, _) => 0,
                }
            };
            for (rank, zone) in here.iter().enumerate() {
                // A sum that ends at the greatest number is too low, never too high.
                sum = sum.saturating_add(zone.0.saturating_mul(u128::from(tasks(rank))));
            }
        }
        let bound = self.model.whole_cost(sum, PROVEN_BITS);
        Prices { bound, each, proven, mean, close, known: Vec::new() }
    }

    /// How many tasks of each spread kind go to each zone: those left over where they are
    /// cheapest, and among such zones where least is so far.
    fn shares(&self, prices: &Prices) -> Vec<Vec<u32>> {
        let mut group_of = vec![0; self.model.zones];
        for (group, its) in self.groups.iter().enumerate() {
            for &zone in &its.zones {
                group_of[zone] = group;
            }
        }
        let mut so_far = vec![0.0_f64; self.model.zones];
        let share = |(kind, it): (usize, &Kind)| {
            let mut zones: Vec<usize> = (0..self.model.zones).collect();
            zones.retain(|&zone| self.reaches(kind, group_of[zone]));
            let price = |zone: usize| prices.each[kind][group_of[zone]];
            zones.sort_by(|&a, &b| {
                price(a).total_cmp(&price(b)).then(so_far[a].total_cmp(&so_far[b]))
            });
            let mut share = vec![it.floor; self.model.zones];
            for &zone in zones.iter().take(usize::try_from(it.extras).unwrap_or(0)) {
                share[zone] += 1;
                so_far[zone] += price(zone);
            }
            share
        };
        self.model.kinds.iter().enumerate().map(share).collect()
    }

    /// A fleet from plans of the zones, and what no fleet costs less than. `plan` makes a fleet
    /// and a bound for a problem without zones, and is given its share of the budget.
    pub(super) fn plan(
        &self,
        prices: &Prices,
        plan: impl for<'m> Fn(&'m Model, &[Column], &mut Meter) -> Best<'m>,
        meter: &mut Meter,
        percent: u64,
    ) -> Option<(Vec<Load>, u128)> {
        let shares = self.shares(prices);
        let places: Vec<usize> = (0..self.model.zones).collect();
        let parts = self.parts(&places, |kind, zone| shares[kind][zone])?;
        let mut loads = Vec::new();
        let mut bound = 0_u128;
        let mut planned: Vec<(&Problem, Vec<Load>, u128)> = Vec::new();
        let left = u64::try_from(parts.len()).unwrap_or(1).max(1);
        for part in &parts {
            let seen = planned.iter().position(|(problem, ..)| **problem == part.problem);
            let at = seen.unwrap_or_else(|| {
                let mut own = meter.partial(percent / left);
                let best = plan(&part.model, &part.translated(&prices.known), &mut own);
                meter.add(&own);
                planned.push((&part.problem, best.loads, best.bound));
                planned.len() - 1
            });
            let (_, its, proven) = &planned[at];
            bound = bound.saturating_add(*proven);
            for load in its {
                let (choice, zone) = part.offers[part.model.choices[load.choice].offer];
                let mut tasks: Vec<(usize, u32)> =
                    load.tasks.iter().map(|&(kind, n)| (part.kinds[kind].0, n)).collect();
                tasks.sort_unstable();
                loads.push(Load { choice, zone, tasks, copies: load.copies });
            }
        }
        // With no task left over the shares are those of every fleet, and so is the bound.
        let fixed = self.model.kinds.iter().all(|kind| !kind.spread || kind.extras == 0);
        Some((loads, if fixed { bound } else { 0 }))
    }
}
