//! Exact plans of small fleets: the least cost of each share that a zone can have (`states`),
//! and the shares that cost least together.
//!
//! A zone's share has a fixed number of each `spread` kind's tasks, or one more; kinds that are
//! not spread are shared out freely. If all shares' costs are known, the cheapest way to share
//! out all tasks is found zone by zone. They need not all be known: a share matters only as long
//! as what it costs at least, with the least that the other zones can add, stays below the best
//! fleet so far. So the shares that matter are searched a little further in each round, and after
//! each round the least sum of what shares cost at least bounds every fleet.
//!
//! Costs are counted in multiples of the greatest common divisor of all prices, shifted; the
//! bits below count instances. So of equal costs the fewest instances are found.

use super::best::Best;
use super::bound::PROVEN_BITS;
use super::fleet::Load;
use super::full_loads::{FullLoads, Wanted};
use super::reduce::Model;
use super::states::Spent;
use super::work::Meter;
use super::zone_shares::{Group, Share, Shared, least_worth, shared_kinds, useful_choices};
use super::zoned::standing_groups;

/// Most kinds, and most tasks.
const MOST_KINDS: usize = 24;
const MOST_TASKS: u64 = 24_000;
/// Most full fillings in all groups.
const MOST_FILLINGS: usize = 40_000;
/// Most parts of fillings of one choice that are looked at to list them.
const MOST_NODES: usize = 400_000;
/// Most steps to compare all ways to share out once.
const MOST_FOLD: usize = 16_000_000;
/// Kinds and tasks up to which an exact plan is likely, and how much of the budget may be spent
/// on one beyond.
const HOPEFUL: (usize, u32) = (8, 300);
const ELSE_PERCENT: u64 = 10;
/// What cannot be.
const NEVER: u64 = u64::MAX >> 2;
/// How far shares are searched in each round, as parts of what is open.
const ROUNDS: [(u64, u64); 8] = [(1, 4), (1, 3), (1, 2), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)];

/// The whole search.
pub(super) struct Exact<'m> {
    model: &'m Model,
    divisor: u64,
    tie_bits: u32,
    weights: Vec<u64>,
    shared: Vec<Shared>,
    /// How many ways to share out some of it.
    ways: usize,
    groups: Vec<Group>,
    /// The group of each zone.
    group_of: Vec<usize>,
    percent: u64,
}

