//! Service auto scaling that cannot do what it is meant to: bounds that contradict each other,
//! targets that are never exceeded, and how far one scale-out goes.
//!
//! Source: Application Auto Scaling User Guide, target tracking; ECS Developer Guide, service auto
//! scaling and task CPU limits.

use super::super::base::Base;
use super::super::hints::advice;
use super::super::words::{minutes, thousandths};
use crate::diagnostic::Severity;
use crate::plan::Sized;
use crate::report::{Advice, Change};
use crate::scenario::{
    OperatingSystemFamily, ScalingPolicy, Service, ServiceAutoScaling, ServiceMetric,
    TargetTracking,
};
use serde_json::{Value, json};

/// All that a task reserves, in thousandths of a percent.
const FULL: u64 = 100_000;

/// A target that is proposed, in percent.
const PROPOSED_TARGET: u64 = 70;

/// So many scale-outs to the maximum are worth a word.
const MANY_ROUNDS: u32 = 5;

/// So many are few.
const FEW_ROUNDS: u32 = 3;

/// Until the scale-out alarm goes on: three minutes over the target.
const ALARM_SECONDS: u64 = 180;

pub(super) fn service_scaling(base: &Base<'_>, sized: &Sized, service: &Service) -> Vec<Advice> {
    let Some(scaling) = &service.auto_scaling else { return Vec::new() };
    let at = format!("{}.autoScaling", sized.path());
    let change = |path: &str, after: Value| vec![base.change(path, Some(after))];
    let mut hints = Vec::new();
    hints.extend(bounds(sized, scaling, &at, &change));
    for (place, policy) in scaling.scaling_policies.iter().enumerate() {
        let ScalingPolicy::TargetTracking(policy) = policy else { continue };
        let at = format!("{at}.scalingPolicies[{place}].targetTracking");
        let never = never_exceeded(sized, service, policy, &at, &change);
        if never.is_none() {
            hints.extend(many_rounds(sized, service, scaling, policy, &at, &change));
        }
        hints.extend(never);
        hints.extend(quick_scale_in(sized, policy, &at, &change));
    }
    hints
}

type MakesChange<'a> = &'a dyn Fn(&str, Value) -> Vec<Change>;

/// Bounds that contradict each other, or the desired count.
fn bounds(
    sized: &Sized,
    scaling: &ServiceAutoScaling,
    at: &str,
    change: MakesChange<'_>,
) -> Option<Advice> {
    let (min, max) = (scaling.min_capacity.get(), scaling.max_capacity.get());
    if min > max {
        let path = format!("{at}.maxCapacity");
        let text = format!(
            "{}: minCapacity {min} is above maxCapacity {max}: the API refuses the target. Set \
             maxCapacity to {min} at least.",
            sized.name
        );
        let mut hint = advice(Severity::Error, "autoScaling.bounds", &path, text);
        hint.changes = change(&path, json!(min));
        return Some(hint);
    }
    let within = sized.count.clamp(min, max);
    (within != sized.count).then(|| {
        let path = format!("{}.desiredCount", sized.path());
        let text = format!(
            "{}: desiredCount {} is outside of auto scaling's bounds, {min} to {max}: the next \
             scaling brings it to {within}.",
            sized.name, sized.count
        );
        let mut hint = advice(Severity::Warning, "autoScaling.desiredOutside", &path, text);
        hint.changes = change(&path, json!(within));
        hint
    })
}

/// Whether the metric cannot go beyond 100 %.
fn is_capped(service: &Service, metric: ServiceMetric) -> bool {
    let definition = &service.task_definition;
    let windows =
        definition.runtime_platform.operating_system_family == Some(OperatingSystemFamily::Windows);
    match metric {
        ServiceMetric::Cpu => definition.cpu.is_some() && !windows,
        ServiceMetric::Memory => definition.memory.is_some() && !windows,
        ServiceMetric::RequestCount => false,
    }
}

