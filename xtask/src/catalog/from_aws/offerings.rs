//! What `aws ec2 describe-instance-type-offerings` says: which types a region or zone offers.

use super::zone::{Place, place};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One entry of `InstanceTypeOfferings`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Offering {
    instance_type: String,
    location: String,
}

/// What all saved offerings say together, by region.
#[derive(Debug, Default)]
pub(super) struct Offerings(pub(super) BTreeMap<String, RegionOfferings>);

/// What the saved offerings say of one region.
#[derive(Debug, Default)]
pub(super) struct RegionOfferings {
    /// By type: zone ids.
    pub(super) by_zone_id: BTreeMap<String, BTreeSet<String>>,
    /// By type: zone names, which mean different zones in different accounts.
    pub(super) by_zone_name: BTreeMap<String, BTreeSet<String>>,
    /// Types that are offered somewhere in the region.
    pub(super) anywhere: BTreeSet<String>,
}

impl Offerings {
    /// Takes the entries in; returns how many were no place in a region.
    pub(super) fn add(&mut self, offerings: Vec<Offering>) -> usize {
        let mut elsewhere = 0;
        for Offering { instance_type, location } in offerings {
            match place(&location) {
                Place::Region => {
                    self.0.entry(location).or_default().anywhere.insert(instance_type);
                }
                Place::ZoneId { region } => {
                    let region = self.0.entry(region).or_default();
                    region.by_zone_id.entry(instance_type).or_default().insert(location);
                }
                Place::ZoneName { region } => {
                    let region = self.0.entry(region).or_default();
                    region.by_zone_name.entry(instance_type).or_default().insert(location);
                }
                Place::Elsewhere => elsewhere += 1,
            }
        }
        elsewhere
    }
}
