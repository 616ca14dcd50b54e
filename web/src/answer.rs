//! The line that answers: what ECS would launch and what it costs; beside it the cheapest fleet
//! with its proof, and Fargate.

use crate::cost_breakdown::{CostBar, CostBreakdown};
use crate::format::{capitalised, counted, percent, usd_hour, usd_month};
use crate::outlook::range_summary::RangeSummary;
use crate::proof::Proof;
use crate::session::Planning;
use crate::unplanned::{Unplanned, WithoutLine, aside, nothing_left, unplanned, without};
use crate::workbench::use_workbench;
use eniac_core::report::{Cost, Fleet, InstanceCount, Report};
use std::rc::Rc;
use yew::prelude::*;

/// `30 × t4g.small`, at most three kinds.
pub fn mix_text(mix: &[InstanceCount]) -> String {
    const MOST: usize = 3;
    let shown: Vec<String> = mix
        .iter()
        .take(MOST)
        .map(|kind| format!("{} × {}", kind.count, kind.instance_type))
        .collect();
    let more = mix.len().saturating_sub(MOST);
    let more = if more > 0 {
        format!(" and {}", counted(more as u64, "more kind"))
    } else {
        String::new()
    };
    format!("{}{more}", shown.join(" + "))
}

/// The kinds of a fleet, breaking between them and not inside.
fn kinds(mix: &[InstanceCount]) -> Html {
    const MOST: usize = 6;
    let more = mix.len().saturating_sub(MOST) as u64;
    html! {
        <>
            { for mix.iter().take(MOST).enumerate().map(|(place, kind)| html! {
                <>
                    if place > 0 {
                        { " + " }
                    }
                    <span class="kind">{ format!("{} × {}", kind.count, kind.instance_type) }</span>
                </>
            }) }
            if more > 0 {
                { format!(" and {}", counted(more, "more kind")) }
            }
        </>
    }
}

/// The line that answers: the one kind, or how many instances of how many kinds.
fn headline(fleet: &Fleet) -> String {
    match fleet.mix.as_slice() {
        [one] => format!("{} × {}", one.count, one.instance_type),
        mix => format!(
            "{}, {}",
            counted(u64::from(fleet.instances), "instance"),
            counted(mix.len() as u64, "type")
        ),
    }
}

/// How `cost` compares with `base`, in words; empty when they are as good as equal.
pub fn against(cost: &Cost, base: &Cost, what: &str) -> String {
    let (a, b) = (cost.total_micro_usd_per_month, base.total_micro_usd_per_month);
    let difference = a.abs_diff(b);
    let share = percent(difference, b);
    if share == 0 {
        return format!("costs as much as {what}");
    }
    let word = if a < b { "less" } else { "more" };
    format!("{} {word} than {what} ({share} %)", usd_month(difference))
}

/// The answer.
#[component]
pub fn Answer() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else {
        return html! {
            <section class="answer" aria-label="What you get" aria-live="polite">
                { waiting(&workbench.session().planning) }
            </section>
        };
    };
    let stale = workbench.is_stale().then_some("stale");
    let missing = unplanned(workbench.document(), report);
    html! {
        <section class="answer" id="answer" aria-labelledby="what-you-get">
            <div class="answer-head">
                <h2 id="what-you-get">{ "What you get" }</h2>
                <p class="trouble" role="status">
                    { trouble(&workbench.session().planning, workbench.session().held) }
                </p>
            </div>
            <WithoutLine />
            <div class={classes!("answers", stale)}>
                { predicted(report, &missing) }
                { cheapest(report, &missing) }
                { fargate(report, &missing) }
            </div>
            <div class={classes!(stale)}>
                <RangeSummary />
            </div>
        </section>
    }
}

fn waiting(planning: &Planning) -> Html {
    match planning {
        Planning::Failed(why) => html! {
            <p class="trouble error">{ format!("The planner could not start: {why}. Reload the page to try again.") }</p>
        },
        Planning::Refused(why) => html! { <p class="trouble error">{ why }</p> },
        _ => html! { <p class="trouble">{ "Planning…" }</p> },
    }
}

/// Why the answer is not that of the scenario. The place for it is always there.
fn trouble(planning: &Planning, held: bool) -> String {
    match planning {
        Planning::Failed(why) => {
            format!(
                "The planner stopped: {why}. This is its last answer; the next change starts it again."
            )
        }
        Planning::Refused(why) => format!("This is the last good answer: {why}."),
        _ if held => "This is the last good answer: a value cannot be read yet.".to_owned(),
        _ => String::new(),
    }
}

fn money(cost: &Cost) -> Html {
    html! {
        <p class="money">
            <span class="month">{ usd_month(cost.total_micro_usd_per_month) }</span>
            <span class="per">{ "/month" }</span>
            <span class="hour">{ format!("{}/hour", usd_hour(cost.total_nano_usd_per_hour.0)) }</span>
        </p>
    }
}

/// What a fleet is and costs; the headline is read out when it changes.
fn fleet_part(fleet: &Fleet, is_lead: bool) -> Html {
    html! {
        <>
            <div aria-live={is_lead.then_some("polite")} aria-atomic="true">
                <p class={classes!("mix", is_lead.then_some("lead"))}>{ headline(fleet) }</p>
                { money(&fleet.cost) }
            </div>
            if fleet.mix.len() > 1 {
                <p class="kinds">{ kinds(&fleet.mix) }</p>
            }
            <CostBar cost={fleet.cost} />
            <CostBreakdown fleet={fleet.clone()} />
        </>
    }
}

