//! What runs while every service deploys at once: before, at the peak and after, side by side.

use crate::answer::mix_text;
use crate::format::{counted, times, usd_hour, usd_month};
use crate::outlook::part_view::{nothing_said, part_view};
use crate::outlook::range_panel::row_of;
use crate::swatch::swatch;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::{Cost, DeploymentOfService, DeploymentReport, InstanceCount};
use yew::prelude::*;

/// The panel.
#[component]
pub fn DeploymentPanel() -> Html {
    let workbench = use_workbench();
    let outlook = &workbench.foresight().outlook;
    html! {
        <>
            <p class="hint">
                { "If every service deploys at the same time: what runs before, when most tasks run, and after." }
            </p>
            { part_view(&workbench, Part::Deployment, outlook.deployment.as_ref(), nothing_said(&workbench), |it| html! {
                <>
                    { stages(it) }
                    { services(&workbench, it) }
                </>
            }) }
        </>
    }
}

fn stages(deployment: &DeploymentReport) -> Html {
    let (before, peak, after) = (&deployment.before, &deployment.peak, &deployment.after);
    let most = before.instances.max(peak.instances).max(after.instances).max(1);
    let launched = kinds(&deployment.launched);
    let idle = kinds(&deployment.idle);
    html! {
        <div class="stages" data-testid="deployment">
            { stage("Before", before.instances, &before.mix, &before.cost, most, html! {}) }
            { stage("At the peak", peak.instances, &peak.mix, &peak.cost, most, html! {
                <>
                    if let Some(launched) = launched {
                        <p class="hint">{ format!("Launched for it: {launched}.") }</p>
                    } else {
                        <p class="hint">{ "Nothing is launched for it: the running instances have room." }</p>
                    }
                    if deployment.peak_thousandths != 1000 {
                        <p class="hint">{ format!("It costs {} what runs after.", times(deployment.peak_thousandths)) }</p>
                    }
                </>
            }) }
            { stage("After", after.instances, &after.mix, &after.cost, most, html! {
                if let Some(idle) = idle {
                    <p class="hint">{ format!("Without a task, and ended after some minutes: {idle}.") }</p>
                }
            }) }
        </div>
    }
}

fn kinds(mix: &[InstanceCount]) -> Option<String> {
    (!mix.is_empty()).then(|| mix_text(mix))
}

fn stage(
    name: &'static str,
    instances: u32,
    mix: &[InstanceCount],
    cost: &Cost,
    most: u32,
    more: Html,
) -> Html {
    let width = f64::from(instances) / f64::from(most) * 100.0;
    html! {
        <section class="stage">
            <h3>{ name }</h3>
            <p class="mix">{ counted(u64::from(instances), "instance") }</p>
            <svg width="100%" height="8" aria-hidden="true">
                <rect class="bar-saved" width="100%" height="8" />
                <rect class="bar-left" width={format!("{width:.1}%")} height="8" />
            </svg>
            <p class="proposal-fleet">{ mix_text(mix) }</p>
            <p>
                <strong>{ usd_hour(cost.total_nano_usd_per_hour.0) }</strong>
                <span class="per">{ format!("/hour, {} a month", usd_month(cost.total_micro_usd_per_month)) }</span>
            </p>
            { more }
        </section>
    }
}

fn services(workbench: &Workbench, deployment: &DeploymentReport) -> Html {
    let line = |it: &DeploymentOfService| {
        html! {
            <tr class={it.stuck.then_some("stuck")}>
                <th scope="row">
                    <span class="task-count">{ swatch(row_of(workbench, &it.service)) }{ &it.service }</span>
                </th>
                <td class="number">{ it.desired }</td>
                <td class="number">{ it.min_running }</td>
                <td class="number">{ it.max_running }</td>
                <td class="number">{ it.old_tasks }</td>
                <td class="number">{ it.new_tasks }</td>
                <td class="wrapping">
                    if it.stuck {
                        <span class="flag">{ "Stuck" }</span>
                        { " it can neither start a task nor stop one: lower the minimum or raise the maximum." }
                    }
                </td>
            </tr>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Deployment of each service">
            <table class="data" data-testid="deployment-services">
                <thead>
                    <tr>
                        <th scope="col">{ "Service" }</th>
                        <th scope="col" class="number">{ "Desired" }</th>
                        <th scope="col" class="number">{ "At least" }</th>
                        <th scope="col" class="number">{ "At most" }</th>
                        <th scope="col" class="number">{ "Old at the peak" }</th>
                        <th scope="col" class="number">{ "New at the peak" }</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{ for deployment.services.iter().map(line) }</tbody>
            </table>
        </div>
    }
}
