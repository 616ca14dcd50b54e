//! The same services elsewhere: what each place costs, what the figure includes, why one cannot
//! run them, and which is cheapest as they grow.

use crate::answer::mix_text;
use crate::edit::capacity_kind;
use crate::fargate::FargateTable;
use crate::format::{counted, share, usd_month};
use crate::outlook::group_choice::GroupChoice;
use crate::outlook::growth_chart::GrowthChart;
use crate::outlook::part_view::part_view;
use crate::workbench::use_workbench;
use eniac_core::Part;
use eniac_core::report::{ComparisonReport, ComparisonRow, Crossover};
use yew::prelude::*;

/// The panel.
#[component]
pub fn Compare() -> Html {
    let workbench = use_workbench();
    let outlook = &workbench.foresight().outlook;
    let nothing = "There is nothing to compare yet.";
    let own = capacity_kind(workbench.document()) == "autoScalingGroup";
    html! {
        <>
            if own {
                <GroupChoice />
            }
            { part_view(&workbench, Part::Comparison, outlook.comparison.as_ref(), nothing, |it| html! {
                <>
                    { table(it) }
                    { growth(it) }
                </>
            }) }
            <section aria-labelledby="fargate-sizes">
                <h3 id="fargate-sizes">{ "Each service on Fargate" }</h3>
                <FargateTable />
            </section>
        </>
    }
}

fn table(comparison: &ComparisonReport) -> Html {
    let costs = comparison.rows.iter().filter_map(|row| row.cost.as_ref());
    let most = costs.map(|cost| cost.total_micro_usd_per_month).max().unwrap_or(1).max(1);
    let base = comparison.rows.first().and_then(|row| row.cost.as_ref());
    let base = base.map(|cost| cost.total_micro_usd_per_month);
    html! {
        <ul class="places" data-testid="comparison">
            { for comparison.rows.iter().enumerate().map(|(place, it)| {
                row(it, if place == 0 { None } else { base }, most)
            }) }
        </ul>
    }
}

fn row(row: &ComparisonRow, base: Option<u64>, most: u64) -> Html {
    let month = row.cost.as_ref().map(|cost| cost.total_micro_usd_per_month);
    html! {
        <li class="place" key={row.code.clone()} data-code={row.code.clone()}>
            <div>
                <h4>{ &row.title }</h4>
                if !row.mix.is_empty() {
                    <p class="proposal-fleet">{ mix_text(&row.mix) }</p>
                }
            </div>
            <div class="place-cost">
                if let Some(month) = month {
                    <p><strong>{ usd_month(month) }</strong><span class="per">{ "/month" }</span></p>
                    <svg width="100%" height="6" aria-hidden="true">
                        <rect class="bar-left" width={format!("{:.1}%", month as f64 / most as f64 * 100.0)} height="6" />
                    </svg>
                    <p class="hint">{ base.map_or_else(String::new, |base| against(month, base)) }</p>
                } else {
                    <p class="quiet">{ "cannot run all of it" }</p>
                }
            </div>
            <div class="place-more">
                if !row.includes.is_empty() {
                    <p class="hint">{ format!("With {}.", row.includes.join("; ")) }</p>
                }
                { for row.cannot.iter().map(|cannot| html! {
                    <p class="risk">
                        if !cannot.service.is_empty() {
                            <strong>{ format!("{}: ", cannot.service) }</strong>
                        }
                        { &cannot.reason }
                    </p>
                }) }
            </div>
        </li>
    }
}

/// `24 % less`, of the first row's cost.
fn against(month: u64, base: u64) -> String {
    let signed = |amount: u64| i64::try_from(amount).unwrap_or(i64::MAX);
    let difference = signed(month).saturating_sub(signed(base));
    let thousandths =
        (i128::from(difference) * 1000).checked_div(i128::from(base)).unwrap_or_default();
    let thousandths = i64::try_from(thousandths).unwrap_or(i64::MAX);
    match difference {
        _ if thousandths == 0 => "as much".to_owned(),
        ..0 => format!("{} less", share(thousandths)),
        _ => format!("{} more", share(thousandths)),
    }
}

fn growth(comparison: &ComparisonReport) -> Html {
    if comparison.growth.len() < 2 {
        return html! {};
    }
    html! {
        <section aria-labelledby="growth">
            <h3 id="growth">{ "As the numbers of tasks shrink and grow" }</h3>
            <GrowthChart comparison={comparison.clone()} />
            <ul class="crossovers" data-testid="crossovers">
                { for comparison.crossovers.iter().map(|crossover| html! {
                    <li>{ crossover_sentence(comparison, crossover) }</li>
                }) }
            </ul>
            if comparison.crossovers.is_empty() {
                <p class="hint">{ "None becomes cheaper than another in that span." }</p>
            }
        </section>
    }
}

fn crossover_sentence(comparison: &ComparisonReport, crossover: &Crossover) -> String {
    let title = |code: &str| {
        let row = comparison.rows.iter().find(|row| row.code == code);
        row.map_or_else(|| code.to_owned(), |row| row.title.clone())
    };
    format!(
        "From {} ({} % of what runs now) on, {} is cheaper than {}.",
        counted(u64::from(crossover.tasks), "task"),
        crossover.percent,
        title(&crossover.cheaper),
        title(&crossover.dearer),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_place_is_told_against_the_first() {
        for (month, base, text) in [
            (76, 100, "24 % less"),
            (1240, 1000, "24 % more"),
            (100, 100, "as much"),
            (1, 0, "as much"),
        ] {
            assert_eq!(super::against(month, base), text);
        }
    }
}
