//! A group that may not become as large as its tasks need: now, while services deploy, or when
//! they have scaled out.

use super::super::hints::advice;
use super::super::words::instances;
use super::{Group, while_deploying};
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scenario::GroupSize;
use serde_json::json;

pub(super) fn maximum(group: &Group<'_, '_>) -> Option<Advice> {
    let most = group.settings.max_size?.get();
    if group.settings.min_size.get() > most {
        // Said with the other sizes that contradict each other.
        return None;
    }
    let of_service = |kind: usize, tasks: &dyn Fn(u32, &crate::scenario::Service) -> u32| {
        let found = group.service(kind);
        found.map_or(0, |(sized, service)| group.share(kind, tasks(sized.count, service)))
    };
    let now = group.needed()?;
    let peak = group.needed_for(&|kind| {
        of_service(kind, &|count, it| while_deploying(count, it.deployment_configuration))
    })?;
    let scaled = group.needed_for(&|kind| {
        of_service(kind, &|count, it| {
            it.auto_scaling.as_ref().map_or(count, |it| count.max(it.max_capacity.get()))
        })
    })?;
    let (severity, what, needs, follows) = if now > most {
        (Severity::Warning, "the tasks need", now, "some never run")
    } else if peak > most {
        (
            Severity::Warning,
            "while all services deploy, old and new tasks need",
            peak,
            "new ones wait until old ones stop, and a deployment that must keep all of them \
             healthy hangs",
        )
    } else if scaled > most {
        let follows = "beyond that tasks stay PROVISIONING";
        (
            Severity::Warning,
            "services that have scaled out to their maxCapacity need",
            scaled,
            follows,
        )
    } else {
        return None;
    };
    let mends = group.with_spare(peak.max(scaled).max(now)).min(GroupSize::MAX);
    let text = format!(
        "maxSize {most} is too small: {what} {}, so {follows}. maxSize {mends} is enough for \
         both, deployments and scaling.",
        instances(needs)
    );
    let path = group.field("maxSize");
    let mut hint = advice(severity, "group.maximumTooSmall", &path, text);
    hint.changes = vec![group.base.change(&path, Some(json!(mends)))];
    Some(hint)
}
