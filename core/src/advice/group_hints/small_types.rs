//! Types of a group on which some task does not fit: ECS judges by the smallest of each parameter,
//! and then nothing scales out for that task.

use super::super::hints::advice;
use super::super::words::listed;
use super::Group;
use crate::capacity::{Resource, fit};
use crate::diagnostic::Severity;
use crate::plan::{Instance, Sized};
use crate::report::Advice;
use crate::scenario::quantity::with_thousands;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// More types are not named.
const NAMED: usize = 4;

pub(super) fn small_types(group: &Group<'_, '_>) -> Option<Advice> {
    let settings = group.settings;
    // A group that says nothing of its types leaves the choice open.
    if settings.instance_types.is_empty() && settings.instance_requirements.is_none() {
        return None;
    }
    // Without scaling, tasks go to the types that hold them.
    group.scaling()?;
    let mut small: BTreeSet<&str> = BTreeSet::new();
    let mut of_service: BTreeMap<usize, Vec<&Instance<'_>>> = BTreeMap::new();
    for (kind, sized, _) in group.through_provider() {
        for (_, instance) in group.instances().filter(|(_, it)| it.takes(sized)) {
            if fit(&instance.allocatable, &sized.demand, sized.distinct).tasks == 0 {
                small.insert(&instance.facts.name);
                of_service.entry(kind).or_default().push(instance);
            }
        }
    }
    let mut told = Vec::new();
    for (kind, types) in &of_service {
        let sized = group.base.service_of(*kind);
        // The one that comes nearest shows it best.
        let nearest = types.iter().max_by_key(|it| (it.allocatable.memory, it.allocatable.cpu));
        let Some(lacking) = nearest.and_then(|it| lacking(sized, it)) else { continue };
        let mut names: Vec<&str> = types.iter().map(|it| it.facts.name.as_str()).collect();
        names.dedup();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let others = if more > 0 { format!(" and {more} more") } else { String::new() };
        told.push(format!(
            "{}: a task does not fit {}{others}: {lacking}.",
            sized.name,
            listed(&names)
        ));
    }
    let first = told.first()?.clone();
    let others = match told.len() - 1 {
        0 => String::new(),
        1 => " So it is with one other service.".to_owned(),
        others => format!(" So it is with {others} other services."),
    };
    let left: Vec<&str> = if settings.instance_types.is_empty() {
        group.instance().map(|it| it.facts.name.as_str()).into_iter().collect()
    } else {
        let named = settings.instance_types.iter().map(String::as_str);
        named.filter(|name| !small.contains(name)).collect()
    };
    let follows = " ECS judges by the smallest of all types of a group: such tasks stay \
                   PROVISIONING, and nothing scales out for them.";
    let mend = if left.is_empty() {
        " No type of the group holds all: put the services on groups of their own.".to_owned()
    } else {
        format!(" Name only types that hold every task: {}.", listed(&left))
    };
    let path = group.field("instanceTypes");
    let text = format!("{first}{others}{follows}{mend}");
    let mut hint = advice(Severity::Warning, "group.typeTooSmall", &path, text);
    if !left.is_empty() {
        hint.changes = vec![group.base.change(&path, Some(json!(left)))];
    }
    Some(hint)
}

/// What a task needs and a type does not have.
fn lacking(sized: &Sized, instance: &Instance<'_>) -> Option<String> {
    let limits = fit(&instance.allocatable, &sized.demand, sized.distinct).limits;
    let lacking = limits.iter().find(|limit| limit.tasks == 0)?;
    let (given, demand) = (&instance.allocatable, &sized.demand);
    let (needs, has, unit) = match lacking.resource {
        Resource::Cpu => (demand.cpu.0, given.cpu.0, "CPU units"),
        Resource::Memory => (demand.memory.0, given.memory.0, "MiB"),
        Resource::Eni => (demand.enis.into(), given.enis.into(), "ENIs"),
        Resource::Gpu => (demand.gpus.into(), given.gpus.into(), "GPUs"),
        Resource::Port | Resource::DistinctInstance => {
            return Some("the agent or a daemon holds its port".to_owned());
        }
    };
    Some(format!(
        "it needs {} {unit}, {} has {}",
        with_thousands(needs),
        instance.facts.name,
        with_thousands(has)
    ))
}
