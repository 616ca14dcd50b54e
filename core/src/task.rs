//! From a task definition to a [`Demand`]: what one task takes of an instance.
//!
//! Sources: ECS agent, `Task.ToHostResources` (which figures are subtracted); ECS API Reference,
//! `ContainerDefinition`, `RegisterTaskDefinition`, `PortMapping` (their meaning and limits).
//! Knows nothing of instance types.

use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ContainerDefinition, CpuArchitecture, Memory, NetworkMode, OperatingSystemFamily, Port,
    Protocol, ResourceType, TaskDefinition, quantity::with_thousands,
};
use eniac_catalog::{CpuUnits, MiB};
use std::collections::BTreeSet;

/// The least memory that a container can be given. Source: ECS API, `ContainerDefinition.memory`.
const MIN_CONTAINER_MEMORY: MiB = MiB(6);

/// The least CPU that a task can be given at task level. Source: ECS API,
/// `RegisterTaskDefinition.cpu`.
const MIN_TASK_CPU: CpuUnits = CpuUnits(128);

/// A port of the instance.
pub type HostPort = (Protocol, u16);

/// What one task takes of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// CPU that placement subtracts.
    pub cpu: CpuUnits,
    /// Memory that placement subtracts.
    pub memory: MiB,
    /// Network interfaces: 1 in `awsvpc` mode.
    pub enis: u32,
    /// Whole GPUs.
    pub gpus: u32,
    /// Static ports of the instance. Dynamic ones never conflict and are not here.
    pub host_ports: BTreeSet<HostPort>,
    /// On which architectures it runs; never empty.
    pub architectures: BTreeSet<CpuArchitecture>,
    /// Linux or Windows.
    pub operating_system: OperatingSystemFamily,
    /// The network mode, with the default filled in.
    pub network_mode: NetworkMode,
    /// Whether the definition states it, so that it could be another elsewhere.
    pub network_mode_stated: bool,
}

/// Where a task is to run, as far as it changes what its definition means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// ECS Managed Instances: Linux only, `awsvpc` or `host`.
    ManagedInstances,
    /// EC2 instances that the user runs.
    ContainerInstances,
}

/// Sizes one task. `path` is where the definition stands in the scenario.
///
/// # Errors
/// Diagnostics, at least one of them an error, when ECS would not register or run the task.
/// On success there may be warnings and notes.
pub fn size(
    definition: &TaskDefinition,
    host: Host,
    path: &str,
) -> Result<(Demand, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut sizing = Sizing { definition, host, path, errors: Vec::new(), warnings: Vec::new() };
    let operating_system = sizing.operating_system();
    let network_mode = sizing.network_mode(operating_system);
    let demand = Demand {
        cpu: sizing.cpu(operating_system),
        memory: sizing.memory(operating_system),
        enis: u32::from(network_mode == NetworkMode::Awsvpc),
        gpus: sizing.gpus(),
        host_ports: sizing.host_ports(network_mode),
        architectures: sizing.architectures(operating_system),
        operating_system,
        network_mode,
        network_mode_stated: definition.network_mode.is_some(),
    };
    let Sizing { mut errors, warnings, .. } = sizing;
    if errors.is_empty() {
        Ok((demand, warnings))
    } else {
        errors.extend(warnings);
        Err(errors)
    }
}

