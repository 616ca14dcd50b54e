//! Where ECS puts the tasks of each service on container instances, and why not elsewhere.

use crate::cluster::decisions::Decisions;
use crate::cluster::instances::ClusterDrawing;
use crate::edit::capacity_kind;
use crate::format::counted;
use crate::swatch::swatch;
use crate::timeline::panel::{awaited, its_own_problems, only_groups};
use crate::why::folded_assumptions;
use crate::workbench::use_workbench;
use eniac_core::report::{PlacedService, PlacementReport, UnplacedTask};
use std::collections::BTreeMap;
use yew::prelude::*;

/// The panel.
#[component]
pub fn PlacementPanel() -> Html {
    let workbench = use_workbench();
    if capacity_kind(workbench.document()) == "managedInstances" {
        return only_groups(
            &workbench,
            "Managed Instances place tasks by themselves and know no placement strategies. \
             On an Auto Scaling group each decision can be followed.",
        );
    }
    let cluster = &workbench.session().cluster;
    let Some(placement) = &cluster.placement else {
        return awaited(&workbench, "Tasks are being placed…");
    };
    let stale = (!cluster.is_placement_here).then_some("stale");
    html! {
        <div
            class={classes!("part", stale)}
            data-testid="placement"
            data-here={cluster.is_placement_here.to_string()}
        >
            if cluster.trouble.is_some() {
                { awaited(&workbench, "") }
            }
            { its_own_problems(&workbench, &placement.diagnostics) }
            <ul class="cards">
                { for placement.services.iter().map(|it| service(placement, it)) }
            </ul>
            <section aria-labelledby="instances-placed">
                <h3 id="instances-placed">
                    { counted(placement.container_instances.len() as u64, "instance") }
                    { " with their tasks" }
                </h3>
                if placement.container_instances.is_empty() {
                    <p class="empty">{ "There is no instance to place a task on." }</p>
                } else {
                    <ClusterDrawing instances={placement.container_instances.clone()} />
                }
            </section>
            <Decisions placement={placement.clone()} />
            { folded_assumptions(&placement.assumptions) }
        </div>
    }
}

/// `8 of 10 tasks placed; 2 wait in PROVISIONING`.
fn placed_text(service: &PlacedService) -> String {
    let there = service.before + service.placed;
    let placed = format!("{there} of {} placed", counted(u64::from(service.desired), "task"));
    if service.unplaced == 0 {
        return placed;
    }
    let verb = if service.unplaced == 1 { "waits" } else { "wait" };
    let rest = match service.waiting {
        UnplacedTask::Provisioning => format!("{} {verb} in PROVISIONING", service.unplaced),
        UnplacedTask::Fails => format!("{} cannot be started", service.unplaced),
    };
    format!("{placed}; {rest}")
}

/// How many tasks of a service stand in each zone that has an instance, by the names that
/// expressions use.
fn per_zone<'a>(placement: &'a PlacementReport, service: &str) -> BTreeMap<&'a str, u32> {
    let mut zones = BTreeMap::new();
    for instance in &placement.container_instances {
        let tasks = instance.tasks.iter().filter(|tasks| tasks.service == service);
        *zones.entry(instance.availability_zone.as_str()).or_default() +=
            tasks.map(|tasks| tasks.count).sum::<u32>();
    }
    zones
}

fn service(placement: &PlacementReport, service: &PlacedService) -> Html {
    let verdict = if service.unplaced == 0 { "good" } else { "over" };
    let zones: Vec<String> = per_zone(placement, &service.service)
        .into_iter()
        .map(|(zone, tasks)| format!("{zone}: {tasks}"))
        .collect();
    let by_default = if service.strategy_is_default { " (ECS's default)" } else { "" };
    let strategy = if service.strategy.is_empty() {
        "none: any instance that may take the task".to_owned()
    } else {
        service.strategy.join(", then ")
    };
    html! {
        <li class="card" data-service={service.service.clone()} key={service.row}>
            <div class="card-head">
                { swatch(service.row as usize) }
                <h4>{ &service.service }</h4>
                <span class={classes!("verdict", verdict)}>{ placed_text(service) }</span>
            </div>
            <dl class="figures">
                <dt>{ "Strategy" }</dt>
                <dd>{ format!("{strategy}{by_default}") }</dd>
                if !service.constraints.is_empty() {
                    <dt>{ "Constraints" }</dt>
                    <dd>
                        { for service.constraints.iter().map(|it| html! { <code class="constraint">{ it }</code> }) }
                    </dd>
                }
                if !zones.is_empty() {
                    <dt>{ "Zones" }</dt>
                    <dd>{ zones.join(" · ") }</dd>
                }
            </dl>
            { rejections(service) }
            { scale_in(service) }
        </li>
    }
}

/// Why one more task would find no room, or on how many instances it would.
fn rejections(service: &PlacedService) -> Html {
    let could = u64::from(service.could_take_more);
    let room = match could {
        0 => "No instance could take one more task:".to_owned(),
        _ => format!("{} could take one more task.", counted(could, "instance")),
    };
    html! {
        <>
            <p class="card-note">{ room }</p>
            if !service.rejections.is_empty() {
                <ul class="rejections">
                    { for service.rejections.iter().map(|it| html! {
                        <li>
                            <span class="figure">{ format!("{} ×", it.instances) }</span>
                            <code>{ &it.reason }</code>
                            <span>{ &it.text }</span>
                        </li>
                    }) }
                </ul>
            }
        </>
    }
}

fn scale_in(service: &PlacedService) -> Html {
    if service.scale_in.is_empty() {
        return html! {};
    }
    html! {
        <details class="folded">
            <summary>{ "If it scaled in, which tasks would stop first" }</summary>
            <ol class="scale-in">
                { for service.scale_in.iter().map(|step| html! {
                    <li><strong>{ &step.instance }</strong>{ " " }{ &step.text }</li>
                }) }
            </ol>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_tasks_is_said() {
        let service = |placed, unplaced, waiting| PlacedService {
            service: "web".into(),
            row: 0,
            desired: placed + unplaced + 1,
            before: 1,
            placed,
            unplaced,
            waiting,
            strategy: Vec::new(),
            strategy_is_default: true,
            constraints: Vec::new(),
            per_zone: Vec::new(),
            rejections: Vec::new(),
            could_take_more: 0,
            scale_in: Vec::new(),
        };
        for (placed, unplaced, waiting, text) in [
            (3, 0, UnplacedTask::Fails, "4 of 4 tasks placed"),
            (3, 1, UnplacedTask::Provisioning, "4 of 5 tasks placed; 1 waits in PROVISIONING"),
            (0, 2, UnplacedTask::Fails, "1 of 3 tasks placed; 2 cannot be started"),
        ] {
            assert_eq!(placed_text(&service(placed, unplaced, waiting)), text);
        }
    }
}
