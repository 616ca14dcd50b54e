//! Instances with their tasks, as reports tell them.

use super::build::Built;
use crate::packing::Amounts;
use crate::placement::Cluster;
use crate::report::{PlacedInstance, ResourceAmounts, TasksOnInstance};

/// The instances of a cluster that are of interest, in order. `before` says how many tasks of a
/// service stood on an instance at first.
pub(super) fn instances(
    built: &Built<'_>,
    cluster: &Cluster,
    before: &dyn Fn(usize, usize) -> u32,
) -> Vec<PlacedInstance> {
    let several = built.ground.supply.providers.len() > 1;
    let all = cluster.instances().iter().enumerate();
    // What was terminated is inactive and empty.
    let there = all.filter(|(_, it)| it.active || it.tasks > 0);
    let told = there.map(|(place, instance)| {
        let site = cluster.site(place);
        let counts = instance.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let provider = built.ground.supply.providers.get(site.group).filter(|_| several);
        PlacedInstance {
            id: instance.name.clone(),
            instance_type: site.attributes.get("ecs.instance-type").cloned().unwrap_or_default(),
            availability_zone: built.zones.get(site.zone).cloned().unwrap_or_default(),
            provider: provider.and_then(|(it, _)| it.name.clone()),
            active: instance.active,
            registered: amounts(&site.amounts),
            remaining: amounts(&instance.free),
            tasks: counts
                .map(|(service, count)| TasksOnInstance {
                    service: built.ground.workload.services[service].name.clone(),
                    count: *count,
                    before: before(place, service),
                })
                .collect(),
            attributes: site.attributes.clone(),
        }
    });
    told.collect()
}

fn amounts(amounts: &Amounts) -> ResourceAmounts {
    let few = |amount: u64| u32::try_from(amount).unwrap_or(u32::MAX);
    ResourceAmounts {
        cpu: amounts[0],
        memory_mib: amounts[1],
        enis: few(amounts[2]),
        gpus: few(amounts[3]),
    }
}
