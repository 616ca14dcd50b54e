//! Target groups that do not go with the tasks: ports that no container maps, containers that are
//! not there, types of targets that the network mode does not have.

use super::super::base::Base;
use super::super::hints::advice;
use super::super::words::listed;
use crate::diagnostic::Severity;
use crate::nearest::did_you_mean;
use crate::plan::Sized;
use crate::report::Advice;
use crate::scenario::{ContainerDefinition, LoadBalancer, NetworkMode, Service, TargetType};
use serde_json::json;

pub(super) fn load_balancers(base: &Base<'_>, sized: &Sized, service: &Service) -> Vec<Advice> {
    let mut hints = Vec::new();
    for (place, balancer) in service.load_balancers.iter().enumerate() {
        let at = format!("{}.loadBalancers[{place}]", sized.path());
        hints.extend(target_type(base, sized, balancer, &at));
        let containers = &service.task_definition.container_definitions;
        match unknown_container(base, sized, balancer, containers, &at) {
            Some(hint) => hints.push(hint),
            None => hints.extend(unmapped(base, sized, balancer, containers, &at)),
        }
    }
    hints
}

fn target_type(
    base: &Base<'_>,
    sized: &Sized,
    balancer: &LoadBalancer,
    at: &str,
) -> Option<Advice> {
    let mode = sized.demand.network_mode;
    let (word, right, why) = match (balancer.target_type?, mode) {
        (TargetType::Ip, NetworkMode::Bridge | NetworkMode::Host) => {
            ("ip", "instance", "tasks in this mode have no address of their own")
        }
        (TargetType::Instance, NetworkMode::Awsvpc) => (
            "instance",
            "ip",
            "each task in this mode has an ENI of its own, not an instance's port",
        ),
        _ => return None,
    };
    let name = match mode {
        NetworkMode::Bridge => "bridge",
        NetworkMode::Host => "host",
        NetworkMode::Awsvpc => "awsvpc",
        NetworkMode::None => "none",
    };
    let text = format!(
        "{}: a target group of type {word} does not go with network mode {name}, since {why}: ECS \
         refuses the service. Make it {right}; the type of a target group cannot be changed later.",
        sized.name
    );
    let path = format!("{at}.targetType");
    Some(refused(base, "loadBalancer.targetType", &path, text, &[right]))
}

/// A container of another name.
fn unknown_container(
    base: &Base<'_>,
    sized: &Sized,
    balancer: &LoadBalancer,
    containers: &[ContainerDefinition],
    at: &str,
) -> Option<Advice> {
    let wanted = balancer.container_name.as_deref()?;
    let names: Vec<&str> =
        containers.iter().map(|it| it.name.as_str()).filter(|name| !name.is_empty()).collect();
    if names.is_empty() || names.len() < containers.len() || names.contains(&wanted) {
        return None;
    }
    let near = did_you_mean(wanted, names.iter().copied());
    let shown: String = wanted.chars().take(40).collect();
    let text = format!(
        "{}: the target group sends to the container {shown}, which the task definition does not \
         have: {}. ECS refuses the service.",
        sized.name,
        near.unwrap_or_else(|| format!("it has {}", listed(&names)))
    );
    let path = format!("{at}.containerName");
    Some(refused(base, "loadBalancer.container", &path, text, &names))
}

/// A port that the container does not map.
fn unmapped(
    base: &Base<'_>,
    sized: &Sized,
    balancer: &LoadBalancer,
    containers: &[ContainerDefinition],
    at: &str,
) -> Option<Advice> {
    let wanted = balancer.container_port?.get();
    let meant = |it: &&ContainerDefinition| {
        balancer.container_name.as_deref().is_none_or(|name| it.name.is_empty() || it.name == name)
    };
    let mapped: Vec<u16> = containers
        .iter()
        .filter(meant)
        .flat_map(|it| it.port_mappings.iter().map(|mapping| mapping.container_port.get()))
        .collect();
    if containers.is_empty() || mapped.contains(&wanted) {
        return None;
    }
    let ports: Vec<String> = mapped.iter().map(u16::to_string).collect();
    let has = match ports.as_slice() {
        [] => "no port is mapped".to_owned(),
        ports => {
            let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
            format!("mapped is {}", listed(&ports))
        }
    };
    let text = format!(
        "{}: the target group sends to container port {wanted}, which no container maps; {has}. \
         ECS refuses the service.",
        sized.name
    );
    let path = format!("{at}.containerPort");
    Some(refused(base, "loadBalancer.port", &path, text, &mapped))
}

/// What ECS refuses; where only one value would do, that mends it.
fn refused(
    base: &Base<'_>,
    code: &str,
    path: &str,
    text: String,
    would_do: &[impl serde::Serialize],
) -> Advice {
    let mut hint = advice(Severity::Error, code, path, text);
    if let [only] = would_do {
        hint.changes = vec![base.change(path, Some(json!(only)))];
    }
    hint
}
