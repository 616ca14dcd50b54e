//! Reports as text for a terminal: figures aligned, nothing that the JSON does not have.

use comfy_table::{CellAlignment, Table, presets};
use eniac_catalog::NanoUsdPerHour;
use eniac_core::Severity;
use eniac_core::capacity::Resource;
use eniac_core::packing_json::PackingAnswer;
use eniac_core::report::{CheapestFleet, Cost, Fleet, InstanceCount, Report, ServiceReport, proof};
use std::fmt::Write;

/// How many types are shown for each service.
const TYPES_SHOWN: usize = 10;

/// A report, whole.
pub(crate) fn plan(report: &Report) -> String {
    let mut text = String::new();
    let zones = report.region.zones.join(", ");
    let _ = writeln!(text, "{}  {}  {zones}\n", title(&report.name), report.region.name);
    text.push_str(&answers(report));
    for diagnostic in &report.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ = writeln!(text, "{severity}: {}: {}", diagnostic.path, diagnostic.message);
    }
    text.push_str(&funnel(report));
    if let Some(predicted) = &report.predicted {
        text.push_str(&fleet("Predicted fleet", &predicted.fleet));
        for tie in &predicted.ties {
            let _ = writeln!(text, "ties in compute price with {}", mix(&tie.mix));
        }
    }
    if let Some(cheapest) = &report.cheapest {
        text.push_str(&fleet("Cheapest fleet", &cheapest.fleet));
        text.push_str(&claim(cheapest));
    }
    for service in report.services.iter().filter(|service| !service.types.is_empty()) {
        text.push_str(&types(service));
    }
    for assumption in &report.assumptions {
        let _ = writeln!(text, "assumed: {} ({})", assumption.text, assumption.source);
    }
    let parts = report.region.as_of.iter();
    let dates: Vec<String> = parts.map(|part| format!("{} {}", part.part, part.as_of)).collect();
    let _ = writeln!(text, "\nFigures as of: {}", dates.join("; "));
    without_trailing_space(&text)
}

/// A packing problem's plan.
pub(crate) fn packing(answer: &PackingAnswer) -> String {
    let mut table = plain();
    table.set_header(["copies", "type", "zone", "tasks on each"]);
    for pattern in &answer.fleet {
        let tasks = pattern.tasks.iter();
        let tasks: Vec<String> = tasks.map(|(id, count)| format!("{count} x {id}")).collect();
        table.add_row([
            pattern.copies.to_string(),
            pattern.instance_type.clone(),
            pattern.zone.to_string(),
            tasks.join(", "),
        ]);
    }
    let nano = |micro: u64| NanoUsdPerHour(micro.saturating_mul(1000));
    let proof = proof(nano(answer.cost_micro), nano(answer.lower_bound_micro));
    let (cost, bound) = (usd(answer.cost_micro * 1000), usd(answer.lower_bound_micro * 1000));
    let (name, instances) = (title(&answer.name), answer.instances);
    without_trailing_space(&format!(
        "{name}: {cost} USD an hour on {instances} instances, {proof}\n\n{table}\n\n\
         no fleet costs less than {bound} USD an hour; work: {} steps\n",
        answer.work
    ))
}

/// Tables fill their last column with spaces, which wrap in a narrow terminal.
fn without_trailing_space(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Facts, a line each.
pub(crate) fn facts(rows: &[(String, String)]) -> String {
    let mut table = plain();
    for (name, value) in rows {
        table.add_row([name, value]);
    }
    without_trailing_space(&table.to_string())
}

fn plain() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table
}

fn title(name: &str) -> &str {
    if name.is_empty() { "Plan" } else { name }
}

