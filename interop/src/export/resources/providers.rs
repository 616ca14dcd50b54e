//! Capacity providers as ECS's API takes them.

use super::{Made, group, json_of, object, reference, resource};
use crate::node::Value;
use crate::resource::{Kind, Resource};
use eniac_core::scenario::{
    AutoScalingGroup, Capacity, CapacityOptionType, InstanceRequirements, ManagedInstances,
    ManagedScaling,
};
use serde_json::{Value as Json, json};

/// What the instances of a provider are like, and whether they are Spot.
enum Sort<'a> {
    Managed(&'a ManagedInstances, bool),
    Group(&'a AutoScalingGroup, bool),
}

/// Each provider, with the group and the launch template that it needs before it.
pub(super) fn of(made: &Made<'_>) -> Vec<Resource> {
    let mut resources = Vec::new();
    for (number, (name, template)) in made.providers.iter().zip(&made.templates).enumerate() {
        match sort(made, number) {
            Sort::Managed(managed, is_spot) => {
                resources.push(of_managed(made, name, managed, is_spot));
            }
            Sort::Group(group, is_spot) => {
                resources.extend(group::of(made, (name, template), group, is_spot));
                resources.push(of_group(name, group));
            }
        }
    }
    resources
}

fn sort<'a>(made: &Made<'a>, number: usize) -> Sort<'a> {
    let own = made.scenario.capacity_providers.get(number);
    let is_spot =
        own.map_or(made.is_spot(), |it| it.capacity_option_type == CapacityOptionType::Spot);
    let capacity = &made.scenario.capacity;
    let managed = own.and_then(|own| own.managed_instances.as_ref());
    let group = own.and_then(|own| own.auto_scaling_group.as_ref());
    match (capacity, managed, group) {
        (Capacity::ManagedInstances(of_all), own, _) => {
            Sort::Managed(own.unwrap_or(of_all), is_spot)
        }
        (Capacity::AutoScalingGroup(of_all), _, own) => Sort::Group(own.unwrap_or(of_all), is_spot),
    }
}

fn of_managed(made: &Made<'_>, name: &str, managed: &ManagedInstances, is_spot: bool) -> Resource {
    let template = object([
        ("capacityOptionType", if is_spot { json!("SPOT") } else { Json::Null }),
        ("instanceRequirements", of_requirements(managed.instance_requirements.as_ref())),
        ("storageConfiguration", json_of(&managed.storage_configuration)),
    ]);
    let body = json!({
        "name": name,
        "managedInstancesProvider": { "instanceLaunchTemplate": template },
    });
    let mut provider = resource(Kind::CapacityProvider, name, body);
    provider.body.insert("cluster", made.in_cluster());
    provider
}

/// AWS needs the least of vCPUs and memory; a scenario may leave them open, which is 0.
/// Source: EC2 API, `VCpuCountRangeRequest` and `MemoryMiBRequest`.
pub(super) fn of_requirements(requirements: Option<&InstanceRequirements>) -> Json {
    requirements.map_or(Json::Null, |requirements| {
        let mut json = json_of(requirements);
        if let Json::Object(map) = &mut json {
            map.retain(|_, value| !value.as_object().is_some_and(serde_json::Map::is_empty));
            for key in ["vCpuCount", "memoryMiB"] {
                let range = map.entry(key).or_insert_with(|| json!({}));
                if range.get("min").is_none() {
                    range["min"] = json!(0);
                }
            }
        }
        json
    })
}

fn of_group(name: &str, group: &AutoScalingGroup) -> Resource {
    let scaling = &group.managed_scaling;
    let scaling = if scaling.status.is_enabled() || *scaling != off() {
        json_of(scaling)
    } else {
        json!({ "status": "DISABLED" })
    };
    let body = json!({
        "name": name,
        "autoScalingGroupProvider": object([
            ("managedScaling", scaling),
            ("managedTerminationProtection", json_of(&group.managed_termination_protection)),
            ("managedDraining", json_of(&group.managed_draining)),
        ]),
    });
    let mut provider = resource(Kind::CapacityProvider, name, body);
    let inner = provider.body.get_mut("autoScalingGroupProvider");
    if let Some(Value::Map(inner)) = inner.map(|node| &mut node.value) {
        inner.insert("autoScalingGroupArn", reference(Kind::AutoScalingGroup, name, "arn"));
    }
    provider
}

fn off() -> ManagedScaling {
    let status = eniac_core::scenario::Status::Disabled;
    ManagedScaling { status, ..ManagedScaling::default() }
}
