//! Capacity providers, and the groups behind them: where the tasks may run.

use super::draft::Draft;
use super::fields::Fields;
use super::index::{Index, name_of};
use super::sides::{self, Sort};
use super::strategy::{FARGATE_PROVIDERS, strategy};
use super::{group, location, requirements, volumes};
use crate::node::Place;
use crate::resource::{Kind, Resource, UNNAMED};
use serde_json::json;

const NEUTRAL: [&str; 8] =
    ["status", "updateStatus", "updateStatusReason", "tags", "type", "id", "arn", "region"];

/// Writes `capacity`, and `capacityProviders` where there are several or one has a name.
pub(super) fn write(draft: &mut Draft<'_>, index: &Index<'_>) {
    let providers = usable(draft, index);
    let Some(sort) = sides::choose(draft, index, &providers) else {
        without_provider(draft, index);
        return;
    };
    let same = providers.into_iter().filter(|(it, _)| *it == sort).collect::<Vec<_>>();
    for key in ["capacity", "capacityProviders", "capacityProviderStrategy"] {
        draft.remove(key);
    }
    let name = |provider: &Resource| name_of(provider, "name");
    let is_unnamed = matches!(same.as_slice(), [(_, only)] if name(only) == UNNAMED);
    for (number, (_, provider)) in same.iter().enumerate() {
        let own = format!("capacityProviders[{number}]");
        if !is_unnamed {
            let at = provider.body.get("name").map_or(provider.at, |node| node.at);
            draft.set(&format!("{own}.name"), name(provider), at);
        }
        let place = if number == 0 { "capacity" } else { own.as_str() };
        let option = one(draft, index, provider, sort, place);
        match (option.as_deref(), is_unnamed) {
            (Some("SPOT"), false) => {
                draft.set(&format!("{own}.capacityOptionType"), "SPOT", provider.at);
            }
            (Some("SPOT"), true) => draft.set("pricing.purchaseOption", "SPOT", provider.at),
            _ => {}
        }
        let message = match sort {
            Sort::Managed => "a capacity provider of ECS Managed Instances",
            Sort::Group => "a capacity provider with an Auto Scaling group",
        };
        draft.account.understood(provider.at, &provider.address, place, message);
    }
    share_equal(draft, sort, same.len());
}

/// A provider whose instances are like the first one's says so by saying nothing.
fn share_equal(draft: &mut Draft<'_>, sort: Sort, count: usize) {
    let key = match sort {
        Sort::Managed => "managedInstances",
        Sort::Group => "autoScalingGroup",
    };
    let first = draft.get(&format!("capacity.{key}")).cloned();
    for number in 1..count {
        let path = format!("capacityProviders[{number}].{key}");
        if draft.get(&path) == first.as_ref() {
            draft.remove(&path);
        }
    }
}

fn usable<'a>(draft: &mut Draft<'_>, index: &Index<'a>) -> Vec<(Sort, &'a Resource)> {
    let mut usable = Vec::new();
    for provider in index.all(Kind::CapacityProvider) {
        if FARGATE_PROVIDERS.contains(&name_of(provider, "name").as_str()) {
            continue;
        }
        if let Some(sort) = Sort::of(provider) {
            usable.push((sort, provider));
        } else {
            let message = "left out: it says neither managedInstancesProvider nor \
                           autoScalingGroupProvider";
            draft.account.problem(provider.at, &provider.address, message);
        }
    }
    usable
}

/// A group without a provider, or nothing at all.
fn without_provider(draft: &mut Draft<'_>, index: &Index<'_>) {
    let mut groups = index.all(Kind::AutoScalingGroup);
    if let Some(only) = groups.next() {
        group::write(draft, index, only, "capacity.autoScalingGroup");
        let status = "capacity.autoScalingGroup.managedScaling.status";
        draft.set(status, "DISABLED", only.at.without_span());
        let message =
            "no capacity provider of ECS scales this group in the files: it keeps its size";
        draft.account.assumed(only.at, &only.address, status, message);
        for other in groups {
            let message =
                "left out: without capacity providers a scenario has one group, the first";
            draft.account.problem(other.at, &other.address, message);
            draft.used.insert(other.address.clone());
        }
    } else if index.all(Kind::ContainerInstance).next().is_some() {
        draft.set("capacity.autoScalingGroup", json!({}), Place::file(0));
        let message = "the files have instances and no group: one without limits is assumed";
        draft.account.assumed(Place::file(0), "", "capacity", message);
        let path = "capacity.autoScalingGroup";
        volumes::or_default(draft, Place::file(0), "", path, volumes::OF_GROUPS);
    } else if draft.get("capacity").is_none() {
        draft.set("capacity.managedInstances", json!({}), Place::file(0));
        let message = "no file says on which instances the tasks run: ECS Managed Instances that ECS \
                       selects by itself are assumed";
        draft.account.assumed(Place::file(0), "", "capacity", message);
        let path = "capacity.managedInstances";
        volumes::or_default(draft, Place::file(0), "", path, volumes::OF_MANAGED_INSTANCES);
    }
}

