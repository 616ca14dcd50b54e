//! What if: other settings, ranked by what each saves, with what it risks and what it changes.

use crate::answer::mix_text;
use crate::format::{share, usd_month};
use crate::outlook::advice_list::AdviceList;
use crate::outlook::part_view::{nothing_said, part_view};
use crate::outlook::proposal::{ProposalNote, apply_button, changes_list, saving_text};
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::WhatIf;
use yew::prelude::*;

/// The panel.
#[component]
pub fn WhatIfs() -> Html {
    let workbench = use_workbench();
    let outlook = &workbench.foresight().outlook;
    let now = workbench.answer().and_then(|report| report.predicted.as_ref());
    let now = now.map(|predicted| predicted.fleet.cost.total_micro_usd_per_month);
    html! {
        <>
            <ProposalNote>
                { "Each setting is planned anew. " }
                if let Some(now) = now {
                    { format!("Savings are against the predicted {} a month.", usd_month(now)) }
                }
            </ProposalNote>
            <AdviceList />
            { part_view(&workbench, Part::WhatIfs, outlook.what_ifs.as_deref(), nothing_said(&workbench), |all| {
                list(&workbench, all, now.unwrap_or(0))
            }) }
        </>
    }
}

/// Whether it is worth proposing.
fn saves(what_if: &WhatIf) -> bool {
    what_if.saving.nano_usd_per_hour > 0 && what_if.unplaced.is_empty()
}

fn list(workbench: &Workbench, all: &[WhatIf], now: u64) -> Html {
    let (good, rest): (Vec<&WhatIf>, Vec<&WhatIf>) = all.iter().partition(|it| saves(it));
    html! {
        <>
            <h3>{ "What would save" }</h3>
            if good.is_empty() {
                <p class="empty">{ "No other setting that was tried saves anything." }</p>
            }
            <ol class="proposals" data-testid="what-ifs">
                { for good.iter().map(|it| item(workbench, it, now)) }
            </ol>
            if !rest.is_empty() {
                <details class="folded">
                    <summary>{ folded(&rest) }</summary>
                    <ol class="proposals">
                        { for rest.iter().map(|it| item(workbench, it, now)) }
                    </ol>
                </details>
            }
        </>
    }
}

/// `5 that cost more`, `3 that save nothing, 1 that cannot run`.
fn folded(rest: &[&WhatIf]) -> String {
    let of = |which: &dyn Fn(&WhatIf) -> bool| rest.iter().filter(|it| which(it)).count() as u64;
    let cannot = of(&|it| !it.unplaced.is_empty());
    let same = of(&|it| it.unplaced.is_empty() && it.saving.nano_usd_per_hour == 0);
    let more = rest.len() as u64 - cannot - same;
    let said = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 that {one}")),
        _ => Some(format!("{count} that {many}")),
    };
    let parts = [
        said(more, "costs more", "cost more"),
        said(same, "costs the same", "cost the same"),
        said(cannot, "cannot run everything", "cannot run everything"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn item(workbench: &Workbench, what_if: &WhatIf, now: u64) -> Html {
    let fleet = &what_if.fleet;
    let month = fleet.cost.total_micro_usd_per_month;
    html! {
        <li class="proposal" key={what_if.code.clone()} data-testid="what-if" data-code={what_if.code.clone()}>
            <div class="proposal-what">
                <h4>{ &what_if.title }</h4>
                <p class="proposal-fleet">
                    if fleet.mix.is_empty() {
                        { "nothing runs" }
                    } else {
                        { mix_text(&fleet.mix) }
                        if fleet.mix.len() > 1 {
                            { format!(", {} in all", fleet.instances) }
                        }
                    }
                </p>
            </div>
            <div class="proposal-saving">
                { saving(what_if, month, now) }
            </div>
            { apply_button(workbench, Part::WhatIfs, &what_if.title, &what_if.changes) }
            <div class="proposal-more">
                if !what_if.unplaced.is_empty() {
                    <p class="risk cannot">
                        { format!("Cannot run: {}. The figures are without it.", what_if.unplaced.join(", ")) }
                    </p>
                }
                { for what_if.risks.iter().map(|risk| html! {
                    <p class="risk" title={risk.code.clone()}>{ &risk.text }</p>
                }) }
                { changes_list(workbench, &what_if.changes) }
            </div>
        </li>
    }
}

fn saving(what_if: &WhatIf, month: u64, now: u64) -> Html {
    if !what_if.unplaced.is_empty() {
        return html! { <p class="saving">{ "–" }</p> };
    }
    let saving = &what_if.saving;
    let amount = usd_month(saving.micro_usd_per_month.unsigned_abs());
    let sign = match saving.nano_usd_per_hour {
        0 => "±",
        1.. => "−",
        _ => "+",
    };
    html! {
        <>
            <p class="saving" aria-hidden="true">
                <strong>{ format!("{sign}{amount}") }</strong>
                <span>{ format!("{sign}{}", share(saving.thousandths)) }</span>
            </p>
            <p class="visually-hidden">{ saving_text(saving) }</p>
            { bar(month, now) }
            <p class="saving-then">{ format!("{} a month", usd_month(month)) }</p>
        </>
    }
}

/// What it would cost, of what is paid now.
fn bar(month: u64, now: u64) -> Html {
    let whole = month.max(now).max(1) as f64;
    let share = |amount: u64| format!("{:.1}%", amount as f64 / whole * 100.0);
    html! {
        <svg class="saving-bar" width="100%" height="6" aria-hidden="true">
            <rect class="bar-saved" width={share(now)} height="6" />
            <rect class={if month > now { "bar-more" } else { "bar-left" }} width={share(month)} height="6" />
            if month > now {
                <rect class="bar-left" width={share(now)} height="6" />
            }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::report::{FleetSummary, Saving};

    fn what_if(saves: i64, unplaced: &[&str]) -> WhatIf {
        WhatIf {
            code: "a".into(),
            title: "A".into(),
            changes: Vec::new(),
            fleet: FleetSummary::default(),
            saving: Saving { nano_usd_per_hour: saves, ..Saving::default() },
            risks: Vec::new(),
            unplaced: unplaced.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_folded_is_counted_by_its_reason() {
        let all = [what_if(5, &[]), what_if(9, &["web"]), what_if(0, &[]), what_if(-1, &[])];
        assert_eq!(all.iter().filter(|it| saves(it)).count(), 1);
        let rest: Vec<&WhatIf> = all.iter().filter(|it| !saves(it)).collect();
        assert_eq!(
            folded(&rest),
            "1 that costs more, 1 that costs the same, 1 that cannot run everything"
        );
        assert_eq!(folded(&rest[2..]), "1 that costs more");
    }
}
