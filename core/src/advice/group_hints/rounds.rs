//! How fast a group grows: how many scale-outs a burst takes, and how long each waits for the
//! warm-up of the one before.
//!
//! A scale-out adds what the task group that needs most needs, not the sum; from no instance it
//! adds two; step sizes clamp it; and the next waits until the instances have warmed up. Source:
//! ECS Developer Guide, managed scaling behavior.

use super::super::hints::advice;
use super::super::words::{instances, minutes};
use super::group::Burst;
use super::{Group, copies};
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scaling::{ScalingSettings, reservation};
use crate::scenario::{ManagedScaling, ScalingPolicy, StepSize};
use serde_json::json;

/// `instanceWarmupPeriod` that is proposed, in seconds: AWS advises more than 60.
const PROPOSED_WARMUP: u64 = 90;

/// A warm-up that is no reason for a word, in seconds.
const SHORT_WARMUP: u64 = 120;

/// The default of `instanceWarmupPeriod`, in seconds.
const USUAL_WARMUP: u64 = 300;

pub(super) fn rounds(group: &Group<'_, '_>) -> Vec<Advice> {
    let Some(scaling) = group.scaling() else { return Vec::new() };
    if let Some(crossed) = crossed(group, scaling) {
        return vec![crossed];
    }
    let Some(burst) = group.burst().filter(|_| !group.through_provider().is_empty()) else {
        return Vec::new();
    };
    let settings = ScalingSettings {
        target: u32::from(scaling.target_capacity.get()),
        minimum_step: u32::from(scaling.minimum_scaling_step_size.get()),
        maximum_step: u32::from(scaling.maximum_scaling_step_size.get()),
    };
    let steps = steps_of(group, &burst, settings);
    let free = ScalingSettings { maximum_step: u32::from(StepSize::MAX), ..settings };
    let launched = u64::from(copies(&burst.launched));
    let mut hints = Vec::new();
    if steps.len() > 1 && steps_of(group, &burst, free).len() < steps.len() {
        hints.push(step_limit(group, scaling, &burst, steps.len(), launched));
    } else if steps.len() > 1 {
        hints.push(several_rounds(group, scaling, &burst, &steps, launched));
    }
    if hints.iter().all(|it| it.changes.iter().all(|it| !it.path.ends_with("Period"))) {
        hints.extend(long_warm_up(group, scaling));
    }
    hints
}

/// How many instances each scale-out adds until nothing waits.
fn steps_of(group: &Group<'_, '_>, burst: &Burst, settings: ScalingSettings) -> Vec<u32> {
    let limit = group.settings.max_size.map_or(u32::MAX, crate::scenario::GroupSize::get);
    let mut patterns = burst.launched.clone();
    let mut waiting = vec![0_u64; group.base.ground.kinds.len()];
    for pattern in &patterns {
        for (kind, tasks) in &pattern.tasks {
            waiting[*kind] += u64::from(*tasks) * u64::from(pattern.copies);
        }
    }
    let mut now = burst.instances;
    let mut steps = Vec::new();
    // As many as a cluster may have instances, at least one each.
    for _ in 0..5000 {
        let groups = waiting.iter().enumerate().filter(|(_, tasks)| **tasks > 0);
        let groups: Vec<Option<u32>> = groups
            .map(|(kind, tasks)| {
                u32::try_from(tasks.div_ceil(u64::from(group.slots(kind).max(1)))).ok()
            })
            .collect();
        if groups.is_empty() || now >= limit {
            break;
        }
        let metric = reservation(now, now, &groups, settings);
        let adds = metric.desired(settings.target, now).min(limit).saturating_sub(now);
        if adds == 0 {
            break;
        }
        now = now.saturating_add(adds);
        steps.push(adds);
        fill(&mut patterns, &mut waiting, adds);
    }
    steps
}

/// The tasks of so many instances wait no more.
fn fill(patterns: &mut [crate::packing::Pattern], waiting: &mut [u64], mut instances: u32) {
    for pattern in patterns {
        let filled = pattern.copies.min(instances);
        instances -= filled;
        pattern.copies -= filled;
        for (kind, tasks) in &pattern.tasks {
            let placed = u64::from(*tasks) * u64::from(filled);
            waiting[*kind] = waiting[*kind].saturating_sub(placed);
        }
    }
}

/// Seconds that so many rounds take: each but the last waits for the warm-up.
fn seconds(group: &Group<'_, '_>, rounds: usize, warm_up: u64) -> u64 {
    let launch = u64::from(group.base.reading.scenario.simulation.instance_launch_seconds.get());
    let rounds = u64::try_from(rounds).unwrap_or(u64::MAX);
    rounds.saturating_mul(launch + warm_up).saturating_sub(warm_up)
}

fn step_limit(
    group: &Group<'_, '_>,
    scaling: ManagedScaling,
    burst: &Burst,
    rounds: usize,
    launched: u64,
) -> Advice {
    let warm_up = u64::from(scaling.instance_warmup_period.get());
    let most = scaling.maximum_scaling_step_size.get();
    let mends = launched.clamp(1, u64::from(StepSize::MAX));
    let text = format!(
        "maximumScalingStepSize {most}: going from {} to {} tasks takes {} more, {rounds} \
         scale-outs of which each but the last waits for the warm-up: {}. With {mends} one \
         scale-out does it: {}.",
        burst.before,
        burst.after,
        instances(u32::try_from(launched).unwrap_or(u32::MAX)),
        minutes(seconds(group, rounds, warm_up)),
        minutes(seconds(group, 1, warm_up)),
    );
    let path = group.field("managedScaling.maximumScalingStepSize");
    let mut hint = advice(Severity::Warning, "scaling.stepLimit", &path, text);
    hint.changes = vec![group.base.change(&path, Some(json!(mends)))];
    hint
}

