//! One instance filled with the most worth: a knapsack with up to four resources.
//!
//! Branch and bound over linear relaxations. Floats find the relaxation's multipliers, and
//! integers say what they prove: for any multipliers `u >= 0` no filling is worth more than
//! `u * room + sum(most * max(0, worth - u * amounts))`, whatever a float's rounding made of `u`.

use super::fleet::Tasks;
use super::reduce::{Choice, Model, fit, take};
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Bits after the point of a multiplier.
const FRACTION: u32 = 40;

/// An instance to be filled.
pub(super) struct Sack<'a> {
    model: &'a Model,
    room: Amounts,
    items: Vec<Item>,
}

struct Item {
    kind: usize,
    amounts: Amounts,
    worth: u64,
    most: u32,
}

/// What is known of the best filling.
pub(super) struct Filled {
    pub(super) tasks: Tasks,
    /// What the tasks are worth.
    pub(super) worth: u128,
    /// No filling is worth more.
    pub(super) upper: u128,
}

/// Part of the fillings: at least `least` of each item and at most `more` beside.
struct Node {
    least: Vec<u32>,
    more: Vec<u32>,
    upper: u128,
    /// The relaxation's figures beyond `least`.
    relaxed: Vec<f64>,
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
                let amounts = model.kinds[kind].amounts;
                items.push(Item { kind, amounts, worth, most });
            }
        }
        Self { model, room: choice.amounts, items }
    }

    /// The best filling, searched until none can be worth more than `enough` or `nodes` parts
    /// are looked at.
    pub(super) fn fill(&self, enough: u128, nodes: usize, meter: &mut Meter) -> Filled {
        let mut best = (0_u128, vec![0_u32; self.items.len()]);
        let mut closed = 0_u128;
        let mut open: Vec<Node> = Vec::new();
        let none = vec![0; self.items.len()];
        let most = self.items.iter().map(|item| item.most).collect();
        self.enter(none, most, &mut open, &mut best, meter);
        for _ in 1..nodes.max(1) {
            let widest = (0..open.len()).max_by_key(|&at| (open[at].upper, at));
            let Some(widest) = widest.filter(|&at| open[at].upper > best.0.max(enough)) else {
                break;
            };
            let node = open.swap_remove(widest);
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
        Filled { tasks, worth: best.0, upper }
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
        let mut base = 0_u128;
        for (item, &n) in self.items.iter().zip(&least) {
            if fit(&room, &item.amounts, n) < n {
                return;
            }
            take(&mut room, &item.amounts, n);
            base += u128::from(item.worth) * u128::from(n);
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
        let upper = base.saturating_add(self.proven(&multipliers, &room, &more));
        self.round(&least, &more, room, &multipliers, &relaxed, best);
        meter.spend(self.items.len() * 60 + open.len() * 2);
        open.push(Node { least, more, upper, relaxed });
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

    /// What no filling beyond the base can exceed, by these multipliers.
    fn proven(&self, multipliers: &[f64; RESOURCES], room: &Amounts, more: &[u32]) -> u128 {
        let fixed = multipliers.map(fixed_point);
        let mut sum = 0_u128;
        for (fixed, &room) in fixed.iter().zip(room) {
            sum = sum.saturating_add(fixed.saturating_mul(u128::from(room)));
        }
        for (item, &more) in self.items.iter().zip(more) {
            let mut price = 0_u128;
            for (fixed, &amount) in fixed.iter().zip(&item.amounts) {
                price = price.saturating_add(fixed.saturating_mul(u128::from(amount)));
            }
            let gain = (u128::from(item.worth) << FRACTION).saturating_sub(price);
            sum = sum.saturating_add(gain.saturating_mul(u128::from(more)));
        }
        if sum == u128::MAX { u128::MAX } else { sum >> FRACTION }
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
                let price: f64 =
                    multipliers.iter().zip(&item.amounts).map(|(u, &a)| u * a as f64).sum();
                let worth = item.worth as f64;
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
                let n = fit(&room, &item.amounts, most.saturating_sub(held[at] - least[at]));
                let barred =
                    || (0..held.len()).any(|o| held[o] > 0 && o != at && self.are_apart(at, o));
                if n > 0 && !barred() {
                    held[at] += n;
                    take(&mut room, &item.amounts, n);
                }
            }
        }
        let worth = self
            .items
            .iter()
            .zip(&held)
            .map(|(item, &n)| u128::from(item.worth) * u128::from(n))
            .sum();
        if worth > best.0 {
            *best = (worth, held);
        }
    }

    /// The linear relaxation: its multipliers for a unit of each resource, and its figures.
    ///
    /// A primal simplex with bounded variables on at most four rows, begun with nothing taken.
    fn relax(
        &self,
        room: &Amounts,
        more: &[u32],
        meter: &mut Meter,
    ) -> ([f64; RESOURCES], Vec<f64>) {
        let n = self.items.len();
        // Rows that can bind, scaled to a right-hand side of 1.
        let binds = |r: usize| {
            let wanted = self.items.iter().zip(more).fold(0_u128, |sum, (item, &more)| {
                sum.saturating_add(u128::from(item.amounts[r]) * u128::from(more))
            });
            wanted > u128::from(room[r])
        };
        let rows: Vec<usize> = (0..RESOURCES).filter(|&r| binds(r)).collect();
        let m = rows.len();
        let column = |at: usize| {
            let mut column = [0.0_f64; RESOURCES];
            for (entry, &r) in column.iter_mut().zip(&rows) {
                *entry = self.items[at].amounts[r] as f64 / room[r].max(1) as f64;
            }
            column
        };
        let columns: Vec<[f64; RESOURCES]> = (0..n).map(column).collect();
        let mut tableau = Tableau::new(m, n);
        let mut pivots = 0;
        while pivots < 40 + 4 * n && tableau.step(&columns, &self.items, more) {
            pivots += 1;
        }
        meter.spend((pivots + 1) * (n * (m + 1) * 3 + 50));
        let duals = tableau.duals(&self.items);
        let mut multipliers = [0.0; RESOURCES];
        for (&r, dual) in rows.iter().zip(duals) {
            multipliers[r] = dual.max(0.0) / room[r].max(1) as f64;
        }
        (multipliers, tableau.figures(more))
    }
}

