//! Column generation: the linear program over all fillings of all choices, and its bound.
//!
//! The program asks for the least cost of fillings, in any fractions, that hold all tasks; its
//! prices say what a task of each kind may cost. A filling worth more than its instance's price
//! is a new column. Zones are left out: with every zone's share as the most tasks of a spread
//! kind on an instance, every fleet is a point of the program, so its value bounds every fleet.
//!
//! **The bound** (Farley's). Take any worth `y[k] >= 0` of a task of each kind, and for each
//! choice `j` a proven `upper[j]` on what a filling is worth. With `s = min(price[j] / upper[j])`
//! no filling is worth more than its price at worths `s * y`, so a fleet costs at least what all
//! its tasks are worth at `s * y`. It holds for any `y`, in every round: all figures are
//! integers, `s * y` is rounded down, and the result is rounded up to a multiple of the greatest
//! common divisor of the prices, since every cost is one.

use super::fleet::Tasks;
use super::master::Master;
use super::reduce::Model;
use super::sack::Sack;
use super::work::Meter;

/// More kinds than this are left to the greedy fleet: the program's memory grows with the square.
const MOST_ROWS: usize = 600;
/// Bits that scaled prices may have.
const PRICE_BITS: u32 = 60;
/// Bits after the point of the ratio `s`.
const RATIO_BITS: u32 = 40;

/// A filling of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) choice: usize,
    pub(super) tasks: Tasks,
}

/// What column generation found.
pub(super) struct Relaxed {
    /// How often each filling is used, as a fraction.
    pub(super) used: Vec<(Column, f64)>,
    /// What a task of each kind costs.
    pub(super) prices: Vec<f64>,
    /// Choices with a filling worth almost its price, or more.
    pub(super) close: Vec<usize>,
    /// No fleet costs less.
    pub(super) bound: u128,
}

/// The kinds that cost something: those that no free offer holds.
fn priced_kinds(model: &Model) -> Vec<usize> {
    let free = |kind: usize| model.choices.iter().any(|c| c.price == 0 && c.fits[kind] > 0);
    (0..model.kinds.len()).filter(|&kind| !free(kind)).collect()
}

/// What is to be covered, and how long it may take.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// Tasks of each kind.
    pub(super) wanted: Vec<u32>,
    /// Most tasks of each kind on an instance.
    pub(super) most: Vec<u32>,
    /// Rounds at most.
    pub(super) rounds: usize,
    /// Parts of a sack that are looked at, at first and at most.
    pub(super) nodes: (usize, usize),
    /// Share of the budget at which to stop.
    pub(super) percent: u64,
}

impl Order {
    /// All tasks, as well as can be.
    pub(super) fn all(model: &Model, percent: u64) -> Self {
        Self {
            wanted: model.kinds.iter().map(|kind| kind.count).collect(),
            most: model.kinds.iter().map(|kind| kind.most).collect(),
            rounds: usize::MAX,
            nodes: (12, 3000),
            percent,
        }
    }
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
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return None;
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
    Some(Relaxed { used, prices, close: search.close, bound: search.bound })
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
    scale: Scale,
    close: Vec<usize>,
    bound: u128,
}

/// Prices as integers with bits to spare below one nano-USD.
struct Scale {
    shift: u32,
    divisor: u128,
}

impl Scale {
    fn of(model: &Model) -> Self {
        let largest = model.choices.iter().map(|choice| choice.price).max().unwrap_or(0);
        let bits = u64::BITS - largest.leading_zeros();
        let divisor = model.choices.iter().fold(0, |gcd, choice| common(gcd, choice.price));
        Self { shift: PRICE_BITS.saturating_sub(bits).min(24), divisor: u128::from(divisor.max(1)) }
    }

    fn price(&self, price: u64) -> u128 {
        u128::from(price) << self.shift
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    fn worth(&self, price: f64) -> u64 {
        // Kept small enough for sums of products in 128 bits.
        let scaled = price.max(0.0) * (1_u64 << self.shift) as f64;
        (scaled as u64).min(1 << 62)
    }

    /// A scaled bound as a cost: rounded up to what a fleet can cost.
    fn cost(&self, scaled: u128) -> u128 {
        scaled.div_ceil(1 << self.shift).div_ceil(self.divisor).saturating_mul(self.divisor)
    }
}

fn common(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
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
        Some(Self {
            model,
            order,
            rows,
            row_of,
            master,
            columns,
            scale: Scale::of(model),
            close: Vec::new(),
            bound: 0,
        })
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
        let mut nodes = self.order.nodes.0;
        for _ in 0..self.order.rounds {
            if meter.is_past(percent) {
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
            let (found, bound, settled) = self.round(&smooth, &prices, nodes, meter);
            self.bound = self.bound.max(self.scale.cost(bound));
            if centre.as_ref().is_none_or(|(best, _)| bound > *best) {
                centre = Some((bound, smooth));
            }
            // The gap that is left, as a share of the value.
            let proven = self.scale.cost(bound).max(self.bound) as f64;
            if proven >= value * (1.0 - 1e-7) {
                break;
            }
            if found > 0 {
                smoothing = if smoothing > 0.0 { smoothing } else { 0.3 };
            } else if smoothing > 0.0 && centre.is_some() {
                // Perhaps only the smoothing hid them.
                smoothing = if smoothing > 0.2 { smoothing * 0.5 } else { 0.0 };
            } else if !settled && nodes < self.order.nodes.1 {
                nodes *= 6;
            } else {
                break;
            }
        }
    }

    /// Fills every choice at the `worth` of kinds. Gives how many columns were added (those worth
    /// more than their price at the program's own `prices`), the scaled bound that follows, and
    /// whether every filling was proven best as far as it matters.
    fn round(
        &mut self,
        worth: &[f64],
        prices: &[f64],
        nodes: usize,
        meter: &mut Meter,
    ) -> (usize, u128, bool) {
        let worth: Vec<u64> = worth.iter().map(|&price| self.scale.worth(price)).collect();
        let mut found = Vec::new();
        let mut settled = true;
        self.close.clear();
        let mut ratio: u128 = 1 << (RATIO_BITS + 4);
        for (at, choice) in self.model.choices.iter().enumerate() {
            let price = self.scale.price(choice.price);
            let sack = Sack::new(self.model, choice, &worth, |kind| self.order.most[kind]);
            let filled = sack.fill(price, nodes, meter);
            settled &= filled.upper <= price.max(filled.worth);
            // Within a sixteenth.
            if filled.worth >= price - (price >> 4) {
                self.close.push(at);
            }
            if filled.upper > 0 {
                ratio = ratio.min((price << RATIO_BITS) / filled.upper);
            }
            let gain: f64 = filled.tasks.iter().map(|&(kind, n)| prices[kind] * f64::from(n)).sum();
            if gain > choice.weight * (1.0 + 1e-8) {
                found.push(Column { choice: at, tasks: filled.tasks });
            }
        }
        let mut bound = 0_u128;
        for &kind in &self.rows {
            let scaled = (u128::from(worth[kind]) * ratio) >> RATIO_BITS;
            bound += scaled * u128::from(self.order.wanted[kind]);
        }
        let count = found.len();
        for column in &found {
            self.add(column);
        }
        (count, bound, settled)
    }
}
