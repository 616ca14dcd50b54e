//! The rest of the answer, behind tabs: what to ask for instead, how far the fleet may be from the
//! prediction, where else it could run, what happens over time, which types fit, why, and what is
//! wrong.

use crate::cluster::placement_panel::PlacementPanel;
use crate::outlook::compare::Compare;
use crate::outlook::deployment_panel::DeploymentPanel;
use crate::outlook::range_panel::RangePanel;
use crate::outlook::sizes::Sizes;
use crate::outlook::tightenings::Tightenings;
use crate::outlook::what_if::WhatIfs;
use crate::problems::Problems;
use crate::session::Happened;
use crate::tab::Tab;
use crate::timeline::panel::TimelinePanel;
use crate::types_table::TypesTables;
use crate::why::Why;
use crate::workbench::use_workbench;
use eniac_core::Severity;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

fn focus(id: &str) {
    let element = gloo::utils::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.word())
}

/// The tabs and the panel of the one that is open.
#[component]
pub fn Tabs() -> Html {
    let workbench = use_workbench();
    let open = workbench.session().tab;
    let onkeydown = {
        let workbench = workbench.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = open.led_by(&event.key()) else { return };
            event.prevent_default();
            workbench.tell(Happened::Opened(next));
            focus(&tab_id(next));
        })
    };
    // A link leads to what is drawn only now.
    use_effect_with(workbench.session().led_to.clone(), |led_to| {
        if let Some((_, id)) = led_to {
            focus(id);
        }
    });
    // What comes by itself says by itself when it is old.
    let by_plan = matches!(open, Tab::Types | Tab::Why);
    let stale = (by_plan && workbench.is_stale()).then_some("stale");
    html! {
        <section class="panel tabs-panel" aria-label="More of the answer">
            <div class="tabs" role="tablist" aria-label="More of the answer" {onkeydown}>
                { for Tab::ALL.into_iter().map(|tab| {
                    let is_open = tab == open;
                    html! {
                        <button
                            type="button"
                            role="tab"
                            id={tab_id(tab)}
                            data-testid={tab_id(tab)}
                            aria-selected={is_open.to_string()}
                            aria-controls="tab-panel"
                            tabindex={if is_open { "0" } else { "-1" }}
                            onclick={workbench.on(Happened::Opened(tab))}
                        >
                            { tab.name() }
                            if tab == Tab::Problems {
                                { count(&workbench) }
                            }
                        </button>
                    }
                }) }
            </div>
            <div
                id="tab-panel"
                role="tabpanel"
                class={classes!("tab-panel", stale)}
                aria-labelledby={tab_id(open)}
            >
                { match open {
                    Tab::WhatIf => html! { <WhatIfs /> },
                    Tab::Requirements => html! { <Tightenings /> },
                    Tab::Sizes => html! { <Sizes /> },
                    Tab::Range => html! { <RangePanel /> },
                    Tab::Compare => html! { <Compare /> },
                    Tab::Deployment => html! { <DeploymentPanel /> },
                    Tab::Timeline => html! { <TimelinePanel /> },
                    Tab::Placement => html! { <PlacementPanel /> },
                    Tab::Types => html! { <TypesTables /> },
                    Tab::Why => html! { <Why /> },
                    Tab::Problems => html! { <Problems /> },
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
