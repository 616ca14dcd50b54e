//! What runs: the rows of the scenario as demands, and the rules between them.

use super::conditions::{Condition, Found, Reader};
use super::place::Place;
use super::providers::{Item, Providers};
use crate::diagnostic::{Diagnostic, Severity};
use crate::nearest::did_you_mean;
use crate::packing::Amounts;
use crate::placement::strategy::{remarks, rules, spreads_over_zones};
use crate::scenario::{
    Capacity, DeploymentConfiguration, OperatingSystemFamily, PlacementConstraint,
    PlacementConstraintType, Reading, Service,
};
use crate::task::{Demand, Host, size};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is to run.
pub(crate) struct Workload {
    /// The services that could be sized, in the scenario's order.
    pub(crate) services: Vec<Sized>,
    /// The daemons that could be sized.
    pub(crate) daemons: Vec<Demand>,
    /// Pairs of places in `services` that may not share an instance.
    pub(crate) apart: Vec<(usize, usize)>,
    /// What services ask of instances by `memberOf` expressions, each once.
    pub(crate) conditions: Vec<Condition>,
}

/// One service, sized.
pub(crate) struct Sized {
    /// Its name, made unique.
    pub(crate) name: String,
    /// Its place in the user's list.
    pub(crate) row: usize,
    /// How many tasks.
    pub(crate) count: u32,
    /// What one task takes.
    pub(crate) demand: Demand,
    /// Whether two of its tasks can never share an instance because it asks for that.
    pub(crate) distinct: bool,
    /// Whether its tasks are spread over the zones.
    pub(crate) spread: bool,
    /// What its tasks ask of an instance: a place in [`Workload::conditions`].
    pub(crate) condition: Option<usize>,
    /// What the tasks of the revision ask that a deployment replaces.
    pub(crate) replaced_condition: Option<usize>,
    /// On which provider how many of its tasks run; at least one entry, in the order of providers.
    pub(crate) shares: Vec<(usize, u32)>,
    /// The strategy that shares them; at least one item.
    pub(crate) strategy: Vec<Item>,
    /// What one task of the revision takes that a deployment replaces.
    pub(crate) replaced: Demand,
    /// How a revision replaces another.
    pub(crate) deployment: DeploymentConfiguration,
}

impl Sized {
    /// What one task takes, as the packing room counts.
    pub(crate) fn amounts(&self) -> Amounts {
        amounts(&self.demand)
    }

    /// The provider that most of its tasks run on, of equal ones the first.
    pub(crate) fn main_provider(&self) -> usize {
        let most = self.shares.iter().rev().max_by_key(|(_, tasks)| *tasks);
        most.map_or(0, |(provider, _)| *provider)
    }

    /// Where the service stands in the scenario.
    pub(crate) fn path(&self) -> String {
        format!("services[{}]", self.row)
    }
}

/// What one task takes, as the packing room counts.
pub(crate) fn amounts(demand: &Demand) -> Amounts {
    [demand.cpu.0, demand.memory.0, u64::from(demand.enis), u64::from(demand.gpus)]
}

impl Workload {
    pub(super) fn of(
        reading: &Reading,
        place: &Place,
        providers: &Providers,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let scenario = &reading.scenario;
        let host = match scenario.capacity {
            Capacity::ManagedInstances(_) => Host::ManagedInstances,
            Capacity::AutoScalingGroup(_) => Host::ContainerInstances,
        };
        if scenario.services.is_empty() && diagnostics.iter().all(|d| d.severity != Severity::Error)
        {
            diagnostics.push(Diagnostic::note(
                "services.none",
                "services",
                "there is no service yet: nothing is to be placed",
            ));
        }
        let capacities = providers.all.iter().map(|it| &it.capacity);
        let reader = Reader::new(host, place, capacities, &scenario.container_instances);
        let mut names = Names::default();
        let mut conditions = Vec::new();
        let mut services = Vec::new();
        let mut by_row = BTreeMap::new();
        for (service, row) in scenario.services.iter().zip(&reading.service_rows) {
            let path = format!("services[{row}]");
            let name = names.unique(&service.name, *row, &path, diagnostics);
            let task = size(&service.task_definition, host, &format!("{path}.taskDefinition"));
            let spread = spread(service, host, &path, diagnostics);
            let found = reader.service(service, &path);
            diagnostics.extend(found.remarks);
            let (demand, noted, spread) = match (task, spread) {
                (Ok((demand, noted)), Some(spread)) if found.wrong.is_empty() => {
                    (demand, noted, spread)
                }
                (task, _) => {
                    diagnostics.extend(found.wrong);
                    diagnostics.extend(task.err().into_iter().flatten());
                    continue;
                }
            };
            diagnostics.extend(noted);
            by_row.insert(*row, services.len());
            let strategy = providers.strategy(
                &service.capacity_provider_strategy,
                &format!("{path}.capacityProviderStrategy"),
                diagnostics,
            );
            let shares = providers.shares(service.desired_count.get(), &strategy);
            let condition = known(&mut conditions, found.condition);
            let replaced = replaced(service, host, &reader, &path, diagnostics);
            let (replaced, replaced_condition) = match replaced {
                Some((replaced, asked)) => (replaced, known(&mut conditions, asked)),
                None => (demand.clone(), condition),
            };
            let is_distinct =
                |it: &PlacementConstraint| it.kind == PlacementConstraintType::DistinctInstance;
            services.push(Sized {
                name,
                row: *row,
                count: service.desired_count.get(),
                demand,
                distinct: service.placement_constraints.iter().any(is_distinct),
                spread,
                condition,
                replaced_condition,
                shares,
                strategy,
                replaced,
                deployment: service.deployment_configuration,
            });
        }
        let mut daemons = Vec::new();
        for (daemon, row) in scenario.daemons.iter().zip(&reading.daemon_rows) {
            match size(&daemon.task_definition, host, &format!("daemons[{row}].taskDefinition")) {
                Ok((demand, found)) => {
                    diagnostics.extend(found);
                    daemons.push(demand);
                }
                Err(found) => diagnostics.extend(found),
            }
        }
        if let Some(windows) =
            services.iter().find(|s| s.demand.operating_system == OperatingSystemFamily::Windows)
        {
            diagnostics.push(Diagnostic::warning(
                "price.windowsUnknown",
                format!("{}.taskDefinition.runtimePlatform", windows.path()),
                "instances for Windows tasks are priced as Linux ones: the catalogue knows no \
                 prices with a Windows licence, which cost more",
            ));
        }
        let mut apart = asked_apart(reading, &by_row, diagnostics);
        apart.extend(ports_in_common(&services));
        for (a, b) in &apart {
            // A service apart from itself has one task on an instance.
            services[*a].distinct |= a == b;
        }
        apart.retain(|(a, b)| a != b);
        Self { services, daemons, apart: apart.into_iter().collect(), conditions }
    }
}

