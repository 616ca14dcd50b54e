//! What all files say together, and what that changes in the tables.

use super::document::Document;
use super::instance_types::AwsType;
use super::offerings::{Offerings, RegionOfferings};
use super::price_list::ListedPrice;
use crate::catalog::tables::{OfferRow, Tables};
use eniac_catalog::{InstanceType, Price, PriceBasis, Provenance};
use std::collections::{BTreeMap, BTreeSet};

/// Names that a line lists before it only counts.
const MOST_NAMED: usize = 12;
/// Regions that a part of the provenance names before it only counts.
const MOST_REGIONS: usize = 4;

/// Everything that the files say.
#[derive(Debug, Default)]
pub(super) struct Facts {
    types: BTreeMap<String, AwsType>,
    types_as_of: String,
    offerings: Offerings,
    offerings_as_of: String,
    /// Prices by region and type.
    prices: BTreeMap<String, BTreeMap<String, Price>>,
    prices_as_of: String,
}

impl Facts {
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() && self.offerings.0.is_empty() && self.prices.is_empty()
    }

    /// Takes one document in; says what it held.
    pub(super) fn add(&mut self, document: Document, saved_on: &str) -> String {
        match document {
            Document::InstanceTypes(types) => {
                let said = format!("{} instance types", types.len());
                self.types.extend(types.into_iter().map(|t| (t.instance_type.clone(), t)));
                later(&mut self.types_as_of, saved_on);
                said
            }
            Document::Offerings(offerings) => {
                let said = format!("{} offerings", offerings.len());
                later(&mut self.offerings_as_of, saved_on);
                match self.offerings.add(offerings) {
                    0 => said,
                    n => format!("{said}; {n} left out: not in a region's own zones"),
                }
            }
            Document::PriceList(mut list) => {
                let published = list.published.get(..10).unwrap_or(saved_on).to_owned();
                let prices = list.prices();
                let left_out = list.left_out.iter().map(|(reason, n)| format!("{n} {reason}"));
                let left_out = left_out.collect::<Vec<_>>().join(", ");
                let left_out = match left_out.as_str() {
                    "" => left_out,
                    _ => format!("; left out: {left_out}"),
                };
                let count = prices.len();
                let said = format!("AmazonEC2 price list of {published}: {count} prices{left_out}");
                for ListedPrice { region, instance_type, per_hour } in prices {
                    let price = Price { per_hour, basis: PriceBasis::Listed };
                    self.prices.entry(region).or_default().insert(instance_type, price);
                }
                later(&mut self.prices_as_of, &published);
                said
            }
            Document::OtherPriceList(code) => {
                format!("left out: the price list of {code}, not of AmazonEC2")
            }
            Document::Unknown => {
                "left out: JSON, but neither instance types, nor offerings, nor a price list"
                    .to_owned()
            }
        }
    }

    /// Changes the tables; says what changed.
    pub(super) fn apply_to(self, tables: &mut Tables) -> Vec<String> {
        let mut said = Vec::new();
        if !self.types.is_empty() {
            said.extend(apply_types(&self.types, tables));
            note(tables, "Instance types", &self.types_as_of, "aws ec2 describe-instance-types");
        }
        let mut unknown = BTreeSet::new();
        let offerings = self.offerings.0;
        let covered: BTreeSet<String> = offerings.keys().cloned().collect();
        for (region, offerings) in offerings {
            said.push(apply_offerings(&region, offerings, tables, &mut unknown));
        }
        if !covered.is_empty() {
            let part = format!("Zones of {}", regions_named(&covered));
            let source = "aws ec2 describe-instance-type-offerings";
            note(tables, &part, &self.offerings_as_of, source);
        }
        let covered: BTreeSet<String> = self.prices.keys().cloned().collect();
        for (region, prices) in &self.prices {
            said.push(apply_prices(region, prices, tables, &mut unknown));
        }
        if !covered.is_empty() {
            let part = format!("On-Demand prices of {}", regions_named(&covered));
            note(tables, &part, &self.prices_as_of, "AmazonEC2 price list");
        }
        if !unknown.is_empty() {
            said.push(format!(
                "left out, their shape being unknown: {}; save the output of \
                 `aws ec2 describe-instance-types` of a region that has them too",
                some_of(&unknown)
            ));
        }
        said
    }
}

fn later(day: &mut String, other: &str) {
    if day.as_str() < other {
        other.clone_into(day);
    }
}

