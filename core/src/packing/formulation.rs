//! The integer program over listed fillings, and what duals prove of it.
//!
//! Variables, all whole: how often each filling is used; for each choice, how many instances there
//! are; and, where zones count, for each spread kind and zone, whether the zone holds one task
//! more than the others. Rows: each kind's tasks are held, the instances are counted, and, where
//! zones count, a spread kind's tasks are held in each zone.
//!
//! Where zones do not count, a spread kind has one row like any other: a fleet is then a point of
//! the program, but not each point is a fleet.
//!
//! **What duals prove.** For any row prices `y >= 0` a fleet within the variables' bounds costs at
//! least `y * wanted + sum(min over the bounds of (cost - y * entries) * x)`. The program's duals
//! are rounded to integers and this is computed in integers: a rounding costs a little of the
//! bound, never its truth.

use super::columns::Column;
use super::program::Program;
use super::reduce::Model;

/// Bits after the point of a row's price.
pub(super) const FRACTION: u32 = 8;

/// A price above it counts as this.
const MOST_PRICE: i64 = 1 << 53;
/// By how much duals are lowered at once, to spare most of the second looks.
const CAUTION: f64 = 2e-10;

/// The program and what its variables and rows stand for.
pub(super) struct Formulation<'a> {
    pub(super) program: Program,
    /// For each of the first variables the filling and, where zones count, its zone.
    pub(super) fillings: Vec<(&'a Column, Option<usize>)>,
    /// For each of the next variables the choice whose instances it counts.
    pub(super) counted: Vec<usize>,
    /// What each variable costs, scaled; as many as there are variables.
    pub(super) costs: Vec<i64>,
    /// What the program's costs are multiplied with.
    pub(super) unit: f64,
    /// The first row that counts instances; each is exact.
    first_count: usize,
    /// Rows that are not cuts.
    pub(super) firm: usize,
}

/// What duals prove.
pub(super) struct Certificate {
    /// Nothing within the bounds costs less, scaled.
    pub(super) bound: i128,
    /// What each variable costs beyond what it is worth.
    pub(super) reduced: Vec<i64>,
}

impl<'a> Formulation<'a> {
    pub(super) fn new(model: &'a Model, listed: &'a [Column], by_zone: bool) -> Self {
        let mut counted: Vec<usize> = listed.iter().map(|column| column.choice).collect();
        counted.sort_unstable();
        counted.dedup();
        let zones = if by_zone { model.zones } else { 1 };
        let is_split = |kind: usize| by_zone && model.kinds[kind].spread;
        // Of each kind the first row; a spread one has a row for each zone.
        let mut rows: Vec<(f64, bool)> = Vec::new();
        let mut first = Vec::new();
        for (at, kind) in model.kinds.iter().enumerate() {
            first.push(rows.len());
            if is_split(at) {
                rows.extend((0..zones).map(|_| (f64::from(kind.floor), false)));
            } else {
                rows.push((f64::from(kind.count), false));
            }
        }
        let first_count = rows.len();
        rows.extend(counted.iter().map(|_| (0.0, true)));
        let with_extras = |kind: &usize| is_split(*kind) && model.kinds[*kind].extras > 0;
        let extras: Vec<usize> = (0..model.kinds.len()).filter(with_extras).collect();
        let first_extra = rows.len();
        rows.extend(extras.iter().map(|&kind| (f64::from(model.kinds[kind].extras), false)));

        let firm = rows.len();
        let mut program = Program::new(&rows);
        let dearest = model.choices.iter().map(|choice| choice.price).max().unwrap_or(0);
        let unit = 1.0 / dearest.max(1) as f64;
        let mut costs = Vec::new();
        let mut fillings = Vec::new();
        let mut most = vec![0_u32; counted.len()];
        for column in listed {
            let place = counted.binary_search(&column.choice).unwrap_or(0);
            let price = model.choices[column.choice].price;
            let stands = |zone: &usize| model.choices[column.choice].stands_in(*zone);
            let wanted = |kind: usize| {
                let it = &model.kinds[kind];
                if is_split(kind) { it.floor + u32::from(it.extras > 0) } else { it.count }
            };
            let copies = column.tasks.iter().map(|&(kind, n)| wanted(kind).div_ceil(n)).max();
            let copies = copies.unwrap_or(0);
            for zone in (0..zones).filter(|zone| !by_zone || stands(zone)) {
                let row = |kind: usize| first[kind] + if is_split(kind) { zone } else { 0 };
                let mut entries: Vec<(usize, f64)> =
                    column.tasks.iter().map(|&(kind, n)| (row(kind), f64::from(n))).collect();
                entries.push((first_count + place, 1.0));
                program.add(price as f64 * unit, entries, f64::from(copies));
                costs.push(i64::try_from(price).unwrap_or(MOST_PRICE).min(MOST_PRICE) << FRACTION);
                fillings.push((column, by_zone.then_some(zone)));
                most[place] = most[place].saturating_add(copies);
            }
        }
        for (place, &most) in most.iter().enumerate() {
            program.add(0.0, vec![(first_count + place, -1.0)], f64::from(most));
            costs.push(0);
        }
        for (at, &kind) in extras.iter().enumerate() {
            for zone in 0..zones {
                program.add(0.0, vec![(first[kind] + zone, -1.0), (first_extra + at, 1.0)], 1.0);
                costs.push(0);
            }
        }
        program.start();
        Self { program, fillings, counted, costs, unit, first_count, firm }
    }

