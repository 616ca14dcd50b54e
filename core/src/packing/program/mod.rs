//! A linear program with bounds on its variables, solved again and again with changed bounds.
//!
//! Least `cost * x` with `rows * x` at least (or exactly) what each row wants and every `x`
//! between its bounds. A dual simplex with an explicit inverse: a change of bounds leaves the
//! basis dual feasible, so after a branching a few pivots lead to the new optimum. All costs are
//! at least 0, so the basis of surpluses is a start.
//!
//! Floats throughout: figures and duals guide the search, what they prove is said in integers by
//! `formulation`.

mod simplex;

/// The program, its basis and its figures.
pub(super) struct Program {
    wanted: Vec<f64>,
    costs: Vec<f64>,
    /// Of each variable `(row, entry)`; the surpluses, one for each row, come after all others.
    entries: Vec<Vec<(usize, f64)>>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// The variable that each row determines.
    basis: Vec<usize>,
    is_basic: Vec<bool>,
    /// Of what is not basic, whether it stands at its upper bound.
    is_upper: Vec<bool>,
    inverse: Vec<f64>,
    /// Figures of the basis.
    values: Vec<f64>,
    reduced: Vec<f64>,
    /// How long each row's step is, about: a Devex weight.
    weights: Vec<f64>,
    pivots: usize,
    largest_entry: f64,
}

/// A basis to come back to.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    basis: Vec<u32>,
    upper: Vec<u32>,
}

/// How solving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Optimal,
    /// The value is above the limit.
    Above,
    /// Nothing keeps the bounds: duals that go on along the row's [`Program::ray`], against it if
    /// the row's figure is `below` its bounds, prove any value.
    Infeasible {
        row: usize,
        below: bool,
    },
    /// Numbers gave out, or time did.
    Lost,
}

impl Program {
    /// `rows` gives for each what is wanted, and whether exactly.
    pub(super) fn new(rows: &[(f64, bool)]) -> Self {
        Self {
            wanted: rows.iter().map(|row| row.0).collect(),
            costs: Vec::new(),
            entries: Vec::new(),
            lower: Vec::new(),
            upper: rows.iter().map(|row| if row.1 { 0.0 } else { f64::INFINITY }).collect(),
            basis: Vec::new(),
            is_basic: Vec::new(),
            is_upper: Vec::new(),
            inverse: Vec::new(),
            values: Vec::new(),
            reduced: Vec::new(),
            weights: Vec::new(),
            pivots: 0,
            largest_entry: 1.0,
        }
    }

    /// Adds a variable that is at least 0; all are added before the first [`Self::start`].
    pub(super) fn add(&mut self, cost: f64, entries: Vec<(usize, f64)>, upper: f64) {
        let at = self.costs.len();
        self.largest_entry = entries.iter().fold(self.largest_entry, |most, it| most.max(it.1));
        // A trifle less, each its own: equal costs let the simplex go round in circles. Less, so
        // that duals which suit these costs suit the true ones.
        let trifle = f64::from(u32::try_from(at * 7919 % 1009).unwrap_or(0)) * 1e-12;
        self.costs.push(cost * (1.0 - trifle));
        self.entries.push(entries);
        self.upper.insert(at, upper);
    }

    /// Adds the surpluses and begins with them.
    pub(super) fn start(&mut self) {
        let n = self.costs.len();
        let m = self.wanted.len();
        for row in 0..m {
            self.costs.push(0.0);
            self.entries.push(vec![(row, -1.0)]);
        }
        self.lower = vec![0.0; n + m];
        self.is_upper = vec![false; n + m];
        self.is_basic = vec![false; n + m];
        self.basis = (n..n + m).collect();
        self.weights = vec![1.0; m];
        self.refresh();
    }

    /// Adds a row to a started program: at least `wanted`.
    pub(super) fn add_row(&mut self, entries: &[(usize, f64)], wanted: f64) -> bool {
        let row = self.rows();
        self.largest_entry = entries.iter().fold(self.largest_entry, |most, it| most.max(it.1));
        for &(at, entry) in entries {
            self.entries[at].push((row, entry));
        }
        self.wanted.push(wanted);
        self.basis.push(self.costs.len());
        self.weights.push(1.0);
        self.costs.push(0.0);
        self.entries.push(vec![(row, -1.0)]);
        self.lower.push(0.0);
        self.upper.push(f64::INFINITY);
        self.is_basic.push(true);
        self.is_upper.push(false);
        self.refresh()
    }

