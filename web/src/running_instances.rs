//! Instances that run already: ECS uses what room they have before it launches others.

use crate::document;
use crate::edit::Edit;
use crate::field::{Messages, TextField};
use crate::icons::{Icon, icon};
use crate::removable_row::removable_row;
use crate::workbench::{Workbench, field_id, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

const PATH: &str = "capacity.managedInstances.runningInstances";

/// The list.
#[component]
pub fn RunningInstances() -> Html {
    let workbench = use_workbench();
    let count = document::len(workbench.document(), PATH);
    html! {
        <div class="settings" id={field_id(PATH)} tabindex="-1">
            <div class="panel-head">
                <h3>{ "Running already" }</h3>
                <button
                    type="button"
                    class="quiet-button"
                    data-testid="add-running"
                    onclick={workbench.on_edit(Edit::Append { path: PATH.into(), value: likely(&workbench) })}
                >
                    { icon(Icon::Plus) }{ "Add instances" }
                </button>
            </div>
            if count > 0 {
                <ul class="rows">
                    { for (0..count).map(|at| {
                        let path = |field: &str| -> AttrValue { format!("{PATH}[{at}].{field}").into() };
                        let fields = html! {
                            <>
                                <TextField path={path("count")} label="Instances" />
                                <TextField path={path("instanceType")} label="Type" />
                            </>
                        };
                        removable_row(&workbench, "running", PATH, at, "running instances", fields)
                    }) }
                </ul>
            }
            <Messages path={PATH} />
        </div>
    }
}

/// What most likely runs: the most of what is predicted.
fn likely(workbench: &Workbench) -> Value {
    let predicted = workbench.answer().and_then(|report| report.predicted.as_ref());
    let most = predicted.and_then(|it| it.fleet.mix.first());
    match most {
        Some(kind) => json!({ "instanceType": kind.instance_type, "count": kind.count }),
        None => json!({ "instanceType": "m7g.large", "count": 1 }),
    }
}
