//! Behind the range: how much dearer each service's tasks can become, the types that make the
//! tail, and what the prediction rests on.

use crate::format::{counted, times, usd_month, usd_task_hour};
use crate::outlook::part_view::{nothing_said, part_view};
use crate::outlook::range_words::{because, outcome_sentence, sure_sentences, sure_word, varied};
use crate::swatch::swatch;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::{Exposure, RangeReport, SensitivityReport, TailType, TaskPrice};
use yew::prelude::*;

/// The panel.
#[component]
pub fn RangePanel() -> Html {
    let workbench = use_workbench();
    let outlook = &workbench.foresight().outlook;
    html! {
        <>
            { part_view(&workbench, Part::Range, outlook.range.as_ref(), nothing_said(&workbench), |range| html! {
                <>
                    { exposure(&workbench, range) }
                    <Tail tail={range.tail.clone()} />
                </>
            }) }
            { part_view(&workbench, Part::Sensitivity, outlook.sensitivity.as_ref(), "", sensitivity) }
        </>
    }
}

/// The place of a service in the scenario, for its colour.
pub fn row_of(workbench: &Workbench, service: &str) -> usize {
    let report = workbench.answer();
    let service = report.and_then(|it| it.services.iter().find(|other| other.name == service));
    service.map_or(0, |service| service.row as usize)
}

fn exposure(workbench: &Workbench, range: &RangeReport) -> Html {
    let task = |price: &TaskPrice| {
        html! {
            <>
                <td>{ format!("{} × {}", price.tasks, price.instance_type) }</td>
                <td class="number">{ usd_task_hour(price.total_nano_usd_per_task_hour.0) }</td>
            </>
        }
    };
    let line = |exposure: &Exposure| {
        html! {
            <tr>
                <th scope="row">
                    <span class="task-count">{ swatch(row_of(workbench, &exposure.service)) }{ &exposure.service }</span>
                </th>
                <td class="number">{ exposure.fitting_types }</td>
                { task(&exposure.cheapest) }
                { task(&exposure.dearest) }
                <td class="number"><strong>{ times(exposure.times_thousandths) }</strong></td>
            </tr>
        }
    };
    html! {
        <section aria-labelledby="exposure">
            <h3 id="exposure">{ "How much dearer a task can become" }</h3>
            <p class="hint">
                { "A task on a full instance of the admitted type that is cheapest for it, and on the dearest: what is left when EC2 has no others." }
            </p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Exposure of each service">
                <table class="data" data-testid="exposure">
                    <thead>
                        <tr>
                            <th scope="col">{ "Service" }</th>
                            <th scope="col" class="number">{ "Types" }</th>
                            <th scope="col">{ "Cheapest, tasks on it" }</th>
                            <th scope="col" class="number">{ "$/task-h" }</th>
                            <th scope="col">{ "Dearest, tasks on it" }</th>
                            <th scope="col" class="number">{ "$/task-h" }</th>
                            <th scope="col" class="number">{ "Dearer" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for range.services.iter().map(line) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// So many are shown before the user asks for the rest.
const FIRST_ROWS: usize = 8;

#[derive(Properties, PartialEq)]
struct TailProps {
    tail: Vec<TailType>,
}

#[component]
fn Tail(props: &TailProps) -> Html {
    let all = use_state(|| false);
    let tail = &props.tail;
    if tail.is_empty() {
        return html! {};
    }
    let shown = if *all { tail.len() } else { FIRST_ROWS };
    let hidden = tail.len().saturating_sub(shown);
    let most = tail.iter().map(|it| it.times_thousandths).max().unwrap_or(1).max(1);
    let line = |tail: &TailType| {
        let tasks = tail.services.iter().map(|it| format!("{} × {}", it.tasks, it.service));
        html! {
            <tr>
                <th scope="row">{ &tail.instance_type }</th>
                <td class="wrapping">{ tasks.collect::<Vec<_>>().join(", ") }</td>
                <td class="number">{ usd_month(tail.each.total_micro_usd_per_month) }</td>
                <td class="number">{ usd_month(tail.fleet.total_micro_usd_per_month) }</td>
                <td>
                    <svg width="72" height="8" aria-hidden="true">
                        <rect
                            class="bar-part"
                            width={format!("{:.1}", 72.0 * tail.times_thousandths as f64 / most as f64)}
                            height="8"
                        />
                    </svg>
                </td>
                <td class="number">{ times(tail.times_thousandths) }</td>
            </tr>
        }
    };
    html! {
        <section aria-labelledby="tail">
            <h3 id="tail">{ "The types that make the tail" }</h3>
            <p class="hint">
                { "What the services that fit would cost if this type were all that EC2 had left, and how much dearer than on its cheapest type a task can be there. Without the dearest types the range ends earlier." }
            </p>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Dear types">
                <table class="data" data-testid="tail">
                    <thead>
                        <tr>
                            <th scope="col">{ "Type" }</th>
                            <th scope="col">{ "Tasks on each" }</th>
                            <th scope="col" class="number">{ "One a month" }</th>
                            <th scope="col" class="number">{ "All a month" }</th>
                            <td></td>
                            <th scope="col" class="number">{ "A task, up to" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for tail.iter().take(shown).map(line) }</tbody>
                </table>
            </div>
            if hidden > 0 {
                <button type="button" class="quiet-button" onclick={Callback::from(move |_| all.set(true))}>
                    { format!("Show {hidden} more") }
                </button>
            }
        </section>
    }
}

fn sensitivity(sensitivity: &SensitivityReport) -> Html {
    html! {
        <section aria-labelledby="sensitivity">
            <h3 id="sensitivity">{ format!("{}: what nobody can know exactly", sure_word(sensitivity)) }</h3>
            <ul class="outcomes">
                { for sensitivity.outcomes.iter().map(|outcome| html! {
                    <li class={if outcome.same { "same" } else { "other" }}>
                        { if outcome.same {
                            format!("With {}, the fleet is the same.", varied(outcome))
                        } else {
                            outcome_sentence(outcome)
                        } }
                    </li>
                }) }
            </ul>
            if sensitivity.outcomes.is_empty() {
                <p class="hint">{ sure_sentences(sensitivity).join(" ") }</p>
            }
            if !sensitivity.uncertain_fits.is_empty() {
                <p class="hint">
                    { format!("{} may hold another number of tasks than planned:",
                        counted(sensitivity.uncertain_fits.len() as u64, "type")) }
                </p>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Uncertain fits">
                    <table class="data" data-testid="uncertain-fits">
                        <thead>
                            <tr>
                                <th scope="col">{ "Service" }</th>
                                <th scope="col">{ "Type" }</th>
                                <th scope="col" class="number">{ "Planned" }</th>
                                <th scope="col" class="number">{ "Fits" }</th>
                                <th scope="col">{ "Because of" }</th>
                            </tr>
                        </thead>
                        <tbody>
                            { for sensitivity.uncertain_fits.iter().map(|fit| html! {
                                <tr>
                                    <th scope="row">{ &fit.service }</th>
                                    <td>{ &fit.instance_type }</td>
                                    <td class="number">{ fit.tasks }</td>
                                    <td class="number">{ format!("{} – {}", fit.least, fit.most) }</td>
                                    <td>{ fit.because.iter().map(|what| because(*what)).collect::<Vec<_>>().join(", ") }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </section>
    }
}
