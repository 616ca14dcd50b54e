//! Each attribute applied to each type.

use super::{Attribute, matches, price_protection};
use crate::capacity::{Platform, Rules, measure};
use crate::scenario::{
    AcceleratorManufacturer, AcceleratorName, AcceleratorType, CpuManufacturer, Inclusion,
    InstanceGeneration, InstanceRequirements, LocalStorageType, MilliRange, PurchaseOption, Range,
    WholeNumber,
};
use eniac_catalog::{
    Accelerator, AcceleratorKind, Catalog, CpuManufacturer as Maker, Generation, InstanceType,
    LocalStorageType as Store, NanoUsdPerHour, Offer, RegionCatalog, TypeId, ZoneSet,
};
use std::collections::BTreeMap;

/// The types to choose from, and everything that decides which of them are admitted.
pub struct Candidates<'a> {
    /// All types.
    pub catalog: &'a Catalog,
    /// Where.
    pub region: &'a RegionCatalog,
    /// The zones that are used, as places in the region's list.
    pub zones: ZoneSet,
    /// Whether ECS Managed Instances choose.
    pub managed_instances: bool,
    /// Whether types with one vCPU are left out.
    pub more_than_one_vcpu: bool,
    /// The types that an Auto Scaling group names, if it names any.
    pub named: Option<Vec<TypeId>>,
    /// What instances must be like; `None` for a group that says nothing of it.
    pub requirements: Option<InstanceRequirements>,
    /// How instances are bought.
    pub purchase_option: PurchaseOption,
    /// The user's own prices.
    pub own_prices: &'a BTreeMap<TypeId, NanoUsdPerHour>,
    /// How instances are run.
    pub rules: &'a Rules,
    /// The platforms that instances are wanted for.
    pub platforms: &'a [Platform],
}

/// What a selection leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The types that are admitted, in name order.
    pub admitted: Vec<TypeId>,
    /// What each attribute did, in order.
    pub steps: Vec<Step>,
}

/// What one attribute did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The attribute.
    pub attribute: Attribute,
    /// Whether the requirements say something of it.
    pub set: bool,
    /// How many types remain after it.
    pub left: usize,
    /// The types that it left out and nothing before it did.
    pub left_out: Vec<TypeId>,
}

/// Applies every attribute in the order of [`Attribute::ALL`].
pub fn select(candidates: &Candidates<'_>) -> Selection {
    let count = u16::try_from(candidates.catalog.types().len()).unwrap_or(u16::MAX);
    let mut left: Vec<TypeId> = (0..count).map(TypeId).collect();
    let mut steps = Vec::new();
    for attribute in Attribute::ALL {
        let ceiling = price_protection::ceiling(candidates, attribute, &left);
        let (kept, left_out) = left.into_iter().partition(|id| match ceiling {
            Some(ceiling) => price_protection::keeps(candidates, ceiling, *id),
            None => candidates.admits(attribute, *id),
        });
        left = kept;
        let set = candidates.sets(attribute);
        steps.push(Step { attribute, set, left: left.len(), left_out });
    }
    Selection { admitted: left, steps }
}

