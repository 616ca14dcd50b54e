//! What to ask for instead: each proposal with the changes that make it, and what then comes out.

use super::{Change, Cost, FleetSummary, Saving};
use crate::diagnostic::Severity;
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Another setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// What it is, for scripts: `architecture.arm`.
    pub code: String,
    /// What it is, in a few words: `Run on ARM`.
    pub title: String,
    /// What makes it; applied to the scenario, the prediction is exactly `fleet`.
    pub changes: Vec<Change>,
    /// What ECS would launch then.
    pub fleet: FleetSummary,
    /// What that saves.
    pub saving: Saving,
    /// What it costs in risk or work.
    pub risks: Vec<Risk>,
    /// Services that cannot run then. They are missing from `fleet`: it saves nothing.
    pub unplaced: Vec<String>,
}

/// What a proposal costs besides money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// What it is, for scripts: `spot.interruptions`.
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// Which requirement is tightened.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum TighteningKind {
    /// The shortest `allowedInstanceTypes`.
    AllowedInstanceTypes,
    /// Bounds of attributes.
    Attributes,
    /// A price protection percentage.
    PriceProtection,
}

/// Tighter requirements, and the new range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Tightening {
    /// Which requirement.
    pub kind: TighteningKind,
    /// The difference to the present requirements; empty when nothing of this kind helps.
    pub changes: Vec<Change>,
    /// Types that are admitted then.
    pub admitted_types: u32,
    /// How many types are left at least for a service in a zone.
    pub fallback_types: u32,
    /// What ECS would launch then.
    pub fleet: FleetSummary,
    /// The dearest fleet then.
    pub dearest: Cost,
    /// No fleet costs less then.
    pub lower_bound_nano_usd_per_hour: NanoUsdPerHour,
    /// Whether the dearest fleet costs no more than the tolerance allows.
    pub within_tolerance: bool,
    /// Why not, or what else there is to know.
    pub note: Option<String>,
}

/// Other sizes for the tasks of a service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct TaskSizes {
    /// The service.
    pub service: String,
    /// Its place in the scenario's list, counted from 0.
    pub row: u32,
    /// What the fleet costs with another memory.
    pub memory: SizeCurve,
    /// What the fleet costs with another CPU.
    pub cpu: SizeCurve,
}

/// What the predicted fleet costs by the size of one service's tasks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SizeCurve {
    /// The size now: MiB or CPU units.
    pub now: u64,
    /// The least that was looked at.
    pub least: u64,
    /// The most that was looked at.
    pub most: u64,
    /// Up to this size a task may grow without the fleet costing more.
    pub free_up_to: u64,
    /// The steps, smallest first: each holds from above the step before up to its size.
    pub steps: Vec<SizeStep>,
    /// The largest smaller size that saves at least half of what the best one looked at does; none
    /// if none saves anything.
    pub better: Option<BetterSize>,
}

/// A stretch of sizes at which the fleet costs the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SizeStep {
    /// The largest size of the stretch: MiB or CPU units.
    pub up_to: u64,
    /// How many instances.
    pub instances: u32,
    /// What the fleet costs, fee and disks included.
    pub total_nano_usd_per_hour: NanoUsdPerHour,
}

/// A size that saves something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct BetterSize {
    /// The size: MiB or CPU units.
    pub size: u64,
    /// Why it saves: what fits then, and what fits now.
    pub reason: String,
    /// Whether it stays so if the platform keeps 100 MiB more.
    pub sure: bool,
    /// What makes it.
    pub changes: Vec<Change>,
    /// What ECS would launch then.
    pub fleet: FleetSummary,
    /// What that saves.
    pub saving: Saving,
}

/// Something in the scenario that is risky, mistaken or easily misread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// How grave it is.
    pub severity: Severity,
    /// What it is, for scripts, and the name of its reason: `burstable.overBaseline`.
    pub code: String,
    /// The field it is about; empty for the whole scenario.
    pub path: String,
    /// What is so here, with its figures.
    pub text: String,
    /// Why it is so in general.
    pub reason: String,
    /// Where that is documented or measured.
    pub source: String,
    /// What would mend it; may be empty.
    pub changes: Vec<Change>,
}
