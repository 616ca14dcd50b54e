//! The facts: EC2 instance types, their prices, zones, ENI and memory figures.
//!
//! The tables that people read and correct stand in `catalog/tables/`; `cargo xtask catalog`
//! packs them into one embedded blob, which this crate opens. Nothing here knows of ECS tasks,
//! scenarios or JavaScript, reads a file or a clock, or computes a plan.

mod instance_type;
mod region;
mod units;

pub use instance_type::{
    Accelerator, AcceleratorKind, Architecture, CpuManufacturer, Generation, Hypervisor,
    InstanceType, LocalStorage, LocalStorageType, TypeId,
};
pub use region::{FargateRates, Offer, Price, PriceBasis, RegionCatalog, SpotSaving, ZoneSet};
pub use units::{CpuUnits, MiB, NanoUsdPerHour};