impl Candidates<'_> {
    /// The attributes that leave a type out, each taken alone; price protection, which compares
    /// types with each other, is not looked at.
    pub fn reasons(&self, id: TypeId) -> Vec<Attribute> {
        Attribute::ALL.into_iter().filter(|attribute| !self.admits(*attribute, id)).collect()
    }

    pub(super) fn offer(&self, id: TypeId) -> Option<&Offer> {
        self.region.offers.get(&id)
    }

    /// Whether the attribute alone admits the type.
    fn admits(&self, attribute: Attribute, id: TypeId) -> bool {
        let Some(instance) = self.catalog.get(id) else { return false };
        // Looked up only where it is asked for: this runs for each attribute of each type.
        let offer = || self.offer(id);
        match attribute {
            Attribute::Region => offer().is_some(),
            Attribute::Zones => offer().is_none_or(|o| o.zones.0 & self.zones.0 != 0),
            Attribute::CpuArchitecture => Platform::ALL.iter().any(|p| p.runs_on(instance)),
            Attribute::ManagedInstancesFamily => {
                !self.managed_instances || instance.managed_instances_family
            }
            Attribute::MoreThanOneVcpu => {
                !self.managed_instances || !self.more_than_one_vcpu || instance.vcpu > 1
            }
            Attribute::InstanceTypes => self.named.as_ref().is_none_or(|named| named.contains(&id)),
            Attribute::Daemons => self.leaves_room(instance),
            Attribute::Price => offer().is_none_or(|offer| offer.on_demand.is_some()),
            Attribute::SpotPrice => {
                self.purchase_option != PurchaseOption::Spot
                    || (instance.spot_supported && offer().is_none_or(|offer| offer.spot.is_some()))
            }
            Attribute::ReservedPrice if self.own_prices.contains_key(&id) => true,
            Attribute::ReservedPrice => match self.purchase_option {
                PurchaseOption::Reserved1Year => instance.reserved_1_year_per_mille.is_some(),
                PurchaseOption::Reserved3Years => instance.reserved_3_years_per_mille.is_some(),
                PurchaseOption::OnDemand | PurchaseOption::Spot => true,
            },
            _ => self.requirements.as_ref().is_none_or(|r| meets(r, attribute, instance)),
        }
    }

    fn leaves_room(&self, instance: &InstanceType) -> bool {
        let platforms = self.platforms.iter().filter(|platform| platform.runs_on(instance));
        let given: Vec<_> =
            platforms.map(|platform| measure(instance, *platform, self.rules)).collect();
        // A type of a platform that nobody asks for is not left out because of daemons.
        given.is_empty() || given.iter().any(|given| given.daemons_fit && given.memory.0 > 0)
    }

    /// Whether the user, or a default that AWS states, asks something of the attribute.
    fn sets(&self, attribute: Attribute) -> bool {
        let Some(r) = &self.requirements else {
            return attribute == Attribute::InstanceTypes && self.named.is_some();
        };
        let some = |range: &Range| range.min.is_some() || range.max.is_some();
        match attribute {
            Attribute::InstanceTypes => self.named.is_some(),
            Attribute::VCpuCount => some(&r.v_cpu_count),
            Attribute::MemoryMib => some(&r.memory_mib),
            Attribute::CpuManufacturers => !r.cpu_manufacturers.is_empty(),
            Attribute::MemoryGibPerVCpu => r.memory_gib_per_v_cpu.is_some(),
            Attribute::ExcludedInstanceTypes => !r.excluded_instance_types.is_empty(),
            Attribute::AllowedInstanceTypes => !r.allowed_instance_types.is_empty(),
            Attribute::InstanceGenerations => !r.instance_generations.is_empty(),
            Attribute::BareMetal => r.bare_metal.is_some(),
            Attribute::BurstablePerformance => r.burstable_performance.is_some(),
            Attribute::NetworkInterfaceCount => r.network_interface_count.is_some(),
            Attribute::LocalStorage => r.local_storage.is_some(),
            Attribute::LocalStorageTypes => !r.local_storage_types.is_empty(),
            Attribute::TotalLocalStorageGb => r.total_local_storage_gb.is_some(),
            Attribute::BaselineEbsBandwidthMbps => r.baseline_ebs_bandwidth_mbps.is_some(),
            Attribute::AcceleratorTypes => !r.accelerator_types.is_empty(),
            Attribute::AcceleratorCount => r.accelerator_count.is_some(),
            Attribute::AcceleratorManufacturers => !r.accelerator_manufacturers.is_empty(),
            Attribute::AcceleratorNames => !r.accelerator_names.is_empty(),
            Attribute::AcceleratorTotalMemoryMib => r.accelerator_total_memory_mib.is_some(),
            Attribute::NetworkBandwidthGbps => r.network_bandwidth_gbps.is_some(),
            Attribute::OnDemandMaxPricePercentageOverLowestPrice => {
                r.on_demand_max_price_percentage_over_lowest_price.is_some()
            }
            Attribute::SpotMaxPricePercentageOverLowestPrice => {
                r.spot_max_price_percentage_over_lowest_price.is_some()
            }
            Attribute::MaxSpotPriceAsPercentageOfOptimalOnDemandPrice => {
                r.max_spot_price_as_percentage_of_optimal_on_demand_price.is_some()
            }
            _ => false,
        }
    }
}

