//! What the plan rests on: assumptions with their sources, the way to the admitted types, and how
//! old the figures are.

use crate::attributes::label;
use crate::format::thousands;
use crate::funnel::LeftOut;
use crate::outlook::advice_list::reasons;
use crate::workbench::{field_id, use_workbench};
use eniac_core::report::{Assumption, Confidence, FunnelStep};
use yew::prelude::*;

/// The panel.
#[component]
pub fn Why() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else { return html! {} };
    html! {
        <div class="why">
            { reasons(&workbench) }
            <section aria-labelledby="assumptions">
                <h3 id="assumptions">{ "What is assumed" }</h3>
                <ul class="assumptions">
                    { for report.assumptions.iter().map(assumption) }
                </ul>
            </section>
            <section aria-labelledby="left-out">
                <h3 id="left-out">
                    { format!(
                        "Which types were left out: {} of {} remain",
                        thousands(u64::from(report.selection.admitted)),
                        thousands(u64::from(report.selection.considered)),
                    ) }
                </h3>
                { for report.selection.funnel.iter().map(step) }
            </section>
            <section aria-labelledby="figures">
                <h3 id="figures">{ "How old the figures are" }</h3>
                <ul class="dates">
                    { for report.region.as_of.iter().map(|part| html! {
                        <li><span>{ &part.part }</span><span class="figure">{ &part.as_of }</span></li>
                    }) }
                </ul>
            </section>
        </div>
    }
}

/// What a simulation or a placement assumes, folded; nothing where that is nothing.
pub fn folded_assumptions(all: &[Assumption]) -> Html {
    if all.is_empty() {
        return html! {};
    }
    html! {
        <details class="folded">
            <summary>{ "What is assumed" }</summary>
            <ul class="assumptions">{ for all.iter().map(assumption) }</ul>
        </details>
    }
}

/// An assumption with its source.
pub fn assumption(assumption: &Assumption) -> Html {
    let (class, word) = match assumption.confidence {
        Confidence::Documented => ("documented", "documented"),
        Confidence::Measured => ("measured", "measured"),
        Confidence::Inferred => ("inferred", "inferred"),
        Confidence::Contradicted => ("contradicted", "sources disagree"),
    };
    html! {
        <li>
            <span class={classes!("confidence", class)}>{ word }</span>
            <p>{ &assumption.text }</p>
            <p class="quiet">
                { &assumption.source }
                if let Some(setting) = &assumption.setting {
                    { ". " }
                    <a href={format!("#{}", field_id(setting))}>{ "Set it" }</a>
                }
            </p>
        </li>
    }
}

fn step(step: &FunnelStep) -> Html {
    html! {
        <details class="step">
            <summary>
                <span>{ label(&step.attribute) }</span>
                <span class="figure">
                    { format!("−{} → {}", thousands(step.left_out.len() as u64), thousands(u64::from(step.left))) }
                </span>
            </summary>
            <LeftOut names={step.left_out.clone()} />
        </details>
    }
}
