//! One instance type under the rules by which instances are run.

use super::memory::{Memory, registered_memory, windows_memory};
use crate::scenario::{CpuArchitecture, MemoryModel, OperatingSystemFamily, Protocol};
use crate::task::{Demand, HostPort};
use eniac_catalog::{Architecture, CpuUnits, InstanceType, MiB};
use std::collections::BTreeSet;

/// What runs on an instance: tasks of other platforms cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Platform {
    /// The processor's architecture.
    pub architecture: CpuArchitecture,
    /// The instance's operating system.
    pub operating_system: OperatingSystemFamily,
}

impl Platform {
    /// Every platform that ECS runs tasks on.
    pub const ALL: [Self; 3] = [
        Self {
            architecture: CpuArchitecture::X86_64,
            operating_system: OperatingSystemFamily::Linux,
        },
        Self {
            architecture: CpuArchitecture::Arm64,
            operating_system: OperatingSystemFamily::Linux,
        },
        Self {
            architecture: CpuArchitecture::X86_64,
            operating_system: OperatingSystemFamily::Windows,
        },
    ];

    /// Whether instances of the type can be this platform.
    pub fn runs_on(self, instance: &InstanceType) -> bool {
        instance.architectures.contains(&match self.architecture {
            CpuArchitecture::X86_64 => Architecture::X86_64,
            CpuArchitecture::Arm64 => Architecture::Arm64,
        })
    }

    /// Whether tasks of the demand run on this platform.
    pub fn runs(self, demand: &Demand) -> bool {
        demand.operating_system == self.operating_system
            && demand.architectures.contains(&self.architecture)
    }
}

/// How instances are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// How much memory Linux instances have for tasks. Windows instances register nearly what is
    /// advertised.
    pub memory_model: MemoryModel,
    /// What the platform or the agent keeps.
    pub reserved_memory: MiB,
    /// Whether types that can have a trunk ENI have one.
    pub trunking: bool,
    /// What runs on each instance.
    pub daemons: Vec<Demand>,
}

/// What one instance gives to tasks, daemons already taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocatable {
    /// CPU units.
    pub cpu: CpuUnits,
    /// MiB.
    pub memory: MiB,
    /// Network interfaces for tasks in `awsvpc` mode.
    pub enis: u32,
    /// Whole GPUs.
    pub gpus: u32,
    /// Ports that a task cannot have: the agent's, and those of daemons.
    pub taken_ports: BTreeSet<HostPort>,
    /// Whether the interfaces are branches of a trunk.
    pub trunked: bool,
    /// Where the memory goes before tasks get any.
    pub registered: Memory,
    /// What all daemons take together.
    pub daemon_cpu: CpuUnits,
    /// What all daemons take together.
    pub daemon_memory: MiB,
    /// What all daemons take together.
    pub daemon_enis: u64,
    /// Whether all daemons have room at all; where not, no task gets any resource.
    pub daemons_fit: bool,
}

/// What one instance of a type gives to tasks under the rules.
pub fn measure(instance: &InstanceType, platform: Platform, rules: &Rules) -> Allocatable {
    let windows = platform.operating_system == OperatingSystemFamily::Windows;
    let registered = if windows {
        windows_memory(instance, rules.reserved_memory)
    } else {
        registered_memory(instance, rules.memory_model, rules.reserved_memory)
    };
    // ECS trunks neither Windows instances nor the types that have no figure here. Source: ECS
    // Developer Guide, container-instance-eni.
    let trunk = instance.awsvpc_tasks_trunked.filter(|_| rules.trunking && !windows);
    let (enis, trunked) = trunk.map_or((untrunked_tasks(instance), false), |enis| (enis, true));

    let daemons: Vec<&Demand> = rules.daemons.iter().filter(|d| platform.runs(d)).collect();
    let sum = |amount: fn(&Demand) -> u64| daemons.iter().map(|d| amount(d)).sum::<u64>();
    let daemon_cpu = sum(|d| d.cpu.0);
    let daemon_memory = sum(|d| d.memory.0);
    let daemon_enis = sum(|d| u64::from(d.enis));
    let daemon_gpus = sum(|d| u64::from(d.gpus));
    let mut taken_ports = reserved_ports(platform.operating_system);
    taken_ports.extend(daemons.iter().flat_map(|daemon| &daemon.host_ports));

    let left = |all: u64, taken: u64| all.checked_sub(taken);
    let cpu = left(instance.cpu_units().0, daemon_cpu);
    let memory = left(registered.usable.0, daemon_memory);
    let enis = left(u64::from(enis), daemon_enis);
    let gpus = left(u64::from(instance.gpus()), daemon_gpus);
    let daemons_fit = cpu.is_some() && memory.is_some() && enis.is_some() && gpus.is_some();
    let given = |amount: Option<u64>| amount.filter(|_| daemons_fit).unwrap_or(0);
    let few = |amount: Option<u64>| u32::try_from(given(amount)).unwrap_or(u32::MAX);
    Allocatable {
        cpu: CpuUnits(given(cpu)),
        memory: MiB(given(memory)),
        enis: few(enis),
        gpus: few(gpus),
        taken_ports,
        trunked,
        registered,
        daemon_cpu: CpuUnits(daemon_cpu),
        daemon_memory: MiB(daemon_memory),
        daemon_enis,
        daemons_fit,
    }
}

/// Tasks in `awsvpc` mode without a trunk: all ENIs but the primary one. The table of the ECS
/// Developer Guide prints 63 for p5.48xlarge, and the text beside it says that one works, because
/// tasks' ENIs go to the first network card.
fn untrunked_tasks(instance: &InstanceType) -> u32 {
    if instance.name == "p5.48xlarge" { 1 } else { instance.awsvpc_tasks }
}

/// Ports that the agent, Docker and the system's own services hold. Source: ECS agent defaults;
/// ECS API, `Resource`.
fn reserved_ports(system: OperatingSystemFamily) -> BTreeSet<HostPort> {
    let ports: &[u16] = match system {
        OperatingSystemFamily::Linux => &[22, 2375, 2376, 51678, 51679],
        OperatingSystemFamily::Windows => {
            &[53, 135, 139, 445, 2375, 2376, 3389, 5985, 5986, 51678, 51679]
        }
    };
    ports.iter().map(|port| (Protocol::Tcp, *port)).collect()
}
