//! A placement as text for a terminal: services, instances, and why not elsewhere.

use crate::figures::{
    counted, diagnostics, footing, heading, more, plain, to_the_right, without_trailing_space,
};
use eniac_core::report::{
    PlacedInstance, PlacedService, PlacementDecision, PlacementReport, ResourceAmounts,
    UnplacedTask,
};
use eniac_core::scenario::quantity::with_thousands;
use std::fmt::Write;

/// How many instances are shown.
const INSTANCES_SHOWN: usize = 60;

/// How many decisions are shown.
const DECISIONS_SHOWN: usize = 24;

/// How many tasks to stop are shown for each service.
const STOPS_SHOWN: usize = 4;

/// Where the rest is.
const IN_JSON: &str = "--json has them";

/// A placement, whole.
pub(crate) fn placement(report: &PlacementReport) -> String {
    let mut text = heading(&report.name, &report.region);
    // Where nothing could be placed, the diagnostics say why.
    if !report.services.is_empty() {
        text.push_str(&answer(report));
    }
    text.push_str(&diagnostics(&report.diagnostics));
    if !report.diagnostics.is_empty() {
        text.push('\n');
    }
    if !report.services.is_empty() {
        text.push_str(&services(&report.services));
    }
    if !report.container_instances.is_empty() {
        text.push_str(&instances(&report.container_instances));
    }
    text.push_str(&reasons(&report.services));
    text.push_str(&stops(&report.services));
    text.push_str(&decisions(report));
    text.push_str(&footing(&report.assumptions, &report.region));
    without_trailing_space(&text).replace("\n\n\n", "\n\n")
}

/// `20 of 22 tasks have a place on 7 instances; 2 wait in PROVISIONING`.
fn answer(report: &PlacementReport) -> String {
    let sum = |figure: fn(&PlacedService) -> u32| -> u64 {
        report.services.iter().map(|service| u64::from(figure(service))).sum()
    };
    let (desired, unplaced) = (sum(|it| it.desired), sum(|it| it.unplaced));
    let fails = sum(|it| if it.waiting == UnplacedTask::Fails { it.unplaced } else { 0 });
    let on = counted(report.container_instances.len() as u64, "instance");
    let placed = with_thousands(desired.saturating_sub(unplaced));
    let noun = if desired == 1 { "task" } else { "tasks" };
    let mut text = format!("{placed} of {} {noun} have a place on {on}", with_thousands(desired));
    if unplaced > fails {
        let _ = write!(text, "; {} wait in PROVISIONING", with_thousands(unplaced - fails));
    }
    if fails > 0 {
        let _ = write!(text, "; {} cannot be started", with_thousands(fails));
    }
    text + "\n\n"
}

fn services(services: &[PlacedService]) -> String {
    let mut table = plain();
    table.set_header([
        "service",
        "desired",
        "before",
        "placed",
        "unplaced",
        "in each zone",
        "room for one more",
        "strategy",
    ]);
    for service in services {
        let zones: Vec<String> = service.per_zone.iter().map(u32::to_string).collect();
        let default = if service.strategy_is_default { " (ECS's default)" } else { "" };
        let rules = service.constraints.iter().map(|rule| format!("; {rule}"));
        table.add_row([
            service.service.clone(),
            service.desired.to_string(),
            service.before.to_string(),
            service.placed.to_string(),
            service.unplaced.to_string(),
            zones.join(" / "),
            service.could_take_more.to_string(),
            format!("{}{default}{}", service.strategy.join(", "), rules.collect::<String>()),
        ]);
    }
    to_the_right(&mut table, &[1, 2, 3, 4, 6]);
    format!("{table}\n\n")
}

/// Instances with their tasks and what is left, those without tasks too.
pub(crate) fn instances(instances: &[PlacedInstance]) -> String {
    let provided = instances.iter().any(|instance| instance.provider.is_some());
    let gpus = instances.iter().any(|instance| instance.registered.gpus > 0);
    let mut table = plain();
    let mut header = vec!["instance", "type", "zone"];
    if provided {
        header.push("provider");
    }
    header.extend(["CPU left", "MiB left", "ENIs left"]);
    if gpus {
        header.push("GPUs left");
    }
    header.push("tasks");
    table.set_header(header);
    for instance in instances.iter().take(INSTANCES_SHOWN) {
        let mut row = vec![
            instance.id.clone(),
            instance.instance_type.clone(),
            instance.availability_zone.clone(),
        ];
        if provided {
            row.push(instance.provider.clone().unwrap_or_default());
        }
        row.extend(left(&instance.remaining, &instance.registered, gpus));
        row.push(tasks(instance));
        table.add_row(row);
    }
    let first = if provided { 4 } else { 3 };
    let columns: Vec<usize> = (first..first + if gpus { 4 } else { 3 }).collect();
    to_the_right(&mut table, &columns);
    let left_out = instances.len().saturating_sub(INSTANCES_SHOWN);
    format!("{table}\n{}\n", more(left_out, "instance", IN_JSON))
}

