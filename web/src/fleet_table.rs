//! The fleet as a table: the same figures as the drawing has, and all groups.

use crate::explain::{binding_label, type_of};
use crate::format::{thousands, usd_exact};
use crate::swatch::swatch;
use eniac_core::report::{Fleet, InstanceGroup, Report};
use std::rc::Rc;
use yew::prelude::*;

/// So many rows are shown.
const MOST_ROWS: usize = 200;

/// Which fleet.
#[derive(Properties, PartialEq)]
pub struct FleetTableProps {
    /// The report that has its types and services.
    pub answer: Rc<Report>,
    /// The fleet.
    pub fleet: Fleet,
}

/// The table.
#[component]
pub fn FleetTable(props: &FleetTableProps) -> Html {
    let FleetTableProps { answer, fleet } = props;
    let named = fleet.groups.iter().any(|group| group.provider.is_some());
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="The fleet as a table">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col" class="number">{ "Instances" }</th>
                        <th scope="col">{ "Type" }</th>
                        if named {
                            <th scope="col">{ "Provider" }</th>
                        }
                        <th scope="col">{ "Tasks on each" }</th>
                        <th scope="col" class="number">{ "CPU units" }</th>
                        <th scope="col" class="number">{ "Memory, MiB" }</th>
                        <th scope="col" class="number">{ "ENIs" }</th>
                        <th scope="col">{ "Zones" }</th>
                        <th scope="col">{ "Binding" }</th>
                        <th scope="col" class="number">{ "$/hour each" }</th>
                    </tr>
                </thead>
                <tbody>
                    { for fleet.groups.iter().take(MOST_ROWS).map(|group| row(answer, group, named)) }
                </tbody>
            </table>
            if fleet.groups.len() > MOST_ROWS {
                <p class="hint">
                    { format!("{} more rows: the JSON report has all.", thousands((fleet.groups.len() - MOST_ROWS) as u64)) }
                </p>
            }
        </div>
    }
}

fn row(report: &Report, group: &InstanceGroup, named: bool) -> Html {
    let Some(instance) = type_of(report, &group.instance_type) else { return html! {} };
    let zones: Vec<String> = group.per_zone.iter().map(ToString::to_string).collect();
    let of = |used: u64, all: u64| format!("{} / {}", thousands(used), thousands(all));
    html! {
        <tr>
            <td class="number">{ thousands(u64::from(group.count)) }</td>
            <th scope="row">{ &group.instance_type }</th>
            if named {
                <td>{ group.provider.clone().unwrap_or_default() }</td>
            }
            <td class="wrapping">
                { for group.tasks.iter().map(|tasks| {
                    let service = report.services.iter().find(|s| s.name == tasks.service);
                    html! {
                        <span class="task-count">
                            { swatch(service.map_or(0, |service| service.row as usize)) }
                            { format!("{} × {}", tasks.count, tasks.service) }
                        </span>
                    }
                }) }
            </td>
            <td class="number">{ of(group.used_cpu, instance.allocatable_cpu.0) }</td>
            <td class="number">{ of(group.used_memory_mib, instance.allocatable_memory_mib.0) }</td>
            <td class="number">{ of(u64::from(group.used_enis), u64::from(instance.allocatable_enis)) }</td>
            <td>{ zones.join(" · ") }</td>
            <td>{ binding_label(&group.binding) }</td>
            <td class="number">{ usd_exact(group.each.total_nano_usd_per_hour.0) }</td>
        </tr>
    }
}
