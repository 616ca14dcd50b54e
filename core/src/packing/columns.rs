//! Column generation: the linear program over all fillings of all choices, and its bound.
//!
//! The program asks for the least cost of fillings, in any fractions, that hold all tasks; its
//! prices say what a task of each kind may cost. A filling worth more than its instance's price
//! is a new column. Zones are left out: with every zone's share as the most tasks of a spread
//! kind on an instance, every fleet is a point of the program, so its value bounds every fleet.
//!
//! The value is a bound only once no choice can be filled for more than its price. Where the
//! search of a sack ends before it can say so, scaling all prices down (see `bound`) loses by
//! every kind what one choice leaves open. A second program loses less: it also has, as columns,
//! the fractions that such searches left open, and so asks for prices that suit those as well.

use super::bound::{Known, Order, priced_kinds, sweep, whole_cost, worth_by_resources};
use super::fleet::{Load, Tasks, value};
use super::master::Master;
use super::reduce::Model;
use super::work::Meter;

/// With more kinds than this there is no program: its memory grows with their square.
const MOST_ROWS: usize = 600;
/// A gap between value and bound, as a share of the value, for which sacks are not searched
/// still longer once a third of the time is over.
const NEAR: f64 = 1e-4;
/// Rounds of the second program.
const MOST_TILTS: usize = 80;

/// A filling of a choice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    pub(super) choice: usize,
    pub(super) tasks: Tasks,
}

impl Column {
    /// What each instance of the load holds.
    pub(super) fn of(load: &Load) -> Self {
        Self { choice: load.choice, tasks: load.tasks.clone() }
    }
}

/// What column generation found.
pub(super) struct Relaxed {
    /// How often each filling is used, as a fraction.
    pub(super) used: Vec<(Column, f64)>,
    /// All fillings that were generated.
    pub(super) pool: Vec<Column>,
    /// What a task of each kind costs.
    pub(super) prices: Vec<f64>,
    /// Choices with a filling worth almost its price, or more.
    pub(super) close: Vec<usize>,
    /// No fleet costs less.
    pub(super) bound: u128,
    /// The proven worth of a task of each kind (see [`Swept::proven`]) in the best round.
    ///
    /// [`Swept::proven`]: super::bound::Swept::proven
    pub(super) proven: Vec<u128>,
}

/// Generates columns, beginning with those `known`, until the bound meets the program's value.
/// The bound is one of the order's tasks.
pub(super) fn generate(
    model: &Model,
    order: &Order,
    known: &[Column],
    meter: &mut Meter,
) -> Option<Relaxed> {
    let mut rows = priced_kinds(model);
    rows.retain(|&kind| order.wanted[kind] > 0);
    if rows.is_empty() {
        return None;
    }
    if rows.len() > MOST_ROWS {
        // What the resources alone say, without a program.
        let prices = worth_by_resources(model, order, &rows, meter);
        let known = &mut vec![Known::default(); model.choices.len()];
        let swept = sweep(model, order, &rows, &prices, 0, known, meter);
        let bound = whole_cost(model, swept.bound);
        let (close, proven) = (swept.close, swept.proven);
        return Some(Relaxed { used: Vec::new(), pool: Vec::new(), prices, close, bound, proven });
    }
    let mut search = Search::new(model, order, rows)?;
    for column in known {
        search.add(column);
    }
    search.run(meter);
    let prices = search.prices();
    let used = search
        .master
        .figures()
        .into_iter()
        .map(|(at, x)| (search.columns[at].clone(), x))
        .collect();
    let (bound, proven) = (search.bound, search.proven.1);
    Some(Relaxed { used, pool: search.columns, prices, close: search.close, bound, proven })
}

struct Search<'a> {
    model: &'a Model,
    order: &'a Order,
    /// The kinds that have a row, and the row of each kind.
    rows: Vec<usize>,
    row_of: Vec<Option<usize>>,
    master: Master,
    /// As in the master.
    columns: Vec<Column>,
    close: Vec<usize>,
    /// Of each choice.
    known: Vec<Known>,
    bound: u128,
    /// The best scaled bound and the worths that prove it.
    proven: (u128, Vec<u128>),
}

