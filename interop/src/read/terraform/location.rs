//! In which region and zones a configuration is: its provider, and the zones that subnets are chosen
//! by.

use super::data;
use super::modules::In;
use super::scope::Scope;
use super::world::World;
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use hcl_edit::structure::Block;
use std::collections::BTreeMap;

/// Arguments by which modules that make a network are told its zones.
const ZONES: [&str; 3] = ["azs", "availability_zones", "zones"];

/// The region of the provider that has no alias.
pub(super) fn region(world: &mut World<'_>, instance: usize) -> Option<Node> {
    // A module has the provider of the one that calls it.
    let root = world.instances.get(instance)?.root;
    for instance in [instance, root] {
        let folder = world.instances.get(instance).map(|it| it.folder.clone())?;
        let providers = world.modules.get(&folder)?.providers.clone();
        let plain = |(_, block): &In<'_, Block>| !block.body.has_attribute("alias");
        if let Some(provider) = providers.into_iter().find(plain) {
            return world.argument_of(instance, provider, "region");
        }
    }
    None
}

/// Where the configuration that begins at `root` is; `used` are all its instances.
pub(super) fn location(
    world: &mut World<'_>,
    root: usize,
    used: &[usize],
    whole: Place,
) -> Option<Resource> {
    let mut body = Map::default();
    if let Some(region) = region(world, root) {
        body.insert("region", region);
    }
    let mut zones = BTreeMap::new();
    for instance in used {
        named_zones(world, *instance, &mut zones);
    }
    if let Some(at) = zones.values().next() {
        let list = zones.iter().map(|(zone, at)| Node::text(*at, zone.as_str())).collect();
        body.insert("availabilityZones", Node::new(at.without_span(), Value::List(list)));
    }
    let at = body.iter().next().map_or(whole, |(_, node)| node.at.without_span());
    let folder = world.instances.get(root).map(|it| it.folder.clone()).unwrap_or_default();
    let address = if folder.is_empty() {
        "provider.aws".to_owned()
    } else {
        format!("{folder}: provider.aws")
    };
    (!body.is_empty()).then_some(Resource { kind: Kind::Location, address, at, body })
}

fn named_zones(world: &mut World<'_>, instance: usize, zones: &mut BTreeMap<String, Place>) {
    let Some(folder) = world.instances.get(instance).map(|it| it.folder.clone()) else { return };
    let Some(module) = world.modules.get(&folder) else { return };
    let is_subnet = |kind: &str| matches!(kind, "aws_subnets" | "aws_subnet" | "aws_subnet_ids");
    let chosen = module.data.iter().filter(|((kind, _), _)| is_subnet(kind));
    let chosen: Vec<_> = chosen.map(|(_, block)| *block).collect();
    let made = module.resources.iter().filter(|(_, block)| {
        block.labels.first().is_some_and(|label| label.as_str() == "aws_subnet")
    });
    let made: Vec<_> = made.copied().collect();
    let calls: Vec<_> = module.calls.values().copied().collect();

    let mut found = Vec::new();
    for (file, block) in chosen {
        let scope = Scope::new(instance, file);
        found.extend(data::filter(world, &scope, block, "availability-zone"));
        found.extend(world.argument_of(instance, (file, block), "availability_zone"));
    }
    for (file, block) in made {
        let names = block.labels.get(1).map(|label| label.as_str().to_owned());
        world.keys(instance, "aws_subnet", &names.unwrap_or_default());
        let placed = world.placed.values().filter(|it| std::ptr::eq(it.block, block));
        let placed: Vec<_> = placed.filter(|it| it.instance == instance).cloned().collect();
        if let Some(zone) = block.body.get_attribute("availability_zone") {
            for one in placed {
                found.push(
                    world.value(&zone.value, &Scope::of_key(instance, file, one.key.as_ref())),
                );
            }
        }
    }
    for call in calls {
        for key in ZONES {
            found.extend(world.argument_of(instance, call, key));
        }
    }
    for node in found {
        let texts = match node.value {
            Value::List(list) => list,
            value => vec![Node::new(node.at, value)],
        };
        for text in texts {
            if let Some(zone) = text.as_text().filter(|zone| is_zone(zone)) {
                zones.entry(zone.to_owned()).or_insert(text.at);
            }
        }
    }
}

/// `eu-west-1a`, and not the id of a zone.
fn is_zone(text: &str) -> bool {
    let Some(region) = text.strip_suffix(|letter: char| letter.is_ascii_lowercase()) else {
        return false;
    };
    region.ends_with(|digit: char| digit.is_ascii_digit()) && region.matches('-').count() >= 2
}
