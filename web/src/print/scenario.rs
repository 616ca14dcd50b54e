//! What runs, on paper: a line for each service, as the planner understood it.

use crate::format::{memory, thousands, vcpus};
use crate::swatch::swatch;
use crate::unplanned::{Unplanned, unplanned};
use crate::workbench::use_workbench;
use eniac_core::report::{Report, ServiceReport};
use std::rc::Rc;
use yew::prelude::*;

/// Of which plan.
#[derive(Properties, PartialEq)]
pub struct OnPaperProps {
    /// The report.
    pub report: Rc<Report>,
}

/// The table.
#[component]
pub fn ServicesOnPaper(props: &OnPaperProps) -> Html {
    let missing = unplanned(use_workbench().document(), &props.report);
    let planned = props
        .report
        .services
        .iter()
        .filter(|service| service.planned || !missing.iter().any(|it| it.is_row(service.row)));
    html! {
        <section class="panel">
            <h2>{ "What runs" }</h2>
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col">{ "Service" }</th>
                        <th scope="col" class="number">{ "Tasks" }</th>
                        <th scope="col" class="number">{ "CPU" }</th>
                        <th scope="col" class="number">{ "Memory" }</th>
                        <th scope="col" class="number">{ "GPUs" }</th>
                        <th scope="col">{ "Runs on" }</th>
                        <th scope="col">{ "Network" }</th>
                        <th scope="col">{ "Host ports" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for planned.map(line) }
                    { for missing.iter().map(not_planned) }
                </tbody>
            </table>
        </section>
    }
}

fn not_planned(missing: &Unplanned) -> Html {
    html! {
        <tr>
            <th scope="row">
                <span class="task-count">{ swatch(missing.row) }{ &missing.name }</span>
            </th>
            <td colspan="7"><strong>{ format!("not in the plan: {}", missing.why) }</strong></td>
        </tr>
    }
}

/// The API's word of a value.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn line(service: &ServiceReport) -> Html {
    let demand = &service.demand;
    let architectures: Vec<String> = demand.architectures.iter().map(word).collect();
    html! {
        <tr>
            <th scope="row">
                <span class="task-count">
                    { swatch(service.row as usize) }
                    { &service.name }
                </span>
            </th>
            <td class="number">{ thousands(u64::from(service.desired_count)) }</td>
            <td class="number">{ vcpus(demand.cpu.0) }</td>
            <td class="number">{ memory(demand.memory_mib.0) }</td>
            <td class="number">{ if demand.gpus > 0 { demand.gpus.to_string() } else { "–".into() } }</td>
            <td>{ architectures.join(", ") }</td>
            <td>{ word(&demand.network_mode) }</td>
            <td class="wrapping">{ demand.host_ports.join(", ") }</td>
        </tr>
    }
}
