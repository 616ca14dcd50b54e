//! Which service's tasks run on which instance: `describe-tasks` beside
//! `describe-container-instances`.

use crate::node::{Map, Node, Value};
use crate::resource::{Kind, Resource};
use std::collections::BTreeMap;

/// The zone where a container instance stands.
pub(super) fn zone(resource: &Resource) -> Option<String> {
    if resource.kind != Kind::ContainerInstance {
        return None;
    }
    let attributes = resource.body.get("attributes").and_then(Node::as_list)?;
    let is_zone =
        |node: &&Node| node.get("name").and_then(Node::as_text) == Some("ecs.availability-zone");
    attributes.iter().find(is_zone)?.get("value")?.scalar()
}

/// Gives each instance its `tasks`: `{service, count}`.
pub(super) fn put_on_instances(resources: &mut [Resource], tasks: &[Node]) {
    let mut counts: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for task in tasks {
        let text = |key: &str| task.get(key).and_then(Node::as_text);
        let stopped = text("lastStatus") == Some("STOPPED");
        let service = text("group").and_then(|group| group.strip_prefix("service:"));
        if let (Some(instance), Some(service), false) =
            (text("containerInstanceArn"), service, stopped)
        {
            *counts
                .entry(instance.to_owned())
                .or_default()
                .entry(service.to_owned())
                .or_default() += 1;
        }
    }
    for resource in resources.iter_mut().filter(|it| it.kind == Kind::ContainerInstance) {
        let arn = resource.body.get("containerInstanceArn").and_then(Node::scalar);
        let Some(counts) = arn.and_then(|arn| counts.get(&arn)) else { continue };
        let at = resource.at.without_span();
        let row = |(service, count): (&String, &u64)| {
            let entries = [
                ("service".to_owned(), Node::text(at, service.as_str())),
                ("count".to_owned(), Node::number(at, count)),
            ];
            Node::new(at, Value::Map(Map::from_iter(entries)))
        };
        let rows = counts.iter().map(row).collect();
        resource.body.insert("tasks", Node::new(at, Value::List(rows)));
    }
}
