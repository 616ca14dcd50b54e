//! What one region offers: types with prices and zones, and Fargate's rates.

use crate::{NanoUsdPerHour, TypeId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One region, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionCatalog {
    /// `us-east-1`.
    pub name: String,
    /// Zone ids in order (`use1-az1`); empty where no source lists the region's zones.
    pub zones: Vec<String>,
    /// What can be launched, by type. A type that is offered without a known price is here too.
    pub offers: BTreeMap<TypeId, Offer>,
    /// Fargate's rates, where they are known.
    pub fargate: Option<FargateRates>,
}

/// One type in one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// On-Demand, Linux, shared tenancy; `None` where no source gives a price.
    pub on_demand: Option<Price>,
    /// The zones that offer it; all of them where no source says.
    pub zones: ZoneSet,
    /// Spot, where the advisor's data knows it.
    pub spot: Option<SpotSaving>,
}

/// A price and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The amount.
    pub per_hour: NanoUsdPerHour,
    /// Where it comes from.
    pub basis: PriceBasis,
}

/// Where a price comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PriceBasis {
    /// A public price list.
    Listed,
    /// Worked out: us-east-1's price times the family's regional ratio.
    Estimated,
}

/// What Spot saves against On-Demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpotSaving {
    /// Percent of the On-Demand price.
    pub percent: u8,
    /// How often it is interrupted in a month: 0 (below 5 %) to 4 (above 20 %).
    pub interruption_band: u8,
}

/// Zones of one region, as places in [`RegionCatalog::zones`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ZoneSet(pub u16);

impl ZoneSet {
    /// Whether the zone at `index` of [`RegionCatalog::zones`] is in the set.
    pub fn contains(self, index: usize) -> bool {
        index < 16 && self.0 & (1 << index) != 0
    }

    /// How many zones are in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no zone is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Fargate's rates in one region, Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FargateRates {
    /// x86, a vCPU.
    pub x86_vcpu: NanoUsdPerHour,
    /// x86, a GB.
    pub x86_gb: NanoUsdPerHour,
    /// ARM, a vCPU.
    pub arm_vcpu: NanoUsdPerHour,
    /// ARM, a GB.
    pub arm_gb: NanoUsdPerHour,
    /// Where the ARM rates come from.
    pub arm_basis: PriceBasis,
    /// Spot, x86, a vCPU.
    pub spot_x86_vcpu: NanoUsdPerHour,
    /// Spot, x86, a GB.
    pub spot_x86_gb: NanoUsdPerHour,
    /// As of which year the Spot rates are, or 0 where they stand in the present list.
    pub spot_as_of_year: u16,
    /// Ephemeral storage above 20 GB, a GB.
    pub ephemeral_gb: NanoUsdPerHour,
    /// Where the ephemeral storage's rate comes from.
    pub ephemeral_basis: PriceBasis,
}
