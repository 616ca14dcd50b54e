//! Alarms worth having, with thresholds for this cluster.

use crate::format::{counted, thousands};
use crate::timeline::clock::lasting;
use eniac_core::report::AlarmProposal;
use yew::prelude::*;

/// So many stand open.
const MOST_OPEN: usize = 8;

/// The table; nothing where there are none.
pub fn alarms(all: &[AlarmProposal]) -> Html {
    if all.is_empty() {
        return html! {};
    }
    html! {
        <section aria-labelledby="alarms">
            <h3 id="alarms">{ "Alarms worth having" }</h3>
            <details class="folded" open={all.len() <= MOST_OPEN}>
            <summary>{ counted(all.len() as u64, "alarm") }</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Alarms">
                <table class="data alarms" data-testid="alarms">
                    <thead>
                        <tr>
                            <th scope="col">{ "Alarm" }</th>
                            <th scope="col">{ "When" }</th>
                            <th scope="col">{ "Why" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for all.iter().map(row) }</tbody>
                </table>
            </div>
            </details>
        </section>
    }
}

fn row(alarm: &AlarmProposal) -> Html {
    html! {
        <tr>
            <th scope="row" class="wrapping">
                { &alarm.name }
                <span class="slack code">{ format!("{} {}", alarm.namespace, alarm.metric_name) }</span>
                <span class="slack">{ alarm.dimensions.join(", ") }</span>
            </th>
            <td>
                { condition(alarm) }
                <span class="slack">{ duration(alarm) }</span>
            </td>
            <td class="wrapping">
                { &alarm.text }
                if alarm.needs_container_insights {
                    <span class="slack">{ "Needs Container Insights, which costs extra." }</span>
                }
            </td>
        </tr>
    }
}

fn condition(alarm: &AlarmProposal) -> String {
    let operator = match alarm.comparison_operator.as_str() {
        "GreaterThanThreshold" => ">",
        "GreaterThanOrEqualToThreshold" => "≥",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "≤",
        other => other,
    };
    let (whole, rest) = (alarm.threshold_thousandths / 1000, alarm.threshold_thousandths % 1000);
    let value = if rest == 0 {
        thousands(whole)
    } else {
        format!("{}.{rest:03}", thousands(whole)).trim_end_matches('0').to_owned()
    };
    format!("{} {operator} {value} {}", alarm.statistic, alarm.unit).trim_end().to_owned()
}

fn duration(alarm: &AlarmProposal) -> String {
    let seconds = u64::from(alarm.period_seconds) * u64::from(alarm.evaluation_periods);
    format!("for {}", lasting(seconds))
}
