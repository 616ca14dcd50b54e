//! What a deployment asks of a group: instances for the new revision beside the old one.

use super::super::hints::advice;
use super::super::words::{instances, minutes};
use super::{Group, while_deploying};
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scenario::DeploymentStrategy;

/// After a scale-out no scale-in happens for so many minutes. Source: ECS Developer Guide, managed
/// scaling behavior.
const KEPT_MINUTES: u32 = 15;

/// The peak of a deployment of all services, where it takes more instances.
pub(super) fn peak(group: &Group<'_, '_>) -> Option<Advice> {
    group.scaling()?;
    let through = group.through_provider();
    let rolling = through
        .iter()
        .any(|(.., it)| it.deployment_configuration.strategy == DeploymentStrategy::Rolling);
    let now = group.at_first()?;
    let at_peak = |kind: usize| {
        let (sized, service) = group.service(kind)?;
        let most = while_deploying(sized.count, service.deployment_configuration);
        Some(group.share(kind, most))
    };
    let needs = group.needed_for(&|kind| at_peak(kind).unwrap_or(0))?;
    let (tasks, more): (u64, u64) = through.iter().fold((0, 0), |(all, more), (kind, ..)| {
        let (count, most) = (group.count(*kind), at_peak(*kind).unwrap_or(0));
        (all + u64::from(most), more + u64::from(most.saturating_sub(count)))
    });
    let limit = group.settings.max_size.map_or(u32::MAX, crate::scenario::GroupSize::get);
    // What the group may not have is said with its maximum.
    if needs <= now || needs > limit || more == 0 {
        return None;
    }
    let launch = u64::from(group.base.reading.scenario.simulation.instance_launch_seconds.get());
    let kind = if rolling {
        " A rolling deployment is no blue/green one: it starts new tasks beside the old ones and \
         stops those as new ones become healthy, and there is no second environment to go back to."
    } else {
        ""
    };
    let text = format!(
        "While all services deploy, {tasks} tasks need {} instead of {now}: of {more} new \
         ones, those without room wait in PROVISIONING until instances have come, {} at least, and \
         the group keeps those {KEPT_MINUTES} minutes or longer.{kind}",
        instances(needs),
        minutes(launch),
    );
    Some(advice(Severity::Note, "deployment.peak", &group.field("managedScaling"), text))
}