impl<'m> Exact<'m> {
    /// `None` if the problem is too large. `proven` are worths of a task of each kind in each
    /// zone, with [`PROVEN_BITS`] after the point, at which no filling there is worth more than
    /// its price.
    pub(super) fn of(
        model: &'m Model,
        proven: impl Fn(usize, usize) -> u128,
        cost: u128,
        meter: &mut Meter,
    ) -> Option<Self> {
        let kinds = model.kinds.len();
        let tasks: u64 = model.kinds.iter().map(|kind| u64::from(kind.count)).sum();
        if !(2..=MOST_KINDS).contains(&kinds) || tasks > MOST_TASKS {
            return None;
        }
        let divisor = model.divisor;
        // No fleet considered has more instances than tasks.
        let tie_bits = u64::BITS - tasks.leading_zeros() + 4;
        let within = |cost: u128| cost.leading_zeros() > 70 + tie_bits;
        let all_within = model.choices.iter().all(|it| within(u128::from(it.price / divisor)));
        if !within(cost / u128::from(divisor)) || !all_within {
            return None;
        }
        let weigh = |price: u64| ((price / divisor) << tie_bits) + 1;
        let weights: Vec<u64> = model.choices.iter().map(|choice| weigh(choice.price)).collect();
        let (shared, ways) = shared_kinds(model, model.is_spread())?;
        let worth_in = |zone: usize| -> Option<Vec<u64>> {
            let scaled = |kind: usize| (proven(kind, zone) << tie_bits) / u128::from(divisor);
            let worth = |kind: usize| u64::try_from(scaled(kind) >> PROVEN_BITS).ok();
            (0..kinds).map(worth).collect()
        };
        let places = if model.is_spread() { model.zones } else { 1 };
        let worths: Option<Vec<Vec<u64>>> = (0..places).map(worth_in).collect();
        let worths = worths?;
        // What a fleet that is better than known can waste at most.
        let limit = (u64::try_from(cost / u128::from(divisor)).ok()? + 1) << tie_bits;
        let spare = limit.saturating_sub(least_worth(model, &worths));
        let mut useful = Vec::new();
        for worth in &worths {
            useful.push(useful_choices(model, worth, &weights, spare, meter)?);
        }
        let mut groups = Vec::new();
        for (zones, choices) in standing_groups(model, |zone, at| useful[zone][at]) {
            let worth = worths[zones[0]].clone();
            groups.push(Group::of(model, &shared, zones, choices, worth)?);
        }
        let tables = groups.len();
        for group in &mut groups {
            group.table.share_room(tables);
        }
        let mut group_of = vec![0; groups.iter().map(|group| group.zones.len()).sum()];
        for (at, group) in groups.iter().enumerate() {
            for &zone in &group.zones {
                *group_of.get_mut(zone)? = at;
            }
        }
        let steps: usize = group_of.iter().map(|&at| groups[at].shares.len() * ways).sum();
        let exact = Self {
            model,
            divisor,
            tie_bits,
            weights,
            shared,
            ways,
            groups,
            group_of,
            percent: 100,
        };
        (steps <= MOST_FOLD && steps <= meter.left(100) / 4).then_some(exact)
    }

    /// Searches until `best` is proven, or `percent` of the budget are spent; where little is to be
    /// hoped for, a small part of it.
    pub(super) fn run(&mut self, best: &mut Best<'_>, meter: &mut Meter, percent: u64) {
        let tasks: u32 = self.model.kinds.iter().fold(0, |sum, it| sum.saturating_add(it.count));
        if self.model.kinds.len() <= HOPEFUL.0 && tasks <= HOPEFUL.1 {
            self.percent = percent;
            self.search(best, meter);
        } else if !meter.is_past(percent.saturating_sub(ELSE_PERCENT)) {
            self.percent = 100;
            let mut own = meter.part(ELSE_PERCENT);
            self.search(best, &mut own);
            meter.add(&own);
        }
    }

    fn search(&mut self, best: &mut Best<'_>, meter: &mut Meter) {
        for (part, of) in ROUNDS {
            let limit = u64::try_from(best.cost() / u128::from(self.divisor)).unwrap_or(0);
            if !self.round(limit << self.tie_bits, part, of, best, meter) {
                break;
            }
        }
        if best.is_proven() {
            self.prefer(best, meter);
        }
    }

    /// Of fleets that cost as little, the one with the fewest instances.
    fn prefer(&mut self, best: &mut Best<'_>, meter: &mut Meter) {
        let cost = u64::try_from(best.cost() / u128::from(self.divisor)).unwrap_or(0);
        for (part, of) in &ROUNDS[3..] {
            let instances: u64 = best.loads.iter().map(|load| u64::from(load.copies)).sum();
            let limit = (cost << self.tie_bits) + instances;
            if !self.round(limit, *part, *of, best, meter) {
                break;
            }
        }
    }

