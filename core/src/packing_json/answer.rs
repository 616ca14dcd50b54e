//! From the problem to the plan as data, checked before anybody sees it.

use super::PackingProblem;
use super::reading::NANO_PER_MICRO;
use super::record::short;
use crate::packing::{self, Progress, Solution, Violation, Work};
use eniac_catalog::NanoUsdPerHour;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::ControlFlow;

/// A plan, with what it needs to be checked against the problem's document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PackingAnswer {
    /// The problem's name.
    pub name: String,
    /// What the fleet costs, in 10^-6 USD an hour.
    pub cost_micro: u64,
    /// No fleet that keeps the rules costs less, in 10^-6 USD an hour.
    pub lower_bound_micro: u64,
    /// By how many millionths of the bound the cost is above it, rounded up.
    pub gap_millionths: u64,
    /// No fleet is cheaper.
    pub proven_optimal: bool,
    /// How much work it took, in the solver's own count: the same everywhere.
    pub work: u64,
    /// How many instances the fleet has.
    pub instances: u64,
    /// The fleet.
    pub fleet: Vec<PackingPattern>,
    /// What of the document was passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub warnings: Vec<String>,
}

/// Equal instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PackingPattern {
    /// The type's name.
    #[serde(rename = "type")]
    pub instance_type: String,
    /// The zone, from 0.
    pub zone: usize,
    /// How many tasks of which service are on each, by the service's id.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, number>"))]
    pub tasks: Vec<(String, u32)>,
    /// How many such instances.
    pub copies: u32,
}

/// Services stay in the document's order, which a map would lose.
fn as_object<S: Serializer>(tasks: &[(String, u32)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(tasks.iter().map(|(service, count)| (service, count)))
}

/// What is known while a plan is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PackingProgress {
    /// What the best fleet so far costs, in 10^-6 USD an hour; `null` before the first.
    pub cost_micro: Option<u64>,
    /// No fleet costs less, in 10^-6 USD an hour.
    pub lower_bound_micro: u64,
    /// Work so far.
    pub work: u64,
}

impl From<Progress> for PackingProgress {
    fn from(progress: Progress) -> Self {
        Self {
            cost_micro: progress.cost.map(|cost| cost.0.div_ceil(NANO_PER_MICRO)),
            lower_bound_micro: bound_micro(progress.lower_bound),
            work: progress.work,
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// No type holds one task of these services, where they must stand.
    Unpackable(Vec<String>),
    /// The fleet costs more than is counted.
    TooDear,
    /// The solver's fleet breaks a rule: a fault of eniac.
    Unsound(Violation),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpackable(services) => write!(
                f,
                "no type holds even one task of {}: ask for less cpu, mem, eni or gpu, or add a \
                 larger type of an architecture on which it runs",
                services.join(", ")
            ),
            Self::TooDear => f.write_str(
                "the fleet costs more than the 9 million USD an hour that eniac counts to: pack \
                 fewer tasks, or lower price_micro",
            ),
            Self::Unsound(violation) => {
                write!(f, "the fleet is not shown, as it breaks a rule ({violation}): report this")
            }
        }
    }
}

impl std::error::Error for PackError {}

/// Seeks a cheap fleet within a budget, telling `watch` of the progress; what it finds is checked.
///
/// A `watch` that breaks ends the search with what there is, and is not asked again.
pub fn pack(
    it: &PackingProblem,
    budget: Work,
    watch: &mut dyn FnMut(PackingProgress) -> ControlFlow<()>,
) -> Result<PackingAnswer, PackError> {
    let mut ended = ControlFlow::Continue(());
    // A solver that is told to end finishes what it has begun, which may be worth telling.
    let mut ask = |now: Progress| {
        if ended.is_continue() {
            ended = watch(now.into());
        }
        ended
    };
    let solution = packing::solve_watched(&it.problem, budget, &mut ask).map_err(|unpackable| {
        let named = |demand: &usize| it.services.get(*demand).map(|id| short(id));
        PackError::Unpackable(unpackable.demands.iter().filter_map(named).collect())
    })?;
    packing::check(&it.problem, &solution).map_err(PackError::Unsound)?;
    if solution.cost >= NanoUsdPerHour::MAX {
        return Err(PackError::TooDear);
    }
    Ok(answer(it, &solution))
}

fn answer(it: &PackingProblem, solution: &Solution) -> PackingAnswer {
    // Every price is a whole micro-USD, so the cost is one too.
    let cost_micro = solution.cost.0 / NANO_PER_MICRO;
    let lower_bound_micro = bound_micro(solution.lower_bound);
    let gap = u128::from(cost_micro.saturating_sub(lower_bound_micro)) * 1_000_000;
    let gap = gap.div_ceil(u128::from(lower_bound_micro.max(1)));
    let fleet: Vec<PackingPattern> = solution
        .patterns
        .iter()
        .map(|pattern| PackingPattern {
            instance_type: it.types[pattern.offer].clone(),
            zone: pattern.zone,
            tasks: pattern
                .tasks
                .iter()
                .map(|&(demand, count)| (it.services[demand].clone(), count))
                .collect(),
            copies: pattern.copies,
        })
        .collect();
    PackingAnswer {
        name: it.name.clone(),
        cost_micro,
        lower_bound_micro,
        gap_millionths: u64::try_from(gap).unwrap_or(u64::MAX).min(NanoUsdPerHour::MAX.0),
        proven_optimal: cost_micro <= lower_bound_micro,
        work: solution.work,
        instances: fleet.iter().map(|pattern| u64::from(pattern.copies)).sum(),
        fleet,
        warnings: it.warnings.clone(),
    }
}

/// A bound in whole micro-USD. Rounded up, and still a bound: every fleet's cost is a sum of whole
/// micro-USD, so one that is not below the bound is not below the next whole micro-USD either.
fn bound_micro(bound: NanoUsdPerHour) -> u64 {
    bound.0.div_ceil(NANO_PER_MICRO)
}
