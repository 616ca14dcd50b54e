//! Quantities that may be negative, and the time of a day.

use super::text::{millionths, shown};
use super::{Quantity, QuantityVisitor, read_as_quantity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::marker::PhantomData;

/// A distance from a threshold with up to three decimals, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
pub struct SignedMilli(i64);

impl SignedMilli {
    const MAX: i64 = 1_000_000_000_000;

    /// From thousandths; `None` beyond a thousand million in either direction.
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (-Self::MAX..=Self::MAX).contains(&thousandths).then_some(Self(thousandths))
    }

    /// In thousandths.
    pub fn thousandths(self) -> i64 {
        self.0
    }
}

/// A number with its sign, in thousandths.
fn signed(text: &str) -> Option<i64> {
    let text = text.trim();
    let (minus, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let milli = millionths(digits).map(|micro| (micro + 500) / 1000)?;
    let milli = i64::try_from(milli).ok()?;
    Some(if minus { -milli } else { milli })
}

impl Quantity for SignedMilli {
    fn from_text(text: &str) -> Result<Self, String> {
        signed(text).and_then(Self::from_thousandths).ok_or_else(|| {
            format!(
                "{} is not a bound: a number from -1,000,000,000 to 1,000,000,000 with up to three \
                 decimals is needed",
                shown(text)
            )
        })
    }
}

impl Serialize for SignedMilli {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

read_as_quantity!(
    SignedMilli,
    json_schema!({ "type": "number", "minimum": -1_000_000_000, "maximum": 1_000_000_000 })
);

/// By how much a step changes the desired count: tasks or percent, negative for fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
#[serde(transparent)]
pub struct ScalingAdjustment(i32);

impl ScalingAdjustment {
    const MAX: i32 = 100_000;

    /// `None` beyond 100,000 in either direction.
    pub fn new(adjustment: i32) -> Option<Self> {
        (-Self::MAX..=Self::MAX).contains(&adjustment).then_some(Self(adjustment))
    }

    /// The number.
    pub fn get(self) -> i32 {
        self.0
    }
}

impl Quantity for ScalingAdjustment {
    fn from_text(text: &str) -> Result<Self, String> {
        let whole = signed(text).filter(|milli| milli % 1000 == 0).map(|milli| milli / 1000);
        whole.and_then(|it| i32::try_from(it).ok()).and_then(Self::new).ok_or_else(|| {
            format!(
                "{} is not an adjustment: a whole number from -100,000 to 100,000 is needed",
                shown(text)
            )
        })
    }
}

read_as_quantity!(
    ScalingAdjustment,
    json_schema!({ "type": "integer", "minimum": -100_000, "maximum": 100_000 })
);

/// A time of the day, in minutes after midnight; written `09:00`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "string"))]
pub struct ClockTime(u16);

impl ClockTime {
    /// Minutes after midnight.
    pub fn minutes(self) -> u32 {
        self.0.into()
    }
}

impl Quantity for ClockTime {
    fn from_text(text: &str) -> Result<Self, String> {
        let parsed = text.trim().split_once(':').and_then(|(hour, minute)| {
            let two = |part: &str| {
                let digits = part.bytes().all(|byte| byte.is_ascii_digit());
                part.parse::<u16>().ok().filter(|_| digits && part.len() <= 2)
            };
            let (hour, minute) = (two(hour)?, two(minute)?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        });
        parsed.map(Self).ok_or_else(|| {
            format!("{} is not a time: hours and minutes such as 09:00 are needed", shown(text))
        })
    }
}

impl Serialize for ClockTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", self.0 / 60, self.0 % 60))
    }
}

read_as_quantity!(
    ClockTime,
    json_schema!({ "type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$" })
);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<Q: Quantity + Serialize>(text: &str, read: &str) {
        let told = match Q::from_text(text) {
            Ok(value) => serde_json::to_string(&value).expect("JSON"),
            Err(why) => why,
        };
        assert!(told.starts_with(read), "{text}: {told}");
    }

    #[test]
    fn signs_and_times_are_read() {
        check::<SignedMilli>("-0.5", "-0.5");
        check::<SignedMilli>("15", "15");
        check::<SignedMilli>("--1", "--1 is not a bound");
        check::<ScalingAdjustment>("-3", "-3");
        check::<ScalingAdjustment>("2.5", "2.5 is not an adjustment");
        check::<ScalingAdjustment>("-100001", "-100001 is not an adjustment");
        check::<ClockTime>("9:05", "\"09:05\"");
        check::<ClockTime>("24:00", "24:00 is not a time");
        check::<ClockTime>("0900", "0900 is not a time");
        check::<ClockTime>("09:+1", "09:+1 is not a time");
    }
}
