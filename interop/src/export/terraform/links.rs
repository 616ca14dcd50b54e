//! Names that mean another resource of the same configuration, as references, so that Terraform
//! creates one after the other.

use super::complete::{lack, unknown};
use super::layout::quoted;
use super::names::Names;
use crate::export::resources::{
    NO_TARGET_GROUP, TARGET_GROUP_PATH, scaled_by_requests, target_group_of,
};
use crate::node::{Map, Node, Reference, Value};
use crate::resource::{Kind, Resource};
use std::collections::BTreeMap;

/// The resources with references in the place of names.
pub(super) fn linked(mut resources: Vec<Resource>) -> Vec<Resource> {
    let named = |kind: Kind, key: &str| -> BTreeMap<String, String> {
        let of_kind = resources.iter().filter(|it| it.kind == kind);
        of_kind.filter_map(|it| Some((it.body.get(key)?.scalar()?, it.address.clone()))).collect()
    };
    let providers = named(Kind::CapacityProvider, "name");
    let services = named(Kind::Service, "serviceName");
    let targets = named(Kind::ScalableTarget, "resourceId");
    label(&mut resources);
    for resource in &mut resources {
        for key in ["capacityProviderStrategy", "defaultCapacityProviderStrategy"] {
            let list = resource.body.get_mut(key).map(|node| &mut node.value);
            let Some(Value::List(list)) = list else { continue };
            for item in list {
                if let Value::Map(map) = &mut item.value {
                    link(map.get_mut("capacityProvider"), &providers, "name");
                }
            }
        }
        if let Some(Value::List(list)) =
            resource.body.get_mut("capacityProviders").map(|node| &mut node.value)
        {
            for node in list {
                link(Some(node), &providers, "name");
            }
        }
        match resource.kind {
            Kind::ScalingPolicy => to_target(&mut resource.body, &targets),
            Kind::ScalableTarget => {
                let service = resource.body.get("resourceId").and_then(Node::scalar);
                let service = service.and_then(|id| Some(id.rsplit('/').next()?.to_owned()));
                if let Some(to) = service.and_then(|name| services.get(&name)) {
                    let reference = reference(to, "name");
                    if let Some(node) = resource.body.get_mut("resourceId") {
                        node.value = reference;
                    }
                }
            }
            _ => {}
        }
    }
    resources
}

/// What policies that scale by requests name the load balancer and the target group by, and alarms
/// the target group, where only the account knows it.
fn label(resources: &mut [Resource]) {
    let names = Names::of(resources);
    let group =
        |service: &str| target_group_of(resources, service).and_then(|it| names.address(it));
    let labels: Vec<Option<String>> = resources
        .iter()
        .map(|policy| {
            let service = scaled_by_requests(policy)?;
            let key = quoted(&service);
            Some(match group(&service) {
                Some(group) => {
                    format!("\"${{var.load_balancers[{key}]}}/${{{group}.{TARGET_GROUP_PATH}}}\"")
                }
                None => format!("var.resource_labels[{key}]"),
            })
        })
        .collect();
    for (resource, label) in resources.iter_mut().zip(labels) {
        if let Some(label) = label {
            let metric = "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification";
            lack(&mut resource.body, metric, "resourceLabel", unknown(&label));
        }
        if resource.kind == Kind::MetricAlarm {
            let alarm = resource.body.get("alarmName").and_then(Node::scalar).unwrap_or_default();
            let group = unknown(&format!("var.target_groups[{}]", quoted(&alarm)));
            let dimensions = resource.body.get_mut("dimensions").map(|node| &mut node.value);
            let Some(Value::List(dimensions)) = dimensions else { continue };
            for dimension in dimensions {
                if let Value::Map(map) = &mut dimension.value
                    && map.get("value").and_then(Node::as_text) == Some(NO_TARGET_GROUP)
                {
                    map.insert("value", group.clone());
                }
            }
        }
    }
}

fn reference(to: &str, attribute: &str) -> Value {
    Value::Reference(Reference { to: to.to_owned(), attribute: attribute.to_owned() })
}

fn link(node: Option<&mut Node>, known: &BTreeMap<String, String>, attribute: &str) {
    let Some(node) = node else { return };
    if let Some(to) = node.as_text().and_then(|name| known.get(name)) {
        node.value = reference(to, attribute);
    }
}

/// A policy belongs to the target of its service.
fn to_target(body: &mut Map, targets: &BTreeMap<String, String>) {
    let id = body.get("resourceId").and_then(Node::scalar);
    let Some(to) = id.and_then(|id| targets.get(&id)) else { return };
    let entries = std::mem::take(body).into_entries().into_iter().map(|entry| {
        if entry.key == "resourceId" {
            let node = Node::new(entry.node.at, reference(to, "resource_id"));
            ("scalingTarget".to_owned(), node)
        } else {
            (entry.key, entry.node)
        }
    });
    *body = entries.collect();
}