    /// Searches the shares that matter, `part` of the way to `limit`. Whether more can be done.
    fn round(
        &mut self,
        limit: u64,
        part: u64,
        of: u64,
        best: &mut Best<'_>,
        meter: &mut Meter,
    ) -> bool {
        let others: Vec<Vec<u64>> = (0..self.groups.len())
            .filter_map(|group| self.fold(Some(group), limit, meter).pop())
            .collect();
        let mut searched = false;
        for (at, others) in others.iter().enumerate() {
            let wanted = self.wanted(at, others, limit, part, of);
            if wanted.is_empty() {
                continue;
            }
            let Some(reach) = self.list(at, &wanted, meter) else { return false };
            for (share, goal) in wanted {
                let group = &mut self.groups[at];
                let mut state = group.shares[share].state.clone();
                let goal = goal.min(group.total_worth(&state).saturating_add(reach + 1));
                let (low, exact) = group.search(self.tie_bits, self.percent).known(&state);
                if exact || low >= goal {
                    continue;
                }
                searched = true;
                let mut search = group.search(self.tie_bits, self.percent);
                if let Err(Spent) = search.least(&mut state, goal, meter) {
                    // What is known by now counts too.
                    self.conclude(limit, best, meter);
                    return false;
                }
            }
        }
        self.conclude(limit, best, meter) && searched
    }

    /// What follows from all that is known of the shares. Whether a fleet below the limit may be.
    fn conclude(&mut self, limit: u64, best: &mut Best<'_>, meter: &mut Meter) -> bool {
        let folds = self.fold(None, limit, meter);
        let total = folds.last().and_then(|fold| fold.last()).map_or(0, |&total| total.min(limit));
        best.prove(u128::from(total >> self.tie_bits) * u128::from(self.divisor), meter);
        if total < limit
            && let Some(loads) = self.fleet(&folds)
        {
            best.offer(loads, meter);
        }
        total < limit
    }

    /// The shares of a group that matter, and how far to search each.
    fn wanted(
        &mut self,
        at: usize,
        others: &[u64],
        limit: u64,
        part: u64,
        of: u64,
    ) -> Vec<(usize, u64)> {
        let all = self.ways - 1;
        let (tie_bits, percent) = (self.tie_bits, self.percent);
        let group = &mut self.groups[at];
        let mut wanted = Vec::new();
        for share in 0..group.shares.len() {
            let goal = limit.saturating_sub(others[all - group.shares[share].key]);
            let state = group.shares[share].state.clone();
            let (low, exact) = group.search(tie_bits, percent).known(&state);
            if !exact && low < goal {
                wanted.push((share, low + ((goal - low) * part).div_ceil(of)));
            }
        }
        wanted
    }

    /// Lists the fillings that the search needs, or as many as can be: up to which spare.
    fn list(&mut self, at: usize, wanted: &[(usize, u64)], meter: &mut Meter) -> Option<u64> {
        let most = MOST_FILLINGS / self.groups.len();
        let group = &mut self.groups[at];
        group.tabulate(self.model, &self.weights, meter);
        let far = |&(share, goal): &(usize, u64)| {
            goal.saturating_sub(group.total_worth(&group.shares[share].state))
        };
        let mut spare = wanted.iter().map(far).max()?;
        // Too many: a shorter way, if it is further than before.
        for _ in 0..4 {
            if spare <= group.full.spare && !group.full.of_kind.is_empty() {
                break;
            }
            let order = Wanted {
                model: self.model,
                choices: &group.choices[0],
                caps: &group.caps,
                worth: &group.worth,
                weights: &self.weights,
                spare,
                most,
                nodes: MOST_NODES,
            };
            if let Some(full) = FullLoads::of(&order, meter, self.percent) {
                group.full = full;
                break;
            }
            if meter.is_past(self.percent) {
                return None;
            }
            spare = spare / 3 * 2;
        }
        (!group.full.of_kind.is_empty()).then_some(group.full.spare)
    }

