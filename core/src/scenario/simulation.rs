//! How a simulation runs: how long, from when, and how long things take that AWS does not promise.

use super::{ClockTime, Minute, Minutes, Seconds, WholeNumber};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The settings of a simulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Simulation {
    /// How many minutes.
    pub minutes: Minutes,
    /// What the clock shows at minute 0: `09:00`.
    pub starts_at: ClockTime,
    /// What chance begins with: the same seed gives the same timeline.
    pub seed: WholeNumber,
    /// Which of several instances that are equal by all rules gets a task. AWS documents none.
    pub placement_ties: PlacementTies,
    /// Seconds from the launch of an instance until it takes tasks.
    pub instance_launch_seconds: Seconds,
    /// Seconds from a task's placement until it serves: image, start, health check.
    pub task_start_seconds: Seconds,
    /// Seconds from a task's order to stop until its resources are free: draining, `SIGTERM`.
    pub task_stop_seconds: Seconds,
    /// Minutes that a task stays PROVISIONING before ECS gives up and starts another.
    pub provisioning_timeout_minutes: Minute,
    /// Deployments of a new revision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deployments: Vec<ScheduledDeployment>,
}

impl Default for Simulation {
    fn default() -> Self {
        let seconds = |seconds| Seconds::new(seconds).unwrap_or_default();
        Self {
            minutes: Minutes::default(),
            starts_at: ClockTime::default(),
            seed: WholeNumber::new(1).unwrap_or_default(),
            placement_ties: PlacementTies::default(),
            instance_launch_seconds: seconds(180),
            task_start_seconds: seconds(40),
            task_stop_seconds: seconds(60),
            provisioning_timeout_minutes: Minute::new(30).unwrap_or_default(),
            deployments: Vec::new(),
        }
    }
}

/// A deployment of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduledDeployment {
    /// The service, by name.
    pub service: String,
    /// When it begins.
    pub minute: Minute,
}

/// Which of several equal instances gets a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlacementTies {
    /// The one with the fewest tasks, then the first.
    #[default]
    FewestTasks,
    /// The first.
    InstanceId,
    /// Any, by the seed.
    Random,
}
