//! `instance_types.csv`: one row for each type. Lists are separated by `|`; an accelerator is
//! `kind:manufacturer:name:count`; an empty field is a figure that no source gives.

use anyhow::{Context, bail};
use eniac_catalog::{
    Accelerator, CpuManufacturer, Generation, Hypervisor, InstanceType, LocalStorage,
    LocalStorageType, MiB,
};
use serde::de::value::Error as NameError;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    instance_type: String,
    vcpu: u32,
    memory_mib: u64,
    cpu_manufacturer: CpuManufacturer,
    architectures: String,
    generation: Generation,
    burstable: u8,
    bare_metal: u8,
    hypervisor: Option<Hypervisor>,
    local_storage_gb: Option<u32>,
    local_storage_type: Option<LocalStorageType>,
    accelerators: String,
    accelerator_memory_mib: Option<u64>,
    network_baseline_mbps: Option<u32>,
    network_peak_mbps: Option<u32>,
    ebs_baseline_mbps: Option<u32>,
    max_enis: u32,
    enis_per_card: String,
    awsvpc_tasks: u32,
    awsvpc_tasks_trunked: Option<u32>,
    visible_memory_mib: Option<u64>,
    spot_supported: u8,
    managed_instances_family: u8,
    reserved_1_year_per_mille: Option<u16>,
    reserved_3_years_per_mille: Option<u16>,
}

pub(super) fn from_row(row: Row) -> anyhow::Result<(String, InstanceType)> {
    let name = row.instance_type.clone();
    let each = instance_type(row).with_context(|| name.clone())?;
    Ok((name, each))
}

fn instance_type(row: Row) -> anyhow::Result<InstanceType> {
    if row.vcpu == 0 || row.memory_mib == 0 || row.max_enis == 0 {
        bail!("vcpu, memory_mib and max_enis are at least 1");
    }
    if row.awsvpc_tasks != row.max_enis - 1 {
        bail!("awsvpc_tasks is {}, but max_enis - 1 is {}", row.awsvpc_tasks, row.max_enis - 1);
    }
    if [row.reserved_1_year_per_mille, row.reserved_3_years_per_mille].contains(&Some(0)) {
        bail!("a reserved price of 0 is no price: leave the field empty");
    }
    let local_storage = match (row.local_storage_gb, row.local_storage_type) {
        (None, None) => None,
        (Some(gigabytes), Some(kind)) => Some(LocalStorage { gigabytes, kind }),
        _ => bail!("local_storage_gb and local_storage_type go together"),
    };
    Ok(InstanceType {
        vcpu: row.vcpu,
        memory: MiB(row.memory_mib),
        cpu_manufacturer: row.cpu_manufacturer,
        architectures: list(&row.architectures).map(named).collect::<Result<_, _>>()?,
        generation: row.generation,
        burstable: flag("burstable", row.burstable)?,
        bare_metal: flag("bare_metal", row.bare_metal)?,
        hypervisor: row.hypervisor,
        local_storage,
        accelerators: list(&row.accelerators).map(accelerator).collect::<Result<_, _>>()?,
        accelerator_memory: row.accelerator_memory_mib.map(MiB),
        network_baseline_mbps: row.network_baseline_mbps,
        network_peak_mbps: row.network_peak_mbps,
        ebs_baseline_mbps: row.ebs_baseline_mbps,
        max_enis: row.max_enis,
        enis_per_card: list(&row.enis_per_card)
            .map(str::parse)
            .collect::<Result<_, _>>()
            .context("enis_per_card")?,
        awsvpc_tasks: row.awsvpc_tasks,
        awsvpc_tasks_trunked: row.awsvpc_tasks_trunked,
        visible_memory: row.visible_memory_mib.map(MiB),
        spot_supported: flag("spot_supported", row.spot_supported)?,
        managed_instances_family: flag("managed_instances_family", row.managed_instances_family)?,
        reserved_1_year_per_mille: row.reserved_1_year_per_mille,
        reserved_3_years_per_mille: row.reserved_3_years_per_mille,
        name: row.instance_type,
    })
}

pub(super) fn to_row(each: &InstanceType) -> Row {
    Row {
        instance_type: each.name.clone(),
        vcpu: each.vcpu,
        memory_mib: each.memory.0,
        cpu_manufacturer: each.cpu_manufacturer,
        architectures: joined(each.architectures.iter().map(name_of)),
        generation: each.generation,
        burstable: each.burstable.into(),
        bare_metal: each.bare_metal.into(),
        hypervisor: each.hypervisor,
        local_storage_gb: each.local_storage.map(|s| s.gigabytes),
        local_storage_type: each.local_storage.map(|s| s.kind),
        accelerators: joined(
            each.accelerators
                .iter()
                .map(|a| format!("{}:{}:{}:{}", name_of(&a.kind), a.manufacturer, a.name, a.count)),
        ),
        accelerator_memory_mib: each.accelerator_memory.map(|m| m.0),
        network_baseline_mbps: each.network_baseline_mbps,
        network_peak_mbps: each.network_peak_mbps,
        ebs_baseline_mbps: each.ebs_baseline_mbps,
        max_enis: each.max_enis,
        enis_per_card: joined(each.enis_per_card.iter().map(u32::to_string)),
        awsvpc_tasks: each.awsvpc_tasks,
        awsvpc_tasks_trunked: each.awsvpc_tasks_trunked,
        visible_memory_mib: each.visible_memory.map(|m| m.0),
        spot_supported: each.spot_supported.into(),
        managed_instances_family: each.managed_instances_family.into(),
        reserved_1_year_per_mille: each.reserved_1_year_per_mille,
        reserved_3_years_per_mille: each.reserved_3_years_per_mille,
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|each| !each.is_empty())
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("|")
}

fn flag(column: &str, value: u8) -> anyhow::Result<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        _ => bail!("{column} is {value}, not 0 or 1"),
    }
}

fn accelerator(text: &str) -> anyhow::Result<Accelerator> {
    let fields: Vec<&str> = text.split(':').collect();
    let [kind, manufacturer, name, count] = fields.as_slice() else {
        bail!("accelerator {text:?} is not kind:manufacturer:name:count");
    };
    Ok(Accelerator {
        kind: named(kind)?,
        manufacturer: (*manufacturer).to_owned(),
        name: (*name).to_owned(),
        count: count.parse().with_context(|| format!("accelerator {text:?}: count"))?,
    })
}

/// The value whose name a table or AWS writes; an error lists the names there are.
pub(in crate::catalog) fn named<T: DeserializeOwned>(text: &str) -> Result<T, NameError> {
    T::deserialize(text.into_deserializer())
}

fn name_of<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}
