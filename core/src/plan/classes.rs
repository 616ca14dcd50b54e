//! Which instances take which tasks, as bits for the packing room: a class is all instances of a
//! provider and platform for which the same `memberOf` expressions hold.

use super::attributes::{built_in_attributes, zone_names};
use super::conditions::{Attributes, Condition};
use super::place::Place;
use super::supply::Instance;
use super::workload::Workload;
use crate::capacity::Platform;
use crate::diagnostic::Diagnostic;
use crate::scenario::Capacity;
use crate::task::Demand;
use eniac_catalog::InstanceType;
use std::collections::{BTreeMap, BTreeSet};

/// The packing room knows so many.
const MOST_CLASSES: usize = 32;

/// A provider, a platform, and for each condition of the workload whether it holds.
type Class = (usize, Platform, Vec<bool>);

/// The classes in use, one bit each.
#[derive(Default)]
pub(crate) struct Classes {
    all: Vec<Class>,
}

impl Classes {
    /// Gives each instance its class. Where there are too many, the last conditions are taken to
    /// hold everywhere, which is said.
    pub(super) fn of(
        instances: &mut [Instance<'_>],
        workload: &Workload,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut evaluated = workload.conditions.len();
        let mut all = distinct(instances);
        while all.len() > MOST_CLASSES && evaluated > 0 {
            evaluated -= 1;
            for instance in &mut *instances {
                instance.meets[evaluated] = true;
            }
            all = distinct(instances);
        }
        for service in &workload.services {
            if service.condition.is_some_and(|it| it >= evaluated) {
                let message = format!(
                    "{}: there are more different expressions than eniac tells instances apart \
                     by: this service is planned without its own",
                    service.name
                );
                let path = format!("{}.placementConstraints", service.path());
                diagnostics.push(Diagnostic::warning("service.tooManyExpressions", path, message));
            }
        }
        for instance in instances {
            let place = all.iter().position(|it| is_of(instance, it));
            instance.class = place.map_or(0, bit);
        }
        Self { all }
    }

    /// The classes of a provider that take tasks of a demand under a condition.
    pub(crate) fn taking(&self, provider: usize, demand: &Demand, condition: Option<usize>) -> u32 {
        let takes = |(of, platform, meets): &Class| {
            *of == provider && platform.runs(demand) && is_met(meets, condition)
        };
        let places = self.all.iter().enumerate().filter(|(_, class)| takes(class));
        places.map(|(place, _)| bit(place)).sum()
    }
}

/// Whether a condition is met, or there is none.
pub(super) fn is_met(meets: &[bool], condition: Option<usize>) -> bool {
    condition.is_none_or(|place| meets.get(place).copied().unwrap_or(true))
}

fn bit(place: usize) -> u32 {
    u32::try_from(place).ok().and_then(|place| 1_u32.checked_shl(place)).unwrap_or(0)
}

fn is_of(instance: &Instance<'_>, (provider, platform, meets): &Class) -> bool {
    instance.provider == *provider && instance.platform == *platform && instance.meets == *meets
}

/// In order.
fn distinct(instances: &[Instance<'_>]) -> Vec<Class> {
    let mut seen: BTreeSet<(usize, Platform, &[bool])> = BTreeSet::new();
    seen.extend(instances.iter().map(|it| (it.provider, it.platform, it.meets.as_slice())));
    seen.into_iter().map(|(provider, platform, meets)| (provider, platform, meets.into())).collect()
}

/// For which types in which zones the workload's conditions hold.
pub(super) struct Members<'a> {
    conditions: &'a [Condition],
    place: &'a Place,
    zone_names: Vec<String>,
    /// What the provider gives its instances.
    own: BTreeMap<String, String>,
    by_zone: bool,
}

impl<'a> Members<'a> {
    pub(super) fn of(conditions: &'a [Condition], place: &'a Place, capacity: &Capacity) -> Self {
        Self {
            conditions,
            place,
            zone_names: zone_names(place),
            own: match capacity {
                Capacity::AutoScalingGroup(group) => group.attributes.clone(),
                Capacity::ManagedInstances(_) => BTreeMap::new(),
            },
            by_zone: conditions.iter().any(Condition::names_zone),
        }
    }

    /// The zones in which a type is `offered`, those together where the same conditions hold, and
    /// which ones do.
    pub(super) fn by_zones(
        &self,
        facts: &InstanceType,
        platform: Platform,
        trunked: bool,
        offered: u16,
    ) -> Vec<(u16, Vec<bool>)> {
        if self.conditions.is_empty() {
            return vec![(offered, Vec::new())];
        }
        let mut groups: Vec<(u16, Vec<bool>)> = Vec::new();
        if self.by_zone {
            let zones = 0..self.zone_names.len().min(16);
            for zone in zones.filter(|zone| offered >> zone & 1 == 1) {
                let meets = self.meets(facts, platform, trunked, zone);
                match groups.iter_mut().find(|(_, known)| *known == meets) {
                    Some((zones, _)) => *zones |= 1 << zone,
                    None => groups.push((1 << zone, meets)),
                }
            }
        }
        match groups.as_mut_slice() {
            [] => vec![(offered, self.meets(facts, platform, trunked, 0))],
            [(zones, _)] => {
                *zones = offered;
                groups
            }
            _ => groups,
        }
    }

    fn meets(
        &self,
        facts: &InstanceType,
        platform: Platform,
        trunked: bool,
        zone: usize,
    ) -> Vec<bool> {
        let named = |names: &[String]| {
            let mut attributes = self.own.clone();
            let zone = names.get(zone).map_or("", String::as_str);
            attributes.extend(built_in_attributes(facts, platform, zone));
            if trunked {
                // Whether there is one is known, its name is not.
                attributes.insert("ecs.awsvpc-trunk-id".to_owned(), "eni".to_owned());
            }
            attributes
        };
        let given =
            Attributes { by_name: named(&self.zone_names), by_id: named(&self.place.zone_names) };
        self.conditions.iter().map(|condition| condition.holds(&given)).collect()
    }
}
