//! The types on which each service fits, on paper: the first of them, all services one below the
//! other.

use crate::format::counted;
use crate::print::scenario::OnPaperProps;
use crate::swatch::swatch;
use crate::types_table::TypesTable;
use yew::prelude::*;

/// More services than this fill paper and tell nothing new.
const MOST_SERVICES: usize = 20;

/// The tables.
#[component]
pub fn TypesOnPaper(props: &OnPaperProps) -> Html {
    let report = &props.report;
    let left = report.services.len().saturating_sub(MOST_SERVICES) as u64;
    html! {
        <section class="panel">
            <h2>{ "On which types each service fits" }</h2>
            { for report.services.iter().take(MOST_SERVICES).map(|service| html! {
                <section class="paper-types">
                    <h3>{ swatch(service.row as usize) }{ &service.name }</h3>
                    <TypesTable answer={report.clone()} service={service.clone()} />
                </section>
            }) }
            if left > 0 {
                <p class="hint">{ format!("{} more: the JSON report has all.", counted(left, "service")) }</p>
            }
        </section>
    }
}
