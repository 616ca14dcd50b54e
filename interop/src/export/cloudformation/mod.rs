//! Resources as a `CloudFormation` template in YAML. What only the account knows is a parameter.
//!
//! Source: `CloudFormation` template reference of each type.

mod layout;

use super::resources::{
    NO_TARGET_GROUP, TARGET_GROUP_PATH, gives_providers, is_awsvpc, scaled_by_requests,
    target_group_of,
};
use crate::node::{Map, Node, Reference, Value};
use crate::read::cloudformation::types::{TYPES, Type};
use crate::resource::{Kind, Resource};
use crate::taken::Taken;
use layout::Item;
use std::collections::{BTreeMap, BTreeSet};

/// Parameters: name, type, description. Only those that are used are written.
const PARAMETERS: [(&str, &str, &str); 5] = [
    ("VpcId", "AWS::EC2::VPC::Id", "The VPC in whose subnets everything runs."),
    ("SubnetIds", "List<AWS::EC2::Subnet::Id>", "One private subnet in each zone."),
    (
        "SecurityGroupIds",
        "List<AWS::EC2::SecurityGroup::Id>",
        "The security groups of instances and tasks.",
    ),
    ("InfrastructureRoleArn", "String", "The role by which ECS manages instances."),
    ("InstanceProfileArn", "String", "The instance profile of the container instances."),
];

/// Parameters that a resource has for itself: what their names end with, and their descriptions.
const OWN_PARAMETERS: [(&str, &str); 3] = [
    (LOAD_BALANCER, "The load balancer whose requests are counted: app/NAME/ID."),
    (
        LABEL,
        "The load balancer and the target group whose requests are counted: \
             app/NAME/ID/targetgroup/NAME/ID.",
    ),
    (TARGET_GROUP, "The target group whose requests are counted: targetgroup/NAME/ID."),
];

const LOAD_BALANCER: &str = "LoadBalancerName";
const LABEL: &str = "ResourceLabel";
const TARGET_GROUP: &str = "TargetGroupName";

/// Writes the template.
pub(crate) fn print(resources: &[Resource]) -> String {
    let by_address = resources.iter().map(|it| (it.address.as_str(), it)).collect();
    let printer = Printer { resources, by_address, ids: ids(resources) };
    let written: Vec<(String, Item)> =
        resources.iter().filter_map(|it| printer.resource(it)).collect();
    let mut used = BTreeSet::new();
    for (_, item) in &written {
        parameters_in(item, &mut used);
    }

    let text = |text: &str| Item::Text(text.to_owned());
    let entry = |key: &str, item: Item| (key.to_owned(), item);
    let mut parameters = Vec::new();
    if let Some(zones) = printer.zones() {
        parameters.push(entry(
            "AvailabilityZones",
            Item::Map(vec![
                entry("Type", text("CommaDelimitedList")),
                entry("Description", text("The zones over which everything is spread.")),
                entry("Default", Item::Text(zones)),
            ]),
        ));
    }
    for (name, kind, description) in PARAMETERS.iter().filter(|(name, _, _)| used.contains(*name)) {
        let inner = vec![entry("Type", text(kind)), entry("Description", text(description))];
        parameters.push(entry(name, Item::Map(inner)));
    }
    for name in &used {
        let is_it = |(end, _): &&(&str, &str)| name.ends_with(end) && !printer.has_id(name);
        if let Some((_, description)) = OWN_PARAMETERS.iter().find(is_it) {
            let inner =
                vec![entry("Type", text("String")), entry("Description", text(description))];
            parameters.push(entry(name, Item::Map(inner)));
        }
    }
    layout::text(&[
        entry("AWSTemplateFormatVersion", Item::Plain("\"2010-09-09\"".to_owned())),
        entry("Description", text("ECS capacity and services, planned with eniac")),
        entry("Parameters", Item::Map(parameters)),
        entry("Resources", Item::Map(written)),
    ])
}