/// The whole part of a figure of the relaxation, forgiving what rounding took.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn whole(figure: f64) -> u32 {
    (figure + 1e-6) as u32
}

/// A multiplier with [`FRACTION`] bits after the point, rounded up.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
fn fixed_point(multiplier: f64) -> u128 {
    let scaled = multiplier.max(0.0) * (1_u64 << FRACTION) as f64;
    if scaled > 0.0 { (scaled as u128).saturating_add(1) } else { 0 }
}

/// The simplex's state: which variable each row determines, and the inverse of the basis.
struct Tableau {
    m: usize,
    n: usize,
    /// Items below `n`, slacks from `n`.
    basis: [usize; RESOURCES],
    inverse: [[f64; RESOURCES]; RESOURCES],
    values: [f64; RESOURCES],
    is_basic: Vec<bool>,
    is_full: Vec<bool>,
}

impl Tableau {
    fn new(m: usize, n: usize) -> Self {
        let mut basis = [0; RESOURCES];
        let mut inverse = [[0.0; RESOURCES]; RESOURCES];
        let mut values = [0.0; RESOURCES];
        let mut is_basic = vec![false; n + m];
        for row in 0..m {
            basis[row] = n + row;
            inverse[row][row] = 1.0;
            values[row] = 1.0;
            is_basic[n + row] = true;
        }
        Self { m, n, basis, inverse, values, is_basic, is_full: vec![false; n + m] }
    }

