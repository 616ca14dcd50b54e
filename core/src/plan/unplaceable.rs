//! Why a service cannot be placed: the resource that no admitted type has enough of, or the zones
//! in which nothing that it fits on is offered.

use super::attributes::zone_names;
use super::place::Place;
use super::supply::{Instance, Supply};
use super::workload::{Sized, Workload};
use crate::capacity::{Resource, fit};
use crate::diagnostic::Diagnostic;
use crate::scenario::quantity::with_thousands;
use std::cmp::Reverse;

/// Why a service cannot be placed at all; `None` when it can.
pub(super) fn unplaceable(
    service: &Sized,
    workload: &Workload,
    place: &Place,
    supply: &Supply<'_>,
) -> Option<Diagnostic> {
    let mut shares = service.shares.iter();
    shares.find_map(|(provider, tasks)| {
        let on_it = (*provider, *tasks);
        on_provider(service, workload, place, supply, on_it)
    })
}

fn on_provider(
    service: &Sized,
    workload: &Workload,
    place: &Place,
    supply: &Supply<'_>,
    (provider, tasks): (usize, u32),
) -> Option<Diagnostic> {
    let fits = |instance: &&Instance<'_>| {
        let offered = instance.admitted && instance.provider == provider;
        offered
            && instance.takes(service)
            && fit(&instance.allocatable, &service.demand, service.distinct).tasks > 0
    };
    let fitting: Vec<&Instance<'_>> = supply.instances.iter().filter(fits).collect();
    if fitting.is_empty() {
        let too_big = || too_big(service, supply, provider);
        return Some(
            not_allowed(service, workload, place, supply, provider).unwrap_or_else(too_big),
        );
    }
    let covered = fitting.iter().fold(0, |zones, instance| zones | instance.launched_in);
    let zones = place.zone_names.iter().enumerate();
    let missing: Vec<&str> =
        zones.filter(|(zone, _)| covered >> zone & 1 == 0).map(|(_, name)| name.as_str()).collect();
    let all = place.zone_names.len();
    // Spread tasks need as many zones as there are tasks, at most all.
    let needed = match usize::try_from(tasks) {
        _ if !service.spread => 1,
        Ok(count) => count.min(all),
        Err(_) => all,
    };
    (all - missing.len() < needed).then(|| {
        let message = format!(
            "{}: no admitted type {} is offered in {}; use fewer zones, admit more types, or do \
             not spread the service",
            service.name,
            match service.condition {
                Some(_) => "that its constraints allow and on which a task fits",
                None => "on which a task fits",
            },
            missing.join(", ")
        );
        Diagnostic::error("service.notInEveryZone", service.path(), message)
    })
}

/// Where types are admitted that run the service's tasks, and its constraints allow none of them.
fn not_allowed(
    service: &Sized,
    workload: &Workload,
    place: &Place,
    supply: &Supply<'_>,
    provider: usize,
) -> Option<Diagnostic> {
    let admitted = supply.instances.iter().filter(|it| it.admitted && it.provider == provider);
    let mut runs: Vec<&Instance<'_>> =
        admitted.filter(|it| it.platform.runs(&service.demand)).collect();
    if runs.is_empty() || runs.iter().any(|it| it.takes(service)) {
        return None;
    }
    runs.dedup_by(|a, b| a.is_alike(b));
    let zones = if service.condition.is_some_and(|it| workload.conditions[it].names_zone()) {
        format!(" in any zone; the zones are {}", zone_names(place).join(", "))
    } else {
        String::new()
    };
    let message = format!(
        "{}: its memberOf expressions hold for none of the {} admitted types that run its tasks\
         {zones}",
        service.name,
        runs.len(),
    );
    let path = format!("{}.placementConstraints", service.path());
    Some(Diagnostic::error("service.noTypeAllowed", path, message))
}

/// Services whose constraints leave some zones only: the packing room spreads over all zones or
/// not at all, so that these are not spread. In one zone there is nothing to spread over; where
/// several are left, a fleet need not be even there, and its bound holds all the more.
pub(super) fn unspread(
    place: &Place,
    workload: &mut Workload,
    supply: &Supply<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let all = place.zone_names.len();
    for service in &mut workload.services {
        let by_zone = service.condition.is_some_and(|it| workload.conditions[it].names_zone());
        if !service.spread || !by_zone {
            continue;
        }
        let allowed = |provider: usize| {
            let instances = supply.instances.iter();
            let here = instances.filter(|it| it.provider == provider && it.takes(service));
            let zones = here.fold(0, |zones, it| zones | it.zones);
            (0..all).filter(|zone| zones >> zone & 1 == 1).count()
        };
        let fewest = service.shares.iter().map(|(provider, _)| allowed(*provider)).min();
        let fewest = fewest.unwrap_or(all);
        service.spread = fewest == all;
        if fewest > 1 && fewest < all {
            let message = format!(
                "{}: its constraints leave {fewest} of {all} zones, over which ECS spreads its \
                 tasks; the cheapest fleet may hold them unevenly there",
                service.name
            );
            let path = format!("{}.placementConstraints", service.path());
            diagnostics.push(Diagnostic::note("service.spreadInSomeZones", path, message));
        }
    }
}