fn several_rounds(
    group: &Group<'_, '_>,
    scaling: ManagedScaling,
    burst: &Burst,
    steps: &[u32],
    launched: u64,
) -> Advice {
    let warm_up = u64::from(scaling.instance_warmup_period.get());
    let why = if burst.instances == 0 {
        "from no instance a group goes to two first".to_owned()
    } else {
        "a scale-out counts the task group that needs most, not the sum".to_owned()
    };
    let told: Vec<String> = steps.iter().take(6).map(u32::to_string).collect();
    let takes = seconds(group, steps.len(), warm_up);
    let long = warm_up > SHORT_WARMUP;
    let launch = group.base.reading.scenario.simulation.instance_launch_seconds.get();
    let (changes, mend) = if long {
        let then = minutes(seconds(group, steps.len(), PROPOSED_WARMUP));
        let field = ("managedScaling.instanceWarmupPeriod", json!(PROPOSED_WARMUP));
        (vec![field], format!("With instanceWarmupPeriod {PROPOSED_WARMUP}: {then}"))
    } else if burst.instances == 0 {
        let least = group.clamped(group.needed().unwrap_or(1).max(2));
        let text = format!("With minSize {least} it never begins with nothing");
        (vec![("minSize", json!(least)), ("desiredCapacity", json!(least))], text)
    } else {
        let step = launched.clamp(1, u64::from(scaling.maximum_scaling_step_size.get()));
        let then = minutes(seconds(group, 1, warm_up));
        let text = format!("With minimumScalingStepSize {step} one scale-out does it, {then}");
        (vec![("managedScaling.minimumScalingStepSize", json!(step))], text)
    };
    let text = format!(
        "Going from {} to {} tasks takes {} scale-outs (+{}): {why}. Each takes {launch} s until \
         the instances come, and the next waits another {warm_up} s for their warm-up: {} until \
         the last tasks find a place. {mend}.",
        burst.before,
        burst.after,
        steps.len(),
        told.join(", +"),
        minutes(takes),
    );
    let severity = if steps.len() > 2 { Severity::Warning } else { Severity::Note };
    let path = group.field(changes.first().map_or("managedScaling", |(field, _)| *field));
    let mut hint = advice(severity, "scaling.rounds", &path, text);
    let changes = changes.into_iter();
    hint.changes =
        changes.map(|(field, after)| group.base.change(&group.field(field), Some(after))).collect();
    hint
}

/// A warm-up longer than usual, beside services that scale quickly.
fn long_warm_up(group: &Group<'_, '_>, scaling: ManagedScaling) -> Option<Advice> {
    let warm_up = u64::from(scaling.instance_warmup_period.get());
    if warm_up <= USUAL_WARMUP {
        return None;
    }
    let launch = u64::from(group.base.reading.scenario.simulation.instance_launch_seconds.get());
    let through = group.through_provider();
    let cooldowns = through.iter().filter_map(|(_, sized, service)| {
        let policies = service.auto_scaling.iter().flat_map(|it| &it.scaling_policies);
        let cooldown = policies.map(|policy| match policy {
            ScalingPolicy::TargetTracking(it) => u64::from(it.scale_out_cooldown.get()),
            ScalingPolicy::StepScaling(it) => u64::from(it.cooldown.get()),
        });
        Some((cooldown.min()?, sized.name.as_str()))
    });
    let quickest = cooldowns.min();
    let beside = quickest.map_or_else(String::new, |(cooldown, name)| {
        let often = (launch + warm_up) / cooldown.max(60);
        format!(
            " {name} can add tasks each {cooldown} s, up to {often} times between two scale-outs \
             of the group."
        )
    });
    let text = format!(
        "instanceWarmupPeriod {warm_up}: after a scale-out the next waits {launch} s for the \
         instances and {warm_up} s for their warm-up, {}.{beside} It is for instances to become \
         ready, not for applications to start: {PROPOSED_WARMUP} will do, {}.",
        minutes(launch + warm_up),
        minutes(launch + PROPOSED_WARMUP)
    );
    let path = group.field("managedScaling.instanceWarmupPeriod");
    let mut hint = advice(Severity::Warning, "scaling.warmUp", &path, text);
    hint.changes = vec![group.base.change(&path, Some(json!(PROPOSED_WARMUP)))];
    Some(hint)
}

/// Limits that the API refuses.
fn crossed(group: &Group<'_, '_>, scaling: ManagedScaling) -> Option<Advice> {
    let (least, most) =
        (scaling.minimum_scaling_step_size.get(), scaling.maximum_scaling_step_size.get());
    (least > most).then(|| {
        let text = format!(
            "minimumScalingStepSize {least} is above maximumScalingStepSize {most}: the API \
             refuses the provider. Set the minimum to {most} at most, or the maximum to {least}."
        );
        let path = group.field("managedScaling.minimumScalingStepSize");
        let mut hint = advice(Severity::Error, "scaling.stepsCrossed", &path, text);
        hint.changes = vec![group.base.change(&path, Some(json!(most)))];
        hint
    })
}
