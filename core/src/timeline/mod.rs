//! Tasks and instances scaling together over time: a deterministic discrete-event simulation.
//!
//! [`Model`] says what there is, [`run`] what happens. Between full minutes, tasks start and stop
//! and instances come and go (`queue`); at each full minute metrics are looked at, and services
//! (`services`) and groups (`groups`) scale. `scheduler` starts and stops tasks to reach what is
//! desired, `deployment` says how many of which revision. Placement is [`crate::placement`]'s, the
//! formulas are [`crate::scaling`]'s; here is only the order of things. In numbers and indices; who
//! reads scenarios and puts it into words is `crate::cluster`.

mod deployment;
mod groups;
#[cfg(test)]
mod laws;
mod machines;
mod model;
mod queue;
mod record;
mod run;
mod scheduler;
mod services;
mod state;
mod tasks;
#[cfg(test)]
mod tests;

pub use model::{
    DeploymentPlan, GroupModel, LoadModel, Metric, Model, ScalingModel, ServiceModel, Share,
    StandingInstance, Template, TieRule, Timing, shared,
};
pub use record::{Happening, Run, Why};
pub use run::run;
pub use tasks::MOST_TASKS;
