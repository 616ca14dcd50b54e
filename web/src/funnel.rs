//! How many types one attribute leaves, as a number and a bar, and which ones it left out.

use crate::attributes::by_family;
use crate::format::thousands;
use crate::workbench::use_workbench;
use eniac_core::report::{FunnelStep, SelectionReport};
use yew::prelude::*;

/// The step of an attribute, where it stands in the funnel.
pub fn step_of<'a>(selection: &'a SelectionReport, attribute: &str) -> Option<&'a FunnelStep> {
    selection.funnel.iter().find(|step| step.attribute == attribute)
}

/// Which attribute.
#[derive(Properties, PartialEq)]
pub struct FunnelCountProps {
    /// Its name in the funnel.
    pub attribute: AttrValue,
    /// What it is called.
    pub label: AttrValue,
}

/// What an attribute leaves; opens for what it left out.
#[component]
pub fn FunnelCount(props: &FunnelCountProps) -> Html {
    let workbench = use_workbench();
    let open = use_state(|| false);
    let Some(selection) = workbench.answer().map(|answer| &answer.selection) else {
        return html! {};
    };
    let Some(step) = step_of(selection, &props.attribute) else {
        return html! { <span class="funnel-count" /> };
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    let out = step.left_out.len() as u64;
    let share = 40.0 * f64::from(step.left) / f64::from(selection.considered.max(1));
    html! {
        <>
            <span class="funnel-count">
                if out > 0 {
                    <button
                        type="button"
                        class="link-button left-out-count"
                        aria-expanded={open.to_string()}
                        aria-label={format!("−{} types left out by {}", thousands(out), props.label)}
                        title="Which ones?"
                        onclick={toggle}
                    >
                        { format!("−{}", thousands(out)) }
                    </button>
                }
                <span class="figure">{ thousands(u64::from(step.left)) }</span>
                <svg class="funnel-bar" width="40" height="4" aria-hidden="true">
                    <rect class="bar-ground" width="40" height="4" rx="1" />
                    <rect class="bar-part" width={format!("{share:.1}")} height="4" rx="1" />
                </svg>
            </span>
            if *open && out > 0 {
                <LeftOut names={step.left_out.clone()} />
            }
        </>
    }
}

/// Types that were left out.
#[derive(Properties, PartialEq)]
pub struct LeftOutProps {
    /// Their names.
    pub names: Vec<String>,
}

/// The types by family.
#[component]
pub fn LeftOut(props: &LeftOutProps) -> Html {
    html! {
        <dl class="left-out" tabindex="0" aria-label="Types left out">
            { for by_family(&props.names).into_iter().map(|(family, sizes)| html! {
                <div>
                    <dt>{ family }</dt>
                    <dd>{ sizes.join(" ") }</dd>
                </div>
            }) }
        </dl>
    }
}
