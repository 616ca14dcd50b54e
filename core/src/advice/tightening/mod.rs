//! Tighter requirements: the shortest list of allowed types, bounds of attributes, or a price
//! protection percentage, that keep the dearest fleet within a tolerance of the predicted one and
//! leave enough types in each zone to fall back on.
//!
//! [`Field`] knows what the dearest fleet costs for any subset of the admitted types; the searches
//! beside it choose subsets that requirements can express. The figures that are told are those of
//! the changed scenario, planned again.

mod attributes;
mod field;
mod list;
mod protection;

use super::base::Base;
use super::range::dearest_cost;
use super::words;
use crate::managed::Fallback;
use crate::packing::Work;
use crate::plan::Ground;
use crate::report::{Change, CheapestFleet, Cost, Tightening, TighteningKind};
use crate::scenario::InstanceRequirements;
use eniac_catalog::NanoUsdPerHour;
use field::Field;
use serde_json::{Value, json};

const REQUIREMENTS: &str = "capacity.managedInstances.instanceRequirements";

/// How much work the bound on the fleets of tighter requirements may take.
const BOUND_WORK: Work = Work(1_000_000);

/// What a search asks for, and what there is to know of it.
struct Found {
    /// Fields of the requirements with their new values.
    fields: Vec<(String, Option<Value>)>,
    note: Option<String>,
}

/// Each kind of tightening; none where no single provider's requirements could be changed, and
/// where the dearest fleet is within the tolerance as it is.
///
/// `cheapest` is the cheapest fleet of the scenario as it is: what no fleet undercuts there, none
/// undercuts under tighter requirements.
pub(super) fn tightenings(base: &Base<'_>, cheapest: Option<&CheapestFleet>) -> Vec<Tightening> {
    let bound = cheapest.map_or(NanoUsdPerHour(0), |it| it.lower_bound_nano_usd_per_hour);
    let Some(managed) = base.managed() else { return Vec::new() };
    let own = managed.instance_requirements.clone();
    let requirements = own.clone().unwrap_or_default();
    let fallback = Fallback::of(&base.ground.problem, &base.market);
    let target = target(base);
    let dearest = dearest_cost(&base.ground, &fallback);
    if total(&dearest) <= target {
        // Nothing is to be gained.
        return Vec::new();
    }
    let now = Now { target, bound, dearest };
    let field = Field::of(base, &fallback);
    let searches = [
        (TighteningKind::AllowedInstanceTypes, list::shortest(&field, target)),
        (TighteningKind::Attributes, attributes::bounds(&field, &requirements, target)),
        (TighteningKind::PriceProtection, protection::percentage(base, &field, target)),
    ];
    let searches = searches.into_iter();
    let told = searches.filter_map(|(kind, found)| told(base, own.as_ref(), &now, kind, found));
    told.collect()
}

/// The scenario as it is, and what is asked of tighter requirements.
struct Now {
    /// What the dearest fleet may cost.
    target: u128,
    /// No fleet costs less.
    bound: NanoUsdPerHour,
    dearest: Cost,
}

fn total(cost: &Cost) -> u128 {
    u128::from(cost.total_nano_usd_per_hour.0)
}

/// What the dearest fleet may cost.
fn target(base: &Base<'_>) -> u128 {
    let tolerance = base.reading.scenario.advice.tolerance_percent.get();
    let now = u128::from(base.cost().total_nano_usd_per_hour.0);
    now * (100 + u128::from(tolerance)) / 100
}

fn told(
    base: &Base<'_>,
    own: Option<&InstanceRequirements>,
    now: &Now,
    kind: TighteningKind,
    found: Found,
) -> Option<Tightening> {
    let changes = changes(base, own, &found.fields);
    let then = base.with(&changes)?;
    let dearest = dearest_of(&then.ground);
    // What makes the expected dearer than the tolerance allows is no remedy.
    let helps = then.unplaced.is_empty()
        && total(&then.fleet.cost) <= now.target
        && total(&dearest) < total(&now.dearest);
    let (changes, then, dearest, note) = if helps || changes.is_empty() {
        (changes, then, dearest, found.note)
    } else {
        (Vec::new(), base.with(&[])?, now.dearest, Some(no_help(kind).to_owned()))
    };
    let admitted = then.ground.supply.providers.first().map_or(0, |(_, it)| it.admitted.len());
    Some(Tightening {
        kind,
        changes,
        admitted_types: u32::try_from(admitted).unwrap_or(u32::MAX),
        fallback_types: field::fallback_types(&then.ground),
        fleet: then.summary(),
        within_tolerance: total(&dearest) <= now.target,
        dearest,
        lower_bound_nano_usd_per_hour: then.ground.lower_bound(BOUND_WORK).max(now.bound),
        note,
    })
}

/// The fields as changes of the scenario; where it has no requirements, all of them at once.
fn changes(
    base: &Base<'_>,
    own: Option<&InstanceRequirements>,
    fields: &[(String, Option<Value>)],
) -> Vec<Change> {
    if own.is_some() || fields.is_empty() {
        let change = |(field, value): &(String, Option<Value>)| {
            base.change(&format!("{REQUIREMENTS}.{field}"), value.clone())
        };
        let changes = fields.iter().map(change);
        return changes.filter(|change| change.before != change.after).collect();
    }
    let mut requirements = json!({ "vCpuCount": { "min": 1 }, "memoryMiB": { "min": 0 } });
    for (field, value) in fields {
        crate::scenario::document::set(&mut requirements, field, value.clone());
    }
    vec![base.change(REQUIREMENTS, Some(requirements))]
}

fn dearest_of(ground: &Ground<'_>) -> Cost {
    dearest_cost(ground, &Fallback::of(&ground.problem, &ground.market()))
}

fn no_help(kind: TighteningKind) -> &'static str {
    match kind {
        TighteningKind::AllowedInstanceTypes => {
            "No list of types leaves so many to fall back on and keeps the predicted cost: services \
             that need different types would do better on capacity providers of their own."
        }
        TighteningKind::Attributes => {
            "No bounds of attributes leave so many types to fall back on and keep the predicted \
             cost: what is cheap here has no attributes in common that other types lack."
        }
        TighteningKind::PriceProtection => {
            "No percentage leaves so many types to fall back on and keeps the predicted cost: it \
             compares the prices of instances, not of tasks."
        }
    }
}

/// Money as the notes say it.
fn times(cost: u128, target: u128) -> String {
    let percent = cost.saturating_sub(target) * 100 / target.max(1);
    format!("{percent} % above the {} that the tolerance allows", usd(target))
}

/// Names an amount of money an hour.
fn usd(cost: u128) -> String {
    words::usd(NanoUsdPerHour(u64::try_from(cost).unwrap_or(u64::MAX)))
}
