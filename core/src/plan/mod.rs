//! The front door: one scenario through every room, into one report.
//!
//! `workload` turns rows into demands, `supply` types into offers, `conditions` and `classes` say
//! which of these may hold which of those, `fleets` makes both into fleets, `tables` says where each
//! service fits, `assumptions` what had to be assumed. A row that cannot be planned becomes a
//! diagnostic, and the rest is planned.

mod assumptions;
pub(crate) mod attributes;
mod classes;
mod conditions;
mod effort;
mod fargate;
mod fleets;
mod ground;
mod main_type;
mod own_prices;
mod place;
mod providers;
mod search;
mod supply;
mod tables;
mod terms;
mod unplaceable;
mod workload;

use crate::diagnostic::Diagnostic;
use crate::report::{
    Assumption, CatalogPart, CheapestFleet, LeftOutService, PlanProgress, PredictedFleet,
    ProviderReport, RegionReport, Report,
};
use crate::scenario::{MAX_DIAGNOSTICS, Reading, Scenario, Unreadable, more_diagnostics, read};
use eniac_catalog::Catalog;
use place::Place;
use std::ops::ControlFlow;
use workload::Workload;

pub(crate) use assumptions::assumption;
pub(crate) use attributes::{built_in_attributes, zone_names};
pub use effort::{Effort, NoEffort};
pub(crate) use fargate::quote as fargate_quote;
pub(crate) use fleets::as_solution;
pub(crate) use ground::{Ground, Kind, apart, packed};
pub(crate) use main_type::{Paid, at_least, holds_all, main_type, most_held, tasks_of, types_of};
pub(crate) use search::Search;
pub(crate) use supply::{Instance, Supply};
pub(crate) use tables::Shared;
pub(crate) use workload::{Sized, amounts, printable};

/// The report format that this version of eniac writes.
pub const REPORT_VERSION: u32 = 1;

/// Plans a scenario, quickly. Never fails: what cannot be planned is said in the report.
pub fn plan(catalog: &Catalog, scenario: &Scenario) -> Report {
    let reading = Reading::from(scenario.clone());
    plan_reading(catalog, &reading, Effort::default(), &mut |_| ControlFlow::Continue(()))
}

/// Reads and plans a scenario, quickly; only a text that is no scenario at all is an error.
pub fn plan_text(catalog: &Catalog, text: &str) -> Result<Report, Unreadable> {
    let reading = read(text)?;
    Ok(plan_reading(catalog, &reading, Effort::default(), &mut |_| ControlFlow::Continue(())))
}

/// Plans a scenario as far as it could be read, keeping what the reading found.
///
/// `effort` limits the search for the cheapest fleet. `watch` is told of each better fleet and
/// bound, and now and then between; once it breaks, it is not asked again, and the report has the
/// best so far, with a bound that holds. As long as it lets the search go on, it changes nothing.
pub fn plan_reading(
    catalog: &Catalog,
    reading: &Reading,
    effort: Effort,
    watch: &mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
) -> Report {
    let scenario = &reading.scenario;
    let mut diagnostics = reading.diagnostics.clone();

    let ground = Ground::of(catalog, reading, &mut diagnostics);
    let Ground { place, workload, supply, kinds, .. } = &ground;
    let mut search = Search::new(effort, watch);
    let (mut cheapest, mut predicted) = (None, None);
    if !kinds.is_empty() {
        cheapest = ground.cheapest(&mut search, &mut diagnostics);
        if supply.managed_instances {
            predicted = ground.predicted(&mut diagnostics);
        }
    }
    let services = tables::services(place, workload, supply, kinds);
    let fleets = cheapest.iter().map(|it: &CheapestFleet| &it.fleet);
    let fleets = fleets.chain(predicted.iter().map(|it: &PredictedFleet| &it.fleet));
    let ties = predicted.as_ref().map_or(&[][..], |predicted| &predicted.ties);

    gravest_first(&mut diagnostics);
    Report {
        version: REPORT_VERSION,
        name: workload::printable(&scenario.name),
        region: region_report(catalog, place),
        diagnostics,
        assumptions: assumptions_of(scenario, &ground),
        fargate: fargate::total(&services, place, &scenario.pricing),
        selection: supply.selection_report(catalog, 0),
        providers: providers_report(catalog, workload, supply),
        instance_types: tables::instance_types(supply, &services, fleets, ties),
        predicted,
        cheapest,
        services,
        left_out: left_out(reading, workload),
    }
}

/// The services of the user's list that are not in the workload, in their order.
fn left_out(reading: &Reading, workload: &Workload) -> Vec<LeftOutService> {
    let is_planned = |row: usize| workload.services.iter().any(|service| service.row == row);
    let read = reading.service_rows.iter().copied().zip(&reading.scenario.services);
    let unsized_ = read.filter(|(row, _)| !is_planned(*row)).map(|(row, it)| (row, &it.name));
    let unread = reading.unread_services.iter().map(|(row, name)| (*row, name));
    let mut all: Vec<(usize, &String)> = unsized_.chain(unread).collect();
    all.sort_unstable();
    let told = all.into_iter().map(|(row, name)| LeftOutService {
        name: workload::printable(name),
        path: format!("services[{row}]"),
    });
    told.collect()
}

/// What the ground of a scenario rests on.
pub(crate) fn assumptions_of(scenario: &Scenario, ground: &Ground<'_>) -> Vec<Assumption> {
    assumptions::of(scenario, &ground.place, &ground.workload, &ground.supply)
}

/// Where, and how old the figures are.
pub(crate) fn region_report(catalog: &Catalog, place: &Place) -> RegionReport {
    RegionReport {
        name: place.region.name.clone(),
        zones: place.zone_names.clone(),
        as_of: as_of(catalog),
    }
}

fn providers_report(
    catalog: &Catalog,
    workload: &Workload,
    supply: &Supply<'_>,
) -> Vec<ProviderReport> {
    let named = supply.providers.iter().enumerate();
    let told = named.filter_map(|(place, (provider, _))| {
        let shares = workload.services.iter().flat_map(|service| &service.shares);
        let here = shares.filter(|(provider, _)| *provider == place).map(|(_, tasks)| *tasks);
        Some(ProviderReport {
            name: provider.name.clone()?,
            purchase_option: provider.purchase_option,
            tasks: here.fold(0, u32::saturating_add),
            selection: supply.selection_report(catalog, place),
        })
    });
    told.collect()
}

fn as_of(catalog: &Catalog) -> Vec<CatalogPart> {
    let parts = catalog.as_of().iter();
    parts.map(|p| CatalogPart { part: p.part.clone(), as_of: p.as_of.clone() }).collect()
}

/// Gravest first; of equal gravity, as they were found. Of very many only the first are told: a
/// report is for reading.
pub(crate) fn gravest_first(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
    if diagnostics.len() > MAX_DIAGNOSTICS {
        diagnostics.truncate(MAX_DIAGNOSTICS);
        diagnostics.push(more_diagnostics());
    }
}

#[cfg(test)]
mod constraint_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod price_tests;
#[cfg(test)]
mod size_tests;
#[cfg(test)]
pub(crate) mod tests;
