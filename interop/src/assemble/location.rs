//! Where all of it is: the region, and how many zones.

use super::draft::Draft;
use super::fields::Fields;
use super::index::Index;
use crate::node::{Node, Place, Value};
use crate::resource::{Kind, Resource};
use std::collections::BTreeSet;

/// ECS's clusters spread over this many zones at most, as far as a scenario goes.
const MOST_ZONES: usize = 6;

/// Writes region and zones, and says what was assumed.
pub(super) fn write(draft: &mut Draft<'_>, index: &Index<'_>) {
    region(draft, index);
    zones(draft, index);
}

fn region(draft: &mut Draft<'_>, index: &Index<'_>) {
    let mut found: Vec<(String, Place)> = Vec::new();
    for location in index.all(Kind::Location) {
        let Some(node) = location.body.get("region") else { continue };
        let Some(known) = draft.known(node, &format!("{}: region", location.address)) else {
            continue;
        };
        if let Some(region) = known.scalar()
            && !found.iter().any(|(other, _)| *other == region)
        {
            found.push((region, known.at));
        }
    }
    if found.is_empty() {
        let zones = index.all(Kind::Location).chain(index.all(Kind::AutoScalingGroup));
        let mut named = zones.filter_map(|it| it.body.get("availabilityZones")).flat_map(texts_of);
        let of_zone = |(zone, at): (String, Place)| {
            let region = zone.strip_suffix(|letter: char| letter.is_ascii_lowercase())?;
            region.ends_with(|digit: char| digit.is_ascii_digit()).then(|| (region.to_owned(), at))
        };
        found.extend(named.find_map(of_zone));
    }
    match found.split_first() {
        Some(((region, at), others)) => {
            draft.set("region", region.as_str(), *at);
            for (other, at) in others {
                let message = format!("{other} is another region: all is planned in {region}");
                draft.account.assumed(*at, "", "region", message);
            }
        }
        None if draft.get("region").is_none() => {
            draft.set("region", "us-east-1", Place::file(0));
            let message = "no file says the region: us-east-1 is assumed";
            draft.account.assumed(Place::file(0), "", "region", message);
        }
        None => {}
    }
}

/// By the zones that are named, or else by the subnets, one in each zone.
fn zones(draft: &mut Draft<'_>, index: &Index<'_>) {
    let named: BTreeSet<String> = index
        .all(Kind::Location)
        .chain(index.all(Kind::AutoScalingGroup))
        .filter_map(|resource| resource.body.get("availabilityZones"))
        .flat_map(texts_of)
        .map(|(zone, _)| zone)
        .collect();
    let at = |kinds: [Kind; 2], key: &str| {
        let mut all = kinds.into_iter().flat_map(|kind| index.all(kind));
        all.find_map(|resource| resource.body.get(key)).map_or(Place::file(0), |node| node.at)
    };
    if !named.is_empty() {
        let at = at([Kind::Location, Kind::AutoScalingGroup], "availabilityZones").without_span();
        draft.set("zones", named.len().min(MOST_ZONES), at);
        return;
    }
    let most = subnets(index).max_by_key(|(count, _)| *count);
    if let Some((count, at)) = most.filter(|(count, _)| *count > 0) {
        let count = count.min(MOST_ZONES);
        draft.set("zones", count, at.without_span());
        let message = format!("{count} subnets: one in each zone is assumed");
        draft.account.assumed(at, "", "zones", message);
    } else if draft.get("zones").is_none() {
        draft.set("zones", 3, Place::file(0));
        let message = "no file says over how many zones the tasks are spread: 3 are assumed";
        draft.account.assumed(Place::file(0), "", "zones", message);
    }
}

/// How many subnets each resource that has a list of them names.
fn subnets<'a>(index: &Index<'a>) -> impl Iterator<Item = (usize, Place)> + use<'a> {
    let of = |resource: &'a Resource| {
        let body = &resource.body;
        let of_service = ["networkConfiguration", "awsvpcConfiguration", "subnets"];
        let of_provider = [
            "managedInstancesProvider",
            "instanceLaunchTemplate",
            "networkConfiguration",
            "subnets",
        ];
        let down = |path: &[&str]| {
            let (first, rest) = path.split_first()?;
            rest.iter().try_fold(body.get(first)?, |node, key| node.get(key))
        };
        down(&of_service).or_else(|| down(&of_provider)).or_else(|| body.get("vpcZoneIdentifier"))
    };
    let kinds = [Kind::CapacityProvider, Kind::AutoScalingGroup, Kind::Service];
    let resources: Vec<&'a Resource> = kinds.into_iter().flat_map(|kind| index.all(kind)).collect();
    resources.into_iter().filter_map(of).filter_map(|node| {
        let count = match &node.value {
            Value::List(list) => list.len(),
            Value::Text(text) => text.split(',').filter(|part| !part.trim().is_empty()).count(),
            _ => return None,
        };
        Some((count, node.at))
    })
}

/// Takes the field of a group from which the zones were counted; one that is not known is told.
pub(super) fn counted(draft: &mut Draft<'_>, fields: &mut Fields<'_>, key: &str) {
    let Some(node) = fields.take(key) else { return };
    if matches!(node.value, Value::Unknown(_) | Value::Reference(_)) {
        let message = format!("{key}: what it says is not known, and no zones are counted from it");
        draft.account.left_out(node.at, &fields.subject, message);
    }
}

/// Takes the network configuration of a service or of a provider, from whose subnets the zones were
/// counted.
pub(super) fn network(draft: &mut Draft<'_>, fields: &mut Fields<'_>) {
    let key = "networkConfiguration";
    if fields.peek(key).is_some_and(|node| node.as_map().is_none()) {
        counted(draft, fields, key);
        return;
    }
    let Some(node) = fields.take(key) else { return };
    let inner = node.get("awsvpcConfiguration").unwrap_or(node);
    let Some(mut within) = fields.within(inner, key) else { return };
    counted(draft, &mut within, "subnets");
    within.close(&["securityGroups", "assignPublicIp"], draft.account);
}

fn texts_of(node: &Node) -> Vec<(String, Place)> {
    match &node.value {
        Value::List(list) => {
            list.iter().filter_map(|node| Some((node.as_text()?.to_owned(), node.at))).collect()
        }
        _ => Vec::new(),
    }
}
