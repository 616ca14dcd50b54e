//! The decisions of placement, one after another: what each rule left, and why not elsewhere.

use crate::format::{counted, thousands};
use crate::swatch::swatch;
use eniac_core::report::{PlacementDecision, PlacementReport};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// So many decisions are shown at once.
const MOST_SHOWN: usize = 12;

/// Whose decisions.
#[derive(Properties, PartialEq)]
pub struct DecisionsProps {
    /// The placement.
    pub placement: Rc<PlacementReport>,
}

/// The decisions.
#[component]
pub fn Decisions(props: &DecisionsProps) -> Html {
    let placement = &props.placement;
    let service = use_state(String::new);
    let shown = use_state(|| MOST_SHOWN);
    if placement.decisions.is_empty() {
        return html! {};
    }
    let is_about = |it: &&PlacementDecision| service.is_empty() || it.service == *service;
    let all: Vec<&PlacementDecision> = placement.decisions.iter().filter(is_about).collect();
    let more = all.len().saturating_sub(*shown);
    let untold =
        placement.decided.saturating_sub(u32::try_from(placement.decisions.len()).unwrap_or(0));
    let onchange = {
        let service = service.clone();
        Callback::from(move |event: Event| {
            service.set(event.target_unchecked_into::<HtmlSelectElement>().value());
        })
    };
    let longer = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + MOST_SHOWN * 4))
    };
    html! {
        <section aria-labelledby="decisions">
            <div class="panel-head">
                <h3 id="decisions">{ "Each decision" }</h3>
                if placement.services.len() > 1 {
                    <span class="control select">
                        <select aria-label="Decisions of which service" {onchange}>
                            <option value="" selected={service.is_empty()}>{ "all services" }</option>
                            { for placement.services.iter().map(|it| html! {
                                <option value={it.service.clone()} selected={it.service == *service}>{ &it.service }</option>
                            }) }
                        </select>
                    </span>
                }
            </div>
            <ol class="decisions" data-testid="decisions">
                { for all.iter().take(*shown).map(|it| decision(placement, it)) }
            </ol>
            if more > 0 {
                <button type="button" class="quiet-button" onclick={longer}>
                    { format!("Show more of {}", counted(all.len() as u64, "decision")) }
                </button>
            } else if untold > 0 {
                <p class="hint">{ format!("{} more are not told.", counted(u64::from(untold), "decision")) }</p>
            }
        </section>
    }
}

fn decision(placement: &PlacementReport, decision: &PlacementDecision) -> Html {
    let row = placement.services.iter().find(|it| it.service == decision.service);
    let row = row.map_or(0, |service| service.row as usize);
    let candidates = u64::from(decision.candidates);
    html! {
        <li class={decision.instance.is_none().then_some("nowhere")}>
            <p class="decision-head">
                { swatch(row) }
                <strong>{ format!("{} {}", decision.service, thousands(u64::from(decision.task))) }</strong>
                { match &decision.instance {
                    Some(instance) => html! { <span>{ "→ " }{ instance }</span> },
                    None => html! { <span class="flag">{ "finds no instance" }</span> },
                } }
            </p>
            <ol class="decision-steps">
                <li>{ format!("{} could take it", counted(candidates, "instance")) }</li>
                { for decision.steps.iter().map(|step| html! {
                    <li>
                        <code>{ &step.rule }</code>
                        { format!(" {} → {} remain", step.text, thousands(u64::from(step.left))) }
                    </li>
                }) }
                if decision.tie {
                    <li class="quiet">{ "Equal by all rules: another of them may be chosen." }</li>
                }
            </ol>
            { why_not(decision) }
        </li>
    }
}

/// Why not on the others.
fn why_not(decision: &PlacementDecision) -> Html {
    if decision.rejected.is_empty() {
        return html! {};
    }
    html! {
        <details class="folded">
            <summary>{ format!("Why not on {}", counted(decision.rejected.len() as u64, "instance")) }</summary>
            <ul class="rejections">
                { for decision.rejected.iter().map(|it| html! {
                    <li>
                        <span>{ &it.instance }</span>
                        <code>{ &it.reason }</code>
                        <span>{ &it.text }</span>
                    </li>
                }) }
            </ul>
        </details>
    }
}
