//! One instance filled with the most worth: a knapsack with up to four resources.
//!
//! Branch and bound over linear relaxations. Floats find the relaxation's multipliers, and
//! integers say what they prove: for any multipliers `u >= 0` no filling is worth more than
//! `u * room + sum(most * max(0, worth - u * amounts))`, whatever a float's rounding made of `u`.
//! Where few fillings come near that, a list of them settles a part at once (`settle`).

mod settle;
#[cfg(test)]
mod tests;

use super::fleet::Tasks;
use super::proof::narrow;
use super::reduce::{Choice, Model, fit, take};
use super::relaxation::relaxation;
use super::work::Meter;
use super::{Amounts, RESOURCES};
use settle::Proof;

/// An instance to be filled.
pub(super) struct Sack<'a> {
    model: &'a Model,
    room: Amounts,
    items: Vec<Item>,
    /// Most of each item.
    most: Vec<u32>,
    /// Worths for the relaxation.
    worths: Vec<f64>,
    /// Bits after the point of a multiplier in 64-bit sums; none if these do not suffice.
    narrow: Option<u32>,
}

/// A kind of task that may be taken.
pub(super) struct Item {
    kind: usize,
    pub(super) amounts: Amounts,
    sizes: [f64; RESOURCES],
    pub(super) worth: u64,
    pub(super) most: u32,
}

/// What is known of the best filling.
pub(super) struct Filled {
    pub(super) tasks: Tasks,
    /// What the tasks are worth.
    pub(super) worth: u128,
    /// No filling is worth more.
    pub(super) upper: u128,
    /// Fractions of tasks, worth about the upper bound, that nothing has excluded yet.
    pub(super) fractions: Vec<Vec<(usize, f64)>>,
    /// The relaxation's price of a unit of each resource.
    pub(super) multipliers: [f64; RESOURCES],
}

impl Filled {
    /// Nothing was sought.
    pub(super) fn nothing(upper: u128, multipliers: [f64; RESOURCES]) -> Self {
        Self { tasks: Vec::new(), worth: 0, upper, fractions: Vec::new(), multipliers }
    }
}

/// Part of the fillings: at least `least` of each item and at most `more` beside.
struct Node {
    least: Vec<u32>,
    more: Vec<u32>,
    upper: u128,
    /// The relaxation's figures beyond `least`.
    relaxed: Vec<f64>,
    multipliers: [f64; RESOURCES],
    proof: Option<Proof>,
}

impl<'a> Sack<'a> {
    /// `worth` and the most tasks that may be taken, for each kind.
    pub(super) fn new(
        model: &'a Model,
        choice: &'a Choice,
        worth: &[u64],
        most: impl Fn(usize) -> u32,
    ) -> Self {
        let mut items = Vec::new();
        for (kind, (&worth, &fits)) in worth.iter().zip(&choice.fits).enumerate() {
            let most = most(kind).min(fits);
            if worth > 0 && most > 0 {
                let it = &model.kinds[kind];
                items.push(Item { kind, amounts: it.amounts, sizes: it.sizes, worth, most });
            }
        }
        let worths = items.iter().map(|item| item.worth as f64).collect();
        let narrow = narrow(&items, &choice.amounts);
        let most = items.iter().map(|item| item.most).collect();
        Self { model, room: choice.amounts, items, most, worths, narrow }
    }

    /// What `tasks` of each item are worth.
    fn worth(&self, tasks: &[u32]) -> u128 {
        let each = self.items.iter().zip(tasks);
        if self.narrow.is_some() {
            u128::from(each.map(|(item, &n)| item.worth * u64::from(n)).sum::<u64>())
        } else {
            each.map(|(item, &n)| u128::from(item.worth) * u128::from(n)).sum()
        }
    }