fn usd(nano: u64) -> String {
    let micro = nano.saturating_add(500) / 1000;
    format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// Money that must not be said too high.
fn usd_down(nano: u64) -> String {
    usd(nano / 1000 * 1000)
}

/// Money that must not be said too low.
fn usd_up(nano: u64) -> String {
    usd(nano.div_ceil(1000).saturating_mul(1000))
}

fn month(cost: &Cost) -> String {
    let cents = (cost.total_micro_usd_per_month + 5000) / 10_000;
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn mix(counts: &[InstanceCount]) -> String {
    let counts = counts.iter().map(|count| format!("{} x {}", count.count, count.instance_type));
    let mix: Vec<String> = counts.collect();
    if mix.is_empty() { "no instances".to_owned() } else { mix.join(" + ") }
}

fn answers(report: &Report) -> String {
    let mut table = plain();
    table.set_header(["USD an hour", "compute", "fee", "disks", "total", "a month", "", ""]);
    let mut row = |name: &str, cost: &Cost, what: String, proof: String| {
        table.add_row([
            name.to_owned(),
            usd(cost.compute_nano_usd_per_hour.0),
            usd(cost.fee_nano_usd_per_hour.0),
            usd(cost.disk_nano_usd_per_hour.0),
            usd(cost.total_nano_usd_per_hour.0),
            month(cost),
            what,
            proof,
        ]);
    };
    if let Some(predicted) = &report.predicted {
        row("predicted", &predicted.fleet.cost, mix(&predicted.fleet.mix), String::new());
    }
    if let Some(cheapest) = &report.cheapest {
        row("cheapest", &cheapest.fleet.cost, mix(&cheapest.fleet.mix), cheapest.proof.clone());
    }
    let fargate = &report.fargate;
    let missing = match fargate.unsupported.as_slice() {
        [] => String::new(),
        // Less than the fleets run: not to be compared with them.
        services => format!("without {}, which Fargate cannot run", services.join(", ")),
    };
    for (name, cost) in [
        ("Fargate x86", fargate.x86),
        ("Fargate ARM", fargate.arm),
        ("Fargate Spot", fargate.spot_x86),
    ] {
        if let Some(cost) = cost {
            row(name, &cost, missing.clone(), String::new());
        }
    }
    for column in 1..=5 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!("{table}\n\n")
}

/// `types: 1395 known, region 1375, burstablePerformance 984, …: 57 admitted`.
fn funnel(report: &Report) -> String {
    let selection = &report.selection;
    let steps = selection.funnel.iter().map(|step| format!(", {} {}", step.attribute, step.left));
    let steps: String = steps.collect();
    format!("types: {} known{steps}: {} admitted\n\n", selection.considered, selection.admitted)
}

fn fleet(name: &str, fleet: &Fleet) -> String {
    let mut table = plain();
    table.set_header(["count", "type", "in each zone", "tasks on each", "binds"]);
    for group in &fleet.groups {
        let zones: Vec<String> = group.per_zone.iter().map(u32::to_string).collect();
        let tasks: Vec<String> =
            group.tasks.iter().map(|task| format!("{} x {}", task.count, task.service)).collect();
        table.add_row([
            group.count.to_string(),
            group.instance_type.clone(),
            zones.join(" / "),
            tasks.join(", "),
            resources(&group.binding),
        ]);
    }
    format!("{name}: {}\n{table}\n\n", mix(&fleet.mix))
}

/// How much could be saved at most, where that is not nothing, and what would tell more.
fn claim(cheapest: &CheapestFleet) -> String {
    if cheapest.proven_optimal {
        return String::new();
    }
    let bound = cheapest.lower_bound_nano_usd_per_hour;
    let most = cheapest.fleet.cost.total_nano_usd_per_hour.0.saturating_sub(bound.0);
    let more = if cheapest.more_work_may_help {
        "More --work may find more, or prove that there is none."
    } else {
        "More --work is not likely to find more."
    };
    let (bound, most) = (usd_down(bound.0), usd_up(most));
    format!("No fleet costs less than {bound} USD an hour: at most {most} can be saved. {more}\n\n")
}

fn types(service: &ServiceReport) -> String {
    let mut table = plain();
    table.set_header(["rank", "type", "tasks", "by", "binds", "USD/task-h", "with fee, disk"]);
    for row in service.types.iter().take(TYPES_SHOWN) {
        let limits = row.limits.iter();
        let limits: Vec<String> =
            limits.map(|limit| format!("{} {}", limit.resource.name(), limit.tasks)).collect();
        table.add_row([
            row.rank.to_string(),
            row.instance_type.clone(),
            row.tasks.to_string(),
            limits.join(", "),
            resources(&row.binding),
            usd(row.on_demand_nano_usd_per_task_hour.0),
            usd(row.total_nano_usd_per_task_hour.0),
        ]);
    }
    format!(
        "{} ({} CPU units, {} MiB): fits {} types\n{table}\n\n",
        service.name, service.demand.cpu.0, service.demand.memory_mib.0, service.fitting_types
    )
}

fn resources(binding: &[Resource]) -> String {
    let names: Vec<&str> = binding.iter().map(|each| each.name()).collect();
    names.join(" + ")
}
