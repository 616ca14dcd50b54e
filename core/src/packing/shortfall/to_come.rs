//! States from which what is still to come cannot fill the room well enough.

use super::super::RESOURCES;
use super::super::proof::fixed_narrow;
use super::super::reduce::common_divisor;
use super::super::relaxation::relaxation;
use super::super::work::Meter;
use super::rests::Group;
use super::{Piece, Search, State};

impl Search<'_> {
    /// The states with rests in whole steps of the pieces `to_come`, and those steps; `None` if
    /// they all are anyhow.
    pub(super) fn round(
        &self,
        layer: &[State],
        to_come: &[usize],
        meter: &mut Meter,
    ) -> Option<([u64; RESOURCES], Vec<State>)> {
        let rows = &self.rows;
        let mut steps = [0; RESOURCES];
        for &at in to_come {
            for (step, need) in steps.iter_mut().zip(rows.spread(&self.pieces[at].amounts)) {
                *step = common_divisor(*step, need);
            }
        }
        if steps.iter().zip(&rows.fields).all(|(&step, _)| step == 1) {
            return None;
        }
        meter.spend(layer.len() * 30);
        let mut rounded: Vec<State> = layer
            .iter()
            .map(|state| rows.round(state, &steps))
            .filter(|state| state.short <= self.within)
            .collect();
        rounded.sort_unstable_by_key(|state| (std::cmp::Reverse(state.rest), state.short));
        let mut group = Group::new(rows);
        rounded.retain(|state| group.admits(state.rest, state.short));
        Some((steps, rounded))
    }

    /// Drops the states whose rest the pieces `to_come` cannot fill well enough.
    ///
    /// Any prices bound what they can make of a rest. Those that the room's own multipliers say
    /// are low where the pieces to come are of one shape and the rest is of another, so some
    /// others are tried: of such shapes.
    pub(super) fn cut(&self, layer: &mut Vec<State>, to_come: &[usize], meter: &mut Meter) {
        let rows = &self.rows;
        let n = rows.fields.len();
        let pieces: Vec<&Piece> = to_come.iter().map(|&at| &self.pieces[at]).collect();
        let need: Vec<[u64; RESOURCES]> =
            pieces.iter().map(|it| rows.spread(&it.amounts)).collect();
        let worths: Vec<u64> = pieces
            .iter()
            .zip(&need)
            .map(|(it, need)| {
                let cost: u64 = need.iter().zip(&rows.fields).map(|(n, f)| n * f.price).sum();
                (cost + it.left).saturating_sub(it.taken)
            })
            .collect();
        let gains: Vec<f64> = worths.iter().map(|&worth| worth as f64).collect();
        let most: Vec<u32> = pieces.iter().map(|it| it.most).collect();
        let full = rows.spread_rest(rows.full);
        let mut seen: Vec<([u64; RESOURCES], u64)> = Vec::new();
        for field in 0..n {
            for part in [0.5, 0.2, 0.05] {
                let mut shape = [1.0; RESOURCES];
                for (at, (shape, &full)) in shape.iter_mut().zip(&full).enumerate() {
                    *shape = full.max(1) as f64 * if at == field { part } else { 1.0 };
                }
                let column = |need: &[u64; RESOURCES]| {
                    let mut column = [0.0; RESOURCES];
                    for (at, entry) in column.iter_mut().enumerate().take(n) {
                        *entry = need[at] as f64 / shape[at];
                    }
                    column
                };
                let columns: Vec<[f64; RESOURCES]> = need.iter().map(column).collect();
                let relaxed = relaxation(n, &columns, &gains, &most);
                meter.spend((relaxed.pivots + 1) * (columns.len() * (n + 1) * 3 + 50));
                let mut multipliers = [0.0; RESOURCES];
                for (at, multiplier) in multipliers.iter_mut().enumerate().take(n) {
                    *multiplier = relaxed.duals[at].max(0.0) / shape[at];
                }
                let Some(prices) = fixed_narrow(0, &multipliers, &full) else { continue };
                let mut beyond = 0_u64;
                for ((it, need), &worth) in pieces.iter().zip(&need).zip(&worths) {
                    let cost: u64 = need.iter().zip(&prices).map(|(n, price)| n * price).sum();
                    beyond += worth.saturating_sub(cost) * u64::from(it.most);
                }
                if !seen.contains(&(prices, beyond)) {
                    seen.push((prices, beyond));
                }
            }
        }
        meter.spend(layer.len() * (2 + seen.len()));
        layer.retain(|state| {
            let mut rests = [0; RESOURCES];
            let mut least = state.short;
            for (rest, field) in rests.iter_mut().zip(&rows.fields) {
                *rest = state.rest >> field.low & field.mask;
                least += *rest * field.price;
            }
            let least = least.saturating_sub(self.within);
            seen.iter().all(|(prices, beyond)| {
                let gain: u64 = rests.iter().zip(prices).map(|(rest, price)| rest * price).sum();
                least <= gain.saturating_add(*beyond)
            })
        });
    }
}
