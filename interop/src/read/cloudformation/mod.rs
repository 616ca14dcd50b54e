//! `CloudFormation` templates, in YAML and JSON, also those that CDK synthesizes: parameters with
//! their defaults or answers, mappings and conditions as far as they are decidable. Nothing is made
//! and no macro runs.

mod conditions;
mod evaluate;
mod parameters;
pub(crate) mod types;

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use evaluate::Template;
use std::collections::BTreeMap;
use types::{TYPES, UNPLANNED};

/// A template of JSON by a resource of AWS; one of YAML by its sections, before it is parsed.
pub(super) fn recognises(source: &Source) -> bool {
    if let Some(node) = &source.json {
        let is_type = |node: &Node| node.as_text().is_some_and(|name| name.contains("::"));
        let has_type = |node: &Node| node.get("Type").is_some_and(is_type);
        let resources = node.get("Resources").and_then(Node::as_map);
        return resources.is_some_and(|map| map.iter().any(|(_, node)| has_type(node)));
    }
    let begins = |line: &str| {
        ["AWSTemplateFormatVersion", "Resources:"].iter().any(|it| line.starts_with(it))
    };
    source.text.lines().any(begins)
}

pub(super) fn read(
    sources: &[&Source],
    settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for source in sources {
        for document in &source.documents(account) {
            one(source, document, settings, found, account);
        }
    }
}

fn one(
    source: &Source,
    document: &Node,
    settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    let Some(resources) = document.get("Resources").and_then(Node::as_map) else {
        account.problem(document.at, "", "a template without resources: nothing is read of it");
        return;
    };
    if let Some(transform) = document.get("Transform") {
        let message =
            "the transform is left out: what a macro would make of the template is not known";
        account.left_out(transform.at, "Transform", message);
    }
    let template = Template::new(document, settings);
    parameters::tell(document, &settings.answers, account);
    let mut other: BTreeMap<&str, usize> = BTreeMap::new();
    let mut made = Vec::new();
    for (id, node) in resources.iter() {
        let name = node.get("Type").and_then(Node::as_text).unwrap_or_default();
        if id.starts_with("Fn::ForEach") {
            let message =
                "the loop is left out: write its resources out, or import the processed template";
            account.left_out(node.at, id, message);
            continue;
        }
        if name == "AWS::CloudFormation::Stack" {
            let message = "the nested stack is not fetched: import its template together with this";
            account.left_out(node.at, id, message);
            continue;
        }
        let Some(kind) = TYPES.iter().find(|kind| kind.name == name) else {
            *other.entry(name).or_default() += 1;
            continue;
        };
        if exists(&template, id, node, account) {
            made.push((id, kind, resource(&template, id, node, kind)));
        }
    }
    merge_launch_configurations(&mut made);
    found.resources.extend(location(&template, source.file));
    found.resources.extend(made.into_iter().filter_map(|(_, kind, mut resource)| {
        resource.kind = kind.kind?;
        Some(resource)
    }));
    tell_other(&other, source.file, account);
}

/// Whether the resource's condition holds; one that cannot be decided is supposed to.
fn exists(template: &Template<'_>, id: &str, node: &Node, account: &mut Account) -> bool {
    let Some(condition) = node.get("Condition") else { return true };
    let name = condition.as_text().unwrap_or_default();
    match template.condition(name) {
        Ok(true) => true,
        Ok(false) => {
            let message = format!("left out: its condition {name} does not hold");
            account.left_out(node.at, id, message);
            false
        }
        Err(unknown) => {
            let assumed = Some("it is taken to hold".to_owned());
            account.ask(condition.at, &unknown, format!("{id}: whether it exists"), assumed);
            true
        }
    }
}

fn resource(template: &Template<'_>, id: &str, node: &Node, kind: &types::Type) -> Resource {
    let properties = node.get("Properties").map(|node| template.value(node));
    let mut body = properties.map(|node| types::to_api(kind, &node)).unwrap_or_default();
    let kind = kind.kind.unwrap_or(Kind::AutoScalingGroup);
    let name = match kind {
        Kind::Service => "serviceName",
        Kind::CapacityProvider => "name",
        _ => "",
    };
    if !name.is_empty()
        && body.get(name).is_none()
        && let Some(given) = name_of_construct(node)
    {
        body.insert(name, Node::text(node.at.without_span(), given));
    }
    Resource { kind, address: id.to_owned(), at: node.at, body }
}

/// What CDK's user calls it: `Tracking/Api/Service/Service` is `Api` in the stack `Tracking`, where
/// the logical id has a hash.
fn name_of_construct(node: &Node) -> Option<String> {
    let path = node.get("Metadata")?.get("aws:cdk:path")?.as_text()?;
    let mut parts: Vec<&str> = path.split('/').skip(1).collect();
    while let Some(last) = parts.pop_if(|last| ["Resource", "Service", "Default"].contains(last)) {
        if parts.is_empty() {
            return Some(last.to_owned());
        }
    }
    parts.dedup();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// A launch configuration becomes part of the groups that name it.
fn merge_launch_configurations(made: &mut [(&str, &types::Type, Resource)]) {
    let configurations: BTreeMap<String, Map> = made
        .iter()
        .filter(|(_, kind, _)| kind.kind.is_none())
        .map(|(id, _, resource)| ((*id).to_owned(), resource.body.clone()))
        .collect();
    for (_, _, group) in
        made.iter_mut().filter(|(_, kind, _)| kind.kind == Some(Kind::AutoScalingGroup))
    {
        let named = group.body.get("launchConfigurationName").map(|node| &node.value);
        let Some(Value::Reference(reference)) = named else { continue };
        let Some(configuration) = configurations.get(&reference.to) else { continue };
        for (key, node) in configuration.iter() {
            group.body.insert(key, node.clone());
        }
        if let Some(node) = group.body.get_mut("launchConfigurationName") {
            node.value = Value::Null;
        }
    }
}

/// Zones that a parameter names tell where all is.
fn location(template: &Template<'_>, file: usize) -> Option<Resource> {
    let (at, zones) = template.zones()?;
    let zones = Node::new(at, Value::List(zones));
    let body = Map::from_iter([("availabilityZones".to_owned(), zones)]);
    let address = format!("zones of file {file}");
    Some(Resource { kind: Kind::Location, address, at, body })
}

/// Types that decide no capacity, together; and those that do, each with its reason.
fn tell_other(other: &BTreeMap<&str, usize>, file: usize, account: &mut Account) {
    for (name, because) in UNPLANNED {
        if let Some(count) = other.get(name) {
            let message =
                format!("left out: {name} ({count}): a scenario has nothing for it: {because}");
            account.left_out(Place::file(file), "", message);
        }
    }
    let is_planned = |(name, _): &(&&str, &usize)| UNPLANNED.iter().all(|(it, _)| it != *name);
    let other: Vec<(&&str, &usize)> = other.iter().filter(is_planned).collect();
    let count: usize = other.iter().map(|(_, count)| **count).sum();
    if count == 0 {
        return;
    }
    let counted = |(name, count): (&&str, &usize)| match (name.is_empty(), count) {
        (true, count) => format!("without a type ({count})"),
        (false, 1) => (*name).to_owned(),
        (false, count) => format!("{name} ({count})"),
    };
    let names: Vec<String> = other.into_iter().map(counted).collect();
    let resources = if count == 1 { "1 resource" } else { &format!("{count} resources") };
    let message = format!("left out: {resources} without a say in capacity: {}", names.join(", "));
    account.left_out(Place::file(file), "", message);
}

#[cfg(test)]
mod tests;
