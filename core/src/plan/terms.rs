//! What a capacity provider says of its instances, whichever kind it is.

use super::providers::Provider;
use crate::capacity::Rules;
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    AutoScalingGroup, Capacity, ExhaustedPools, InstanceRequirements, ManagedInstances,
    MemoryModel, PercentAbove, RunningInstances, StorageGib,
};
use eniac_catalog::{Catalog, MiB, TypeId};

/// Below this a Managed Instances volume is not documented to work. Source: ECS Developer Guide,
/// Managed Instances.
const MIN_MANAGED_STORAGE_GIB: u16 = 30;

/// More types than this of an Auto Scaling group are not looked at: ten times what EC2 Auto Scaling
/// lets a mixed instances policy name.
const MOST_GROUP_TYPES: usize = 400;

/// EC2's price protection for groups that do not set it, in percent above the cheapest matching
/// type. Source: EC2 API, `InstanceRequirementsRequest`.
const GROUP_ON_DEMAND_PROTECTION: u32 = 20;
/// The same for Spot, where neither of Spot's two settings is given.
const GROUP_SPOT_PROTECTION: u32 = 100;

/// What a capacity says of instances, whichever kind it is.
pub(super) struct Terms<'a> {
    pub(super) managed_instances: bool,
    pub(super) more_than_one_vcpu: bool,
    pub(super) named: Option<Vec<TypeId>>,
    /// As the user wrote them.
    pub(super) said: Option<&'a InstanceRequirements>,
    /// With the defaults that AWS states.
    pub(super) requirements: Option<InstanceRequirements>,
    pub(super) storage: StorageGib,
    pub(super) rules: Rules,
    /// What runs already.
    pub(super) running: &'a [RunningInstances],
    /// What EC2 has no capacity of.
    pub(super) exhausted: &'a [ExhaustedPools],
    pub(super) path: &'a str,
}

impl<'a> Terms<'a> {
    pub(super) fn of(
        provider: &'a Provider,
        catalog: &Catalog,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let path = provider.path.as_str();
        match &provider.capacity {
            Capacity::ManagedInstances(managed) => managed_terms(managed, path, diagnostics),
            Capacity::AutoScalingGroup(group) => group_terms(group, path, catalog, diagnostics),
        }
    }
}

fn managed_terms<'a>(
    managed: &'a ManagedInstances,
    path: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms<'a> {
    let storage = managed.storage_configuration.storage_size_gib;
    if storage.get() < MIN_MANAGED_STORAGE_GIB {
        let message = format!(
            "{} GiB: AWS documents {MIN_MANAGED_STORAGE_GIB} GiB as the least for Managed \
             Instances (80 unless set); the volume also holds the images",
            storage.get()
        );
        let field = format!("{path}.storageConfiguration.storageSizeGiB");
        diagnostics.push(Diagnostic::warning("capacity.storageTooSmall", field, message));
    }
    Terms {
        managed_instances: true,
        more_than_one_vcpu: managed.more_than_one_vcpu,
        named: None,
        said: managed.instance_requirements.as_ref(),
        requirements: managed.instance_requirements.clone(),
        storage,
        rules: Rules {
            memory_model: managed.memory_model,
            reserved_memory: match managed.memory_model {
                MemoryModel::Managed => MiB(managed.reserved_memory.get().into()),
                _ => MiB(0),
            },
            trunking: managed.eni_trunking,
            daemons: Vec::new(),
        },
        running: &managed.running_instances,
        exhausted: &managed.exhausted_pools,
        path,
    }
}

fn group_terms<'a>(
    group: &'a AutoScalingGroup,
    path: &'a str,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms<'a> {
    let mut named = Vec::new();
    if group.instance_types.len() > MOST_GROUP_TYPES {
        let message = format!(
            "{} types: the first {MOST_GROUP_TYPES} are looked at; a group takes at most 40",
            group.instance_types.len()
        );
        let field = format!("{path}.instanceTypes");
        diagnostics.push(Diagnostic::error("capacity.tooManyTypes", field, message));
    }
    for (place, name) in group.instance_types.iter().enumerate().take(MOST_GROUP_TYPES) {
        match catalog.find(name) {
            Ok(id) => named.push(id),
            Err(unknown) => {
                let field = format!("{path}.instanceTypes[{place}]");
                let message = unknown.to_string();
                diagnostics.push(
                    Diagnostic::error("capacity.unknownType", field, message)
                        .with_value(unknown.name),
                );
            }
        }
    }
    Terms {
        managed_instances: false,
        more_than_one_vcpu: false,
        named: (!group.instance_types.is_empty()).then_some(named),
        said: group.instance_requirements.as_ref(),
        requirements: group.instance_requirements.clone().map(with_price_protection),
        storage: group.storage_configuration.storage_size_gib,
        rules: Rules {
            memory_model: group.memory_model,
            reserved_memory: MiB(group.reserved_memory.get().into()),
            trunking: group.awsvpc_trunking,
            daemons: Vec::new(),
        },
        running: &[],
        exhausted: &[],
        path,
    }
}

/// EC2 protects prices unless told otherwise. What users saw of Managed Instances contradicts
/// that; for Auto Scaling groups it is documented.
fn with_price_protection(mut requirements: InstanceRequirements) -> InstanceRequirements {
    let on_demand = &mut requirements.on_demand_max_price_percentage_over_lowest_price;
    *on_demand = on_demand.or(PercentAbove::new(GROUP_ON_DEMAND_PROTECTION));
    if requirements.max_spot_price_as_percentage_of_optimal_on_demand_price.is_none() {
        let spot = &mut requirements.spot_max_price_percentage_over_lowest_price;
        *spot = spot.or(PercentAbove::new(GROUP_SPOT_PROTECTION));
    }
    requirements
}
