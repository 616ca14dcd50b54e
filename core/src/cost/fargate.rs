//! The same task on Fargate: its valid size and what that costs.
//!
//! Sources: ECS Developer Guide, Fargate tasks and services (sizes; 32 vCPU stands only in its
//! 2026 edition); Fargate pricing (by vCPU and GB, 20 GB of ephemeral storage included). Windows
//! is left out: its memory price is contradictory.

use crate::scenario::{CpuArchitecture, NetworkMode, OperatingSystemFamily};
use crate::task::Demand;
use eniac_catalog::{CpuUnits, FargateRates, MiB, NanoUsdPerHour};

/// One task on Fargate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FargateTask {
    /// CPU of the size.
    pub cpu: CpuUnits,
    /// Memory of the size.
    pub memory: MiB,
}

impl FargateTask {
    /// What one task costs at a vCPU's and a GB's rate, rounded half up.
    pub fn per_hour(&self, vcpu: NanoUsdPerHour, gb: NanoUsdPerHour) -> NanoUsdPerHour {
        let cpu = u128::from(vcpu.0) * u128::from(self.cpu.0);
        let memory = u128::from(gb.0) * u128::from(self.memory.0);
        // A vCPU is 1024 CPU units and a GB 1024 MiB: one division serves both.
        let nano = (cpu + memory + 512) / 1024;
        NanoUsdPerHour(u64::try_from(nano).unwrap_or(u64::MAX))
    }

    /// What one task costs On-Demand on an architecture.
    pub fn on_demand(&self, rates: &FargateRates, on: CpuArchitecture) -> NanoUsdPerHour {
        match on {
            CpuArchitecture::X86_64 => self.per_hour(rates.x86_vcpu, rates.x86_gb),
            CpuArchitecture::Arm64 => self.per_hour(rates.arm_vcpu, rates.arm_gb),
        }
    }

    /// What one task costs as Spot on x86; the rates of Spot on ARM are not known.
    pub fn spot_x86(&self, rates: &FargateRates) -> NanoUsdPerHour {
        self.per_hour(rates.spot_x86_vcpu, rates.spot_x86_gb)
    }
}

/// The MiB that go with an amount of CPU.
enum Sizes {
    /// From, to, in steps of.
    Steps(u64, u64, u64),
    Listed([u64; 3]),
}

const SIZES: [(u64, Sizes); 8] = [
    (256, Sizes::Listed([512, 1024, 2048])),
    (512, Sizes::Steps(1024, 4096, 1024)),
    (1024, Sizes::Steps(2048, 8192, 1024)),
    (2048, Sizes::Steps(4096, 16_384, 1024)),
    (4096, Sizes::Steps(8192, 30_720, 1024)),
    (8192, Sizes::Steps(16_384, 61_440, 4096)),
    (16_384, Sizes::Steps(32_768, 122_880, 8192)),
    (32_768, Sizes::Listed([61_440, 122_880, 249_856])),
];

impl Sizes {
    /// The least that covers `memory`.
    fn covering(&self, memory: u64) -> Option<u64> {
        match *self {
            Self::Listed(sizes) => sizes.into_iter().find(|mib| *mib >= memory),
            Self::Steps(least, most, step) => {
                let above = memory.saturating_sub(least).div_ceil(step) * step;
                Some(least + above).filter(|mib| *mib <= most)
            }
        }
    }
}

/// The cheapest valid size that covers both figures; `None` above the largest.
///
/// ECS does not round: it refuses to register other sizes for Fargate.
pub fn fargate_size(cpu: CpuUnits, memory: MiB) -> Option<FargateTask> {
    // More CPU never allows less memory for less money, so the first size that covers is the
    // cheapest.
    SIZES.iter().filter(|(units, _)| *units >= cpu.0).find_map(|(units, sizes)| {
        let memory = MiB(sizes.covering(memory.0)?);
        Some(FargateTask { cpu: CpuUnits(*units), memory })
    })
}

/// Why Fargate cannot run a task, for scripts; `None` where it can. A task that states no network
/// mode would run in `awsvpc` there.
pub fn fargate_unsupported(demand: &Demand) -> Option<&'static str> {
    if demand.operating_system == OperatingSystemFamily::Windows {
        Some("windows")
    } else if demand.gpus > 0 {
        Some("gpu")
    } else if demand.network_mode_stated && demand.network_mode != NetworkMode::Awsvpc {
        Some("networkMode")
    } else if fargate_size(demand.cpu, demand.memory).is_none() {
        Some("tooBig")
    } else {
        None
    }
}