/// Whether a type meets one attribute of the API. Absent attributes take EC2's defaults.
fn meets(r: &InstanceRequirements, attribute: Attribute, t: &InstanceType) -> bool {
    let storage = t.local_storage;
    let accelerators = &t.accelerators;
    match attribute {
        Attribute::VCpuCount => within(&r.v_cpu_count, Some(t.vcpu.into())),
        Attribute::MemoryMib => within(&r.memory_mib, Some(t.memory.0)),
        Attribute::CpuManufacturers => {
            any_of(&r.cpu_manufacturers, |m| maker(*m) == t.cpu_manufacturer)
        }
        // Both sides times vCPUs, so that nothing is divided.
        Attribute::MemoryGibPerVCpu => within_milli(
            r.memory_gib_per_v_cpu.as_ref(),
            1024 * u64::from(t.vcpu),
            Some(t.memory.0 * 1000),
        ),
        Attribute::ExcludedInstanceTypes => {
            // AWS does not take both lists; the allowed types say more.
            !r.allowed_instance_types.is_empty()
                || !r.excluded_instance_types.iter().any(|p| matches(p, &t.name))
        }
        Attribute::AllowedInstanceTypes => {
            any_of(&r.allowed_instance_types, |pattern| matches(pattern, &t.name))
        }
        Attribute::InstanceGenerations => any_of(&r.instance_generations, |g| match g {
            InstanceGeneration::Current => t.generation == Generation::Current,
            InstanceGeneration::Previous => t.generation == Generation::Previous,
        }),
        Attribute::BareMetal => included(r.bare_metal, Inclusion::Excluded, t.bare_metal),
        Attribute::BurstablePerformance => {
            included(r.burstable_performance, Inclusion::Excluded, t.burstable)
        }
        Attribute::NetworkInterfaceCount => {
            r.network_interface_count.is_none_or(|range| within(&range, Some(t.max_enis.into())))
        }
        Attribute::LocalStorage => {
            included(r.local_storage, Inclusion::Included, storage.is_some())
        }
        // Says which kind, where there is any; `localStorage` says whether there must be.
        Attribute::LocalStorageTypes => storage.is_none_or(|storage| {
            any_of(&r.local_storage_types, |kind| match kind {
                LocalStorageType::Hdd => storage.kind == Store::Hdd,
                LocalStorageType::Ssd => storage.kind == Store::Ssd,
            })
        }),
        Attribute::TotalLocalStorageGb => {
            let gigabytes = storage.map_or(0, |storage| u64::from(storage.gigabytes));
            within_milli(r.total_local_storage_gb.as_ref(), 1, Some(gigabytes * 1000))
        }
        Attribute::BaselineEbsBandwidthMbps => r
            .baseline_ebs_bandwidth_mbps
            .is_none_or(|range| within(&range, t.ebs_baseline_mbps.map(u64::from))),
        Attribute::AcceleratorTypes => any_of(&r.accelerator_types, |kind| {
            accelerators.iter().any(|accelerator| is_of_type(accelerator, *kind))
        }),
        Attribute::AcceleratorCount => {
            let count = accelerators.iter().map(|a| u64::from(a.count)).sum();
            r.accelerator_count.is_none_or(|range| within(&range, Some(count)))
        }
        Attribute::AcceleratorManufacturers => any_of(&r.accelerator_manufacturers, |maker| {
            accelerators
                .iter()
                .any(|a| a.manufacturer.eq_ignore_ascii_case(accelerator_maker(*maker)))
        }),
        Attribute::AcceleratorNames => any_of(&r.accelerator_names, |name| {
            accelerators.iter().any(|a| a.name.eq_ignore_ascii_case(accelerator_name(*name)))
        }),
        Attribute::AcceleratorTotalMemoryMib => {
            r.accelerator_total_memory_mib.is_none_or(|range| {
                let none = accelerators.is_empty().then_some(0);
                within(&range, t.accelerator_memory.map(|memory| memory.0).or(none))
            })
        }
        Attribute::NetworkBandwidthGbps => within_milli(
            r.network_bandwidth_gbps.as_ref(),
            1,
            // Mbps are thousandths of Gbps.
            t.network_baseline_mbps.map(u64::from),
        ),
        _ => true,
    }
}

