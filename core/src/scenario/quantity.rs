//! What a value in a scenario may be: each quantity is a type that cannot hold anything else.
//!
//! Every one reads a JSON number or the same number as text; CPU and memory also read units, as
//! task definitions have them. What is refused is named with the limits.

use eniac_catalog::{CpuUnits, MiB, NanoUsdPerHour};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

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

/// What a user wrote, short enough to be shown.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// `100000` as `100,000`.
pub fn with_thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A decimal number in millionths, rounded half up; `None` unless it is a number that is at
/// least 0 and fits.
fn millionths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() + fraction.len() == 0 || whole.len() > 12 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let mut parts = 0;
    for place in 0..6 {
        parts = parts * 10 + u64::from(fraction.as_bytes().get(place).map_or(0, |d| d - b'0'));
    }
    if fraction.as_bytes().get(6).is_some_and(|digit| *digit >= b'5') {
        parts += 1;
    }
    whole.checked_mul(1_000_000)?.checked_add(parts)
}

/// A whole number from text; `512.0` is whole too.
fn whole(text: &str) -> Option<u64> {
    let micro = millionths(text.trim())?;
    micro.is_multiple_of(1_000_000).then_some(micro / 1_000_000)
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

/// CPU of a task or container in CPU units: 1024 is a vCPU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number | string"))]
#[serde(transparent)]
pub struct Cpu(u32);

impl Cpu {
    /// 192 vCPUs, the most that a task definition can ask for. Source: ECS API,
    /// `RegisterTaskDefinition`.
    pub const MAX: u32 = 196_608;

    /// `None` above the most that a task can ask for.
    pub fn new(units: u32) -> Option<Self> {
        (units <= Self::MAX).then_some(Self(units))
    }

    /// In CPU units.
    pub fn units(self) -> CpuUnits {
        CpuUnits(u64::from(self.0))
    }

    /// As people write it: `512`, `0.5`, `0.5 vCPU`, `2 vCPU`. A number with a decimal point and
    /// without a unit is vCPUs. The error says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::from_text(text)
    }
}

impl Quantity for Cpu {
    fn from_text(text: &str) -> Result<Self, String> {
        let (number, unit) = number_and_unit(text);
        let units = match unit.as_str() {
            "" if !number.contains('.') => whole(number),
            "" | "vcpu" | "vcpus" | "cpu" | "cpus" | "core" | "cores" => {
                // Tenths of a vCPU are no whole CPU units: to the nearest.
                let micro = millionths(number).and_then(|micro| micro.checked_mul(CpuUnits::PER_VCPU));
                micro.map(|micro| (micro + 500_000) / 1_000_000)
            }
            "units" | "unit" | "cpu units" => whole(number),
            "m" | "millicores" => {
                let milli = whole(number).and_then(|milli| milli.checked_mul(1024));
                milli.map(|milli| (milli + 500) / 1000)
            },
            _ => None,
        };
        units.and_then(|units| u32::try_from(units).ok()).and_then(Self::new).ok_or_else(|| {
            format!(
                "{} is not an amount of CPU: CPU units from 0 to {} (1024 is a vCPU) or text such \
                 as \"0.5 vCPU\" is needed",
                shown(text),
                with_thousands(u64::from(Self::MAX))
            )
        })
    }
}

read_as_quantity!(
    Cpu,
    json_schema!({
        "description": "CPU units (1024 is a vCPU), or text such as \"0.5 vCPU\"",
        "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": 196_608 },
            { "type": "string" }
        ]
    })
);

/// Memory of a task or container in MiB, which ECS calls MB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(type = "number | string"))]
#[serde(transparent)]
pub struct Memory(u32);

impl Memory {
    /// 32 TiB: as much as the largest instance type has.
    pub const MAX: u32 = 33_554_432;

    /// `None` above what any instance has.
    pub fn new(mib: u32) -> Option<Self> {
        (mib <= Self::MAX).then_some(Self(mib))
    }

    /// In MiB.
    pub fn mib(self) -> MiB {
        MiB(u64::from(self.0))
    }

    /// As people write it: `1024`, `1 GB`, `1.5 GiB`, `512 MiB`. ECS means 1024 MiB by GB. A
    /// number with a decimal point and without a unit is GiB. The error says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::from_text(text)
    }
}

