//! What else there is to say of a scenario than its two fleets: between which limits the fleet
//! lies, how sure the prediction is, and what to ask for instead.
//!
//! Everything here is worked out by planning again, with the same rooms and rules as the plan:
//! a proposal is a list of changes to the scenario, and its figures are the prediction of the
//! changed scenario. Each [`Part`] stands alone, so that a page can show the first before the last
//! is there.

mod alarms;
mod base;
mod comparison;
mod credits;
mod deployment;
mod fit_hints;
mod group_choice;
mod group_hints;
mod growth;
mod hints;
mod part;
mod range;
mod reasons;
mod risks;
mod sensitivity;
mod single_type;
mod sizes;
mod tightening;
mod what_ifs;
mod words;

use crate::plan::{Effort, Search, assumptions_of, gravest_first, region_report};
use crate::report::{Outlook, PlanProgress};
use crate::scenario::{Reading, Unreadable, read};
use base::Base;
use eniac_catalog::Catalog;
use std::ops::ControlFlow;

pub(crate) use alarms::advised;
pub use part::{NoPart, Part};

/// The outlook format that this version of eniac writes.
pub const OUTLOOK_VERSION: u32 = 1;

/// Reads a scenario and works out the parts that are asked for; only a text that is no scenario at
/// all is an error.
pub fn outlook_text(catalog: &Catalog, text: &str, parts: &[Part]) -> Result<Outlook, Unreadable> {
    let reading = read(text)?;
    let go_on = &mut |_| ControlFlow::Continue(());
    Ok(outlook(catalog, &reading, parts, Effort::default(), go_on))
}

/// Works out parts of the outlook of a scenario as far as it could be read. Never fails: what
/// cannot be worked out is said in the diagnostics.
///
/// `effort` and `watch` are those of [`crate::plan_reading`]: they are for [`Part::Fleets`],
/// [`Part::Comparison`] and [`Part::Tightenings`], which need the cheapest fleet or its bound; it is
/// sought once for all that are asked for.
pub fn outlook(
    catalog: &Catalog,
    reading: &Reading,
    parts: &[Part],
    effort: Effort,
    watch: &mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
) -> Outlook {
    let mut diagnostics = reading.diagnostics.clone();
    let base = Base::of(catalog, reading, &mut diagnostics);
    let mut outlook = Outlook::default();
    let wanted = |part| parts.contains(&part) && !base.ground.kinds.is_empty();
    // Sought once for all parts that tell of it; only the fleets tell what was wrong with it.
    let mut said = Vec::new();
    let tells = wanted(Part::Fleets) || wanted(Part::Comparison);
    let cheapest = if tells || (wanted(Part::Tightenings) && base.is_managed()) {
        base.ground.cheapest(&mut Search::new(effort, watch), &mut said)
    } else {
        None
    };
    if wanted(Part::Fleets) {
        outlook.predicted = base.predicted(&mut said);
        diagnostics.append(&mut said);
        outlook.cheapest.clone_from(&cheapest);
    }
    let managed = |part| wanted(part) && base.is_managed();
    if managed(Part::Range) {
        outlook.range = Some(range::range(&base));
    }
    if managed(Part::Sensitivity) {
        outlook.sensitivity = Some(sensitivity::sensitivity(&base));
    }
    if managed(Part::WhatIfs) {
        outlook.what_ifs = Some(what_ifs::what_ifs(&base));
    }
    if managed(Part::Tightenings) {
        outlook.tightenings = Some(tightening::tightenings(&base, cheapest.as_ref()));
    }
    if managed(Part::TaskSizes) {
        outlook.task_sizes = Some(sizes::task_sizes(&base, &mut diagnostics));
    }
    if wanted(Part::Deployment) {
        outlook.deployment = Some(deployment::deployment(&base));
    }
    if wanted(Part::Comparison) {
        outlook.comparison = Some(comparison::comparison(&base, cheapest.as_ref()));
    }
    // Also where a group's own types hold nothing: then more than ever.
    let runs_on_groups = !base.is_managed() && !base.ground.workload.services.is_empty();
    if parts.contains(&Part::Group) && runs_on_groups {
        outlook.group = Some(group_choice::group_choice(&base));
    }
    if wanted(Part::Advice) || (runs_on_groups && parts.contains(&Part::Advice)) {
        outlook.advice = Some(hints::hints(&base));
    }
    let ground = &base.ground;
    outlook.version = OUTLOOK_VERSION;
    outlook.name = crate::plan::printable(&reading.scenario.name);
    outlook.region = region_report(catalog, &ground.place);
    outlook.assumptions = assumptions_of(&reading.scenario, ground);
    gravest_first(&mut diagnostics);
    outlook.diagnostics = diagnostics;
    outlook
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
