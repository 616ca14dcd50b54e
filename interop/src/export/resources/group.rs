//! An Auto Scaling group and its launch template.

use super::providers::of_requirements;
use super::{Made, json_of, object, reference, resource};
use crate::node::{Map, Node, Place, Value};
use crate::resource::{Kind, Resource};
use eniac_core::scenario::{AutoScalingGroup, GroupSize, MemoryModel};
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

/// The launch template, and the group.
pub(super) fn of(
    made: &Made<'_>,
    (name, of_template): (&str, &str),
    group: &AutoScalingGroup,
    is_spot: bool,
) -> [Resource; 2] {
    [
        template(made, of_template, group, is_spot),
        of_group(made, (name, of_template), group, is_spot),
    ]
}

/// Several types, or what types must be like, go into a policy of mixed instances.
fn is_mixed(group: &AutoScalingGroup) -> bool {
    group.instance_types.len() > 1 || group.instance_requirements.is_some()
}

fn template(made: &Made<'_>, name: &str, group: &AutoScalingGroup, is_spot: bool) -> Resource {
    let instance_type = if is_mixed(group) { None } else { group.instance_types.first() };
    let spot =
        if is_spot && !is_mixed(group) { json!({ "marketType": "spot" }) } else { Json::Null };
    let size = group.storage_configuration.storage_size_gib;
    let volume = json!({ "deviceName": "/dev/xvda", "ebs": { "volumeSize": json_of(&size), "volumeType": "gp3" } });
    let data = object([
        ("imageId", Json::from(image(group))),
        ("instanceType", json_of(&instance_type)),
        ("instanceMarketOptions", spot),
        ("blockDeviceMappings", json!([volume])),
        ("userData", Json::from(user_data(made, group))),
    ]);
    let body = json!({ "launchTemplateName": name, "launchTemplateData": data });
    resource(Kind::LaunchTemplate, name, body)
}

/// The image of the group, or else the name of the parameter that has ECS's own of its system.
/// Source: ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux AMI metadata".
fn image(group: &AutoScalingGroup) -> String {
    if let Some(image) = &group.image_id {
        return image.clone();
    }
    let is_arm = group.instance_types.first().is_some_and(|name| is_graviton(name));
    let path = match (group.memory_model, is_arm) {
        (MemoryModel::Bottlerocket, false) => "bottlerocket/aws-ecs-2/x86_64/latest/image_id",
        (MemoryModel::Bottlerocket, true) => "bottlerocket/aws-ecs-2/arm64/latest/image_id",
        (MemoryModel::Al2, false) => "ecs/optimized-ami/amazon-linux-2/recommended/image_id",
        (MemoryModel::Al2, true) => "ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id",
        (_, false) => "ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        (_, true) => "ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    };
    format!("{}{path}", crate::resource::SSM_OF_IMAGES)
}

/// Graviton types have a `g` behind the generation: `m7g.large`, `c6gn.xlarge`, `t4g.small`.
fn is_graviton(name: &str) -> bool {
    let family = name.split('.').next().unwrap_or(name);
    let after = family.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    after.trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with('g')
}

/// What tells the agent its cluster, its reserve and its attributes.
fn user_data(made: &Made<'_>, group: &AutoScalingGroup) -> String {
    let mut lines =
        format!("#!/bin/bash\ncat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER={}\n", made.cluster);
    if group.reserved_memory.get() > 0 {
        let _ = writeln!(lines, "ECS_RESERVED_MEMORY={}", group.reserved_memory.get());
    }
    if !group.attributes.is_empty() {
        let _ = writeln!(lines, "ECS_INSTANCE_ATTRIBUTES={}", json_of(&group.attributes));
    }
    lines + "EOF\n"
}

fn of_group(
    made: &Made<'_>,
    (name, template): (&str, &str),
    group: &AutoScalingGroup,
    is_spot: bool,
) -> Resource {
    let protected = group.new_instances_protected_from_scale_in;
    let body = object([
        ("autoScalingGroupName", Json::from(name)),
        ("minSize", json_of(&group.min_size)),
        // EC2 Auto Scaling needs a limit; a scenario may have none.
        ("maxSize", json_of(&group.max_size.or(GroupSize::new(GroupSize::MAX)))),
        ("desiredCapacity", json_of(&group.desired_capacity)),
        ("defaultCooldown", json_of(&group.default_cooldown)),
        ("newInstancesProtectedFromScaleIn", if protected { json!(true) } else { Json::Null }),
        ("availabilityZones", Json::Array(made.zones())),
    ]);
    let mut resource = resource(Kind::AutoScalingGroup, name, body);
    let mut specification = Map::default();
    specification.insert("launchTemplateId", reference(Kind::LaunchTemplate, template, "id"));
    specification.insert("version", Node::text(Place::file(0), "$Latest"));
    let specification = map(specification);
    if is_mixed(group) {
        resource.body.insert("mixedInstancesPolicy", mixed(group, specification, is_spot));
    } else {
        resource.body.insert("launchTemplate", specification);
    }
    resource
}

fn mixed(group: &AutoScalingGroup, specification: Node, is_spot: bool) -> Node {
    let overrides = match of_requirements(group.instance_requirements.as_ref()) {
        Json::Null => {
            let types = group.instance_types.iter();
            types.map(|name| json!({ "instanceType": name })).collect()
        }
        requirements => {
            let mut requirements = requirements;
            // Types that are named as well narrow the requirements down.
            if let Json::Object(map) = &mut requirements
                && !group.instance_types.is_empty()
                && !map.contains_key("allowedInstanceTypes")
            {
                map.insert("allowedInstanceTypes".to_owned(), json_of(&group.instance_types));
            }
            vec![json!({ "instanceRequirements": requirements })]
        }
    };
    let mut template = Map::default();
    template.insert("launchTemplateSpecification", specification);
    template.insert("overrides", super::node(Json::Array(overrides)));
    let share = if is_spot { 0 } else { 100 };
    let distribution = json!({ "onDemandPercentageAboveBaseCapacity": share });
    let mut policy = Map::default();
    policy.insert("instancesDistribution", super::node(distribution));
    policy.insert("launchTemplate", map(template));
    map(policy)
}

fn map(map: Map) -> Node {
    Node::new(Place::file(0), Value::Map(map))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graviton_types_are_known_by_their_name() {
        let arm =
            ["m7g.large", "c6gn.xlarge", "t4g.small", "r8gd.4xlarge", "im4gn.large", "x2gd.large"];
        let other = ["m7i.large", "g5.xlarge", "c5.large", "t3a.small", "", "."];
        assert!(arm.into_iter().all(is_graviton));
        assert!(!other.into_iter().any(is_graviton));
    }
}