fn apply_types(types: &BTreeMap<String, AwsType>, tables: &mut Tables) -> Vec<String> {
    let mut said = Vec::new();
    let (mut new, mut changed, mut same) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (name, aws) in types {
        let each = match aws.instance_type(&tables.types) {
            Ok(each) => each,
            Err(error) => {
                said.push(format!("{error:#}"));
                continue;
            }
        };
        match tables.types.get(name) {
            None => {
                new.insert(name.clone());
            }
            Some(before) if *before == each => same += 1,
            Some(before) => {
                changed.insert(format!("{name} ({})", differences(before, &each).join(", ")));
            }
        }
        tables.types.insert(name.clone(), each);
    }
    said.push(format!("instance types: {same} as before"));
    if !changed.is_empty() {
        said.push(format!("instance types: {} changed: {}", changed.len(), some_of(&changed)));
    }
    if !new.is_empty() {
        said.push(format!(
            "instance types: {} new: {}; AWS's answer does not say how many tasks they run with \
             ENI trunking nor what memory their guests see: add awsvpc_tasks_trunked and \
             visible_memory_mib to instance_types.csv once known",
            new.len(),
            some_of(&new)
        ));
    }
    said
}

/// The figures that differ, by the names that the API of this project gives them.
fn differences(before: &InstanceType, after: &InstanceType) -> Vec<String> {
    let fields = |each| match serde_json::to_value(each) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let differing = after.iter().filter(|(key, value)| before.get(*key) != Some(*value));
    differing
        .map(|(key, value)| {
            let before = before.get(key).unwrap_or(&serde_json::Value::Null);
            format!("{key} {before} -> {value}")
        })
        .collect()
}

fn apply_offerings(
    region: &str,
    offerings: RegionOfferings,
    tables: &mut Tables,
    unknown: &mut BTreeSet<String>,
) -> String {
    let RegionOfferings { by_zone_id, by_zone_name, anywhere } = offerings;
    let rows = tables.regions.entry(region.to_owned()).or_default();
    let mut said = "";
    let by_zone = if by_zone_id.is_empty() && !by_zone_name.is_empty() {
        // Names and ids of zones cannot stand side by side: they name the same zones.
        for row in rows.values_mut() {
            row.zones.clear();
        }
        said = "; zones now have your account's names, and types not listed are taken to be in \
                all of them (use --location-type availability-zone-id to keep zone ids)";
        by_zone_name
    } else {
        by_zone_id
    };
    let (mut new, mut changed, mut same) = (0, 0, 0);
    let nowhere = anywhere.into_iter().filter(|name| !by_zone.contains_key(name));
    let nowhere: Vec<String> = nowhere.collect();
    let offered: BTreeSet<&String> = by_zone.keys().chain(&nowhere).collect();
    let kept = rows.keys().filter(|name| !offered.contains(name)).count();
    for name in offered {
        if !tables.types.contains_key(name) {
            unknown.insert(name.clone());
            continue;
        }
        let zones = by_zone.get(name).map(|zones| zones.iter().cloned().collect::<Vec<_>>());
        match (rows.get_mut(name), zones) {
            (None, zones) => {
                let row = OfferRow { zones: zones.unwrap_or_default(), ..OfferRow::default() };
                rows.insert(name.clone(), row);
                new += 1;
            }
            (Some(row), Some(zones)) if row.zones != zones => {
                row.zones = zones;
                changed += 1;
            }
            (Some(_), _) => same += 1,
        }
    }
    format!(
        "{region}: zones of {same} types as before, {changed} changed, {new} new; \
         {kept} types in the table that the files do not offer, kept{said}"
    )
}

fn apply_prices(
    region: &str,
    prices: &BTreeMap<String, Price>,
    tables: &mut Tables,
    unknown: &mut BTreeSet<String>,
) -> String {
    let rows = tables.regions.entry(region.to_owned()).or_default();
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for (name, price) in prices {
        if !tables.types.contains_key(name) {
            unknown.insert(name.clone());
            continue;
        }
        let row = rows.entry(name.clone()).or_default();
        match row.price {
            None => new += 1,
            Some(before) if before == *price => same += 1,
            Some(_) => changed += 1,
        }
        row.price = Some(*price);
    }
    let kept = rows.iter().filter(|(name, row)| row.price.is_some() && !prices.contains_key(*name));
    format!(
        "{region}: {same} prices as before, {changed} changed, {new} new; \
         {} prices in the table that the files do not list, kept",
        kept.count()
    )
}

/// Adds a part to the provenance, in place of the same part of an earlier refresh.
fn note(tables: &mut Tables, part: &str, as_of: &str, source: &str) {
    let part = format!("{part}, refreshed");
    tables.provenance.retain(|each| each.part != part);
    let (as_of, source) = (as_of.to_owned(), source.to_owned());
    tables.provenance.push(Provenance { part, as_of, source, licence: "facts".to_owned() });
}

fn regions_named(covered: &BTreeSet<String>) -> String {
    if covered.len() > MOST_REGIONS {
        return format!("{} regions", covered.len());
    }
    covered.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn some_of(names: &BTreeSet<String>) -> String {
    let shown = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
