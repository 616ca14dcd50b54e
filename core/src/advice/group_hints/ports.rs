//! Static ports of the instance: one task on each, whatever else there is room for.

use super::super::hints::advice;
use super::super::words::{instances, tasks};
use super::{Group, while_deploying};
use crate::capacity::fit;
use crate::diagnostic::Severity;
use crate::plan::Sized;
use crate::report::{Advice, Change};
use crate::scenario::{NetworkMode, Service};
use serde_json::json;

pub(super) fn static_ports(group: &Group<'_, '_>) -> Vec<Advice> {
    let kinds = group.kinds.iter();
    kinds.filter_map(|kind| static_port(group, *kind)).collect()
}

fn static_port(group: &Group<'_, '_>, kind: usize) -> Option<Advice> {
    let (sized, service) = group.service(kind)?;
    let ports = &sized.demand.host_ports;
    let count = group.count(kind);
    if ports.is_empty() || count == 0 {
        return None;
    }
    let instance = group.instance()?;
    let mut free = sized.demand.clone();
    free.host_ports.clear();
    let each = fit(&instance.allocatable, &free, sized.distinct).tasks.max(1);
    let least = count.div_ceil(each);
    let peak = group.share(kind, while_deploying(sized.count, sized.deployment));
    let list: Vec<String> = ports.iter().map(|(_, port)| port.to_string()).collect();
    let host = sized.demand.network_mode == NetworkMode::Host;
    let how = if host {
        "In host mode a container's port is the instance's".to_owned()
    } else {
        format!("hostPort {} is static", list.join(", "))
    };
    let mend = if host {
        "In bridge mode, with hostPort 0 or none,"
    } else {
        "Bridge mode needs no host port: with hostPort 0, or none, ECS chooses a free one, and"
    };
    let text = format!(
        "{}: {how}: each instance takes one task, so {} need {}, and {} while a deployment runs. \
         {mend} {} {} them, {} at the peak.",
        sized.name,
        tasks(count),
        instances(count),
        instances(peak),
        instances(least),
        if least == 1 { "holds" } else { "hold" },
        peak.div_ceil(each),
    );
    let path = format!("{}.taskDefinition.containerDefinitions", sized.path());
    let severity = if each > 1 { Severity::Warning } else { Severity::Note };
    let mut hint = advice(severity, "ports.static", &path, text);
    if !host {
        hint.changes = dynamic(group, sized, service);
    }
    Some(hint)
}

/// Each static host port made a dynamic one.
fn dynamic(group: &Group<'_, '_>, sized: &Sized, service: &Service) -> Vec<Change> {
    let containers = service.task_definition.container_definitions.iter().enumerate();
    let mappings = containers.flat_map(|(container, it)| {
        let mappings = it.port_mappings.iter().enumerate();
        mappings.map(move |(place, mapping)| (container, place, mapping))
    });
    let fixed = mappings.filter(|(.., it)| it.host_port.is_some_and(|port| port.get() > 0));
    let changes = fixed.map(|(container, place, _)| {
        let path = format!(
            "{}.taskDefinition.containerDefinitions[{container}].portMappings[{place}].hostPort",
            sized.path()
        );
        group.base.change(&path, Some(json!(0)))
    });
    changes.collect()
}