struct Sizing<'a> {
    definition: &'a TaskDefinition,
    host: Host,
    path: &'a str,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl Sizing<'_> {
    fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.path)
    }

    fn error(&mut self, code: &str, field: &str, message: String) {
        self.errors.push(Diagnostic::error(code, self.field(field), message));
    }

    fn warning(&mut self, code: &str, field: &str, message: &str) {
        self.warnings.push(Diagnostic::warning(code, self.field(field), message));
    }

    fn operating_system(&mut self) -> OperatingSystemFamily {
        let family = self.definition.runtime_platform.operating_system_family;
        let family = family.unwrap_or(OperatingSystemFamily::Linux);
        if family == OperatingSystemFamily::Windows && self.host == Host::ManagedInstances {
            self.error(
                "task.windowsOnManagedInstances",
                "runtimePlatform.operatingSystemFamily",
                "Managed Instances run Linux only: use LINUX, or an Auto Scaling group".to_owned(),
            );
        }
        family
    }

    fn network_mode(&mut self, operating_system: OperatingSystemFamily) -> NetworkMode {
        let default = match (self.host, operating_system) {
            (Host::ManagedInstances, _) => NetworkMode::Awsvpc,
            // On Windows the default is `nat`, which counts as `bridge` does.
            (Host::ContainerInstances, _) => NetworkMode::Bridge,
        };
        let mode = self.definition.network_mode.unwrap_or(default);
        if self.host == Host::ManagedInstances
            && !matches!(mode, NetworkMode::Awsvpc | NetworkMode::Host)
        {
            self.error(
                "task.networkModeOnManagedInstances",
                "networkMode",
                "Managed Instances run tasks in the network mode awsvpc or host only".to_owned(),
            );
        }
        mode
    }

    fn architectures(
        &mut self,
        operating_system: OperatingSystemFamily,
    ) -> BTreeSet<CpuArchitecture> {
        let windows = operating_system == OperatingSystemFamily::Windows;
        match self.definition.runtime_platform.cpu_architecture {
            Some(CpuArchitecture::Arm64) if windows => {
                self.error(
                    "task.windowsOnArm",
                    "runtimePlatform.cpuArchitecture",
                    "Windows containers run on X86_64 only".to_owned(),
                );
                BTreeSet::from([CpuArchitecture::X86_64])
            }
            Some(one) => BTreeSet::from([one]),
            None if windows => BTreeSet::from([CpuArchitecture::X86_64]),
            None => BTreeSet::from([CpuArchitecture::X86_64, CpuArchitecture::Arm64]),
        }
    }

    /// The task-level figure, unless the containers' count alone.
    fn task_level<T: Copy>(
        &mut self,
        figure: Option<T>,
        field: &str,
        operating_system: OperatingSystemFamily,
    ) -> Option<T> {
        if operating_system == OperatingSystemFamily::Windows && figure.is_some() {
            self.warning(
                "task.windowsIgnoresTaskLevel",
                field,
                "ECS ignores task-level CPU and memory for Windows containers: the containers' \
                 own figures count",
            );
            return None;
        }
        figure
    }

    fn cpu(&mut self, operating_system: OperatingSystemFamily) -> CpuUnits {
        let containers = &self.definition.container_definitions;
        let sum = CpuUnits(containers.iter().filter_map(|c| c.cpu).map(|cpu| cpu.units().0).sum());
        let Some(task) = self.task_level(self.definition.cpu, "cpu", operating_system) else {
            if self.definition.container_definitions.is_empty() {
                let message = match operating_system {
                    OperatingSystemFamily::Linux => {
                        "cpu is missing: give the task's CPU units (1024 is a vCPU), or its \
                         containers"
                    }
                    OperatingSystemFamily::Windows => {
                        "a Windows task is sized by its containers: give each its cpu and memory"
                    }
                };
                self.error("task.noCpu", "cpu", message.to_owned());
            }
            return sum;
        };
        let task = task.units();
        if task < MIN_TASK_CPU {
            let hint = if (1..=16).contains(&task.0) {
                format!("; for {0} vCPU write \"{0} vCPU\"", task.0)
            } else {
                String::new()
            };
            let message = format!(
                "{} CPU units: a task needs at least {} (0.125 vCPU){hint}",
                task.0, MIN_TASK_CPU.0
            );
            self.error("task.cpuTooSmall", "cpu", message);
        }
        if sum > task {
            let message = format!(
                "the containers ask for {} CPU units together, the task for {}: raise cpu to at \
                 least that, or lower the containers'",
                sum.0, task.0
            );
            self.error("task.containersOverCpu", "cpu", message);
        }
        task
    }

    fn memory(&mut self, operating_system: OperatingSystemFamily) -> MiB {
        self.check_container_memory();
        let containers = &self.definition.container_definitions;
        let soft_or_hard = |c: &ContainerDefinition| c.memory_reservation.or(c.memory);
        let sum = MiB(containers.iter().filter_map(soft_or_hard).map(|m| m.mib().0).sum());
        let Some(task) = self.task_level(self.definition.memory, "memory", operating_system) else {
            self.check_memory_is_given();
            return sum;
        };
        let task = task.mib();
        if task < MIN_CONTAINER_MEMORY {
            let message = format!(
                "{} MiB: a task needs at least {} MiB, which is what one container needs",
                task.0, MIN_CONTAINER_MEMORY.0
            );
            self.error("task.memoryTooSmall", "memory", message);
        }
        let hard = containers.iter().filter_map(|c| c.memory).map(Memory::mib).max();
        if let Some(hard) = hard.filter(|hard| *hard > task && sum <= task) {
            let message = format!(
                "a container's hard limit, {} MiB, is above the task's memory, {}: lower the one \
                 or raise the other",
                with_thousands(hard.0),
                with_thousands(task.0)
            );
            self.error("task.containersOverMemory", "memory", message);
        }
        if sum > task {
            let message = format!(
                "the containers ask for {} MiB together, the task for {}: raise memory to at \
                 least that, or lower the containers'",
                with_thousands(sum.0),
                with_thousands(task.0)
            );
            self.error("task.containersOverMemory", "memory", message);
        }
        task
    }

    fn check_container_memory(&mut self) {
        let definition = self.definition;
        for (place, container) in definition.container_definitions.iter().enumerate() {
            let path = format!("containerDefinitions[{place}]");
            let figures =
                [("memory", container.memory), ("memoryReservation", container.memory_reservation)];
            for (field, figure) in figures {
                if figure.is_some_and(|figure| figure.mib() < MIN_CONTAINER_MEMORY) {
                    let message =
                        format!("a container needs at least {} MiB", MIN_CONTAINER_MEMORY.0);
                    self.error("task.memoryTooSmall", &format!("{path}.{field}"), message);
                }
            }
            if let (Some(hard), Some(soft)) = (container.memory, container.memory_reservation)
                && hard <= soft
            {
                let message = format!(
                    "memory, the hard limit ({} MiB), must be above memoryReservation, the soft \
                     one ({} MiB)",
                    hard.mib().0,
                    soft.mib().0
                );
                self.error("task.hardNotAboveSoft", &format!("{path}.memory"), message);
            }
        }
    }

    fn check_memory_is_given(&mut self) {
        let definition = self.definition;
        let windows = definition.runtime_platform.operating_system_family
            == Some(OperatingSystemFamily::Windows);
        if definition.container_definitions.is_empty() && !windows {
            self.error(
                "task.noMemory",
                "memory",
                "memory is missing: give the task's MiB, or its containers with theirs".to_owned(),
            );
        }
        for (place, container) in definition.container_definitions.iter().enumerate() {
            if container.memory.is_none() && container.memory_reservation.is_none() {
                self.error(
                    "task.noMemory",
                    &format!("containerDefinitions[{place}].memory"),
                    "without memory at task level, each container needs memory or \
                     memoryReservation"
                        .to_owned(),
                );
            }
        }
    }

    fn gpus(&self) -> u32 {
        let containers = self.definition.container_definitions.iter();
        let requirements = containers.flat_map(|container| &container.resource_requirements);
        let gpus = requirements.filter(|requirement| requirement.kind == ResourceType::Gpu);
        gpus.map(|requirement| requirement.value.get()).fold(0, u32::saturating_add)
    }

    fn host_ports(&mut self, mode: NetworkMode) -> BTreeSet<HostPort> {
        let mut ports = BTreeSet::new();
        let definition = self.definition;
        for (place, container) in definition.container_definitions.iter().enumerate() {
            for (index, mapping) in container.port_mappings.iter().enumerate() {
                let host = mapping.host_port.map_or(0, Port::get);
                let port = match mode {
                    NetworkMode::Host if host == 0 => mapping.container_port.get(),
                    NetworkMode::Host | NetworkMode::Bridge => host,
                    // In awsvpc mode the ports are those of the task's own interface.
                    NetworkMode::Awsvpc | NetworkMode::None => 0,
                };
                let field = format!("containerDefinitions[{place}].portMappings[{index}]");
                if mode == NetworkMode::Host && port != mapping.container_port.get() {
                    self.error(
                        "task.hostPortInHostMode",
                        &format!("{field}.hostPort"),
                        "in network mode host, hostPort must be left out or equal containerPort"
                            .to_owned(),
                    );
                }
                if port != 0 && !ports.insert((mapping.protocol, port)) {
                    let message = format!("port {port} is taken twice by the same task");
                    self.error("task.hostPortTwice", &format!("{field}.hostPort"), message);
                }
            }
        }
        ports
    }
}

#[cfg(test)]
mod tests;
