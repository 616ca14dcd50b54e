//! What a column of a table of services holds, by its name in the many ways in which people write it.

use crate::cells::Row;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    Cpu(Option<CpuUnit>),
    Memory(Option<MemoryUnit>),
    Count,
    Architecture,
    OperatingSystem,
    NetworkMode,
    Gpus,
    Ports,
}

/// In what a column says its CPU is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CpuUnit {
    Units,
    Vcpus,
    Millicores,
    /// It has vCPUs and CPU units: each number tells which.
    ByCell,
}

/// In what a column says its memory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MemoryUnit {
    Mib,
    Gib,
    /// It has GiB and MiB: each number tells which.
    ByCell,
}

/// Where there is no row of names.
pub(super) const BY_POSITION: [Column; 5] =
    [Column::Name, Column::Cpu(None), Column::Memory(None), Column::Count, Column::Architecture];

/// The names, as letters and digits only.
const NAMES: [&str; 18] = [
    "name",
    "service",
    "services",
    "servicename",
    "app",
    "application",
    "workload",
    "component",
    "microservice",
    "deployment",
    "task",
    "taskname",
    "family",
    "taskdefinition",
    "dienst",
    "anwendung",
    "servicio",
    "servizio",
];
const COUNTS: [&str; 26] = [
    "count",
    "counts",
    "desired",
    "desiredcount",
    "desiredtasks",
    "desiredtaskcount",
    "tasks",
    "taskcount",
    "nooftasks",
    "oftasks",
    "anzahl",
    "instanzen",
    "cantidad",
    "aantal",
    "numberoftasks",
    "numtasks",
    "replicas",
    "replicacount",
    "instances",
    "running",
    "runningcount",
    "runningtasks",
    "copies",
    "quantity",
    "qty",
    "scale",
];
const ARCHITECTURES: [&str; 7] =
    ["arch", "architecture", "cpuarchitecture", "cpuarch", "processor", "cputype", "isa"];
const SYSTEMS: [&str; 5] = ["os", "operatingsystem", "operatingsystemfamily", "osfamily", "system"];
const NETWORKS: [&str; 4] = ["networkmode", "network", "networking", "netmode"];
const GPUS: [&str; 5] = ["gpu", "gpus", "gpucount", "gpuspertask", "gpupertask"];
const PORTS: [&str; 7] =
    ["port", "ports", "containerport", "containerports", "hostport", "portmappings", "hostports"];
/// What stands around the words that say CPU or memory and says nothing more.
const AROUND: [&str; 12] = [
    "per",
    "task",
    "each",
    "reserved",
    "reservation",
    "requested",
    "request",
    "limit",
    "size",
    "required",
    "amount",
    "in",
];

/// What a column of this name holds.
pub(super) fn named(name: &str) -> Option<Column> {
    let lower = name.to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let is = |names: &[&str]| names.contains(&plain.as_str());
    if is(&NAMES) {
        return Some(Column::Name);
    }
    if is(&COUNTS) || plain == "number" {
        return Some(Column::Count);
    }
    if is(&ARCHITECTURES) {
        return Some(Column::Architecture);
    }
    if is(&SYSTEMS) {
        return Some(Column::OperatingSystem);
    }
    if is(&NETWORKS) {
        return Some(Column::NetworkMode);
    }
    if is(&GPUS) {
        return Some(Column::Gpus);
    }
    if is(&PORTS) {
        return Some(Column::Ports);
    }
    size(&words(name))
}

/// `Memory (MiB)`, `taskMemory_mb`, `cpuUnits` in words.
fn words(name: &str) -> Vec<String> {
    // Units keep their case pattern together: it is no word's beginning.
    let name = name.replace("MiB", "mib").replace("GiB", "gib").replace("vCPU", "vcpu");
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let begins = !character.is_alphanumeric() || (character.is_uppercase() && was_lower);
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
        was_lower = character.is_lowercase();
    }
    words.retain(|word| !word.is_empty() && !AROUND.contains(&word.as_str()));
    words
}

