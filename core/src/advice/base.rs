//! The scenario as it is, predicted, and the same scenario with changes: a proposal's figures are
//! the prediction of the changed scenario, read anew.

use crate::diagnostic::Diagnostic;
use crate::managed::{Market, Prediction};
use crate::plan::Ground;
use crate::report::{Change, Cost, Fleet, FleetSummary, PredictedFleet};
use crate::scenario::{Capacity, ManagedInstances, Reading, document, read};
use eniac_catalog::Catalog;
use serde_json::Value;

/// A scenario with its prediction.
pub(super) struct Base<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) reading: &'a Reading,
    /// The scenario as JSON, defaults filled in; its services are those that could be read.
    pub(super) document: Value,
    pub(super) ground: Ground<'a>,
    pub(super) market: Market,
    /// What ECS would launch; empty for Auto Scaling groups.
    pub(super) prediction: Prediction,
    /// The same, with names.
    pub(super) fleet: Fleet,
}

/// A changed scenario with its prediction.
pub(super) struct Changed<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) fleet: Fleet,
    /// Services that are planned in the base and cannot be any more.
    pub(super) unplaced: Vec<String>,
}

impl Changed<'_> {
    pub(super) fn summary(&self) -> FleetSummary {
        FleetSummary::from(&self.fleet)
    }
}

impl<'a> Base<'a> {
    pub(super) fn of(
        catalog: &'a Catalog,
        reading: &'a Reading,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let ground = Ground::of(catalog, reading, diagnostics);
        let market = ground.market();
        let prediction = predict(&ground, &market);
        let fleet = ground.fleet(&ground.kinds, &prediction.patterns);
        let document = serde_json::to_value(&reading.scenario).unwrap_or_default();
        Self { catalog, reading, document, ground, market, prediction, fleet }
    }

    pub(super) fn predicted(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<PredictedFleet> {
        if self.is_managed() { self.ground.predicted(diagnostics) } else { None }
    }

    /// Whether ECS Managed Instances choose.
    pub(super) fn is_managed(&self) -> bool {
        self.ground.supply.managed_instances
    }

    /// The one Managed Instances provider that `capacity` describes; `None` for groups, and where
    /// several providers could be meant.
    pub(super) fn managed(&self) -> Option<&ManagedInstances> {
        let scenario = &self.reading.scenario;
        let shared = scenario.capacity_providers.iter().all(|it| it.managed_instances.is_none());
        match &scenario.capacity {
            Capacity::ManagedInstances(managed) if shared => Some(managed),
            _ => None,
        }
    }

    /// What the predicted fleet costs.
    pub(super) fn cost(&self) -> &Cost {
        &self.fleet.cost
    }

    /// A change of one field of the user's document; `None` as `after` takes it away.
    pub(super) fn change(&self, path: &str, after: Option<Value>) -> Change {
        let before = document::get(&self.document, &self.own_path(path));
        Change {
            path: path.to_owned(),
            before: before.cloned().unwrap_or_default(),
            after: after.unwrap_or_default(),
        }
    }

    /// A path of the user's document in this one, whose services are only those that could be read.
    fn own_path(&self, path: &str) -> String {
        let inner = path.strip_prefix("services[").and_then(|rest| rest.split_once(']'));
        let Some((row, rest)) = inner else { return path.to_owned() };
        let rows = &self.reading.service_rows;
        let place = row.parse().ok().and_then(|row: usize| rows.iter().position(|it| *it == row));
        place.map_or_else(|| path.to_owned(), |place| format!("services[{place}]{rest}"))
    }

    /// The scenario with changes, planned again. `None` if it cannot be read any more, which no
    /// proposal may bring about.
    pub(super) fn with(&self, changes: &[Change]) -> Option<Changed<'a>> {
        let mut document = self.document.clone();
        for change in changes {
            let after = Some(change.after.clone()).filter(|after| !after.is_null());
            document::set(&mut document, &self.own_path(&change.path), after);
        }
        let mut reading = read(&document.to_string()).ok()?;
        if reading.service_rows.len() != self.reading.service_rows.len() {
            return None;
        }
        reading.service_rows.clone_from(&self.reading.service_rows);
        let ground = Ground::of(self.catalog, &reading, &mut Vec::new());
        let prediction = predict(&ground, &ground.market());
        let fleet = ground.fleet(&ground.kinds, &prediction.patterns);
        let is_planned =
            |ground: &Ground<'_>, at: usize| ground.kinds.iter().any(|k| k.service == at);
        let services = self.ground.workload.services.iter().enumerate();
        let unplaced = services
            .filter(|(at, _)| is_planned(&self.ground, *at) && !is_planned(&ground, *at))
            .map(|(_, service)| service.name.clone())
            .collect();
        Some(Changed { ground, fleet, unplaced })
    }

    /// The service of a kind of task.
    pub(super) fn service_of(&self, kind: usize) -> &crate::plan::Sized {
        &self.ground.workload.services[self.ground.kinds[kind].service]
    }
}

fn predict(ground: &Ground<'_>, market: &Market) -> Prediction {
    if ground.supply.managed_instances {
        market.predict(&ground.problem, &ground.running)
    } else {
        Prediction::default()
    }
}