    /// The choice of a variable; `None` for what is no instance.
    pub(super) fn choice(&self, variable: usize) -> Option<usize> {
        let counted = || self.counted.get(variable - self.fillings.len()).copied();
        self.fillings.get(variable).map(|(column, _)| column.choice).or_else(counted)
    }

    /// What the duals prove within the program's bounds; `None` if figures are too large for it.
    pub(super) fn certify(&self, duals: &[f64]) -> Option<Certificate> {
        let scale = f64::from(1 << FRACTION) / self.unit;
        let proven = self.prove(duals, scale * (1.0 - CAUTION))?;
        // Duals a trifle too high count with all copies of a filling that there can be; a trifle
        // lower they may prove more.
        let over = |at: usize| {
            let (cost, reduced) = (self.costs[at], proven.reduced[at]);
            let counts = reduced < 0 && cost > 0 && !self.program.is_upper(at);
            counts.then(|| reduced as f64 / cost as f64)
        };
        let most = (0..self.costs.len()).filter_map(over).fold(0.0, f64::min);
        if most < -1e-12 && most > -1e-5 {
            let lower = self.prove(duals, scale * (1.0 - CAUTION + most * 1.01))?;
            return Some(if lower.bound > proven.bound { lower } else { proven });
        }
        Some(proven)
    }

    /// As [`Self::certify`], with the duals times `scale` as they are.
    #[expect(clippy::cast_possible_truncation, reason = "entries are whole and small")]
    fn prove(&self, duals: &[f64], scale: f64) -> Option<Certificate> {
        let exact = self.first_count..self.first_count + self.counted.len();
        let price = |(row, &dual): (usize, &f64)| {
            let price = integer((dual * scale).floor());
            // More than is wanted may be held: no price below 0.
            if exact.contains(&row) { price } else { price.max(0) }
        };
        let prices: Vec<i64> = duals.iter().enumerate().map(price).collect();
        // With this no product and no sum below can overflow.
        let largest = prices.iter().map(|price| price.unsigned_abs()).max().unwrap_or(0);
        let bits = u64::BITS - largest.leading_zeros() + self.program.entry_bits();
        if bits + (usize::BITS - prices.len().leading_zeros()) > 62 {
            return None;
        }
        let mut bound = 0_i128;
        for (row, &price) in prices.iter().enumerate() {
            bound += i128::from(price) * i128::from(integer(self.program.wanted(row)));
        }
        let mut all = Vec::with_capacity(self.costs.len());
        for (at, &cost) in self.costs.iter().enumerate() {
            let mut reduced = cost;
            for &(row, entry) in self.program.entries(at) {
                reduced -= prices[row] * entry as i64;
            }
            let (lower, upper) = self.program.bounds(at);
            let figure = if reduced > 0 { lower } else { upper };
            if figure > 0.0 {
                bound += i128::from(reduced) * i128::from(integer(figure));
            }
            all.push(reduced);
        }
        Some(Certificate { bound, reduced: all })
    }
}

/// The nearest integer; the greatest or least for what is beyond.
#[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
pub(super) fn integer(figure: f64) -> i64 {
    if figure < 0.0 { (figure - 0.5) as i64 } else { (figure + 0.5) as i64 }
}
