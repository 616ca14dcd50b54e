//! The launch template of a group: which of its versions, and what that says of the instances.

use super::draft::Draft;
use super::fields::Fields;
use super::index::Index;
use super::{agent, requirements, volumes};
use crate::node::{Node, Value};
use crate::resource::{Kind, Resource};

/// Fields of its data that decide nothing here.
pub(super) const NEUTRAL: [&str; 26] = [
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

/// Fields beside its data.
const NEUTRAL_AROUND: [&str; 13] = [
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

/// Which version of a template a group names. Source: EC2 Auto Scaling API,
/// `LaunchTemplateSpecification`: the default version unless one is named.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Version {
    Default,
    Latest,
    Number(u64),
    /// One that the files do not tell.
    Unknown,
}

/// Writes what the launch template says that `node` names; whether it asks for Spot.
pub(super) fn write(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    outer: &Fields<'_>,
    node: &Node,
    path: &str,
) -> bool {
    let Some(template) = chosen(draft, index, outer, node, path) else {
        let message =
            "its launch template is not among the files: type, image and volume are not known";
        draft.account.problem(node.at, &outer.subject, message);
        return false;
    };
    let mut fields = Fields::of(&template.body, template.at, template.address.as_str());
    let is_spot = fields.take("launchTemplateData").is_some_and(|node| {
        let Some(mut within) = fields.within(node, "launchTemplateData") else { return false };
        let is_spot = data(draft, &mut within, path);
        within.close(&NEUTRAL, draft.account);
        is_spot
    });
    for key in ["versionNumber", "defaultVersion", "latestVersion"] {
        // They have told which version it is.
        fields.take(key);
    }
    fields.close(&NEUTRAL_AROUND, draft.account);
    is_spot
}

/// The launch template that an override of a mixed instances policy has for itself: a scenario has
/// one image and one volume for a group.
pub(super) fn of_override(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    over: &Fields<'_>,
    node: &Node,
    path: &str,
) {
    let Some(template) = chosen(draft, index, over, node, path) else {
        let message =
            "the override's own launch template is not among the files: the policy's is taken";
        draft.account.problem(node.at, &over.subject, message);
        return;
    };
    let data = template.body.get("launchTemplateData");
    let says_type =
        ["instanceType", "instanceRequirements"].iter().any(|key| over.peek(key).is_some());
    if let Some(own) = data.and_then(|data| data.get("instanceType")).filter(|_| !says_type) {
        let list = format!("{path}.instanceTypes");
        let at = format!("{list}[{}]", draft.len(&list));
        draft.set_scalar(own, &at, &format!("{}: instanceType", template.address));
    }
    let size = data.and_then(|data| data.get("blockDeviceMappings")).and_then(volumes::total);
    let size = size.map(|gib| format!(" and its volumes of {gib} GiB")).unwrap_or_default();
    let message = format!(
        "instances of an override with a launch template of its own are planned with image, user data \
         and volumes of the policy's: those of {}{size} are not in the scenario",
        template.address
    );
    draft.account.assumed(node.at, &over.subject, path, message);
}

/// The version of the template that `node` names, or what stands in for it, which is told.
fn chosen<'a>(
    draft: &mut Draft<'_>,
    index: &Index<'a>,
    outer: &Fields<'_>,
    node: &Node,
    path: &str,
) -> Option<&'a Resource> {
    let named = |key: &str| {
        let found = node.get(key).map(|node| index.find_all(Kind::LaunchTemplate, node));
        found.filter(|found| !found.is_empty())
    };
    let versions = Some(index.find_all(Kind::LaunchTemplate, node))
        .filter(|found| !found.is_empty())
        .or_else(|| named("launchTemplateId"))
        .or_else(|| named("launchTemplateName"))?;
    let newest = versions.iter().copied().max_by_key(|it| number(it))?;
    let wanted = match node.get("version") {
        // A template of these files, as it is in them.
        Some(Node { value: Value::Reference(_), .. }) => Version::Latest,
        Some(Node { value: Value::Unknown(_), .. }) if versions.len() == 1 => Version::Latest,
        Some(node) if !node.is_null() => {
            let known =
                draft.known(node, &format!("{}: version of the launch template", outer.subject));
            known.map_or(Version::Unknown, |known| version(&known))
        }
        _ => Version::Default,
    };
    let found = match &wanted {
        Version::Latest => Some(newest),
        Version::Unknown => None,
        Version::Number(wanted) => with_number(&versions, *wanted),
        Version::Default => default(&versions),
    };
    if found.is_none() {
        let what = match wanted {
            Version::Number(number) => format!("version {number}"),
            Version::Default => "the default version".to_owned(),
            Version::Latest | Version::Unknown => "the version that is named".to_owned(),
        };
        let message = match number(newest) {
            Some(number) => format!(
                "{what} of its launch template is not among the files: version {number} is taken"
            ),
            None => format!(
                "{what} of its launch template is asked for, and the files have the template without \
                 the numbers of its versions: it is taken as it stands there"
            ),
        };
        let at = node.get("version").map_or(node.at, |node| node.at);
        draft.account.assumed(at, &outer.subject, path, message);
    }
    let template = found.unwrap_or(newest);
    draft.used.insert(template.address.clone());
    Some(template)
}

