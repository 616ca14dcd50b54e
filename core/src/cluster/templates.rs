//! What a group can launch in each zone: its types in the order in which it prefers them.
//!
//! A group that names types launches the first that a zone offers: eniac takes the order for the
//! group's priority. A group that names none is simulated with the cheapest type that holds every
//! task, as if it named that one.

use crate::diagnostic::Diagnostic;
use crate::packing::Amounts;
use crate::placement::Site;
use crate::plan::{Ground, Instance, built_in_attributes, main_type, most_held, tasks_of};
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
        let Some(best) = unnamed(ground, provider, group) else { return empty(zones.len()) };
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

/// The type of a group that names none: as if it named the one that it would launch at best, or
/// else the one that holds the tasks of most services.
fn unnamed<'g, 'c>(
    ground: &'g Ground<'c>,
    provider: usize,
    group: &AutoScalingGroup,
) -> Option<&'g Instance<'c>> {
    let providers: Vec<usize> = ground.kinds.iter().map(|kind| kind.provider).collect();
    let own = tasks_of(&ground.problem, &providers, provider);
    let main = main_type(ground, group, provider, &own);
    let main = main.or_else(|| most_held(ground, provider, &own))?;
    ground.supply.instances.get(*main.first()?)
}
