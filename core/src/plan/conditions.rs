//! What a service's `memberOf` expressions ask of instances: read once, asked of every type in
//! every zone.
//!
//! Sources: ECS API, `PlacementConstraint` and `TaskDefinitionPlacementConstraint` (`memberOf`
//! only); ECS Developer Guide, task placement: at most ten constraints a task, which hold
//! together, and on Managed Instances `memberOf` on four attributes only.

use super::attributes::ZONE_ATTRIBUTE;
use super::place::Place;
use crate::diagnostic::Diagnostic;
use crate::placement::query::{BUILT_IN, Expression, InstanceFacts};
use crate::scenario::{
    AutoScalingGroup, Capacity, ContainerInstance, OperatingSystemFamily, PlacementConstraint,
    PlacementConstraintType, Service, TaskDefinition,
};
use crate::task::Host;
use std::collections::{BTreeMap, BTreeSet};

/// ECS takes no more constraints for a task.
const MOST_CONSTRAINTS: usize = 10;

/// What expressions can ask for on Managed Instances.
const ON_MANAGED: [&str; 4] =
    ["ecs.subnet-id", ZONE_ATTRIBUTE, "ecs.instance-type", "ecs.cpu-architecture"];

/// What a plan knows of an instance. Of Windows it does not know the release.
const KNOWN: [&str; 6] = [
    "ecs.instance-type",
    "ecs.cpu-architecture",
    ZONE_ATTRIBUTE,
    "ecs.os-type",
    "ecs.os-family",
    "ecs.awsvpc-trunk-id",
];

/// Expressions that must all hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Condition {
    expressions: Vec<Asked>,
}

#[derive(Debug, Clone, PartialEq)]
struct Asked {
    expression: Expression,
    /// Whether it calls zones by their ids.
    by_zone_id: bool,
}

/// An instance's attributes: its zone by name, and by id.
pub(super) struct Attributes {
    pub(super) by_name: BTreeMap<String, String>,
    pub(super) by_id: BTreeMap<String, String>,
}

impl Condition {
    pub(super) fn is_empty(&self) -> bool {
        self.expressions.is_empty()
    }

    /// Whether its answer may differ between zones.
    pub(crate) fn names_zone(&self) -> bool {
        self.expressions.iter().any(|it| it.expression.attribute_names().contains(ZONE_ATTRIBUTE))
    }

    /// Both conditions together.
    pub(super) fn and(&self, other: Self) -> Self {
        Self { expressions: self.expressions.iter().cloned().chain(other.expressions).collect() }
    }

    pub(super) fn holds(&self, given: &Attributes) -> bool {
        let task_groups = BTreeSet::new();
        self.expressions.iter().all(|it| {
            it.expression.matches(&InstanceFacts {
                attributes: if it.by_zone_id { &given.by_id } else { &given.by_name },
                agent_connected: true,
                agent_version: "",
                ec2_instance_id: "",
                registered_at: "",
                running_tasks_count: 0,
                task_groups: &task_groups,
            })
        })
    }
}

/// Where expressions are read.
pub(super) struct Reader<'a> {
    host: Host,
    place: &'a Place,
    /// The attributes that groups give their instances.
    own: BTreeSet<&'a str>,
    /// Those that only instances have that are in the cluster already.
    standing: BTreeSet<&'a str>,
}

