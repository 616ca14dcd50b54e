//! Units as types: whole numbers that cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::fmt;

/// CPU units as ECS counts them: 1/1024 of a vCPU.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct CpuUnits(pub u64);

impl CpuUnits {
    /// CPU units of one vCPU.
    pub const PER_VCPU: u64 = 1024;

    /// The CPU units of whole vCPUs.
    pub const fn from_vcpus(vcpus: u32) -> Self {
        Self(vcpus as u64 * Self::PER_VCPU)
    }
}

/// Memory in mebibytes. What ECS and its console call "MB" is MiB.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct MiB(pub u64);

impl MiB {
    /// MiB of one GiB.
    pub const PER_GIB: u64 = 1024;
}

/// Money over time in 10^-9 US dollars an hour: sums are exact.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct NanoUsdPerHour(pub u64);

impl NanoUsdPerHour {
    /// Nano-USD of one US dollar.
    pub const PER_USD: u64 = 1_000_000_000;
    /// The greatest amount that is counted, 2^53 - 1, so that JavaScript reads every amount
    /// exactly: about 9 million USD an hour. Sums stop there.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// The sum, at most [`Self::MAX`].
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(Self::MAX.0))
    }

    /// `count` times the amount, at most [`Self::MAX`].
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count).min(Self::MAX.0))
    }

    /// The part of the amount that `per_mille` thousandths make, rounded half up.
    #[must_use]
    pub fn per_mille(self, per_mille: u64) -> Self {
        let exact = u128::from(self.0) * u128::from(per_mille);
        let rounded = (exact + 500) / 1000;
        Self(u64::try_from(rounded).unwrap_or(u64::MAX).min(Self::MAX.0))
    }

    /// The same rate over a month of 730 hours, in micro-USD, rounded half up.
    pub fn micro_usd_per_month(self) -> u64 {
        let nano = u128::from(self.0) * 730;
        u64::try_from((nano + 500) / 1000).unwrap_or(u64::MAX)
    }
}

impl std::iter::Sum for NanoUsdPerHour {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Self::plus)
    }
}

impl fmt::Display for NanoUsdPerHour {
    /// `0.504` and `0.56448`: as many decimals as the amount has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0 / Self::PER_USD;
        let rest = self.0 % Self::PER_USD;
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:09}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}
