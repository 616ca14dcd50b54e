//! An Auto Scaling group with its launch template: types, sizes, image, what the agent is told.

use super::draft::Draft;
use super::fields::Fields;
use super::index::Index;
use super::requirements;
use crate::node::{Node, Place, Value};
use crate::resource::{Kind, Resource, SSM_OF_IMAGES};
use serde_json::{Value as Json, json};

const NEUTRAL: [&str; 37] = [
    "availabilityZones",
    "vpcZoneIdentifier",
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

const NEUTRAL_OF_TEMPLATE: [&str; 26] = [
    "iamInstanceProfile",
    "keyName",
    "securityGroupIds",
    "securityGroups",
    "networkInterfaces",
    "metadataOptions",
    "monitoring",
    "tagSpecifications",
    "ebsOptimized",
    "placement",
    "creditSpecification",
    "privateDnsNameOptions",
    "maintenanceOptions",
    "disableApiTermination",
    "disableApiStop",
    "instanceInitiatedShutdownBehavior",
    "cpuOptions",
    "enclaveOptions",
    "hibernationOptions",
    "licenseSpecifications",
    "kernelId",
    "ramDiskId",
    "capacityReservationSpecification",
    "networkPerformanceOptions",
    "operator",
    "secondaryInterfaces",
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
        is_spot |= template(draft, index, &fields, node, path);
    }
    let mixed = fields.take("mixedInstancesPolicy");
    if let Some(mixed) = mixed.and_then(|node| fields.within(node, "mixedInstancesPolicy")) {
        is_spot |= mixed_instances(draft, index, mixed, path);
    }
    let own = ["instanceType", "imageId", "userData", "blockDeviceMappings"];
    if own.iter().any(|key| fields.peek(key).is_some()) {
        // A launch configuration that a reader has put into the group.
        is_spot |= data(draft, &mut fields, path);
    }
    fields.close(&NEUTRAL, draft.account);
    is_spot.then(|| "SPOT".to_owned())
}

/// A launch template by reference, id or name.
fn template(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    outer: &Fields<'_>,
    node: &Node,
    path: &str,
) -> bool {
    let named = |key: &str| node.get(key).and_then(|node| index.find(Kind::LaunchTemplate, node));
    let found = index
        .find(Kind::LaunchTemplate, node)
        .or_else(|| named("launchTemplateId"))
        .or_else(|| named("launchTemplateName"));
    let Some(template) = found else {
        let message =
            "its launch template is not among the files: type, image and volume are not known";
        draft.account.problem(node.at, &outer.subject, message);
        return false;
    };
    let mut fields = Fields::of(&template.body, template.at, template.address.as_str());
    let is_spot = fields.take("launchTemplateData").is_some_and(|node| {
        let Some(mut within) = fields.within(node, "launchTemplateData") else { return false };
        let is_spot = data(draft, &mut within, path);
        within.close(&NEUTRAL_OF_TEMPLATE, draft.account);
        is_spot
    });
    let neutral = [
        "versionDescription",
        "versionNumber",
        "defaultVersion",
        "latestVersion",
        "createTime",
        "createdBy",
        "tagSpecifications",
        "tags",
        "updateDefaultVersion",
        "description",
        "id",
        "arn",
        "region",
    ];
    fields.close(&neutral, draft.account);
    is_spot
}