fn any_of<T>(values: &[T], meets: impl Fn(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(meets)
}

fn included(asked: Option<Inclusion>, default: Inclusion, has: bool) -> bool {
    match asked.unwrap_or(default) {
        Inclusion::Included => true,
        Inclusion::Required => has,
        Inclusion::Excluded => !has,
    }
}

/// An unknown figure is within a range only when the range has no ends.
fn within(range: &Range, figure: Option<u64>) -> bool {
    let (min, max) = (range.min.map(WholeNumber::get), range.max.map(WholeNumber::get));
    match figure {
        None => min.is_none() && max.is_none(),
        Some(figure) => min.is_none_or(|min| figure >= min) && max.is_none_or(|max| figure <= max),
    }
}

/// The same for limits in thousandths, each taken `scale` times.
fn within_milli(range: Option<&MilliRange>, scale: u64, figure: Option<u64>) -> bool {
    let Some(MilliRange { min, max }) = range else { return true };
    let scaled = |limit: u64| u128::from(limit) * u128::from(scale);
    match figure.map(u128::from) {
        None => min.is_none() && max.is_none(),
        Some(figure) => {
            min.is_none_or(|min| figure >= scaled(min.thousandths()))
                && max.is_none_or(|max| figure <= scaled(max.thousandths()))
        }
    }
}

fn maker(manufacturer: CpuManufacturer) -> Maker {
    match manufacturer {
        CpuManufacturer::Intel => Maker::Intel,
        CpuManufacturer::Amd => Maker::Amd,
        CpuManufacturer::AmazonWebServices => Maker::AmazonWebServices,
    }
}

fn is_of_type(accelerator: &Accelerator, kind: AcceleratorType) -> bool {
    match kind {
        AcceleratorType::Gpu => accelerator.kind == AcceleratorKind::Gpu,
        AcceleratorType::Fpga => accelerator.kind == AcceleratorKind::Fpga,
        AcceleratorType::Inference => {
            matches!(accelerator.kind, AcceleratorKind::Inference | AcceleratorKind::Neuron)
        }
    }
}

fn accelerator_maker(manufacturer: AcceleratorManufacturer) -> &'static str {
    match manufacturer {
        AcceleratorManufacturer::AmazonWebServices => "AWS",
        AcceleratorManufacturer::Amd => "AMD",
        AcceleratorManufacturer::Nvidia => "NVIDIA",
        AcceleratorManufacturer::Xilinx => "Xilinx",
        AcceleratorManufacturer::Habana => "Habana",
    }
}

fn accelerator_name(name: AcceleratorName) -> &'static str {
    match name {
        AcceleratorName::A100 => "A100",
        AcceleratorName::Inferentia => "Inferentia",
        AcceleratorName::K520 => "K520",
        AcceleratorName::K80 => "K80",
        AcceleratorName::M60 => "M60",
        AcceleratorName::RadeonProV520 => "Radeon Pro V520",
        AcceleratorName::T4 => "T4",
        AcceleratorName::Vu9p => "Virtex UltraScale (VU9P)",
        AcceleratorName::V100 => "V100",
        AcceleratorName::A10g => "A10G",
        AcceleratorName::H100 => "H100",
        AcceleratorName::T4g => "T4g",
    }
}