    /// The best filling, searched until none can be worth more than `enough` or `nodes` parts
    /// and `states` of lists are looked at or `percent` of the budget are spent.
    pub(super) fn fill(
        &self,
        enough: u128,
        nodes: usize,
        mut states: usize,
        meter: &mut Meter,
        percent: u64,
    ) -> Filled {
        let mut best = (0_u128, vec![0_u32; self.items.len()]);
        let mut closed = 0_u128;
        let mut open: Vec<Node> = Vec::new();
        let nothing = vec![0; self.items.len()];
        self.enter(nothing, self.most.clone(), &mut open, &mut best, meter);
        let multipliers = open.first().map_or([0.0; RESOURCES], |node| node.multipliers);
        for _ in 1..nodes.max(1) {
            if meter.is_past(percent) {
                break;
            }
            let widest = (0..open.len()).max_by_key(|&at| (open[at].upper, at));
            let Some(widest) = widest.filter(|&at| open[at].upper > best.0.max(enough)) else {
                break;
            };
            let mut node = open.swap_remove(widest);
            if self.list(&mut node, enough, &mut best, &mut states, meter) {
                closed = closed.max(node.upper);
                continue;
            }
            if !self.branch(&node, &mut open, &mut best, meter) {
                closed = closed.max(node.upper);
            }
        }
        let upper = open.iter().map(|node| node.upper).fold(closed.max(best.0), u128::max);
        let mut tasks: Tasks = Vec::new();
        for (item, &n) in self.items.iter().zip(&best.1) {
            if n > 0 {
                tasks.push((item.kind, n));
            }
        }
        let beaten = best.0.max(enough);
        let fractions = open
            .iter()
            .filter(|node| node.upper > beaten)
            .map(|node| {
                let each = self.items.iter().zip(&node.least).zip(&node.relaxed);
                each.map(|((item, &least), &more)| (item.kind, f64::from(least) + more))
                    .filter(|&(_, figure)| figure > 1e-9)
                    .collect()
            })
            .collect();
        Filled { tasks, worth: best.0, upper, fractions, multipliers }
    }

    fn are_apart(&self, one: usize, other: usize) -> bool {
        let apart = &self.model.kinds[self.items[one].kind].apart;
        !apart.is_empty() && apart.binary_search(&self.items[other].kind).is_ok()
    }

    /// Relaxes a part and opens it; nothing if it is empty.
    fn enter(
        &self,
        least: Vec<u32>,
        mut more: Vec<u32>,
        open: &mut Vec<Node>,
        best: &mut (u128, Vec<u32>),
        meter: &mut Meter,
    ) {
        let mut room = self.room;
        for (item, &n) in self.items.iter().zip(&least).filter(|&(_, &n)| n > 0) {
            if fit(&room, &item.amounts, n) < n {
                return;
            }
            take(&mut room, &item.amounts, n);
        }
        for held in (0..least.len()).filter(|&held| least[held] > 0) {
            for other in 0..least.len() {
                if other != held && self.are_apart(held, other) {
                    if least[other] > 0 {
                        return;
                    }
                    more[other] = 0;
                }
            }
        }
        for (item, more) in self.items.iter().zip(&mut more) {
            *more = fit(&room, &item.amounts, *more);
        }
        let (multipliers, relaxed) = self.relax(&room, &more, meter);
        let proof = self.prove(&multipliers, &room, &more);
        let beyond = self.beyond(&multipliers, &room, &more, proof.as_ref());
        let upper = self.worth(&least).saturating_add(beyond);
        self.round(&least, &more, room, &multipliers, &relaxed, best);
        meter.spend(self.items.len() * 60 + open.len() * 2);
        open.push(Node { least, more, upper, relaxed, multipliers, proof });
    }

    /// Splits a part in two; `false` if its relaxation is itself a filling.
    fn branch(
        &self,
        node: &Node,
        open: &mut Vec<Node>,
        best: &mut (u128, Vec<u32>),
        meter: &mut Meter,
    ) -> bool {
        let held = |at: usize| node.least[at] > 0 || node.relaxed[at] > 1e-6;
        let n = self.items.len();
        for one in (0..n).filter(|&one| held(one)) {
            for other in one + 1..n {
                if held(other) && self.are_apart(one, other) {
                    for out in [one, other] {
                        if node.least[out] == 0 {
                            let mut more = node.more.clone();
                            more[out] = 0;
                            self.enter(node.least.clone(), more, open, best, meter);
                        }
                    }
                    return true;
                }
            }
        }
        // The item whose fraction is worth most.
        let mut split: Option<(f64, usize, u32)> = None;
        for at in 0..n {
            let whole = whole(node.relaxed[at]);
            let part = node.relaxed[at] - f64::from(whole);
            let weight = part.min(1.0 - part) * self.items[at].worth as f64;
            let splits = part > 1e-6 && whole < node.more[at];
            if splits && split.is_none_or(|(most, ..)| weight > most) {
                split = Some((weight, at, whole));
            }
        }
        let Some((_, at, whole)) = split else { return false };
        let mut more = node.more.clone();
        more[at] = whole;
        self.enter(node.least.clone(), more, open, best, meter);
        let mut least = node.least.clone();
        let mut more = node.more.clone();
        least[at] += whole + 1;
        more[at] -= whole + 1;
        self.enter(least, more, open, best, meter);
        true
    }

