//! Zones that have become uneven: Availability Zone rebalancing.
//!
//! Source: ECS Developer Guide, service rebalancing: a service is balanced when its zones differ by
//! at most one task; ECS starts a task in the zone with the fewest before it stops one in the zone
//! with the most, and never launches an instance for that.

use super::cluster::Cluster;
use super::strategy::{Rule, SpreadBy};

/// A service whose zones are uneven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imbalance {
    /// The zone with the most tasks.
    pub from: usize,
    /// The zone with the fewest.
    pub to: usize,
}

impl Cluster {
    /// Whether ECS would move tasks of a kind: its strategy is empty or begins with spread over
    /// zones, and no expression names the zone.
    pub fn can_rebalance(&self, kind: usize) -> bool {
        let task = &self.kinds()[kind];
        let by_zone = matches!(task.rules.first(), None | Some(Rule::Spread(SpreadBy::Zone)));
        let names_zone = |it: &super::query::Expression| {
            it.attribute_names().contains(super::strategy::ZONE_ATTRIBUTE)
        };
        by_zone && !task.expressions.iter().any(names_zone)
    }

    /// How uneven a kind's service is over the zones that are open to it.
    pub fn imbalance(&self, kind: usize, open_zones: &[bool]) -> Option<Imbalance> {
        let counts = self.per_zone(self.kinds()[kind].service);
        let zones = || (0..counts.len()).filter(|zone| open_zones[*zone]);
        let to = zones().min_by_key(|zone| counts[*zone])?;
        let from = zones().max_by_key(|zone| (counts[*zone], std::cmp::Reverse(*zone)))?;
        (counts[from] > counts[to] + 1).then_some(Imbalance { from, to })
    }
}
