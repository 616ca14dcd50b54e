//! Where: the region, and which of its zones are used.

use super::own_prices::{self, OwnPrices};
use crate::diagnostic::Diagnostic;
use crate::scenario::Scenario;
use eniac_catalog::{Catalog, RegionCatalog, ZoneSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The region and the zones that are used.
pub(crate) struct Place {
    /// The region; without offers where it is unknown.
    pub(crate) region: RegionCatalog,
    /// The zones that are used, as places in the region's list; all of them where no source lists
    /// the region's zones.
    pub(crate) zones: ZoneSet,
    /// The ids of the zones that are used, in order; `zone 1` where no source lists them.
    pub(crate) zone_names: Vec<String>,
    /// Whether the region's zones are known.
    pub(crate) zones_known: bool,
    /// The user's own prices.
    pub(crate) own_prices: OwnPrices,
}

impl Place {
    pub(crate) fn of(
        catalog: &Catalog,
        scenario: &Scenario,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut region = match catalog.region(&scenario.region) {
            Ok(region) => region,
            Err(error) => {
                let message = format!("{error}; nothing can be placed or priced without a region");
                diagnostics.push(
                    Diagnostic::error("region.unknown", "region", message)
                        .with_value(scenario.region.chars().take(40).collect::<String>()),
                );
                nowhere(&scenario.region)
            }
        };
        let is_known = !diagnostics.iter().any(|told| told.code == "region.unknown");
        let own_prices = own_prices::of(catalog, scenario, &mut region, diagnostics);
        diagnostics.extend(unknown_there(&region).filter(|_| is_known));
        let wanted = usize::from(scenario.zones.get());
        if region.zones.is_empty() {
            let zone_names = (1..=wanted).map(|zone| format!("zone {zone}")).collect();
            return Self {
                zones: ZoneSet(u16::MAX),
                zone_names,
                zones_known: false,
                own_prices,
                region,
            };
        }
        if wanted > region.zones.len() {
            let message = format!(
                "{} has {} zones, {wanted} are asked for: {} are planned with",
                region.name,
                region.zones.len(),
                region.zones.len()
            );
            diagnostics.push(Diagnostic::note("zones.tooMany", "zones", message));
        }
        // The zones that offer the most types: what most clusters use, since EC2 gives new
        // accounts no others.
        let mut most_first: Vec<usize> = (0..region.zones.len().min(16)).collect();
        let offered =
            |zone: usize| region.offers.values().filter(|offer| offer.zones.contains(zone)).count();
        most_first.sort_by_key(|zone| (Reverse(offered(*zone)), *zone));
        let mut used: Vec<usize> = most_first.into_iter().take(wanted).collect();
        used.sort_unstable();
        Self {
            zones: ZoneSet(used.iter().map(|zone| 1 << zone).sum()),
            zone_names: used.iter().map(|zone| region.zones[*zone].clone()).collect(),
            zones_known: true,
            own_prices,
            region,
        }
    }

    /// The zones of an offer as bits of the zones that are used.
    pub(super) fn used_zones(&self, offered: ZoneSet) -> u16 {
        if !self.zones_known {
            return u16::MAX;
        }
        let used = (0..16).filter(|zone| self.zones.contains(*zone));
        let bits = used.enumerate().filter(|(_, zone)| offered.contains(*zone));
        bits.map(|(place, _)| 1 << place).sum()
    }
}

impl Place {
    /// Named zones as bits of the zones that are used, all of them when none is named; what is no
    /// zone in use is given back.
    pub(super) fn zones_named<'n>(&self, names: &'n [String]) -> (u16, Vec<&'n str>) {
        if names.is_empty() {
            return (u16::MAX, Vec::new());
        }
        let (mut bits, mut unknown) = (0, Vec::new());
        for name in names {
            match self.zone_names.iter().position(|known| known == name.trim()) {
                Some(place) => bits |= 1 << place,
                None => unknown.push(name.as_str()),
            }
        }
        (bits, unknown)
    }
}

/// A region of which nothing is known.
fn nowhere(name: &str) -> RegionCatalog {
    RegionCatalog {
        name: name.chars().take(40).collect(),
        zones: Vec::new(),
        offers: BTreeMap::new(),
        fargate: None,
    }
}

/// What the catalogue lacks of a region.
fn unknown_there(region: &RegionCatalog) -> Option<Diagnostic> {
    let name = &region.name;
    if region.offers.is_empty() {
        let message = format!(
            "the catalogue has no instance types of {name}, only Fargate's rates: choose another \
             region, or refresh the catalogue with `cargo xtask catalog --from-aws`"
        );
        return Some(Diagnostic::error("region.noOffers", "region", message));
    }
    region.offers.values().all(|offer| offer.on_demand.is_none()).then(|| {
        let message = format!(
            "the catalogue has no instance prices of {name}: choose another region, give your own \
             in pricing.instancePrices, or refresh the catalogue with `cargo xtask catalog \
             --from-aws`"
        );
        Diagnostic::error("region.noPrices", "region", message)
    })
}
