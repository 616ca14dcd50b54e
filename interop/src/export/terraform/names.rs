//! What resources are called in a configuration: `aws_ecs_service.web`.

use super::type_of;
use crate::node::{Node, Value};
use crate::resource::{Kind, Resource};
use crate::taken::Taken;
use std::collections::BTreeMap;

/// Where the name of a resource is, whatever its kind.
const NAMES: [&str; 9] = [
    "clusterName",
    "family",
    "serviceName",
    "policyName",
    "alarmName",
    "autoScalingGroupName",
    "launchTemplateName",
    "targetGroupName",
    "name",
];

/// The types and labels of resources, by their addresses.
#[derive(Default)]
pub(super) struct Names {
    by_address: BTreeMap<String, (&'static str, String)>,
    /// Of each service its cluster, as it stands in a text.
    clusters: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn of(resources: &[Resource]) -> Self {
        let mut names = Self::default();
        let mut taken: BTreeMap<&str, Taken> = BTreeMap::new();
        for resource in resources {
            let Some(kind) = type_of(resource) else { continue };
            let label = taken.entry(kind).or_default().name(&label_of(resource, kind), "_");
            names.by_address.insert(resource.address.clone(), (kind, label));
        }
        for service in resources.iter().filter(|it| it.kind == Kind::Service) {
            let cluster = match service.body.get("cluster").map(|node| &node.value) {
                Some(Value::Reference(it)) => {
                    names.address(&it.to).map(|it| format!("${{{it}.name}}"))
                }
                Some(Value::Text(text)) => text.rsplit('/').next().map(str::to_owned),
                _ => None,
            };
            let cluster = cluster.unwrap_or_else(|| "default".to_owned());
            names.clusters.insert(service.address.clone(), cluster);
        }
        names
    }

    pub(super) fn label(&self, address: &str) -> Option<&str> {
        self.by_address.get(address).map(|(_, label)| label.as_str())
    }

    /// `"service/${…}/${…}"`, of a reference to a service.
    pub(super) fn resource_id(&self, node: &Node) -> Option<String> {
        let Value::Reference(reference) = &node.value else { return None };
        let cluster = self.clusters.get(&reference.to)?;
        let service = self.address(&reference.to)?;
        Some(format!("\"service/{cluster}/${{{service}.{}}}\"", reference.attribute))
    }

    /// `aws_ecs_service.web`, of a resource of this configuration.
    pub(super) fn address(&self, address: &str) -> Option<String> {
        self.by_address.get(address).map(|(kind, label)| format!("{kind}.{label}"))
    }
}

/// The label of an address that is Terraform's already; else one made of the name.
fn label_of(resource: &Resource, kind: &str) -> String {
    let own = resource.address.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.'));
    if let Some(own) = own.filter(|own| is_identifier(own)) {
        return own.to_owned();
    }
    let named = NAMES.iter().find_map(|key| resource.body.get(key).and_then(Node::scalar));
    let named = named.unwrap_or_else(|| {
        // `ScalableTarget web`, `Cluster shop providers`.
        resource.address.split(' ').nth(1).unwrap_or(&resource.address).to_owned()
    });
    let keep = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let label: String = named.chars().map(keep).collect();
    match label.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{label}"),
        Some(_) => label,
        None => "this".to_owned(),
    }
}

/// What may stand without quotes.
pub(super) fn is_identifier(text: &str) -> bool {
    let is_inner = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    let begins = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    text.chars().next().is_some_and(begins) && text.chars().all(is_inner)
}
