//! What is risky or mistaken in the scenario: a sentence each, the way to its reason, and what
//! would mend it.

use crate::field::severity_class;
use crate::format::counted;
use crate::outlook::foresight::Standing;
use crate::outlook::proposal::apply_when;
use crate::problems::{Way, severity_word};
use crate::session::Happened;
use crate::tab::Tab;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::report::Advice;
use eniac_core::{Part, Severity};
use yew::prelude::*;

/// So many are shown at once; the gravest are first.
const MOST_SHOWN: usize = 4;

/// The id of the reason of an advice, in the tab of the reasons.
pub fn reason_id(code: &str) -> String {
    format!("reason:{code}")
}

/// The list; nothing where there is no advice.
#[component]
pub fn AdviceList() -> Html {
    let workbench = use_workbench();
    let foresight = workbench.foresight();
    let all = foresight.outlook.advice.as_deref().unwrap_or_default();
    let is_here = foresight.standing(Part::Advice) == Standing::Here;
    let stale = (!is_here).then_some("stale");
    html! {
        <div class={classes!(stale)}>
            { advice_items(&workbench, all, is_here && !workbench.is_stale()) }
        </div>
    }
}

/// Advice, the gravest open and notes folded; what it changes can be applied if it `is_here`.
/// Nothing where there is none.
pub fn advice_items(workbench: &Workbench, all: &[Advice], is_here: bool) -> Html {
    if all.is_empty() {
        return html! {};
    }
    let grave = all.iter().take_while(|it| it.severity != Severity::Note).count();
    let (first, rest) = all.split_at(grave.min(MOST_SHOWN));
    html! {
        <div class="part" data-testid="advice">
            <h3>{ "Worth knowing first" }</h3>
            <ul class="problems advice">{ for first.iter().map(|it| item(workbench, it, is_here)) }</ul>
            if !rest.is_empty() {
                <details class="folded">
                    <summary>
                        { if grave > MOST_SHOWN {
                            format!("{} more", rest.len())
                        } else {
                            counted(rest.len() as u64, "note")
                        } }
                    </summary>
                    <ul class="problems advice">{ for rest.iter().map(|it| item(workbench, it, is_here)) }</ul>
                </details>
            }
        </div>
    }
}

fn item(workbench: &Workbench, advice: &Advice, is_here: bool) -> Html {
    let id = reason_id(&advice.code);
    html! {
        <li class={severity_class(advice.severity)} data-code={advice.code.clone()}>
            <span class="severity">{ severity_word(advice.severity) }</span>
            <div>
                <p>{ &advice.text }</p>
                <p class="advice-ways">
                    <a
                        href={format!("#{id}")}
                        aria-label={format!("Why: {}", advice.code)}
                        onclick={workbench.on(Happened::LedTo(Tab::Why, id))}
                    >
                        { "Why" }
                    </a>
                    if !advice.path.is_empty() {
                        <Way path={advice.path.clone()} />
                    }
                </p>
            </div>
            { apply_when(workbench, is_here, &advice.code, &advice.changes) }
        </li>
    }
}

/// A code, which may break between its words and not inside of them.
fn code(code: &str) -> Html {
    html! {
        { for code.split_inclusive('.').map(|word| html! { <>{ word.to_owned() }<wbr /></> }) }
    }
}

/// Why each advice is so in general, with its source; one of each code.
pub fn reasons(workbench: &Workbench) -> Html {
    let foreseen = workbench.foresight().outlook.advice.as_deref().unwrap_or_default();
    let timeline = workbench.session().cluster.timeline.as_ref();
    let simulated = timeline.map_or(&[][..], |timeline| &timeline.advice);
    let mut told: Vec<&Advice> = Vec::new();
    for advice in foreseen.iter().chain(simulated) {
        if told.iter().all(|other| other.code != advice.code) {
            told.push(advice);
        }
    }
    if told.is_empty() {
        return html! {};
    }
    html! {
        <section aria-labelledby="reasons">
            <h3 id="reasons">{ "Why the advice is given" }</h3>
            <ul class="assumptions reasons">
                { for told.into_iter().map(|advice| html! {
                    <li id={reason_id(&advice.code)} tabindex="-1">
                        <span class={classes!("confidence", severity_class(advice.severity))}>
                            { code(&advice.code) }
                        </span>
                        <p>{ &advice.reason }</p>
                        <p class="quiet">{ &advice.source }</p>
                    </li>
                }) }
            </ul>
        </section>
    }
}
