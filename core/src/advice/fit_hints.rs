//! What is easily misread of how many tasks fit: which resource binds, how much memory there really
//! is, and which types have trunk ENIs.

use super::base::Base;
use super::hints::advice;
use super::words::tasks;
use crate::capacity::{Fit, Resource, fit};
use crate::diagnostic::Severity;
use crate::plan::{Instance, Sized};
use crate::report::Advice;
use crate::scenario::quantity::with_thousands;
use crate::scenario::{Capacity, ManagedInstances};
use serde_json::json;

/// `ECS_RESERVED_MEMORY` that is proposed, in MiB: what AWS and users reserve lies between 128 and
/// 512.
const PROPOSED_RESERVE: u16 = 256;

/// So few tasks on an instance make people ask why.
const FEW: u32 = 3;

/// What is worth saying of each service on the type that it mostly stands on.
pub(super) fn fit_hints(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    let capacity = &base.reading.scenario.capacity;
    for (at, service) in base.ground.workload.services.iter().enumerate() {
        let Some(instance) = main_type(base, at) else { continue };
        let on_it = fit(&instance.allocatable, &service.demand, service.distinct);
        hints.extend(binds(base, service, instance, &on_it));
        hints.extend(advertised(service, instance, &on_it));
    }
    if let Capacity::AutoScalingGroup(group) = capacity
        && group.reserved_memory.get() == 0
        && !base.ground.kinds.is_empty()
    {
        let path = "capacity.autoScalingGroup.reservedMemory";
        let text = format!(
            "ECS_RESERVED_MEMORY is 0: tasks are given all that the guest sees, and nothing is left \
             for the agent and the system. {PROPOSED_RESERVE} MiB is a usual reserve."
        );
        let mut hint = advice(Severity::Warning, "memory.reserveForgotten", path, text);
        hint.changes = vec![base.change(path, Some(json!(PROPOSED_RESERVE)))];
        hints.push(hint);
    }
    if let Capacity::ManagedInstances(managed) = capacity {
        hints.extend(interface_count(managed));
    }
    hints
}

/// The type that most instances with tasks of the service are of; for groups the one on which a
/// task costs least.
fn main_type<'b, 'c>(base: &'b Base<'c>, service: usize) -> Option<&'b Instance<'c>> {
    let kinds = &base.ground.kinds;
    let holds =
        |tasks: &[(usize, u32)]| tasks.iter().any(|(kind, _)| kinds[*kind].service == service);
    let patterns = base.prediction.patterns.iter().filter(|it| holds(&it.tasks));
    let instances = &base.ground.supply.instances;
    if let Some(most) = patterns.max_by_key(|it| (it.copies, std::cmp::Reverse(it.offer))) {
        return instances.get(most.offer);
    }
    let sized = &base.ground.workload.services[service];
    let priced = instances.iter().filter(|it| it.admitted && it.takes(sized));
    let priced = priced.filter_map(|instance| {
        let tasks = fit(&instance.allocatable, &sized.demand, sized.distinct).tasks;
        let price = instance.cost.total_nano_usd_per_hour.0.checked_div(u64::from(tasks))?;
        Some((price, instance))
    });
    priced.min_by_key(|(price, _)| *price).map(|(_, instance)| instance)
}

