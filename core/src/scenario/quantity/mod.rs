//! What a value in a scenario may be: each quantity is a type that cannot hold anything else.
//!
//! Every one reads a JSON number or the same number as text; CPU and memory also read units, as
//! task definitions have them. What is refused is named with the limits.

mod money;
mod signed;
mod size;
mod text;

pub use money::{DiscountPercent, UsdPerGibMonth, UsdPerHour};
pub use signed::{ClockTime, ScalingAdjustment, SignedMilli};
pub use size::{Cpu, Memory};
pub use text::with_thousands;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use text::{millionths, shown, whole};

/// A quantity that is read from a number or from text.
trait Quantity: Sized {
    /// From a number or text as the user wrote it; the error says what would be right.
    fn from_text(text: &str) -> Result<Self, String>;
}

struct QuantityVisitor<Q>(PhantomData<Q>);

impl<Q: Quantity> Visitor<'_> for QuantityVisitor<Q> {
    type Value = Q;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a number as text")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Q, E> {
        Q::from_text(&value.to_string()).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Q, E> {
        Q::from_text(&value.to_string()).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Q, E> {
        Q::from_text(&value.to_string()).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Q, E> {
        Q::from_text(value).map_err(E::custom)
    }
}

macro_rules! read_as_quantity {
    ($name:ident, $schema:expr) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(QuantityVisitor(PhantomData))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

use read_as_quantity;

macro_rules! whole_number {
    ($(#[$doc:meta])* $name:ident($type:ty), $min:literal to $max:literal, default $default:literal, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
        #[serde(transparent)]
        pub struct $name($type);

        impl $name {
            /// The least value.
            pub const MIN: $type = $min;
            /// The greatest value.
            pub const MAX: $type = $max;

            /// `None` outside the limits.
            pub fn new(value: $type) -> Option<Self> {
                (Self::MIN..=Self::MAX).contains(&value).then_some(Self(value))
            }

            /// The number.
            pub fn get(self) -> $type {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self($default)
            }
        }

        impl Quantity for $name {
            fn from_text(text: &str) -> Result<Self, String> {
                let value = whole(text).and_then(|value| <$type>::try_from(value).ok());
                value.and_then(Self::new).ok_or_else(|| {
                    let (min, max) = (u64::from(Self::MIN), u64::from(Self::MAX));
                    let (min, max) = (with_thousands(min), with_thousands(max));
                    format!("{} is not {}: a whole number from {min} to {max} is needed", shown(text), $what)
                })
            }
        }

        read_as_quantity!($name, json_schema!({ "type": "integer", "minimum": $min, "maximum": $max }));
    };
}

whole_number!(
    /// How many tasks a service runs.
    TaskCount(u32), 0 to 100_000, default 0, "a number of tasks"
);
whole_number!(
    /// How many GPUs a container gets.
    GpuCount(u32), 0 to 64, default 0, "a number of GPUs"
);
whole_number!(
    /// A port number.
    Port(u16), 0 to 65_535, default 0, "a port"
);
whole_number!(
    /// A share in percent.
    Percent(u8), 0 to 100, default 0, "a percentage"
);
whole_number!(
    /// Percent above a price; 999999 switches price protection off.
    PercentAbove(u32), 0 to 999_999, default 0, "a percentage above a price"
);
whole_number!(
    /// MiB kept for the system; `ECS_RESERVED_MEMORY` is a 16-bit number.
    ReservedMemory(u16), 0 to 65_535, default 0, "an amount of reserved memory in MiB"
);
whole_number!(
    /// The size of a volume in GiB.
    StorageGib(u16), 1 to 16_384, default 30, "a volume size in GiB"
);
whole_number!(
    /// How many availability zones are used.
    ZoneCount(u8), 1 to 6, default 3, "a number of availability zones"
);
whole_number!(
    /// A limit of a range.
    WholeNumber(u64), 0 to 1_000_000_000, default 0, "a limit"
);

whole_number!(
    /// The base of a strategy's item: so many tasks first.
    Base(u32), 0 to 100_000, default 0, "a base"
);
whole_number!(
    /// The weight of a strategy's item.
    Weight(u16), 0 to 1000, default 0, "a weight"
);
whole_number!(
    /// Percent of the desired count that stays healthy in a deployment.
    MinimumHealthyPercent(u16), 0 to 100, default 100, "a minimum of healthy tasks in percent"
);
whole_number!(
    /// Percent of the desired count that may run in a deployment.
    MaximumPercent(u16), 100 to 1000, default 200, "a maximum of running tasks in percent"
);
whole_number!(
    /// Percent by which a cost may be exceeded.
    TolerancePercent(u16), 0 to 1000, default 10, "a tolerance in percent"
);
whole_number!(
    /// How many types to fall back on.
    FallbackTypes(u8), 1 to 100, default 3, "a number of types"
);
whole_number!(
    /// Percent by which a task may become smaller.
    ShrinkPercent(u8), 0 to 90, default 25, "a share of a task in percent"
);

whole_number!(
    /// A capacity provider's target, in percent.
    TargetCapacity(u8), 1 to 100, default 100, "a target capacity in percent"
);
whole_number!(
    /// How many instances a scale-out adds.
    StepSize(u16), 1 to 10_000, default 1, "a number of instances"
);
whole_number!(
    /// Seconds of warm-up of an instance.
    WarmupPeriod(u16), 0 to 10_000, default 300, "a warm-up period in seconds"
);
whole_number!(
    /// How many instances a group has.
    GroupSize(u32), 0 to 10_000, default 0, "a number of instances"
);
whole_number!(
    /// Seconds between two scalings.
    Cooldown(u32), 0 to 86_400, default 300, "a cooldown in seconds"
);
whole_number!(
    /// So many minutes in a row.
    Periods(u8), 1 to 60, default 1, "a number of evaluation periods"
);
whole_number!(
    /// The least number of tasks by which a percentage changes the count.
    MinimumMagnitude(u32), 1 to 100_000, default 1, "a number of tasks"
);
whole_number!(
    /// Requests a minute.
    Requests(u32), 0 to 1_000_000_000, default 0, "a number of requests a minute"
);
whole_number!(
    /// A minute of a simulation, which lasts a week at most.
    Minute(u32), 0 to 10_080, default 0, "a number of minutes"
);
whole_number!(
    /// How long a simulation lasts: a day unless set, a week at most.
    Minutes(u32), 1 to 10_080, default 1440, "a number of minutes"
);
whole_number!(
    /// How long something takes.
    Seconds(u32), 0 to 3600, default 0, "a number of seconds"
);
whole_number!(
    /// How long a deployment waits before it goes on.
    BakeMinutes(u16), 0 to 1440, default 0, "a number of minutes"
);

/// A limit with up to three decimals, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number"))]
pub struct Milli(u64);

impl Milli {
    const MAX: u64 = 1_000_000_000_000;

    /// From thousandths; `None` above a thousand million.
    pub fn from_thousandths(thousandths: u64) -> Option<Self> {
        (thousandths <= Self::MAX).then_some(Self(thousandths))
    }

    /// In thousandths.
    pub fn thousandths(self) -> u64 {
        self.0
    }
}

impl Quantity for Milli {
    fn from_text(text: &str) -> Result<Self, String> {
        let milli = millionths(text.trim()).map(|micro| (micro + 500) / 1000);
        milli.and_then(Self::from_thousandths).ok_or_else(|| {
            format!(
                "{} is not a limit: a number from 0 to 1,000,000,000 with up to three decimals is \
                 needed",
                shown(text)
            )
        })
    }
}

impl Serialize for Milli {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            serializer.serialize_u64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

read_as_quantity!(
    Milli,
    json_schema!({ "type": "number", "minimum": 0, "maximum": 1_000_000_000 })
);

#[cfg(test)]
mod tests;
