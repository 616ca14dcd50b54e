//! Instance types as columns: equal figures of neighbouring types stand together, which is what
//! deflate shortens best.

use super::corrupt;
use super::forecast::{Forecast, unit};
use crate::{
    Accelerator, Architecture, CatalogError, CpuManufacturer, Generation, Hypervisor, InstanceType,
    LocalStorage, LocalStorageType, MiB, NanoUsdPerHour,
};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::mem;

const PART: &str = "instance types";
const CANNOT_BE: &str = "says what cannot be";

/// One entry for each type, in name order.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct TypeColumns {
    /// Letters that a name has in common with the one before it.
    shared: Column<u8>,
    /// The other letters of each name, each ended by a line feed.
    rest: String,
    vcpu: Column<u32>,
    memory: Column<u64>,
    cpu_manufacturer: Column<CpuManufacturer>,
    architectures: Column<Vec<Architecture>>,
    generation: Column<Generation>,
    burstable: Column<bool>,
    bare_metal: Column<bool>,
    hypervisor: Column<Option<Hypervisor>>,
    local_storage: Column<Option<(u32, LocalStorageType)>>,
    accelerators: Column<Vec<Accelerator>>,
    accelerator_memory: Column<Option<u64>>,
    network_baseline_mbps: Column<Option<u32>>,
    network_peak_mbps: Column<Option<u32>>,
    ebs_baseline_mbps: Column<Option<u32>>,
    max_enis: Column<u32>,
    enis_per_card: Column<Vec<u32>>,
    awsvpc_tasks: Column<u32>,
    awsvpc_tasks_trunked: Column<Option<u32>>,
    visible_memory: Column<Option<u64>>,
    spot_supported: Column<bool>,
    managed_instances_family: Column<bool>,
    reserved_1_year_per_mille: Column<Option<u16>>,
    reserved_3_years_per_mille: Column<Option<u16>>,
    /// Nano-USD of one step of `reference_residues`.
    reference_unit: u64,
    /// The price against which every region's is foretold: itself foretold from vCPUs.
    reference_residues: Column<Option<i64>>,
}

/// The types and the prices against which the regions' prices are foretold.
pub(crate) struct OpenedTypes {
    pub(crate) types: Vec<InstanceType>,
    pub(super) references: Vec<Option<NanoUsdPerHour>>,
}

impl TypeColumns {
    /// `references` holds one price for each type that has a price anywhere.
    pub(super) fn from_types(
        types: &[InstanceType],
        references: &[Option<NanoUsdPerHour>],
    ) -> Self {
        let unit = unit(references.iter().flatten().copied());
        let mut forecast = Forecast::new(unit);
        let mut columns = Self { reference_unit: unit, ..Self::default() };
        let mut previous = "";
        for (each, reference) in types.iter().zip(references) {
            let shared = previous.bytes().zip(each.name.bytes()).take_while(|(a, b)| a == b);
            let shared = u8::try_from(shared.count()).unwrap_or(u8::MAX);
            columns.shared.push(shared);
            columns.rest.push_str(each.name.get(usize::from(shared)..).unwrap_or_default());
            columns.rest.push('\n');
            previous = &each.name;
            columns.push(each.clone());
            let vcpu = u64::from(each.vcpu);
            let residue = reference.map(|price| forecast.residue(each.family(), vcpu, price));
            columns.reference_residues.push(residue);
        }
        columns
    }

    fn push(&mut self, each: InstanceType) {
        self.vcpu.push(each.vcpu);
        self.memory.push(each.memory.0);
        self.cpu_manufacturer.push(each.cpu_manufacturer);
        self.architectures.push(each.architectures);
        self.generation.push(each.generation);
        self.burstable.push(each.burstable);
        self.bare_metal.push(each.bare_metal);
        self.hypervisor.push(each.hypervisor);
        self.local_storage.push(each.local_storage.map(|s| (s.gigabytes, s.kind)));
        self.accelerators.push(each.accelerators);
        self.accelerator_memory.push(each.accelerator_memory.map(|m| m.0));
        self.network_baseline_mbps.push(each.network_baseline_mbps);
        self.network_peak_mbps.push(each.network_peak_mbps);
        self.ebs_baseline_mbps.push(each.ebs_baseline_mbps);
        self.max_enis.push(each.max_enis);
        self.enis_per_card.push(each.enis_per_card);
        self.awsvpc_tasks.push(each.awsvpc_tasks);
        self.awsvpc_tasks_trunked.push(each.awsvpc_tasks_trunked);
        self.visible_memory.push(each.visible_memory.map(|m| m.0));
        self.spot_supported.push(each.spot_supported);
        self.managed_instances_family.push(each.managed_instances_family);
        self.reserved_1_year_per_mille.push(each.reserved_1_year_per_mille);
        self.reserved_3_years_per_mille.push(each.reserved_3_years_per_mille);
    }

