//! The rest of the answer, behind tabs: types, Fargate, why, problems.

use crate::fargate::FargateTable;
use crate::problems::Problems;
use crate::types_table::TypesTables;
use crate::why::Why;
use crate::workbench::use_workbench;
use eniac_core::Severity;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The tabs, in their order: id and name.
const TABS: [(&str, &str); 4] =
    [("types", "Types"), ("fargate", "Fargate"), ("why", "Why"), ("problems", "Problems")];

fn focus(id: &str) {
    let element = gloo::utils::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The tabs and the panel of the one that is chosen.
#[component]
pub fn Tabs() -> Html {
    let workbench = use_workbench();
    let chosen = use_state(|| 0_usize);
    let onkeydown = {
        let chosen = chosen.clone();
        Callback::from(move |event: KeyboardEvent| {
            let last = TABS.len() - 1;
            let next = match event.key().as_str() {
                "ArrowRight" => (*chosen + 1) % TABS.len(),
                "ArrowLeft" => (*chosen + last) % TABS.len(),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            chosen.set(next);
            focus(&format!("tab-{}", TABS[next].0));
        })
    };
    let stale = workbench.is_stale().then_some("stale");
    let (id, _) = TABS[*chosen];
    html! {
        <section class="panel tabs-panel" aria-label="More of the answer">
            <div class="tabs" role="tablist" aria-label="More of the answer" {onkeydown}>
                { for TABS.iter().enumerate().map(|(place, (id, name))| {
                    let is_chosen = place == *chosen;
                    let chosen = chosen.clone();
                    html! {
                        <button
                            type="button"
                            role="tab"
                            id={format!("tab-{id}")}
                            data-testid={format!("tab-{id}")}
                            aria-selected={is_chosen.to_string()}
                            aria-controls="tab-panel"
                            tabindex={if is_chosen { "0" } else { "-1" }}
                            onclick={Callback::from(move |_| chosen.set(place))}
                        >
                            { name }
                            if *id == "problems" {
                                { count(&workbench) }
                            }
                        </button>
                    }
                }) }
            </div>
            <div
                id="tab-panel"
                role="tabpanel"
                class={classes!("tab-panel", (id != "problems").then_some(stale).flatten())}
                aria-labelledby={format!("tab-{id}")}
            >
                { match id {
                    "types" => html! { <TypesTables /> },
                    "fargate" => html! { <FargateTable /> },
                    "why" => html! { <Why /> },
                    _ => html! { <Problems /> },
                } }
            </div>
        </section>
    }
}

/// How many problems there are, coloured by the gravest.
fn count(workbench: &crate::workbench::Workbench) -> Html {
    let problems = workbench.problems();
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    let warnings = problems.iter().filter(|p| p.severity == Severity::Warning).count();
    let (class, number) = if errors > 0 { ("error", errors) } else { ("warning", warnings) };
    if number == 0 {
        return html! {};
    }
    let what = if errors > 0 { "errors" } else { "warnings" };
    html! {
        <span class={classes!("badge", class)} title={format!("{number} {what}")}>{ number }</span>
    }
}