/// The names of parameters that are referred to.
fn parameters_in(item: &Item, used: &mut BTreeSet<String>) {
    match item {
        Item::Tag("Ref", name) => {
            used.insert(name.clone());
        }
        Item::Tag("Sub", text) => {
            let names = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
            used.extend(names.filter(|name| !name.contains('.')).map(str::to_owned));
        }
        Item::List(items) => items.iter().for_each(|item| parameters_in(item, used)),
        Item::Map(entries) => entries.iter().for_each(|(_, item)| parameters_in(item, used)),
        _ => {}
    }
}

/// The type that a resource becomes.
fn type_of(resource: &Resource) -> Option<&'static Type> {
    let has = |key: &str| resource.body.get(key).is_some();
    let mut types = TYPES.iter().filter(|kind| kind.kind == Some(resource.kind));
    match resource.kind {
        // A cluster, and what is said of one that is there.
        Kind::Cluster if has("cluster") => types.next_back(),
        Kind::ContainerInstance | Kind::Location => None,
        _ => types.next(),
    }
}

/// A logical id for each resource: its name without what ids cannot have, and its kind.
fn ids(resources: &[Resource]) -> BTreeMap<&str, String> {
    let mut taken = Taken::default();
    let mut ids = BTreeMap::new();
    for resource in resources {
        let Some(kind) = type_of(resource) else { continue };
        let kind = kind.name.rsplit("::").next().unwrap_or_default();
        let name = resource.address.split_once(' ').map_or("", |(_, name)| name);
        let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
        let mut wanted: String = parts.map(capital).collect();
        wanted.truncate(200);
        wanted.push_str(kind);
        ids.insert(resource.address.as_str(), taken.name(&wanted, ""));
    }
    ids
}

/// `minSize` as `MinSize`.
fn capital(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

struct Printer<'a> {
    resources: &'a [Resource],
    by_address: BTreeMap<&'a str, &'a Resource>,
    ids: BTreeMap<&'a str, String>,
}

