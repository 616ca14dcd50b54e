//! What the AWS command line prints and takes: `describe-task-definition`, `describe-services`,
//! `describe-capacity-providers`, `describe-clusters`, `describe-container-instances` and what
//! belongs to them of Auto Scaling, EC2, Elastic Load Balancing and `CloudWatch`; and the inputs of
//! the calls that create them.

mod running;

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};

/// What answers have a list of, or one of, under a key of their own.
const ANSWERS: [(&str, Kind); 21] = [
    ("taskDefinition", Kind::TaskDefinition),
    ("taskDefinitions", Kind::TaskDefinition),
    ("services", Kind::Service),
    ("service", Kind::Service),
    ("capacityProviders", Kind::CapacityProvider),
    ("capacityProvider", Kind::CapacityProvider),
    ("clusters", Kind::Cluster),
    ("cluster", Kind::Cluster),
    ("containerInstances", Kind::ContainerInstance),
    ("autoScalingGroups", Kind::AutoScalingGroup),
    ("launchTemplateVersions", Kind::LaunchTemplate),
    ("launchTemplateVersion", Kind::LaunchTemplate),
    ("scalableTargets", Kind::ScalableTarget),
    ("scalingPolicies", Kind::ScalingPolicy),
    ("metricAlarms", Kind::MetricAlarm),
    ("targetGroups", Kind::TargetGroup),
    ("daemon", Kind::Service),
    ("daemons", Kind::Service),
    ("location", Kind::Location),
    ("settings", Kind::Location),
    ("setting", Kind::Location),
];

/// By which fields a resource itself is known: all of the first, or any of the second list with them.
const SHAPES: [(Kind, &[&str], &[&str]); 12] = [
    (Kind::TaskDefinition, &["containerDefinitions"], &[]),
    (Kind::Service, &["serviceName"], &["taskDefinition", "desiredCount", "schedulingStrategy"]),
    (Kind::CapacityProvider, &["name"], &["managedInstancesProvider", "autoScalingGroupProvider"]),
    (Kind::Cluster, &["cluster", "defaultCapacityProviderStrategy"], &[]),
    (Kind::Cluster, &["clusterName"], &[]),
    (Kind::ContainerInstance, &["containerInstanceArn", "registeredResources"], &[]),
    (Kind::AutoScalingGroup, &["autoScalingGroupName"], &["minSize", "maxSize"]),
    (Kind::LaunchTemplate, &["launchTemplateData"], &[]),
    (Kind::ScalingPolicy, &["policyName", "resourceId"], &[]),
    (Kind::ScalableTarget, &["resourceId"], &["minCapacity", "maxCapacity"]),
    (Kind::MetricAlarm, &["alarmName"], &["metricName", "threshold"]),
    (Kind::TargetGroup, &["name", "port", "vpcId"], &[]),
];

/// Deeper than this no call or answer is looked for.
const MOST_NESTED: usize = 3;

/// Whether there is a resource in it.
pub(super) fn recognises(source: &Source) -> bool {
    source.json.as_ref().is_some_and(|node| holds_resources(node, 0))
}

fn holds_resources(node: &Node, depth: usize) -> bool {
    if depth > MOST_NESTED {
        return false;
    }
    match &node.value {
        Value::List(list) => list.iter().any(|node| holds_resources(node, depth + 1)),
        Value::Map(map) => {
            let names: BTreeSet<String> = map.iter().map(|(key, _)| camel(key)).collect();
            let is_answer = map.iter().any(|(key, node)| {
                let key = camel(key);
                key == "tasks" && node.as_list().is_some()
                    || ANSWERS.iter().any(|(name, _)| *name == key) && is_answer(&key, node)
            });
            is_answer || shape(&names).is_some() || map.get("calls").is_some_and(holds_maps)
        }
        _ => false,
    }
}

/// Whether what stands under a key of an answer is one. Many files have settings: those of an account
/// have a name and a value.
fn is_answer(key: &str, node: &Node) -> bool {
    if key != "setting" && key != "settings" {
        return holds_maps(node);
    }
    let first = node.as_list().map_or(Some(node), <[Node]>::first);
    first.is_some_and(|node| node.get("name").is_some() && node.get("value").is_some())
}

/// An object, or a list that is empty or begins with one.
fn holds_maps(node: &Node) -> bool {
    match &node.value {
        Value::Map(_) => true,
        Value::List(list) => list.first().is_none_or(|node| node.as_map().is_some()),
        _ => false,
    }
}