/// Names the resource that no admitted type has enough of, or the type that comes nearest.
fn too_big(service: &Sized, supply: &Supply<'_>, provider: usize) -> Diagnostic {
    let path = service.path();
    let demand = &service.demand;
    let admitted = supply.instances.iter().filter(|it| it.admitted && it.provider == provider);
    let mut takes: Vec<&Instance<'_>> = admitted.filter(|it| it.takes(service)).collect();
    takes.dedup_by(|a, b| a.is_alike(b));
    let candidates: Vec<(&Instance<'_>, Vec<Resource>)> = takes
        .into_iter()
        .map(|instance| {
            let fit = fit(&instance.allocatable, demand, service.distinct);
            let lacking = fit.limits.iter().filter(|limit| limit.tasks == 0);
            (instance, lacking.map(|limit| limit.resource).collect())
        })
        .collect();
    let Some((nearest, lacking)) = candidates.iter().min_by_key(|(instance, lacking)| {
        (lacking.len(), shortfall(instance, service), instance.on_demand)
    }) else {
        let architectures: Vec<&str> = demand.architectures.iter().map(|a| a.name()).collect();
        let message = format!(
            "{}: no instance type is admitted that runs {} tasks",
            service.name,
            architectures.join(" or ")
        );
        return Diagnostic::error("service.noType", path, message);
    };
    let resource = lacking.first().copied().unwrap_or(Resource::Memory);
    let given = &nearest.allocatable;
    let (field, wants, has) = match resource {
        Resource::Cpu => ("taskDefinition.cpu", demand.cpu.0, given.cpu.0),
        Resource::Memory => ("taskDefinition.memory", demand.memory.0, given.memory.0),
        Resource::Eni => ("taskDefinition.networkMode", demand.enis.into(), given.enis.into()),
        Resource::Gpu => {
            ("taskDefinition.containerDefinitions", demand.gpus.into(), given.gpus.into())
        }
        Resource::Port | Resource::DistinctInstance => {
            ("taskDefinition.containerDefinitions", 0, 0)
        }
    };
    let (wants, has) = (with_thousands(wants), with_thousands(has));
    let name = &nearest.facts.name;
    let short = match resource {
        Resource::Cpu => format!(
            "needs {wants} CPU units, and {name} has {has} for tasks{}",
            taken_by_daemons(given.daemon_cpu.0)
        ),
        Resource::Memory => {
            format!(
                "needs {wants} MiB of memory, and {name} has {has} MiB for tasks{}",
                taken_by_daemons(given.daemon_memory.0)
            )
        }
        Resource::Eni => format!(
            "needs {wants} ENI, and {name} has {has} for tasks{}",
            taken_by_daemons(given.daemon_enis)
        ),
        Resource::Gpu => format!("needs {wants} GPUs, and {name} has {has}"),
        Resource::Port | Resource::DistinctInstance => {
            let ports = demand.host_ports.intersection(&given.taken_ports);
            let ports: Vec<String> = ports.map(|(_, port)| port.to_string()).collect();
            format!("wants port {}, which the agent or a daemon holds", ports.join(", "))
        }
    };
    let mend = match resource {
        Resource::Port | Resource::DistinctInstance => "Choose another port",
        _ => "Lower the figure or admit larger types",
    };
    let message = format!(
        "{}: a task {short}; of the {} admitted types that is the nearest. {mend}",
        service.name,
        candidates.len()
    );
    Diagnostic::error("service.tooBig", format!("{path}.{field}"), message)
}

fn taken_by_daemons(amount: u64) -> String {
    match amount {
        0 => String::new(),
        amount => format!(" (daemons take {})", with_thousands(amount)),
    }
}

/// How far a type falls short of a task, in thousandths of what the task needs, worst resource.
fn shortfall(instance: &Instance<'_>, service: &Sized) -> Reverse<u64> {
    let given = &instance.allocatable;
    let have = [given.cpu.0, given.memory.0, u64::from(given.enis), u64::from(given.gpus)];
    let needs = service.amounts();
    let shares = have.iter().zip(needs).filter(|(_, need)| *need > 0);
    Reverse(shares.map(|(have, need)| have.saturating_mul(1000) / need).min().unwrap_or(0))
}