    fn duals(&self, items: &[Item]) -> [f64; RESOURCES] {
        let mut duals = [0.0; RESOURCES];
        for row in 0..self.m {
            if let Some(item) = items.get(self.basis[row]) {
                for (dual, entry) in duals.iter_mut().zip(&self.inverse[row]) {
                    *dual += item.worth as f64 * entry;
                }
            }
        }
        duals
    }

    fn figures(&self, more: &[u32]) -> Vec<f64> {
        let mut figures: Vec<f64> = more
            .iter()
            .zip(&self.is_full)
            .map(|(&more, &full)| if full { f64::from(more) } else { 0.0 })
            .collect();
        for row in 0..self.m {
            if let Some(figure) = figures.get_mut(self.basis[row]) {
                let most = f64::from(more[self.basis[row]]);
                *figure = self.values[row].max(0.0).min(most);
            }
        }
        figures
    }

    /// One step towards the optimum; `false` at it.
    fn step(&mut self, columns: &[[f64; RESOURCES]], items: &[Item], more: &[u32]) -> bool {
        let (m, n) = (self.m, self.n);
        let duals = self.duals(items);
        let mut entering: Option<(f64, usize)> = None;
        for at in 0..n + m {
            if self.is_basic[at] || (at < n && more[at] == 0) {
                continue;
            }
            let (gain, scale) = if at < n {
                let mut price = 0.0;
                for (dual, entry) in duals.iter().zip(&columns[at]) {
                    price += dual * entry;
                }
                let worth = items[at].worth as f64;
                (worth - price, worth)
            } else {
                (-duals[at - n], duals[at - n].max(-duals[at - n]))
            };
            let gain = if self.is_full[at] { -gain } else { gain };
            if gain > 1e-9 * scale && entering.is_none_or(|(most, _)| gain > most) {
                entering = Some((gain, at));
            }
        }
        let Some((_, at)) = entering else { return false };
        // How the basic variables move as the entering one leaves its bound.
        let mut slope = [0.0; RESOURCES];
        for row in 0..m {
            let along = if at < n {
                let mut sum = 0.0;
                for (inverse, entry) in self.inverse[row].iter().zip(&columns[at]) {
                    sum += inverse * entry;
                }
                sum
            } else {
                self.inverse[row][at - n]
            };
            slope[row] = if self.is_full[at] { -along } else { along };
        }
        let mut reach = if at < n { f64::from(more[at]) } else { f64::INFINITY };
        let mut leaving: Option<(usize, bool)> = None;
        for row in 0..m {
            let basic = self.basis[row];
            let limit = if slope[row] > 1e-11 {
                self.values[row].max(0.0) / slope[row]
            } else if slope[row] < -1e-11 && basic < n {
                (f64::from(more[basic]) - self.values[row]).max(0.0) / -slope[row]
            } else {
                continue;
            };
            if limit < reach {
                reach = limit;
                leaving = Some((row, slope[row] < 0.0));
            }
        }
        if reach == f64::INFINITY {
            return false;
        }
        for row in 0..m {
            self.values[row] -= reach * slope[row];
        }
        let Some((row, at_most)) = leaving else {
            self.is_full[at] = !self.is_full[at];
            return true;
        };
        let start = if self.is_full[at] { f64::from(more[at]) } else { 0.0 };
        let pivot = if self.is_full[at] { -slope[row] } else { slope[row] };
        let value = if self.is_full[at] { start - reach } else { reach };
        let along = if self.is_full[at] { slope.map(|slope| -slope) } else { slope };
        let out = self.basis[row];
        self.is_basic[out] = false;
        self.is_full[out] = at_most;
        self.is_basic[at] = true;
        self.is_full[at] = false;
        self.basis[row] = at;
        for entry in &mut self.inverse[row] {
            *entry /= pivot;
        }
        let pivot_row = self.inverse[row];
        for other in (0..m).filter(|&other| other != row) {
            for (entry, by) in self.inverse[other].iter_mut().zip(&pivot_row) {
                *entry -= along[other] * by;
            }
        }
        self.values[row] = value;
        true
    }
}