/// The data of a launch template; whether it asks for Spot.
fn data(draft: &mut Draft<'_>, fields: &mut Fields<'_>, path: &str) -> bool {
    if let Some(node) = fields.take("instanceType") {
        let what = format!("{}: instanceType", fields.subject);
        if let Some(known) = draft.known(node, &what).and_then(|known| known.scalar()) {
            draft.set(&format!("{path}.instanceTypes[0]"), known, node.at);
        }
    }
    if let Some(node) = fields.take("instanceRequirements") {
        requirements::write(draft, fields, node, &format!("{path}.instanceRequirements"));
    }
    if let Some(node) = fields.take("imageId") {
        image(draft, node, &fields.subject, path);
    }
    if let Some(node) = fields.take("userData") {
        user_data(draft, node, &fields.subject, path);
    }
    let volumes = fields.take("blockDeviceMappings").and_then(Node::as_list).unwrap_or_default();
    if let Some(size) = volumes.iter().find_map(|node| node.get("ebs")?.get("volumeSize")) {
        let what = format!("{}: volumeSize", fields.subject);
        draft.set_scalar(size, &format!("{path}.storageConfiguration.storageSizeGiB"), &what);
    }
    let market = fields.take("instanceMarketOptions").and_then(|node| node.get("marketType"));
    market.and_then(Node::as_text) == Some("spot")
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
            is_spot |= template(draft, index, &within, node, path);
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
            over.close(&["weightedCapacity"], draft.account);
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

/// The image, and the memory that its kernel registers.
fn image(draft: &mut Draft<'_>, node: &Node, subject: &str, path: &str) {
    let text = match &node.value {
        // Which image a parameter gives is not known, and need not be: its name tells the system.
        Value::Unknown(unknown) => unknown.expression.clone(),
        _ => match node.scalar() {
            Some(text) => {
                // ECS's own image of a system needs no naming: the system tells all that counts.
                if !text.starts_with(SSM_OF_IMAGES) {
                    draft.set(&format!("{path}.imageId"), text.as_str(), node.at);
                }
                text
            }
            None => return,
        },
    };
    let text = text.to_ascii_lowercase().replace('_', "-");
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let model = if has(&["bottlerocket"]) {
        "bottlerocket"
    } else if has(&["amazon-linux-2023", "al2023"]) {
        "al2023"
    } else if has(&["amazon-linux-2", "amzn2"]) {
        "al2"
    } else {
        let message = "what system the image has is not said: Amazon Linux 2023 is assumed for the \
                       memory that tasks can use";
        draft.account.assumed(node.at, subject, &format!("{path}.memoryModel"), message);
        return;
    };
    // Amazon Linux 2023 is what a scenario supposes.
    if model != "al2023" {
        draft.set(&format!("{path}.memoryModel"), model, node.at.without_span());
    }
}

/// What the agent is told in user data: `NAME=value` lines of `/etc/ecs/ecs.config`.
fn user_data(draft: &mut Draft<'_>, node: &Node, subject: &str, path: &str) {
    let Some(text) = node.as_text() else {
        let message = "the user data is not known: ECS_RESERVED_MEMORY and ECS_INSTANCE_ATTRIBUTES \
                       are taken for unset";
        draft.account.assumed(node.at, subject, &format!("{path}.reservedMemory"), message);
        return;
    };
    for line in text.lines() {
        let setting = |name: &str| {
            let (_, value) = line.split_once(&format!("{name}="))?;
            Some(unquoted(value))
        };
        if let Some(reserved) = setting("ECS_RESERVED_MEMORY") {
            let number = reserved.split_whitespace().next().unwrap_or_default().to_owned();
            let at = node.at.without_span();
            draft.set(&format!("{path}.reservedMemory"), super::draft::typed(&number), at);
        }
        if let Some(attributes) = setting("ECS_INSTANCE_ATTRIBUTES") {
            read_attributes(draft, &attributes, node.at, subject, path);
        }
    }
}

/// The value of a setting, without what a shell puts around and behind it.
fn unquoted(value: &str) -> String {
    let value = value.split(" >>").next().unwrap_or(value).trim();
    let outer = |quote: char| value.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    let value = outer('\'').or_else(|| outer('"')).unwrap_or(value);
    value.trim_end_matches(['\'', '"']).replace("\\\"", "\"")
}

fn read_attributes(draft: &mut Draft<'_>, text: &str, at: Place, subject: &str, path: &str) {
    let end = text.rfind('}').map_or(text.len(), |place| place + 1);
    let json: Option<Json> = text.get(..end).and_then(|text| serde_json::from_str(text).ok());
    let Some(Json::Object(attributes)) = json else {
        let message = "ECS_INSTANCE_ATTRIBUTES is not an object of JSON: it is left out";
        draft.account.problem(at, subject, message);
        return;
    };
    draft.set(&format!("{path}.attributes"), Json::Object(attributes), at.without_span());
}
