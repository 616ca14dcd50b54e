//! The range below the answer: a sentence, the picture, and whether the prediction is sure.

use crate::outlook::foresight::Standing;
use crate::outlook::range_picture::{Mark, RangePicture, caveat};
use crate::outlook::range_words::{range_sentence, sure_sentences, sure_word};
use crate::session::Happened;
use crate::tab::Tab;
use crate::unplanned::{aside, unplanned};
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::{Outlook, Report, SensitivityReport};
use yew::prelude::*;

/// The range; nothing where eniac predicts nothing.
#[component]
pub fn RangeSummary() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else { return html! {} };
    if report.predicted.as_ref().is_none_or(|it| it.fleet.instances == 0) {
        return html! {};
    }
    let foresight = workbench.foresight();
    let outlook = &foresight.outlook;
    let standing = foresight.standing(Part::Range);
    let stale = (standing == Standing::Old && !workbench.is_stale()).then_some("stale");
    let marks = marks(report, outlook);
    html! {
        <div class={classes!("range-summary", stale)} data-testid="range" data-whole={foresight.is_whole().to_string()}>
            <div class="range-words">
                <h3>{ "How far it may be from that" }</h3>
                { match (&outlook.range, &foresight.trouble) {
                    (Some(range), _) => html! { <p>{ range_sentence(report, range) }</p> },
                    (None, Some(why)) if standing == Standing::Awaited => html! {
                        <p class="part-trouble">{ format!("This could not be worked out: {why}.") }</p>
                    },
                    (None, _) => html! { <p class="quiet">{ "Being worked out…" }</p> },
                } }
            </div>
            <figure>
                <RangePicture marks={marks.clone()} />
                <figcaption class="axis-caption">
                    { "cost a month" }
                    if let Some(caveat) = caveat(&marks) {
                        { format!("; {caveat}") }
                    }
                </figcaption>
            </figure>
            { sureness(&workbench, outlook.sensitivity.as_ref()) }
        </div>
    }
}

/// What the picture marks, the most important first.
fn marks(report: &Report, outlook: &Outlook) -> Vec<(Mark, u64)> {
    let mut marks = Vec::new();
    let predicted = report.predicted.as_ref();
    let cost = predicted.map(|it| it.fleet.cost.total_micro_usd_per_month);
    marks.extend(cost.map(|cost| (Mark::Predicted, cost)));
    if let Some(cheapest) = &report.cheapest {
        let mark = Mark::Cheapest { proven: cheapest.proven_optimal };
        marks.push((mark, cheapest.fleet.cost.total_micro_usd_per_month));
    }
    if let Some(range) = &outlook.range {
        marks.push((Mark::Dearest, range.dearest.cost.total_micro_usd_per_month));
    }
    let fargate =
        report.fargate.cheapest.as_ref().filter(|_| report.fargate.unsupported.is_empty());
    marks.extend(fargate.map(|cost| (Mark::Fargate, cost.total_micro_usd_per_month)));
    let mut ties: Vec<u64> = predicted
        .into_iter()
        .flat_map(|it| it.ties.iter().map(|tie| tie.cost.total_micro_usd_per_month))
        .filter(|tie| Some(*tie) != cost)
        .collect();
    ties.sort_unstable();
    ties.dedup();
    // The nearest and the farthest say between which limits they are.
    let ends = ties.first().into_iter().chain(ties.last().filter(|_| ties.len() > 1));
    marks.extend(ends.map(|tie| (Mark::Tie, *tie)));
    marks
}

fn sureness(workbench: &Workbench, sensitivity: Option<&SensitivityReport>) -> Html {
    let Some(sensitivity) = sensitivity else {
        return html! { <p class="sureness quiet">{ "" }</p> };
    };
    let standing = workbench.foresight().standing(Part::Sensitivity);
    let stale = (standing == Standing::Old && !workbench.is_stale()).then_some("stale");
    let uncertain = sensitivity.uncertain_fits.len();
    let missing = workbench.answer().map(|report| unplanned(workbench.document(), report));
    let missing = aside(&missing.unwrap_or_default());
    html! {
        <div class={classes!("sureness", stale)} data-testid="sureness">
            <p>
                <strong class={if sensitivity.sure { "sure" } else { "unsure" }}>
                    { sure_word(sensitivity) }{ missing }
                </strong>
                { ". " }
                { sure_sentences(sensitivity).join(" ") }
                if uncertain > 0 {
                    { " " }
                    <button type="button" class="link-button" onclick={workbench.on(Happened::Opened(Tab::Range))}>
                        { "Where another number of tasks may fit" }
                    </button>
                }
            </p>
        </div>
    }
}
