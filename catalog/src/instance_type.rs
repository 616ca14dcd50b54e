//! One EC2 instance type: its shape, as DescribeInstanceTypes gives it, and what ECS makes of it.

use crate::{CpuUnits, MiB};
use serde::{Deserialize, Serialize};

/// An instance type's place in [`Catalog::types`](crate::Catalog::types), which is in name order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

/// One EC2 instance type. Figures that a source does not give are `None`, never zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools, reason = "four independent facts, as the API gives them")]
pub struct InstanceType {
    /// `t4g.small`.
    pub name: String,
    /// vCPUs.
    pub vcpu: u32,
    /// Memory as advertised.
    pub memory: MiB,
    /// Who makes the processor.
    pub cpu_manufacturer: CpuManufacturer,
    /// What it runs; most types run one.
    pub architectures: Vec<Architecture>,
    /// `CurrentGeneration` of DescribeInstanceTypes.
    pub generation: Generation,
    /// T2, T3, T3a, T4g: CPU credits.
    pub burstable: bool,
    /// `*.metal`.
    pub bare_metal: bool,
    /// What lies under the guest; `None` for most bare metal.
    pub hypervisor: Option<Hypervisor>,
    /// Instance store, if it has any.
    pub local_storage: Option<LocalStorage>,
    /// GPUs and other accelerators.
    pub accelerators: Vec<Accelerator>,
    /// Memory of all its GPUs and Neuron devices together.
    pub accelerator_memory: Option<MiB>,
    /// Mbps that the first network card always gives.
    pub network_baseline_mbps: Option<u32>,
    /// Mbps that the first network card gives at best.
    pub network_peak_mbps: Option<u32>,
    /// Mbps of EBS that it always gives.
    pub ebs_baseline_mbps: Option<u32>,
    /// Network interfaces over all network cards.
    pub max_enis: u32,
    /// Network interfaces of each network card, when it has several.
    pub enis_per_card: Vec<u32>,
    /// Tasks in `awsvpc` mode without ENI trunking.
    pub awsvpc_tasks: u32,
    /// Tasks in `awsvpc` mode with ENI trunking; `None` where ECS cannot trunk the type.
    pub awsvpc_tasks_trunked: Option<u32>,
    /// Memory that a Bottlerocket guest was measured to see; `None` where nobody measured.
    pub visible_memory: Option<MiB>,
    /// Whether it can be bought as Spot.
    pub spot_supported: bool,
    /// Whether ECS Managed Instances lists its family.
    pub managed_instances_family: bool,
    /// Price of a Standard Reserved Instance, all upfront, 1 year, in thousandths of On-Demand.
    pub reserved_1_year_per_mille: Option<u16>,
    /// The same for 3 years.
    pub reserved_3_years_per_mille: Option<u16>,
}

impl InstanceType {
    /// `t4g` of `t4g.small`.
    pub fn family(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }

    /// `small` of `t4g.small`.
    pub fn size(&self) -> &str {
        self.name.split_once('.').map_or("", |(_, size)| size)
    }

    /// All its CPU, in CPU units.
    pub fn cpu_units(&self) -> CpuUnits {
        CpuUnits::from_vcpus(self.vcpu)
    }

    /// Whole GPUs that a task can ask for.
    pub fn gpus(&self) -> u32 {
        let gpus = self.accelerators.iter().filter(|a| a.kind == AcceleratorKind::Gpu);
        gpus.map(|a| a.count).sum()
    }
}

/// Who makes the processor; the names of the API's `cpuManufacturers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CpuManufacturer {
    Intel,
    Amd,
    AmazonWebServices,
    Apple,
}

/// An instruction set, by EC2's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Architecture {
    I386,
    X86_64,
    Arm64,
    X86_64Mac,
    Arm64Mac,
}

/// `CurrentGeneration` of DescribeInstanceTypes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Generation {
    Current,
    Previous,
}

/// What lies under the guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Hypervisor {
    Nitro,
    Xen,
}

/// Instance store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LocalStorage {
    /// All volumes together.
    pub gigabytes: u32,
    /// What they are made of.
    pub kind: LocalStorageType,
}

/// What the instance store is made of; the names of the API's `localStorageTypes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum LocalStorageType {
    Hdd,
    Ssd,
}

/// Equal accelerators of one instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Accelerator {
    /// What it does.
    pub kind: AcceleratorKind,
    /// As DescribeInstanceTypes writes it: `NVIDIA`.
    pub manufacturer: String,
    /// As DescribeInstanceTypes writes it: `A10G`.
    pub name: String,
    /// Whole devices; 0 where an instance has a fraction of one (g6f).
    pub count: u32,
}

/// What an accelerator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum AcceleratorKind {
    Gpu,
    Fpga,
    Inference,
    Media,
    Neuron,
}
