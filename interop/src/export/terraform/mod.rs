//! Resources as Terraform's language, for version 6 of the provider `hashicorp/aws`, laid out as
//! `terraform fmt` does. What only the account knows is a variable, so that the whole is complete.

mod complete;
mod layout;
mod links;
mod names;

use super::resources::gives_providers;
use crate::node::{Map, Node, Value};
use crate::resource::{Kind, Resource};
use crate::terraform::{Argument, Shape, resource_type};
use layout::Item;
use names::Names;
use std::collections::BTreeSet;

/// Variables that a configuration may need: name, type, description.
const VARIABLES: [(&str, &str, &str); 8] = [
    ("vpc_id", "string", "The VPC in whose subnets everything runs."),
    ("security_group_ids", "list(string)", "The security groups of instances and tasks."),
    ("infrastructure_role_arn", "string", "The role by which ECS manages instances."),
    ("instance_profile_arn", "string", "The instance profile of the container instances."),
    (
        "load_balancers",
        "map(string)",
        "By service, the load balancer whose requests are counted: app/NAME/ID.",
    ),
    (
        "resource_labels",
        "map(string)",
        "By service, the load balancer and the target group whose requests are counted: \
         app/NAME/ID/targetgroup/NAME/ID.",
    ),
    (
        "target_groups",
        "map(string)",
        "By alarm, the target group whose requests are counted: targetgroup/NAME/ID.",
    ),
    ("images", "map(string)", "The image of each container, by task family and container name."),
];

/// Writes a configuration of one file.
pub(crate) fn print(resources: &[Resource]) -> String {
    let resources = complete::completed(links::linked(resources.to_vec()));
    let names = Names::of(&resources);
    let providers = resources.iter().find(|it| gives_providers(it)).map(|it| it.address.as_str());
    let mut items = head(&resources);
    for resource in &resources {
        let (Some(kind), Some(label)) = (type_of(resource), names.label(&resource.address)) else {
            continue;
        };
        let Some(table) = resource_type(kind) else { continue };
        let mut inner = arguments(table.arguments, &resource.body, &names);
        if let Some(first) = providers.filter(|_| resource.kind == Kind::Service) {
            // A service refers to the cluster only, and would be created before it has providers.
            let first = names.address(first).unwrap_or_default();
            inner.push(Item::Last("depends_on".to_owned(), format!("[{first}]")));
        }
        items.push(Item::block(format!("resource \"{kind}\" \"{label}\""), inner));
    }
    layout::text(&items)
}

/// Which type a resource becomes.
fn type_of(resource: &Resource) -> Option<&'static str> {
    Some(match resource.kind {
        Kind::TaskDefinition => "aws_ecs_task_definition",
        Kind::Service => "aws_ecs_service",
        Kind::CapacityProvider => "aws_ecs_capacity_provider",
        Kind::Cluster if resource.body.get("clusterName").is_some() => "aws_ecs_cluster",
        Kind::Cluster => "aws_ecs_cluster_capacity_providers",
        Kind::ScalableTarget => "aws_appautoscaling_target",
        Kind::ScalingPolicy => "aws_appautoscaling_policy",
        Kind::MetricAlarm => "aws_cloudwatch_metric_alarm",
        Kind::AutoScalingGroup => "aws_autoscaling_group",
        Kind::LaunchTemplate => "aws_launch_template",
        Kind::TargetGroup => "aws_lb_target_group",
        Kind::ContainerInstance | Kind::Location => return None,
    })
}