    /// A filling from the relaxation: its whole tasks, then what still fits by worth.
    fn round(
        &self,
        least: &[u32],
        more: &[u32],
        mut room: Amounts,
        multipliers: &[f64; RESOURCES],
        relaxed: &[f64],
        best: &mut (u128, Vec<u32>),
    ) {
        let mut held = least.to_vec();
        let mut order: Vec<(f64, usize)> = (0..held.len())
            .filter(|&at| more[at] > 0)
            .map(|at| {
                let item = &self.items[at];
                let mut price = 0.0;
                for (multiplier, size) in multipliers.iter().zip(&item.sizes) {
                    price += multiplier * size;
                }
                let worth = self.worths[at];
                // Items in the relaxation first.
                let ahead = if relaxed[at] > 1e-6 { 4.0 } else { 0.0 };
                (ahead + worth / (price + worth * 1e-3), at)
            })
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for whole_only in [true, false] {
            for &(_, at) in &order {
                let item = &self.items[at];
                let most = if whole_only { whole(relaxed[at]) } else { more[at] };
                let wanted = most.saturating_sub(held[at] - least[at]);
                if wanted == 0 {
                    continue;
                }
                let n = fit(&room, &item.amounts, wanted);
                let barred =
                    || (0..held.len()).any(|o| held[o] > 0 && o != at && self.are_apart(at, o));
                if n > 0 && !barred() {
                    held[at] += n;
                    take(&mut room, &item.amounts, n);
                }
            }
        }
        let worth = self.worth(&held);
        if worth > best.0 {
            *best = (worth, held);
        }
    }

    /// The linear relaxation: its multipliers for a unit of each resource, and its figures.
    fn relax(
        &self,
        room: &Amounts,
        more: &[u32],
        meter: &mut Meter,
    ) -> ([f64; RESOURCES], Vec<f64>) {
        let n = self.items.len();
        // Rows that can bind, scaled to a right-hand side of 1.
        let binds = |r: usize| {
            let mut left = room[r];
            self.items.iter().zip(more).any(|(item, &more)| {
                // No overflow: so many of the item fit into the room.
                let wanted = item.amounts[r].wrapping_mul(u64::from(more));
                let within = left.checked_sub(wanted);
                left = within.unwrap_or(0);
                within.is_none()
            })
        };
        let rows: Vec<usize> = (0..RESOURCES).filter(|&r| binds(r)).collect();
        let m = rows.len();
        let units = room.map(|room| 1.0 / room.max(1) as f64);
        let column = |item: &Item| {
            let mut column = [0.0_f64; RESOURCES];
            for (entry, &r) in column.iter_mut().zip(&rows) {
                *entry = item.sizes[r] * units[r];
            }
            column
        };
        let columns: Vec<[f64; RESOURCES]> = self.items.iter().map(column).collect();
        let relaxed = relaxation(m, &columns, &self.worths, more);
        meter.spend((relaxed.pivots + 1) * (n * (m + 1) * 3 + 50));
        let mut multipliers = [0.0; RESOURCES];
        for (&r, dual) in rows.iter().zip(relaxed.duals) {
            multipliers[r] = dual.max(0.0) / room[r].max(1) as f64;
        }
        (multipliers, relaxed.figures)
    }
}

/// The whole part of a figure of the relaxation, forgiving what rounding took.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn whole(figure: f64) -> u32 {
    (figure + 1e-6) as u32
}
