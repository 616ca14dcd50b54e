//! The source tables in `catalog/tables/`, read and written as a whole.
//!
//! Reading refuses what no catalogue can say, naming file, row and value; writing gives the same
//! bytes for the same figures, so that a refresh shows as a diff of the figures that changed.

mod fargate;
mod offers;
mod types;

use anyhow::{Context, bail};
use eniac_catalog::{
    Contents, FargateRates, InstanceType, NanoUsdPerHour, Offer, Provenance, RegionCatalog, TypeId,
    ZoneSet,
};
pub(super) use offers::OfferRow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
pub(super) use types::named;

/// Zones of a region that a catalogue can tell apart.
const MAX_ZONES: usize = 16;

/// All source tables, by name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tables {
    pub(super) types: BTreeMap<String, InstanceType>,
    /// By region, then by type.
    pub(super) regions: BTreeMap<String, BTreeMap<String, OfferRow>>,
    pub(super) fargate: BTreeMap<String, FargateRates>,
    pub(super) provenance: Vec<Provenance>,
}

impl Tables {
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let as_of = folder.join("as_of.json");
        let provenance = std::fs::read_to_string(&as_of)
            .with_context(|| format!("cannot read {}", as_of.display()))?;
        let provenance = serde_json::from_str(&provenance)
            .with_context(|| format!("{} is not as it should be", as_of.display()))?;
        let mut regions = BTreeMap::new();
        for name in region_files(&folder.join("regions"))? {
            let path = folder.join("regions").join(format!("{name}.csv"));
            regions.insert(name, read_rows(&path, offers::from_row)?);
        }
        Ok(Self {
            types: read_rows(&folder.join("instance_types.csv"), types::from_row)?,
            regions,
            fargate: read_rows(&folder.join("fargate.csv"), fargate::from_row)?,
            provenance,
        })
    }

    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        write_rows(&folder.join("instance_types.csv"), self.types.values().map(types::to_row))?;
        let fargate = self.fargate.iter().map(|(region, rates)| fargate::to_row(region, rates));
        write_rows(&folder.join("fargate.csv"), fargate)?;
        for (region, rows) in &self.regions {
            let path = folder.join("regions").join(format!("{region}.csv"));
            write_rows(&path, rows.iter().map(|(name, row)| offers::to_row(name, row)))?;
        }
        let as_of = serde_json::to_string_pretty(&self.provenance)? + "\n";
        let path = folder.join("as_of.json");
        std::fs::write(&path, as_of).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The tables as a catalogue's contents: types by place, zones by place.
    pub(super) fn contents(&self) -> anyhow::Result<Contents> {
        let mut ids = BTreeMap::new();
        for (place, name) in self.types.keys().enumerate() {
            let place = u16::try_from(place).context("more types than can be numbered")?;
            ids.insert(name.as_str(), TypeId(place));
        }
        let names: BTreeSet<&String> = self.regions.keys().chain(self.fargate.keys()).collect();
        let regions = names.into_iter().map(|name| self.region(name, &ids));
        Ok(Contents {
            types: self.types.values().cloned().collect(),
            regions: regions.collect::<anyhow::Result<_>>()?,
            provenance: self.provenance.clone(),
        })
    }

    fn region(&self, name: &str, ids: &BTreeMap<&str, TypeId>) -> anyhow::Result<RegionCatalog> {
        let none = BTreeMap::new();
        let rows = self.regions.get(name).unwrap_or(&none);
        let zones: BTreeSet<&String> = rows.values().flat_map(|row| &row.zones).collect();
        let zones: Vec<String> = zones.into_iter().cloned().collect();
        if zones.len() > MAX_ZONES {
            bail!("{name}: {} zones, at most {MAX_ZONES}", zones.len());
        }
        let mut offers = BTreeMap::new();
        for (type_name, row) in rows {
            let Some(id) = ids.get(type_name.as_str()) else {
                bail!("regions/{name}.csv: {type_name} is not in instance_types.csv: add it there");
            };
            let offer =
                Offer { on_demand: row.price, zones: zone_set(&row.zones, &zones), spot: row.spot };
            offers.insert(*id, offer);
        }
        let fargate = self.fargate.get(name).copied();
        Ok(RegionCatalog { name: name.to_owned(), zones, offers, fargate })
    }
}

/// The places of `of` in `zones`; all of them where no source says.
fn zone_set(of: &[String], zones: &[String]) -> ZoneSet {
    let places = zones.iter().enumerate().filter(|(_, zone)| of.is_empty() || of.contains(zone));
    ZoneSet(places.fold(0, |set, (place, _)| set | 1 << place))
}

/// Names of the regions that have a table.
fn region_files(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let region = name.to_str().and_then(|name| name.strip_suffix(".csv"));
        let Some(region) = region else {
            bail!("{}: {} is not REGION.csv", folder.display(), name.display());
        };
        names.push(region.to_owned());
    }
    names.sort();
    Ok(names)
}

fn read_rows<Row: DeserializeOwned, Value>(
    path: &Path,
    from_row: impl Fn(Row) -> anyhow::Result<(String, Value)>,
) -> anyhow::Result<BTreeMap<String, Value>> {
    let at = || path.display();
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("cannot read {}", at()))?;
    let mut values = BTreeMap::new();
    for (index, row) in reader.deserialize().enumerate() {
        let line = index + 2;
        let row = row.with_context(|| format!("{}, line {line}", at()))?;
        let (name, value) = from_row(row).with_context(|| format!("{}, line {line}", at()))?;
        let after = values.last_key_value().is_none_or(|(last, _)| *last < name);
        if !after {
            bail!("{}, line {line}: {name} is not in name order, or twice", at());
        }
        values.insert(name, value);
    }
    Ok(values)
}

fn write_rows<Row: Serialize>(path: &Path, rows: impl Iterator<Item = Row>) -> anyhow::Result<()> {
    let mut writer =
        csv::Writer::from_path(path).with_context(|| format!("cannot write {}", path.display()))?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush().with_context(|| format!("cannot write {}", path.display()))
}

/// `0.0416` as a whole number of nano-USD.
pub(super) fn nano_usd(text: &str) -> anyhow::Result<NanoUsdPerHour> {
    let nano = decimal(text, 9).map(NanoUsdPerHour)?;
    if nano > NanoUsdPerHour::MAX {
        bail!("{text} USD an hour is more than can be counted");
    }
    Ok(nano)
}

/// A decimal number times 10 to the power of `decimals`, which must leave nothing behind the point.
pub(super) fn decimal(text: &str, decimals: usize) -> anyhow::Result<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.trim_end_matches('0');
    if whole.is_empty() || !digits(whole) || !digits(rest) || rest.len() > decimals {
        bail!("{text:?} is not a number with at most {decimals} decimals");
    }
    format!("{whole}{rest:0<decimals$}").parse().with_context(|| format!("{text} is too large"))
}