    pub(super) fn into_types(mut self) -> Result<OpenedTypes, CatalogError> {
        let count = self.shared.len();
        if count > usize::from(u16::MAX) + 1 {
            return Err(corrupt(PART, "more types than can be numbered"));
        }
        let mut forecast = Forecast::new(self.reference_unit);
        let rest = mem::take(&mut self.rest);
        let mut rest = rest.split_terminator('\n');
        let mut types: Vec<InstanceType> = Vec::with_capacity(count);
        let mut references = Vec::with_capacity(count);
        for _ in 0..count {
            let previous = types.last().map_or("", |t| t.name.as_str());
            let shared = previous.get(..usize::from(self.shared.next()?));
            let (Some(shared), Some(rest)) = (shared, rest.next()) else {
                return Err(corrupt(PART, CANNOT_BE));
            };
            let name = [shared, rest].concat();
            if name.as_str() <= previous {
                return Err(corrupt(PART, "out of order"));
            }
            let each = self.next(name)?;
            references.push(match self.reference_residues.next()? {
                None => None,
                Some(residue) => {
                    let price = forecast.price(each.family(), u64::from(each.vcpu), residue);
                    Some(price.ok_or_else(|| corrupt(PART, CANNOT_BE))?)
                }
            });
            types.push(each);
        }
        Ok(OpenedTypes { types, references })
    }

    /// What [`Self::push`] put in, in the same order.
    fn next(&mut self, name: String) -> Result<InstanceType, CatalogError> {
        Ok(InstanceType {
            name,
            vcpu: self.vcpu.next()?,
            memory: MiB(self.memory.next()?),
            cpu_manufacturer: self.cpu_manufacturer.next()?,
            architectures: self.architectures.next()?,
            generation: self.generation.next()?,
            burstable: self.burstable.next()?,
            bare_metal: self.bare_metal.next()?,
            hypervisor: self.hypervisor.next()?,
            local_storage: self
                .local_storage
                .next()?
                .map(|(gigabytes, kind)| LocalStorage { gigabytes, kind }),
            accelerators: self.accelerators.next()?,
            accelerator_memory: self.accelerator_memory.next()?.map(MiB),
            network_baseline_mbps: self.network_baseline_mbps.next()?,
            network_peak_mbps: self.network_peak_mbps.next()?,
            ebs_baseline_mbps: self.ebs_baseline_mbps.next()?,
            max_enis: self.max_enis.next()?,
            enis_per_card: self.enis_per_card.next()?,
            awsvpc_tasks: self.awsvpc_tasks.next()?,
            awsvpc_tasks_trunked: self.awsvpc_tasks_trunked.next()?,
            visible_memory: self.visible_memory.next()?.map(MiB),
            spot_supported: self.spot_supported.next()?,
            managed_instances_family: self.managed_instances_family.next()?,
            reserved_1_year_per_mille: self.reserved_1_year_per_mille.next()?,
            reserved_3_years_per_mille: self.reserved_3_years_per_mille.next()?,
        })
    }
}

/// One figure for each type, put in at the end and taken out at the front.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Column<T>(VecDeque<T>);

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Column<T> {
    fn push(&mut self, value: T) {
        self.0.push_back(value);
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// A column that is too short is corruption.
    fn next(&mut self) -> Result<T, CatalogError> {
        self.0.pop_front().ok_or_else(|| corrupt(PART, "a column is cut short"))
    }
}
