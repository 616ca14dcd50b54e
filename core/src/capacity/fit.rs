//! How many tasks of one kind fit on an empty instance, and why no more.

use super::{Allocatable, Resource};
use crate::task::Demand;

/// How many tasks fit, and what each resource says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// How many tasks fit.
    pub tasks: u32,
    /// Each resource that the task takes, in the order of [`Resource`].
    pub limits: Vec<Limit>,
}

/// How many tasks one resource allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The resource.
    pub resource: Resource,
    /// How many tasks it allows by itself.
    pub tasks: u32,
    /// What is left of it under as many tasks as fit, in its own unit; ports and
    /// `distinctInstance` count tasks.
    pub slack: u64,
}

impl Fit {
    /// The resources that allow no more than fit, in the order of [`Resource`].
    pub fn binding(&self) -> Vec<Resource> {
        let binding = self.limits.iter().filter(|limit| limit.tasks == self.tasks);
        binding.map(|limit| limit.resource).collect()
    }

    /// What one resource says; `None` when the task takes nothing of it.
    pub fn limit(&self, resource: Resource) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.resource == resource)
    }
}

/// Counts a demand on an empty instance; `distinct` allows one task of it at most.
///
/// Platforms are not looked at: an ARM task "fits" on any instance that is large enough.
pub fn fit(instance: &Allocatable, demand: &Demand, distinct: bool) -> Fit {
    let one_per_instance = u64::from(!demand.host_ports.is_empty());
    let port_free = demand.host_ports.is_disjoint(&instance.taken_ports);
    let amounts = [
        (Resource::Cpu, instance.cpu.0, demand.cpu.0),
        (Resource::Memory, instance.memory.0, demand.memory.0),
        (Resource::Eni, u64::from(instance.enis), u64::from(demand.enis)),
        (Resource::Gpu, u64::from(instance.gpus), u64::from(demand.gpus)),
        // Ports and distinctInstance are resources of which an instance has one.
        (Resource::Port, u64::from(port_free), one_per_instance),
        (Resource::DistinctInstance, 1, u64::from(distinct)),
    ];
    let taken = amounts.iter().filter(|(_, _, need)| *need > 0);
    let allowed = |have: u64, need: u64| u32::try_from(have / need).unwrap_or(u32::MAX);
    let tasks = taken.clone().map(|(_, have, need)| allowed(*have, *need)).min().unwrap_or(0);
    let limits = taken.map(|&(resource, have, need)| Limit {
        resource,
        tasks: allowed(have, need),
        slack: have - need * u64::from(tasks),
    });
    Fit { tasks, limits: limits.collect() }
}

#[cfg(test)]
mod tests;
