//! How the simulation runs: how long, from when, and how long things take.

use crate::document;
use crate::edit::Edit;
use crate::field::{Messages, SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::rows::removable_row;
use crate::workbench::{Workbench, use_workbench};
use serde_json::json;
use yew::prelude::*;

fn path(field: &str) -> AttrValue {
    format!("simulation.{field}").into()
}

/// The form.
#[component]
pub fn SimulationForm() -> Html {
    let workbench = use_workbench();
    html! {
        <div class="simulation-form">
            <div class="settings-grid quarters">
                <TextField path={path("minutes")} label="Lasts" placeholder="1440" unit="min" />
                <TextField path={path("startsAt")} label="Starts at" placeholder="00:00" />
                <TextField
                    path={path("instanceLaunchSeconds")}
                    label="An instance takes"
                    placeholder="180"
                    unit="s"
                />
                <TextField
                    path={path("taskStartSeconds")}
                    label="A task takes"
                    placeholder="40"
                    unit="s"
                />
            </div>
            <Messages path="simulation" />
            <details class="folded">
                <summary>{ "Deployments, stopping, chance" }</summary>
                { deployments(&workbench) }
                <div class="settings-grid quarters">
                    <TextField
                        path={path("taskStopSeconds")}
                        label="A task stops in"
                        placeholder="60"
                        unit="s"
                    />
                    <TextField
                        path={path("provisioningTimeoutMinutes")}
                        label="PROVISIONING at most"
                        placeholder="30"
                        unit="min"
                    />
                    <SelectField
                        path={path("placementTies")}
                        label="Of equal instances"
                        options={vec![
                            ("".into(), "the emptiest".into()),
                            ("INSTANCE_ID".into(), "the first".into()),
                            ("RANDOM".into(), "any, by the seed".into()),
                        ]}
                    />
                    <TextField path={path("seed")} label="Seed" placeholder="1" />
                </div>
            </details>
        </div>
    }
}

fn deployments(workbench: &Workbench) -> Html {
    let document = workbench.document();
    let list = path("deployments");
    let names: Vec<String> = (0..document::len(document, "services"))
        .map(|row| document::text(document, &format!("services[{row}].name")))
        .collect();
    let add = Edit::Append {
        path: list.to_string(),
        value: json!({ "service": names.first().cloned().unwrap_or_default(), "minute": 10 }),
    };
    let options: Vec<(AttrValue, AttrValue)> =
        names.into_iter().map(|name| (name.clone().into(), name.into())).collect();
    html! {
        <>
            <ul class="rows">
                { for (0..document::len(document, &list)).map(|at| {
                    let of = |field: &str| -> AttrValue { format!("{list}[{at}].{field}").into() };
                    let fields = html! {
                        <>
                            <SelectField path={of("service")} label="Deploys" options={options.clone()} />
                            <TextField path={of("minute")} label="At minute" />
                        </>
                    };
                    removable_row(workbench, "point-row", &list, at, "deployment", fields)
                }) }
            </ul>
            <button type="button" class="quiet-button" onclick={workbench.on_edit(add)}>
                { icon(Icon::Plus) }{ "Add a deployment" }
            </button>
        </>
    }
}
