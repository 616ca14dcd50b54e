//! CPU and memory of tasks and containers, with their units.

use super::text::{millionths, number_and_unit, shown, whole, with_thousands};
use super::{Quantity, QuantityVisitor, read_as_quantity};
use eniac_catalog::{CpuUnits, MiB};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::marker::PhantomData;

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

    /// As people write it: `512`, `0.5`, `0.5 vCPU`, `2 vCPU`. A number with a fraction and
    /// without a unit is vCPUs. The error says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::from_text(text)
    }
}

impl Quantity for Cpu {
    fn from_text(text: &str) -> Result<Self, String> {
        let (number, unit) = number_and_unit(text);
        let units = match unit.as_str() {
            "" if whole(number).is_some() => whole(number),
            "" | "vcpu" | "vcpus" | "cpu" | "cpus" | "core" | "cores" => {
                // Tenths of a vCPU are no whole CPU units: to the nearest.
                let micro =
                    millionths(number).and_then(|micro| micro.checked_mul(CpuUnits::PER_VCPU));
                micro.map(|micro| (micro + 500_000) / 1_000_000)
            }
            "units" | "unit" | "cpu units" => whole(number),
            "m" | "millicores" => {
                let milli = whole(number).and_then(|milli| milli.checked_mul(1024));
                milli.map(|milli| (milli + 500) / 1000)
            }
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

/// A number with a fraction and without a unit is GiB up to here.
const MOST_PLAIN_GIB: u64 = 128;

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
    /// number with a fraction and without a unit is GiB. The error says what would be right.
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
            "" if whole(number).is_some() => whole(number),
            "mb" | "mib" | "m" | "mi" => scaled(1),
            // Half a GiB is meant, not half a MiB; of 512.5 nobody knows what is meant.
            "" => scaled(MiB::PER_GIB).filter(|mib| *mib <= MOST_PLAIN_GIB * MiB::PER_GIB),
            "gb" | "gib" | "g" | "gi" => scaled(MiB::PER_GIB),
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