/// What was found in a list of constraints.
#[derive(Default)]
pub(super) struct Found {
    pub(super) condition: Condition,
    /// What ECS would refuse.
    pub(super) wrong: Vec<Diagnostic>,
    /// What is planned without.
    pub(super) remarks: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        host: Host,
        place: &'a Place,
        capacities: impl Iterator<Item = &'a Capacity>,
        instances: &'a [ContainerInstance],
    ) -> Self {
        let groups = capacities.filter_map(|it| match it {
            Capacity::AutoScalingGroup(AutoScalingGroup { attributes, .. }) => Some(attributes),
            Capacity::ManagedInstances(_) => None,
        });
        let own: BTreeSet<&str> = groups.flat_map(|it| it.keys().map(String::as_str)).collect();
        let standing = instances.iter().flat_map(|it| it.attributes.keys().map(String::as_str));
        let standing = standing.filter(|name| !own.contains(name)).collect();
        Self { host, place, own, standing }
    }

    /// The constraints of a service, which stands at `path`, and of its task definition.
    pub(super) fn service(&self, service: &Service, path: &str) -> Found {
        let mut found = self.of_service(service, path);
        let definition = &service.task_definition;
        let all = service.placement_constraints.len() + definition.placement_constraints.len();
        if all > MOST_CONSTRAINTS {
            let message = format!(
                "{all} constraints stand here and in the task definition: ECS takes at most \
                 {MOST_CONSTRAINTS} for a task; this service is left out until it is mended"
            );
            let path = format!("{path}.placementConstraints");
            found.wrong.push(Diagnostic::error("service.tooManyConstraints", path, message));
        }
        let own = self.definition(definition, &format!("{path}.taskDefinition"));
        found.condition = found.condition.and(own.condition);
        found.wrong.extend(own.wrong);
        found.remarks.extend(own.remarks);
        found
    }

    /// The constraints of the service alone, which hold whatever revision runs.
    pub(super) fn of_service(&self, service: &Service, path: &str) -> Found {
        let windows = is_windows(&service.task_definition);
        let mut found = Found::default();
        let constraints = service.placement_constraints.iter().enumerate();
        for (place, constraint) in constraints.take(MOST_CONSTRAINTS) {
            let path = format!("{path}.placementConstraints[{place}]");
            self.constraint(constraint, windows, &path, &mut found);
        }
        found
    }

    /// The constraints of a task definition, which stands at `path`.
    pub(super) fn definition(&self, definition: &TaskDefinition, path: &str) -> Found {
        let windows = is_windows(definition);
        let mut found = Found::default();
        let constraints = definition.placement_constraints.iter().enumerate();
        for (place, constraint) in constraints.take(MOST_CONSTRAINTS) {
            let path = format!("{path}.placementConstraints[{place}]");
            if constraint.kind == PlacementConstraintType::DistinctInstance {
                let message = "a task definition takes memberOf constraints only: set \
                               distinctInstance on the service";
                let path = format!("{path}.type");
                found.wrong.push(Diagnostic::error("task.distinctInstance", path, message));
            } else {
                self.constraint(constraint, windows, &path, &mut found);
            }
        }
        found
    }

    fn constraint(
        &self,
        constraint: &PlacementConstraint,
        windows: bool,
        path: &str,
        found: &mut Found,
    ) {
        if constraint.kind == PlacementConstraintType::DistinctInstance {
            return;
        }
        let path = format!("{path}.expression");
        let Some(text) = constraint.expression.as_deref().filter(|it| !it.trim().is_empty()) else {
            let message = "a memberOf constraint needs an expression, such as \
                           attribute:ecs.instance-type =~ m5.*; this service is left out until it is mended";
            found.wrong.push(Diagnostic::error("service.noExpression", path, message));
            return;
        };
        let expression = match Expression::parse(text) {
            Ok(expression) => expression,
            Err(error) => {
                let message = format!("{error} This service is left out until it is mended");
                found.wrong.push(
                    Diagnostic::error("service.expressionUnreadable", path, message)
                        .with_value(shown(text)),
                );
                return;
            }
        };
        let names = expression.attribute_names();
        if self.host == Host::ManagedInstances {
            let other = names.iter().find(|name| !ON_MANAGED.contains(*name));
            if !expression.is_static() || other.is_some() {
                let asked =
                    other.map_or("more than attributes".to_owned(), |it| format!("for {it}"));
                let message = format!(
                    "{asked} is asked here: on Managed Instances expressions may only ask for \
                     {}; this service is left out until it is mended",
                    ON_MANAGED.join(", ")
                );
                let wrong = Diagnostic::error("service.memberOfOnManaged", path, message);
                found.wrong.push(wrong.with_value(shown(text)));
                return;
            }
        }
        if !expression.is_static() {
            let message = "a plan does not know what this asks for, as it changes while tasks \
                           come and go: the service is planned without it; placing its tasks on \
                           instances and simulating them follow it";
            found.remarks.push(Diagnostic::note("service.memberOfNotStatic", path, message));
            return;
        }
        if let Some(standing) = names.iter().find(|name| self.standing.contains(*name)) {
            let message = format!(
                "some instances in the cluster have the attribute {standing}, and new ones of the \
                 group do not: the service is planned without this expression; placing its tasks \
                 on instances follows it"
            );
            found.remarks.push(Diagnostic::note("service.memberOfStanding", path, message));
            return;
        }
        if let Some(unknown) = names.iter().find(|name| !self.knows(name, windows)) {
            let message = format!(
                "a plan does not know the {unknown} of an instance: the service is planned \
                 without this expression"
            );
            let remark = Diagnostic::warning("service.memberOfUnknown", path, message);
            found.remarks.push(remark.with_value(shown(text)));
            return;
        }
        // Ids such as use1-az1 are no part of any zone's name.
        let ids = self.place.region.zones.iter();
        let by_zone_id = ids.chain(&self.place.zone_names).any(|id| text.contains(id.as_str()));
        found.condition.expressions.push(Asked { expression, by_zone_id });
    }

    /// Whether a plan knows what an instance's attribute is, or that it has none.
    fn knows(&self, name: &str, windows: bool) -> bool {
        if windows && name == "ecs.os-family" {
            return false;
        }
        let ecs_own = BUILT_IN.contains(&name)
            || name.starts_with("ecs.capability.")
            || name.starts_with("com.amazonaws.ecs.capability.");
        KNOWN.contains(&name) || self.own.contains(name) || !ecs_own
    }
}

fn is_windows(definition: &TaskDefinition) -> bool {
    let family = definition.runtime_platform.operating_system_family;
    family == Some(OperatingSystemFamily::Windows)
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