impl<'a> Search<'a> {
    fn new(model: &'a Model, order: &'a Order, rows: Vec<usize>) -> Option<Self> {
        let mut row_of = vec![None; model.kinds.len()];
        let mut first = Vec::new();
        let mut columns = Vec::new();
        for (row, &kind) in rows.iter().enumerate() {
            row_of[kind] = Some(row);
            let ratio = |at: usize| {
                let choice = &model.choices[at];
                choice.weight / f64::from(choice.fits[kind].min(order.most[kind]))
            };
            let fitting = (0..model.choices.len()).filter(|&at| model.choices[at].fits[kind] > 0);
            let choice = fitting.min_by(|&a, &b| ratio(a).total_cmp(&ratio(b)))?;
            let fits = model.choices[choice].fits[kind].min(order.most[kind]);
            first.push((model.choices[choice].weight, f64::from(fits)));
            columns.push(Column { choice, tasks: vec![(kind, fits)] });
        }
        let wanted = rows.iter().map(|&kind| f64::from(order.wanted[kind])).collect();
        let master = Master::new(wanted, &first);
        let (close, proven) = (Vec::new(), (0, vec![0; model.kinds.len()]));
        let known = vec![Known::default(); model.choices.len()];
        Some(Self { model, order, rows, row_of, master, columns, close, known, bound: 0, proven })
    }

    /// Adds what the order can use of a column.
    fn add(&mut self, column: &Column) {
        let tasks: Tasks = column
            .tasks
            .iter()
            .filter(|&&(kind, _)| self.row_of[kind].is_some())
            .map(|&(kind, n)| (kind, n.min(self.order.most[kind])))
            .filter(|&(_, n)| n > 0)
            .collect();
        let entries: Vec<(usize, f64)> = tasks
            .iter()
            .filter_map(|&(kind, n)| self.row_of[kind].map(|row| (row, f64::from(n))))
            .collect();
        if !entries.is_empty() {
            let choice = column.choice;
            self.master.add(self.model.choices[choice].weight, entries);
            self.columns.push(Column { choice, tasks });
        }
    }

