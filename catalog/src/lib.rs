//! The facts: EC2 instance types, their prices, zones, ENI and memory figures.
//!
//! The tables that people read and correct stand in `catalog/tables/`; `cargo xtask catalog`
//! packs them into one embedded blob, which this crate opens. Nothing here knows of ECS tasks,
//! scenarios or JavaScript, reads a file or a clock, or computes a plan.

mod catalog;
mod codec;
mod entry;
mod error;
mod instance_type;
mod lookup;
mod provenance;
mod region;
mod units;

pub use catalog::{Catalog, RegionSummary};
pub use codec::{Contents, PackError, Packed, PartSize, pack};
pub use entry::{Entry, EntryError, EntryOffer};
pub use error::{CatalogError, RegionError};
pub use instance_type::{
    Accelerator, AcceleratorKind, Architecture, CpuManufacturer, Generation, Hypervisor,
    InstanceType, LocalStorage, LocalStorageType, TypeId,
};
pub use lookup::{NameKind, UnknownName};
pub use provenance::Provenance;
pub use region::{FargateRates, Offer, Price, PriceBasis, RegionCatalog, SpotSaving, ZoneSet};
pub use units::{CpuUnits, MiB, NanoUsdPerHour};
