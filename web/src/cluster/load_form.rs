//! What arrives at a service over time, and how much of it a task can serve.

use crate::document;
use crate::edit::Edit;
use crate::field::{LinesField, Messages, TextField};
use crate::icons::{Icon, icon};
use crate::rows::removable_row;
use crate::workbench::{Workbench, field_id, use_workbench};
use serde_json::{Value, json};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Which service.
#[derive(Properties, PartialEq)]
pub struct LoadFormProps {
    /// Its place in the scenario.
    pub row: usize,
}

/// The kinds of curves by their word in the scenario, with their names.
const CURVES: [(&str, &str); 5] = [
    ("constant", "always the same"),
    ("steps", "steps"),
    ("ramp", "straight lines between points"),
    ("daily", "a day, again and again"),
    ("csv", "pasted CSV"),
];

/// A service without a load gets one that keeps so much of its tasks busy, in requests a minute.
const PER_TASK: u64 = 600;

/// The word of the curve of `load`; empty where there is none.
fn curve_of(load: Option<&Value>) -> &'static str {
    let curve = load.and_then(|load| load.get("requestsPerMinute"));
    let is_there = |word: &str| curve.is_some_and(|curve| curve.get(word).is_some());
    CURVES.iter().find(|(word, _)| is_there(word)).map_or("", |(word, _)| *word)
}

/// Some requests a minute that a curve has, to begin another with.
fn level_of(load: &Value) -> Option<u64> {
    let curve = &load["requestsPerMinute"];
    let first = |list: &str| curve[list][0]["requestsPerMinute"].as_u64();
    curve["constant"]
        .as_u64()
        .or_else(|| first("steps"))
        .or_else(|| first("ramp"))
        .or_else(|| curve["daily"]["low"].as_u64())
}

/// The load with another curve of about the same height; `tasks` are those that are desired.
fn with_curve(load: Option<&Value>, word: &str, tasks: u64) -> Option<Value> {
    let level = load.and_then(level_of).unwrap_or(tasks.max(1) * PER_TASK / 2);
    let point =
        |minute: u64, requests: u64| json!({ "minute": minute, "requestsPerMinute": requests });
    let curve = match word {
        "constant" => json!({ "constant": level }),
        "steps" => json!({ "steps": [point(0, level), point(15, level * 2)] }),
        "ramp" => json!({ "ramp": [point(0, level), point(60, level * 2)] }),
        "daily" => json!({ "daily": { "low": level, "high": level * 3, "peakMinute": 840 } }),
        "csv" => json!({ "csv": format!("0,{level}\n15,{}", level * 2) }),
        _ => return None,
    };
    let mut load = load.cloned().filter(Value::is_object);
    let load = load.get_or_insert_with(|| json!({ "requestsPerMinutePerTask": PER_TASK }));
    load["requestsPerMinute"] = curve;
    Some(load.clone())
}

/// The form.
#[component]
pub fn LoadForm(props: &LoadFormProps) -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let list = format!("services[{}].load", props.row);
    let path = |field: &str| -> AttrValue { format!("{list}.{field}").into() };
    let load = document::get(document, &list).cloned();
    let now = curve_of(load.as_ref());
    let tasks = document::get(document, &format!("services[{}].desiredCount", props.row));
    let tasks = tasks.and_then(Value::as_u64).unwrap_or(1);
    let onchange = {
        let (workbench, path, load) = (workbench.clone(), list.clone(), load.clone());
        Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlSelectElement>().value();
            let value = with_curve(load.as_ref(), &word, tasks);
            workbench.edit(Edit::Choose { path: path.clone(), value });
        })
    };
    html! {
        <fieldset id={field_id(&list)} tabindex="-1">
            <legend>{ "Load" }</legend>
            <div class="settings-grid">
                <div class="field">
                    <label for={field_id(&path("requestsPerMinute"))}>{ "Requests a minute" }</label>
                    <span class="control select">
                        <select id={field_id(&path("requestsPerMinute"))} {onchange}>
                            <option value="" selected={now.is_empty()}>{ "none: nothing is simulated" }</option>
                            { for CURVES.iter().map(|(word, name)| html! {
                                <option value={*word} selected={*word == now}>{ *name }</option>
                            }) }
                        </select>
                    </span>
                </div>
                if load.is_some() {
                    <TextField
                        path={path("requestsPerMinutePerTask")}
                        label="One task serves"
                        unit="/min"
                    />
                }
            </div>
            { curve(&workbench, &path("requestsPerMinute"), now) }
            if load.is_some() {
                <details class="folded">
                    <summary>{ "What a task uses" }</summary>
                    <div class="settings-grid">
                        <TextField path={path("idleCpuPercent")} label="CPU without requests" placeholder="0" unit="%" />
                        <TextField path={path("idleMemoryPercent")} label="Memory without" placeholder="40" unit="%" />
                        <TextField path={path("fullMemoryPercent")} label="Memory at full load" placeholder="60" unit="%" />
                    </div>
                </details>
            }
            <Messages path={list.clone()} />
        </fieldset>
    }
}