/// Which resource binds, where that is not what people expect of network interfaces.
fn binds(base: &Base<'_>, service: &Sized, instance: &Instance<'_>, on_it: &Fit) -> Option<Advice> {
    let eni = on_it.limit(Resource::Eni)?;
    let name = &instance.facts.name;
    let limit = |resource: Resource| on_it.limit(resource).map_or(u32::MAX, |it| it.tasks);
    let others = limit(Resource::Cpu).min(limit(Resource::Memory));
    let path = format!("{}.taskDefinition", service.path());
    // Where many fit nobody looks for the reason.
    if eni.tasks > on_it.tasks && on_it.tasks > FEW {
        return None;
    }
    if eni.tasks > on_it.tasks {
        let names: Vec<&str> = on_it.binding().iter().map(|it| it.name()).collect();
        let demand = &service.demand;
        let more = u64::from(on_it.tasks) + 1;
        let figures = if on_it.binding().contains(&Resource::Memory) {
            format!(
                ": {} MiB for tasks, {more} tasks need {}",
                with_thousands(instance.allocatable.memory.0),
                with_thousands(demand.memory.0 * more)
            )
        } else if on_it.binding().contains(&Resource::Cpu) {
            format!(
                ": {} CPU units for tasks, {more} tasks need {}",
                with_thousands(instance.allocatable.cpu.0),
                with_thousands(demand.cpu.0 * more)
            )
        } else {
            String::new()
        };
        let text = format!(
            "{}: {}, not network interfaces, {} {name} to {}{figures}. Its ENIs would allow {}.",
            service.name,
            names.join(" and "),
            if names.len() == 1 { "limits" } else { "limit" },
            tasks(on_it.tasks),
            eni.tasks
        );
        return Some(advice(Severity::Note, "fit.binds", &path, text));
    }
    if others <= eni.tasks {
        return None;
    }
    let mut text = format!(
        "{}: network interfaces limit {name} to {}; CPU would allow {}, memory {}.",
        service.name,
        tasks(eni.tasks),
        limit(Resource::Cpu),
        limit(Resource::Memory)
    );
    let group = match &base.reading.scenario.capacity {
        Capacity::AutoScalingGroup(group) => Some(group),
        Capacity::ManagedInstances(_) => None,
    };
    let trunks = instance.facts.awsvpc_tasks_trunked;
    if let (Some(group), Some(trunked)) = (group, trunks)
        && !group.awsvpc_trunking
    {
        let setting = "capacity.autoScalingGroup.awsvpcTrunking";
        let text = format!("{text} With awsvpcTrunking it has {trunked}.");
        let mut hint = advice(Severity::Warning, "eni.binds", setting, text);
        hint.changes = vec![base.change(setting, Some(json!(true)))];
        return Some(hint);
    }
    let excluded = trunks.is_none() && !instance.facts.burstable;
    let code = if excluded { "eni.notTrunked" } else { "eni.binds" };
    text += if excluded {
        " ECS does not trunk this type."
    } else if instance.facts.burstable {
        " Burstable types have no trunk."
    } else {
        ""
    };
    Some(advice(Severity::Warning, code, &path, text))
}

/// The advertised memory would hold more tasks than fit.
fn advertised(service: &Sized, instance: &Instance<'_>, on_it: &Fit) -> Option<Advice> {
    let each = service.demand.memory.0;
    let memory = on_it.limit(Resource::Memory)?;
    let advertised = instance.facts.memory.0.checked_div(each)?;
    (advertised > u64::from(memory.tasks) && memory.tasks == on_it.tasks).then(|| {
        let text = format!(
            "{}: {} advertises {} MiB, enough for {advertised} of its tasks; {} MiB are left for \
             tasks, and {} {}.",
            service.name,
            instance.facts.name,
            with_thousands(instance.facts.memory.0),
            with_thousands(instance.allocatable.memory.0),
            memory.tasks,
            if memory.tasks == 1 { "fits" } else { "fit" }
        );
        let path = format!("{}.taskDefinition.memory", service.path());
        advice(Severity::Note, "memory.advertised", &path, text)
    })
}

/// The attribute that counts ENIs, not tasks.
fn interface_count(managed: &ManagedInstances) -> Option<Advice> {
    let range = managed.instance_requirements.as_ref()?.network_interface_count?;
    let min = range.min.map_or(0, crate::scenario::WholeNumber::get);
    (min > 0).then(|| {
        let text = format!(
            "networkInterfaceCount.min {min} admits types with {min} ENIs: without a trunk {} \
             awsvpc tasks fit on those, with one as many as the table of trunked types says.",
            min.saturating_sub(1)
        );
        let path = "capacity.managedInstances.instanceRequirements.networkInterfaceCount";
        advice(Severity::Note, "interfaces.count", path, text)
    })
}

#[cfg(test)]
mod tests {
    use super::super::reasons::{codes, reason};

    #[test]
    fn every_reason_has_a_source() {
        for code in codes() {
            let (reason, source) = reason(code);
            assert!(reason.len() > 40 && source.len() > 10, "{code}");
        }
        assert_eq!(reason("no.such"), ("", ""));
    }
}
