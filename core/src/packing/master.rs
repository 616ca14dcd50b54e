//! The covering linear program over the columns found so far, by a primal simplex of its own.
//!
//! Least `cost * x` with `sum(entries * x) >= wanted` in each row and `x >= 0`. Its prices
//! (duals) and figures guide the search; they decide nothing.

use super::inverse::inverse;
use super::work::Meter;

/// How many pivots before the inverse is computed anew.
const REFRESH: usize = 100;

/// The program and its basis.
#[derive(Clone)]
pub(super) struct Master {
    wanted: Vec<f64>,
    columns: Vec<Column>,
    basis: Vec<Basic>,
    /// Inverse of the basis, row after row.
    inverse: Vec<f64>,
    figures: Vec<f64>,
    pivots: usize,
}

#[derive(Clone)]
struct Column {
    cost: f64,
    entries: Vec<(usize, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Basic {
    Column(usize),
    /// What is held of a row beyond what is wanted.
    Surplus(usize),
}

impl Master {
    /// `first` gives for each row a column that covers this row only, as `(cost, entry)`.
    pub(super) fn new(wanted: Vec<f64>, first: &[(f64, f64)]) -> Self {
        let m = wanted.len();
        let mut inverse = vec![0.0; m * m];
        let mut columns = Vec::new();
        let mut figures = Vec::new();
        for (row, (&(cost, entry), &wanted)) in first.iter().zip(&wanted).enumerate() {
            inverse[row * m + row] = 1.0 / entry;
            columns.push(Column { cost, entries: vec![(row, entry)] });
            figures.push(wanted / entry);
        }
        let basis = (0..m).map(Basic::Column).collect();
        Self { wanted, columns, basis, inverse, figures, pivots: 0 }
    }

    /// Adds a column and gives its place.
    pub(super) fn add(&mut self, cost: f64, entries: Vec<(usize, f64)>) -> usize {
        self.columns.push(Column { cost, entries });
        self.columns.len() - 1
    }

    /// The program's value at the basis.
    pub(super) fn value(&self) -> f64 {
        self.basis.iter().zip(&self.figures).map(|(&basic, x)| self.cost(basic) * x).sum()
    }

    /// `(column, figure)` of the columns in use.
    pub(super) fn figures(&self) -> Vec<(usize, f64)> {
        let mut figures: Vec<(usize, f64)> = self
            .basis
            .iter()
            .zip(&self.figures)
            .filter_map(|(&basic, &x)| match basic {
                Basic::Column(at) if x > 1e-9 => Some((at, x)),
                _ => None,
            })
            .collect();
        figures.sort_by_key(|&(at, _)| at);
        figures
    }

    fn cost(&self, basic: Basic) -> f64 {
        match basic {
            Basic::Column(at) => self.columns[at].cost,
            Basic::Surplus(_) => 0.0,
        }
    }

    fn entries(&self, basic: Basic) -> Vec<(usize, f64)> {
        match basic {
            Basic::Column(at) => self.columns[at].entries.clone(),
            Basic::Surplus(row) => vec![(row, -1.0)],
        }
    }

    /// The price of each row.
    pub(super) fn prices(&self) -> Vec<f64> {
        let m = self.wanted.len();
        let mut prices = vec![0.0; m];
        for (row, &basic) in self.basis.iter().enumerate() {
            let cost = self.cost(basic);
            if cost > 0.0 {
                for (price, entry) in prices.iter_mut().zip(&self.inverse[row * m..]) {
                    *price += cost * entry;
                }
            }
        }
        prices
    }

    /// Pivots to the optimum, or until the budget's share is spent.
    pub(super) fn optimise(&mut self, meter: &mut Meter, percent: u64) {
        let m = self.wanted.len();
        for _ in 0..1000 + 50 * m {
            if meter.is_past(percent) {
                break;
            }
            let prices = self.prices();
            let Some(entering) = self.entering(&prices) else { break };
            meter.spend(3 * m * m + self.columns.len() * 6);
            if !self.pivot(entering) {
                break;
            }
        }
    }

    fn entering(&self, prices: &[f64]) -> Option<Basic> {
        let mut best = (-1e-9, None);
        let mut scale = 0.0_f64;
        for (at, column) in self.columns.iter().enumerate() {
            let mut gain = column.cost;
            for &(row, entry) in &column.entries {
                gain -= prices[row] * entry;
            }
            scale = scale.max(column.cost);
            if gain / column.cost < best.0 {
                best = (gain / column.cost, Some(Basic::Column(at)));
            }
        }
        for (row, &price) in prices.iter().enumerate() {
            if price / scale < best.0.min(-1e-12) {
                best = (price / scale, Some(Basic::Surplus(row)));
            }
        }
        best.1
    }

    fn pivot(&mut self, entering: Basic) -> bool {
        let m = self.wanted.len();
        let mut along = vec![0.0; m];
        for (at, entry) in self.entries(entering) {
            for (row, along) in along.iter_mut().enumerate() {
                *along += self.inverse[row * m + at] * entry;
            }
        }
        let mut leaving: Option<(f64, usize)> = None;
        for (row, &along) in along.iter().enumerate() {
            if along > 1e-9 {
                let reach = self.figures[row].max(0.0) / along;
                if leaving.is_none_or(|(least, _)| reach < least) {
                    leaving = Some((reach, row));
                }
            }
        }
        let Some((reach, out)) = leaving else { return false };
        let by = along[out];
        for entry in &mut self.inverse[out * m..(out + 1) * m] {
            *entry /= by;
        }
        let pivot_row = self.inverse[out * m..(out + 1) * m].to_vec();
        for row in (0..m).filter(|&row| row != out) {
            let factor = along[row];
            if factor.abs() > 1e-14 {
                let entries = &mut self.inverse[row * m..(row + 1) * m];
                for (entry, pivot) in entries.iter_mut().zip(&pivot_row) {
                    *entry -= factor * pivot;
                }
                self.figures[row] = (self.figures[row] - reach * factor).max(0.0);
            }
        }
        self.figures[out] = reach;
        self.basis[out] = entering;
        self.pivots += 1;
        if self.pivots.is_multiple_of(REFRESH) {
            self.refresh();
        }
        true
    }

    /// Computes the inverse anew, by elimination with the largest pivots.
    fn refresh(&mut self) {
        let m = self.wanted.len();
        let mut matrix = vec![0.0; m * m];
        for (at, &basic) in self.basis.iter().enumerate() {
            for (row, entry) in self.entries(basic) {
                matrix[row * m + at] = entry;
            }
        }
        let Some(inverse) = inverse(m, matrix, 1e-12) else { return };
        self.inverse = inverse;
        for row in 0..m {
            let x: f64 = self.inverse[row * m..].iter().zip(&self.wanted).map(|(a, b)| a * b).sum();
            self.figures[row] = x.max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::packing::work::Work;

    proptest! {
        /// At the optimum the rows' prices pay for exactly the value, and for no column too much.
        #[test]
        fn prices_pay_for_the_value(
            wanted in prop::collection::vec(1..50_u32, 1..6),
            columns in prop::collection::vec(
                (1..40_u32, prop::collection::vec(0..5_u32, 6)), 0..20),
        ) {
            let wanted: Vec<f64> = wanted.into_iter().map(f64::from).collect();
            let first: Vec<(f64, f64)> = wanted.iter().map(|_| (30.0, 2.0)).collect();
            let mut master = Master::new(wanted.clone(), &first);
            let mut added = Vec::new();
            for (cost, entries) in columns {
                let entries: Vec<(usize, f64)> = (0..wanted.len())
                    .filter(|&row| entries[row] > 0)
                    .map(|row| (row, f64::from(entries[row])))
                    .collect();
                master.add(f64::from(cost), entries.clone());
                added.push((f64::from(cost), entries));
            }
            master.optimise(&mut Meter::new(Work(u64::MAX), None), 100);
            master.refresh();
            let prices = master.prices();
            let paid: f64 = prices.iter().zip(&wanted).map(|(price, wanted)| price * wanted).sum();
            prop_assert!((paid - master.value()).abs() < 1e-6 * paid.max(1.0));
            prop_assert!(prices.iter().all(|&price| price > -1e-6));
            for (cost, entries) in added {
                let worth: f64 = entries.iter().map(|&(row, entry)| prices[row] * entry).sum();
                prop_assert!(worth <= cost * (1.0 + 1e-6));
            }
        }
    }
}
