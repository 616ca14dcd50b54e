//! What a configuration needs and the resources do not say: variables for what only the account
//! knows, and what the provider insists on.

use crate::export::resources::IMAGE;
use crate::node::{Map, Node, Place, Unknown, Value};
use crate::resource::{Kind, Resource};
use crate::terraform::put;
use std::collections::BTreeSet;

/// The label of the data source that finds the subnets.
pub(super) const SUBNETS: &str = "eniac";

/// The resources with what they lack.
pub(super) fn completed(mut resources: Vec<Resource>) -> Vec<Resource> {
    let own_network: BTreeSet<String> = resources
        .iter()
        .filter(|it| it.kind == Kind::TaskDefinition)
        .filter(|it| it.body.get("networkMode").and_then(Node::as_text) == Some("awsvpc"))
        .map(|it| it.address.clone())
        .collect();
    let managed: BTreeSet<String> = resources.iter().filter_map(group_of).collect();
    let location = resources.iter().find(|it| it.kind == Kind::Location);
    let zones = location.and_then(|it| it.body.get("availabilityZones")).cloned();
    for resource in &mut resources {
        let body = &mut resource.body;
        match resource.kind {
            Kind::CapacityProvider => provider(body),
            Kind::LaunchTemplate => {
                let profile = "launchTemplateData.iamInstanceProfile";
                lack(body, profile, "arn", unknown("var.instance_profile_arn"));
                let groups = unknown("var.security_group_ids");
                lack(body, "launchTemplateData", "securityGroupIds", groups);
            }
            Kind::AutoScalingGroup => {
                group(body, zones.as_ref(), managed.contains(&resource.address));
            }
            Kind::Service => {
                let definition = body.get("taskDefinition").map(|node| &node.value);
                let has_own = matches!(definition, Some(Value::Reference(it)) if own_network.contains(&it.to));
                if has_own && body.get("networkConfiguration").is_none() {
                    network(body, "networkConfiguration.awsvpcConfiguration");
                }
            }
            Kind::TargetGroup => {
                lack(body, "", "port", Node::number(Place::file(0), 80));
                lack(body, "", "protocol", Node::text(Place::file(0), "HTTP"));
                lack(body, "", "vpcId", unknown("var.vpc_id"));
            }
            Kind::TaskDefinition => images(body),
            _ => {}
        }
    }
    resources
}

/// The group that a provider scales.
fn group_of(resource: &Resource) -> Option<String> {
    let provider = resource.body.get("autoScalingGroupProvider")?;
    match &provider.get("autoScalingGroupArn")?.value {
        Value::Reference(reference) => Some(reference.to.clone()),
        _ => None,
    }
}

pub(super) fn unknown(expression: &str) -> Node {
    let because = "only the account knows it".to_owned();
    let unknown = Unknown { expression: expression.to_owned(), because };
    Node::new(Place::file(0), Value::Unknown(unknown))
}

/// Puts a value where there is none.
pub(super) fn lack(body: &mut Map, within: &str, key: &str, node: Node) {
    let path = if within.is_empty() { key.to_owned() } else { format!("{within}.{key}") };
    if super::at(body, &path).is_none() {
        put(body, &path, node);
    }
}

fn network(body: &mut Map, within: &str) {
    lack(body, within, "subnets", unknown(&format!("data.aws_subnets.{SUBNETS}.ids")));
    lack(body, within, "securityGroups", unknown("var.security_group_ids"));
}

fn provider(body: &mut Map) {
    const MANAGED: &str = "managedInstancesProvider";
    const TEMPLATE: &str = "managedInstancesProvider.instanceLaunchTemplate";
    if body.get(MANAGED).is_none() {
        return;
    }
    lack(body, MANAGED, "infrastructureRoleArn", unknown("var.infrastructure_role_arn"));
    lack(body, TEMPLATE, "ec2InstanceProfileArn", unknown("var.instance_profile_arn"));
    network(body, &format!("{TEMPLATE}.networkConfiguration"));
    let requirements = format!("{TEMPLATE}.instanceRequirements");
    if super::at(body, &requirements).is_some() {
        for key in ["vCpuCount", "memoryMiB"] {
            lack(body, &requirements, key, Node::new(Place::file(0), Value::Map(Map::default())));
        }
    }
}

/// A group is in the subnets of the zones; ECS marks those that it scales.
/// Source: the provider's documentation of `aws_ecs_capacity_provider`, first note.
fn group(body: &mut Map, zones: Option<&Node>, is_managed: bool) {
    let same = |node: &Node| zones.is_none_or(|zones| zones.value == node.value);
    if body.get("availabilityZones").is_none_or(same) {
        let kept = std::mem::take(body).into_entries().into_iter();
        let kept = kept.filter(|entry| entry.key != "availabilityZones");
        *body = kept.map(|entry| (entry.key, entry.node)).collect();
        lack(body, "", "vpcZoneIdentifier", unknown(&format!("data.aws_subnets.{SUBNETS}.ids")));
    }
    if is_managed && body.get("tags").is_none() {
        let at = Place::file(0);
        let tag = [
            ("key".to_owned(), Node::text(at, "AmazonECSManaged")),
            ("value".to_owned(), Node::text(at, "true")),
            ("propagateAtLaunch".to_owned(), Node::new(at, Value::Bool(true))),
        ];
        let tag = Node::new(at, Value::Map(tag.into_iter().collect()));
        body.insert("tags", Node::new(at, Value::List(vec![tag])));
    }
}

/// Images that nobody has named are variables.
fn images(body: &mut Map) {
    let family = body.get("family").and_then(Node::scalar).unwrap_or_default();
    let list = body.get_mut("containerDefinitions").map(|node| &mut node.value);
    let Some(Value::List(list)) = list else { return };
    for node in list {
        let Value::Map(container) = &mut node.value else { continue };
        let image = container.get("image");
        if image.is_none_or(|image| image.as_text() == Some(IMAGE)) {
            let name = container.get("name").and_then(Node::scalar).unwrap_or_default();
            let key = super::layout::quoted(&format!("{family}/{name}"));
            container.insert("image", unknown(&format!("var.images[{key}]")));
        }
    }
}
