//! The scenario as it is, predicted: what every proposal is compared with.

use crate::diagnostic::Diagnostic;
use crate::managed::{Market, Prediction};
use crate::plan::Ground;
use crate::report::{Cost, Fleet, PredictedFleet};
use crate::scenario::Reading;
use eniac_catalog::Catalog;

/// A scenario with its prediction.
pub(super) struct Base<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) reading: &'a Reading,
    pub(super) ground: Ground<'a>,
    pub(super) market: Market,
    /// What ECS would launch; empty for Auto Scaling groups.
    pub(super) prediction: Prediction,
    /// The same, with names.
    pub(super) fleet: Fleet,
}

impl<'a> Base<'a> {
    pub(super) fn of(
        catalog: &'a Catalog,
        reading: &'a Reading,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let ground = Ground::of(catalog, reading, diagnostics);
        let market = ground.market();
        let prediction = if ground.supply.managed_instances {
            market.predict(&ground.problem, &ground.running)
        } else {
            Prediction::default()
        };
        let fleet = ground.fleet(&ground.kinds, &prediction.patterns);
        Self { catalog, reading, ground, market, prediction, fleet }
    }

    pub(super) fn predicted(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<PredictedFleet> {
        if self.ground.supply.managed_instances { self.ground.predicted(diagnostics) } else { None }
    }

    /// What the predicted fleet costs.
    pub(super) fn cost(&self) -> &Cost {
        &self.fleet.cost
    }
}
