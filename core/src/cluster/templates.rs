//! What a group can launch in each zone: its types in the order in which it prefers them.
//!
//! A group that names types launches the first that a zone offers: eniac takes the order for the
//! group's priority. A group that names none is simulated with the cheapest type that holds every
//! task, as if it named that one.

use crate::capacity::fit;
use crate::diagnostic::Diagnostic;
use crate::packing::Amounts;
use crate::placement::Site;
use crate::plan::{Ground, Instance, built_in_attributes};
use crate::scenario::AutoScalingGroup;
use crate::timeline::Template;
use eniac_catalog::Catalog;

/// What one group can launch.
#[derive(Debug, Clone, Default)]
pub(super) struct Stock {
    /// For each zone, first choice first.
    pub(super) templates: Vec<Vec<Template>>,
    /// What each of its types gives to tasks.
    pub(super) amounts: Vec<Amounts>,
    /// Its types by name, smallest first.
    pub(super) types: Vec<String>,
}

/// The stock of a provider's group.
pub(super) fn stock(
    catalog: &Catalog,
    ground: &Ground<'_>,
    zones: &[String],
    provider: usize,
    group: &AutoScalingGroup,
    diagnostics: &mut Vec<Diagnostic>,
) -> Stock {
    let admitted = ground.supply.instances.iter();
    let mut chosen: Vec<&Instance<'_>> =
        admitted.filter(|it| it.admitted && it.provider == provider).collect();
    if group.instance_types.is_empty() {
        let Some(best) = cheapest(ground, provider, &chosen) else { return empty(zones.len()) };
        chosen.retain(|it| it.is_alike(best));
        let name = &best.facts.name;
        let message = format!(
            "the group names no type: it is simulated with {name}, the cheapest that holds the \
             tasks of most services; name the types that it has"
        );
        let path = format!("{}.instanceTypes", ground.supply.providers[provider].0.path);
        diagnostics.push(Diagnostic::note("cluster.typeChosen", path, message));
    } else {
        let named: Vec<_> =
            group.instance_types.iter().filter_map(|name| catalog.find(name).ok()).collect();
        let order = |it: &&Instance<'_>| (named.iter().position(|id| *id == it.id), it.platform);
        chosen.sort_by_key(order);
    }
    let mut stock = empty(zones.len());
    for instance in &chosen {
        let it = &instance.allocatable;
        let amounts = [it.cpu.0, it.memory.0, it.enis.into(), it.gpus.into()];
        if !stock.types.contains(&instance.facts.name) {
            stock.types.push(instance.facts.name.clone());
            stock.amounts.push(amounts);
        }
        for (zone, name) in zones.iter().enumerate() {
            if instance.zones >> zone & 1 == 1 {
                let site = Site {
                    group: provider,
                    zone,
                    platform: instance.platform,
                    amounts,
                    taken_ports: it.taken_ports.clone(),
                    attributes: attributes(instance, name, group),
                };
                let price = instance.cost.total_nano_usd_per_hour.0;
                stock.templates[zone].push(Template { site, price });
            }
        }
    }
    stock
}

fn empty(zones: usize) -> Stock {
    Stock { templates: vec![Vec::new(); zones], ..Stock::default() }
}

fn attributes(
    instance: &Instance<'_>,
    zone: &str,
    group: &AutoScalingGroup,
) -> std::collections::BTreeMap<String, String> {
    let mut attributes = built_in_attributes(instance.facts, instance.platform, zone);
    if instance.allocatable.trunked {
        attributes.insert("ecs.awsvpc-trunk-id".to_owned(), "trunk".to_owned());
    }
    attributes.extend(group.attributes.clone());
    attributes
}

/// The type that holds the tasks of most services of the provider, and of such types the one on
/// which all tasks cost least by their scarcest resource.
fn cheapest<'a, 'c>(
    ground: &Ground<'_>,
    provider: usize,
    instances: &[&'a Instance<'c>],
) -> Option<&'a Instance<'c>> {
    let services: Vec<_> = ground
        .workload
        .services
        .iter()
        .flat_map(|it| it.shares.iter().map(move |(on, tasks)| (it, *on, *tasks)))
        .filter(|(_, on, _)| *on == provider)
        .collect();
    let all_zones = (1_u32 << ground.problem.zones.min(16)) - 1;
    let rated = instances.iter().map(|instance| {
        let mut unheld = 0_u32;
        let mut needs = [0_u128; 4];
        for (service, _, tasks) in &services {
            let holds = instance.takes(service)
                && fit(&instance.allocatable, &service.demand, service.distinct).tasks > 0;
            unheld += u32::from(!holds);
            for (need, amount) in needs.iter_mut().zip(service.amounts()) {
                *need += u128::from(amount) * u128::from(*tasks);
            }
        }
        let it = &instance.allocatable;
        let have = [it.cpu.0, it.memory.0, it.enis.into(), it.gpus.into()];
        let count =
            needs.iter().zip(have).map(|(need, have)| need.div_ceil(u128::from(have.max(1))));
        let cost =
            count.max().unwrap_or(0).max(1) * u128::from(instance.cost.total_nano_usd_per_hour.0);
        let everywhere = u32::from(instance.zones) & all_zones == all_zones;
        (unheld, !everywhere, cost, *instance)
    });
    rated.min_by_key(|(unheld, partly, cost, _)| (*unheld, *partly, *cost)).map(|(.., it)| it)
}
