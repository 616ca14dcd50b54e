//! Docker Compose files: each service of the file is a service of one container, its size from
//! `deploy.resources` or from the older fields beside it.
//!
//! Sources: the Compose file reference, "deploy" and "services"; its byte values are binary
//! (`512m` is 512 MiB).

mod amounts;
mod files;
mod interpolation;

use super::{Found, Source};
use crate::account::Account;
use crate::import::ImportSettings;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use amounts::{cpu_units, mebibytes, port};

/// Fields of a service that decide neither what fits nor where.
const READ: [&str; 9] = [
    "deploy",
    "scale",
    "cpus",
    "mem_limit",
    "mem_reservation",
    "ports",
    "network_mode",
    "platform",
    "gpus",
];

/// A file whose services stand at its first level, and that is no template.
pub(super) fn recognises(source: &Source) -> bool {
    let begins = |line: &str| {
        let rest = line.strip_prefix("services:").map(str::trim);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '{']))
    };
    match &source.json {
        Some(node) => node.get("services").is_some_and(|it| it.as_map().is_some()),
        None => source.text.lines().any(begins),
    }
}

pub(super) fn read(
    sources: &[&Source],
    settings: &ImportSettings,
    found: &mut Found,
    account: &mut Account,
) {
    for (name, node) in files::services(sources, &settings.answers, account).iter() {
        if let Some(profiles) = node.get("profiles") {
            let message = "left out: Compose runs it only where one of its profiles is asked for";
            account.left_out(profiles.at, name, message);
            continue;
        }
        match node.as_map() {
            Some(map) => found.resources.push(service(name, node.at, map, account)),
            None => account.problem(node.at, name, "a service must be a map of its fields"),
        }
    }
}

fn service(name: &str, at: Place, map: &Map, account: &mut Account) -> Resource {
    if let Some(extends) = map.get("extends") {
        let message = "what it extends is not read: say its size here, or import the merged file that \
                       `docker compose config` prints";
        account.problem(extends.at, name, message);
    }
    let mut body = Map::default();
    body.insert("serviceName", Node::text(at, name));
    let deploy = map.get("deploy");
    let in_deploy = |key: &str| deploy.and_then(|deploy| deploy.get(key));
    match in_deploy("mode").and_then(Node::as_text) {
        Some("global") => {
            body.insert("schedulingStrategy", Node::text(at, "DAEMON"));
        }
        Some(mode) if mode != "replicated" => {
            let message = format!("deploy.mode {mode}: planned as a service whose tasks all run");
            account.assumed(at, name, "", message);
        }
        _ => {}
    }
    let count = in_deploy("replicas").or_else(|| map.get("scale")).cloned();
    body.insert("desiredCount", count.unwrap_or_else(|| Node::number(at.without_span(), 1)));
    if let Some(rules) = in_deploy("placement") {
        placement(name, rules, &mut body, account);
    }
    body.insert("taskDefinition", Node::new(at, Value::Map(definition(name, at, map, account))));
    let left: Vec<&str> =
        map.iter().map(|(key, _)| key).filter(|key| !READ.contains(key)).collect();
    if !left.is_empty() {
        let message =
            format!("left out, since it decides neither what fits nor where: {}", left.join(", "));
        account.left_out(at, name, message);
    }
    Resource { kind: Kind::Service, address: name.to_owned(), at, body }
}

/// One task on an instance is a rule that ECS has too.
fn placement(name: &str, rules: &Node, body: &mut Map, account: &mut Account) {
    for (key, node) in rules.as_map().into_iter().flat_map(Map::iter) {
        if key == "max_replicas_per_node" && node.scalar().as_deref() == Some("1") {
            let at = node.at.without_span();
            let kind = ("type".to_owned(), Node::text(at, "distinctInstance"));
            let rule = Node::new(at, Value::Map(Map::from_iter([kind])));
            body.insert("placementConstraints", Node::new(at, Value::List(vec![rule])));
        } else {
            let message = format!("deploy.placement.{key} is left out: ECS has no such rule");
            account.left_out(node.at, name, message);
        }
    }
}

fn definition(name: &str, at: Place, map: &Map, account: &mut Account) -> Map {
    let mut body = Map::default();
    match map.get("network_mode").and_then(Node::as_text) {
        Some(mode) if ["host", "none", "bridge"].contains(&mode) => {
            body.insert("networkMode", Node::text(at.without_span(), mode));
        }
        Some(mode) => {
            let message = format!("network_mode {mode} is left out: ECS has no such mode");
            account.left_out(at, name, message);
        }
        None => {}
    }
    if let Some(node) = map.get("platform")
        && let Some(platform) = node.as_text()
    {
        if !platform.starts_with("linux") {
            let message = format!("platform {platform}: planned on Linux");
            account.assumed(node.at, name, "", message);
        }
        let architecture = if platform.contains("arm64") { "ARM64" } else { "X86_64" };
        let architecture = Node::text(at.without_span(), architecture);
        let platform = Map::from_iter([("cpuArchitecture".to_owned(), architecture)]);
        body.insert("runtimePlatform", Node::new(at, Value::Map(platform)));
    }
    let container = container(name, at, map, account);
    let container = Node::new(at, Value::Map(container));
    body.insert("containerDefinitions", Node::new(at, Value::List(vec![container])));
    body
}

