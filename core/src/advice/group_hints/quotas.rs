//! Quotas of ECS that a scenario runs into.
//!
//! Source: AWS General Reference, Amazon ECS endpoints and quotas. All can be raised but where it
//! is said.

use super::super::base::Base;
use super::super::hints::advice;
use super::super::words::{instances, minutes};
use super::Group;
use crate::diagnostic::Severity;
use crate::plan::Sized;
use crate::report::Advice;
use crate::scaling::quotas::{
    CONTAINER_INSTANCES, PROVISIONING_TASKS, STARTS_A_MINUTE, TASKS_OF_A_SERVICE,
};
use crate::scenario::quantity::with_thousands;
use crate::scenario::{Service, Status};

/// Capacity providers of a cluster.
const PROVIDERS: usize = 20;
/// Containers of a task definition.
const CONTAINERS: usize = 10;
/// Target groups of a service.
const TARGET_GROUPS: usize = 5;
/// What a service runs into.
pub(super) fn of_service(sized: &Sized, service: &Service) -> Vec<Advice> {
    let (name, path) = (&sized.name, sized.path());
    let mut hints = Vec::new();
    let scaled = service.auto_scaling.as_ref().map_or(0, |it| it.max_capacity.get());
    let most = sized.count.max(scaled);
    if most > TASKS_OF_A_SERVICE {
        let (field, what) = if sized.count > TASKS_OF_A_SERVICE {
            ("desiredCount", "desiredCount")
        } else {
            ("autoScaling.maxCapacity", "maxCapacity")
        };
        let text = format!(
            "{name}: {what} {} is above the quota of {} tasks a service (1,000 with Cloud Map): \
             have it raised, or split the service.",
            with_thousands(most.into()),
            with_thousands(TASKS_OF_A_SERVICE.into())
        );
        hints.push(advice(Severity::Warning, "quota.tasks", &format!("{path}.{field}"), text));
    }
    if sized.count > STARTS_A_MINUTE {
        let seconds = u64::from(sized.count) * 60 / u64::from(STARTS_A_MINUTE);
        let text = format!(
            "{name}: {} tasks take {} at least to start: ECS starts {STARTS_A_MINUTE} tasks of a \
             service a minute (125 in newer regions).",
            with_thousands(sized.count.into()),
            minutes(seconds)
        );
        hints.push(advice(
            Severity::Note,
            "quota.launchRate",
            &format!("{path}.desiredCount"),
            text,
        ));
    }
    let definition = &service.task_definition;
    for (field, what, count, quota) in [
        (
            "taskDefinition.containerDefinitions",
            "containers in the task definition",
            definition.container_definitions.len(),
            CONTAINERS,
        ),
        ("loadBalancers", "target groups", service.load_balancers.len(), TARGET_GROUPS),
    ] {
        if count > quota {
            let text = format!("{name}: {count} {what}, and ECS takes {quota} at most.");
            hints.push(advice(Severity::Error, "quota.service", &format!("{path}.{field}"), text));
        }
    }
    hints
}

/// What a group runs into.
pub(super) fn of_group(group: &Group<'_, '_>) -> Option<Advice> {
    let needed = group.clamped(group.with_spare(group.needed()?));
    (needed > CONTAINER_INSTANCES).then(|| {
        let text = format!(
            "{} are needed, and a cluster may have {}: have the quota raised, take larger types, \
             or use several clusters.",
            instances(needed),
            with_thousands(CONTAINER_INSTANCES.into())
        );
        advice(Severity::Warning, "quota.instances", &group.field("instanceTypes"), text)
    })
}

/// What the cluster runs into.
pub(super) fn of_cluster(base: &Base<'_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    let providers = base.reading.scenario.capacity_providers.len();
    if providers > PROVIDERS {
        let text = format!(
            "{providers} capacity providers, and a cluster takes {PROVIDERS} at most: put the \
             others in another cluster."
        );
        hints.push(advice(Severity::Error, "quota.providers", "capacityProviders", text));
    }
    let groups = Group::all(base);
    let scaled = groups.iter().filter(|it| it.settings.managed_scaling.status == Status::Enabled);
    let bursts: Vec<_> = scaled.filter_map(Group::burst).collect();
    let sum = |of: fn(&super::group::Burst) -> u64| bursts.iter().map(of).sum::<u64>();
    let waiting = sum(|it| it.waiting);
    if waiting > u64::from(PROVISIONING_TASKS) {
        let text = format!(
            "Going from {} to {} tasks leaves {} without room, and a cluster lets {PROVISIONING_TASKS} \
             tasks wait in PROVISIONING; that cannot be raised. The others fail to start and are \
             tried again: scale in steps, keep instances to spare, or use several clusters.",
            with_thousands(sum(|it| it.before)),
            with_thousands(sum(|it| it.after)),
            with_thousands(waiting)
        );
        hints.push(advice(Severity::Warning, "quota.provisioning", "services", text));
    }
    hints
}