fn size(words: &[String]) -> Option<Column> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Some(match words.as_slice() {
        ["cpu" | "cpus"] => Column::Cpu(None),
        ["cpu" | "cpus", "units" | "unit" | "shares"] | ["cpuunits" | "cpushares"] => {
            Column::Cpu(Some(CpuUnit::Units))
        }
        ["cpu" | "cpus", "vcpu" | "vcpus" | "cores" | "core"]
        | ["vcpu" | "vcpus" | "cores" | "core"] => Column::Cpu(Some(CpuUnit::Vcpus)),
        ["cpu", "m" | "millicores" | "millicpu"] | ["millicores" | "millicpu"] => {
            Column::Cpu(Some(CpuUnit::Millicores))
        }
        ["memory" | "mem" | "ram" | "speicher" | "arbeitsspeicher" | "memoria" | "mémoire"] => {
            Column::Memory(None)
        }
        [
            "memory" | "mem" | "ram" | "speicher" | "arbeitsspeicher" | "memoria" | "mémoire",
            "mib" | "mb" | "m" | "mi",
        ]
        | ["memorymib" | "memorymb" | "memmb" | "memmib" | "rammb" | "mib" | "mb"] => {
            Column::Memory(Some(MemoryUnit::Mib))
        }
        [
            "memory" | "mem" | "ram" | "speicher" | "arbeitsspeicher" | "memoria" | "mémoire",
            "gib" | "gb" | "g" | "gi",
        ]
        | ["memorygib" | "memorygb" | "memgb" | "memgib" | "ramgb" | "gib" | "gb"] => {
            Column::Memory(Some(MemoryUnit::Gib))
        }
        _ => return None,
    })
}

/// Whether a row names columns: that of the service and one of its sizes, or both sizes.
pub(super) fn is_header(row: &Row) -> bool {
    let columns: Vec<Column> = row.cells.iter().filter_map(|cell| named(&cell.text)).collect();
    let has = |is: fn(&Column) -> bool| columns.iter().any(is);
    let cpu = has(|column| matches!(column, Column::Cpu(_)));
    let memory = has(|column| matches!(column, Column::Memory(_)));
    (cpu || memory) && (has(|column| *column == Column::Name) || (cpu && memory))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        let check =
            |name: &str, expected: Option<Column>| assert_eq!(named(name), expected, "{name}");
        for name in ["Name", "service", "Service name", "service_name", "Task definition"] {
            check(name, Some(Column::Name));
        }
        for name in ["cpu", "CPU", "CPU per task", "task_cpu", "Reserved CPU"] {
            check(name, Some(Column::Cpu(None)));
        }
        for name in ["vCPU", "vCPUs", "CPU (vCPU)", "cores", "vCPU/task"] {
            check(name, Some(Column::Cpu(Some(CpuUnit::Vcpus))));
        }
        for name in ["CPU units", "cpuUnits", "cpu_units", "CPU (units)"] {
            check(name, Some(Column::Cpu(Some(CpuUnit::Units))));
        }
        check("CPU (m)", Some(Column::Cpu(Some(CpuUnit::Millicores))));
        for name in ["memory", "Mem", "RAM", "memory per task"] {
            check(name, Some(Column::Memory(None)));
        }
        for name in ["Memory (MiB)", "memoryMiB", "memory_mb", "Mem MB", "RAM [MiB]"] {
            check(name, Some(Column::Memory(Some(MemoryUnit::Mib))));
        }
        for name in ["Memory (GB)", "memory_gb", "RAM GiB", "memoryGB"] {
            check(name, Some(Column::Memory(Some(MemoryUnit::Gib))));
        }
        for name in ["Desired", "desired count", "# tasks", "Replicas", "count"] {
            check(name, Some(Column::Count));
        }
        check("Arch", Some(Column::Architecture));
        check("network mode", Some(Column::NetworkMode));
        check("GPUs", Some(Column::Gpus));
        check("Host port", Some(Column::Ports));
        check("Owner", None);
        check("CPU utilisation", None);
    }
}
