//! Reports as text for a terminal: figures aligned, nothing that the JSON does not have.

use crate::figures::{
    CostTable, counted, diagnostics, footing, heading, mix, plain, resources, title, usd, usd_down,
    usd_up, without_trailing_space,
};
use eniac_catalog::NanoUsdPerHour;
use eniac_core::packing_json::PackingAnswer;
use eniac_core::report::{
    CheapestFleet, Fleet, LeftOutService, PriceSource, Report, SelectionReport, ServiceReport,
    proof,
};
use eniac_core::scenario::PurchaseOption;
use std::fmt::Write;

/// How many types are shown for each service.
const TYPES_SHOWN: usize = 10;

/// A report, whole.
pub(crate) fn plan(report: &Report) -> String {
    let mut text = heading(&report.name, &report.region);
    text.push_str(&answers(report));
    if !report.left_out.is_empty() {
        let names: Vec<&str> = report.left_out.iter().map(LeftOutService::called).collect();
        let _ = writeln!(text, "without {}, as the errors say", names.join(", "));
    }
    text.push_str(&diagnostics(&report.diagnostics));
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
        text.push_str(&types(service, report));
    }
    text.push_str(&footing(&report.assumptions, &report.region));
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

/// Facts, a line each.
pub(crate) fn facts(rows: &[(String, String)]) -> String {
    let mut table = plain();
    for (name, value) in rows {
        table.add_row([name, value]);
    }
    without_trailing_space(&table.to_string())
}

fn answers(report: &Report) -> String {
    let mut table = CostTable::new();
    table.fleets(report.predicted.as_ref(), report.cheapest.as_ref());
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
            table.row(name, &cost, missing.clone(), String::new());
        }
    }
    table.text()
}

/// `types: 1395 known, region 1375, burstablePerformance 984, …: 57 admitted`.
fn funnel(report: &Report) -> String {
    if report.providers.is_empty() {
        return format!("types: {}\n\n", selected(&report.selection));
    }
    let mut text = String::new();
    for provider in &report.providers {
        let bought = match provider.purchase_option {
            PurchaseOption::OnDemand => "On-Demand",
            PurchaseOption::Spot => "Spot",
            PurchaseOption::Reserved1Year => "reserved for 1 year",
            PurchaseOption::Reserved3Years => "reserved for 3 years",
        };
        let (name, tasks) = (&provider.name, counted(provider.tasks, "task"));
        let types = selected(&provider.selection);
        let _ = writeln!(text, "{name} ({bought}): {tasks}; types: {types}");
    }
    text + "\n"
}

fn selected(selection: &SelectionReport) -> String {
    let steps = selection.funnel.iter().map(|step| format!(", {} {}", step.attribute, step.left));
    let steps: String = steps.collect();
    format!("{} known{steps}: {} admitted", selection.considered, selection.admitted)
}

/// The instances of a fleet with what is on them; the provider where there are several.
pub(crate) fn fleet(name: &str, fleet: &Fleet) -> String {
    let provided = fleet.groups.iter().any(|group| group.provider.is_some());
    let mut table = plain();
    let mut header = vec!["count", "type", "in each zone", "tasks on each", "binds"];
    if provided {
        header.insert(2, "provider");
    }
    table.set_header(header);
    for group in &fleet.groups {
        let zones: Vec<String> = group.per_zone.iter().map(u32::to_string).collect();
        let tasks = group.tasks.iter().map(|task| {
            let old = if task.replaced { " (old)" } else { "" };
            format!("{} x {}{old}", task.count, task.service)
        });
        let tasks: Vec<String> = tasks.collect();
        let mut row = vec![
            group.count.to_string(),
            group.instance_type.clone(),
            zones.join(" / "),
            tasks.join(", "),
            resources(&group.binding),
        ];
        if provided {
            row.insert(2, group.provider.clone().unwrap_or_default());
        }
        table.add_row(row);
    }
    format!("{name}: {}\n{table}\n\n", mix(&fleet.mix))
}

/// How much could be saved at most, where that is not nothing, and what would tell more.
pub(crate) fn claim(cheapest: &CheapestFleet) -> String {
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

fn types(service: &ServiceReport, report: &Report) -> String {
    let source = |name: &str| {
        let found = report.instance_types.iter().find(|it| it.name == name);
        found.map_or(PriceSource::Listed, |it| it.price_source)
    };
    let shown = || service.types.iter().take(TYPES_SHOWN);
    let has_own = shown().any(|row| source(&row.instance_type) == PriceSource::Yours);
    let mut table = plain();
    let mut header = vec!["rank", "type", "tasks", "by", "binds", "USD/task-h", "with fee, disk"];
    header.extend(has_own.then_some("price"));
    table.set_header(header);
    for row in shown() {
        let limits = row.limits.iter();
        let limits: Vec<String> =
            limits.map(|limit| format!("{} {}", limit.resource.name(), limit.tasks)).collect();
        let mut cells = vec![
            row.rank.to_string(),
            row.instance_type.clone(),
            row.tasks.to_string(),
            limits.join(", "),
            resources(&row.binding),
            usd(row.on_demand_nano_usd_per_task_hour.0),
            usd(row.total_nano_usd_per_task_hour.0),
        ];
        let word = match source(&row.instance_type) {
            PriceSource::Listed => "listed",
            PriceSource::Estimated => "estimated",
            PriceSource::Yours => "yours",
        };
        cells.extend(has_own.then(|| word.to_owned()));
        table.add_row(cells);
    }
    format!(
        "{} ({} CPU units, {} MiB): fits {} types\n{table}\n\n",
        service.name, service.demand.cpu.0, service.demand.memory_mib.0, service.fitting_types
    )
}
