//! The linear relaxation of a sack: the most worth in any fractions, by a bounded primal simplex.
//!
//! At most four rows, each scaled to a right-hand side of 1, so the basis is a small square of
//! numbers. Its figures guide the search; what they prove is said in integers elsewhere.

use super::RESOURCES;

/// An optimum, or what was reached before the steps ran out.
pub(super) struct Relaxation {
    /// The price of each row.
    pub(super) duals: [f64; RESOURCES],
    /// How much of each item is taken.
    pub(super) figures: Vec<f64>,
    pub(super) pivots: usize,
}

/// The most worth of items in `m` rows, at most `more` of each.
pub(super) fn relaxation(
    m: usize,
    columns: &[[f64; RESOURCES]],
    worths: &[f64],
    more: &[u32],
) -> Relaxation {
    let n = worths.len();
    let mut tableau = Tableau::new(m, n);
    let mut pivots = 0;
    while pivots < 40 + 4 * n && tableau.step(columns, worths, more) {
        pivots += 1;
    }
    Relaxation { duals: tableau.duals(worths), figures: tableau.figures(more), pivots }
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

    fn duals(&self, worths: &[f64]) -> [f64; RESOURCES] {
        let mut duals = [0.0; RESOURCES];
        for row in 0..self.m {
            if let Some(worth) = worths.get(self.basis[row]) {
                for (dual, entry) in duals.iter_mut().zip(&self.inverse[row]) {
                    *dual += worth * entry;
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
    fn step(&mut self, columns: &[[f64; RESOURCES]], worths: &[f64], more: &[u32]) -> bool {
        let (m, n) = (self.m, self.n);
        let duals = self.duals(worths);
        let mut entering: Option<(f64, usize)> = None;
        let mut most = 0.0;
        let items = columns.iter().zip(worths).zip(more).zip(&self.is_full).zip(&self.is_basic);
        for (at, ((((column, &worth), &more), &full), &basic)) in items.enumerate() {
            let mut gain = worth;
            for (dual, entry) in duals.iter().zip(column) {
                gain -= dual * entry;
            }
            let gain = if full { -gain } else { gain };
            if gain > most && gain > 1e-9 * worth && !basic && more > 0 {
                most = gain;
                entering = Some((gain, at));
            }
        }
        for (row, &dual) in duals.iter().enumerate().take(m) {
            // A slack gains where the dual is below 0, by more than a rounding.
            if -dual > most && !self.is_basic[n + row] {
                most = -dual;
                entering = Some((-dual, n + row));
            }
        }
        let Some((_, at)) = entering else { return false };
        // How the basic variables move as the entering one leaves its bound.
        let along = self.along(at, columns);
        let slope = if self.is_full[at] { along.map(|along| -along) } else { along };
        let mut reach = if at < n { f64::from(more[at]) } else { f64::INFINITY };
        let mut leaving: Option<(usize, bool)> = None;
        for (row, (&slope, &value)) in slope.iter().zip(&self.values).enumerate().take(m) {
            let basic = self.basis[row];
            let limit = if slope > 1e-11 {
                value.max(0.0) / slope
            } else if slope < -1e-11 && basic < n {
                (f64::from(more[basic]) - value).max(0.0) / -slope
            } else {
                continue;
            };
            if limit < reach {
                reach = limit;
                leaving = Some((row, slope < 0.0));
            }
        }
        if reach == f64::INFINITY {
            return false;
        }
        for (value, slope) in self.values.iter_mut().zip(&slope) {
            *value -= reach * slope;
        }
        let Some((row, at_most)) = leaving else {
            self.is_full[at] = !self.is_full[at];
            return true;
        };
        let value = if self.is_full[at] { f64::from(more[at]) - reach } else { reach };
        let pivot = along[row];
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

    /// The variable's column in terms of the basis.
    fn along(&self, at: usize, columns: &[[f64; RESOURCES]]) -> [f64; RESOURCES] {
        let mut along = [0.0; RESOURCES];
        for (along, inverse) in along.iter_mut().zip(&self.inverse).take(self.m) {
            *along = match columns.get(at) {
                Some(column) => inverse.iter().zip(column).map(|(a, b)| a * b).sum(),
                None => inverse[at - self.n],
            };
        }
        along
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns, worths, most of each; the value.
    #[test]
    fn takes_the_most_worth() {
        type Row = (usize, &'static [[f64; RESOURCES]], &'static [f64], &'static [u32], f64);
        let rows: [Row; 4] = [
            (1, &[[0.5, 0.0, 0.0, 0.0]], &[3.0], &[9], 6.0),
            (1, &[[0.5, 0.0, 0.0, 0.0]], &[3.0], &[1], 3.0),
            // The second is denser, the first fills the rest.
            (1, &[[0.4, 0.0, 0.0, 0.0], [0.3, 0.0, 0.0, 0.0]], &[3.0, 3.0], &[9, 2], 9.0),
            // Complementary in two rows.
            (2, &[[0.2, 0.1, 0.0, 0.0], [0.1, 0.2, 0.0, 0.0]], &[1.0, 1.0], &[9, 9], 20.0 / 3.0),
        ];
        for (m, columns, worths, more, value) in rows {
            let found = relaxation(m, columns, worths, more);
            let worth: f64 = found.figures.iter().zip(worths).map(|(x, worth)| x * worth).sum();
            assert!((worth - value).abs() < 1e-9, "{columns:?}: {worth}, not {value}");
        }
    }
}
