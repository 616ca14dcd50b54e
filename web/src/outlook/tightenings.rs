//! Tighter requirements: for each way to tighten them the difference as a diff, the new range
//! under the old one, and what is left to fall back on.

use crate::answer::mix_text;
use crate::document;
use crate::field::{Messages, TextField};
use crate::format::{counted, usd_month};
use crate::outlook::changes::{differences, short};
use crate::outlook::chart::Axis;
use crate::outlook::part_view::{nothing_said, part_view};
use crate::outlook::proposal::{ProposalNote, apply_button};
use crate::outlook::range_bars::{Band, RangeBars};
use crate::workbench::{Workbench, use_workbench};
use eniac_catalog::NanoUsdPerHour;
use eniac_core::Part;
use eniac_core::report::{Change, Tightening, TighteningKind};
use yew::prelude::*;

/// The panel.
#[component]
pub fn Tightenings() -> Html {
    let workbench = use_workbench();
    let all = workbench.foresight().outlook.tightenings.as_deref();
    html! {
        <>
            <ProposalNote>
                { "Requirements that leave out what is dear and keep enough to fall back on." }
            </ProposalNote>
            <div class="wishes">
                <TextField
                    path="advice.tolerancePercent"
                    label="Dearest fleet at most"
                    placeholder="10"
                    unit="% above predicted"
                />
                <TextField
                    path="advice.fallbackTypes"
                    label="Keep at least"
                    placeholder="3"
                    unit="types a service and zone"
                />
                <Messages path="advice" />
            </div>
            { part_view(&workbench, Part::Tightenings, all, nothing_said(&workbench), |all| html! {
                <div class="cards">
                    { for all.iter().map(|it| card(&workbench, it)) }
                    if all.is_empty() {
                        <p class="empty">{ "There is nothing to tighten." }</p>
                    }
                </div>
            }) }
        </>
    }
}

fn title(kind: TighteningKind) -> &'static str {
    match kind {
        TighteningKind::AllowedInstanceTypes => "The shortest list of types",
        TighteningKind::Attributes => "Bounds of attributes",
        TighteningKind::PriceProtection => "Price protection",
    }
}

fn word(kind: TighteningKind) -> &'static str {
    match kind {
        TighteningKind::AllowedInstanceTypes => "allowedInstanceTypes",
        TighteningKind::Attributes => "attributes",
        TighteningKind::PriceProtection => "priceProtection",
    }
}

fn card(workbench: &Workbench, tightening: &Tightening) -> Html {
    let kind = tightening.kind;
    let is_empty = tightening.changes.is_empty();
    html! {
        <article class="card" key={word(kind)} data-testid="tightening" data-kind={word(kind)}>
            <div class="card-head">
                <h3>{ title(kind) }</h3>
                if !is_empty {
                    <span class={classes!("verdict", if tightening.within_tolerance { "good" } else { "over" })}>
                        { if tightening.within_tolerance { "within the tolerance" } else { "beyond the tolerance" } }
                    </span>
                }
                { apply_button(workbench, Part::Tightenings, title(kind), &tightening.changes) }
            </div>
            if let Some(note) = &tightening.note {
                <p class="card-note">{ note }</p>
            }
            if !is_empty {
                { range(workbench, tightening) }
                <p class="hint">
                    { format!(
                        "{} admitted, at least {} for each service in each zone; ECS would launch {}.",
                        counted(u64::from(tightening.admitted_types), "type"),
                        tightening.fallback_types,
                        mix_text(&tightening.fleet.mix),
                    ) }
                </p>
                { diff(&tightening.changes) }
            }
        </article>
    }
}

/// The old range and the new one on one axis, and how dear it may become.
fn range(workbench: &Workbench, tightening: &Tightening) -> Html {
    let Some(report) = workbench.answer() else { return html! {} };
    let outlook = &workbench.foresight().outlook;
    let month = |cost: &eniac_core::report::Cost| cost.total_micro_usd_per_month;
    let predicted = report.predicted.as_ref().map_or(0, |it| month(&it.fleet.cost));
    let least = report.cheapest.as_ref().map_or(predicted, |it| month(&it.fleet.cost));
    // What is proven of more types holds for fewer.
    let bound =
        report.cheapest.as_ref().map_or(NanoUsdPerHour(0), |it| it.lower_bound_nano_usd_per_hour);
    let bound = bound.max(tightening.lower_bound_nano_usd_per_hour).micro_usd_per_month();
    let then = Band {
        name: "then",
        from: bound.min(month(&tightening.fleet.cost)),
        at: month(&tightening.fleet.cost),
        to: month(&tightening.dearest),
    };
    let now = outlook.range.as_ref().map(|range| Band {
        name: "now",
        from: least.min(predicted),
        at: predicted,
        to: month(&range.dearest.cost),
    });
    let tolerance = tolerance(&document::text(workbench.document(), "advice.tolerancePercent"));
    let limit = predicted.saturating_mul(100 + tolerance) / 100;
    let bands: Vec<Band> = now.into_iter().chain([then]).collect();
    let ends = bands.iter().flat_map(|band| [band.from, band.at, band.to]);
    let axis = Axis::around(ends.chain([limit]));
    html! {
        <RangeBars
            {bands}
            {axis}
            {limit}
            limit_name={format!("{} is {tolerance} % above predicted", usd_month(limit))}
        />
    }
}

/// What the user allows, as far as it can be read.
fn tolerance(text: &str) -> u64 {
    text.trim().trim_end_matches('%').trim().parse().ok().filter(|it| *it <= 1000).unwrap_or(10)
}

/// `−` what is, `+` what would be.
fn diff(changes: &[Change]) -> Html {
    let line = |sign: &'static str, class: &'static str, spoken: &'static str, text: String| {
        html! {
            <li {class}>
                <span class="visually-hidden">{ spoken }</span>
                <span class="sign" aria-hidden="true">{ sign }</span>
                <code>{ text }</code>
            </li>
        }
    };
    html! {
        <ul class="diff" aria-label="Difference to the requirements">
            { for differences(changes).into_iter().map(|difference| {
                let path = short(&difference.path).to_owned();
                html! {
                    <>
                        if let Some(before) = &difference.before {
                            { line("−", "gone", "before: ", format!("{path}: {before}")) }
                        }
                        if let Some(after) = &difference.after {
                            { line("+", "new", "after: ", format!("{path}: {after}")) }
                        }
                    </>
                }
            }) }
        </ul>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_tolerance_that_cannot_be_read_is_the_usual_one() {
        for (text, tolerance) in [("", 10), ("25", 25), ("5 %", 5), ("x", 10), ("99999", 10)] {
            assert_eq!(super::tolerance(text), tolerance, "{text}");
        }
    }
}