impl Printer<'_> {
    fn zones(&self) -> Option<String> {
        let location = self.resources.iter().find(|it| it.kind == Kind::Location)?;
        let zones = location.body.get("availabilityZones")?.as_list()?;
        let zones: Vec<&str> = zones.iter().filter_map(Node::as_text).collect();
        Some(zones.join(","))
    }

    fn has_id(&self, name: &str) -> bool {
        self.ids.values().any(|id| id == name)
    }

    /// The load balancer and the target group of a service that scales by requests.
    fn label(&self, policy: &Resource, service: &str) -> Item {
        let own = self.ids.get(policy.address.as_str()).map_or("", String::as_str);
        let group = target_group_of(self.resources, service).and_then(|it| self.ids.get(it));
        match group {
            Some(group) => {
                let label =
                    format!("\"${{{own}{LOAD_BALANCER}}}/${{{group}.TargetGroupFullName}}\"");
                Item::Tag("Sub", label)
            }
            None => parameter(&format!("{own}{LABEL}")),
        }
    }

    fn resource(&self, resource: &Resource) -> Option<(String, Item)> {
        let kind = type_of(resource)?;
        let id = self.ids.get(resource.address.as_str())?.clone();
        let mut properties = self.properties(resource, kind);
        self.complete(resource, &mut properties);
        let mut entries = vec![("Type".to_owned(), Item::Text(kind.name.to_owned()))];
        if let Some(first) = self.depends_on(resource).or_else(|| self.association(resource)) {
            entries.push(("DependsOn".to_owned(), Item::Text(first)));
        }
        entries.push(("Properties".to_owned(), Item::Map(properties)));
        Some((id, Item::Map(entries)))
    }

    /// A scalable target names its service by a text, which orders nothing.
    fn depends_on(&self, resource: &Resource) -> Option<String> {
        let id = resource.body.get("resourceId").and_then(Node::as_text)?;
        let name = id.rsplit('/').next()?;
        let is_it = |it: &&Resource| {
            it.kind == Kind::Service
                && it.body.get("serviceName").and_then(Node::as_text) == Some(name)
        };
        let service = self.resources.iter().find(is_it)?;
        let scales = resource.kind == Kind::ScalableTarget;
        scales.then(|| self.ids.get(service.address.as_str()).cloned())?
    }

    /// A service needs the cluster's providers, which it refers to only by the cluster.
    fn association(&self, resource: &Resource) -> Option<String> {
        let first = self.resources.iter().find(|it| gives_providers(it))?;
        let needs = resource.kind == Kind::Service;
        needs.then(|| self.ids.get(first.address.as_str()).cloned())?
    }

    fn properties(&self, resource: &Resource, kind: &Type) -> Vec<(String, Item)> {
        let mut properties = Vec::new();
        for (key, node) in resource.body.iter() {
            if resource.kind == Kind::ScalingPolicy && self.target_of(resource).is_some() {
                let said_by_target = ["resourceId", "serviceNamespace", "scalableDimension"];
                if said_by_target.contains(&key) {
                    continue;
                }
            }
            let renamed = kind.renamed.iter().find(|(_, api)| *api == key);
            let key = renamed.map_or(key, |(property, _)| property);
            properties.push((capital(key), self.item(key, node)));
        }
        if let Some(target) = self.target_of(resource) {
            properties.push(("ScalingTargetId".to_owned(), Item::Tag("Ref", target)));
        }
        properties
    }

    /// The scalable target that a policy belongs to.
    fn target_of(&self, policy: &Resource) -> Option<String> {
        let id = policy.body.get("resourceId").filter(|_| policy.kind == Kind::ScalingPolicy)?;
        let is_it = |it: &&Resource| {
            let own = it.body.get("resourceId").and_then(Node::as_text);
            it.kind == Kind::ScalableTarget && own.is_some() && own == id.as_text()
        };
        let target = self.resources.iter().find(is_it)?;
        self.ids.get(target.address.as_str()).cloned()
    }

    fn item(&self, key: &str, node: &Node) -> Item {
        match &node.value {
            Value::Null => Item::Tag("Ref", "AWS::NoValue".to_owned()),
            Value::Bool(value) => Item::Plain(value.to_string()),
            Value::Number(number) => Item::Plain(number.clone()),
            Value::Text(text) => match key {
                "userData" => Item::Map(vec![("Fn::Base64".to_owned(), Item::Text(text.clone()))]),
                "capacityProvider" => self.provider(text),
                _ => Item::Text(text.clone()),
            },
            Value::List(list) if key == "capacityProviders" => {
                list.iter().map(|node| self.provider(node.as_text().unwrap_or_default())).collect()
            }
            Value::List(list) => list.iter().map(|node| self.item("", node)).collect(),
            Value::Map(map) => Item::Map(self.map(map)),
            Value::Reference(reference) => self.reference(reference),
            Value::Unknown(unknown) => Item::Text(unknown.expression.clone()),
        }
    }

    fn map(&self, map: &Map) -> Vec<(String, Item)> {
        let template = map.get("launchTemplateId").map(|node| &node.value);
        let latest = match template {
            // An Auto Scaling group takes a number here, not `$Latest`.
            Some(Value::Reference(to)) => self.ids.get(to.to.as_str()),
            _ => None,
        };
        let item = |(key, node): (&str, &Node)| match latest {
            Some(id) if key == "version" => {
                (capital(key), Item::Tag("GetAtt", format!("{id}.LatestVersionNumber")))
            }
            _ => (capital(key), self.item(key, node)),
        };
        map.iter().map(item).collect()
    }

    /// A provider of the template by reference, so that it is there first.
    fn provider(&self, name: &str) -> Item {
        let is_it = |it: &&Resource| {
            it.kind == Kind::CapacityProvider
                && it.body.get("name").and_then(Node::as_text) == Some(name)
        };
        let found = self.resources.iter().find(is_it);
        match found.and_then(|it| self.ids.get(it.address.as_str())) {
            Some(id) => Item::Tag("Ref", id.clone()),
            None => Item::Text(name.to_owned()),
        }
    }

    fn reference(&self, reference: &Reference) -> Item {
        match self.ids.get(reference.to.as_str()) {
            Some(id) if reference.attribute == TARGET_GROUP_PATH => {
                Item::Tag("GetAtt", format!("{id}.TargetGroupFullName"))
            }
            Some(id) => Item::Tag("Ref", id.clone()),
            None => Item::Text(reference.to.clone()),
        }
    }

    /// What a resource needs and only the account knows, as parameters.
    fn complete(&self, resource: &Resource, properties: &mut Vec<(String, Item)>) {
        let entry = |key: &str, item: Item| (key.to_owned(), item);
        let network = || {
            Item::Map(vec![
                entry("Subnets", parameter("SubnetIds")),
                entry("SecurityGroups", parameter("SecurityGroupIds")),
            ])
        };
        match resource.kind {
            Kind::CapacityProvider => {
                let Some(managed) = inner(properties, "ManagedInstancesProvider") else { return };
                managed
                    .insert(0, entry("InfrastructureRoleArn", parameter("InfrastructureRoleArn")));
                let Some(template) = inner(managed, "InstanceLaunchTemplate") else { return };
                template.insert(0, entry("Ec2InstanceProfileArn", parameter("InstanceProfileArn")));
                template.insert(1, entry("NetworkConfiguration", network()));
            }
            Kind::AutoScalingGroup => {
                properties.retain(|(key, _)| key != "AvailabilityZones");
                properties.push(entry("AvailabilityZones", parameter("AvailabilityZones")));
                properties.push(entry("VPCZoneIdentifier", parameter("SubnetIds")));
            }
            Kind::LaunchTemplate => {
                let Some(data) = inner(properties, "LaunchTemplateData") else { return };
                let profile = Item::Map(vec![entry("Arn", parameter("InstanceProfileArn"))]);
                data.push(entry("IamInstanceProfile", profile));
                data.push(entry("SecurityGroupIds", parameter("SecurityGroupIds")));
            }
            Kind::Service if is_awsvpc(resource, |it| self.by_address.get(it).copied()) => {
                let configuration = Item::Map(vec![entry("AwsvpcConfiguration", network())]);
                properties.push(entry("NetworkConfiguration", configuration));
            }
            Kind::ScalingPolicy => {
                let Some(service) = scaled_by_requests(resource) else { return };
                let tracking = inner(properties, "TargetTrackingScalingPolicyConfiguration");
                let metric = tracking.and_then(|it| inner(it, "PredefinedMetricSpecification"));
                let Some(metric) = metric else { return };
                metric.push(entry("ResourceLabel", self.label(resource, &service)));
            }
            Kind::MetricAlarm => {
                let own = self.ids.get(resource.address.as_str()).map_or("", String::as_str);
                for (_, item) in properties.iter_mut().filter(|(key, _)| key == "Dimensions") {
                    let unknown = Item::Text(NO_TARGET_GROUP.to_owned());
                    exchange(item, &unknown, &parameter(&format!("{own}{TARGET_GROUP}")));
                }
            }
            Kind::TargetGroup => {
                properties.push(entry("Port", Item::Plain("80".to_owned())));
                properties.push(entry("Protocol", Item::Text("HTTP".to_owned())));
                properties.push(entry("VpcId", parameter("VpcId")));
            }
            _ => {}
        }
    }
}

/// Puts another item in the place of one, wherever it is.
fn exchange(within: &mut Item, wanted: &Item, other: &Item) {
    match within {
        it if it == wanted => *it = other.clone(),
        Item::List(items) => items.iter_mut().for_each(|it| exchange(it, wanted, other)),
        Item::Map(entries) => entries.iter_mut().for_each(|(_, it)| exchange(it, wanted, other)),
        _ => {}
    }
}

/// A reference to a parameter.
fn parameter(name: &str) -> Item {
    Item::Tag("Ref", name.to_owned())
}

impl FromIterator<Item> for Item {
    fn from_iter<I: IntoIterator<Item = Self>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

/// The entries of a map in a map.
fn inner<'a>(entries: &'a mut [(String, Item)], key: &str) -> Option<&'a mut Vec<(String, Item)>> {
    match entries.iter_mut().find(|(name, _)| name == key) {
        Some((_, Item::Map(inner))) => Some(inner),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
