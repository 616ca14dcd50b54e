//! Network modes on instances: bridge needs no host port, and awsvpc works on EC2 as well, with an
//! ENI for each task.

use super::super::hints::advice;
use super::super::words::tasks;
use super::Group;
use crate::capacity::fit;
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scenario::NetworkMode;

/// One note a group, of the first service with ports that is not in awsvpc mode.
pub(super) fn modes(group: &Group<'_, '_>) -> Option<Advice> {
    let instance = group.instance()?;
    let found = group.kinds.iter().find_map(|kind| {
        let (sized, service) = group.service(*kind)?;
        let mut containers = service.task_definition.container_definitions.iter();
        let ports = containers.any(|it| !it.port_mappings.is_empty());
        let shared = matches!(sized.demand.network_mode, NetworkMode::Bridge | NetworkMode::Host);
        (ports && shared).then_some(sized)
    })?;
    let now = fit(&instance.allocatable, &found.demand, found.distinct).tasks;
    let mut own = found.demand.clone();
    own.network_mode = NetworkMode::Awsvpc;
    own.enis = 1;
    own.host_ports.clear();
    let then = fit(&instance.allocatable, &own, found.distinct).tasks;
    let trunk = match (instance.allocatable.trunked, instance.facts.awsvpc_tasks_trunked) {
        (false, Some(_)) => {
            let mut trunked = instance.allocatable.clone();
            trunked.enis = instance.facts.awsvpc_tasks_trunked.unwrap_or(0);
            let with = fit(&trunked, &own, found.distinct).tasks;
            format!(", {with} with awsvpcTrunking")
        }
        _ => String::new(),
    };
    let text = format!(
        "{}: awsvpc is not for Fargate alone. On {} each task would have an ENI and an address of \
         its own, and {} would fit{trunk}; in {} mode {now}.",
        found.name,
        instance.facts.name,
        tasks(then),
        if found.demand.network_mode == NetworkMode::Host { "host" } else { "bridge" },
    );
    let path = format!("{}.taskDefinition.networkMode", found.path());
    Some(advice(Severity::Note, "network.mode", &path, text))
}
