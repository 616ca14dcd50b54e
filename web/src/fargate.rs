//! The same services on Fargate: the size that each would get, and what it costs there.

use crate::format::{memory, usd_hour, usd_month, vcpus};
use crate::swatch::swatch;
use crate::workbench::use_workbench;
use eniac_core::report::{Cost, ServiceReport};
use yew::prelude::*;

/// The table.
#[component]
pub fn FargateTable() -> Html {
    let workbench = use_workbench();
    let Some(report) = workbench.answer() else { return html! {} };
    let fargate = &report.fargate;
    if !fargate.known_region {
        return html! {
            <p class="empty">{ format!("No Fargate rates are known for {}.", report.region.name) }</p>
        };
    }
    html! {
        <>
            <div class="table-scroll" tabindex="0" role="region" aria-label="Fargate">
                <table class="data">
                    <thead>
                        <tr>
                            <th scope="col">{ "Service" }</th>
                            <th scope="col" class="number">{ "Tasks" }</th>
                            <th scope="col">{ "Asks for" }</th>
                            <th scope="col">{ "Fargate size" }</th>
                            <th scope="col" class="number">{ "x86 $/h" }</th>
                            <th scope="col" class="number">{ "ARM $/h" }</th>
                            <th scope="col" class="number">{ "Spot $/h" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for report.services.iter().map(line) }
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row" colspan="4">{ "a month, all services" }</th>
                            { sum(fargate.x86.as_ref()) }
                            { sum(fargate.arm.as_ref()) }
                            { sum(fargate.spot_x86.as_ref()) }
                        </tr>
                    </tfoot>
                </table>
            </div>
            if !fargate.unsupported.is_empty() {
                <p class="hint">
                    { format!("Not in the sums, as Fargate cannot run them: {}.", fargate.unsupported.join(", ")) }
                </p>
            }
        </>
    }
}

fn sum(cost: Option<&Cost>) -> Html {
    html! {
        <td class="number">
            <strong>{ cost.map_or_else(|| "–".to_owned(), |cost| usd_month(cost.total_micro_usd_per_month)) }</strong>
        </td>
    }
}

fn line(service: &ServiceReport) -> Html {
    let quote = &service.fargate;
    let price = |nano: Option<u64>| nano.map_or_else(|| "–".to_owned(), usd_hour);
    html! {
        <tr>
            <th scope="row"><span class="task-count">{ swatch(service.row as usize) }{ &service.name }</span></th>
            <td class="number">{ service.desired_count }</td>
            <td>{ format!("{}, {}", vcpus(service.demand.cpu.0), memory(service.demand.memory_mib.0)) }</td>
            <td>
                if let Some(size) = &quote.size {
                    { format!("{}, {}", vcpus(size.cpu.0), memory(size.memory_mib.0)) }
                    if size.rounded_up {
                        <span class="tag">{ "rounded up" }</span>
                    }
                } else {
                    <span class="quiet">{ why_not(quote.unsupported.as_deref()) }</span>
                }
            </td>
            <td class="number">{ price(quote.x86_nano_usd_per_hour.map(|n| n.0)) }</td>
            <td class="number">{ price(quote.arm_nano_usd_per_hour.map(|n| n.0)) }</td>
            <td class="number">{ price(quote.spot_x86_nano_usd_per_hour.map(|n| n.0)) }</td>
        </tr>
    }
}

fn why_not(code: Option<&str>) -> &str {
    match code {
        Some("gpu") => "not on Fargate: it has no GPUs",
        Some("networkMode") => "not on Fargate: only awsvpc runs there",
        Some("tooBig") => "not on Fargate: larger than its largest size",
        Some("windows") => "not priced: Windows rates are not known",
        Some(other) => other,
        None => "not on Fargate",
    }
}
