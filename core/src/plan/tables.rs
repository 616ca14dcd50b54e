//! Where each service fits, type by type, and the facts of the types that are named.

use super::fargate;
use super::ground::Kind;
use super::place::Place;
use super::supply::{Instance, Supply};
use super::workload::{Sized, Workload};
use crate::TYPES_PER_SERVICE;
use crate::capacity::fit;
use crate::report::{
    DemandReport, FitLimit, FitRow, Fleet, InstanceTypeReport, ServiceReport, TasksOfProvider, Tie,
};
use crate::scenario::{CpuArchitecture, Protocol};
use eniac_catalog::NanoUsdPerHour;
use std::cmp::Ordering;
use std::collections::BTreeSet;

pub(super) fn services(
    place: &Place,
    workload: &Workload,
    supply: &Supply<'_>,
    kinds: &[Kind],
) -> Vec<ServiceReport> {
    let planned = |at: usize| kinds.iter().any(|kind| kind.service == at);
    let services = workload.services.iter().enumerate();
    services.map(|(at, sized)| service(place, sized, supply, planned(at))).collect()
}

fn service(place: &Place, sized: &Sized, supply: &Supply<'_>, planned: bool) -> ServiceReport {
    let demand = &sized.demand;
    let (types, fitting_types) = rows(sized, supply);
    ServiceReport {
        name: sized.name.clone(),
        row: u32::try_from(sized.row).unwrap_or(u32::MAX),
        desired_count: sized.count,
        providers: sized
            .shares
            .iter()
            .filter_map(|(provider, count)| {
                let provider = supply.providers[*provider].0.name.clone()?;
                Some(TasksOfProvider { provider, count: *count })
            })
            .collect(),
        demand: DemandReport {
            cpu: demand.cpu,
            memory_mib: demand.memory,
            enis: demand.enis,
            gpus: demand.gpus,
            host_ports: demand.host_ports.iter().map(|(p, port)| shown_port(*p, *port)).collect(),
            architectures: demand.architectures.iter().copied().collect(),
            network_mode: demand.network_mode,
            distinct_instance: sized.distinct || !demand.host_ports.is_empty(),
        },
        planned,
        types,
        fitting_types,
        fargate: fargate::quote(sized, sized.count, place.region.fargate.as_ref()),
    }
}

/// A price shared by so many tasks: compared without dividing.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    pub(crate) price: NanoUsdPerHour,
    pub(crate) tasks: u32,
}

impl Shared {
    pub(crate) fn cmp(self, other: Self) -> Ordering {
        let left = u128::from(self.price.0) * u128::from(other.tasks);
        left.cmp(&(u128::from(other.price.0) * u128::from(self.tasks)))
    }

    /// For one task, rounded half up.
    pub(crate) fn rounded(self) -> NanoUsdPerHour {
        let tasks = u64::from(self.tasks.max(1));
        NanoUsdPerHour((self.price.0 + tasks / 2) / tasks)
    }
}

fn rows(sized: &Sized, supply: &Supply<'_>) -> (Vec<FitRow>, u32) {
    let provider = sized.main_provider();
    let mut fitting: Vec<(Shared, &Instance<'_>, crate::capacity::Fit)> = supply
        .instances
        .iter()
        .filter(|instance| instance.admitted && instance.provider == provider)
        .filter(|instance| instance.takes(sized))
        .map(|instance| (instance, fit(&instance.allocatable, &sized.demand, sized.distinct)))
        .filter(|(_, fit)| fit.tasks > 0)
        .map(|(instance, fit)| {
            (Shared { price: instance.on_demand, tasks: fit.tasks }, instance, fit)
        })
        .collect();
    fitting.dedup_by(|(_, a, _), (_, b, _)| a.is_alike(b));
    // A stable sort: of equal prices the smaller type stays first.
    fitting.sort_by(|(a, ..), (b, ..)| a.cmp(*b));
    let count = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
    let mut rows: Vec<FitRow> = Vec::new();
    let mut before: Option<Shared> = None;
    for (place, (price, instance, fit)) in fitting.into_iter().take(TYPES_PER_SERVICE).enumerate() {
        let tied = before.is_some_and(|before| before.cmp(price) == Ordering::Equal);
        let rank = match rows.last() {
            Some(last) if tied => last.rank,
            _ => u32::try_from(place + 1).unwrap_or(u32::MAX),
        };
        before = Some(price);
        rows.push(FitRow {
            instance_type: instance.facts.name.clone(),
            rank,
            tasks: fit.tasks,
            limits: fit
                .limits
                .iter()
                .map(|l| FitLimit { resource: l.resource, tasks: l.tasks, slack: l.slack })
                .collect(),
            binding: fit.binding(),
            on_demand_nano_usd_per_task_hour: price.rounded(),
            total_nano_usd_per_task_hour: Shared {
                price: instance.cost.total_nano_usd_per_hour,
                ..price
            }
            .rounded(),
        });
    }
    (rows, count)
}

/// The facts of every type that a fleet or a table names, in name order.
pub(super) fn instance_types<'f>(
    supply: &Supply<'_>,
    services: &[ServiceReport],
    fleets: impl Iterator<Item = &'f Fleet>,
    ties: &[Tie],
) -> Vec<InstanceTypeReport> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for service in services {
        names.extend(service.types.iter().map(|row| row.instance_type.as_str()));
    }
    let mixes = fleets.map(|fleet| &fleet.mix).chain(ties.iter().map(|tie| &tie.mix));
    for mix in mixes {
        names.extend(mix.iter().map(|count| count.instance_type.as_str()));
    }
    let mut types: Vec<InstanceTypeReport> = supply
        .instances
        .iter()
        .filter(|instance| names.contains(instance.facts.name.as_str()))
        .map(facts)
        .collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    types.dedup_by(|a, b| a.name == b.name);
    types
}

fn facts(instance: &Instance<'_>) -> InstanceTypeReport {
    let (facts, given) = (instance.facts, &instance.allocatable);
    InstanceTypeReport {
        name: facts.name.clone(),
        architecture: match instance.platform.architecture {
            CpuArchitecture::X86_64 => "x86_64".to_owned(),
            CpuArchitecture::Arm64 => "arm64".to_owned(),
        },
        cpu: facts.cpu_units(),
        memory_mib: facts.memory,
        visible_memory_mib: given.registered.visible,
        visible_memory_estimated: given.registered.estimated,
        reserved_memory_mib: given.registered.reserved,
        daemon_cpu: given.daemon_cpu,
        daemon_memory_mib: given.daemon_memory,
        allocatable_cpu: given.cpu,
        allocatable_memory_mib: given.memory,
        allocatable_enis: given.enis,
        trunked: given.trunked,
        gpus: facts.gpus(),
        burstable: facts.burstable,
        on_demand_nano_usd_per_hour: instance.on_demand,
        price_estimated: instance.price_estimated,
        price_source: instance.price_source,
        cost: instance.cost,
    }
}

fn shown_port(protocol: Protocol, port: u16) -> String {
    match protocol {
        Protocol::Tcp => format!("tcp/{port}"),
        Protocol::Udp => format!("udp/{port}"),
    }
}
