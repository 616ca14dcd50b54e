//! On which types a service fits: how many tasks by each resource, which one binds, what a task
//! costs there.

use crate::explain::{resource_name, type_of};
use crate::format::{counted, memory, thousands, usd_task_hour, vcpus};
use crate::swatch::swatch;
use crate::workbench::use_workbench;
use eniac_core::capacity::Resource;
use eniac_core::report::{FitRow, PriceSource, Report, ServiceReport};
use std::rc::Rc;
use yew::prelude::*;

/// So many rows are shown before the user asks for the rest.
const FIRST_ROWS: usize = 12;

/// A table for the chosen service.
#[component]
pub fn TypesTables() -> Html {
    let workbench = use_workbench();
    let chosen = use_state(|| 0_usize);
    let Some(report) = workbench.answer() else { return html! {} };
    let place = (*chosen).min(report.services.len().saturating_sub(1));
    let Some(service) = report.services.get(place) else {
        return html! { <p class="empty">{ "No service, no types." }</p> };
    };
    html! {
        <>
            if report.services.len() > 1 {
                <div class="service-choice" role="group" aria-label="Service">
                    { for report.services.iter().enumerate().map(|(at, service)| {
                        let chosen = chosen.clone();
                        html! {
                            <button
                                type="button"
                                class="choice"
                                aria-pressed={(at == place).to_string()}
                                onclick={Callback::from(move |_| chosen.set(at))}
                            >
                                { swatch(service.row as usize) }
                                { &service.name }
                            </button>
                        }
                    }) }
                </div>
            }
            <TypesTable key={place} answer={report.clone()} service={service.clone()} />
        </>
    }
}

/// Of which service.
#[derive(Properties, PartialEq)]
pub struct TypesTableProps {
    /// The report that has its types.
    pub answer: Rc<Report>,
    /// The service.
    pub service: ServiceReport,
}

/// The table of one service.
#[component]
pub fn TypesTable(props: &TypesTableProps) -> Html {
    let TypesTableProps { answer, service } = props;
    let with_slack = use_state(|| false);
    let all = use_state(|| false);
    if service.types.is_empty() {
        return html! {
            <p class="empty">{ format!("{} fits on no admitted type.", service.name) }</p>
        };
    }
    let resources = resources(service);
    let shown = if *all { service.types.len() } else { FIRST_ROWS };
    let hidden = service.types.len().saturating_sub(shown) as u64;
    let beyond = u64::from(service.fitting_types).saturating_sub(service.types.len() as u64);
    let slack = {
        let with_slack = with_slack.clone();
        Callback::from(move |_: Event| with_slack.set(!*with_slack))
    };
    let demand = &service.demand;
    html! {
        <>
            <div class="table-head">
                <p class="quiet">
                    { format!(
                        "One task of {}: {}, {}{}. It fits {}.",
                        service.name,
                        vcpus(demand.cpu.0),
                        memory(demand.memory_mib.0),
                        if demand.enis > 0 { ", 1 ENI" } else { "" },
                        counted(u64::from(service.fitting_types), "admitted type"),
                    ) }
                </p>
                <label class="check">
                    <input type="checkbox" checked={*with_slack} onchange={slack} />
                    <span>{ "What is left over" }</span>
                </label>
            </div>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Types">
                <table class="data" data-testid="types-table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{ "Rank" }</th>
                            <th scope="col">{ "Type" }</th>
                            <th scope="col" class="number">{ "vCPU" }</th>
                            <th scope="col" class="number">{ "Memory" }</th>
                            { for resources.iter().map(|resource| html! {
                                <th scope="col" class="number">{ column(*resource) }</th>
                            }) }
                            <th scope="col" class="number">{ "Tasks" }</th>
                            <th scope="col" class="number" title="On-Demand, the instance being full">{ "$/task-h" }</th>
                            <th scope="col" class="number" title="With purchase option, fee and disk">{ "total $/task-h" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for service.types.iter().take(shown).map(|row| {
                            line(answer, service, row, &resources, *with_slack)
                        }) }
                    </tbody>
                </table>
            </div>
            if hidden > 0 {
                <button type="button" class="quiet-button" onclick={Callback::from(move |_| all.set(true))}>
                    { format!("Show {hidden} more") }
                </button>
            } else if beyond > 0 {
                <p class="hint">{ format!("{} more fit and cost more.", thousands(beyond)) }</p>
            }
        </>
    }
}

/// The resources that some row tells of, in the planner's order.
fn resources(service: &ServiceReport) -> Vec<Resource> {
    let mut resources: Vec<Resource> = service
        .types
        .iter()
        .flat_map(|row| row.limits.iter().map(|limit| limit.resource))
        .collect();
    resources.sort_unstable();
    resources.dedup();
    resources
}

fn column(resource: Resource) -> String {
    match resource {
        Resource::Cpu => "by CPU".to_owned(),
        Resource::Memory => "by memory".to_owned(),
        Resource::Eni => "by ENI".to_owned(),
        Resource::Gpu => "by GPU".to_owned(),
        Resource::Port => "by port".to_owned(),
        Resource::DistinctInstance => "distinct".to_owned(),
    }
}

fn line(
    report: &Report,
    service: &ServiceReport,
    row: &FitRow,
    resources: &[Resource],
    with_slack: bool,
) -> Html {
    let instance = type_of(report, &row.instance_type);
    let tied = service.types.iter().filter(|other| other.rank == row.rank).count() > 1;
    let cell = |resource: &Resource| {
        let Some(limit) = row.limits.iter().find(|limit| limit.resource == *resource) else {
            return html! { <td class="number quiet">{ "–" }</td> };
        };
        let binds = row.binding.contains(resource);
        html! {
            <td class={classes!("number", binds.then_some("binds"))}>
                { thousands(u64::from(limit.tasks)) }
                if binds {
                    <span class="visually-hidden">{ format!(" {} binds", resource_name(*resource)) }</span>
                }
                if with_slack {
                    <span class="slack">{ format!("+{}", slack(*resource, limit.slack)) }</span>
                }
            </td>
        }
    };
    html! {
        <tr>
            <td class="number">
                { row.rank }
                if tied {
                    <span class="tie" title="Costs as much as another type">{ "=" }</span>
                }
            </td>
            <th scope="row">{ &row.instance_type }</th>
            <td class="number">{ instance.map_or(0, |instance| instance.cpu.0 / 1024) }</td>
            <td class="number">{ instance.map_or_else(String::new, |instance| memory(instance.memory_mib.0)) }</td>
            { for resources.iter().map(cell) }
            <td class="number"><strong>{ thousands(u64::from(row.tasks)) }</strong></td>
            <td class="number">
                { usd_task_hour(row.on_demand_nano_usd_per_task_hour.0) }
                if instance.is_some_and(|instance| instance.price_estimated) {
                    <span class="tie" title="The price is estimated, not listed">{ "≈" }</span>
                }
            </td>
            <td class="number">
                { usd_task_hour(row.total_nano_usd_per_task_hour.0) }
                if instance.is_some_and(|instance| instance.price_source == PriceSource::Yours) {
                    <span class="tie" title="By your own price">{ "yours" }</span>
                }
            </td>
        </tr>
    }
}

fn slack(resource: Resource, slack: u64) -> String {
    match resource {
        Resource::Memory => format!("{} MiB", thousands(slack)),
        Resource::Cpu => format!("{} units", thousands(slack)),
        _ => thousands(slack),
    }
}