/// A target that the metric never exceeds.
fn never_exceeded(
    sized: &Sized,
    service: &Service,
    policy: &TargetTracking,
    at: &str,
    change: MakesChange<'_>,
) -> Option<Advice> {
    let path = format!("{at}.targetValue");
    let target = policy.target_value.thousandths();
    let metric = policy.predefined_metric_type;
    let served = service.load.as_ref().map(|it| it.requests_per_minute_per_task.get());
    let (text, mends) = match metric {
        ServiceMetric::RequestCount => {
            let served = served.filter(|served| target >= u64::from(*served) * 1000)?;
            let mends = u64::from(served) * PROPOSED_TARGET / 100;
            let text = format!(
                "{}: a task serves {served} requests a minute, and the target is {}: tasks are \
                 overloaded before it is exceeded. {mends} leaves room.",
                sized.name,
                thousandths(target)
            );
            (text, mends)
        }
        ServiceMetric::Cpu | ServiceMetric::Memory => {
            if target < FULL || !is_capped(service, metric) {
                return None;
            }
            let what = if metric == ServiceMetric::Cpu {
                "CPU cannot exceed 100 %, since cpu of the task is a hard limit"
            } else {
                "memory cannot exceed 100 %, since containers above it are killed"
            };
            let text = format!(
                "{}: {what}, so that a target of {} % never scales out. {PROPOSED_TARGET} does.",
                sized.name,
                thousandths(target)
            );
            (text, PROPOSED_TARGET)
        }
    };
    let mut hint = advice(Severity::Warning, "autoScaling.neverExceeded", &path, text);
    hint.changes = change(&path, json!(mends));
    Some(hint)
}

/// How many scale-outs lead from one number of tasks to another, each by 100 % over the target.
fn rounds(from: u32, to: u32, target: u64) -> u32 {
    let (mut now, mut rounds) = (u64::from(from.max(1)), 0);
    while now < u64::from(to) && rounds < 1000 {
        let next = (now * FULL).div_ceil(target.max(1));
        if next <= now {
            return u32::MAX;
        }
        now = next;
        rounds += 1;
    }
    rounds
}

/// A metric that ends at 100 % limits what one scale-out adds.
fn many_rounds(
    sized: &Sized,
    service: &Service,
    scaling: &ServiceAutoScaling,
    policy: &TargetTracking,
    at: &str,
    change: MakesChange<'_>,
) -> Option<Advice> {
    let target = policy.target_value.thousandths();
    if !is_capped(service, policy.predefined_metric_type) || target == 0 || target >= FULL {
        return None;
    }
    let (from, to) = (sized.count.max(scaling.min_capacity.get()), scaling.max_capacity.get());
    let needs = rounds(from, to, target);
    if needs < MANY_ROUNDS {
        return None;
    }
    let cooldown = u64::from(policy.scale_out_cooldown.get());
    let takes = |rounds: u32| {
        minutes(ALARM_SECONDS + u64::from(rounds.saturating_sub(1)) * cooldown.max(60))
    };
    // The highest multiple of five that needs few.
    let lower = (1..=target / 5_000)
        .rev()
        .map(|fives| fives * 5)
        .find(|lower| rounds(from, to, lower * 1000) <= FEW_ROUNDS)?;
    let then = rounds(from, to, lower * 1000);
    let text = format!(
        "{}: at most 100 % is seen, so at a target of {} % one scale-out makes {} tasks of 100 at \
         most, and {from} become {to} in {needs} rounds, {} with scaleOutCooldown {cooldown}. A \
         target of {lower} % takes {then}, {}.",
        sized.name,
        thousandths(target),
        (FULL * 100).div_ceil(target),
        takes(needs),
        takes(then),
    );
    let path = format!("{at}.targetValue");
    let mut hint = advice(Severity::Note, "autoScaling.ratio", &path, text);
    hint.changes = change(&path, json!(lower));
    Some(hint)
}

/// A scale-in that comes sooner than a scale-out.
fn quick_scale_in(
    sized: &Sized,
    policy: &TargetTracking,
    at: &str,
    change: MakesChange<'_>,
) -> Option<Advice> {
    let (inwards, out) = (policy.scale_in_cooldown.get(), policy.scale_out_cooldown.get());
    (inwards < out && !policy.disable_scale_in).then(|| {
        let path = format!("{at}.scaleInCooldown");
        let mends = out.max(300);
        let text = format!(
            "{}: scaleInCooldown {inwards} is shorter than scaleOutCooldown {out}: tasks go \
             sooner than they come, and instances, which scale in after 15 minutes, follow \
             neither. {mends} is safer.",
            sized.name
        );
        let mut hint = advice(Severity::Note, "autoScaling.quickScaleIn", &path, text);
        hint.changes = change(&path, json!(mends));
        hint
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capped_metric_takes_rounds() {
        // 4, 6, 8, 11, 15, 20.
        assert_eq!(rounds(4, 20, 75_000), 5);
        assert_eq!(rounds(4, 20, 50_000), 3);
        assert_eq!(rounds(4, 4, 75_000), 0);
        assert_eq!(rounds(1, 100_000, 99_999), 1000);
    }
}
