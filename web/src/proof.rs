//! How near the cheapest fleet is to the cheapest possible: in words, drawn, and as arithmetic;
//! and the way to look longer.

use crate::format::{capitalised, thousands, usd_finest, usd_month};
use crate::looking::{Looking, Patience, seconds};
use crate::proof_drawing::ProofDrawing;
use crate::session::Happened;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::report::CheapestFleet;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Of which fleet.
#[derive(Properties, PartialEq)]
pub struct ProofProps {
    /// The fleet.
    pub cheapest: CheapestFleet,
}

/// The proof.
#[component]
pub fn Proof(props: &ProofProps) -> Html {
    let workbench = use_workbench();
    let cheapest = &props.cheapest;
    let session = workbench.session();
    let looking = session.looking.as_ref();
    let known =
        (cheapest.fleet.cost.total_nano_usd_per_hour, cheapest.lower_bound_nano_usd_per_hour);
    let (frame, now) = looking.map_or((known, known), |it| (it.began, it.so_far));
    let offered = session.next_effort().is_some() || looking.is_some();
    let summary = use_node_ref();
    let was_looking = use_mut_ref(|| false);
    use_effect_with((looking.is_some(), offered), {
        let summary = summary.clone();
        move |(is_looking, is_offered)| {
            let was_looking = was_looking.replace(*is_looking);
            if was_looking && !is_offered {
                keep_focus(&summary);
            }
        }
    });
    html! {
        <div class="proof" data-testid="proof">
            <p class={classes!("proof-words", cheapest.proven_optimal.then_some("proven"))} role="status">
                { capitalised(&cheapest.proof) }
            </p>
            if !cheapest.proven_optimal || looking.is_some() {
                <ProofDrawing {frame} {now} />
            }
            if offered {
                { look(&workbench, looking) }
            }
            if let Some(why) = &session.could_not_look {
                <p class="note-line trouble" role="status">
                    { format!("Looking longer came to nothing: {why}. The answer above holds.") }
                </p>
            }
            <details class="arithmetic">
                <summary ref={summary}>{ "Proof" }</summary>
                { arithmetic(cheapest) }
                { patience(&workbench) }
            </details>
        </div>
    }
}

/// When the button that had the focus is gone, the focus stays in its place.
fn keep_focus(summary: &NodeRef) {
    let focused = gloo::utils::document().active_element();
    let is_lost = focused.is_none_or(|element| element.tag_name() == "BODY");
    if is_lost && let Some(summary) = summary.cast::<HtmlElement>() {
        let _ = summary.focus();
    }
}

/// The button, what it will take, and how far it is. It is one button throughout, so that the
/// focus stays on it.
fn look(workbench: &Workbench, looking: Option<&Looking>) -> Html {
    let session = workbench.session();
    let (word, happened) = match looking {
        None => ("Look longer", Happened::LookedLonger),
        Some(_) => ("Stop", Happened::StoppedLooking),
    };
    let is_stopping = looking.is_some_and(Looking::is_stopping);
    let effort = looking.map(|it| it.effort).or_else(|| session.next_effort());
    let time =
        effort.map_or_else(String::new, |effort| time(seconds(effort, session.steps_per_ms)));
    html! {
        <div class="proof-tools">
            <button
                type="button"
                class="quiet-button"
                data-testid="look-longer"
                aria-describedby="look-longer-hint"
                aria-disabled={is_stopping.to_string()}
                onclick={workbench.on(happened)}
            >
                { word }
            </button>
            if let Some(looking) = looking {
                { progress(looking) }
            }
            <span class="hint" id="look-longer-hint">
                { match looking {
                    None => format!("up to about {time}"),
                    Some(_) if is_stopping => "taking the cheaper fleet it found".to_owned(),
                    Some(_) => format!("of about {time}"),
                } }
            </span>
        </div>
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min", seconds.div_ceil(60)),
    }
}

fn progress(looking: &Looking) -> Html {
    let spent = looking.spent_thousandths();
    html! {
        <svg
            class="look-progress"
            role="progressbar"
            aria-label="Looking longer"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow={(spent / 10).to_string()}
            viewBox="0 0 1000 6"
            preserveAspectRatio="none"
            height="6"
        >
            <rect class="proof-open" width="1000" height="6" />
            <rect class="part-compute" width={spent.to_string()} height="6" />
        </svg>
    }
}

/// Cost, bound, difference. All digits, so that the sum can be checked.
fn arithmetic(cheapest: &CheapestFleet) -> Html {
    let cost = cheapest.fleet.cost.total_nano_usd_per_hour;
    let bound = cheapest.lower_bound_nano_usd_per_hour;
    let open = cost.0.saturating_sub(bound.0);
    let month =
        cost.micro_usd_per_month().saturating_sub(bound.micro_usd_per_month()).saturating_add(1);
    let line = |what: &str, figure: String, class: Option<&'static str>| {
        html! {
            <tr {class}><th scope="row">{ what }</th><td>{ figure }</td></tr>
        }
    };
    html! {
        <>
            <table>
                <caption class="visually-hidden">{ "What is proven of the fleet's cost" }</caption>
                <tbody>
                    { line("this fleet, an hour", usd_finest(cost.0), None) }
                    { line("no fleet costs less than", usd_finest(bound.0), None) }
                    { line("difference", usd_finest(open), Some("sum")) }
                    if open > 0 {
                        { line("× 730 hours, at most", usd_month_up(month), None) }
                    }
                    { line("work of the search", format!("{} steps", thousands(cheapest.work)), None) }
                </tbody>
            </table>
            <p class="note-line">
                { if cheapest.proven_optimal {
                    "No fleet that keeps the same rules costs less than the bound. Here both meet."
                } else if cheapest.more_work_may_help {
                    "No fleet that keeps the same rules costs less than the bound. The cheapest \
                     possible costs something between the two."
                } else {
                    "The search is at its end: more work is not likely to bring the two together."
                } }
            </p>
        </>
    }
}

/// Money a month that must not be said too low.
fn usd_month_up(micro_usd: u64) -> String {
    const CENT: u64 = 10_000;
    const DOLLAR: u64 = 1_000_000;
    let step = if micro_usd < 9 * DOLLAR { CENT } else { DOLLAR };
    usd_month(micro_usd.div_ceil(step).saturating_mul(step))
}

/// How long to look after each change.
fn patience(workbench: &Workbench) -> Html {
    let chosen = workbench.session().patience;
    let choice = |of: Patience, name: &'static str| {
        html! {
            <button
                type="button"
                aria-pressed={(chosen == of).to_string()}
                onclick={workbench.on(Happened::Patience(of))}
            >
                { name }
            </button>
        }
    };
    html! {
        <div class="patience">
            <span id="patience">{ "After each change" }</span>
            <div class="segmented" role="group" aria-labelledby="patience" data-testid="patience">
                { choice(Patience::Quick, "quick answer") }
                { choice(Patience::Thorough, "then look longer") }
            </div>
        </div>
    }
}
