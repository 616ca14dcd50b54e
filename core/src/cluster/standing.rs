//! The container instances that a scenario says are there, with what runs on them.

use super::build::unknown_service;
use crate::capacity::{Platform, Rules, measure};
use crate::cost::instance_cost;
use crate::diagnostic::Diagnostic;
use crate::placement::Site;
use crate::plan::{Ground, built_in_attributes};
use crate::scaling::quotas::CONTAINER_INSTANCES;
use crate::scenario::{
    AutoScalingGroup, Capacity, ContainerInstance, ContainerInstanceStatus, Reading,
};
use crate::timeline::{StandingInstance, Template};
use eniac_catalog::{Catalog, MiB};
use std::collections::BTreeSet;

/// All of them, those that cannot be read left out with a diagnostic.
pub(super) fn standing(
    catalog: &Catalog,
    reading: &Reading,
    ground: &Ground<'_>,
    zones: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<StandingInstance> {
    let mut all: Vec<StandingInstance> = Vec::new();
    let mut names = BTreeSet::new();
    for (place, row) in reading.scenario.container_instances.iter().enumerate() {
        let path = format!("containerInstances[{place}]");
        let room = (CONTAINER_INSTANCES as usize).saturating_sub(all.len());
        if row.count.get() as usize > room {
            let message = format!(
                "{} instances: a cluster has at most {CONTAINER_INSTANCES}, the others are left out",
                row.count.get()
            );
            let field = format!("{path}.count");
            diagnostics.push(Diagnostic::error("cluster.tooManyInstances", field, message));
        }
        let Some(kind) = read(catalog, reading, ground, zones, row, &path, diagnostics) else {
            continue;
        };
        for copy in 0..(row.count.get() as usize).min(room) {
            let zone = match kind.zone {
                Some(zone) => zone,
                None => all.len() % zones.len().max(1),
            };
            let mut template = kind.template.clone();
            template.site.zone = zone;
            template.site.attributes.extend(built_in_attributes(
                kind.facts,
                template.site.platform,
                zones.get(zone).map_or("", String::as_str),
            ));
            template.site.attributes.extend(row.attributes.clone());
            all.push(StandingInstance {
                name: name(row, copy, &mut names),
                template,
                active: row.status == ContainerInstanceStatus::Active,
                agent_connected: row.agent_connected,
                agent_version: row.agent_version.clone().unwrap_or_default(),
                registered_at: row.registered_at.clone().unwrap_or_default(),
                tasks: kind.tasks.clone(),
            });
        }
    }
    all
}

/// What the instances of a row have in common.
struct Row<'c> {
    facts: &'c eniac_catalog::InstanceType,
    template: Template,
    zone: Option<usize>,
    tasks: Vec<(usize, u32)>,
}

fn read<'c>(
    catalog: &'c Catalog,
    reading: &Reading,
    ground: &Ground<'_>,
    zones: &[String],
    row: &ContainerInstance,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Row<'c>> {
    let mut refuse = |code: &str, field: &str, message: String, value: &str| {
        let shown: String = value.chars().take(40).collect();
        let field = format!("{path}.{field}");
        diagnostics.push(Diagnostic::error(code, field, message).with_value(shown));
        None::<Row<'c>>
    };
    let id = match catalog.find(&row.instance_type) {
        Ok(id) => id,
        Err(unknown) => {
            let message = format!("{unknown}; the instance is left out");
            return refuse("capacity.unknownType", "instanceType", message, &row.instance_type);
        }
    };
    let facts = catalog.get(id)?;
    let named = row.capacity_provider.as_deref().map(str::trim);
    let mut providers = ground.supply.providers.iter();
    let provider = match named {
        None => Some(0),
        Some(name) => providers.position(|(it, _)| it.name.as_deref() == Some(name)),
    };
    let Some(provider) = provider else {
        let name = named.unwrap_or_default();
        let message = format!("{name} is no capacity provider here; the instance is left out");
        return refuse("cluster.unknownProvider", "capacityProvider", message, name);
    };
    let zone = match row.availability_zone.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(name) => {
            let by_id = ground.place.zone_names.iter().position(|id| id == name);
            let found = zones.iter().position(|zone| zone == name).or(by_id);
            let Some(zone) = found else {
                let message =
                    format!("{name} is no zone in use here; in use: {}", zones.join(", "));
                return refuse("capacity.unknownZone", "availabilityZone", message, name);
            };
            Some(zone)
        }
    };
    let (terms, _) = ground.supply.providers.get(provider)?;
    let Capacity::AutoScalingGroup(group) = &terms.capacity else { return None };
    let platform = platform(ground, facts)?;
    let rules = rules(group, ground);
    let given = measure(facts, platform, &rules);
    let offer = ground.place.region.offers.get(&id);
    let storage = Some(group.storage_configuration.storage_size_gib);
    let pricing = &reading.scenario.pricing;
    let own = ground.place.own_prices.get(&id).copied();
    let cost = offer.and_then(|offer| {
        instance_cost(facts, offer, pricing, own, terms.purchase_option, false, storage)
    });
    let mut attributes = group.attributes.clone();
    if given.trunked {
        attributes.insert("ecs.awsvpc-trunk-id".to_owned(), "trunk".to_owned());
    }
    let site = Site {
        group: provider,
        zone: 0,
        platform,
        amounts: [given.cpu.0, given.memory.0, given.enis.into(), given.gpus.into()],
        taken_ports: given.taken_ports,
        attributes,
    };
    let price = cost.map_or(0, |cost| cost.total_nano_usd_per_hour.0);
    let tasks = tasks(row, ground, path, diagnostics);
    Some(Row { facts, template: Template { site, price }, zone, tasks })
}

fn tasks(
    row: &ContainerInstance,
    ground: &Ground<'_>,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(usize, u32)> {
    let services = &ground.workload.services;
    let mut tasks = Vec::new();
    for (place, running) in row.tasks.iter().enumerate() {
        let name = running.service.trim();
        let Some(service) = services.iter().position(|it| it.name == name) else {
            let names = services.iter().map(|it| it.name.as_str());
            let path = format!("{path}.tasks[{place}].service");
            diagnostics.push(unknown_service(name, names, path));
            continue;
        };
        tasks.push((service, running.count.get()));
    }
    tasks
}

/// The platform that an instance of a type is, of those that services run on; Linux where none is.
fn platform(ground: &Ground<'_>, facts: &eniac_catalog::InstanceType) -> Option<Platform> {
    let can = || Platform::ALL.into_iter().filter(|it| it.runs_on(facts));
    let services = &ground.workload.services;
    let mut wanted = can().filter(|it| services.iter().any(|service| it.runs(&service.demand)));
    wanted.next().or_else(|| can().next())
}

fn rules(group: &AutoScalingGroup, ground: &Ground<'_>) -> Rules {
    Rules {
        memory_model: group.memory_model,
        reserved_memory: MiB(group.reserved_memory.get().into()),
        trunking: group.awsvpc_trunking,
        daemons: ground.workload.daemons.clone(),
    }
}

/// A name that no other instance has.
fn name(row: &ContainerInstance, copy: usize, names: &mut BTreeSet<String>) -> String {
    let given = row.ec2_instance_id.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let base = given.map_or_else(|| "i".to_owned(), crate::plan::printable);
    let mut number = copy + 1;
    let mut name = match given {
        Some(_) if copy == 0 => base.clone(),
        _ => format!("{base}-{number}"),
    };
    while !names.insert(name.clone()) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}
