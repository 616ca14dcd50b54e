//! Settings of a group that contradict each other, do nothing, or cannot be checked.

use super::super::hints::advice;
use super::Group;
use crate::diagnostic::Severity;
use crate::report::Advice;
use crate::scenario::{CpuArchitecture, MemoryModel, OperatingSystemFamily};
use serde_json::json;

/// Images that tutorials name, and that are none for ECS.
const NOT_FOR_ECS: [&str; 1] = ["ami-0c55b159cbfafe1f0"];

pub(super) fn settings(group: &Group<'_, '_>) -> Vec<Advice> {
    let mut hints = Vec::new();
    hints.extend(sizes(group));
    hints.extend(protection(group));
    hints.extend(cooldown(group));
    hints.extend(image(group));
    hints
}

/// Sizes that contradict each other.
fn sizes(group: &Group<'_, '_>) -> Option<Advice> {
    let it = group.settings;
    let min = it.min_size.get();
    let max = it.max_size.map(crate::scenario::GroupSize::get);
    if let Some(max) = max.filter(|max| min > *max) {
        let path = group.field("maxSize");
        let text = format!(
            "minSize {min} is above maxSize {max}: the API refuses the group. Set maxSize to \
             {min} at least."
        );
        let mut hint = advice(Severity::Error, "group.sizes", &path, text);
        hint.changes = vec![group.base.change(&path, Some(json!(min)))];
        return Some(hint);
    }
    let desired = it.desired_capacity?.get();
    let within = desired.max(min).min(max.unwrap_or(u32::MAX));
    (desired != within).then(|| {
        let path = group.field("desiredCapacity");
        let up_to = max.map_or_else(String::new, |max| format!(" to {max}"));
        let text = format!(
            "desiredCapacity {desired} is outside of the group's sizes, {min}{up_to}: the API \
             refuses the group. {within} is the nearest."
        );
        let mut hint = advice(Severity::Error, "group.sizes", &path, text);
        hint.changes = vec![group.base.change(&path, Some(json!(within)))];
        hint
    })
}

/// Managed termination protection without what it needs.
fn protection(group: &Group<'_, '_>) -> Option<Advice> {
    let it = group.settings;
    if !it.managed_termination_protection.is_enabled() {
        return None;
    }
    let mut changes = Vec::new();
    let mut lacks = Vec::new();
    if !it.new_instances_protected_from_scale_in {
        let path = group.field("newInstancesProtectedFromScaleIn");
        changes.push(group.base.change(&path, Some(json!(true))));
        lacks.push("the group does not protect new instances from scale-in");
    }
    if !it.managed_scaling.status.is_enabled() {
        let path = group.field("managedScaling.status");
        changes.push(group.base.change(&path, Some(json!("ENABLED"))));
        lacks.push("managed scaling is off");
    }
    (!lacks.is_empty()).then(|| {
        let text = format!(
            "managedTerminationProtection is ENABLED, but {}: the API refuses the provider. Create \
             the group with --new-instances-protected-from-scale-in, and leave managed scaling on.",
            lacks.join(" and ")
        );
        let path = group.field("managedTerminationProtection");
        let mut hint = advice(Severity::Error, "group.protectionRefused", &path, text);
        hint.changes = changes;
        hint
    })
}

/// A cooldown, which target tracking does not look at.
fn cooldown(group: &Group<'_, '_>) -> Option<Advice> {
    let seconds = group.settings.default_cooldown?.get();
    group.scaling().map(|scaling| {
        let warm_up = scaling.instance_warmup_period.get();
        let text = format!(
            "defaultCooldown {seconds} does nothing: cooldowns are for simple scaling, and ECS \
             scales by target tracking. What keeps two scale-outs apart is instanceWarmupPeriod, \
             {warm_up} s here."
        );
        let path = group.field("defaultCooldown");
        let mut hint = advice(Severity::Note, "group.cooldownIgnored", &path, text);
        hint.changes = vec![group.base.change(&path, None)];
        hint
    })
}

/// An image by its id.
fn image(group: &Group<'_, '_>) -> Option<Advice> {
    let image = group.settings.image_id.as_deref()?.trim();
    if !image.starts_with("ami-") {
        return None;
    }
    let parameter = parameter(group)?;
    let known = NOT_FOR_ECS.contains(&image);
    let shown: String = image.chars().take(40).collect();
    let (severity, what) = if known {
        let what = "is an image of old tutorials, and not optimised for ECS: its instances run no \
                    agent and join no cluster";
        (Severity::Warning, what)
    } else {
        let what = "cannot be checked: an id says neither what is in it nor how old it is, and is \
                    of one region";
        (Severity::Note, what)
    };
    let text = format!(
        "imageId {shown} {what}. The parameter {parameter} always names the image for ECS."
    );
    let path = group.field("imageId");
    let mut hint = advice(severity, "group.image", &path, text);
    let resolved = format!("resolve:ssm:{parameter}");
    hint.changes = vec![group.base.change(&path, Some(json!(resolved)))];
    Some(hint)
}

/// The public parameter with the image that the memory model is of; none for Windows.
fn parameter(group: &Group<'_, '_>) -> Option<&'static str> {
    let platform = group.instance().map(|it| it.platform);
    if platform.is_some_and(|it| it.operating_system == OperatingSystemFamily::Windows) {
        return None;
    }
    let arm = platform.is_some_and(|it| it.architecture == CpuArchitecture::Arm64);
    Some(match (group.settings.memory_model, arm) {
        (MemoryModel::Al2, false) => {
            "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id"
        }
        (MemoryModel::Al2, true) => {
            "/aws/service/ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id"
        }
        (MemoryModel::Bottlerocket, false) => {
            "/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id"
        }
        (MemoryModel::Bottlerocket, true) => {
            "/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id"
        }
        (_, false) => "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        (_, true) => "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    })
}
