//! Services with a launch type: they go past the capacity providers, and nothing scales out for
//! them.

use super::super::base::Base;
use super::super::hints::advice;
use super::super::words::{instances, tasks};
use super::Group;
use super::group::in_a_burst;
use crate::diagnostic::Severity;
use crate::plan::Sized;
use crate::report::Advice;
use crate::scenario::{LaunchType, Service};

/// `launchType: EC2` where a provider scales the group.
pub(super) fn past_the_provider(group: &Group<'_, '_>) -> Vec<Advice> {
    let Some(now) = group.at_first().filter(|_| group.scaling().is_some()) else {
        return Vec::new();
    };
    let mut hints = Vec::new();
    for kind in &group.kinds {
        let Some((sized, service)) = group.service(*kind) else { continue };
        if service.launch_type != Some(LaunchType::Ec2) || has_strategy(service) {
            continue;
        }
        let slots = u64::from(group.slots(*kind)) * u64::from(now);
        let peak = group.share(*kind, in_a_burst(sized.count, service));
        let over = u64::from(peak).saturating_sub(slots);
        let figure = if over > 0 {
            format!(
                " {} hold {slots} of its tasks: of {peak}, which a deployment or more load can \
                 ask for, {over} find no place.",
                instances(now)
            )
        } else {
            String::new()
        };
        let text = format!(
            "{}: launchType EC2 goes past the capacity provider. Its {} count for no scale-out: \
             what finds no room fails, and does not wait in PROVISIONING for new \
             instances.{figure} Leave launchType out, so that the provider's strategy holds.",
            sized.name,
            tasks(sized.count)
        );
        let path = format!("{}.launchType", sized.path());
        let mut hint = advice(Severity::Warning, "service.launchType", &path, text);
        hint.changes = vec![group.base.change(&path, None)];
        hints.push(hint);
    }
    hints
}

fn has_strategy(service: &Service) -> bool {
    !service.capacity_provider_strategy.is_empty()
}

/// Both at once.
pub(super) fn with_strategy(base: &Base<'_>, sized: &Sized, service: &Service) -> Option<Advice> {
    (service.launch_type.is_some() && has_strategy(service)).then(|| {
        let text = format!(
            "{}: launchType and capacityProviderStrategy exclude each other: the API refuses the \
             service. Leave launchType out.",
            sized.name
        );
        let path = format!("{}.launchType", sized.path());
        let mut hint = advice(Severity::Error, "service.launchTypeAndStrategy", &path, text);
        hint.changes = vec![base.change(&path, None)];
        hint
    })
}
