//! From the modules that nobody calls to all resources: what is run, with which variables, and what
//! of it decides capacity.

use super::instances::{Keys, module_of, placements, source_of};
use super::location;
use super::modules::{In, Module, joined};
use super::registry;
use super::scope::Scope;
use super::world::{Input, Instance, World};
use crate::node::{Node, Place, Unknown, Value};
use crate::resource::Resource;
use crate::terraform::{Given, into_groups, resource_type, tell_unused, to_api};
use hcl_edit::structure::Block;
use std::collections::{BTreeMap, BTreeSet};

/// What is collected on the way.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) resources: Vec<Resource>,
    configurations: Vec<Resource>,
    /// By file and type, how many decide nothing.
    unused: BTreeMap<usize, BTreeMap<String, usize>>,
    /// Instances of modules, in the order in which they were found.
    used: Vec<usize>,
}

/// Which answers the variables take, also those that nothing here depends on.
fn tell_variables(world: &mut World<'_>) {
    for instance in &world.instances {
        let Some(module) = world.modules.get(&instance.folder) else { continue };
        for name in module.variables.keys() {
            if instance.depth == 0 {
                world.account.takes(name);
                world.account.takes(&format!("var.{name}"));
            } else {
                world.account.takes(&format!("{}var.{name}", instance.prefix));
            }
        }
    }
}

/// All resources of all configurations.
pub(super) fn resources(world: &mut World<'_>) -> Vec<Resource> {
    let mut all = Vec::new();
    let mut unused = BTreeMap::new();
    let roots = roots(&world.modules);
    let are_several = roots.len() > 1;
    for folder in roots {
        let inputs = variables(world, &folder);
        let whole = world.files.iter().find(|file| file.folder == folder && !file.is_variables());
        let whole = Place::file(whole.map_or(0, |file| file.source.file));
        // Several configurations may have the same addresses.
        let prefix =
            if are_several && !folder.is_empty() { format!("{folder}/") } else { String::new() };
        let root = world.instances.len();
        world.instances.push(Instance { folder, prefix, inputs, depth: 0, root });
        let mut collected = Collected::default();
        collect(world, root, &mut collected);
        into_groups(&mut collected.resources, &collected.configurations);
        let used = std::mem::take(&mut collected.used);
        all.extend(location::location(world, root, &used, whole));
        all.append(&mut collected.resources);
        for (file, types) in collected.unused {
            let of_file: &mut BTreeMap<String, usize> = unused.entry(file).or_default();
            for (name, count) in types {
                *of_file.entry(name).or_default() += count;
            }
        }
    }
    tell_variables(world);
    for (file, types) in &unused {
        let types = types.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        tell_unused(Place::file(*file), &types, world.account);
    }
    all
}

/// Folders that no other calls. Where all call each other, each is one.
fn roots(modules: &BTreeMap<String, Module<'_>>) -> Vec<String> {
    let mut called = BTreeSet::new();
    for (folder, module) in modules {
        for (_, call) in module.calls.values() {
            let target = joined(folder, &source_of(call).replace('\\', "/"));
            if target != *folder {
                called.insert(target);
            }
        }
    }
    let free: Vec<String> = modules.keys().filter(|it| !called.contains(*it)).cloned().collect();
    if free.is_empty() { modules.keys().cloned().collect() } else { free }
}

/// What `.tfvars` files say: those of the folder, and those of folders that are no module.
fn variables<'a>(world: &mut World<'a>, folder: &str) -> BTreeMap<String, Input<'a>> {
    let mut files: Vec<(u8, usize)> = Vec::new();
    for (index, file) in world.files.iter().enumerate().filter(|(_, file)| file.is_variables()) {
        // As Terraform does: the plain one first, then the automatic ones; after them those that
        // are named on the command line.
        let rank = match file.base.as_str() {
            "terraform.tfvars" => 0,
            base if base.ends_with(".auto.tfvars") => 1,
            _ => 2,
        };
        if file.folder == folder || !world.modules.contains_key(&file.folder) {
            files.push((rank, index));
        }
    }
    files.sort_unstable();
    let mut inputs: BTreeMap<String, Input<'a>> = BTreeMap::new();
    let mut said: BTreeMap<String, (u8, Node)> = BTreeMap::new();
    for (rank, index) in files {
        let Some(file) = world.files.get(index) else { continue };
        for attribute in file.body.attributes() {
            let name = attribute.key.as_str().to_owned();
            let node = world.value(&attribute.value, &Scope::new(usize::MAX, index));
            if let Some((before, other)) = said.get(&name)
                && *before == 2
                && !super::operators::equal(other, &node)
            {
                let message = format!("two .tfvars files say {name} differently: this one counts");
                world.account.assumed(node.at, &format!("var.{name}"), "", message);
            }
            said.insert(name.clone(), (rank, node.clone()));
            inputs.insert(name, Input::Ready(node));
        }
    }
    inputs
}