    /// What some shares cost at least together: after no zone, after one, and so on; without one
    /// zone of a group, if told so. Sums are left out from which the limit must be reached.
    fn fold(&mut self, without: Option<usize>, limit: u64, meter: &mut Meter) -> Vec<Vec<u64>> {
        let mut without = without;
        let rests: Vec<u64> = (0..self.ways).map(|key| self.rest(key)).collect();
        let zones = self.group_of.iter();
        let mut to_come: u64 = zones.map(|&at| self.groups[at].base_worth()).sum();
        let mut folds = vec![vec![NEVER; self.ways]];
        folds[0][0] = 0;
        for zone in 0..self.group_of.len() {
            let at = self.group_of[zone];
            if without == Some(at) {
                without = None;
                continue;
            }
            let costs = self.costs(at);
            let group = &self.groups[at];
            to_come -= group.base_worth();
            let before = &folds[folds.len() - 1];
            let mut after = vec![NEVER; self.ways];
            let mut steps = self.ways;
            for (key, &sum) in before.iter().enumerate().filter(|(_, sum)| **sum < NEVER) {
                steps += group.shares.len();
                for (share, cost) in group.shares.iter().zip(&costs) {
                    let next = key + share.key;
                    if next < self.ways && self.adds(key, share) {
                        let sum = sum.saturating_add(*cost);
                        if sum.saturating_add(rests[next]).saturating_add(to_come) < limit {
                            after[next] = after[next].min(sum);
                        }
                    }
                }
            }
            meter.spend(steps);
            folds.push(after);
        }
        folds
    }

    /// What the tasks that are not yet shared out are worth at least.
    fn rest(&self, key: usize) -> u64 {
        let each = self.shared.iter().map(|shared| {
            let so_far = key / shared.stride % (usize::from(shared.tasks) + 1);
            let left = u64::try_from(usize::from(shared.tasks) - so_far).unwrap_or(0);
            let worths = self.groups.iter().map(|group| group.worth[shared.kind]);
            left * worths.min().unwrap_or(0)
        });
        each.sum()
    }

    /// Whether so much more is there to be shared out.
    fn adds(&self, key: usize, share: &Share) -> bool {
        self.shared.iter().zip(&share.tasks).all(|(shared, &tasks)| {
            let so_far = key / shared.stride % (usize::from(shared.tasks) + 1);
            so_far + usize::from(tasks) <= usize::from(shared.tasks)
        })
    }

    /// What each share of the group costs at least.
    fn costs(&mut self, at: usize) -> Vec<u64> {
        let (tie_bits, percent) = (self.tie_bits, self.percent);
        let group = &mut self.groups[at];
        let states: Vec<Vec<u16>> = group.shares.iter().map(|it| it.state.clone()).collect();
        let search = group.search(tie_bits, percent);
        states.iter().map(|state| search.known(state).0).collect()
    }

    /// The fleet of the cheapest shares, if they are all known.
    fn fleet(&mut self, folds: &[Vec<u64>]) -> Option<Vec<Load>> {
        let mut key = self.ways - 1;
        let mut loads = Vec::new();
        for zone in (0..self.group_of.len()).rev() {
            let at = self.group_of[zone];
            let costs = self.costs(at);
            let fits = |(share, cost): &(&Share, u64)| {
                key >= share.key
                    && self.adds(key - share.key, share)
                    && folds[zone][key - share.key].saturating_add(*cost) == folds[zone + 1][key]
            };
            let group = &self.groups[at];
            let (share, _) = group.shares.iter().zip(costs).find(fits)?;
            key -= share.key;
            let (state, mut left) = (share.state.clone(), share.counts.clone());
            let (tie_bits, percent) = (self.tie_bits, self.percent);
            let group = &mut self.groups[at];
            let fleet = group.search(tie_bits, percent).fleet(&state)?;
            let place = group.zones.iter().position(|&of| of == zone)?;
            for (choice, tasks) in fleet {
                let rank = group.choices[0].iter().position(|&of| of == choice)?;
                let choice = *group.choices[place].get(rank)?;
                let tasks = group.told_apart(&tasks, &mut left);
                let lowest = self.model.choices[choice].zones.trailing_zeros();
                let stands = self.model.choices[choice].stands_in(zone);
                let zone = if stands { zone } else { usize::try_from(lowest).ok()? };
                loads.push(Load { choice, zone, tasks, copies: 1 });
            }
        }
        Some(loads)
    }
}
