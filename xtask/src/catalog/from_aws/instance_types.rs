//! One entry of `aws ec2 describe-instance-types`, and the [`InstanceType`] it makes.

use crate::catalog::tables::{decimal, named};
use anyhow::{Context, bail};
use eniac_catalog::{
    Accelerator, AcceleratorKind, Architecture, CpuManufacturer, Generation, Hypervisor,
    InstanceType, LocalStorage, LocalStorageType, MiB,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One entry of `InstanceTypes`: only what the catalogue keeps. Optional is what AWS leaves out
/// for some types.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AwsType {
    pub(super) instance_type: String,
    current_generation: bool,
    supported_usage_classes: Vec<String>,
    #[serde(default)]
    bare_metal: bool,
    #[serde(default)]
    burstable_performance_supported: bool,
    hypervisor: Option<Hypervisor>,
    processor_info: ProcessorInfo,
    #[serde(rename = "VCpuInfo")]
    vcpu_info: VcpuInfo,
    memory_info: Memory,
    instance_storage_info: Option<InstanceStorageInfo>,
    ebs_info: Option<EbsInfo>,
    network_info: NetworkInfo,
    gpu_info: Option<Devices>,
    fpga_info: Option<Devices>,
    inference_accelerator_info: Option<Devices>,
    media_accelerator_info: Option<Devices>,
    neuron_info: Option<Devices>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ProcessorInfo {
    supported_architectures: Vec<Architecture>,
    manufacturer: Option<String>,
}

#[derive(Debug, Deserialize)]
struct VcpuInfo {
    #[serde(rename = "DefaultVCpus")]
    default_vcpus: u32,
}

#[derive(Debug, Deserialize)]
struct Memory {
    #[serde(rename = "SizeInMiB")]
    mib: u64,
}

#[derive(Debug, Deserialize)]
struct InstanceStorageInfo {
    #[serde(rename = "TotalSizeInGB")]
    gigabytes: u32,
    #[serde(rename = "Disks", default)]
    disks: Vec<Disk>,
}

#[derive(Debug, Deserialize)]
struct Disk {
    #[serde(rename = "Type")]
    kind: LocalStorageType,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EbsInfo {
    ebs_optimized_info: Option<EbsOptimizedInfo>,
}

#[derive(Debug, Deserialize)]
struct EbsOptimizedInfo {
    #[serde(rename = "BaselineBandwidthInMbps")]
    baseline_mbps: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkInfo {
    maximum_network_interfaces: u32,
    #[serde(default)]
    network_cards: Vec<NetworkCard>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkCard {
    maximum_network_interfaces: u32,
    baseline_bandwidth_in_gbps: Option<serde_json::Number>,
    peak_bandwidth_in_gbps: Option<serde_json::Number>,
}

/// GPUs and the like; each kind has its own names for the same two things.
#[derive(Debug, Deserialize)]
struct Devices {
    #[serde(alias = "Gpus", alias = "Fpgas", alias = "Accelerators", alias = "NeuronDevices")]
    devices: Vec<Device>,
    #[serde(
        alias = "TotalGpuMemoryInMiB",
        alias = "TotalFpgaMemoryInMiB",
        alias = "TotalInferenceMemoryInMiB",
        alias = "TotalMediaMemoryInMiB",
        alias = "TotalNeuronDeviceMemoryInMiB"
    )]
    memory_mib: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Device {
    name: String,
    /// Neuron devices have none: they are all of AWS.
    manufacturer: Option<String>,
    #[serde(default)]
    count: u32,
}

impl AwsType {
    /// The type as the catalogue has it. What AWS's answer does not say is taken from `known`,
    /// the same type in the tables, or from its family there; what nothing says is left open.
    pub(super) fn instance_type(
        &self,
        known: &BTreeMap<String, InstanceType>,
    ) -> anyhow::Result<InstanceType> {
        self.checked(known).with_context(|| format!("{}: left out", self.instance_type))
    }

    fn checked(&self, known: &BTreeMap<String, InstanceType>) -> anyhow::Result<InstanceType> {
        let name = self.instance_type.clone();
        let max_enis = self.network_info.maximum_network_interfaces;
        if self.vcpu_info.default_vcpus == 0 || self.memory_info.mib == 0 || max_enis == 0 {
            bail!("it has no vCPUs, no memory or no network interfaces");
        }
        let before = known.get(&name);
        let family = |each: &&InstanceType| Some(each.family()) == name.split('.').next();
        let relative = known.values().find(family);
        let cards = &self.network_info.network_cards;
        let card = cards.first();
        let several = if cards.len() > 1 { cards.as_slice() } else { &[] };
        Ok(InstanceType {
            vcpu: self.vcpu_info.default_vcpus,
            memory: MiB(self.memory_info.mib),
            cpu_manufacturer: self.cpu_manufacturer(before)?,
            architectures: self.processor_info.supported_architectures.clone(),
            generation: if self.current_generation {
                Generation::Current
            } else {
                Generation::Previous
            },
            burstable: self.burstable_performance_supported,
            bare_metal: self.bare_metal,
            hypervisor: self.hypervisor,
            local_storage: self.local_storage(),
            accelerators: self.accelerators(),
            accelerator_memory: [&self.gpu_info, &self.neuron_info]
                .into_iter()
                .flatten()
                .filter_map(|devices| devices.memory_mib)
                .reduce(u64::saturating_add)
                .map(MiB),
            network_baseline_mbps: mbps(card.and_then(|c| c.baseline_bandwidth_in_gbps.as_ref()))?,
            network_peak_mbps: mbps(card.and_then(|c| c.peak_bandwidth_in_gbps.as_ref()))?,
            ebs_baseline_mbps: self
                .ebs_info
                .as_ref()
                .and_then(|ebs| ebs.ebs_optimized_info.as_ref()?.baseline_mbps),
            max_enis,
            enis_per_card: several.iter().map(|card| card.maximum_network_interfaces).collect(),
            // Source: ECS Developer Guide, container-instance-eni: the primary interface counts.
            awsvpc_tasks: max_enis - 1,
            awsvpc_tasks_trunked: before.and_then(|before| before.awsvpc_tasks_trunked),
            visible_memory: before.and_then(|before| before.visible_memory),
            spot_supported: self.supported_usage_classes.iter().any(|class| class == "spot"),
            managed_instances_family: relative.is_some_and(|each| each.managed_instances_family),
            reserved_1_year_per_mille: before.and_then(|before| before.reserved_1_year_per_mille),
            reserved_3_years_per_mille: before.and_then(|before| before.reserved_3_years_per_mille),
            name,
        })
    }

    fn cpu_manufacturer(&self, before: Option<&InstanceType>) -> anyhow::Result<CpuManufacturer> {
        match (self.processor_info.manufacturer.as_deref(), before) {
            (Some("Intel"), _) => Ok(CpuManufacturer::Intel),
            (Some("AMD"), _) => Ok(CpuManufacturer::Amd),
            (Some("AWS" | "Amazon Web Services"), _) => Ok(CpuManufacturer::AmazonWebServices),
            (Some("Apple"), _) => Ok(CpuManufacturer::Apple),
            (Some(other), _) => Ok(named(&other.to_ascii_lowercase().replace(' ', "-"))?),
            (None, Some(before)) => Ok(before.cpu_manufacturer),
            (None, None) => bail!("ProcessorInfo.Manufacturer is missing"),
        }
    }

    fn local_storage(&self) -> Option<LocalStorage> {
        let storage = self.instance_storage_info.as_ref()?;
        let kind = storage.disks.first()?.kind;
        Some(LocalStorage { gigabytes: storage.gigabytes, kind })
    }

    fn accelerators(&self) -> Vec<Accelerator> {
        // AWS lists Inferentia twice, as a Neuron device and as the inference accelerator it was
        // called before.
        let inference =
            self.inference_accelerator_info.as_ref().filter(|_| self.neuron_info.is_none());
        let kinds = [
            (AcceleratorKind::Gpu, self.gpu_info.as_ref()),
            (AcceleratorKind::Fpga, self.fpga_info.as_ref()),
            (AcceleratorKind::Inference, inference),
            (AcceleratorKind::Media, self.media_accelerator_info.as_ref()),
            (AcceleratorKind::Neuron, self.neuron_info.as_ref()),
        ];
        let devices = kinds
            .into_iter()
            .filter_map(|(kind, devices)| Some((kind, devices?)))
            .flat_map(|(kind, devices)| devices.devices.iter().map(move |d| (kind, d)));
        let accelerators = devices.map(|(kind, device)| Accelerator {
            kind,
            manufacturer: device.manufacturer.clone().unwrap_or_else(|| "AWS".to_owned()),
            name: device.name.clone(),
            count: device.count,
        });
        accelerators.collect()
    }
}

/// Mbps of a decimal number of Gbps.
fn mbps(gbps: Option<&serde_json::Number>) -> anyhow::Result<Option<u32>> {
    let Some(gbps) = gbps else { return Ok(None) };
    let mbps = decimal(&gbps.to_string(), 3).and_then(|mbps| Ok(u32::try_from(mbps)?));
    mbps.map(Some).with_context(|| format!("a bandwidth of {gbps} Gbps"))
}