fn version(node: &Node) -> Version {
    let text = node.scalar().unwrap_or_default();
    match (text.as_str(), text.parse()) {
        ("" | "$Default", _) => Version::Default,
        ("$Latest", _) => Version::Latest,
        (_, Ok(number)) => Version::Number(number),
        _ => Version::Unknown,
    }
}

/// The number of a version: its own in the API's answers, the latest in a Terraform state, which has
/// that one's data.
fn number(template: &Resource) -> Option<u64> {
    let number = |key: &str| template.body.get(key)?.scalar()?.parse().ok();
    number("versionNumber").or_else(|| number("latestVersion"))
}

fn with_number<'a>(versions: &[&'a Resource], wanted: u64) -> Option<&'a Resource> {
    versions.iter().copied().find(|it| number(it) == Some(wanted))
}

/// The version that is the default one: it says so itself in the API's answers, and Terraform has its
/// number. A template that says neither and stands alone is the one.
fn default<'a>(versions: &[&'a Resource]) -> Option<&'a Resource> {
    let said = |it: &Resource| it.body.get("defaultVersion").and_then(Node::scalar);
    if let Some(found) = versions.iter().find(|it| said(it).is_some_and(|said| said == "true")) {
        return Some(found);
    }
    if let Some(number) = versions.iter().find_map(|it| said(it)?.parse().ok()) {
        return with_number(versions, number);
    }
    match versions {
        [only] if said(only).is_none() => Some(only),
        _ => None,
    }
}

/// Versions and templates that no group has taken, and groups that no provider has.
pub(super) fn tell_unused(draft: &mut Draft<'_>, index: &Index<'_>) {
    for kind in [Kind::AutoScalingGroup, Kind::LaunchTemplate] {
        for resource in index.all(kind).filter(|it| !draft.used.contains(&it.address)) {
            let message = match (kind, number(resource)) {
                (Kind::AutoScalingGroup, _) => {
                    "left out: no capacity provider of the scenario scales this group".to_owned()
                }
                (_, Some(number)) => {
                    format!(
                        "left out: no group of the scenario takes version {number} of the launch template"
                    )
                }
                _ => "left out: no group of the scenario takes this launch template".to_owned(),
            };
            draft.account.left_out(resource.at, &resource.address, message);
        }
    }
}

/// The data of a launch template; whether it asks for Spot.
pub(super) fn data(draft: &mut Draft<'_>, fields: &mut Fields<'_>, path: &str) -> bool {
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
        agent::image(draft, node, &fields.subject, path);
    }
    if let Some(node) = fields.take("userData") {
        agent::user_data(draft, node, &fields.subject, path);
    }
    if let Some(node) = fields.take("blockDeviceMappings") {
        volumes::write(draft, node, &fields.subject, path);
    }
    let market = fields.take("instanceMarketOptions").and_then(|node| node.get("marketType"));
    market.and_then(Node::as_text) == Some("spot")
}