/// `1024 of 2048` of each resource.
fn left(remaining: &ResourceAmounts, registered: &ResourceAmounts, gpus: bool) -> Vec<String> {
    let of = |left: u64, all: u64| format!("{left} of {all}");
    let mut cells = vec![
        of(remaining.cpu, registered.cpu),
        of(remaining.memory_mib, registered.memory_mib),
        of(remaining.enis.into(), registered.enis.into()),
    ];
    if gpus {
        cells.push(of(remaining.gpus.into(), registered.gpus.into()));
    }
    cells
}

/// `3 x web (1 before), 2 x jobs`.
fn tasks(instance: &PlacedInstance) -> String {
    let tasks = instance.tasks.iter().map(|tasks| {
        let before = match tasks.before {
            0 => String::new(),
            before => format!(" ({before} before)"),
        };
        format!("{} x {}{before}", tasks.count, tasks.service)
    });
    let tasks: Vec<String> = tasks.collect();
    let none = if tasks.is_empty() { "none" } else { "" };
    let gone = if instance.active { "" } else { "; takes no new ones" };
    format!("{none}{}{gone}", tasks.join(", "))
}

/// Why tasks have no place: of each service that has one without, and how many instances say so.
fn reasons(services: &[PlacedService]) -> String {
    let mut text = String::new();
    for service in services.iter().filter(|service| service.unplaced > 0) {
        let fate = match service.waiting {
            UnplacedTask::Provisioning => "without an instance, in PROVISIONING",
            UnplacedTask::Fails => "cannot be started, as the service's events say",
        };
        let count = counted(service.unplaced, "task");
        let _ = writeln!(text, "{}: {count} {fate}", service.service);
        for rejection in &service.rejections {
            let (instances, reason) = (counted(rejection.instances, "instance"), &rejection.reason);
            let _ = writeln!(text, "    {instances}: {reason}: {}", rejection.text);
        }
    }
    if text.is_empty() { text } else { format!("Why not elsewhere\n{text}\n") }
}

/// Where tasks would be stopped first.
fn stops(services: &[PlacedService]) -> String {
    let mut text = String::new();
    for service in services.iter().filter(|service| !service.scale_in.is_empty()) {
        let _ = writeln!(text, "{}:", service.service);
        for (place, step) in service.scale_in.iter().take(STOPS_SHOWN).enumerate() {
            let _ = writeln!(text, "    {}. on {}: {}", place + 1, step.instance, step.text);
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("Where tasks would be stopped if fewer were wanted\n{text}\n")
}

fn decisions(report: &PlacementReport) -> String {
    if report.decisions.is_empty() {
        return String::new();
    }
    let mut text = "Decisions\n".to_owned();
    for decision in report.decisions.iter().take(DECISIONS_SHOWN) {
        text.push_str(&self::decision(decision));
    }
    let shown = report.decisions.len().min(DECISIONS_SHOWN);
    let left_out = (report.decided as usize).saturating_sub(shown);
    let kept = report.decisions.len() as u64 == u64::from(report.decided);
    let how = if kept { IN_JSON } else { "--json has some of them" };
    text + &more(left_out, "decision", how) + "\n"
}

/// `web 3 -> i-2: 4 can take it; binpack memory left 1 (1,024 MiB left)`.
fn decision(decision: &PlacementDecision) -> String {
    let place = decision.instance.as_deref().unwrap_or("nowhere");
    let (service, task) = (&decision.service, decision.task);
    let mut text = format!("{service} {task} -> {place}: {} can take it", decision.candidates);
    for step in &decision.steps {
        let _ = write!(text, "; {}: {} left, {}", step.rule, step.left, step.text);
    }
    if decision.tie {
        text.push_str("; a tie");
    }
    text.push('\n');
    for rejected in decision.rejected.iter().take(STOPS_SHOWN) {
        let (instance, reason) = (&rejected.instance, &rejected.reason);
        let _ = writeln!(text, "    not {instance}: {reason}: {}", rejected.text);
    }
    let left_out = decision.rejected.len().saturating_sub(STOPS_SHOWN);
    if left_out > 0 {
        let _ = writeln!(text, "    and not {}", counted(left_out as u64, "other"));
    }
    text
}
