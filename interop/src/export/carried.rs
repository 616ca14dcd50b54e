//! What an export leaves behind: found out by reading the resources back and comparing, so that it
//! is never a claim.

use super::resources;
use crate::account::Account;
use crate::assemble;
use crate::import::ImportSettings;
use crate::read::Found;
use crate::resource::Resource;
use eniac_core::scenario::{self, Capacity, CapacityProvider, InstanceRequirements, Scenario};
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

const NAMES: &str = "a name of AWS has letters, digits, - and _ only, and 255 characters at most \
                     with the number that tells equal ones apart";

const PROVIDERS: &str = "a capacity provider's name has letters, digits, - and _ only, and does not \
                         begin with aws, ecs or fargate";

/// By the path without its numbers, the reason. The first that fits is said. Those of `capacity` are
/// those of a provider's own instances too.
const REASONS: [(&str, &str); 27] = [
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
    ("services[].name", NAMES),
    ("services[].taskDefinition.containerDefinitions[].name", NAMES),
    ("services[].loadBalancers[].containerName", NAMES),
    ("daemons[].name", NAMES),
    ("daemons[].taskDefinition.containerDefinitions[].name", NAMES),
    ("name", NAMES),
    ("capacityProviders[].name", PROVIDERS),
    ("capacityProviderStrategy[].capacityProvider", PROVIDERS),
    ("services[].capacityProviderStrategy[].capacityProvider", PROVIDERS),
    (
        "capacity.managedInstances.eniTrunking",
        "whether an instance gets a trunk ENI is AWS's to decide: eniac assumes it",
    ),
    (
        "capacity.managedInstances.moreThanOneVcpu",
        "which types ECS leaves out is AWS's to decide: eniac assumes it",
    ),
    ("capacity.managedInstances.runningInstances", "what stands already is not created"),
    (
        "capacity.managedInstances.exhaustedPools",
        "which types EC2 has no capacity of is no property of a resource",
    ),
    (
        "capacity.autoScalingGroup.maxSize",
        "an Auto Scaling group needs a greatest size: 10000 stands for none",
    ),
    ("capacity.autoScalingGroup.awsvpcTrunking", "it is an account setting"),
    (
        "capacity.autoScalingGroup.instanceTypes",
        "with requirements, types are named in allowedInstanceTypes",
    ),
    (
        "capacity.autoScalingGroup.instanceRequirements.allowedInstanceTypes",
        "with requirements, types are named in allowedInstanceTypes",
    ),
    ("capacity.autoScalingGroup.memoryModel", "the image decides it"),
];

/// The reason why a field is not carried; of its path the numbers are left out.
fn reason(kind: &str, is_managed: bool) -> &'static str {
    if is_managed && kind == "daemons" {
        return "Managed Instances have managed daemons, which other tools have no resource for yet";
    }
    let instances =
        ["capacityProviders[].managedInstances", "capacityProviders[].autoScalingGroup"];
    if instances.contains(&kind) {
        return "its instances differ from the first provider's only in what no resource has";
    }
    let of_all = kind.strip_prefix("capacityProviders[].").map(|rest| format!("capacity.{rest}"));
    let of_all = of_all
        .filter(|path| path.contains("managedInstances") || path.contains("autoScalingGroup"));
    let path = of_all.as_deref().unwrap_or(kind);
    let memory = ["memoryModel", "reservedMemory"];
    if memory.iter().any(|field| path == format!("capacity.managedInstances.{field}")) {
        return "how much memory the platform keeps is AWS's to decide: eniac assumes it";
    }
    let found = REASONS.iter().find(|(begin, _)| is_under(path, begin));
    found.map_or("it did not come back when the export was read again", |(_, because)| because)
}

/// More than this is not listed.
const MOST_LISTED: usize = 100;

/// What of the scenario does not come back out of its resources.
pub(super) fn not_carried(scenario: &Scenario, made: Vec<Resource>) -> Vec<NotCarried> {
    let is_managed = matches!(scenario.capacity, Capacity::ManagedInstances(_));
    lost(&as_created(scenario.clone()), made, |kind| reason(kind, is_managed))
}

/// The same of the rows of a table.
pub(super) fn not_in_table(scenario: &Scenario, made: Vec<Resource>) -> Vec<NotCarried> {
    lost(&normal(scenario.clone()), made, |kind| match kind {
        "services[].name" => "a cell holds a name of one line, without spaces around it",
        "services[].taskDefinition.cpu" | "services[].taskDefinition.memory" => {
            "a row has one figure: the task's own, or its containers' together"
        }
        kind if is_under(kind, "services") => "a row has no column for it",
        _ => "a table of services holds services only",
    })
}

fn lost(
    normal: &Scenario,
    made: Vec<Resource>,
    because: impl Fn(&str) -> &'static str,
) -> Vec<NotCarried> {
    let before = resources::json_of(normal);
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
    let instances = std::iter::once(&mut scenario.capacity).map(requirements);
    let own = scenario.capacity_providers.iter_mut().map(|it| {
        let managed = it.managed_instances.as_mut().map(|it| &mut it.instance_requirements);
        managed.or(it.auto_scaling_group.as_mut().map(|it| &mut it.instance_requirements))
    });
    for requirements in instances.chain(own.flatten()).flatten() {
        // 0 is no least, and which of the two was said makes no difference.
        for range in [&mut requirements.v_cpu_count, &mut requirements.memory_mib] {
            range.min = range.min.filter(|least| least.get() > 0);
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

fn requirements(capacity: &mut Capacity) -> &mut Option<InstanceRequirements> {
    match capacity {
        Capacity::ManagedInstances(managed) => &mut managed.instance_requirements,
        Capacity::AutoScalingGroup(group) => &mut group.instance_requirements,
    }
}

/// The same with what resources say where the scenario says nothing, which makes no other plan.
pub(super) fn as_created(scenario: Scenario) -> Scenario {
    let mut scenario = normal(scenario);
    let is_managed = matches!(scenario.capacity, Capacity::ManagedInstances(_));
    for service in &mut scenario.services {
        let mode = resources::network_mode(&service.task_definition, is_managed);
        service.task_definition.network_mode = mode;
        for balancer in &mut service.load_balancers {
            balancer.target_type = resources::target_type(balancer, mode);
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
