//! Prices foretold from a base figure, so that only the error of the forecast is stored.
//!
//! Prices within a family are nearly in proportion: to vCPUs within a region, and to another
//! region's prices between regions. The first price of a family is foretold with the ratio of the
//! family before it, and the rest with the ratio that this first price then shows. All in whole
//! numbers: adding the residue gives back the price exactly.

use crate::NanoUsdPerHour;

/// Writer and reader walk the same types in the same order with one of these each.
pub(super) struct Forecast {
    /// Nano-USD of one step: every price of the column is a multiple.
    unit: u64,
    family: String,
    /// The present family's first price over its base.
    price: u64,
    base: u64,
}

impl Forecast {
    pub(super) fn new(unit: u64) -> Self {
        Self { unit: unit.max(1), family: String::new(), price: 0, base: 1 }
    }

    /// The residue, in steps, that gives `price` back.
    pub(super) fn residue(&mut self, family: &str, base: u64, price: NanoUsdPerHour) -> i64 {
        let steps = i128::from(price.0 / self.unit) - self.steps(base);
        self.learn(family, base, price.0);
        // Prices are at most 2^53, so a residue that does not fit means a forecast far beyond any
        // price; `steps` cannot make one.
        i64::try_from(steps).unwrap_or(0)
    }

    /// The price, or `None` where the residue leads to no price there can be.
    pub(super) fn price(
        &mut self,
        family: &str,
        base: u64,
        residue: i64,
    ) -> Option<NanoUsdPerHour> {
        let steps = self.steps(base) + i128::from(residue);
        let price = u64::try_from(steps).ok()?.checked_mul(self.unit)?;
        if price > NanoUsdPerHour::MAX.0 {
            return None;
        }
        self.learn(family, base, price);
        Some(NanoUsdPerHour(price))
    }

    /// The forecast in steps, rounded half up and never above the greatest price.
    fn steps(&self, base: u64) -> i128 {
        let divisor = u128::from(self.base) * u128::from(self.unit);
        let price = u128::from(base) * u128::from(self.price);
        let steps = (price + divisor / 2) / divisor;
        i128::try_from(steps.min(u128::from(NanoUsdPerHour::MAX.0))).unwrap_or(0)
    }

    fn learn(&mut self, family: &str, base: u64, price: u64) {
        if self.family != family && base > 0 {
            family.clone_into(&mut self.family);
            self.price = price;
            self.base = base;
        }
    }
}

/// The greatest step of which all the prices are multiples; 1 for no prices.
pub(super) fn unit(prices: impl Iterator<Item = NanoUsdPerHour>) -> u64 {
    prices.fold(0, |unit, price| greatest_common_divisor(unit, price.0)).max(1)
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