/// Writes one provider to `place`, and gives its `capacityOptionType`.
fn one(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    provider: &Resource,
    sort: Sort,
    place: &str,
) -> Option<String> {
    let mut fields = Fields::of(&provider.body, provider.at, provider.address.as_str());
    let option = match sort {
        Sort::Managed => {
            let node = fields.take("managedInstancesProvider")?;
            let within = fields.within(node, "managedInstancesProvider")?;
            managed(draft, within, &format!("{place}.managedInstances"))
        }
        Sort::Group => {
            let node = fields.take("autoScalingGroupProvider")?;
            let within = fields.within(node, "autoScalingGroupProvider")?;
            of_group(draft, index, within, &format!("{place}.autoScalingGroup"))
        }
    };
    fields.close(&NEUTRAL, draft.account);
    option
}

fn managed(draft: &mut Draft<'_>, mut fields: Fields<'_>, path: &str) -> Option<String> {
    draft.set(path, json!({}), fields.at().without_span());
    let mut option = None;
    let template = fields.take("instanceLaunchTemplate");
    if let Some(mut template) =
        template.and_then(|node| fields.within(node, "instanceLaunchTemplate"))
    {
        if let Some(node) = template.take("instanceRequirements") {
            requirements::write(draft, &template, node, &format!("{path}.instanceRequirements"));
        }
        let storage = template.take("storageConfiguration");
        if let Some(mut storage) =
            storage.and_then(|node| template.within(node, "storageConfiguration"))
        {
            let at = format!("{path}.storageConfiguration.storageSizeGiB");
            let is_said = storage.peek("storageSizeGiB").is_some();
            if draft.scalar(&mut storage, "storageSizeGiB", &at).is_none() && is_said {
                draft.unknown.insert(at);
            }
            storage.close(&[], draft.account);
        }
        location::network(draft, &mut template);
        option = draft.text(&mut template, "capacityOptionType");
        if option.as_deref().is_some_and(|it| it != "SPOT" && it != "ON_DEMAND") {
            let word = option.clone().unwrap_or_default();
            let message = format!("capacityOptionType {word}: priced as On-Demand");
            draft.account.assumed(template.at(), &template.subject, "pricing", message);
        }
        let neutral = [
            "ec2InstanceProfileArn",
            "monitoring",
            "fipsEnabled",
            "instanceMetadataTagsPropagation",
            "localStorageConfiguration",
        ];
        template.close(&neutral, draft.account);
    }
    volumes::or_default(draft, fields.at(), &fields.subject, path, volumes::OF_MANAGED_INSTANCES);
    let neutral = ["infrastructureRoleArn", "propagateTags", "infrastructureOptimization"];
    fields.close(&neutral, draft.account);
    option
}

fn of_group(
    draft: &mut Draft<'_>,
    index: &Index<'_>,
    mut fields: Fields<'_>,
    path: &str,
) -> Option<String> {
    draft.set(path, json!({}), fields.at().without_span());
    let node = fields.take("autoScalingGroupArn");
    let found = node.and_then(|node| index.find(Kind::AutoScalingGroup, node));
    let option = match (found, node) {
        (Some(group), _) => group::write(draft, index, group, path),
        (None, node) => {
            let at = node.map_or(fields.at(), |node| node.at);
            let message = "its Auto Scaling group is not among the files: types, sizes and image are not \
                           known";
            draft.account.problem(at, &fields.subject, message);
            volumes::or_default(draft, at, &fields.subject, path, volumes::OF_GROUPS);
            None
        }
    };
    let scaling = fields.take("managedScaling");
    if let Some(mut scaling) = scaling.and_then(|node| fields.within(node, "managedScaling")) {
        let keys = [
            "status",
            "targetCapacity",
            "minimumScalingStepSize",
            "maximumScalingStepSize",
            "instanceWarmupPeriod",
        ];
        for key in keys {
            draft.scalar(&mut scaling, key, &format!("{path}.managedScaling.{key}"));
        }
        scaling.close(&[], draft.account);
    } else {
        // Source: ECS API, `ManagedScaling`: off unless it is given.
        draft.set(&format!("{path}.managedScaling.status"), "DISABLED", fields.at().without_span());
    }
    for key in ["managedTerminationProtection", "managedDraining"] {
        draft.scalar(&mut fields, key, &format!("{path}.{key}"));
    }
    fields.close(&[], draft.account);
    option
}

/// The cluster's default strategy.
pub(super) fn default_strategy(draft: &mut Draft<'_>, index: &Index<'_>) {
    for cluster in index.all(Kind::Cluster) {
        let mut fields = Fields::of(&cluster.body, cluster.at, cluster.address.as_str());
        if let Some(node) = fields.take("defaultCapacityProviderStrategy") {
            if draft.len("capacityProviderStrategy") == 0 {
                strategy(draft, index, &fields, node, "");
            } else if node.as_list().is_some_and(|list| !list.is_empty()) {
                let message = "left out: another cluster's default strategy is taken already";
                draft.account.problem(node.at, &cluster.address, message);
            }
        }
        let neutral = [
            "capacityProviders",
            "settings",
            "setting",
            "configuration",
            "serviceConnectDefaults",
            "tags",
            "status",
            "registeredContainerInstancesCount",
            "runningTasksCount",
            "pendingTasksCount",
            "activeServicesCount",
            "statistics",
            "attachments",
            "attachmentsStatus",
            "id",
            "arn",
            "region",
        ];
        fields.close(&neutral, draft.account);
    }
}
