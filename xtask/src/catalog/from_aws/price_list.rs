//! The `AmazonEC2` offer file of the AWS price list: which products are Linux On-Demand instances
//! and what an hour of each costs.
//!
//! Source: AWS Price List Bulk API, offer file; a product's figures are all text.

use crate::catalog::tables::decimal;
use eniac_catalog::NanoUsdPerHour;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// What is kept of an offer file.
#[derive(Debug, Default)]
pub(super) struct PriceList {
    /// `2026-11-20T21:10:35Z`.
    pub(super) published: String,
    /// By SKU.
    products: BTreeMap<String, Product>,
    products_read: bool,
    /// By SKU, as written: USD with up to 10 decimals.
    rates: BTreeMap<String, String>,
    /// Products and rates that were not wanted, counted by reason.
    pub(super) left_out: BTreeMap<&'static str, u64>,
}

#[derive(Debug)]
struct Product {
    region: String,
    instance_type: String,
}

/// One price, ready for the tables.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ListedPrice {
    pub(super) region: String,
    pub(super) instance_type: String,
    pub(super) per_hour: NanoUsdPerHour,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AwsProduct {
    #[serde(default)]
    product_family: String,
    #[serde(default)]
    attributes: Attributes,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Attributes {
    region_code: String,
    location_type: String,
    instance_type: String,
    operating_system: String,
    tenancy: String,
    pre_installed_sw: String,
    capacitystatus: String,
    operation: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Term {
    #[serde(default)]
    price_dimensions: BTreeMap<String, Dimension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    price_per_unit: BTreeMap<String, String>,
}

impl AwsProduct {
    /// Why it is not an hour of a Linux instance on shared hardware in a region.
    fn unwanted(&self) -> Option<&'static str> {
        let a = &self.attributes;
        if !self.product_family.starts_with("Compute Instance") {
            Some("not an instance")
        } else if a.operating_system != "Linux" {
            Some("not Linux")
        } else if a.tenancy != "Shared" {
            Some("not shared tenancy")
        } else if a.pre_installed_sw != "NA" {
            Some("with software installed")
        } else if a.capacitystatus != "Used" || a.operation != "RunInstances" {
            Some("reserved or unused capacity, or another operation")
        } else if !a.location_type.is_empty() && a.location_type != "AWS Region" {
            Some("in a Local or Wavelength Zone or an Outpost")
        } else if a.region_code.is_empty() || a.instance_type.is_empty() {
            Some("without a region code or an instance type")
        } else {
            None
        }
    }
}

impl PriceList {
    fn leave_out(&mut self, reason: &'static str) {
        *self.left_out.entry(reason).or_default() += 1;
    }

    fn add_product(&mut self, sku: String, product: AwsProduct) {
        if let Some(reason) = product.unwanted() {
            return self.leave_out(reason);
        }
        let Attributes { region_code, instance_type, .. } = product.attributes;
        self.products.insert(sku, Product { region: region_code, instance_type });
    }

    fn add_rate(&mut self, sku: &str, terms: BTreeMap<String, Term>) {
        let dimensions: Vec<Dimension> =
            terms.into_values().flat_map(|term| term.price_dimensions.into_values()).collect();
        let [dimension] = dimensions.as_slice() else {
            return self.leave_out("with no rate or several");
        };
        if dimension.unit != "Hrs" {
            return self.leave_out("not priced by the hour");
        }
        match dimension.price_per_unit.get("USD") {
            Some(usd) => {
                self.rates.insert(sku.to_owned(), usd.clone());
            }
            None => self.leave_out("not priced in USD"),
        }
    }

    /// The prices, by region and type; a type with two different prices has none.
    pub(super) fn prices(&mut self) -> Vec<ListedPrice> {
        let mut prices: BTreeMap<(String, String), Option<NanoUsdPerHour>> = BTreeMap::new();
        for (sku, product) in std::mem::take(&mut self.products) {
            // An offer file writes more decimals than it uses: beyond nano-USD they are zeros.
            let rate = self.rates.get(&sku).and_then(|usd| decimal(usd, 9).ok());
            let Some(rate) = rate.map(NanoUsdPerHour).filter(|r| *r <= NanoUsdPerHour::MAX) else {
                self.leave_out("without a readable On-Demand rate");
                continue;
            };
            if rate.0 == 0 {
                self.leave_out("priced at nothing");
                continue;
            }
            prices
                .entry((product.region, product.instance_type))
                .and_modify(|price| *price = price.filter(|price| *price == rate))
                .or_insert(Some(rate));
        }
        let mut listed = Vec::new();
        for ((region, instance_type), price) in prices {
            match price {
                Some(per_hour) => listed.push(ListedPrice { region, instance_type, per_hour }),
                None => self.leave_out("with two different prices"),
            }
        }
        listed
    }
}

/// Reads `products` and keeps those wanted.
pub(super) struct ProductsOnly<'a>(pub(super) &'a mut PriceList);

/// Reads `terms` and keeps the On-Demand rates of the products wanted.
pub(super) struct OnDemandOnly<'a>(pub(super) &'a mut PriceList);

/// Reads `terms.OnDemand`.
struct Rates<'a>(&'a mut PriceList);

impl<'de> DeserializeSeed<'de> for ProductsOnly<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ProductsOnly<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("products by SKU")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((sku, product)) = map.next_entry()? {
            self.0.add_product(sku, product);
        }
        self.0.products_read = true;
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for OnDemandOnly<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OnDemandOnly<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("terms by kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(kind) = map.next_key::<String>()? {
            if kind == "OnDemand" {
                map.next_value_seed(Rates(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Rates<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Rates<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("On-Demand terms by SKU")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(sku) = map.next_key::<String>()? {
            // Products stand first, so that the rates of all others need not be kept.
            if self.0.products_read && !self.0.products.contains_key(&sku) {
                map.next_value::<IgnoredAny>()?;
            } else {
                self.0.add_rate(&sku, map.next_value()?);
            }
        }
        Ok(())
    }
}
