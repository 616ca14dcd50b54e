//! Container instances that are in the cluster already, with what runs on them.

use super::draft::{Draft, typed};
use super::index::{Index, last_part, name_of};
use crate::node::Node;
use crate::resource::{Kind, Resource};
use serde_json::{Map, Value as Json, json};

/// Attributes that every instance has, and that a scenario works out itself.
const BUILT_IN: [&str; 2] = ["ecs.", "com.amazonaws.ecs."];

/// Writes the instances, equal ones together.
pub(super) fn write(draft: &mut Draft<'_>, index: &Index<'_>) {
    for instance in index.all(Kind::ContainerInstance) {
        let provider = provider(index, instance);
        let is_named = provider.as_ref().filter(|_| draft.len("capacityProviders") > 0);
        if let Some(provider) = is_named.filter(|name| !draft.has_provider(name)) {
            let message = format!(
                "left out: it belongs to the capacity provider {provider}, which the scenario does not \
                 have"
            );
            draft.account.left_out(instance.at, &instance.address, message);
            continue;
        }
        let Some(row) = row(draft, index, instance) else {
            let message =
                "left out: neither instanceType nor the attribute ecs.instance-type says its type";
            draft.account.problem(instance.at, &instance.address, message);
            continue;
        };
        let path = format!("containerInstances[{}]", draft.len("containerInstances"));
        draft.set(&path, row, instance.at);
        let message = "an instance that stands already";
        draft.account.understood(instance.at, &instance.address, &path, message);
        tell_registered(draft, instance);
    }
}

fn provider(index: &Index<'_>, instance: &Resource) -> Option<String> {
    let node = instance.body.get("capacityProviderName")?;
    let found = index.find(Kind::CapacityProvider, node);
    found.map(|found| name_of(found, "name")).or_else(|| node.scalar())
}

/// What the agent has registered of memory is known better than a scenario can say it.
fn tell_registered(draft: &mut Draft<'_>, instance: &Resource) {
    let resources = instance.body.get("registeredResources").and_then(Node::as_list);
    let is_memory = |node: &&Node| node.get("name").and_then(Node::as_text) == Some("MEMORY");
    let memory = resources.unwrap_or_default().iter().find(is_memory);
    let value = memory.and_then(|node| node.get("integerValue"));
    if let Some((node, mib)) = value.and_then(|node| Some((node, node.scalar()?))) {
        let message = format!(
            "the {mib} MiB of memory that its agent registered are left out: a scenario works them out \
             from instanceType, memoryModel and reservedMemory"
        );
        draft.account.left_out(node.at, &instance.address, message);
    }
}

fn row(draft: &mut Draft<'_>, index: &Index<'_>, instance: &Resource) -> Option<Json> {
    let body = &instance.body;
    let text = |key: &str| body.get(key).and_then(Node::scalar);
    let attributes = body.get("attributes").and_then(Node::as_list).unwrap_or_default();
    let attribute = |name: &str| {
        let is_it = |node: &&Node| node.get("name").and_then(Node::as_text) == Some(name);
        attributes.iter().find(is_it).and_then(|node| node.get("value")).and_then(Node::scalar)
    };
    let mut row = Map::new();
    let mut put = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            row.insert(key.to_owned(), value);
        }
    };
    put(
        "instanceType",
        Some(Json::from(text("instanceType").or_else(|| attribute("ecs.instance-type"))?)),
    );
    put("ec2InstanceId", text("ec2InstanceId").map(Json::from));
    let zone = text("availabilityZone").or_else(|| attribute("ecs.availability-zone"));
    put("availabilityZone", zone.map(Json::from));
    if draft.len("capacityProviders") > 0 {
        put("capacityProvider", provider(index, instance).map(Json::from));
    }
    if text("status").as_deref() == Some("DRAINING") {
        put("status", Some(json!("DRAINING")));
    }
    if text("agentConnected").as_deref() == Some("false") {
        put("agentConnected", Some(json!(false)));
    }
    let version = body.get("versionInfo").and_then(|node| node.get("agentVersion"));
    put("agentVersion", version.and_then(Node::scalar).map(Json::from));
    put("registeredAt", text("registeredAt").map(Json::from));

    let own = attributes.iter().filter_map(|node| {
        let name = node.get("name").and_then(Node::as_text)?;
        let is_own = !BUILT_IN.iter().any(|begins| name.starts_with(begins));
        let value = node.get("value").and_then(Node::scalar);
        is_own.then_some(())?;
        Some((name.to_owned(), Json::from(value?)))
    });
    let own: Map<String, Json> = own.collect();
    put("attributes", (!own.is_empty()).then_some(Json::Object(own)));

    let tasks = body.get("tasks").and_then(Node::as_list).unwrap_or_default();
    let tasks: Vec<Json> = tasks
        .iter()
        .filter_map(|node| {
            let service = node.get("service").and_then(Node::scalar)?;
            let count = node.get("count").and_then(Node::scalar)?;
            Some(json!({ "service": last_part(&service), "count": typed(&count) }))
        })
        .collect();
    let running = text("runningTasksCount").and_then(|count| count.parse::<u64>().ok());
    if tasks.is_empty() && running.is_some_and(|running| running > 0) {
        let message = format!(
            "which {} tasks it runs is not among the files (`describe-tasks` says it): it is taken for \
             empty",
            running.unwrap_or(0)
        );
        draft.account.assumed(instance.at, &instance.address, "containerInstances", message);
    }
    put("tasks", (!tasks.is_empty()).then_some(Json::Array(tasks)));
    Some(Json::Object(row))
}
