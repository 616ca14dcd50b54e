//! `regions/REGION.csv`: one row for each type that is offered or priced in the region.

use super::nano_usd;
use anyhow::bail;
use eniac_catalog::{Price, PriceBasis, SpotSaving};
use serde::{Deserialize, Serialize};

/// What a region's table says of one type.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::catalog) struct OfferRow {
    /// Zone ids in order; none where no source says.
    pub(in crate::catalog) zones: Vec<String>,
    pub(in crate::catalog) price: Option<Price>,
    pub(in crate::catalog) spot: Option<SpotSaving>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    instance_type: String,
    zones: String,
    usd_per_hour: String,
    basis: Option<PriceBasis>,
    spot_saving_percent: Option<u8>,
    interruption_band: Option<u8>,
}

pub(super) fn from_row(row: Row) -> anyhow::Result<(String, OfferRow)> {
    let mut zones: Vec<String> =
        row.zones.split('|').filter(|zone| !zone.is_empty()).map(str::to_owned).collect();
    zones.sort();
    zones.dedup();
    let price = match (row.usd_per_hour.as_str(), row.basis) {
        ("", None) => None,
        (usd, Some(basis)) if !usd.is_empty() => Some(Price { per_hour: nano_usd(usd)?, basis }),
        _ => bail!("{}: usd_per_hour and basis go together", row.instance_type),
    };
    let spot = match (row.spot_saving_percent, row.interruption_band) {
        (None, None) => None,
        (Some(percent @ 0..=100), Some(interruption_band @ 0..=4)) => {
            Some(SpotSaving { percent, interruption_band })
        }
        _ => bail!(
            "{}: spot_saving_percent (0 to 100) and interruption_band (0 to 4) go together",
            row.instance_type
        ),
    };
    Ok((row.instance_type, OfferRow { zones, price, spot }))
}

pub(super) fn to_row(name: &str, row: &OfferRow) -> Row {
    Row {
        instance_type: name.to_owned(),
        zones: row.zones.join("|"),
        usd_per_hour: row.price.map(|p| p.per_hour.to_string()).unwrap_or_default(),
        basis: row.price.map(|p| p.basis),
        spot_saving_percent: row.spot.map(|s| s.percent),
        interruption_band: row.spot.map(|s| s.interruption_band),
    }
}
