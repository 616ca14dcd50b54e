//! The types that a group names and that do not hold a task of every service on it, with the
//! figure that is too small: with one such type in the group, ECS counts the task as incompatible.

use super::{Base, UnfitType};
use crate::capacity::{Resource, fit};
use crate::plan::{Instance, Sized};
use crate::scenario::quantity::with_thousands;
use crate::scenario::{AutoScalingGroup, Capacity};
use std::collections::BTreeSet;

/// Group by group, type by type.
pub(super) fn unfit(base: &Base<'_>) -> Vec<UnfitType> {
    let mut told: Vec<UnfitType> = Vec::new();
    for (provider, (it, _)) in base.ground.supply.providers.iter().enumerate() {
        let Capacity::AutoScalingGroup(group) = &it.capacity else { continue };
        told.extend(of_group(base, provider, group));
    }
    // Groups that share their settings say the same.
    let mut seen = BTreeSet::new();
    told.retain(|it| seen.insert((it.instance_type.clone(), it.service.clone())));
    told
}

fn of_group(base: &Base<'_>, provider: usize, group: &AutoScalingGroup) -> Vec<UnfitType> {
    let ground = &base.ground;
    let services = ground.workload.services.iter();
    let services: Vec<&Sized> = services
        .filter(|it| it.shares.iter().any(|(of, tasks)| *of == provider && *tasks > 0))
        .collect();
    let mut told = Vec::new();
    for name in &group.instance_types {
        // A type that there is not is named by the plan.
        let Ok(id) = base.catalog.find(name) else { continue };
        let all = ground.supply.instances.iter();
        let own: Vec<&Instance<'_>> =
            all.filter(|it| it.admitted && it.provider == provider && it.id == id).collect();
        let row = |service: &str, why: String| UnfitType {
            instance_type: name.clone(),
            service: service.to_owned(),
            text: format!("{name}: {why}"),
        };
        if own.is_empty() {
            let region = &ground.place.region;
            let why = match region.offers.get(&id) {
                None => format!("{} does not offer it", region.name),
                Some(_) => "no service runs on it, or the group's own requirements, its missing \
                            price or its daemons leave it out"
                    .to_owned(),
            };
            told.push(row("", why));
            continue;
        }
        for service in &services {
            told.extend(lacks(&own, service).map(|why| row(&service.name, why)));
        }
        let stands = own.iter().fold(0, |zones, it| zones | it.zones);
        let zones = ground.place.zone_names.iter().enumerate();
        let missing: Vec<&str> = zones
            .filter(|(zone, _)| stands >> zone & 1 == 0)
            .map(|(_, name)| name.as_str())
            .collect();
        if !missing.is_empty() {
            told.push(row("", format!("it is not offered in {}", missing.join(", "))));
        }
    }
    told
}

/// Why a type holds no task of a service; `None` where it does.
fn lacks(own: &[&Instance<'_>], service: &Sized) -> Option<String> {
    let (name, demand) = (&service.name, &service.demand);
    if !own.iter().any(|it| it.platform.runs(demand)) {
        let architectures: Vec<&str> = demand.architectures.iter().map(|it| it.name()).collect();
        let is: BTreeSet<&str> = own.iter().map(|it| it.platform.architecture.name()).collect();
        let is: Vec<&str> = is.into_iter().collect();
        return Some(format!(
            "tasks of {name} run on {}, and it is {}",
            architectures.join(" or "),
            is.join(" and ")
        ));
    }
    let Some(takes) = own.iter().find(|it| it.takes(service)) else {
        return Some(format!("the memberOf expressions of {name} do not hold for it"));
    };
    let given = &takes.allocatable;
    let fit = fit(given, demand, service.distinct);
    let resource = fit.limits.iter().find(|limit| limit.tasks == 0)?.resource;
    let shown = with_thousands;
    let daemons = |amount: u64| match amount {
        0 => String::new(),
        amount => format!(", less {} of daemons", shown(amount)),
    };
    Some(match resource {
        Resource::Memory => format!(
            "a task of {name} needs {} MiB, it registers {}{}",
            shown(demand.memory.0),
            shown(given.registered.usable.0),
            daemons(given.daemon_memory.0)
        ),
        Resource::Cpu => format!(
            "a task of {name} needs {} CPU units, it registers {}{}",
            shown(demand.cpu.0),
            shown(takes.facts.cpu_units().0),
            daemons(given.daemon_cpu.0)
        ),
        Resource::Eni => {
            format!("a task of {name} needs {} ENI, it has {} for tasks", demand.enis, given.enis)
        }
        Resource::Gpu => {
            format!("a task of {name} needs {} GPUs, it has {}", demand.gpus, takes.facts.gpus())
        }
        Resource::Port | Resource::DistinctInstance => {
            let ports = demand.host_ports.intersection(&given.taken_ports);
            let ports: Vec<String> = ports.map(|(_, port)| port.to_string()).collect();
            format!(
                "a task of {name} wants port {}, which the agent or a daemon holds",
                ports.join(", ")
            )
        }
    })
}