/// Whether a service's tasks are spread over the zones; `None` for a strategy that ECS refuses.
fn spread(
    service: &Service,
    host: Host,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<bool> {
    if host == Host::ManagedInstances {
        if !service.placement_strategy.is_empty() {
            let message = "Managed Instances follow no placement strategy: the service is planned \
                           without it";
            let path = format!("{path}.placementStrategy");
            diagnostics.push(Diagnostic::warning("service.strategyOnManaged", path, message));
        }
        return Some(service.availability_zone_spread);
    }
    diagnostics.extend(remarks(service, path));
    match rules(service, path) {
        Ok(rules) => Some(spreads_over_zones(&rules)),
        Err(wrong) => {
            diagnostics.extend(wrong);
            None
        }
    }
}

/// The place of a condition among those that are known, which it is added to; `None` where it asks
/// for nothing.
fn known(conditions: &mut Vec<Condition>, asked: Condition) -> Option<usize> {
    if asked.is_empty() {
        return None;
    }
    let place = conditions.iter().position(|it| *it == asked).unwrap_or(conditions.len());
    if place == conditions.len() {
        conditions.push(asked);
    }
    Some(place)
}

/// The revision that a deployment replaces, where the service names one, and what it asks of
/// instances.
fn replaced(
    service: &Service,
    host: Host,
    reader: &Reader<'_>,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(Demand, Condition)> {
    let definition = service.running_task_definition.as_ref()?;
    let path_of = format!("{path}.runningTaskDefinition");
    let sized = size(definition, host, &path_of);
    let Found { condition, wrong, remarks } = reader.definition(definition, &path_of);
    diagnostics.extend(remarks);
    match sized {
        Ok((demand, noted)) if wrong.is_empty() => {
            diagnostics.extend(noted);
            Some((demand, reader.of_service(service, path).condition.and(condition)))
        }
        sized => {
            diagnostics.extend(wrong);
            diagnostics.extend(sized.err().into_iter().flatten());
            None
        }
    }
}

/// As long as ECS lets a service's name be. Source: ECS API, `CreateService.serviceName`.
const MOST_NAME_CHARS: usize = 255;

/// A name as it can be shown: without control characters, and not too long.
pub(crate) fn printable(name: &str) -> String {
    let shown = name.chars().take(MOST_NAME_CHARS);
    shown.map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Names in use.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn unique(
        &mut self,
        given: &str,
        row: usize,
        path: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        let wanted: String = match given.trim() {
            "" => format!("service {}", row + 1),
            given => printable(given),
        };
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{wanted} ({number})");
            number += 1;
        }
        if name != wanted {
            let message = format!("there is a {wanted} already: this one is called {name}");
            diagnostics.push(Diagnostic::warning(
                "service.sameName",
                format!("{path}.name"),
                message,
            ));
        }
        name
    }
}

/// Pairs that the user wants apart.
fn asked_apart(
    reading: &Reading,
    by_row: &BTreeMap<usize, usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<(usize, usize)> {
    let services = &reading.scenario.services;
    // The first of several services of one name is meant.
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for (service, row) in services.iter().zip(&reading.service_rows) {
        rows.entry(service.name.trim()).or_insert(*row);
    }
    let mut pairs = BTreeSet::new();
    for (service, row) in services.iter().zip(&reading.service_rows) {
        for (place, name) in service.apart_from.iter().enumerate() {
            let Some(other) = rows.get(name.trim()) else {
                let hint = did_you_mean(name, rows.keys().copied())
                    .map(|hint| format!("; {hint}"))
                    .unwrap_or_default();
                let shown: String = name.chars().take(40).collect();
                diagnostics.push(
                    Diagnostic::warning(
                        "service.apartFromUnknown",
                        format!("services[{row}].apartFrom[{place}]"),
                        format!("{shown} is no service here{hint}"),
                    )
                    .with_value(shown),
                );
                continue;
            };
            if let (Some(a), Some(b)) = (by_row.get(row), by_row.get(other)) {
                pairs.insert((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs
}

/// Pairs that want the same port of an instance.
fn ports_in_common(services: &[Sized]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for (place, service) in services.iter().enumerate() {
        for (other, with) in services.iter().enumerate().skip(place + 1) {
            if !service.demand.host_ports.is_disjoint(&with.demand.host_ports) {
                pairs.insert((place, other));
            }
        }
    }
    pairs
}
