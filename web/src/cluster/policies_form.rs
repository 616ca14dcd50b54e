//! How a service's number of tasks follows its load: Application Auto Scaling's limits and
//! policies.

use crate::document;
use crate::edit::Edit;
use crate::field::{CheckField, Messages, SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::rows::removable_row;
use crate::workbench::{Workbench, field_id, use_workbench};
use serde_json::{Value, json};
use yew::prelude::*;

/// Which service.
#[derive(Properties, PartialEq)]
pub struct PoliciesFormProps {
    /// Its place in the scenario.
    pub row: usize,
}

/// Words of the API with what the form calls them; the empty word stands for the default.
type Words = &'static [(&'static str, &'static str)];

const METRICS: Words = &[
    ("", "CPU used"),
    ("ECSServiceAverageMemoryUtilization", "memory used"),
    ("ALBRequestCountPerTarget", "requests a task"),
];
const OPERATORS: Words = &[
    ("GreaterThanOrEqualToThreshold", "at least"),
    ("GreaterThanThreshold", "above"),
    ("LessThanOrEqualToThreshold", "at most"),
    ("LessThanThreshold", "below"),
];
const ADJUSTMENTS: Words = &[
    ("ChangeInCapacity", "so many tasks more or fewer"),
    ("PercentChangeInCapacity", "percent more or fewer"),
    ("ExactCapacity", "exactly so many tasks"),
];

fn options(words: Words) -> Vec<(AttrValue, AttrValue)> {
    words.iter().map(|(word, name)| ((*word).into(), (*name).into())).collect()
}

/// The form.
#[component]
pub fn PoliciesForm(props: &PoliciesFormProps) -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let at = format!("services[{}].autoScaling", props.row);
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let is_on = document::get(document, &at).is_some();
    let tasks = document::get(document, &format!("services[{}].desiredCount", props.row));
    let tasks = tasks.and_then(Value::as_u64).unwrap_or(1).max(1);
    let begin = json!({
        "minCapacity": tasks,
        "maxCapacity": tasks * 4,
        "scalingPolicies": [{ "targetTracking": { "targetValue": 75 } }]
    });
    let toggle = Edit::Choose { path: at.clone(), value: (!is_on).then_some(begin) };
    let list = path("scalingPolicies");
    html! {
        <fieldset>
            <legend>{ "Service auto scaling" }</legend>
            <label class="check">
                <input id={field_id(&at)} type="checkbox" checked={is_on} onchange={workbench.on_edit(toggle)} />
                <span>{ "The number of tasks follows a metric" }</span>
            </label>
            if is_on {
                <div class="settings-grid">
                    <TextField path={path("minCapacity")} label="Least tasks" />
                    <TextField path={path("maxCapacity")} label="Most tasks" />
                </div>
                <ul class="rows policies">
                    { for (0..document::len(document, &list)).map(|index| {
                        let policy = format!("{list}[{index}]");
                        let tracks = document::get(document, &format!("{policy}.targetTracking")).is_some();
                        let fields = if tracks {
                            tracking(document, &format!("{policy}.targetTracking"))
                        } else {
                            steps(&workbench, &format!("{policy}.stepScaling"))
                        };
                        removable_row(&workbench, "policy", &list, index, "policy", fields)
                    }) }
                </ul>
                { add_buttons(&workbench, &list) }
            }
            <Messages path={at.clone()} />
        </fieldset>
    }
}

fn add_buttons(workbench: &Workbench, list: &AttrValue) -> Html {
    let add = |value: Value| workbench.on_edit(Edit::Append { path: list.to_string(), value });
    let tracking = json!({ "targetTracking": {
        "predefinedMetricType": "ALBRequestCountPerTarget", "targetValue": 450
    } });
    let steps = json!({ "stepScaling": {
        "threshold": 80,
        "comparisonOperator": "GreaterThanOrEqualToThreshold",
        "adjustmentType": "ChangeInCapacity",
        "stepAdjustments": [{ "metricIntervalLowerBound": 0, "scalingAdjustment": 2 }]
    } });
    html! {
        <p class="button-row">
            <button type="button" class="quiet-button" onclick={add(tracking)}>
                { icon(Icon::Plus) }{ "Track a target" }
            </button>
            <button type="button" class="quiet-button" onclick={add(steps)}>
                { icon(Icon::Plus) }{ "Scale by steps" }
            </button>
        </p>
    }
}

/// What the values of a metric are.
fn unit(metric: &str) -> &'static str {
    if metric == "ALBRequestCountPerTarget" { "/min" } else { "%" }
}

fn tracking(document: &Value, at: &str) -> Html {
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let metric = document::text(document, &path("predefinedMetricType"));
    html! {
        <div class="policy-fields">
            <div class="settings-grid">
                <SelectField path={path("predefinedMetricType")} label="Keeps" options={options(METRICS)} />
                <TextField path={path("targetValue")} label="At" unit={unit(&metric)} />
            </div>
            <details class="folded">
                <summary>{ "Cooldowns" }</summary>
                <div class="settings-grid">
                    <TextField path={path("scaleOutCooldown")} label="Scale-out cooldown" placeholder="300" unit="s" />
                    <TextField path={path("scaleInCooldown")} label="Scale-in cooldown" placeholder="300" unit="s" />
                </div>
                <CheckField path={path("disableScaleIn")} label="Never scales in" absent=false />
            </details>
        </div>
    }
}

fn steps(workbench: &Workbench, at: &str) -> Html {
    let document = workbench.document();
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let metric = document::text(document, &path("metric"));
    let list = path("stepAdjustments");
    let add = Edit::Append {
        path: list.to_string(),
        value: json!({ "metricIntervalLowerBound": 10, "scalingAdjustment": 4 }),
    };
    let is_percent = document::text(document, &path("adjustmentType")) == "PercentChangeInCapacity";
    html! {
        <div class="policy-fields">
            <div class="settings-grid">
                <SelectField path={path("metric")} label="While" options={options(METRICS)} />
                <SelectField path={path("comparisonOperator")} label="Is" options={options(OPERATORS)} />
                <TextField path={path("threshold")} label="Threshold" unit={unit(&metric)} />
                <TextField path={path("evaluationPeriods")} label="Minutes in a row" placeholder="1" />
            </div>
            <SelectField path={path("adjustmentType")} label="A step is" options={options(ADJUSTMENTS)} />
            <ul class="rows">
                { for (0..document::len(document, &list)).map(|index| {
                    let step = |field: &str| -> AttrValue { format!("{list}[{index}].{field}").into() };
                    let fields = html! {
                        <>
                            <TextField path={step("metricIntervalLowerBound")} label="From threshold" placeholder="any" />
                            <TextField path={step("metricIntervalUpperBound")} label="Up to" placeholder="any" />
                            <TextField path={step("scalingAdjustment")} label="Step" />
                        </>
                    };
                    removable_row(workbench, "step-row", &list, index, "step", fields)
                }) }
            </ul>
            <div class="button-row">
                <button type="button" class="quiet-button" onclick={workbench.on_edit(add)}>
                    { icon(Icon::Plus) }{ "Add a step" }
                </button>
            </div>
            <details class="folded">
                <summary>{ "Cooldown" }</summary>
                <div class="settings-grid">
                    <TextField path={path("cooldown")} label="Cooldown" placeholder="300" unit="s" />
                    if is_percent {
                        <TextField path={path("minAdjustmentMagnitude")} label="At least" placeholder="1" unit="tasks" />
                    }
                </div>
            </details>
        </div>
    }
}
