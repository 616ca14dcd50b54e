//! Where ECS puts tasks on instances that the user runs, which ones it stops, and why not elsewhere.
//!
//! `cluster` is the state: instances, what is left on each, what runs there. `strategy` and `query`
//! are the user's rules, read. `choose` follows them for one task, `scale_in` for one task to stop,
//! `rebalance` when the zones have become uneven. In numbers and indices; who reads scenarios and
//! tells reports is `crate::cluster`.
//!
//! Source: ECS Developer Guide, task placement: first the instances with enough of every resource,
//! then the constraints, then the strategies in their order.

mod choose;
mod cluster;
#[cfg(test)]
mod laws;
pub mod query;
mod rebalance;
mod rejection;
mod scale_in;
pub mod strategy;

pub use choose::{Choice, Ties};
pub use cluster::{Cluster, Instance, Kind, Site};
pub use rebalance::Imbalance;
pub use rejection::Rejection;