impl Quantity for Memory {
    fn from_text(text: &str) -> Result<Self, String> {
        let (number, unit) = number_and_unit(text);
        let scaled = |per_unit: u64| {
            let micro = u128::from(millionths(number)?);
            u64::try_from((micro * u128::from(per_unit) + 500_000) / 1_000_000).ok()
        };
        let mib = match unit.as_str() {
            "" if !number.contains('.') => whole(number),
            "mb" | "mib" | "m" | "mi" => scaled(1),
            "" | "gb" | "gib" | "g" | "gi" => scaled(MiB::PER_GIB),
            "tb" | "tib" => scaled(MiB::PER_GIB * 1024),
            _ => None,
        };
        mib.and_then(|mib| u32::try_from(mib).ok()).and_then(Self::new).ok_or_else(|| {
            format!(
                "{} is not an amount of memory: MiB from 0 to {} or text such as \"1 GB\" is needed",
                shown(text),
                with_thousands(u64::from(Self::MAX))
            )
        })
    }
}

read_as_quantity!(
    Memory,
    json_schema!({
        "description": "MiB, or text such as \"1 GB\", which is 1024 MiB",
        "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": 33_554_432 },
            { "type": "string" }
        ]
    })
);

/// `" 0.5 vCPU"` as `("0.5", "vcpu")`.
fn number_and_unit(text: &str) -> (&str, String) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number, unit.trim().to_ascii_lowercase())
}

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
            format!("{} is not a price of storage: 0 to 100 USD a GiB and month is needed", shown(text))
        })
    }
}

impl Serialize for UsdPerGibMonth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 1e6)
    }
}

read_as_quantity!(UsdPerGibMonth, json_schema!({ "type": "number", "minimum": 0, "maximum": 100 }));

#[cfg(test)]
mod tests {
    use super::*;

    fn check<Q: Quantity + std::fmt::Debug, T: PartialEq + std::fmt::Debug>(
        text: &str,
        get: impl Fn(Q) -> T,
        expected: &Option<T>,
    ) {
        assert_eq!(&Q::from_text(text).ok().map(get), expected, "{text}");
    }

    #[test]
    fn cpu_is_read_as_people_write_it() {
        for (text, units) in [
            ("512", Some(512)),
            ("512.0", Some(524_288)),
            ("0.5", Some(512)),
            (".5", Some(512)),
            ("0.5 vCPU", Some(512)),
            (" 2 vcpu ", Some(2048)),
            ("1vCPU", Some(1024)),
            ("500m", Some(512)),
            ("0", Some(0)),
            ("196608", Some(196_608)),
            ("196609", None),
            ("-1", None),
            ("", None),
            ("vCPU", None),
            ("1e3", None),
            ("NaN", None),
            ("99999999999999999999", None),
        ] {
            let expected = units.filter(|units| *units <= u64::from(Cpu::MAX));
            check::<Cpu, _>(text, |cpu| cpu.units().0, &expected);
        }
    }

    #[test]
    fn memory_is_read_as_people_write_it() {
        for (text, mib) in [
            ("1024", Some(1024)),
            ("1 GB", Some(1024)),
            ("1GiB", Some(1024)),
            ("0.5", Some(512)),
            ("1.5 gb", Some(1536)),
            ("512MB", Some(512)),
            ("1 TiB", Some(1_048_576)),
            ("33554433", None),
            ("-5", None),
            ("a lot", None),
            ("1 PB", None),
        ] {
            check::<Memory, _>(text, |memory| memory.mib().0, &mib);
        }
    }

    #[test]
    fn limits_are_named() {
        for (refused, says) in [
            (
                TaskCount::from_text("-3").err(),
                "-3 is not a number of tasks: a whole number from 0 to 100,000 is needed",
            ),
            (
                Percent::from_text("120").err(),
                "120 is not a percentage: a whole number from 0 to 100 is needed",
            ),
            (
                StorageGib::from_text("0").err(),
                "0 is not a volume size in GiB: a whole number from 1 to 16,384 is needed",
            ),
        ] {
            assert_eq!(refused.as_deref(), Some(says));
        }
    }

    #[test]
    fn decimals_are_exact() {
        for (text, thousandths) in
            [("0.5", Some(500)), ("3.75", Some(3750)), ("12", Some(12_000)), ("1.2346", Some(1235))]
        {
            check::<Milli, _>(text, Milli::thousandths, &thousandths);
        }
        let eighty = StorageGib::new(80).unwrap();
        let gp3 = UsdPerGibMonth::from_micro_usd(80_000);
        assert_eq!(gp3.per_hour(eighty), NanoUsdPerHour(8_767_123));
    }
}
