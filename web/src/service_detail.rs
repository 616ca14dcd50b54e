//! The rest of a service: GPU, placement, ports, containers.

use crate::cluster::load_form::LoadForm;
use crate::cluster::placement_form::PlacementForm;
use crate::cluster::policies_form::PoliciesForm;
use crate::containers::Containers;
use crate::deployment_form::DeploymentForm;
use crate::document;
use crate::edit::{Edit, capacity_kind};
use crate::field::{CheckField, SelectField, TextField};
use crate::workbench::{field_id, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

/// Which service.
#[derive(Properties, PartialEq)]
pub struct ServiceDetailProps {
    /// Its place in the scenario.
    pub row: usize,
}

/// The fields of the service at the path `at` beside which the open detail says what is wrong.
pub fn told_within(document: &Value, at: &str) -> Vec<AttrValue> {
    if capacity_kind(document) == "managedInstances" {
        return Vec::new();
    }
    let fields = ["placementStrategy", "placementConstraints", "launchType", "load", "autoScaling"];
    fields.into_iter().map(|field| format!("{at}.{field}").into()).collect()
}

/// The rest of the service at `row`.
#[component]
pub fn ServiceDetail(props: &ServiceDetailProps) -> Html {
    let workbench = use_workbench();
    let at = format!("services[{}]", props.row);
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let managed = capacity_kind(workbench.document()) == "managedInstances";
    html! {
        <div class="detail">
            <div class="detail-line">
                <SelectField
                    path={path("taskDefinition.runtimePlatform.operatingSystemFamily")}
                    label="Operating system"
                    options={vec![("".into(), "Linux".into()), ("WINDOWS".into(), "Windows".into())]}
                />
            </div>
            if managed {
                <fieldset>
                    <legend>{ "Placement" }</legend>
                    <DistinctInstance path={path("placementConstraints")} />
                    <CheckField
                        path={path("availabilityZoneSpread")}
                        label="Spread over the zones"
                        absent=true
                    />
                    <ApartFrom row={props.row} path={path("apartFrom")} />
                </fieldset>
            } else {
                <PlacementForm row={props.row} />
                <LoadForm row={props.row} />
                <PoliciesForm row={props.row} />
            }
            <DeploymentForm at={at.clone()} />
            <Containers path={path("taskDefinition.containerDefinitions")} />
            <p class="detail-actions">
                <button
                    type="button"
                    class="quiet-button"
                    onclick={workbench.on_edit(Edit::RemoveService(props.row))}
                >
                    { "Remove this service" }
                </button>
            </p>
        </div>
    }
}

/// Where a list of constraints stands.
#[derive(Properties, PartialEq)]
pub struct PathProps {
    /// Its path.
    pub path: AttrValue,
}

/// One task of the service on an instance: the constraint `distinctInstance`.
#[component]
pub fn DistinctInstance(props: &PathProps) -> Html {
    let workbench = use_workbench();
    let constraints = document::get(workbench.document(), &props.path);
    let mut constraints = constraints.and_then(Value::as_array).cloned().unwrap_or_default();
    let is_distinct = |constraint: &Value| constraint["type"] == "distinctInstance";
    let on = constraints.iter().any(is_distinct);
    constraints.retain(|constraint| !is_distinct(constraint));
    if !on {
        constraints.push(json!({ "type": "distinctInstance" }));
    }
    let value = (!constraints.is_empty()).then_some(Value::Array(constraints));
    let edit = Edit::Choose { path: props.path.to_string(), value };
    html! {
        <label class="check">
            <input
                id={field_id(&props.path)}
                type="checkbox"
                checked={on}
                onchange={workbench.on_edit(edit)}
            />
            <span>{ "Each task on an instance of its own " }<code>{ "distinctInstance" }</code></span>
        </label>
    }
}

/// Which service.
#[derive(Properties, PartialEq)]
pub struct ApartFromProps {
    /// Its place in the scenario.
    pub row: usize,
    /// Where the names stand.
    pub path: AttrValue,
}

/// The services whose tasks may not share an instance with this one's.
#[component]
pub fn ApartFrom(props: &ApartFromProps) -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let now = document::texts(document, &props.path);
    let others: Vec<String> = (0..document::len(document, "services"))
        .filter(|row| *row != props.row)
        .map(|row| document::text(document, &format!("services[{row}].name")))
        .filter(|name| !name.is_empty())
        .collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <div class="words" role="group" aria-label="Never on an instance with">
            <span class="words-name">{ "Never on an instance with" }</span>
            { for others.into_iter().map(|name| {
                let on = now.contains(&name);
                let edit = Edit::Tick { path: props.path.to_string(), word: name.clone(), on: !on };
                html! {
                    <label class="chip">
                        <input type="checkbox" checked={on} onchange={workbench.on_edit(edit)} />
                        <span>{ name }</span>
                    </label>
                }
            }) }
        </div>
    }
}

/// A short text field of a list's element.
pub fn element_field(path: AttrValue, label: &'static str, placeholder: &'static str) -> Html {
    html! { <TextField {path} {label} {placeholder} /> }
}
