//! Where a service's tasks may and should stand on instances of a group: strategy, constraints,
//! rebalancing, launch type.

use crate::cluster::strategy::{
    CUSTOM, RULES, TEMPLATES, Template, attribute_of, word_of, written,
};
use crate::document;
use crate::edit::Edit;
use crate::field::{CheckField, Messages, SelectField, StatusField, TextField};
use crate::icons::{Icon, icon};
use crate::rows::removable_row;
use crate::service_detail::{ApartFrom, DistinctInstance};
use crate::workbench::{Workbench, field_id, use_workbench};
use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Which service.
#[derive(Properties, PartialEq)]
pub struct PlacementFormProps {
    /// Its place in the scenario.
    pub row: usize,
}

/// The form.
#[component]
pub fn PlacementForm(props: &PlacementFormProps) -> Html {
    let workbench = use_workbench();
    let at = format!("services[{}]", props.row);
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let has_strategy = document::len(workbench.document(), &path("placementStrategy")) > 0;
    let others = document::len(workbench.document(), "services") > 1;
    html! {
        <fieldset>
            <legend>{ "Placement" }</legend>
            { strategy(&workbench, &path("placementStrategy")) }
            <DistinctInstance path={path("placementConstraints")} />
            { expressions(&workbench, &path("placementConstraints")) }
            <details class="folded">
                <summary>
                    { if others { "Zones, launch type, services to keep apart" } else { "Zones, launch type" } }
                </summary>
                if !has_strategy {
                    <CheckField
                        path={path("availabilityZoneSpread")}
                        label="Spread over the zones"
                        absent=true
                    />
                }
                <StatusField
                    path={path("availabilityZoneRebalancing")}
                    label="Tasks move when the zones have become uneven (AZ rebalancing)"
                    absent=true
                />
                <SelectField
                    path={path("launchType")}
                    label="Tasks start"
                    options={vec![
                        ("".into(), "through the capacity provider".into()),
                        ("EC2".into(), "past it: launch type EC2".into()),
                    ]}
                />
                <Messages path={path("launchType")} />
                <ApartFrom row={props.row} path={path("apartFrom")} />
            </details>
        </fieldset>
    }
}

fn strategy(workbench: &Workbench, path: &AttrValue) -> Html {
    let rules = document::get(workbench.document(), path).and_then(Value::as_array).cloned();
    let rules = rules.unwrap_or_default();
    let now = Template::of(&rules);
    let onchange = {
        let (workbench, path, rules) = (workbench.clone(), path.to_string(), rules.clone());
        Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlSelectElement>().value();
            let value = Template::strategy(&word, &rules);
            workbench.edit(Edit::Choose { path: path.clone(), value });
        })
    };
    let more = Edit::Append { path: path.to_string(), value: written("binpack memory") };
    html! {
        <div class="strategy">
            <div class="field">
                <label for={field_id(path)}>{ "Strategy" }</label>
                <span class="control select">
                    <select id={field_id(path)} {onchange}>
                        { for TEMPLATES.iter().map(|it| html! {
                            <option value={it.word} selected={it.word == now}>{ it.name }</option>
                        }) }
                        <option value={CUSTOM} selected={now == CUSTOM}>{ "Rules of its own" }</option>
                    </select>
                </span>
            </div>
            if rules.is_empty() {
                <p class="hint">{ "Spreads over the zones, then any instance." }</p>
            } else {
                <ol class="rules" aria-label="Rules, the first decides first">
                    { for rules.iter().enumerate().map(|(at, it)| rule(workbench, path, at, it)) }
                </ol>
                if now == CUSTOM && rules.len() < 5 {
                    <button type="button" class="quiet-button" onclick={workbench.on_edit(more)}>
                        { icon(Icon::Plus) }{ "Add a rule" }
                    </button>
                }
            }
            <Messages path={path.clone()} />
        </div>
    }
}

fn rule(workbench: &Workbench, list: &AttrValue, at: usize, rule: &Value) -> Html {
    let path = format!("{list}[{at}]");
    let now = word_of(rule);
    let onchange = {
        let (workbench, path) = (workbench.clone(), path.clone());
        Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlSelectElement>().value();
            workbench.edit(Edit::Choose { path: path.clone(), value: Some(written(&word)) });
        })
    };
    let oninput = {
        let (workbench, path) = (workbench.clone(), format!("{path}.field"));
        Callback::from(move |event: InputEvent| {
            let name = event.target_unchecked_into::<HtmlInputElement>().value();
            let text = format!("attribute:{name}");
            workbench.edit(Edit::Type { path: path.clone(), text });
        })
    };
    let up = Edit::MoveUp { path: list.to_string(), index: at };
    let place = at + 1;
    let fields = html! {
        <>
            <span class="control select">
                <select id={field_id(&path)} aria-label={format!("Rule {place}")} {onchange}>
                    if now.is_empty() {
                        <option value="" selected=true>{ rule.to_string() }</option>
                    }
                    { for RULES.iter().map(|(word, name)| html! {
                        <option value={*word} selected={*word == now}>{ *name }</option>
                    }) }
                </select>
            </span>
            if now == "spread attribute" {
                <span class="control">
                    <input
                        type="text"
                        class="code"
                        autocomplete="off"
                        spellcheck="false"
                        autocapitalize="off"
                        id={field_id(&format!("{path}.field"))}
                        aria-label={format!("Attribute of rule {place}")}
                        value={attribute_of(rule).to_owned()}
                        {oninput}
                    />
                </span>
            }
            <button
                type="button"
                class="icon-button move-up"
                aria-label={format!("Move rule {place} up")}
                title="Decides earlier"
                disabled={at == 0}
                onclick={workbench.on_edit(up)}
            >
                { icon(Icon::Up) }
            </button>
        </>
    };
    removable_row(workbench, "rule", list, at, "rule", fields)
}

/// The `memberOf` constraints, each with what is wrong with it below.
fn expressions(workbench: &Workbench, list: &AttrValue) -> Html {
    let all = document::get(workbench.document(), list).and_then(Value::as_array).cloned();
    let all = all.unwrap_or_default();
    let is_member = |constraint: &Value| constraint["type"] == "memberOf";
    let add = Edit::Append {
        path: list.to_string(),
        value: json!({ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*" }),
    };
    html! {
        <>
            if all.iter().any(is_member) {
                <ul class="rows expressions">
                    { for all.iter().enumerate().filter(|(_, it)| is_member(it)).map(|(at, _)| {
                        let path = format!("{list}[{at}].expression");
                        let fields = html! {
                            <TextField
                                class="expression"
                                path={path}
                                label="Only on instances where (memberOf)"
                                placeholder="attribute:ecs.instance-type == t3.medium"
                            />
                        };
                        html! {
                            <>
                                { removable_row(workbench, "expression-row", list, at, "constraint", fields) }
                                <li><Messages path={format!("{list}[{at}]")} /></li>
                            </>
                        }
                    }) }
                </ul>
            }
            <button type="button" class="quiet-button" onclick={workbench.on_edit(add)}>
                { icon(Icon::Plus) }{ "Add a memberOf constraint" }
            </button>
        </>
    }
}
