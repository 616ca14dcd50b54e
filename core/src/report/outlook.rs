//! What ECS Managed Instances would do with a scenario beyond the one fleet of a plan: between
//! which limits, how sure that is, and what to ask for instead.
//!
//! Each part is worked out by itself, so that the first can be shown before the last is there.

use super::{Advice, ComparisonReport, DeploymentReport, GroupReport, Tightening, WhatIf};
use super::{Assumption, CheapestFleet, Cost, Fleet, InstanceCount, PredictedFleet, RegionReport};
use super::{RangeReport, SensitivityReport, TaskSizes};
use crate::diagnostic::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The outlook of one scenario. A part that was not asked for is `null`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Outlook {
    /// The version of this format: 1.
    pub version: u32,
    /// The scenario's name.
    pub name: String,
    /// Region, zones, and how old the figures are.
    pub region: RegionReport,
    /// What is wrong or worth knowing, gravest first.
    pub diagnostics: Vec<Diagnostic>,
    /// What is assumed where AWS documents nothing or contradicts itself.
    pub assumptions: Vec<Assumption>,
    /// What ECS would launch; `null` for Auto Scaling groups, too.
    pub predicted: Option<PredictedFleet>,
    /// The cheapest fleet found, with its proof.
    pub cheapest: Option<CheapestFleet>,
    /// Between which limits.
    pub range: Option<RangeReport>,
    /// How sure the prediction is.
    pub sensitivity: Option<SensitivityReport>,
    /// What runs while revisions replace others.
    pub deployment: Option<DeploymentReport>,
    /// Other settings, and what each would save, most first.
    pub what_ifs: Option<Vec<WhatIf>>,
    /// Tighter requirements.
    pub tightenings: Option<Vec<Tightening>>,
    /// Other task sizes, for each service.
    pub task_sizes: Option<Vec<TaskSizes>>,
    /// The same services elsewhere.
    pub comparison: Option<ComparisonReport>,
    /// The best Auto Scaling groups for the services.
    pub group: Option<GroupReport>,
    /// What is risky or mistaken in the scenario, gravest first.
    pub advice: Option<Vec<Advice>>,
}

impl Outlook {
    /// This outlook with the parts that `later` has.
    #[must_use]
    pub fn with(self, later: Self) -> Self {
        Self {
            predicted: later.predicted.or(self.predicted),
            cheapest: later.cheapest.or(self.cheapest),
            range: later.range.or(self.range),
            sensitivity: later.sensitivity.or(self.sensitivity),
            deployment: later.deployment.or(self.deployment),
            what_ifs: later.what_ifs.or(self.what_ifs),
            tightenings: later.tightenings.or(self.tightenings),
            task_sizes: later.task_sizes.or(self.task_sizes),
            comparison: later.comparison.or(self.comparison),
            group: later.group.or(self.group),
            advice: later.advice.or(self.advice),
            version: later.version,
            name: later.name,
            region: later.region,
            diagnostics: later.diagnostics,
            assumptions: later.assumptions,
        }
    }
}

/// A fleet in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FleetSummary {
    /// How many instances.
    pub instances: u32,
    /// How many of each type, most first.
    pub mix: Vec<InstanceCount>,
    /// What all of them cost.
    pub cost: Cost,
}

impl From<&Fleet> for FleetSummary {
    fn from(fleet: &Fleet) -> Self {
        Self { instances: fleet.instances, mix: fleet.mix.clone(), cost: fleet.cost }
    }
}

/// One field of the scenario, before and after: what applying a proposal does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The field: `capacity.managedInstances.eniTrunking`.
    pub path: String,
    /// Its value now; `null` where it is not set.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub before: Value,
    /// Its value then; `null` where it is taken away.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub after: Value,
}

/// What a proposal saves: of the predicted fleet, fee and disks included. Negative: it costs more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Saving {
    /// An hour.
    pub nano_usd_per_hour: i64,
    /// Over 730 hours.
    pub micro_usd_per_month: i64,
    /// Of what the predicted fleet costs, in thousandths, rounded to the nearest.
    pub thousandths: i64,
}

impl Saving {
    /// From what is paid to what would be.
    pub(crate) fn between(now: &Cost, then: &Cost) -> Self {
        let signed = |amount: u64| i64::try_from(amount).unwrap_or(i64::MAX);
        let (a, b) =
            (signed(now.total_nano_usd_per_hour.0), signed(then.total_nano_usd_per_hour.0));
        let month = signed(now.total_micro_usd_per_month) - signed(then.total_micro_usd_per_month);
        let thousandths = match a {
            0 => 0,
            a => (i128::from(a - b) * 2000 + i128::from(a)).div_euclid(i128::from(a) * 2),
        };
        Self {
            nano_usd_per_hour: a - b,
            micro_usd_per_month: month,
            thousandths: i64::try_from(thousandths).unwrap_or(0),
        }
    }
}
