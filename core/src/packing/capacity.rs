//! What instances must cost that together have as much of each resource as some tasks need.
//!
//! Every fleet does, so this bounds it. Unlike the linear program's, this bound knows that
//! instances are whole: for a few of them it is often the dearer and the truer. Amounts are
//! counted in units: an instance's rounded up, and what tasks need rounded up too, which is as
//! good, since a sum of whole units that reaches an amount reaches the next whole unit. The least
//! costs of all amounts up to what the tasks need at most are tabulated once.

use super::reduce::{Model, common_divisor};
use super::work::Meter;
use super::{Amounts, RESOURCES};

/// Most entries, and most steps to tabulate them.
const MOST_CELLS: usize = 1 << 17;
const MOST_STEPS: usize = 3_000_000;

/// The least cost of each amount of resources.
#[derive(Default)]
pub(super) struct Capacity {
    /// What one unit of each resource is, 0 if the resource is not counted.
    units: Amounts,
    strides: [usize; RESOURCES],
    sizes: [usize; RESOURCES],
    least: Vec<u64>,
}

/// How many units there are, the last one begun.
fn cells(amount: u64, unit: u64) -> usize {
    if unit == 0 { 0 } else { usize::try_from(amount.div_ceil(unit)).unwrap_or(usize::MAX) }
}

impl Capacity {
    /// For instances of the choices, with these weights, and amounts up to `most`.
    pub(super) fn of(
        model: &Model,
        choices: &[usize],
        weights: &[u64],
        most: &Amounts,
        meter: &mut Meter,
    ) -> Self {
        let mut units = [0; RESOURCES];
        for (r, unit) in units.iter_mut().enumerate().filter(|&(r, _)| most[r] > 0) {
            let all = choices.iter().map(|&at| model.choices[at].amounts[r]);
            *unit = all.fold(0, common_divisor).max(1);
        }
        let size = |units: &Amounts| {
            let sizes = most.iter().zip(units).map(|(&most, &unit)| cells(most, unit));
            sizes.fold(1_usize, |size, more| size.saturating_mul(more.saturating_add(1)))
        };
        let most_cells = MOST_CELLS.min(MOST_STEPS / choices.len().max(1)).max(32);
        while size(&units) > most_cells {
            let widest = (0..RESOURCES).max_by_key(|&r| cells(most[r], units[r]));
            let Some(unit) = widest.map(|r| &mut units[r]) else { break };
            *unit = unit.saturating_add((*unit).div_ceil(2));
        }
        let sizes: Vec<usize> =
            most.iter().zip(&units).map(|(&most, &unit)| cells(most, unit) + 1).collect();
        let mut table = Self { units, ..Self::default() };
        table.sizes.copy_from_slice(&sizes);
        let mut stride = 1;
        for r in (0..RESOURCES).rev() {
            table.strides[r] = stride;
            stride *= sizes[r];
        }
        table.least = vec![u64::MAX >> 2; stride];
        table.least[0] = 0;
        for &at in choices {
            let mut held = [0; RESOURCES];
            for (r, held) in held.iter_mut().enumerate() {
                *held = cells(model.choices[at].amounts[r], units[r]).min(sizes[r] - 1);
            }
            table.add(&held, weights[at]);
            meter.spend(stride * 2);
        }
        table
    }

    /// Any number of instances more, each of which holds so many units.
    fn add(&mut self, held: &[usize; RESOURCES], weight: u64) {
        let [a, b, c, d] = self.sizes;
        let [wide, high, deep, _] = self.strides;
        for x in 0..a {
            for y in 0..b {
                for z in 0..c {
                    let row = x * wide + y * high + z * deep;
                    let from = x.saturating_sub(held[0]) * wide
                        + y.saturating_sub(held[1]) * high
                        + z.saturating_sub(held[2]) * deep;
                    for w in 0..d {
                        let with = self.least[from + w.saturating_sub(held[3])] + weight;
                        let place = &mut self.least[row + w];
                        *place = (*place).min(with);
                    }
                }
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.least.is_empty()
    }

    /// What tasks that need so much cost at least; nothing if nothing is tabulated.
    pub(super) fn least(&self, amounts: &Amounts) -> u64 {
        let mut place = 0;
        for (r, &amount) in amounts.iter().enumerate().filter(|&(r, _)| self.units[r] > 0) {
            place += cells(amount, self.units[r]).min(self.sizes[r] - 1) * self.strides[r];
        }
        self.least.get(place).copied().unwrap_or(0)
    }
}
