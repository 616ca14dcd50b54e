//! Types of which EC2 has no capacity left: ECS falls back to others that are admitted.

use crate::document;
use crate::edit::Edit;
use crate::field::Messages;
use crate::icons::{Icon, icon};
use crate::removable_row::removable_row;
use crate::typed_text::{Parts, TypedText};
use crate::workbench::{Workbench, field_id, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

const PATH: &str = "capacity.managedInstances.exhaustedPools";

/// The list.
#[component]
pub fn ExhaustedPools() -> Html {
    let workbench = use_workbench();
    let count = document::len(workbench.document(), PATH);
    html! {
        <div class="settings" id={field_id(PATH)} tabindex="-1">
            <div class="panel-head">
                <h3>{ "Run out" }</h3>
                <button
                    type="button"
                    class="quiet-button"
                    data-testid="add-exhausted"
                    title="Types that EC2 has no capacity of at the moment"
                    onclick={workbench.on_edit(Edit::Append { path: PATH.into(), value: likely(&workbench) })}
                >
                    { icon(Icon::Plus) }{ "Add types" }
                </button>
            </div>
            if count > 0 {
                <ul class="rows">
                    { for (0..count).map(|at| {
                        let path = |field: &str| -> AttrValue { format!("{PATH}[{at}].{field}").into() };
                        let fields = html! {
                            <>
                                <TypedText label_hidden=true parts={Parts::Names}
                                    path={path("instanceTypes")}
                                    label={format!("Types that have run out {}", at + 1)}
                                    placeholder="none, or: t4g.*"
                                />
                                <TypedText label_hidden=true parts={Parts::Names}
                                    path={path("zones")}
                                    label={format!("Zones where they have run out {}", at + 1)}
                                    placeholder={format!("everywhere, or: {}", zone(&workbench))}
                                />
                            </>
                        };
                        removable_row(&workbench, "running", PATH, at, "types that have run out", fields)
                    }) }
                </ul>
            }
            <Messages path={PATH} />
        </div>
    }
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
