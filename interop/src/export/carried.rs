//! What an export leaves behind: found out by reading the resources back and comparing, so that it
//! is never a claim.

use super::resources;
use crate::account::Account;
use crate::assemble;
use crate::import::ImportSettings;
use crate::read::Found;
use crate::resource::Resource;
use eniac_core::scenario::{self, Capacity, CapacityProvider, Scenario};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::fmt;

/// A part of a scenario that a format has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct NotCarried {
    /// The first field: `services[0].load`.
    pub path: String,
    /// How many fields of the same kind there are.
    pub count: usize,
    /// Why.
    pub because: String,
}

impl fmt::Display for NotCarried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.count > 1 {
            write!(f, " and {} more like it", self.count - 1)?;
        }
        write!(f, ": {}", self.because)
    }
}

/// By the path without its numbers, the reason. The first that fits is said.
const REASONS: [(&str, &str); 19] = [
    ("pricing", "what you pay is no property of a resource"),
    ("simulation", "it belongs to eniac's simulation"),
    ("advice", "it belongs to eniac's advice"),
    ("alarms", "eniac keeps only the metric's name of an alarm"),
    ("containerInstances", "what stands already is not created"),
    ("services[].load", "what arrives belongs to eniac's simulation"),
    ("services[].apartFrom", "ECS has no such rule; use a memberOf constraint"),
    (
        "services[].availabilityZoneSpread",
        "ECS spreads over the zones unless a strategy says otherwise",
    ),
    ("services[].runningTaskDefinition", "the revision that runs is not created again"),
    ("services[].name", "names of AWS have letters, digits, - and _"),
    (
        "daemons",
        "Managed Instances have managed daemons, which other tools have no resource for yet",
    ),
    ("name", "names of AWS have letters, digits, - and _"),
    ("zones", "a region has as many zones as it has"),
    ("capacity.managedInstances", "it is a setting of eniac's or stands already"),
    (
        "capacity.autoScalingGroup.maxSize",
        "an Auto Scaling group needs a greatest size: 10000 stands for none",
    ),
    ("capacity.autoScalingGroup.awsvpcTrunking", "it is an account setting"),
    (
        "capacity.autoScalingGroup.instanceTypes",
        "with requirements, types are named in allowedInstanceTypes",
    ),
    ("capacity.autoScalingGroup.memoryModel", "the image decides it"),
    ("capacityProviders", "what differs from the first provider's settings of eniac's"),
];

/// More than this is not listed.
const MOST_LISTED: usize = 100;

/// What of the scenario does not come back out of its resources.
pub(super) fn not_carried(scenario: &Scenario, made: Vec<Resource>) -> Vec<NotCarried> {
    lost(scenario, made, |kind| {
        let reason = REASONS.iter().find(|(begin, _)| is_under(kind, begin));
        reason.map_or("the format has no place for it", |(_, because)| because)
    })
}

/// The same of the rows of a table.
pub(super) fn not_in_table(scenario: &Scenario, made: Vec<Resource>) -> Vec<NotCarried> {
    lost(scenario, made, |kind| match kind {
        "services[].name" => "a cell holds a name of one line, without spaces around it",
        "services[].taskDefinition.cpu" | "services[].taskDefinition.memory" => {
            "a row has one figure: the task's own, or its containers' together"
        }
        kind if is_under(kind, "services") => "a row has no column for it",
        _ => "a table of services holds services only",
    })
}

fn lost(
    scenario: &Scenario,
    made: Vec<Resource>,
    because: impl Fn(&str) -> &'static str,
) -> Vec<NotCarried> {
    let before = resources::json_of(&normal(scenario.clone()));
    let after = read_back(made);
    let mut differences = Vec::new();
    compare(&before, &after, "", &mut differences);
    let mut listed: Vec<(String, NotCarried)> = Vec::new();
    for path in differences {
        let kind = without_numbers(&path);
        if let Some((_, known)) = listed.iter_mut().find(|(other, _)| *other == kind) {
            known.count += 1;
        } else if listed.len() < MOST_LISTED {
            let because = because(&kind).to_owned();
            listed.push((kind, NotCarried { path, count: 1, because }));
        }
    }
    listed.into_iter().map(|(_, it)| it).collect()
}

/// The same scenario in the form that a reader gives: the first provider's instances are those of
/// `capacity`, and what says no more than nothing is not said.
pub(super) fn normal(mut scenario: Scenario) -> Scenario {
    let of_all = scenario.capacity.clone();
    let own = scenario.capacity_providers.first_mut().and_then(own_capacity);
    if let Some(own) = own {
        scenario.capacity = own;
        for provider in scenario.capacity_providers.iter_mut().skip(1) {
            let instances = own_capacity(provider).unwrap_or_else(|| of_all.clone());
            match instances {
                same if same == scenario.capacity => {}
                Capacity::ManagedInstances(managed) => provider.managed_instances = Some(managed),
                Capacity::AutoScalingGroup(group) => provider.auto_scaling_group = Some(group),
            }
        }
    }
    for service in &mut scenario.services {
        for container in &mut service.task_definition.container_definitions {
            for port in &mut container.port_mappings {
                port.host_port = port.host_port.filter(|port| port.get() > 0);
            }
        }
    }
    scenario
}

/// Takes out what a provider says of its own instances.
fn own_capacity(provider: &mut CapacityProvider) -> Option<Capacity> {
    let managed = provider.managed_instances.take().map(Capacity::ManagedInstances);
    let group = provider.auto_scaling_group.take().map(Capacity::AutoScalingGroup);
    managed.or(group)
}

/// The scenario that the resources give, in eniac's own form.
pub(super) fn read_back(resources: Vec<Resource>) -> Json {
    let found = Found { resources, ..Found::default() };
    let mut account = Account::new(Vec::new());
    let assembled = assemble::assemble(found, &ImportSettings::default(), &mut account);
    let text = assembled.scenario.to_string();
    match scenario::read(&text) {
        Ok(reading) => resources::json_of(&reading.scenario),
        Err(_) => Json::Null,
    }
}

fn is_under(path: &str, begin: &str) -> bool {
    path.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

pub(super) fn without_numbers(path: &str) -> String {
    path.chars().filter(|letter| !letter.is_ascii_digit()).collect()
}

/// The paths at which two documents differ, as deep as they have the same shape.
pub(super) fn compare(before: &Json, after: &Json, path: &str, differences: &mut Vec<String>) {
    match (before, after) {
        _ if before == after => {}
        (Json::Object(before), Json::Object(after)) => {
            let missing = |key: &&String| !before.contains_key(*key);
            for key in before.keys().chain(after.keys().filter(missing)) {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let of = |map: &serde_json::Map<String, Json>| {
                    map.get(key).cloned().unwrap_or(Json::Null)
                };
                compare(&of(before), &of(after), &inner, differences);
            }
        }
        (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
            for (number, (before, after)) in before.iter().zip(after).enumerate() {
                compare(before, after, &format!("{path}[{number}]"), differences);
            }
        }
        _ => differences.push(path.to_owned()),
    }
}