fn curve(workbench: &Workbench, path: &AttrValue, word: &str) -> Html {
    let field = |name: &str| -> AttrValue { format!("{path}.{name}").into() };
    match word {
        "constant" => html! {
            <TextField path={field("constant")} label="Requests" unit="/min" class="narrow" />
        },
        "steps" | "ramp" => point_list(workbench, &field(word)),
        "daily" => html! {
            <div class="settings-grid">
                <TextField path={field("daily.low")} label="Quietest" unit="/min" />
                <TextField path={field("daily.high")} label="Busiest" unit="/min" />
                <TextField path={field("daily.peakMinute")} label="Busiest at minute" />
            </div>
        },
        "csv" => html! {
            <LinesField
                path={field("csv")}
                label="A value for each minute, or minute,requests"
                placeholder="0,1000"
            />
        },
        _ => html! {},
    }
}

fn point_list(workbench: &Workbench, list: &AttrValue) -> Html {
    let document = workbench.document();
    let count = document::len(document, list);
    let latest = count.checked_sub(1);
    let latest = latest.and_then(|at| document::get(document, &format!("{list}[{at}]")));
    let of = |name: &str| latest.and_then(|point| point[name].as_u64()).unwrap_or(0);
    let next = json!({
        "minute": of("minute") + 15,
        "requestsPerMinute": of("requestsPerMinute")
    });
    let add = Edit::Append { path: list.to_string(), value: next };
    html! {
        <>
            <ul class="rows">
                { for (0..count).map(|at| {
                    let path = |field: &str| -> AttrValue { format!("{list}[{at}].{field}").into() };
                    let fields = html! {
                        <>
                            <TextField path={path("minute")} label="From minute" />
                            <TextField path={path("requestsPerMinute")} label="Requests" unit="/min" />
                        </>
                    };
                    removable_row(workbench, "point-row", list, at, "point", fields)
                }) }
            </ul>
            <button type="button" class="quiet-button" onclick={workbench.on_edit(add)}>
                { icon(Icon::Plus) }{ "Add a point" }
            </button>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_turns_into_another_of_the_same_height() {
        assert_eq!(with_curve(None, "", 2), None);
        let first = with_curve(None, "constant", 4).unwrap();
        assert_eq!(first["requestsPerMinute"], json!({ "constant": 1200 }));
        assert_eq!(first["requestsPerMinutePerTask"], 600);
        let mut load = first;
        for (word, _) in CURVES {
            load["requestsPerMinutePerTask"] = json!(50);
            let other = with_curve(Some(&load), word, 9).unwrap();
            assert_eq!(curve_of(Some(&other)), word);
            assert_eq!(other["requestsPerMinutePerTask"], 50, "the rest of it stays");
            if word != "csv" {
                assert_eq!(level_of(&other), Some(1200), "{word}");
            }
            load = if word == "csv" { load } else { other };
        }
        assert_eq!(curve_of(Some(&json!({ "requestsPerMinute": 4 }))), "");
    }
}
