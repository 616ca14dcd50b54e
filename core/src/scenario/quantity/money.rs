//! Prices and discounts, exact: no float stands between what is written and what is reckoned with.

use super::StorageGib;
use super::text::{billionths, millionths, shown};
use super::{Quantity, QuantityVisitor, read_as_quantity};
use eniac_catalog::NanoUsdPerHour;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// What is taken off a price, in percent with up to two decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
pub struct DiscountPercent(u16);

impl DiscountPercent {
    const WHOLE: u16 = 10_000;

    /// From hundredths of a percent; `None` above 100 %.
    pub fn from_hundredths(hundredths: u16) -> Option<Self> {
        (hundredths <= Self::WHOLE).then_some(Self(hundredths))
    }

    /// Whether it takes nothing off.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub fn is_none(&self) -> bool {
        self.0 == 0
    }

    /// What is left of a price, rounded half up.
    #[must_use]
    pub fn off(self, price: NanoUsdPerHour) -> NanoUsdPerHour {
        let kept = u128::from(Self::WHOLE - self.0);
        let whole = u128::from(Self::WHOLE);
        let nano = (u128::from(price.0) * kept + whole / 2) / whole;
        NanoUsdPerHour(u64::try_from(nano).unwrap_or(u64::MAX))
    }
}

impl fmt::Display for DiscountPercent {
    /// `28` and `28.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&(f64::from(self.0) / 100.0), f)
    }
}

impl Quantity for DiscountPercent {
    fn from_text(text: &str) -> Result<Self, String> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let micro = millionths(number).map(|micro| (micro + 5000) / 10_000);
        let hundredths = micro.and_then(|hundredths| u16::try_from(hundredths).ok());
        hundredths.and_then(Self::from_hundredths).ok_or_else(|| {
            format!(
                "{} is not a discount in percent: a number from 0 to 100 with up to two decimals \
                 is needed",
                shown(text)
            )
        })
    }
}

impl Serialize for DiscountPercent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u16(self.0 / 100)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 100.0)
        }
    }
}

read_as_quantity!(
    DiscountPercent,
    json_schema!({ "type": "number", "minimum": 0, "maximum": 100 })
);

/// What an instance costs the user an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
pub struct UsdPerHour(NanoUsdPerHour);

impl UsdPerHour {
    const LEAST: NanoUsdPerHour = NanoUsdPerHour(1000);
    /// More than twenty times the dearest list price.
    const MOST: NanoUsdPerHour = NanoUsdPerHour(10_000 * NanoUsdPerHour::PER_USD);

    /// `None` for nothing at all, and above 10,000 USD.
    pub fn new(price: NanoUsdPerHour) -> Option<Self> {
        (Self::LEAST..=Self::MOST).contains(&price).then_some(Self(price))
    }

    /// In nano-USD.
    pub fn per_hour(self) -> NanoUsdPerHour {
        self.0
    }
}

impl Quantity for UsdPerHour {
    fn from_text(text: &str) -> Result<Self, String> {
        let number = text.trim().trim_start_matches('$').trim_end_matches("USD").trim();
        if number.is_empty() {
            return Err("no price stands here: USD an hour are needed".to_owned());
        }
        let nano = billionths(number).map(NanoUsdPerHour);
        nano.and_then(Self::new).ok_or_else(|| {
            format!(
                "{} is not a price of an instance: 0.000001 to 10,000 USD an hour is needed, with a \
                 point before the decimals",
                shown(text)
            )
        })
    }
}

impl Serialize for UsdPerHour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.0 as f64 / 1e9)
    }
}

read_as_quantity!(
    UsdPerHour,
    json_schema!({ "type": "number", "minimum": 0.000_001, "maximum": 10_000 })
);

/// What a GiB of volume costs a month, in micro-USD.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
pub struct UsdPerGibMonth(u32);

impl UsdPerGibMonth {
    const MAX_MICRO_USD: u32 = 100_000_000;

    /// From micro-USD, at most 100 USD.
    pub fn from_micro_usd(micro_usd: u32) -> Self {
        Self(micro_usd.min(Self::MAX_MICRO_USD))
    }

    /// What `gib` GiB cost an hour, a month being 730 hours, rounded half up.
    pub fn per_hour(self, gib: StorageGib) -> NanoUsdPerHour {
        let nano_per_month = u64::from(self.0) * 1000 * u64::from(gib.get());
        NanoUsdPerHour((nano_per_month + 365) / 730)
    }
}

impl Quantity for UsdPerGibMonth {
    fn from_text(text: &str) -> Result<Self, String> {
        let micro = millionths(text.trim()).and_then(|micro| u32::try_from(micro).ok());
        micro.filter(|micro| *micro <= Self::MAX_MICRO_USD).map(Self).ok_or_else(|| {
            format!(
                "{} is not a price of storage: 0 to 100 USD a GiB and month is needed",
                shown(text)
            )
        })
    }
}

impl Serialize for UsdPerGibMonth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1e6)
    }
}

read_as_quantity!(UsdPerGibMonth, json_schema!({ "type": "number", "minimum": 0, "maximum": 100 }));
