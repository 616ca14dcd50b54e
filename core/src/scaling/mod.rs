//! How ECS scales tasks and instances: formulas and small state machines, in numbers alone.
//!
//! `reservation` is the capacity provider's metric, `provisioning` how many instances waiting tasks
//! need, `group` what the group does with the metric; `target_tracking`, `step_scaling` and
//! `service` do the same for a service's desired count; `rolling` limits a deployment. Nothing here
//! knows of types, prices, JSON or a clock: seconds come in as numbers.

mod alarm;
mod group;
mod provisioning;
pub mod quotas;
mod reservation;
mod rolling;
mod service;
mod shares;
mod step_scaling;
mod target_tracking;

pub use alarm::Breaches;
pub use group::{Group, GroupDecision, GroupSettings, LOW_ALARM_MINUTES};
pub use provisioning::{Extremes, Waiting, instances_for};
pub use reservation::{Reservation, ScalingSettings, reservation};
pub use rolling::RollingLimits;
pub use service::{Metrics, Policy, ServiceScaling, ServiceScalingChange};
pub use shares::shares;
pub use step_scaling::{Adjustment, Comparison, Step, StepPolicy};
pub use target_tracking::{TargetPolicy, tracked};

#[cfg(test)]
mod laws;
