//! The fleet: drawn, or as a table with the same figures; predicted or cheapest.

use crate::fleet_drawing::FleetDrawing;
use crate::fleet_table::FleetTable;
use crate::workbench::use_workbench;
use eniac_core::report::{Fleet, Report};
use yew::prelude::*;

/// Which of the two fleets is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Predicted,
    Cheapest,
}

/// The fleet, if it has any instance.
fn fleet_of(report: &Report, which: Which) -> Option<&Fleet> {
    let fleet = match which {
        Which::Predicted => report.predicted.as_ref().map(|predicted| &predicted.fleet),
        Which::Cheapest => report.cheapest.as_ref().map(|cheapest| &cheapest.fleet),
    };
    fleet.filter(|fleet| fleet.instances > 0)
}

/// The fleet.
#[component]
pub fn FleetView() -> Html {
    let workbench = use_workbench();
    let wanted = use_state(|| Which::Predicted);
    let as_table = use_state(|| false);
    let Some(report) = workbench.answer() else { return html! {} };
    let which = if fleet_of(report, *wanted).is_some() { *wanted } else { Which::Cheapest };
    let Some(fleet) = fleet_of(report, which) else { return html! {} };
    let choice = |of: Which, name: &'static str| {
        let wanted = wanted.clone();
        html! {
            <button
                type="button"
                aria-pressed={(which == of).to_string()}
                disabled={fleet_of(report, of).is_none()}
                onclick={Callback::from(move |_| wanted.set(of))}
            >
                { name }
            </button>
        }
    };
    let view = |table: bool, name: &'static str| {
        let as_table = as_table.clone();
        html! {
            <button
                type="button"
                aria-pressed={(*as_table == table).to_string()}
                onclick={Callback::from(move |_| as_table.set(table))}
            >
                { name }
            </button>
        }
    };
    let stale = workbench.is_stale().then_some("stale");
    html! {
        <section class="panel fleet" data-testid="fleet" aria-labelledby="fleet-title">
            <div class="panel-head">
                <h2 id="fleet-title">{ "The fleet" }</h2>
                <div class="panel-tools">
                    <div class="segmented" role="group" aria-label="Which fleet">
                        { choice(Which::Predicted, "Predicted") }
                        { choice(Which::Cheapest, "Cheapest") }
                    </div>
                    <div class="segmented" role="group" aria-label="How it is shown">
                        { view(false, "Drawing") }
                        { view(true, "Table") }
                    </div>
                </div>
            </div>
            <div class={classes!(stale)}>
                if *as_table {
                    <FleetTable answer={report.clone()} fleet={fleet.clone()} />
                } else {
                    <FleetDrawing answer={report.clone()} fleet={fleet.clone()} />
                }
            </div>
        </section>
    }
}
