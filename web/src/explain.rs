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
            let taken = (group.used_memory_mib, instance.allocatable_memory_mib.0);
            let needed = needed(services, taken, |service| service.demand.memory_mib.0);
            format!("{name} binds: {given}; {needed}.")
        }
        Resource::Cpu => {
            let given = cpu_given(instance);
            let taken = (group.used_cpu, instance.allocatable_cpu.0);
            let needed = needed(services, taken, |service| service.demand.cpu.0);
            format!("{name} binds: {given}; {needed}.")
        }
        Resource::Eni => {
            let kind = if instance.trunked { "branch ENIs of the trunk" } else { "ENIs" };
            format!(
                "{name} binds: {} has {} {kind} for tasks, of which {} taken.",
                group.instance_type,
                in_words(u64::from(instance.allocatable_enis)),
                match group.used_enis {
                    1 => "one is".to_owned(),
                    taken if taken == instance.allocatable_enis => "all are".to_owned(),
                    taken => format!("{} are", in_words(u64::from(taken))),
                }
            )
        }
        Resource::Gpu => format!(
            "{name} binds: {} of {} taken.",
            group.used_gpus,
            counted(u64::from(instance.gpus), "GPU")
        ),
        Resource::Port => format!(
            "Port binds: the static host port of {} can be taken once on each instance.",
            names(services, |service| !service.demand.host_ports.is_empty())
        ),
        Resource::DistinctInstance => format!(
            "distinctInstance: at most one task of {} on each instance.",
            names(services, |service| service.demand.distinct_instance)
        ),
    }
}

/// `1,851 MiB seen by the guest − 313 reserved = 1,538`.
pub fn memory_given(instance: &InstanceTypeReport) -> String {
    let about = if instance.visible_memory_estimated { "about " } else { "" };
    let visible = mib(instance.visible_memory_mib.0);
    let taken = [
        (instance.reserved_memory_mib.0, "reserved"),
        (instance.daemon_memory_mib.0, "for daemons"),
    ];
    let taken = less(&taken, instance.allocatable_memory_mib.0);
    format!("{about}{visible} seen by the guest{taken}")
}

/// `2,048 CPU units − 128 for daemons = 1,920`.
pub fn cpu_given(instance: &InstanceTypeReport) -> String {
    let taken = less(&[(instance.daemon_cpu.0, "for daemons")], instance.allocatable_cpu.0);
    format!("{} CPU units{taken}", thousands(instance.cpu.0))
}

/// ` − 313 reserved = 1,538`; nothing where nothing is taken.
fn less(taken: &[(u64, &str)], left: u64) -> String {
    let taken: Vec<String> = taken
        .iter()
        .filter(|(amount, _)| *amount > 0)
        .map(|(amount, by)| format!(" − {} {by}", thousands(*amount)))
        .collect();
    let taken = taken.concat();
    if taken.is_empty() { taken } else { format!("{taken} = {}", thousands(left)) }
}

/// `two tasks need 2,048`: what one task more would take, of the least of the services that this
/// resource keeps out.
fn needed(
    services: &[(&ServiceReport, u64)],
    (used, given): (u64, u64),
    demand: impl Fn(&ServiceReport) -> u64,
) -> String {
    if let [(service, count)] = services {
        let more = (count + 1).saturating_mul(demand(service));
        return format!("{} tasks need {}", in_words(count + 1), thousands(more));
    }
    let kept_out = services
        .iter()
        .map(|(service, _)| *service)
        .filter(|service| used.saturating_add(demand(service)) > given)
        .min_by_key(|service| demand(service));
    match kept_out {
        Some(service) => format!(
            "the tasks take {}, and one more of {} would make it {}",
            thousands(used),
            service.name,
            thousands(used.saturating_add(demand(service)))
        ),
        None => format!("the tasks take {}", thousands(used)),
    }
}

/// The names of the services that `which` picks: `web and api`.
fn names(services: &[(&ServiceReport, u64)], which: impl Fn(&ServiceReport) -> bool) -> String {
    let picked = services.iter().filter(|(service, _)| which(service));
    let names: Vec<&str> = picked.map(|(service, _)| service.name.as_str()).collect();
    names.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The report of the example, as the terminal command prints it.
    fn example() -> Report {
        serde_json::from_str(include_str!("../tests/example-report.json")).unwrap()
    }

    fn check(report: &Report, change: impl Fn(&mut InstanceGroup), says: &str) {
        let mut group = report.predicted.as_ref().unwrap().fleet.groups[0].clone();
        change(&mut group);
        assert_eq!(sentences(report, &group).join(" "), says);
    }

    #[test]
    fn the_arithmetic_is_told() {
        let report = example();
        check(
            &report,
            |_| {},
            "Memory binds: 1,851 MiB seen by the guest − 313 reserved = 1,538; two tasks need \
             2,048.",
        );
        check(
            &report,
            |group| group.binding = vec![Resource::Cpu, Resource::Eni],
            "CPU binds: 2,048 CPU units; two tasks need 1,024. ENI binds: t4g.small has two ENIs \
             for tasks, of which one is taken.",
        );
        check(
            &report,
            |group| group.binding.clear(),
            "Nothing binds: 1.5 vCPU and 514 MiB are left for more tasks.",
        );
        check(&report, |group| group.instance_type = "none".into(), "");
    }

    #[test]
    fn of_several_services_the_one_that_is_kept_out_is_named() {
        let report = example();
        let service = |name: &str, memory: u64| {
            let mut service = report.services[0].clone();
            service.name = name.to_owned();
            service.demand.memory_mib = serde_json::from_value(json!(memory)).unwrap();
            service
        };
        let (small, large) = (service("cron", 300), service("search", 14_000));
        assert_eq!(
            needed(&[(&small, 1), (&large, 1)], (14_300, 20_000), |s| s.demand.memory_mib.0),
            "the tasks take 14,300, and one more of search would make it 28,300"
        );
    }

    #[test]
    fn daemons_are_taken_off() {
        let mut instance = example().instance_types.remove(0);
        instance.daemon_cpu = serde_json::from_value(json!(128)).unwrap();
        instance.allocatable_cpu = serde_json::from_value(json!(1920)).unwrap();
        assert_eq!(cpu_given(&instance), "2,048 CPU units − 128 for daemons = 1,920");
    }

    #[test]
    fn labels_are_sentences() {
        for (binding, label) in [
            (vec![], "room for one more"),
            (vec![Resource::Memory], "memory binds"),
            (vec![Resource::Cpu, Resource::Memory, Resource::Eni], "CPU, memory and ENI bind"),
        ] {
            assert_eq!(binding_label(&binding), label);
        }
    }
}
