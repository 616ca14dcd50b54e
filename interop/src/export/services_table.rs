//! The services of a scenario as a table with commas, for spreadsheets. Cells are never formulas.

use crate::account::Account;
use crate::cells::row;
use crate::import::ImportSettings;
use crate::read::{Found, Source, table};
use crate::resource::Resource;
use eniac_core::scenario::{Protocol, Scenario, Service, TaskDefinition};
use eniac_core::task::{Host, size};

/// The columns. Their names say their units, so that the table is read back as it was.
const COLUMNS: [&str; 9] = [
    "service",
    "desired count",
    "CPU (units)",
    "memory (MiB)",
    "architecture",
    "operating system",
    "network mode",
    "GPUs",
    "ports",
];

/// The services, a row each: what one task takes, and how many there are.
pub(super) fn print(scenario: &Scenario) -> String {
    let names: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    let rows = scenario.services.iter().map(|service| row(&cells(service)));
    row(&names) + &rows.collect::<String>()
}

/// What such a table is read back as.
pub(super) fn resources(text: &str) -> Vec<Resource> {
    let source = Source::new(0, "services.csv", text.to_owned());
    let (mut found, mut account) = (Found::default(), Account::new(Vec::new()));
    table::read(&[&source], &ImportSettings::default(), &mut found, &mut account);
    found.resources
}

fn cells(service: &Service) -> Vec<String> {
    let definition = &service.task_definition;
    let (cpu, memory) = sizes(definition);
    let platform = &definition.runtime_platform;
    // Said also where it is either: only a row of sums says nothing here.
    let architecture = platform.cpu_architecture.map_or("any", |it| it.name());
    vec![
        service.name.clone(),
        word(&service.desired_count),
        cpu,
        memory,
        architecture.to_owned(),
        platform.operating_system_family.as_ref().map(word).unwrap_or_default(),
        definition.network_mode.as_ref().map(word).unwrap_or_default(),
        gpus(definition),
        ports(definition),
    ]
}

/// What one task takes: its own figures, or its containers' together.
fn sizes(definition: &TaskDefinition) -> (String, String) {
    match size(definition, Host::ContainerInstances, "") {
        Ok((demand, _)) => (demand.cpu.0.to_string(), demand.memory.0.to_string()),
        Err(_) => (
            definition.cpu.map(|cpu| cpu.units().0.to_string()).unwrap_or_default(),
            definition.memory.map(|memory| memory.mib().0.to_string()).unwrap_or_default(),
        ),
    }
}

/// The scenario's own word for a value.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}

fn gpus(definition: &TaskDefinition) -> String {
    let containers = definition.container_definitions.iter();
    let devices = containers.flat_map(|container| &container.resource_requirements);
    let gpus: u64 = devices.map(|device| u64::from(device.value.get())).sum();
    if gpus == 0 { String::new() } else { gpus.to_string() }
}

fn ports(definition: &TaskDefinition) -> String {
    let containers = definition.container_definitions.iter();
    let ports = containers.flat_map(|container| &container.port_mappings).map(|mapping| {
        let host = mapping.host_port.map(|port| format!("{}:", port.get())).unwrap_or_default();
        let protocol = if mapping.protocol == Protocol::Tcp { "" } else { "/udp" };
        format!("{host}{}{protocol}", mapping.container_port.get())
    });
    ports.collect::<Vec<_>>().join(" ")
}
