//! A plan as Markdown for a pull request: the answer first, both fleets, services, what is wrong, and
//! what is assumed folded away; with the plan before, what changes. Names cannot form Markdown, HTML,
//! mentions or links.

mod escape;

use super::money::{difference, usd_a_month, usd_an_hour};
use super::plan_csv::{price_source, prices_as_of, vcpus};
use eniac_core::Severity;
use eniac_core::report::{
    Confidence, Cost, Fleet, InstanceCount, InstanceGroup, Report, ServiceReport,
};
use escape::escaped;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A report, and what it changes against `baseline`.
pub fn markdown(report: &Report, baseline: Option<&Report>) -> String {
    let mut text = String::new();
    let name = if report.name.is_empty() { "this scenario" } else { &report.name };
    line(&mut text, &format!("## Capacity plan: {}", escaped(name)));
    line(&mut text, &answer(report));
    if let Some(before) = baseline {
        compared(&mut text, before, report);
    }
    if let Some(predicted) = &report.predicted {
        fleet(&mut text, "Predicted: what ECS would launch", &predicted.fleet, report);
        if !predicted.ties.is_empty() {
            let ties: Vec<String> = predicted.ties.iter().map(|tie| mix(&tie.mix)).collect();
            line(&mut text, &format!("At the same price ECS may launch: {}.", ties.join("; ")));
        }
    }
    if let Some(cheapest) = &report.cheapest {
        fleet(&mut text, "Cheapest under the same rules", &cheapest.fleet, report);
        line(&mut text, &format!("{}.", capitalised(&escaped(&cheapest.proof))));
    }
    fargate(&mut text, report);
    services(&mut text, report);
    diagnostics(&mut text, report);
    assumptions(&mut text, report);
    let region = escaped(&report.region.name);
    line(&mut text, &format!("<sub>{region} · {}</sub>", escaped(&prices_as_of(report))));
    text
}

/// A paragraph.
fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push_str("\n\n");
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn answer(report: &Report) -> String {
    let sentence = |fleet: &Fleet| {
        let plural = if fleet.instances == 1 { "" } else { "s" };
        format!(
            "**{} instance{plural}, {} a month** ({} an hour): {}",
            fleet.instances,
            usd_a_month(&fleet.cost),
            usd_an_hour(&fleet.cost),
            mix(&fleet.mix)
        )
    };
    let left_out: Vec<String> = report
        .services
        .iter()
        .filter(|service| !service.planned)
        .map(|service| escaped(&service.name))
        .chain(report.left_out.iter().map(|service| escaped(service.called())))
        .collect();
    let without = if left_out.is_empty() {
        String::new()
    } else {
        format!(" **Not planned: {}.**", left_out.join(", "))
    };
    let answer = match (&report.predicted, &report.cheapest) {
        (Some(predicted), Some(cheapest)) => format!(
            "{}. The cheapest fleet costs {} a month, {}.",
            sentence(&predicted.fleet),
            usd_a_month(&cheapest.fleet.cost),
            escaped(&cheapest.proof)
        ),
        (Some(predicted), None) => format!("{}.", sentence(&predicted.fleet)),
        (None, Some(cheapest)) => {
            format!("{}, {}.", sentence(&cheapest.fleet), escaped(&cheapest.proof))
        }
        (None, None) => "Nothing can be planned.".to_owned(),
    };
    answer + &without
}

/// `3 × m6g.large + 1 × c6g.large`.
fn mix(mix: &[InstanceCount]) -> String {
    let types: Vec<String> =
        mix.iter().map(|it| format!("{} × {}", it.count, escaped(&it.instance_type))).collect();
    if types.is_empty() { "no instances".to_owned() } else { types.join(" + ") }
}

/// The fleets of a report, by what they are called.
fn fleets(report: &Report) -> [(&'static str, Option<&Fleet>); 2] {
    [
        ("predicted", report.predicted.as_ref().map(|it| &it.fleet)),
        ("cheapest", report.cheapest.as_ref().map(|it| &it.fleet)),
    ]
}

fn compared(text: &mut String, before: &Report, after: &Report) {
    line(text, "### What changes");
    text.push_str("| a month | before | after | difference |\n|---|---:|---:|---:|\n");
    let cell = |cost: Option<&Cost>| cost.map_or_else(|| "none".to_owned(), usd_a_month);
    let mut row = |name: &str, before: Option<&Cost>, after: Option<&Cost>| {
        let change = before.zip(after).map_or_else(String::new, |(a, b)| difference(a, b));
        // Writing to a text cannot fail.
        let _ = writeln!(text, "| {name} | {} | {} | {change} |", cell(before), cell(after));
    };
    for ((name, before), (_, after)) in fleets(before).into_iter().zip(fleets(after)) {
        row(name, before.map(|fleet| &fleet.cost), after.map(|fleet| &fleet.cost));
    }
    let quote = |report: &Report| report.fargate.cheapest;
    row("Fargate", quote(before).as_ref(), quote(after).as_ref());
    text.push('\n');
    for ((name, before), (_, after)) in fleets(before).into_iter().zip(fleets(after)) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let changes = type_changes(before, after);
        if changes.is_empty() {
            line(text, &format!("{}: the same instances.", capitalised(name)));
        } else {
            line(text, &format!("{}: {}.", capitalised(name), changes.join(", ")));
        }
    }
}

