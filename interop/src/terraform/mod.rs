//! What Terraform's AWS provider calls things: one table of the arguments of each resource type, used
//! to read a configuration, a plan or a state, and to print one. No file is read here and none made.
//!
//! Source: the documentation of the provider `hashicorp/aws`, version 6, of each resource type.

mod ec2;
mod ecs;
mod launch_configuration;
mod scaling;
mod to_api;

use crate::account::Account;
use crate::node::Place;
use crate::resource::Kind;
use std::collections::BTreeMap;

pub(crate) use launch_configuration::into_groups;
pub(crate) use to_api::{Given, put, to_api};

/// A type of resources that decides capacity.
pub(crate) struct ResourceType {
    /// `aws_ecs_service`.
    pub(crate) name: &'static str,
    /// What it becomes; absent where it becomes part of another resource.
    pub(crate) kind: Option<Kind>,
    pub(crate) arguments: &'static [Argument],
}

/// An argument, or an attribute that only a state has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Argument {
    /// `deployment_maximum_percent`.
    pub(crate) name: &'static str,
    /// Where it is in the API's words: `deploymentConfiguration.maximumPercent`. Empty: the name in
    /// `camelCase`.
    api: &'static str,
    pub(crate) shape: Shape,
    /// `terraform validate` refuses a resource without it.
    pub(crate) required: bool,
}

/// How an argument is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// `name = value`.
    Value,
    /// A value that is JSON in a text.
    Json,
    /// A text in base64.
    Base64,
    /// A truth value that the API has as `ENABLED` and `DISABLED`.
    Switch,
    /// A map that the API has as a list of names and values.
    Pairs,
    /// `name { … }`, once.
    Block(&'static [Argument]),
    /// `name { … }`, as often as there are elements.
    Blocks(&'static [Argument]),
    /// A block or a value that eniac has no use for: read as it is, never printed.
    Any,
    /// What only exists once the resource does: in a state, never in a configuration.
    Computed,
    /// What says nothing of the resource itself: read for other ends, if at all.
    Aside,
}

impl Argument {
    const fn new(name: &'static str, api: &'static str, shape: Shape) -> Self {
        Self { name, api, shape, required: false }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The path in the body of a resource.
    pub(crate) fn path(&self) -> String {
        if self.api.is_empty() { camel_case(self.name) } else { self.api.to_owned() }
    }
}

const fn value(name: &'static str) -> Argument {
    Argument::new(name, "", Shape::Value)
}

const fn named(name: &'static str, api: &'static str) -> Argument {
    Argument::new(name, api, Shape::Value)
}

const fn block(name: &'static str, api: &'static str, within: &'static [Argument]) -> Argument {
    Argument::new(name, api, Shape::Block(within))
}

const fn blocks(name: &'static str, api: &'static str, within: &'static [Argument]) -> Argument {
    Argument::new(name, api, Shape::Blocks(within))
}

const fn any(name: &'static str) -> Argument {
    Argument::new(name, "", Shape::Any)
}

const fn unread(name: &'static str) -> Argument {
    Argument::new(name, "", Shape::Aside)
}

const fn computed(name: &'static str, api: &'static str) -> Argument {
    Argument::new(name, api, Shape::Computed)
}

/// All types that are read.
const TYPES: [&ResourceType; 15] = [
    &ecs::TASK_DEFINITION,
    &ecs::SERVICE,
    &ecs::CAPACITY_PROVIDER,
    &ecs::CLUSTER,
    &ecs::CLUSTER_CAPACITY_PROVIDERS,
    &ecs::ACCOUNT_SETTING_DEFAULT,
    &ecs::ACCOUNT_SETTING,
    &scaling::TARGET,
    &scaling::POLICY,
    &scaling::ALARM,
    &ec2::AUTO_SCALING_GROUP,
    &ec2::LAUNCH_TEMPLATE,
    &ec2::LAUNCH_CONFIGURATION,
    &ec2::TARGET_GROUP,
    &ec2::ALB_TARGET_GROUP,
];

/// The type of this name, where eniac reads it.
pub(crate) fn resource_type(name: &str) -> Option<&'static ResourceType> {
    TYPES.into_iter().find(|it| it.name == name)
}

/// Types that do decide capacity, and that a scenario has nothing for: why.
const UNPLANNED: [(&str, &str); 7] = [
    ("aws_autoscaling_policy", "it scales a group beside what ECS does"),
    ("aws_autoscaling_schedule", "it changes the sizes of a group at set times"),
    (
        "aws_appautoscaling_scheduled_action",
        "it changes the limits of a service's auto scaling at set times",
    ),
    ("aws_ecs_task_set", "it is a part of a service that an external controller deploys"),
    (
        "aws_instance",
        "an instance of its own, which the cluster may have: `describe-container-instances` tells those",
    ),
    ("aws_ec2_fleet", "a fleet of instances, which the cluster may have"),
    ("aws_spot_fleet_request", "a fleet of instances, which the cluster may have"),
];

/// Says how many resources of which types decide nothing here, once for a file; and those that do,
/// each with its reason.
pub(crate) fn tell_unused(whole: Place, unused: &BTreeMap<&str, usize>, account: &mut Account) {
    for (name, because) in UNPLANNED {
        if let Some(count) = unused.get(name) {
            let message =
                format!("left out: {name} ({count}): a scenario has nothing for it: {because}");
            account.left_out(whole, "", message);
        }
    }
    let is_planned = |(name, _): &(&&str, &usize)| UNPLANNED.iter().all(|(it, _)| it != *name);
    let rest: Vec<(&&str, &usize)> = unused.iter().filter(is_planned).collect();
    if rest.is_empty() {
        return;
    }
    let all: usize = rest.iter().map(|(_, count)| **count).sum();
    let plural = if all == 1 { "" } else { "s" };
    let types: Vec<String> = rest.iter().map(|(name, count)| format!("{name} ({count})")).collect();
    let types = types.join(", ");
    let message = format!("left out: {all} resource{plural} that decide no capacity: {types}");
    account.left_out(whole, "", message);
}

/// `deployment_maximum_percent` as `deploymentMaximumPercent`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut whole = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        whole.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        whole.push_str(letters.as_str());
    }
    whole
}

#[cfg(test)]
mod tests;
