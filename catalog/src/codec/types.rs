//! Instance types as columns: equal figures of neighbouring types stand together, which is what
//! deflate shortens best.

use super::corrupt;
use super::forecast::{Forecast, unit};
use crate::{
    Accelerator, Architecture, CatalogError, CpuManufacturer, Generation, Hypervisor, InstanceType,
    LocalStorage, LocalStorageType, MiB, NanoUsdPerHour,
};
use serde::{Deserialize, Serialize};
use std::vec;

const PART: &str = "instance types";
const CANNOT_BE: &str = "says what cannot be";

/// One entry for each type, in name order.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct TypeColumns {
    /// Letters that a name has in common with the one before it.
    shared: Vec<u8>,
    /// The other letters of each name, each ended by a line feed.
    rest: String,
    vcpu: Vec<u32>,
    memory: Vec<u64>,
    cpu_manufacturer: Vec<CpuManufacturer>,
    architectures: Vec<Vec<Architecture>>,
    generation: Vec<Generation>,
    burstable: Vec<bool>,
    bare_metal: Vec<bool>,
    hypervisor: Vec<Option<Hypervisor>>,
    local_storage: Vec<Option<(u32, LocalStorageType)>>,
    accelerators: Vec<Vec<Accelerator>>,
    accelerator_memory: Vec<Option<u64>>,
    network_baseline_mbps: Vec<Option<u32>>,
    network_peak_mbps: Vec<Option<u32>>,
    ebs_baseline_mbps: Vec<Option<u32>>,
    max_enis: Vec<u32>,
    enis_per_card: Vec<Vec<u32>>,
    awsvpc_tasks: Vec<u32>,
    awsvpc_tasks_trunked: Vec<Option<u32>>,
    visible_memory: Vec<Option<u64>>,
    spot_supported: Vec<bool>,
    managed_instances_family: Vec<bool>,
    reserved_1_year_per_mille: Vec<Option<u16>>,
    reserved_3_years_per_mille: Vec<Option<u16>>,
    /// Nano-USD of one step of `reference_residues`.
    reference_unit: u64,
    /// The price against which every region's is foretold: itself foretold from vCPUs.
    reference_residues: Vec<Option<i64>>,
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

    pub(super) fn into_types(self) -> Result<OpenedTypes, CatalogError> {
        let mut forecast = Forecast::new(self.reference_unit);
        let mut rest = self.rest.split_terminator('\n');
        let shared = self.shared;
        if shared.len() > usize::from(u16::MAX) + 1 {
            return Err(corrupt(PART, "more types than can be numbered"));
        }
        let mut vcpu = Column::new(self.vcpu);
        let mut memory = Column::new(self.memory);
        let mut cpu_manufacturer = Column::new(self.cpu_manufacturer);
        let mut architectures = Column::new(self.architectures);
        let mut generation = Column::new(self.generation);
        let mut burstable = Column::new(self.burstable);
        let mut bare_metal = Column::new(self.bare_metal);
        let mut hypervisor = Column::new(self.hypervisor);
        let mut local_storage = Column::new(self.local_storage);
        let mut accelerators = Column::new(self.accelerators);
        let mut accelerator_memory = Column::new(self.accelerator_memory);
        let mut network_baseline_mbps = Column::new(self.network_baseline_mbps);
        let mut network_peak_mbps = Column::new(self.network_peak_mbps);
        let mut ebs_baseline_mbps = Column::new(self.ebs_baseline_mbps);
        let mut max_enis = Column::new(self.max_enis);
        let mut enis_per_card = Column::new(self.enis_per_card);
        let mut awsvpc_tasks = Column::new(self.awsvpc_tasks);
        let mut awsvpc_tasks_trunked = Column::new(self.awsvpc_tasks_trunked);
        let mut visible_memory = Column::new(self.visible_memory);
        let mut spot_supported = Column::new(self.spot_supported);
        let mut managed_instances_family = Column::new(self.managed_instances_family);
        let mut reserved_1_year_per_mille = Column::new(self.reserved_1_year_per_mille);
        let mut reserved_3_years_per_mille = Column::new(self.reserved_3_years_per_mille);
        let mut residues = Column::new(self.reference_residues);

        let mut types: Vec<InstanceType> = Vec::with_capacity(shared.len());
        let mut references = Vec::with_capacity(shared.len());
        for shared in shared {
            let previous = types.last().map_or("", |t| t.name.as_str());
            let head = previous.get(..usize::from(shared));
            let (Some(head), Some(rest)) = (head, rest.next()) else {
                return Err(corrupt(PART, CANNOT_BE));
            };
            let name = [head, rest].concat();
            if name.as_str() <= previous {
                return Err(corrupt(PART, "out of order"));
            }
            let each = InstanceType {
                name,
                vcpu: vcpu.next()?,
                memory: MiB(memory.next()?),
                cpu_manufacturer: cpu_manufacturer.next()?,
                architectures: architectures.next()?,
                generation: generation.next()?,
                burstable: burstable.next()?,
                bare_metal: bare_metal.next()?,
                hypervisor: hypervisor.next()?,
                local_storage: local_storage
                    .next()?
                    .map(|(gigabytes, kind)| LocalStorage { gigabytes, kind }),
                accelerators: accelerators.next()?,
                accelerator_memory: accelerator_memory.next()?.map(MiB),
                network_baseline_mbps: network_baseline_mbps.next()?,
                network_peak_mbps: network_peak_mbps.next()?,
                ebs_baseline_mbps: ebs_baseline_mbps.next()?,
                max_enis: max_enis.next()?,
                enis_per_card: enis_per_card.next()?,
                awsvpc_tasks: awsvpc_tasks.next()?,
                awsvpc_tasks_trunked: awsvpc_tasks_trunked.next()?,
                visible_memory: visible_memory.next()?.map(MiB),
                spot_supported: spot_supported.next()?,
                managed_instances_family: managed_instances_family.next()?,
                reserved_1_year_per_mille: reserved_1_year_per_mille.next()?,
                reserved_3_years_per_mille: reserved_3_years_per_mille.next()?,
            };
            references.push(match residues.next()? {
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
}

/// A column being read; one that is too short is corruption.
struct Column<T>(vec::IntoIter<T>);

impl<T> Column<T> {
    fn new(values: Vec<T>) -> Self {
        Self(values.into_iter())
    }

    fn next(&mut self) -> Result<T, CatalogError> {
        self.0.next().ok_or_else(|| corrupt(PART, "a column is cut short"))
    }
}