/// What stands before the resources: the provider, variables, and the subnets of the zones.
fn head(resources: &[Resource]) -> Vec<Item> {
    let value = |name: &str, text: &str| Item::Value(name.to_owned(), text.to_owned());
    let quoted = |text: &str| layout::quoted(text);
    let aws = "{\n    source  = \"hashicorp/aws\"\n    version = \"~> 6.0\"\n  }";
    let required = Item::block("required_providers", vec![value("aws", aws)]);
    let mut items = vec![Item::block("terraform", vec![required])];

    let location = resources.iter().find(|it| it.kind == Kind::Location).map(|it| &it.body);
    let of_location = |key: &str| location.and_then(|body| body.get(key));
    if let Some(region) = of_location("region").and_then(Node::scalar) {
        items.push(Item::block("provider \"aws\"", vec![value("region", &quoted(&region))]));
    }
    let mut needed = BTreeSet::new();
    for resource in resources {
        unknowns(&resource.body, &mut needed);
    }
    let has_subnets = needed.iter().any(|it| it.starts_with("data.aws_subnets."));
    let zones = of_location("availabilityZones");
    if let Some(zones) = zones {
        let default = layout::expression(zones, 1, &Names::default());
        let inner = vec![
            value("description", &quoted("The zones that instances and tasks are spread over.")),
            value("type", "list(string)"),
            Item::Value("default".to_owned(), default),
        ];
        items.push(Item::block("variable \"availability_zones\"", inner));
    }
    for (name, kind, description) in VARIABLES {
        let expression = format!("var.{name}");
        let of_map = format!("{expression}[");
        let is_needed = needed.iter().any(|it| *it == expression || it.contains(&of_map));
        if is_needed || (name == "vpc_id" && (has_subnets || zones.is_some())) {
            let inner = vec![value("description", &quoted(description)), value("type", kind)];
            items.push(Item::block(format!("variable \"{name}\""), inner));
        }
    }
    if has_subnets || zones.is_some() {
        let filter = |name: &str, values: &str| {
            Item::block("filter", vec![value("name", &quoted(name)), value("values", values)])
        };
        let mut inner = vec![filter("vpc-id", "[var.vpc_id]")];
        inner.extend(zones.map(|_| filter("availability-zone", "var.availability_zones")));
        items.push(Item::block(format!("data \"aws_subnets\" \"{}\"", complete::SUBNETS), inner));
    }
    items
}

/// The expressions of all that is not known.
fn unknowns(map: &Map, found: &mut BTreeSet<String>) {
    fn of(node: &Node, found: &mut BTreeSet<String>) {
        match &node.value {
            Value::Unknown(unknown) => drop(found.insert(unknown.expression.clone())),
            Value::List(list) => list.iter().for_each(|it| of(it, found)),
            Value::Map(map) => unknowns(map, found),
            _ => {}
        }
    }
    map.iter().for_each(|(_, node)| of(node, found));
}

/// The arguments of a resource or a block, in the order of the table: values, then blocks.
fn arguments(table: &[Argument], body: &Map, names: &Names) -> Vec<Item> {
    let (mut values, mut blocks) = (Vec::new(), Vec::new());
    for argument in table {
        let name = argument.name.to_owned();
        let node = at(body, &argument.path());
        // A policy names the target that it belongs to by the target's own id.
        let node = node.or_else(|| body.get("scalingTarget").filter(|_| name == "resource_id"));
        let Some(node) = node.filter(|node| !node.is_null()) else {
            if argument.required && name == "min" {
                // Source: EC2 API, `VCpuCountRangeRequest`: 0 is no least.
                values.push(Item::Value(name, "0".to_owned()));
            }
            continue;
        };
        match argument.shape {
            Shape::Value => {
                let id = if name == "resource_id" { names.resource_id(node) } else { None };
                let text = id.unwrap_or_else(|| layout::expression(node, 1, names));
                values.push(Item::Value(name, text));
            }
            Shape::Json => {
                let inner = layout::expression(node, 1, names);
                values.push(Item::Value(name, format!("jsonencode({inner})")));
            }
            Shape::Base64 => values.push(Item::Value(name, layout::encoded(node))),
            Shape::Switch => {
                let is_on = node.as_text() == Some("ENABLED");
                values.push(Item::Value(name, is_on.to_string()));
            }
            Shape::Pairs => {
                let map: Map = pairs(node).collect();
                let node = Node::new(node.at, Value::Map(map));
                values.push(Item::Value(name, layout::expression(&node, 1, names)));
            }
            Shape::Block(table) => {
                if let Some(map) = node.as_map() {
                    let inner = arguments(table, map, names);
                    // What has only other arguments of its own in it is no block.
                    if !inner.is_empty() || map.is_empty() {
                        blocks.push(Item::block(name, inner));
                    }
                }
            }
            Shape::Blocks(table) => {
                for map in node.as_list().unwrap_or_default().iter().filter_map(Node::as_map) {
                    blocks.push(Item::block(name.clone(), arguments(table, map, names)));
                }
            }
            Shape::Any | Shape::Computed | Shape::Aside => {}
        }
    }
    values.append(&mut blocks);
    values
}

/// `[{ name = "A", value = "b" }]` as `A = "b"`.
fn pairs(node: &Node) -> impl Iterator<Item = (String, Node)> {
    let list = node.as_list().unwrap_or_default().iter();
    list.filter_map(|it| Some((it.get("name")?.scalar()?, it.get("value")?.clone())))
}

/// What stands at a path of keys.
fn at<'a>(body: &'a Map, path: &str) -> Option<&'a Node> {
    let mut keys = path.split('.');
    let first = body.get(keys.next()?)?;
    keys.try_fold(first, |node, key| node.get(key))
}

#[cfg(test)]
mod tests;
