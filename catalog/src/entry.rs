//! All that is known of one type in one region, as plain data for scripts.

use crate::{
    Catalog, InstanceType, NanoUsdPerHour, PriceBasis, Provenance, RegionError, SpotSaving,
    UnknownName,
};
use serde::Serialize;
use std::fmt;

/// What the catalogue knows of an instance type in a region.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry<'a> {
    /// The type's figures.
    pub instance_type: &'a InstanceType,
    /// The region's code.
    pub region: String,
    /// `None` where the region does not offer the type.
    pub offer: Option<EntryOffer>,
    /// Where the figures come from, and as of when.
    pub as_of: &'a [Provenance],
}

/// One region's offer of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryOffer {
    /// On-Demand; `None` where no price is known.
    pub on_demand_nano_usd_per_hour: Option<NanoUsdPerHour>,
    /// Where that price comes from.
    pub basis: Option<PriceBasis>,
    /// Ids of the zones that offer it.
    pub zones: Vec<String>,
    /// Spot, where it is known.
    pub spot: Option<SpotSaving>,
}

/// A type or a region that the catalogue does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryError {
    /// No such type.
    Type(UnknownName),
    /// No such region, or one that cannot be opened.
    Region(RegionError),
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(error) => error.fmt(f),
            Self::Region(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EntryError {}

impl Catalog {
    /// What is known of a type in a region.
    pub fn entry(&self, instance_type: &str, region: &str) -> Result<Entry<'_>, EntryError> {
        let id = self.find(instance_type).map_err(EntryError::Type)?;
        let region = self.region(region).map_err(EntryError::Region)?;
        let offer = region.offers.get(&id).map(|offer| {
            let zones = region.zones.iter().enumerate();
            let offered = zones.filter(|(zone, _)| offer.zones.contains(*zone));
            EntryOffer {
                on_demand_nano_usd_per_hour: offer.on_demand.map(|price| price.per_hour),
                basis: offer.on_demand.map(|price| price.basis),
                zones: offered.map(|(_, id)| id.clone()).collect(),
                spot: offer.spot,
            }
        });
        Ok(Entry { instance_type: &self[id], region: region.name, offer, as_of: self.as_of() })
    }
}