fn predicted(report: &Rc<Report>, missing: &[Unplanned]) -> Html {
    let Some(predicted) = report.predicted.as_ref().filter(|it| it.fleet.instances > 0) else {
        return html! {};
    };
    let ties = predicted.ties.iter().take(2);
    html! {
        <article class="answer-main" data-testid="answer-predicted">
            <h3>{ "ECS would launch" }{ aside(missing) }</h3>
            { fleet_part(&predicted.fleet, true) }
            { for ties.map(|tie| html! {
                <p class="note-line">
                    { format!(
                        "{} costs the same On-Demand ({} with fee and disks): ECS may launch that as well.",
                        mix_text(&tie.mix),
                        usd_month(tie.cost.total_micro_usd_per_month),
                    ) }
                </p>
            }) }
        </article>
    }
}

fn cheapest(report: &Rc<Report>, missing: &[Unplanned]) -> Html {
    let Some(cheapest) = report.cheapest.as_ref().filter(|it| it.fleet.instances > 0) else {
        return html! {
            <article class="answer-main" data-testid="answer-cheapest">
                <h3>{ "Cheapest fleet" }</h3>
                <p class="mix">{ nothing_placed(report, missing) }</p>
            </article>
        };
    };
    let class = if report.predicted.is_some() { "answer-side" } else { "answer-main" };
    let compared = report
        .predicted
        .as_ref()
        .map(|predicted| against(&cheapest.fleet.cost, &predicted.fleet.cost, "predicted"));
    html! {
        <article {class} data-testid="answer-cheapest">
            <h3>
                { if cheapest.proven_optimal { "Cheapest possible" } else { "Cheapest found" } }
                { aside(missing) }
            </h3>
            { fleet_part(&cheapest.fleet, report.predicted.is_none()) }
            <Proof cheapest={cheapest.clone()} />
            if let Some(compared) = compared {
                <p class="note-line">{ compared }</p>
            }
        </article>
    }
}

fn nothing_placed(report: &Report, missing: &[Unplanned]) -> String {
    if report.services.is_empty() {
        // None could be read; what does not fit is told by Problems, with the nearest type.
        return nothing_left(missing).unwrap_or_else(|| "Nothing to run yet.".to_owned());
    }
    let said = if report.services.iter().all(|service| service.desired_count == 0) {
        "No tasks, no instances."
    } else {
        "Nothing can be placed: see Problems."
    };
    said.to_owned()
}

fn fargate(report: &Report, missing: &[Unplanned]) -> Html {
    let fargate = &report.fargate;
    let Some(cost) = &fargate.cheapest else {
        let why =
            if fargate.known_region { "cannot run these services" } else { "no known rates here" };
        return html! {
            <article class="answer-side" data-testid="answer-fargate">
                <h3>{ "Fargate" }</h3>
                <p class="mix quiet">{ why }</p>
            </article>
        };
    };
    let kind = if fargate.arm.as_ref() == Some(cost) {
        "all on ARM"
    } else if fargate.x86.as_ref() == Some(cost) {
        "all on x86"
    } else {
        "each on its cheaper architecture"
    };
    let fleets = [
        report.predicted.as_ref().map(|predicted| (&predicted.fleet.cost, "predicted")),
        report.cheapest.as_ref().map(|cheapest| (&cheapest.fleet.cost, "cheapest")),
    ];
    let compared = fleets.into_iter().flatten().next();
    html! {
        <article class="answer-side" data-testid="answer-fargate">
            <h3>{ "Fargate" }{ aside(missing) }</h3>
            <p class="mix">{ kind }</p>
            { money(cost) }
            <CostBar cost={*cost} />
            <p class="note-line">
                if let Some((base, what)) = compared {
                    { against(cost, base, what) }
                }
                if !fargate.unsupported.is_empty() {
                    { format!("; without {}", fargate.unsupported.join(", ")) }
                }
            </p>
        </article>
    }
}

/// The answer in one line, for narrow screens: it stays at the bottom while the inputs are edited.
#[component]
pub fn AnswerStrip() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else { return html! {} };
    let stale = workbench.is_stale().then_some("stale");
    let first = report.predicted.as_ref().map(|predicted| &predicted.fleet);
    let fleet = first.or(report.cheapest.as_ref().map(|cheapest| &cheapest.fleet));
    let fleet = fleet.filter(|fleet| fleet.instances > 0);
    let missing = unplanned(workbench.document(), report);
    html! {
        <a href="#answer" class={classes!("answer-strip", stale)}>
            if let Some(fleet) = fleet {
                <strong class="month">{ usd_month(fleet.cost.total_micro_usd_per_month) }</strong>
                <span class="per">{ "/month" }</span>
                <span class="strip-mix">
                    { if missing.is_empty() { headline(fleet) } else { capitalised(&without(&missing)) } }
                </span>
            } else {
                <span class="strip-mix">{ nothing_placed(report, &missing) }</span>
            }
            if let Some(cheapest) = report.cheapest.as_ref().filter(|_| first.is_some() && fleet.is_some()) {
                <span class="strip-best">
                    { format!("best {}", usd_month(cheapest.fleet.cost.total_micro_usd_per_month)) }
                </span>
            }
        </a>
    }
}
