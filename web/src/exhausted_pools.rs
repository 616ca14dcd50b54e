//! Types of which EC2 has no capacity left: ECS falls back to others that are admitted.

use crate::rows::Growing;
use crate::typed_text::{Parts, TypedText};
use crate::workbench::{Workbench, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

const PATH: &str = "capacity.managedInstances.exhaustedPools";

/// The list.
#[component]
pub fn ExhaustedPools() -> Html {
    let workbench = use_workbench();
    let list = Growing {
        path: PATH,
        heading: "Run out",
        add: "Add types",
        hint: Some("Types that EC2 has no capacity of at the moment"),
        test_id: "add-exhausted",
        element: "types that have run out",
    };
    list.shown(&workbench, likely(&workbench), |at| {
        let path = |field: &str| -> AttrValue { format!("{PATH}[{at}].{field}").into() };
        html! {
            <>
                <TypedText
                    label_hidden=true
                    parts={Parts::Names}
                    path={path("instanceTypes")}
                    label={format!("Types that have run out {}", at + 1)}
                    placeholder="none, or: t4g.*"
                />
                <TypedText
                    label_hidden=true
                    parts={Parts::Names}
                    path={path("zones")}
                    label={format!("Zones where they have run out {}", at + 1)}
                    placeholder={format!("everywhere, or: {}", zone(&workbench))}
                />
            </>
        }
    })
}

/// What is most worth asking: the type that most of the predicted fleet is of.
fn likely(workbench: &Workbench) -> Value {
    let predicted = workbench.answer().and_then(|report| report.predicted.as_ref());
    match predicted.and_then(|it| it.fleet.mix.first()) {
        Some(kind) => json!({ "instanceTypes": [kind.instance_type] }),
        None => json!({ "instanceTypes": ["t4g.*"] }),
    }
}

/// A zone that is in use, as an example.
fn zone(workbench: &Workbench) -> String {
    let zones = workbench.answer().map(|report| report.region.zones.clone());
    zones.and_then(|zones| zones.into_iter().next()).unwrap_or_default()
}
