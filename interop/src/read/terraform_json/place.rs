//! In which region and zones the resources of a plan or state are.

use super::Row;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use std::collections::{BTreeMap, BTreeSet};

/// Where all of it is, as far as the file says.
pub(super) fn location(
    root: &Node,
    rows: &[Row<'_>],
    resources: &[Resource],
    whole: Place,
) -> Option<Resource> {
    let mut body = Map::default();
    if let Some(region) = of_provider(root).or_else(|| of_resources(resources, rows)) {
        body.insert("region", region);
    }
    let zones = zones(rows, resources);
    if let Some(at) = zones.values().next() {
        let list = zones.iter().map(|(zone, at)| Node::text(*at, zone.as_str())).collect();
        body.insert("availabilityZones", Node::new(at.without_span(), Value::List(list)));
    }
    let at = body.iter().next().map_or(whole, |(_, node)| node.at);
    let address = "provider.aws".to_owned();
    (!body.is_empty()).then_some(Resource { kind: Kind::Location, address, at, body })
}

/// A plan has the provider's arguments.
fn of_provider(root: &Node) -> Option<Node> {
    let provider = root.get("configuration")?.get("provider_config")?.get("aws")?;
    let region = provider.get("expressions")?.get("region")?;
    if let Some(constant) = region.get("constant_value") {
        return constant.as_text().is_some().then(|| constant.clone());
    }
    let variable = region.get("references")?.as_list()?.first()?.as_text()?.strip_prefix("var.")?;
    root.get("variables")?.get(variable)?.get("value").filter(|it| it.as_text().is_some()).cloned()
}

/// Version 6 of the provider writes the region into each resource; before, it is in the ARNs.
fn of_resources(resources: &[Resource], rows: &[Row<'_>]) -> Option<Node> {
    let said = rows
        .iter()
        .filter(|row| row.type_name.starts_with("aws_ecs_"))
        .find_map(|row| row.values.get("region").filter(|node| node.as_text().is_some()));
    let arns = ["serviceArn", "taskDefinitionArn", "clusterArn", "capacityProviderArn"];
    let in_arns = || {
        let arn = resources.iter().find_map(|it| arns.iter().find_map(|key| it.body.get(key)))?;
        let region = arn.as_text()?.split(':').nth(3)?;
        Some(Node::text(arn.at.without_span(), region))
    };
    said.cloned().or_else(in_arns)
}

/// The zones of the subnets that services and providers name.
fn zones(rows: &[Row<'_>], resources: &[Resource]) -> BTreeMap<String, Place> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for resource in resources {
        let path: &[&str] = match resource.kind {
            Kind::Service => &["networkConfiguration", "awsvpcConfiguration", "subnets"],
            Kind::CapacityProvider => &[
                "managedInstancesProvider",
                "instanceLaunchTemplate",
                "networkConfiguration",
                "subnets",
            ],
            _ => continue,
        };
        let Some((first, rest)) = path.split_first() else { continue };
        let begin = resource.body.get(first);
        let subnets = rest.iter().fold(begin, |node, key| node.and_then(|node| node.get(key)));
        let subnets = subnets.and_then(Node::as_list).unwrap_or_default();
        named.extend(subnets.iter().filter_map(Node::as_text));
    }
    let subnets = rows.iter().filter(|row| row.type_name == "aws_subnet");
    let of = |row: &Row<'_>| {
        let id = row.values.get("id").and_then(Node::as_text)?;
        let zone = row.values.get("availability_zone")?;
        named.contains(id).then_some((zone.as_text()?.to_owned(), zone.at))
    };
    subnets.filter_map(of).collect()
}
