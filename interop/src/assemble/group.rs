//! An Auto Scaling group: its sizes, its launch template, its policy of mixed instances.

use super::draft::Draft;
use super::fields::Fields;
use super::index::Index;
use super::{launch_template, location, requirements, volumes};
use crate::node::Node;
use crate::resource::Resource;
use serde_json::json;

const NEUTRAL: [&str; 35] = [
    "healthCheckType",
    "healthCheckGracePeriod",
    "terminationPolicies",
    "tags",
    "tag",
    "targetGroupARNs",
    "loadBalancerNames",
    "capacityRebalance",
    "maxInstanceLifetime",
    "serviceLinkedRoleARN",
    "suspendedProcesses",
    "enabledMetrics",
    "metricsCollection",
    "metricsGranularity",
    "createdTime",
    "instances",
    "status",
    "placementGroup",
    "desiredCapacityType",
    "defaultInstanceWarmup",
    "context",
    "lifecycleHookSpecificationList",
    "instanceRefresh",
    "waitForCapacityTimeout",
    "forceDelete",
    "protectFromScaleIn",
    "availabilityZoneDistribution",
    "instanceMaintenancePolicy",
    "trafficSources",
    "capacityDistribution",
    "skipZonalShiftValidation",
    "deletionProtection",
    "id",
    "arn",
    "region",
];

/// Writes the group to `path`; `SPOT` where its instances are Spot.
pub(super) fn write(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    group: &Resource,
    path: &str,
) -> Option<String> {
    if draft.get(path).is_none() {
        draft.set(path, json!({}), group.at.without_span());
    }
    draft.used.insert(group.address.clone());
    let mut fields = Fields::of(&group.body, group.at, group.address.as_str());
    for key in ["minSize", "maxSize", "desiredCapacity", "defaultCooldown"] {
        draft.scalar(&mut fields, key, &format!("{path}.{key}"));
    }
    let protected = "newInstancesProtectedFromScaleIn";
    if draft.truth(&mut fields, protected) == Some(true) {
        draft.set(&format!("{path}.{protected}"), true, group.at.without_span());
    }
    let mut is_spot = false;
    if let Some(node) = fields.take("launchTemplate") {
        is_spot |= launch_template::write(draft, index, &fields, node, path);
    }
    let mixed = fields.take("mixedInstancesPolicy");
    if let Some(mixed) = mixed.and_then(|node| fields.within(node, "mixedInstancesPolicy")) {
        is_spot |= mixed_instances(draft, index, mixed, path);
    }
    let own = ["instanceType", "imageId", "userData", "blockDeviceMappings"];
    if own.iter().any(|key| fields.peek(key).is_some()) {
        // A launch configuration that a reader has put into the group.
        is_spot |= launch_template::data(draft, &mut fields, path);
    }
    volumes::or_default(draft, group.at, &group.address, path, volumes::OF_GROUPS);
    for key in ["availabilityZones", "vpcZoneIdentifier"] {
        location::counted(draft, &mut fields, key);
    }
    let neutral = [&NEUTRAL[..], &launch_template::NEUTRAL[..]].concat();
    fields.close(&neutral, draft.account);
    is_spot.then(|| "SPOT".to_owned())
}

fn mixed_instances(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    mut fields: Fields<'_>,
    path: &str,
) -> bool {
    let mut is_spot = false;
    let template_node = fields.take("launchTemplate");
    if let Some(mut within) = template_node.and_then(|node| fields.within(node, "launchTemplate")) {
        if let Some(node) = within.take("launchTemplateSpecification") {
            is_spot |= launch_template::write(draft, index, &within, node, path);
        }
        let overrides = within.take("overrides").and_then(Node::as_list).unwrap_or_default();
        if !overrides.is_empty() {
            draft.remove(&format!("{path}.instanceTypes"));
        }
        for node in overrides {
            let Some(mut over) = within.within(node, "overrides") else { continue };
            if over.peek("instanceType").is_some() {
                let list = format!("{path}.instanceTypes");
                let at = format!("{list}[{}]", draft.len(&list));
                draft.scalar(&mut over, "instanceType", &at);
            }
            if let Some(node) = over.take("instanceRequirements") {
                requirements::write(draft, &over, node, &format!("{path}.instanceRequirements"));
            }
            if let Some(node) = over.take("launchTemplateSpecification") {
                launch_template::of_override(draft, index, &over, node, path);
            }
            over.close(&[], draft.account);
        }
        within.close(&[], draft.account);
    }
    let distribution = fields.take("instancesDistribution");
    if let Some(mut within) =
        distribution.and_then(|node| fields.within(node, "instancesDistribution"))
    {
        let mut number = |key: &str| {
            let node = within.take(key)?;
            node.scalar()?.parse::<u32>().ok()
        };
        let base = number("onDemandBaseCapacity").unwrap_or(0);
        let above = number("onDemandPercentageAboveBaseCapacity").unwrap_or(100);
        if above < 100 {
            is_spot = true;
            if above > 0 || base > 0 {
                let message = format!(
                    "{base} On-Demand instances and {above} % of the others: all are planned as Spot"
                );
                draft.account.assumed(within.at(), &within.subject, path, message);
            }
        }
        let neutral = [
            "onDemandAllocationStrategy",
            "spotAllocationStrategy",
            "spotInstancePools",
            "spotMaxPrice",
        ];
        within.close(&neutral, draft.account);
    }
    fields.close(&[], draft.account);
    is_spot
}
