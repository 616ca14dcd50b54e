//! What a timeline came to, in one line first; and the state at its end beside the plan.

use crate::format::{counted, thousands, usd_hour};
use crate::timeline::clock::lasting;
use eniac_core::report::{SteadyState, Timeline};
use yew::prelude::*;

/// The line.
pub fn totals(timeline: &Timeline) -> Html {
    let totals = &timeline.totals;
    let has_load = timeline.services.iter().any(|service| !service.load.0.is_empty());
    let lost = totals.unserved_minutes > 0;
    let waited = totals.waiting_task_minutes > 0 || totals.longest_wait_seconds > 0;
    html! {
        <>
        <ul class="totals" data-testid="totals">
            <li>
                <strong>{ usd_hour(totals.cost_nano_usd) }</strong>
                { format!(" in {}, ", lasting(u64::from(timeline.minutes) * 60)) }
                { format!("{}/hour", usd_hour(totals.average_nano_usd_per_hour.0)) }
            </li>
            <li>
                <strong>{ counted(u64::from(totals.peak_instances), "instance") }</strong>
                { format!(" at most, {}", counted(u64::from(totals.peak_tasks), "task")) }
            </li>
            if has_load {
                <li class={lost.then_some("trouble-total")}>
                    if lost {
                        <strong>{ counted(u64::from(totals.unserved_minutes), "minute") }</strong>
                        { format!(" with lost requests, {} in all", thousands(totals.unserved_requests)) }
                    } else {
                        { "no request lost" }
                    }
                </li>
            }
            <li class={waited.then_some("waited-total")}>
                if totals.longest_wait_seconds > 0 {
                    <strong>{ lasting(u64::from(totals.longest_wait_seconds)) }</strong>
                    { " was the longest wait for an instance" }
                } else if waited {
                    <strong>{ counted(totals.waiting_task_minutes, "minute") }</strong>
                    { " without an instance, all tasks together" }
                } else {
                    { "no task waited for an instance" }
                }
            </li>
        </ul>
        if !has_load {
            <p class="hint">
                { "No service has a load, so none scales by itself: open a service's row to give it one." }
            </p>
        }
        </>
    }
}

/// The end, beside the packing plan of the same tasks.
pub fn steady_state(timeline: &Timeline) -> Html {
    let Some(steady) = &timeline.steady_state else { return html! {} };
    html! {
        <section aria-labelledby="steady-state" data-testid="steady-state">
            <h3 id="steady-state">{ "At the end, beside the plan" }</h3>
            <p>{ sentence(steady) }</p>
            <ul class="outcomes">
                { for steady.reasons.iter().map(|reason| html! {
                    <li class="other" data-code={reason.code.clone()}>{ &reason.text }</li>
                }) }
            </ul>
        </section>
    }
}

fn sentence(steady: &SteadyState) -> String {
    let count = |count: u32| counted(u64::from(count), "instance");
    let plan = if steady.with_spare == steady.packed {
        format!("the plan needs {}", count(steady.packed))
    } else {
        format!(
            "the plan needs {}, and {} with the spare ones that the target asks for",
            count(steady.packed),
            steady.with_spare
        )
    };
    let verdict = if steady.agrees { "They agree" } else { "They do not agree" };
    format!("{} run at the end; {plan}. {verdict}.", count(steady.instances))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_compared_in_words() {
        let steady = |instances, packed, with_spare, agrees| SteadyState {
            instances,
            packed,
            with_spare,
            agrees,
            reasons: Vec::new(),
        };
        assert_eq!(
            sentence(&steady(4, 2, 2, false)),
            "4 instances run at the end; the plan needs 2 instances. They do not agree."
        );
        assert_eq!(
            sentence(&steady(3, 2, 3, true)),
            "3 instances run at the end; the plan needs 2 instances, and 3 with the spare ones that the target asks for. They agree."
        );
    }
}
