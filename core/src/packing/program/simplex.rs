//! A bounded dual simplex with an explicit inverse.
//!
//! The row farthest outside its bounds for the length of its step leaves (Devex); of what can
//! take its place, the steepest of those whose reduced cost reaches 0 first or almost first
//! (Harris).

use super::{Outcome, Program};
use crate::packing::inverse::inverse;
use crate::packing::work::Meter;

/// How many pivots before the inverse is computed anew.
const REFRESH: usize = 60;
/// What counts as within bounds.
const FEASIBLE: f64 = 1e-7;
/// The weight at which all begin anew.
const HEAVY: f64 = 1e9;
/// What counts as a reduced cost.
const SIGN: f64 = 1e-9;
/// What counts as a pivot.
const PIVOT: f64 = 1e-6;

impl Program {
    /// Pivots to the optimum, or until the value is above `limit` or `percent` of the budget are
    /// spent.
    pub(in crate::packing) fn solve(
        &mut self,
        limit: f64,
        meter: &mut Meter,
        percent: u64,
    ) -> Outcome {
        let m = self.rows();
        let mut alphas = vec![0.0; self.costs.len()];
        let mut lost = 0;
        for pivot in 0..2000 + 20 * m {
            meter.spend(m * m * 2 + self.costs.len() * 6);
            let Some((row, below)) = self.leaving() else { return Outcome::Optimal };
            if meter.is_past(percent) {
                break;
            }
            if pivot % 8 == 7 && self.value() > limit {
                return Outcome::Above;
            }
            let Some(entering) = self.entering(row, below, &mut alphas) else {
                return Outcome::Infeasible { row, below };
            };
            if !self.pivot(row, below, entering, &alphas) {
                // A pivot this small comes from an inverse that has lost its precision.
                lost += 1;
                if lost > 3 || !self.refresh() {
                    return Outcome::Lost;
                }
            }
        }
        Outcome::Lost
    }