fn shape(names: &BTreeSet<String>) -> Option<Kind> {
    let has = |name: &&str| names.contains(*name);
    let fits = |(_, all, any): &&(Kind, &[&str], &[&str])| {
        all.iter().all(&has) && (any.is_empty() || any.iter().any(&has))
    };
    SHAPES.iter().find(fits).map(|(kind, _, _)| *kind)
}

/// Reads all files; what runs on instances is put together at the end.
pub(super) fn read(
    sources: &[&Source],
    _settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    let mut reader =
        Reader { account, resources: Vec::new(), addresses: BTreeSet::new(), tasks: Vec::new() };
    for source in sources {
        if let Some(node) = source.json.as_ref() {
            reader.document(node, 0);
        }
    }
    let Reader { mut resources, tasks, .. } = reader;
    running::put_on_instances(&mut resources, &tasks);
    found.resources.extend(locations(&resources));
    found.resources.extend(resources);
}

struct Reader<'a> {
    account: &'a mut Account,
    resources: Vec<Resource>,
    addresses: BTreeSet<String>,
    tasks: Vec<Node>,
}

impl Reader<'_> {
    fn document(&mut self, node: &Node, depth: usize) {
        if depth > MOST_NESTED {
            return;
        }
        if let Some(list) = node.as_list() {
            for node in list {
                self.document(node, depth + 1);
            }
            return;
        }
        let Some(map) = node.as_map() else { return };
        let names: BTreeSet<String> = map.iter().map(|(key, _)| camel(key)).collect();
        if let Some(kind) = shape(&names) {
            self.resource(kind, node);
            return;
        }
        let mut other = Vec::new();
        for (key, inner) in map.iter() {
            let key = camel(key);
            let answer = ANSWERS.iter().find(|(name, _)| *name == key && is_answer(&key, inner));
            match (answer, key.as_str()) {
                (Some((_, kind)), _) => match &inner.value {
                    Value::List(list) => list.iter().for_each(|node| self.resource(*kind, node)),
                    _ => self.resource(*kind, inner),
                },
                (None, "tasks") => {
                    self.tasks.extend(inner.as_list().unwrap_or_default().iter().cloned());
                }
                (None, "calls") => self.calls(inner),
                (None, "failures") => self.failures(inner),
                (None, "nextToken" | "responseMetadata" | "tags" | "region") => {}
                _ => other.push(key),
            }
        }
        if map.get("region").is_some() || map.get("availabilityZones").is_some() {
            self.location(map, node.at);
            other.retain(|key| key != "availabilityZones");
        }
        if !other.is_empty() {
            let message = format!("left out: {}: no part of a cluster", other.join(", "));
            self.account.left_out(node.at, "", message);
        }
    }

    /// The calls that an export of eniac's is made of.
    fn calls(&mut self, calls: &Node) {
        for call in calls.as_list().unwrap_or_default() {
            match call.get("input") {
                Some(input) => self.document(input, 1),
                None => {
                    self.account.problem(call.at, "calls", "a call without its input is left out");
                }
            }
        }
    }

    fn failures(&mut self, failures: &Node) {
        for failure in failures.as_list().unwrap_or_default() {
            let text = |key: &str| failure.get(key).and_then(Node::scalar).unwrap_or_default();
            let message = format!("ECS did not give this: {} {}", text("reason"), text("detail"));
            self.account.problem(failure.at, &text("arn"), message.trim_end());
        }
    }

    fn location(&mut self, map: &Map, at: Place) {
        let keys = ["region", "availabilityZones"];
        let body = keys.iter().filter_map(|key| Some(((*key).to_owned(), map.get(key)?.clone())));
        let address = format!("location {}", self.resources.len());
        let body: Map = body.collect();
        self.resources.push(Resource { kind: Kind::Location, address, at, body });
    }

    fn resource(&mut self, kind: Kind, node: &Node) {
        let Value::Map(body) = lowered(node).value else {
            let message = "left out: an object is needed here, not a name";
            self.account.problem(node.at, "", message);
            return;
        };
        let mut resource = Resource { kind, address: String::new(), at: node.at, body };
        if kind == Kind::LaunchTemplate {
            decode_user_data(&mut resource.body);
        }
        let address = address(&resource).unwrap_or_else(|| format!("line {}", node.at.line));
        resource.address = address;
        let is_new = self.addresses.insert(resource.address.clone());
        if kind != Kind::Location && !is_new {
            let message = if kind == Kind::LaunchTemplate {
                "left out: the same version of the launch template, or one without its number, is in the \
                 files already: the first is taken"
            } else {
                "left out: the same resource is in the files twice, the first is taken"
            };
            self.account.left_out(node.at, &resource.address, message);
            return;
        }
        self.resources.push(resource);
    }
}

