//! One JSON document, read as a stream: what it is shows in its top-level keys, and of a price
//! list of several gigabytes only the prices looked for are kept.

use super::instance_types::AwsType;
use super::offerings::Offering;
use super::price_list::{OnDemandOnly, PriceList, ProductsOnly};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// What a saved file holds.
#[derive(Debug)]
pub(super) enum Document {
    InstanceTypes(Vec<AwsType>),
    Offerings(Vec<Offering>),
    PriceList(Box<PriceList>),
    /// An offer file of another service.
    OtherPriceList(String),
    /// An object of which nothing is known.
    Unknown,
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TopLevel)
    }
}

struct TopLevel;

impl<'de> Visitor<'de> for TopLevel {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut document = Document::Unknown;
        let mut prices = Box::<PriceList>::default();
        let mut offer_code = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "InstanceTypes" => document = Document::InstanceTypes(map.next_value()?),
                "InstanceTypeOfferings" => document = Document::Offerings(map.next_value()?),
                "offerCode" => offer_code = Some(map.next_value::<String>()?),
                "publicationDate" => prices.published = map.next_value()?,
                "products" => map.next_value_seed(ProductsOnly(&mut prices))?,
                "terms" => map.next_value_seed(OnDemandOnly(&mut prices))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(match offer_code {
            Some(code) if code == "AmazonEC2" => Document::PriceList(prices),
            Some(code) => Document::OtherPriceList(code),
            None => document,
        })
    }
}