    /// The price of each kind's task, none for those without a row.
    fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.model.kinds.len()];
        for (&kind, price) in self.rows.iter().zip(self.master.prices()) {
            prices[kind] = price.max(0.0);
        }
        prices
    }

    fn run(&mut self, meter: &mut Meter) {
        let percent = self.order.percent;
        let mut centre: Option<(u128, Vec<f64>)> = None;
        let mut smoothing = 0.6;
        let mut effort = 0;
        let (mut stalled, mut last) = (0, f64::INFINITY);
        if self.order.from_resources {
            let worth = worth_by_resources(self.model, self.order, &self.rows, meter);
            let (_, bound, _) = self.round(&worth, &worth, effort, meter);
            self.bound = whole_cost(self.model, bound);
            centre = Some((bound, worth));
        }
        for _ in 0..self.order.rounds {
            if meter.is_past(percent) {
                // The sacks were not searched for the bound's sake yet: at least once.
                if self.order.effort > effort {
                    self.tilt(1, percent + 7, meter);
                }
                break;
            }
            self.master.optimise(meter, percent);
            let prices = self.prices();
            let value = self.master.value();
            let smooth: Vec<f64> = match &centre {
                Some((_, centre)) => centre
                    .iter()
                    .zip(&prices)
                    .map(|(centre, price)| smoothing * centre + (1.0 - smoothing) * price)
                    .collect(),
                None => prices.clone(),
            };
            let (found, bound, settled) = self.round(&smooth, &prices, effort, meter);
            self.bound = self.bound.max(whole_cost(self.model, bound));
            if centre.as_ref().is_none_or(|(best, _)| bound > *best) {
                centre = Some((bound, smooth));
            }
            // The gap that is left, as a share of the value.
            let proven = whole_cost(self.model, bound).max(self.bound) as f64;
            if proven >= value * (1.0 - 1e-7) {
                break;
            }
            let step = last - value;
            last = value;
            stalled = if step > (value - proven) * 0.02 { 0 } else { stalled + 1 };
            if found > 0 && stalled < 5 {
                smoothing = if smoothing > 0.0 { smoothing } else { 0.3 };
            } else if smoothing > 0.0 {
                // Perhaps only the smoothing hid them.
                smoothing = 0.0;
            } else {
                if !settled && self.order.effort > 0 {
                    self.tilt(effort, percent, meter);
                }
                // More would cost the most and tell the least.
                let near = value - self.bound as f64 <= value * NEAR && meter.is_past(percent / 3);
                if settled || effort >= self.order.effort || near {
                    break;
                }
                effort += 1;
                (stalled, smoothing) = (0, 0.3);
            }
        }
    }

    /// Where some sacks cannot be searched to the end: a second program, in which the fractions
    /// that their searches left open are columns too. It is worth no more than the first, and its
    /// prices suit those sacks and leave the others' almost alone, where scaling lowers all.
    fn tilt(&mut self, effort: u32, percent: u64, meter: &mut Meter) {
        let order = Order { percent, ..self.order.clone() };
        let mut outer = self.master.clone();
        let mut centre = self.prices();
        let mut best = 0;
        let mut smoothing = 0.0;
        for _ in 0..MOST_TILTS {
            if meter.is_past(percent) {
                break;
            }
            outer.optimise(meter, percent);
            let mut prices = vec![0.0; self.model.kinds.len()];
            for (&kind, price) in self.rows.iter().zip(outer.prices()) {
                prices[kind] = price.max(0.0);
            }
            let worth: Vec<f64> = centre
                .iter()
                .zip(&prices)
                .map(|(centre, price)| smoothing * centre + (1.0 - smoothing) * price)
                .collect();
            let known = &mut self.known;
            let swept = sweep(self.model, &order, &self.rows, &worth, effort, known, meter);
            if swept.bound > best {
                (best, centre) = (swept.bound, worth);
            }
            self.bound = self.bound.max(whole_cost(self.model, swept.bound));
            self.keep_proven(swept.bound, swept.proven);
            let mut added = 0;
            for (choice, filled) in swept.fillings.into_iter().enumerate() {
                let weight = self.model.choices[choice].weight;
                let whole: Vec<(usize, f64)> =
                    filled.tasks.iter().map(|&(kind, n)| (kind, f64::from(n))).collect();
                for points in filled.fractions.iter().chain([&whole]) {
                    let gain: f64 = points.iter().map(|&(kind, x)| prices[kind] * x).sum();
                    if gain > weight * (1.0 + 1e-7) {
                        let row = |&(kind, x): &(usize, f64)| self.row_of[kind].map(|row| (row, x));
                        outer.add(weight, points.iter().filter_map(row).collect());
                        added += 1;
                    }
                }
                let gain: f64 = whole.iter().map(|&(kind, x)| prices[kind] * x).sum();
                if gain > weight * (1.0 + 1e-8) {
                    self.add(&Column { choice, tasks: filled.tasks });
                }
            }
            // What is left to be had here, against what the fractions cost.
            let left = outer.value() - whole_cost(self.model, best) as f64;
            if left < (self.master.value() - outer.value()) * 0.03 {
                break;
            }
            smoothing = match (added, smoothing > 0.0) {
                (0, false) => break,
                (0, true) => 0.0,
                _ => 0.4,
            };
        }
    }

    fn keep_proven(&mut self, bound: u128, proven: Vec<u128>) {
        if bound > self.proven.0 {
            self.proven = (bound, proven);
        }
    }

    /// Fills every choice at the `worth` of kinds. Gives how many columns were added (those worth
    /// more than their price at the program's own `prices`), the scaled bound that follows, and
    /// whether every filling was proven best as far as it matters.
    fn round(
        &mut self,
        worth: &[f64],
        prices: &[f64],
        effort: u32,
        meter: &mut Meter,
    ) -> (usize, u128, bool) {
        let swept =
            sweep(self.model, self.order, &self.rows, worth, effort, &mut self.known, meter);
        let before = self.columns.len();
        for (choice, filled) in swept.fillings.into_iter().enumerate() {
            if value(prices, &filled.tasks) > self.model.choices[choice].weight * (1.0 + 1e-8) {
                self.add(&Column { choice, tasks: filled.tasks });
            }
        }
        self.close = swept.close;
        self.keep_proven(swept.bound, swept.proven);
        (self.columns.len() - before, swept.bound, swept.settled)
    }
}
