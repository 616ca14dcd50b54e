//! One region as columns: which types, in which zones, at what price against the reference, and
//! what Spot saves.

use super::forecast::{Forecast, unit};
use super::types::OpenedTypes;
use super::{Contents, PackError, corrupt};
use crate::{
    CatalogError, FargateRates, InstanceType, NanoUsdPerHour, Offer, Price, PriceBasis,
    RegionCatalog, SpotSaving, TypeId, ZoneSet,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A region of which every type that it prices gives the reference price.
const REFERENCE_REGION: &str = "us-east-1";
/// Zones of a region that [`ZoneSet`] can tell apart.
const MAX_ZONES: usize = 16;
const CANNOT_BE: &str = "says what cannot be";

/// One entry for each offer, in type order, unless a column says otherwise.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct RegionColumns {
    /// Types between an offer's and the one before it.
    skipped: Vec<u16>,
    /// The zone sets that occur, in order of first use.
    zone_sets: Vec<u16>,
    /// Places in `zone_sets`.
    zone_set: Vec<u16>,
    basis: Vec<Option<PriceBasis>>,
    /// Nano-USD of one step of `residues`.
    unit: u64,
    /// For each offer with a price.
    residues: Vec<i64>,
    spot: Vec<bool>,
    /// For each offer with a Spot saving.
    spot_percent: Vec<u8>,
    /// For each offer with a Spot saving.
    interruption_band: Vec<u8>,
    fargate: Option<FargateRates>,
}

/// One price for each type that has any: that of us-east-1, or else of the first region by name.
pub(super) fn reference_prices(
    contents: &Contents,
) -> Result<Vec<Option<NanoUsdPerHour>>, PackError> {
    let mut references = vec![None; contents.types.len()];
    let reference = contents.regions.iter().filter(|r| r.name == REFERENCE_REGION);
    let others = contents.regions.iter().filter(|r| r.name != REFERENCE_REGION);
    for region in reference.chain(others) {
        for (id, offer) in &region.offers {
            let Some(slot) = references.get_mut(usize::from(id.0)) else {
                return Err(PackError(format!("{}: offers type {}", region.name, id.0)));
            };
            *slot = slot.or(offer.on_demand.map(|price| price.per_hour));
        }
    }
    Ok(references)
}

impl RegionColumns {
    pub(super) fn from_region(
        region: &RegionCatalog,
        types: &[InstanceType],
        references: &[Option<NanoUsdPerHour>],
    ) -> Result<Self, PackError> {
        let refuse = |what: &str| Err(PackError(format!("{}: {what}", region.name)));
        if region.zones.len() > MAX_ZONES {
            return refuse("more than 16 zones");
        }
        let prices = region.offers.values().filter_map(|o| o.on_demand).map(|p| p.per_hour);
        let unit = unit(prices);
        let mut forecast = Forecast::new(unit);
        let mut columns = Self { unit, fargate: region.fargate, ..Self::default() };
        let mut next = 0;
        for (id, offer) in &region.offers {
            let place = usize::from(id.0);
            let (Some(each), Some(reference)) = (types.get(place), references.get(place)) else {
                return refuse("offers a type that is not there");
            };
            columns.skipped.push(id.0 - next);
            next = id.0.saturating_add(1);
            if !known_zones(offer.zones, &region.zones) {
                return refuse("offers a type in a zone that is not there");
            }
            columns.push_zones(offer.zones)?;
            columns.basis.push(offer.on_demand.map(|price| price.basis));
            if let (Some(price), Some(reference)) = (offer.on_demand, reference) {
                if price.per_hour > NanoUsdPerHour::MAX {
                    return refuse("a price beyond what can be counted");
                }
                columns.residues.push(forecast.residue(each.family(), reference.0, price.per_hour));
            }
            columns.spot.push(offer.spot.is_some());
            if let Some(spot) = offer.spot {
                if !plausible(spot) {
                    return refuse("a Spot saving above 100 % or an interruption band above 4");
                }
                columns.spot_percent.push(spot.percent);
                columns.interruption_band.push(spot.interruption_band);
            }
        }
        Ok(columns)
    }

    fn push_zones(&mut self, zones: ZoneSet) -> Result<(), PackError> {
        let place = self.zone_sets.iter().position(|set| *set == zones.0).unwrap_or_else(|| {
            self.zone_sets.push(zones.0);
            self.zone_sets.len() - 1
        });
        let place = u16::try_from(place).map_err(|e| PackError(e.to_string()))?;
        self.zone_set.push(place);
        Ok(())
    }

    pub(super) fn into_region(
        self,
        name: &str,
        zones: &[String],
        opened: &OpenedTypes,
    ) -> Result<RegionCatalog, CatalogError> {
        let impossible = || corrupt(name, CANNOT_BE);
        let offers = self.skipped.len();
        if [self.zone_set.len(), self.basis.len(), self.spot.len()] != [offers; 3] {
            return Err(corrupt(name, "a column is cut short"));
        }
        let mut forecast = Forecast::new(self.unit);
        let mut residues = self.residues.into_iter();
        let mut spot = self.spot_percent.into_iter().zip(self.interruption_band);
        let rows = self.skipped.into_iter().zip(self.zone_set).zip(self.basis).zip(self.spot);
        let mut offers = BTreeMap::new();
        let mut next: u16 = 0;
        for (((skipped, zone_set), basis), has_spot) in rows {
            let id = TypeId(next.checked_add(skipped).ok_or_else(impossible)?);
            let place = usize::from(id.0);
            let each = opened.types.get(place).ok_or_else(impossible)?;
            let set = self.zone_sets.get(usize::from(zone_set)).ok_or_else(impossible)?;
            let zone_set = ZoneSet(*set);
            if !known_zones(zone_set, zones) {
                return Err(impossible());
            }
            let on_demand = match basis {
                None => None,
                Some(basis) => {
                    let reference = opened.references.get(place).copied().flatten();
                    let (Some(reference), Some(residue)) = (reference, residues.next()) else {
                        return Err(impossible());
                    };
                    let price = forecast.price(each.family(), reference.0, residue);
                    Some(Price { per_hour: price.ok_or_else(impossible)?, basis })
                }
            };
            let spot = if has_spot {
                let (percent, interruption_band) = spot.next().ok_or_else(impossible)?;
                let saving = SpotSaving { percent, interruption_band };
                Some(Some(saving).filter(|s| plausible(*s)).ok_or_else(impossible)?)
            } else {
                None
            };
            offers.insert(id, Offer { on_demand, zones: zone_set, spot });
            // A next type beyond the last number is only wrong if there is one.
            next = id.0.saturating_add(1);
        }
        Ok(RegionCatalog {
            name: name.to_owned(),
            zones: zones.to_vec(),
            offers,
            fargate: self.fargate,
        })
    }
}

fn known_zones(set: ZoneSet, zones: &[String]) -> bool {
    zones.len() >= MAX_ZONES || set.0 >> zones.len() == 0
}

fn plausible(spot: SpotSaving) -> bool {
    spot.percent <= 100 && spot.interruption_band <= 4
}
