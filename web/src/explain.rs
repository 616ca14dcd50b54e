//! The arithmetic behind a drawing, in sentences: which resource binds, and by how much.

use crate::format::{counted, in_words, mib, thousands, vcpus};
use eniac_core::capacity::Resource;
use eniac_core::report::{InstanceGroup, InstanceTypeReport, Report, ServiceReport};

/// The name of a resource, as a sentence begins with it.
pub fn resource_name(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "Memory",
        Resource::Eni => "ENI",
        Resource::Gpu => "GPU",
        Resource::Port => "Port",
        Resource::DistinctInstance => "Distinct instance",
    }
}

/// `memory binds`, `CPU and memory bind`, or that there is room.
pub fn binding_label(binding: &[Resource]) -> String {
    let names: Vec<&str> = binding.iter().map(|resource| short_name(*resource)).collect();
    match names.as_slice() {
        [] => "room for one more".to_owned(),
        [one] => format!("{one} binds"),
        [most @ .., last] => format!("{} and {last} bind", most.join(", ")),
    }
}

fn short_name(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "CPU",
        Resource::Memory => "memory",
        Resource::Eni => "ENI",
        Resource::Gpu => "GPU",
        Resource::Port => "port",
        Resource::DistinctInstance => "distinct instance",
    }
}

/// The facts of an instance type that the report names.
pub fn type_of<'a>(report: &'a Report, name: &str) -> Option<&'a InstanceTypeReport> {
    report.instance_types.iter().find(|instance_type| instance_type.name == name)
}

/// Why no more tasks fit on the instances of `group`: a sentence for each resource that binds, or
/// what room is left.
pub fn sentences(report: &Report, group: &InstanceGroup) -> Vec<String> {
    let Some(instance) = type_of(report, &group.instance_type) else { return Vec::new() };
    let services: Vec<(&ServiceReport, u64)> = group
        .tasks
        .iter()
        .filter_map(|tasks| {
            let service = report.services.iter().find(|service| service.name == tasks.service);
            service.map(|service| (service, u64::from(tasks.count)))
        })
        .collect();
    if group.binding.is_empty() {
        return vec![room(instance, group)];
    }
    group.binding.iter().map(|resource| binds(*resource, instance, group, &services)).collect()
}

fn room(instance: &InstanceTypeReport, group: &InstanceGroup) -> String {
    let cpu = instance.allocatable_cpu.0.saturating_sub(group.used_cpu);
    let memory = instance.allocatable_memory_mib.0.saturating_sub(group.used_memory_mib);
    format!("Nothing binds: {} and {} are left for more tasks.", vcpus(cpu), mib(memory))
}

fn binds(
    resource: Resource,
    instance: &InstanceTypeReport,
    group: &InstanceGroup,
    services: &[(&ServiceReport, u64)],
) -> String {
    let name = resource_name(resource);
    match resource {
        Resource::Memory => {
            let given = memory_given(instance);
            let needed =
                needed(services, group.used_memory_mib, |service| service.demand.memory_mib.0);
            format!("{name} binds: {given}; {needed}.")
        }
        Resource::Cpu => {
            let given = cpu_given(instance);
            let needed = needed(services, group.used_cpu, |service| service.demand.cpu.0);
            format!("{name} binds: {given}; {needed}.")
        }
        Resource::Eni => {
            let kind = if instance.trunked { "branch ENIs of the trunk" } else { "ENIs" };
            let enis = u64::from(instance.allocatable_enis);
            format!(
                "{name} binds: {} has {} {kind} for tasks, and {} taken.",
                group.instance_type,
                in_words(enis),
                if u64::from(group.used_enis) == enis {
                    "all are".to_owned()
                } else {
                    format!("{} are", in_words(u64::from(group.used_enis)))
                }
            )
        }
        Resource::Gpu => format!(
            "{name} binds: {} of {} taken.",
            group.used_gpus,
            counted(u64::from(instance.gpus), "GPU")
        ),
        Resource::Port => {
            "Port binds: a static host port is taken once on each instance.".to_owned()
        }
        Resource::DistinctInstance => {
            "distinctInstance: at most one task of the service on each instance.".to_owned()
        }
    }
}

/// `1,851 MiB seen by the guest − 313 reserved = 1,538`.
pub fn memory_given(instance: &InstanceTypeReport) -> String {
    let about = if instance.visible_memory_estimated { "about " } else { "" };
    let mut sum = format!("{about}{} seen by the guest", mib(instance.visible_memory_mib.0));
    let mut taken = false;
    if instance.reserved_memory_mib.0 > 0 {
        sum.push_str(&format!(" − {} reserved", thousands(instance.reserved_memory_mib.0)));
        taken = true;
    }
    if instance.daemon_memory_mib.0 > 0 {
        sum.push_str(&format!(" − {} for daemons", thousands(instance.daemon_memory_mib.0)));
        taken = true;
    }
    if taken {
        sum.push_str(&format!(" = {}", thousands(instance.allocatable_memory_mib.0)));
    }
    sum
}

/// `2,048 CPU units − 128 for daemons = 1,920`.
pub fn cpu_given(instance: &InstanceTypeReport) -> String {
    let mut sum = format!("{} CPU units", thousands(instance.cpu.0));
    if instance.daemon_cpu.0 > 0 {
        sum.push_str(&format!(
            " − {} for daemons = {}",
            thousands(instance.daemon_cpu.0),
            thousands(instance.allocatable_cpu.0)
        ));
    }
    sum
}

/// `two tasks need 2,048`: what one task more would take.
fn needed(
    services: &[(&ServiceReport, u64)],
    used: u64,
    demand: impl Fn(&ServiceReport) -> u64,
) -> String {
    if let [(service, count)] = services {
        let more = (count + 1).saturating_mul(demand(service));
        return format!("{} tasks need {}", in_words(count + 1), thousands(more));
    }
    let least = services.iter().map(|(service, _)| *service).min_by_key(|service| demand(service));
    match least {
        Some(service) => format!(
            "the tasks take {}, and one more of {} would make it {}",
            thousands(used),
            service.name,
            thousands(used.saturating_add(demand(service)))
        ),
        None => format!("the tasks take {}", thousands(used)),
    }
}