/// The resources of an instance of a module, and of the modules that it calls.
fn collect<'a>(world: &mut World<'a>, instance: usize, collected: &mut Collected) {
    collected.used.push(instance);
    let Some(here) = world.instances.get(instance) else { return };
    let (folder, prefix) = (here.folder.clone(), here.prefix.clone());
    let Some(module) = world.modules.get(&folder) else { return };
    let resources: Vec<In<'a, Block>> = module.resources.clone();
    let calls: Vec<(&'a str, In<'a, Block>)> =
        module.calls.iter().map(|(name, call)| (*name, *call)).collect();
    for resource in resources {
        one(world, instance, &prefix, resource, collected);
    }
    for (name, call) in calls {
        called(world, instance, &prefix, name, call, collected);
    }
}

fn one<'a>(
    world: &mut World<'a>,
    instance: usize,
    prefix: &str,
    (file, block): In<'a, Block>,
    collected: &mut Collected,
) {
    let label = |at: usize| block.labels.get(at).map_or("", |label| label.as_str());
    let (kind, name) = (label(0), label(1));
    let Some(table) = resource_type(kind) else {
        let file = world.files.get(file).map_or(0, |file| file.source.file);
        *collected.unused.entry(file).or_default().entry(kind.to_owned()).or_default() += 1;
        return;
    };
    let address = format!("{prefix}{kind}.{name}");
    let at = world.block_line(file, block);
    let Some(keys) = world.keys(instance, kind, name) else { return };
    if let Keys::Unknown(unknown) = &*keys {
        undecided(world, at, &address, unknown);
        return;
    }
    for (suffix, key) in placements(&keys) {
        let address = format!("{address}{suffix}");
        let scope = Scope::of_key(instance, file, key.as_ref());
        let values = world.body(&block.body, &scope, &address, 0);
        let given = Given { address, at, values, names_all: false };
        match to_api(table, given, world.account) {
            (Some(_), resource) => collected.resources.push(resource),
            (None, resource) => collected.configurations.push(resource),
        }
    }
}

pub(super) fn undecided(world: &mut World<'_>, at: Place, address: &str, unknown: &Unknown) {
    let message = format!(
        "left out: how many there are is not known: {} ({})",
        unknown.expression, unknown.because
    );
    world.account.problem(at, address, message);
    world.account.ask(at, unknown, format!("how many {address} there are"), None);
}

fn called<'a>(
    world: &mut World<'a>,
    instance: usize,
    prefix: &str,
    name: &str,
    call: In<'a, Block>,
    collected: &mut Collected,
) {
    let at = world.block_line(call.0, call.1);
    let address = format!("{prefix}module.{name}");
    let value = match world.module_value(instance, name) {
        Ok(value) => value,
        Err(super::world::Fault(why)) => {
            world.account.problem(at, &address, format!("left out: {why}"));
            return;
        }
    };
    let references: Vec<Node> = match &value.value {
        Value::List(list) => list.clone(),
        Value::Map(map) => map.iter().map(|(_, node)| node.clone()).collect(),
        Value::Unknown(unknown) => {
            let source = source_of(call.1);
            if unknown.because.ends_with("is not among the files") {
                registry::outside(world, instance, &address, call, &source, collected);
            } else {
                undecided(world, at, &address, unknown);
            }
            return;
        }
        _ => vec![(*value).clone()],
    };
    for node in references {
        if let Value::Reference(reference) = &node.value
            && let Some(inner) = module_of(&reference.to)
        {
            collect(world, inner, collected);
        }
    }
}
