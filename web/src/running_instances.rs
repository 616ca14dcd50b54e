//! Instances that run already: ECS uses what room they have before it launches others.

use crate::field::TextField;
use crate::rows::Growing;
use crate::workbench::{Workbench, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

const PATH: &str = "capacity.managedInstances.runningInstances";

/// The list.
#[component]
pub fn RunningInstances() -> Html {
    let workbench = use_workbench();
    let list = Growing {
        path: PATH,
        heading: "Running already",
        add: "Add instances",
        hint: None,
        test_id: "add-running",
        element: "running instances",
    };
    list.shown(&workbench, likely(&workbench), |at| {
        let path = |field: &str| -> AttrValue { format!("{PATH}[{at}].{field}").into() };
        html! {
            <>
                <TextField path={path("count")} label="Instances" />
                <TextField path={path("instanceType")} label="Type" />
            </>
        }
    })
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
