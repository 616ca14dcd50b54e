//! The scenario that a new user sees first.

use super::{Scenario, read};

/// 30 tasks of 512 CPU units and 1024 MiB on Managed Instances, Graviton, 2 to 4 vCPU, 2 to 16
/// GiB, burstable included: the example of many who try Managed Instances.
pub const EXAMPLE: &str = include_str!("example.json");

/// [`EXAMPLE`], read.
pub fn example() -> Scenario {
    read(EXAMPLE).map(|reading| reading.scenario).unwrap_or_default()
}