/// `m6g.large 3 → 5` for each type whose number changes.
fn type_changes(before: &Fleet, after: &Fleet) -> Vec<String> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for it in &before.mix {
        counts.entry(&it.instance_type).or_default().0 += it.count;
    }
    for it in &after.mix {
        counts.entry(&it.instance_type).or_default().1 += it.count;
    }
    let changed = counts.into_iter().filter(|(_, (before, after))| before != after);
    changed.map(|(name, (before, after))| format!("{} {before} → {after}", escaped(name))).collect()
}

fn fleet(text: &mut String, title: &str, fleet: &Fleet, report: &Report) {
    line(text, &format!("### {title}"));
    text.push_str(
        "| count | type | vCPU | MiB | in each zone | tasks on each | price | USD an hour each |\n\
         |---:|---|---:|---:|---|---|---|---:|\n",
    );
    for group in &fleet.groups {
        text.push_str(&group_row(group, report));
    }
    let _ = writeln!(
        text,
        "| **{}** | | | | | | | **{}**, {} a month |\n",
        fleet.instances,
        usd_an_hour(&fleet.cost),
        usd_a_month(&fleet.cost)
    );
}

fn group_row(group: &InstanceGroup, report: &Report) -> String {
    let facts = report.instance_types.iter().find(|it| it.name == group.instance_type);
    let zones: Vec<String> = group.per_zone.iter().map(u32::to_string).collect();
    let tasks: Vec<String> = group
        .tasks
        .iter()
        .map(|tasks| format!("{} × {}", tasks.count, escaped(&tasks.service)))
        .collect();
    let provider = group.provider.as_deref().map(|it| format!(" ({})", escaped(it)));
    format!(
        "| {} | {}{} | {} | {} | {} | {} | {} | {} |\n",
        group.count,
        escaped(&group.instance_type),
        provider.unwrap_or_default(),
        facts.map(|it| vcpus(it.cpu.0)).unwrap_or_default(),
        facts.map(|it| it.memory_mib.0.to_string()).unwrap_or_default(),
        zones.join(" / "),
        tasks.join(", "),
        facts.map_or("", |it| price_source(it.price_source)),
        usd_an_hour(&group.each)
    )
}

fn fargate(text: &mut String, report: &Report) {
    let quotes = [
        ("x86", report.fargate.x86),
        ("ARM", report.fargate.arm),
        ("Spot on x86", report.fargate.spot_x86),
    ];
    let quotes: Vec<String> = quotes
        .into_iter()
        .filter_map(|(name, cost)| Some(format!("{} on {name}", usd_a_month(&cost?))))
        .collect();
    let without = if report.fargate.unsupported.is_empty() {
        String::new()
    } else {
        let names: Vec<String> = report.fargate.unsupported.iter().map(|it| escaped(it)).collect();
        format!(" Without {}, which Fargate cannot run.", names.join(", "))
    };
    if quotes.is_empty() {
        line(text, &format!("Fargate: no price for all tasks.{without}"));
    } else {
        let quotes = quotes.join(", ").replace("on Spot", "as Spot");
        line(text, &format!("The same tasks on Fargate, a month: {quotes}.{without}"));
    }
}

fn services(text: &mut String, report: &Report) {
    if report.services.is_empty() {
        return;
    }
    line(text, "### Services");
    text.push_str(
        "| service | tasks | CPU units | MiB | fits types | best type | tasks on it |\n\
         |---|---:|---:|---:|---:|---|---:|\n",
    );
    for service in &report.services {
        text.push_str(&service_row(service));
    }
    text.push('\n');
}

fn service_row(service: &ServiceReport) -> String {
    let best = service.types.first();
    let planned = if service.planned { "" } else { " (not planned)" };
    format!(
        "| {}{planned} | {} | {} | {} | {} | {} | {} |\n",
        escaped(&service.name),
        service.desired_count,
        service.demand.cpu.0,
        service.demand.memory_mib.0,
        service.fitting_types,
        best.map(|it| escaped(&it.instance_type)).unwrap_or_default(),
        best.map(|it| it.tasks.to_string()).unwrap_or_default()
    )
}

fn diagnostics(text: &mut String, report: &Report) {
    if report.diagnostics.is_empty() {
        return;
    }
    line(text, "### Worth knowing");
    for diagnostic in &report.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "**error**",
            Severity::Warning => "**warning**",
            Severity::Note => "note",
        };
        let path = if diagnostic.path.is_empty() {
            String::new()
        } else {
            format!(" {}", escaped(&diagnostic.path))
        };
        let _ = writeln!(text, "- {severity}{path}: {}", escaped(&diagnostic.message));
    }
    text.push('\n');
}

fn assumptions(text: &mut String, report: &Report) {
    if report.assumptions.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "<details>\n<summary>What is assumed ({})</summary>\n",
        report.assumptions.len()
    );
    for assumption in &report.assumptions {
        let confidence = match assumption.confidence {
            Confidence::Documented => "documented",
            Confidence::Measured => "measured",
            Confidence::Inferred => "inferred",
            Confidence::Contradicted => "sources contradict each other",
        };
        let (sentence, source) = (escaped(&assumption.text), escaped(&assumption.source));
        let _ = writeln!(text, "- {sentence} ({source}; {confidence})");
    }
    text.push_str("\n</details>\n\n");
}

#[cfg(test)]
mod tests;
