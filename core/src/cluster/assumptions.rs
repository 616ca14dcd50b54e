//! What placement and the timeline assume where AWS documents nothing.

use super::build::Built;
use crate::plan::{assumption, assumptions_of};
use crate::report::{Assumption, Confidence};
use crate::scenario::{PlacementTies, Reading};

/// For which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Placement,
    Timeline,
}

pub(super) fn assumptions(reading: &Reading, built: &Built<'_>, told: Told) -> Vec<Assumption> {
    let scenario = &reading.scenario;
    let mut all = vec![
        assumption(
            "placement.ties",
            match scenario.simulation.placement_ties {
                PlacementTies::FewestTasks => {
                    "Of instances that are equal by all rules the one with the fewest tasks gets \
                     the next, then the first; AWS documents no rule."
                }
                PlacementTies::InstanceId => {
                    "Of instances that are equal by all rules the first gets the next task; AWS \
                     documents no rule."
                }
                PlacementTies::Random => {
                    "Of instances that are equal by all rules chance picks one, the same for the \
                     same seed; AWS documents no rule."
                }
            },
            "ECS Developer Guide, task placement, which states none",
            Confidence::Inferred,
            Some("simulation.placementTies"),
        ),
        assumption(
            "placement.zoneNames",
            "Zones are called by the region and a letter in the order of their ids: which id has \
             which letter differs between accounts.",
            "EC2 User Guide, Availability Zone ids",
            Confidence::Inferred,
            None,
        ),
    ];
    if built.model.groups.iter().any(|group| group.templates.iter().any(|it| it.len() > 1)) {
        all.push(assumption(
            "group.priority",
            "A group launches the first of its types that a zone offers: the order of its list is \
             taken for its priority, and capacity for unlimited.",
            "EC2 Auto Scaling User Guide, allocation strategies",
            Confidence::Inferred,
            Some("capacity.autoScalingGroup.instanceTypes"),
        ));
    }
    if told == Told::Placement {
        all.push(assumption(
            "placement.order",
            "Services are placed one after another, in the order of the scenario; ECS places them \
             as they start.",
            "eniac's own rule",
            Confidence::Inferred,
            None,
        ));
    } else {
        all.extend(timeline(reading, built));
    }
    all.extend(assumptions_of(scenario, &built.ground));
    all
}

fn timeline(reading: &Reading, built: &Built<'_>) -> Vec<Assumption> {
    let simulation = &reading.scenario.simulation;
    let mut all = vec![
        assumption(
            "timeline.times",
            &format!(
                "An instance takes tasks {} seconds after its launch; a task serves {} seconds after \
                 its placement, and frees its room {} seconds after its order to stop.",
                simulation.instance_launch_seconds.get(),
                simulation.task_start_seconds.get(),
                simulation.task_stop_seconds.get()
            ),
            "Timings of third parties; AWS promises none",
            Confidence::Inferred,
            Some("simulation.instanceLaunchSeconds"),
        ),
        assumption(
            "timeline.scaleIn",
            "A scale-in takes at most half of the instances a minute, and waits 15 minutes after a \
             scale-out.",
            "ECS Developer Guide, managed scaling behavior: less than 50 % each minute",
            Confidence::Inferred,
            None,
        ),
        assumption(
            "timeline.warmup",
            "The warm-up of an instance begins when it registers.",
            "ECS Developer Guide, managed scaling behavior",
            Confidence::Inferred,
            Some("capacity.autoScalingGroup.managedScaling.instanceWarmupPeriod"),
        ),
    ];
    if built.model.services.iter().any(|it| it.strategy.is_empty()) {
        all.push(assumption(
            "timeline.pastProviders",
            "A task that starts past the capacity provider (launchType) makes its instance one that \
             is in use, as any task does; while it finds no place nothing scales out for it.",
            "ECS Developer Guide, cluster auto scaling, which counts instances with any task that \
             is not a daemon's",
            Confidence::Inferred,
            None,
        ));
    }
    if built.model.services.iter().any(|it| it.load.is_some()) {
        all.push(assumption(
            "timeline.load",
            "Requests are shared evenly among a service's tasks, and CPU grows with them in a \
             straight line. Beyond what a task reserves nothing is served; with a task-level cpu \
             the metric ends at 100 %.",
            "eniac's own model",
            Confidence::Inferred,
            None,
        ));
    }
    if built.model.services.iter().any(|it| it.scaling.is_some()) {
        all.push(assumption(
            "timeline.targetTracking",
            "Target tracking scales out after 3 minutes above the target and in after 15 minutes \
             below 90 % of it, to ceil(running x metric / target).",
            "Application Auto Scaling User Guide; aws/containers-roadmap issue 1208",
            Confidence::Measured,
            None,
        ));
    }
    all
}