    /// The row whose figure is farthest outside its bounds for the length of its step, and whether
    /// it is below.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut most = 0.0;
        let mut leaving = None;
        let rows = self.basis.iter().zip(&self.values).zip(&self.weights);
        for (row, ((&at, &value), weight)) in rows.enumerate() {
            let (below, above) = (self.lower[at] - value, value - self.upper[at]);
            let outside = if below > above { below } else { above };
            if outside > FEASIBLE && outside * outside > most * weight {
                most = outside * outside / weight;
                leaving = Some((row, below > above));
            }
        }
        leaving
    }

    /// Of the variables that bring the row's figure back, one whose reduced cost reaches 0 first
    /// or almost first: among those the steepest, since small pivots spoil the inverse.
    fn entering(&self, row: usize, below: bool, alphas: &mut [f64]) -> Option<usize> {
        let ray = self.ray(row);
        let mut least = f64::INFINITY;
        for (at, alpha) in alphas.iter_mut().enumerate() {
            *alpha = 0.0;
            if self.is_basic[at] {
                continue;
            }
            let mut sum = 0.0;
            for &(row, entry) in &self.entries[at] {
                sum += ray[row] * entry;
            }
            *alpha = sum;
            let slope = if below == self.is_upper[at] { sum } else { -sum };
            if slope > PIVOT && self.lower[at] < self.upper[at] {
                let ratio = (self.reduced[at].abs() + 1e-11) / slope;
                least = if ratio < least { ratio } else { least };
            }
        }
        let mut best: Option<(f64, usize)> = None;
        for (at, &alpha) in alphas.iter().enumerate() {
            let slope = if below == self.is_upper[at] { alpha } else { -alpha };
            if slope > PIVOT
                && self.lower[at] < self.upper[at]
                && self.reduced[at].abs() <= least * slope
                && best.is_none_or(|(steepest, _)| slope > steepest)
            {
                best = Some((slope, at));
            }
        }
        best.map(|best| best.1)
    }

    fn pivot(&mut self, row: usize, below: bool, entering: usize, alphas: &[f64]) -> bool {
        let m = self.rows();
        let mut along = vec![0.0; m];
        for &(at, entry) in &self.entries[entering] {
            for (row, along) in along.iter_mut().enumerate() {
                *along += self.inverse[row * m + at] * entry;
            }
        }
        let by = along[row];
        // Row and column must tell the same of the pivot, or the inverse has lost its precision.
        if by.abs() < PIVOT * 0.5 || (by - alphas[entering]).abs() > 1e-7 * (1.0 + by.abs()) {
            return false;
        }
        let out = self.basis[row];
        let target = if below { self.lower[out] } else { self.upper[out] };
        let step = (self.values[row] - target) / by;
        let entered = self.standing(entering) + step;
        let rate = self.reduced[entering] / by;
        for (at, &alpha) in alphas.iter().enumerate() {
            if alpha != 0.0 {
                self.reduced[at] -= rate * alpha;
            }
        }
        self.reduced[out] = -rate;
        self.reduced[entering] = 0.0;
        let own = self.weights[row];
        for ((value, along), weight) in self.values.iter_mut().zip(&along).zip(&mut self.weights) {
            *value -= step * along;
            let longer = along / by * (along / by) * own;
            *weight = if longer > *weight { longer } else { *weight };
        }
        self.weights[row] = if own > by * by { own / (by * by) } else { 1.0 };
        if self.weights.iter().any(|&weight| weight > HEAVY) {
            self.weights.fill(1.0);
        }
        self.values[row] = entered;
        let (before, rest) = self.inverse.split_at_mut(row * m);
        let (own, after) = rest.split_at_mut(m);
        for entry in own.iter_mut() {
            *entry /= by;
        }
        let others = before.chunks_exact_mut(m).zip(&along);
        for (entries, &factor) in others.chain(after.chunks_exact_mut(m).zip(&along[row + 1..])) {
            if factor.abs() > 1e-13 {
                for (entry, own) in entries.iter_mut().zip(&*own) {
                    *entry -= factor * own;
                }
            }
        }
        self.is_basic[out] = false;
        self.is_upper[out] = !below;
        self.is_basic[entering] = true;
        self.is_upper[entering] = false;
        self.basis[row] = entering;
        self.pivots += 1;
        !self.pivots.is_multiple_of(REFRESH) || self.refresh()
    }

    /// Computes everything anew from the basis and the bounds; `false` if the basis is singular.
    pub(in crate::packing) fn refresh(&mut self) -> bool {
        let m = self.rows();
        let mut matrix = vec![0.0; m * m];
        for (at, &basic) in self.basis.iter().enumerate() {
            for &(row, entry) in &self.entries[basic] {
                matrix[row * m + at] = entry;
            }
        }
        let Some(inverse) = inverse(m, matrix, 1e-10) else { return false };
        self.inverse = inverse;
        self.is_basic.fill(false);
        for &at in &self.basis {
            self.is_basic[at] = true;
            self.is_upper[at] = false;
        }
        let duals = self.duals();
        let mut left = self.wanted.clone();
        self.reduced = self.costs.clone();
        for at in 0..self.costs.len() {
            if self.is_basic[at] {
                self.reduced[at] = 0.0;
                continue;
            }
            for &(row, entry) in &self.entries[at] {
                self.reduced[at] -= duals[row] * entry;
            }
            // What is not basic stands where the sign says, if it says anything.
            let is_upper = if self.reduced[at].abs() > SIGN {
                self.reduced[at] < 0.0
            } else {
                self.is_upper[at]
            };
            self.is_upper[at] = is_upper && self.upper[at] < f64::INFINITY;
            let standing = self.standing(at);
            if standing != 0.0 {
                for &(row, entry) in &self.entries[at] {
                    left[row] -= entry * standing;
                }
            }
        }
        self.values = (0..m)
            .map(|row| self.inverse[row * m..].iter().zip(&left).map(|(a, b)| a * b).sum())
            .collect();
        true
    }
}
