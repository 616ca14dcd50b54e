//! Several capacity providers: On-Demand and Spot beside each other, and how the tasks are shared
//! among them by base and weight.

use crate::document;
use crate::edit::{Edit, capacity_kind};
use crate::field::{Messages, SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::providers_edit::item_path;
use crate::workbench::{field_id, use_workbench};
use serde_json::json;
use yew::prelude::*;

/// The form.
#[component]
pub fn ProvidersForm() -> Html {
    let workbench = use_workbench();
    let count = document::len(workbench.document(), "capacityProviders");
    let add = workbench.on_edit(Edit::AddProvider);
    let own = capacity_kind(workbench.document()) == "autoScalingGroup";
    html! {
        <div class="settings" id={field_id("capacityProviders")} tabindex="-1">
            <div class="panel-head">
                <h3>{ "On-Demand base, Spot weight" }</h3>
                <button type="button" class="quiet-button" data-testid="add-provider" onclick={add}>
                    { icon(Icon::Plus) }
                    { if count == 0 { "Share with Spot" } else { "Add a provider" } }
                </button>
            </div>
            if count == 0 {
                <p class="hint">{ "One capacity provider runs everything." }</p>
            } else {
                <ul class="rows">
                    { for (0..count).map(|at| html! { <Provider key={at} {at} /> }) }
                </ul>
                <p class="hint">
                    { "The base of tasks first, the rest by weight. A service may have a strategy of its own: " }
                    <code>{ "capacityProviderStrategy" }</code>
                    { " in the JSON" }
                    if own {
                        { ", and a provider a group of its own: " }
                        <code>{ "autoScalingGroup" }</code>
                    }
                    { "." }
                </p>
                { shares(&workbench) }
            }
            <Messages path="capacityProviders" />
            <Messages path="capacityProviderStrategy" />
        </div>
    }
}

/// How many tasks each provider gets, as the planner shares them.
fn shares(workbench: &crate::workbench::Workbench) -> Html {
    let Some(report) = workbench.answer().filter(|report| !report.providers.is_empty()) else {
        return html! {};
    };
    let all = report.providers.iter().map(|it| format!("{} {}", it.name, it.tasks));
    html! { <p class="understood">{ format!("tasks: {}", all.collect::<Vec<_>>().join(", ")) }</p> }
}

#[derive(Properties, PartialEq)]
struct ProviderProps {
    at: usize,
}

#[component]
fn Provider(props: &ProviderProps) -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let path =
        |field: &str| -> AttrValue { format!("capacityProviders[{}].{field}", props.at).into() };
    let (item, is_used) = item_path(document, props.at);
    let name = document::text(document, &path("name"));
    let join = Edit::Append {
        path: "capacityProviderStrategy".into(),
        value: json!({ "capacityProvider": name, "weight": 1 }),
    };
    html! {
        <li class="provider" data-testid="provider">
            <TextField path={path("name")} label="Provider" />
            <SelectField
                path={path("capacityOptionType")}
                label="Bought"
                options={vec![("ON_DEMAND".into(), "On-Demand".into()), ("SPOT".into(), "Spot".into())]}
            />
            if is_used {
                <TextField path={format!("{item}.base")} label="Base" placeholder="0" />
                <TextField path={format!("{item}.weight")} label="Weight" placeholder="0" />
            } else {
                <button type="button" class="quiet-button" onclick={workbench.on_edit(join)}>
                    { "Give it tasks" }
                </button>
            }
            <button
                type="button"
                class="icon-button"
                aria-label={format!("Remove provider {name}")}
                title="Remove (can be undone)"
                onclick={workbench.on_edit(Edit::RemoveProvider(props.at))}
            >
                { icon(Icon::Cross) }
            </button>
        </li>
    }
}
