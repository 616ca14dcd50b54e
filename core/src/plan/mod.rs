//! The front door: one scenario through every room, into one report.
//!
//! `workload` turns rows into demands, `supply` types into offers, `fleets` both into fleets,
//! `tables` says where each service fits, `assumptions` what had to be assumed. A row that cannot
//! be planned becomes a diagnostic, and the rest is planned.

mod assumptions;
mod effort;
mod fargate;
mod fleets;
mod place;
mod search;
mod supply;
mod tables;
mod unplaceable;
mod workload;

use crate::diagnostic::Diagnostic;
use crate::report::{CatalogPart, PlanProgress, RegionReport, Report};
use crate::scenario::{MAX_DIAGNOSTICS, Reading, Scenario, Unreadable, more_diagnostics, read};
use eniac_catalog::Catalog;
use place::Place;
use search::Search;
use std::ops::ControlFlow;
use supply::Supply;
use workload::Workload;

pub use effort::{Effort, NoEffort};

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

    let place = Place::of(catalog, scenario, &mut diagnostics);
    let workload = Workload::of(reading, &mut diagnostics);
    let supply = Supply::of(catalog, scenario, &place, &workload, &mut diagnostics);
    let mut search = Search::new(effort, watch);
    let fleets = fleets::plan(&place, &workload, &supply, &mut search, &mut diagnostics);
    let services = tables::services(&place, &workload, &supply, &fleets.planned);

    gravest_first(&mut diagnostics);
    Report {
        version: REPORT_VERSION,
        name: workload::printable(&scenario.name),
        region: RegionReport {
            name: place.region.name.clone(),
            zones: place.zone_names.clone(),
            as_of: as_of(catalog),
        },
        diagnostics,
        assumptions: assumptions::of(scenario, &place, &workload, &supply),
        fargate: fargate::total(&services, &place, &scenario.pricing),
        selection: supply.selection_report(catalog),
        instance_types: tables::instance_types(&supply, &services, &fleets),
        predicted: fleets.predicted,
        cheapest: fleets.cheapest,
        services,
    }
}

fn as_of(catalog: &Catalog) -> Vec<CatalogPart> {
    let parts = catalog.as_of().iter();
    parts.map(|p| CatalogPart { part: p.part.clone(), as_of: p.as_of.clone() }).collect()
}

/// Gravest first; of equal gravity, as they were found. Of very many only the first are told: a
/// report is for reading.
fn gravest_first(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity);
    if diagnostics.len() > MAX_DIAGNOSTICS {
        diagnostics.truncate(MAX_DIAGNOSTICS);
        diagnostics.push(more_diagnostics());
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