fn container(name: &str, at: Place, map: &Map, account: &mut Account) -> Map {
    let resources = map.get("deploy").and_then(|deploy| deploy.get("resources"));
    let of = |group: &str, key: &str| resources.and_then(|it| it.get(group)?.get(key));
    let mut container = Map::from_iter([("name".to_owned(), Node::text(at.without_span(), name))]);

    let reserved = of("reservations", "cpus");
    let limit = of("limits", "cpus").or_else(|| map.get("cpus"));
    if let Some(node) = reserved.or(limit) {
        put(&mut container, "cpu", node, name, "cpus", cpu_units, account);
        if reserved.is_none() {
            let message = "its CPU limit is taken for what ECS sets aside: nothing is reserved";
            account.assumed(node.at, name, "", message);
        }
    }
    if let (Some(_), Some(limit)) = (reserved, limit) {
        let message = "its CPU limit is left out: a container of ECS may use what others leave";
        account.left_out(limit.at, name, message);
    }
    let limit = of("limits", "memory").or_else(|| map.get("mem_limit"));
    if let Some(node) = limit {
        put(&mut container, "memory", node, name, "memory", mebibytes, account);
    }
    let reserved = of("reservations", "memory").or_else(|| map.get("mem_reservation"));
    if let Some(node) = reserved {
        put(&mut container, "memoryReservation", node, name, "memory", mebibytes, account);
    }
    if limit.is_none() && reserved.is_none() {
        let message =
            "no memory is said for it: set deploy.resources, or its memory in the scenario";
        account.problem(at, name, message);
    }
    let is_host = map.get("network_mode").and_then(Node::as_text) == Some("host");
    let ports: Vec<Node> = map
        .get("ports")
        .and_then(Node::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|node| match port(node) {
            Ok((port, published)) => {
                let message = match published {
                    _ if is_host => Some(
                        "network_mode host: the port is the instance's own, so that one task runs \
                         on each"
                            .to_owned(),
                    ),
                    Some(published) => Some(format!(
                        "the published port {published} is left to a load balancer: each task has a \
                         port of its own"
                    )),
                    None => None,
                };
                if let Some(message) = message {
                    account.assumed(node.at, name, "", message);
                }
                Some(port)
            }
            Err(why) => {
                account.left_out(node.at, name, why);
                None
            }
        })
        .collect();
    if !ports.is_empty() {
        container.insert("portMappings", Node::new(at.without_span(), Value::List(ports)));
    }
    if let Some(gpus) = gpus(of("reservations", "devices"), map.get("gpus"), name, account) {
        container.insert("resourceRequirements", gpus);
    }
    container
}

/// Puts an amount into the container; what is not known stays so, and is asked for.
fn put(
    container: &mut Map,
    key: &str,
    node: &Node,
    service: &str,
    what: &str,
    read: fn(&str) -> Option<u64>,
    account: &mut Account,
) {
    let Some(text) = node.scalar() else {
        container.insert(key, node.clone());
        return;
    };
    if let Some(amount) = read(&text) {
        container.insert(key, Node::number(node.at, amount));
    } else {
        let message =
            format!("{what}: {text} is no amount that Compose knows, such as 0.5 or 512m");
        account.problem(node.at, service, message);
    }
}

fn gpus(
    devices: Option<&Node>,
    all: Option<&Node>,
    name: &str,
    account: &mut Account,
) -> Option<Node> {
    let is_gpu = |node: &&Node| {
        let capabilities = node.get("capabilities").and_then(Node::as_list).unwrap_or_default();
        capabilities.iter().any(|it| it.as_text().is_some_and(|it| it == "gpu" || it == "nvidia"))
    };
    let device = devices.and_then(Node::as_list).unwrap_or_default().iter().find(is_gpu);
    let node = device.or(all)?;
    let ids = node.get("device_ids").and_then(Node::as_list).map(<[Node]>::len);
    let said = node.get("count").or(all).and_then(Node::scalar);
    let count = ids.or_else(|| said.as_deref()?.parse().ok()).unwrap_or_else(|| {
        account.assumed(node.at, name, "", "all GPUs of a machine: one GPU is planned");
        1
    });
    let at = node.at.without_span();
    let requirement = Map::from_iter([
        ("type".to_owned(), Node::text(at, "GPU")),
        ("value".to_owned(), Node::number(at, count)),
    ]);
    Some(Node::new(at, Value::List(vec![Node::new(at, Value::Map(requirement))])))
}

#[cfg(test)]
mod tests;