    /// Takes out the rows after the first `firm` that do not bind.
    pub(super) fn drop_loose(&mut self, firm: usize) {
        let (n, m) = (self.costs.len() - self.rows(), self.rows());
        let loose = |row: usize| row >= firm && self.is_basic[n + row];
        if !(0..m).any(loose) {
            return;
        }
        let mut place = Vec::new();
        let mut kept = 0;
        for row in 0..m {
            place.push((!loose(row)).then_some(kept));
            kept += usize::from(!loose(row));
        }
        for entries in &mut self.entries {
            entries.retain_mut(|(row, _)| place[*row].map(|to| *row = to).is_some());
        }
        let moved =
            |at: usize| at.checked_sub(n).map_or(Some(at), |row| place[row].map(|it| n + it));
        let weights = std::mem::take(&mut self.weights);
        (self.basis, self.weights) =
            self.basis.iter().zip(weights).filter_map(|(&at, w)| Some((moved(at)?, w))).unzip();
        let stays = place.iter().zip(&self.wanted).filter(|(place, _)| place.is_some());
        self.wanted = stays.map(|(_, &wanted)| wanted).collect();
        for row in (0..m).rev().filter(|&row| place[row].is_none()) {
            self.costs.remove(n + row);
            self.entries.remove(n + row);
            self.lower.remove(n + row);
            self.upper.remove(n + row);
            self.is_basic.remove(n + row);
            self.is_upper.remove(n + row);
        }
        self.refresh();
    }

    /// How many bits the largest entry has, or more.
    pub(super) fn entry_bits(&self) -> u32 {
        let bits = (0..52).find(|&bits| (1_u64 << bits) as f64 > self.largest_entry);
        bits.unwrap_or(u64::BITS)
    }

    pub(super) fn is_upper(&self, at: usize) -> bool {
        self.is_upper[at]
    }

    pub(super) fn wanted(&self, row: usize) -> f64 {
        self.wanted[row]
    }

    /// The variable that a row determines.
    pub(super) fn determined(&self, row: usize) -> Option<usize> {
        self.basis.get(row).copied()
    }

    pub(super) fn bounds(&self, at: usize) -> (f64, f64) {
        (self.lower[at], self.upper[at])
    }

    /// Changes a variable's bounds; [`Self::refresh`] must follow.
    pub(super) fn bind(&mut self, at: usize, lower: f64, upper: f64) {
        (self.lower[at], self.upper[at]) = (lower, upper);
    }

    pub(super) fn entries(&self, at: usize) -> &[(usize, f64)] {
        &self.entries[at]
    }

    pub(super) fn rows(&self) -> usize {
        self.wanted.len()
    }

    /// How a variable stands: its figure.
    pub(super) fn figures(&self) -> Vec<f64> {
        let mut figures: Vec<f64> = (0..self.costs.len()).map(|at| self.standing(at)).collect();
        for (&at, &value) in self.basis.iter().zip(&self.values) {
            figures[at] = value.max(self.lower[at]).min(self.upper[at]);
        }
        figures
    }

    pub(super) fn value(&self) -> f64 {
        let mut value = 0.0;
        for (&at, &x) in self.basis.iter().zip(&self.values) {
            value += self.costs[at] * x;
        }
        for at in 0..self.costs.len() {
            if self.costs[at] > 0.0 && !self.is_basic[at] {
                value += self.costs[at] * self.standing(at);
            }
        }
        value
    }

    /// The price of each row.
    pub(super) fn duals(&self) -> Vec<f64> {
        let m = self.rows();
        let mut duals = vec![0.0; m];
        for (row, &at) in self.basis.iter().enumerate() {
            let cost = self.costs[at];
            if cost > 0.0 {
                for (dual, entry) in duals.iter_mut().zip(&self.inverse[row * m..]) {
                    *dual += cost * entry;
                }
            }
        }
        duals
    }

    /// A row of the inverse.
    pub(super) fn ray(&self, row: usize) -> &[f64] {
        let m = self.rows();
        &self.inverse[row * m..(row + 1) * m]
    }

    pub(super) fn basis(&self) -> Basis {
        let number = |at: usize| u32::try_from(at).unwrap_or(0);
        Basis {
            basis: self.basis.iter().map(|&at| number(at)).collect(),
            upper: (0..self.is_upper.len()).filter(|&at| self.is_upper[at]).map(number).collect(),
        }
    }

    /// Comes back to a basis; [`Self::refresh`] must follow.
    pub(super) fn return_to(&mut self, basis: &Basis) {
        let number = |&at: &u32| usize::try_from(at).unwrap_or(0);
        self.basis = basis.basis.iter().map(number).collect();
        self.weights.fill(1.0);
        self.is_upper.fill(false);
        for at in basis.upper.iter().map(number) {
            self.is_upper[at] = true;
        }
    }

    fn standing(&self, at: usize) -> f64 {
        if self.is_upper[at] && self.upper[at] < f64::INFINITY {
            self.upper[at]
        } else {
            self.lower[at]
        }
    }
}
