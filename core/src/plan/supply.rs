//! What there is to run it on: the admitted types, measured and priced.

use super::place::Place;
use super::workload::Workload;
use crate::capacity::{Allocatable, Platform, Rules, measure};
use crate::cost::instance_cost;
use crate::diagnostic::Diagnostic;
use crate::report::{Cost, FunnelStep, SelectionReport};
use crate::requirements::{Attribute, Candidates, Selection, select, validate};
use crate::scenario::{
    AutoScalingGroup, Capacity, InstanceRequirements, ManagedInstances, MemoryModel, PercentAbove,
    PurchaseOption, Scenario, StorageGib,
};
use eniac_catalog::{Catalog, Generation, InstanceType, MiB, NanoUsdPerHour, PriceBasis, TypeId};

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

/// The types that can be launched.
pub(super) struct Supply {
    /// Whether ECS Managed Instances choose.
    pub(super) managed_instances: bool,
    /// Smaller types first: by vCPU, memory, generation, name. This is the order in which equal
    /// predicted fleets are preferred.
    pub(super) instances: Vec<Instance>,
    /// What was left out, and why.
    pub(super) selection: Selection,
}

/// One type on one platform, measured and priced.
pub(super) struct Instance {
    pub(super) facts: InstanceType,
    pub(super) platform: Platform,
    pub(super) allocatable: Allocatable,
    /// The list price.
    pub(super) on_demand: NanoUsdPerHour,
    pub(super) price_estimated: bool,
    /// The price by which ECS compares types: Spot's for Spot, else the list price, whatever
    /// reservations and Savings Plans make of it afterwards.
    pub(super) compared_price: NanoUsdPerHour,
    /// What one costs in this scenario.
    pub(super) cost: Cost,
    /// The zones that offer it, as bits of the zones that are used.
    pub(super) zones: u16,
}

/// What a capacity says of instances, whichever kind it is.
struct Terms<'a> {
    managed_instances: bool,
    more_than_one_vcpu: bool,
    named: Option<Vec<TypeId>>,
    /// As the user wrote them.
    said: Option<&'a InstanceRequirements>,
    /// With the defaults that AWS states.
    requirements: Option<InstanceRequirements>,
    storage: StorageGib,
    rules: Rules,
    path: &'static str,
}

impl Supply {
    pub(super) fn of(
        catalog: &Catalog,
        scenario: &Scenario,
        place: &Place,
        workload: &Workload,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let terms = match &scenario.capacity {
            Capacity::ManagedInstances(managed) => managed_terms(managed, diagnostics),
            Capacity::AutoScalingGroup(group) => group_terms(group, catalog, diagnostics),
        };
        let rules = Rules { daemons: workload.daemons.clone(), ..terms.rules };
        let purchase_option = scenario.pricing.purchase_option;
        if let Some(requirements) = terms.said {
            let path = format!("{}.instanceRequirements", terms.path);
            diagnostics.extend(validate(requirements, purchase_option, catalog, &path));
        }
        let platforms: Vec<Platform> = Platform::ALL
            .into_iter()
            .filter(|platform| workload.services.iter().any(|s| platform.runs(&s.demand)))
            .collect();
        let candidates = Candidates {
            catalog,
            region: &place.region,
            zones: place.zones,
            managed_instances: terms.managed_instances,
            more_than_one_vcpu: terms.more_than_one_vcpu,
            named: terms.named,
            requirements: match terms.requirements {
                // Without requirements ECS selects by itself, and has not been seen to select
                // burstable types or bare metal: EC2's defaults for absent attributes.
                None if terms.managed_instances => Some(InstanceRequirements::default()),
                requirements => requirements,
            },
            purchase_option,
            rules: &rules,
            platforms: &platforms,
        };
        let selection = select(&candidates);
        let mut instances = Vec::new();
        for id in &selection.admitted {
            let (Some(facts), Some(offer)) = (catalog.get(*id), place.region.offers.get(id)) else {
                continue;
            };
            let (managed, storage) = (terms.managed_instances, Some(terms.storage));
            let cost = instance_cost(facts, offer, &scenario.pricing, managed, storage);
            let (Some(price), Some(cost)) = (offer.on_demand, cost) else { continue };
            for platform in platforms.iter().copied() {
                if platform.runs_on(facts) {
                    instances.push(Instance {
                        allocatable: measure(facts, platform, &rules),
                        facts: facts.clone(),
                        platform,
                        on_demand: price.per_hour,
                        price_estimated: price.basis == PriceBasis::Estimated,
                        compared_price: match purchase_option {
                            PurchaseOption::Spot => cost.compute_nano_usd_per_hour,
                            _ => price.per_hour,
                        },
                        cost,
                        zones: place.used_zones(offer.zones),
                    });
                }
            }
        }
        instances.sort_by(|a, b| order(a).cmp(&order(b)));
        if selection.admitted.is_empty() && !place.region.offers.is_empty() {
            diagnostics.push(nothing_admitted(&selection, terms.path));
        }
        Self { managed_instances: terms.managed_instances, instances, selection }
    }

    pub(super) fn selection_report(&self, catalog: &Catalog) -> SelectionReport {
        let count = |types: usize| u32::try_from(types).unwrap_or(u32::MAX);
        let name = |id: &TypeId| catalog.get(*id).map(|t| t.name.clone());
        let steps = self.selection.steps.iter();
        let told = steps.filter(|step| step.set || !step.left_out.is_empty());
        SelectionReport {
            considered: count(catalog.types().len()),
            admitted: count(self.selection.admitted.len()),
            funnel: told
                .map(|step| FunnelStep {
                    attribute: step.attribute.name().to_owned(),
                    left: count(step.left),
                    left_out: step.left_out.iter().filter_map(name).collect(),
                })
                .collect(),
        }
    }
}

fn order(instance: &Instance) -> (u32, MiB, Generation, &str, Platform) {
    let facts = &instance.facts;
    (facts.vcpu, facts.memory, facts.generation, &facts.name, instance.platform)
}

fn nothing_admitted(selection: &Selection, path: &str) -> Diagnostic {
    let last = selection.steps.iter().rev().find(|step| !step.left_out.is_empty());
    let (attribute, count) =
        last.map_or((Attribute::Region, 0), |s| (s.attribute, s.left_out.len()));
    if attribute == Attribute::Daemons {
        let message = format!(
            "no instance type is admitted: on the last {count}, what the daemons take leaves \
             nothing for tasks; lower the daemons' figures or admit larger types"
        );
        return Diagnostic::error("capacity.daemonsTooBig", "daemons", message);
    }
    let message = format!(
        "no instance type is admitted: {} left out the last {count}; the funnel shows what each \
         requirement takes away",
        attribute.name()
    );
    Diagnostic::error("capacity.nothingAdmitted", path, message)
}

fn managed_terms<'a>(
    managed: &'a ManagedInstances,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms<'a> {
    let path = "capacity.managedInstances";
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
        path,
    }
}

fn group_terms<'a>(
    group: &'a AutoScalingGroup,
    catalog: &Catalog,
    diagnostics: &mut Vec<Diagnostic>,
) -> Terms<'a> {
    let path = "capacity.autoScalingGroup";
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
