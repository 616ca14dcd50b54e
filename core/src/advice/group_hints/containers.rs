//! Figures of the task and of its containers that differ: placement counts the task's.

use super::super::hints::advice;
use crate::diagnostic::Severity;
use crate::plan::Sized;
use crate::report::Advice;
use crate::scenario::quantity::with_thousands;
use crate::scenario::{Cpu, Memory, OperatingSystemFamily, Service};

pub(super) fn differ(sized: &Sized, service: &Service) -> Option<Advice> {
    let definition = &service.task_definition;
    if sized.demand.operating_system == OperatingSystemFamily::Windows {
        return None;
    }
    let containers = definition.container_definitions.iter();
    let cpu: u64 = containers.clone().filter_map(|it| it.cpu).map(|it: Cpu| it.units().0).sum();
    let memory = containers.filter_map(|it| it.memory_reservation.or(it.memory));
    let memory: u64 = memory.map(|it: Memory| it.mib().0).sum();
    let mut told = Vec::new();
    for (stated, task, sum, unit) in [
        (definition.cpu.is_some(), sized.demand.cpu.0, cpu, "CPU units"),
        (definition.memory.is_some(), sized.demand.memory.0, memory, "MiB"),
    ] {
        if stated && sum > 0 && sum != task {
            let (task, sum) = (with_thousands(task), with_thousands(sum));
            told.push(format!("{task} {unit}, not the {sum} of its containers"));
        }
    }
    (!told.is_empty()).then(|| {
        let text = format!(
            "{}: placement counts the figures of the task: {}. What is left is shared by the \
             containers.",
            sized.name,
            told.join(", and ")
        );
        let path = format!("{}.taskDefinition", sized.path());
        advice(Severity::Note, "task.containersDiffer", &path, text)
    })
}