/// An ARN, or else a name.
fn address(resource: &Resource) -> Option<String> {
    let keys: &[&str] = match resource.kind {
        Kind::TaskDefinition => &["taskDefinitionArn", "family"],
        Kind::Service => &["serviceArn", "serviceName"],
        Kind::CapacityProvider => &["capacityProviderArn", "name"],
        Kind::Cluster => &["clusterArn", "clusterName", "cluster"],
        Kind::ContainerInstance => &["containerInstanceArn", "ec2InstanceId"],
        Kind::AutoScalingGroup => &["autoScalingGroupARN", "autoScalingGroupName"],
        Kind::LaunchTemplate => &["launchTemplateId", "launchTemplateName"],
        Kind::ScalableTarget => &["scalableTargetARN", "resourceId"],
        Kind::ScalingPolicy => &["policyARN", "policyName"],
        Kind::MetricAlarm => &["alarmArn", "alarmName"],
        // The call that creates one has its name under another key than the answer.
        Kind::TargetGroup => &["targetGroupArn", "targetGroupName", "name"],
        Kind::Location => &["name"],
    };
    let name = keys.iter().find_map(|key| resource.body.get(key)?.scalar())?;
    if resource.kind == Kind::Cluster && resource.body.get("cluster").is_some() {
        // What is said of a cluster that another call creates.
        return Some(format!("providers of {name}"));
    }
    if let Some(number) = resource.body.get("versionNumber").and_then(Node::scalar) {
        return Some(format!("{:?} {name} version {number}", resource.kind));
    }
    // Names of different kinds may be the same; ARNs are not.
    Some(if name.starts_with("arn:") { name } else { format!("{:?} {name}", resource.kind) })
}

/// `VPCZoneIdentifier` as `vpcZoneIdentifier`, `MinSize` as `minSize`, `minSize` as it is.
pub(crate) fn camel(key: &str) -> String {
    let capitals = key.bytes().take_while(u8::is_ascii_uppercase).count();
    let lowered = match capitals {
        0 => return key.to_owned(),
        1 => 1,
        all if all == key.len() => all,
        several => several - 1,
    };
    let (begin, rest) = key.split_at(lowered);
    begin.to_ascii_lowercase() + rest
}

/// A value with all its keys in the API's words.
pub(crate) fn lowered(node: &Node) -> Node {
    let value = match &node.value {
        Value::List(list) => Value::List(list.iter().map(lowered).collect()),
        Value::Map(map) => {
            Value::Map(map.iter().map(|(key, node)| (camel(key), lowered(node))).collect())
        }
        other => other.clone(),
    };
    Node::new(node.at, value)
}

/// User data of launch templates is base64 in the API.
pub(crate) fn decode_user_data(body: &mut Map) {
    let Some(data) = body.get_mut("launchTemplateData") else { return };
    let Value::Map(data) = &mut data.value else { return };
    if let Some(node) = data.get_mut("userData")
        && let Some(bytes) = node.as_text().and_then(|text| STANDARD.decode(text.trim()).ok())
        && let Ok(text) = String::from_utf8(bytes)
    {
        node.value = Value::Text(text);
        node.at = node.at.without_span();
    }
}

/// The regions that ARNs name, and the zones where instances stand.
fn locations(resources: &[Resource]) -> Vec<Resource> {
    let mut regions: BTreeMap<String, Place> = BTreeMap::new();
    let mut zones: BTreeMap<String, Place> = BTreeMap::new();
    for resource in resources {
        let mut parts = resource.address.split(':');
        if parts.next() == Some("arn")
            && let Some(region) = parts.nth(2).filter(|region| !region.is_empty())
        {
            regions.entry(region.to_owned()).or_insert(resource.at.without_span());
        }
        if let Some(zone) = running::zone(resource) {
            zones.entry(zone).or_insert(resource.at.without_span());
        }
    }
    let location = |address: String, at: Place, key: &str, value: Value| {
        let body = Map::from_iter([(key.to_owned(), Node::new(at, value))]);
        Resource { kind: Kind::Location, address, at, body }
    };
    let of_zones = zones.values().next().copied().map(|at| {
        let zones = zones.iter().map(|(zone, at)| Node::text(*at, zone.as_str())).collect();
        location("zones of instances".to_owned(), at, "availabilityZones", Value::List(zones))
    });
    let of_region = |(region, at): (String, Place)| {
        location(format!("region {region}"), at, "region", Value::Text(region))
    };
    of_zones.into_iter().chain(regions.into_iter().map(of_region)).collect()
}

#[cfg(test)]
mod tests;
