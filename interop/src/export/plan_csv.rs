//! A plan as a table with commas: a row for each type of instance in each zone, with what one holds
//! and costs. Figures are exact and without separators, so that a spreadsheet counts with them.

use super::money::{exact_usd, exact_usd_of_micro};
use crate::cells::row;
use eniac_core::report::{Fleet, InstanceGroup, PriceSource, Report};

const COLUMNS: [&str; 17] = [
    "fleet",
    "instance type",
    "count",
    "zone",
    "capacity provider",
    "operating system",
    "architecture",
    "vCPU",
    "memory (MiB)",
    "tasks on each",
    "CPU units used",
    "memory used (MiB)",
    "USD per hour each",
    "USD per hour",
    "USD per month",
    "price",
    "price as of",
];

/// Both fleets of a report, and the services that are in neither.
pub fn plan_csv(report: &Report) -> String {
    let names: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    let mut text = row(&names);
    let predicted = report.predicted.as_ref().map(|predicted| &predicted.fleet);
    let cheapest = report.cheapest.as_ref().map(|cheapest| &cheapest.fleet);
    for (name, fleet) in [("predicted", predicted), ("cheapest", cheapest)] {
        if let Some(fleet) = fleet {
            write(name, fleet, report, &mut text);
        }
    }
    for service in report.services.iter().filter(|service| !service.planned) {
        let mut cells = vec![String::new(); COLUMNS.len()];
        let tasks = format!("{} x {}", service.desired_count, service.name);
        for (place, said) in [(0, "not planned".to_owned()), (9, tasks)] {
            if let Some(cell) = cells.get_mut(place) {
                *cell = said;
            }
        }
        text.push_str(&row(&cells));
    }
    text
}

fn write(name: &str, fleet: &Fleet, report: &Report, text: &mut String) {
    for group in &fleet.groups {
        let in_zones: u32 = group.per_zone.iter().fold(0, |sum, count| sum.saturating_add(*count));
        if in_zones == group.count {
            let zones = group.per_zone.iter().zip(&report.region.zones);
            for (count, zone) in zones.filter(|(count, _)| **count > 0) {
                text.push_str(&row(&cells(name, group, *count, zone, report)));
            }
        } else {
            text.push_str(&row(&cells(name, group, group.count, "", report)));
        }
    }
}

fn cells(
    fleet: &str,
    group: &InstanceGroup,
    count: u32,
    zone: &str,
    report: &Report,
) -> Vec<String> {
    let facts = report.instance_types.iter().find(|it| it.name == group.instance_type);
    let tasks: Vec<String> = group
        .tasks
        .iter()
        .map(|tasks| {
            let replaced = if tasks.replaced { " (old revision)" } else { "" };
            format!("{} x {}{replaced}", tasks.count, tasks.service)
        })
        .collect();
    let each = group.each.total_nano_usd_per_hour;
    let all = each.times(u64::from(count));
    let operating_system = serde_json::to_value(group.operating_system).ok();
    let operating_system = operating_system.and_then(|it| it.as_str().map(str::to_owned));
    vec![
        fleet.to_owned(),
        group.instance_type.clone(),
        count.to_string(),
        zone.to_owned(),
        group.provider.clone().unwrap_or_default(),
        operating_system.unwrap_or_default(),
        facts.map(|it| it.architecture.clone()).unwrap_or_default(),
        facts.map(|it| vcpus(it.cpu.0)).unwrap_or_default(),
        facts.map(|it| it.memory_mib.0.to_string()).unwrap_or_default(),
        tasks.join("; "),
        group.used_cpu.to_string(),
        group.used_memory_mib.to_string(),
        exact_usd(each.0),
        exact_usd(all.0),
        exact_usd_of_micro(all.micro_usd_per_month()),
        facts.map(|it| price_source(it.price_source).to_owned()).unwrap_or_default(),
        facts.map(|it| as_of(report, it.price_source)).unwrap_or_default(),
    ]
}

/// Where a price comes from, in a word.
pub(super) fn price_source(source: PriceSource) -> &'static str {
    match source {
        PriceSource::Listed => "listed",
        PriceSource::Estimated => "estimated",
        PriceSource::Yours => "yours",
    }
}

/// The dates of the On-Demand prices that are listed, or of those that are estimated; of the user's
/// own there is none.
fn as_of(report: &Report, source: PriceSource) -> String {
    let how = match source {
        PriceSource::Listed => ", listed",
        PriceSource::Estimated => ", estimated",
        PriceSource::Yours => return String::new(),
    };
    let parts = report.region.as_of.iter();
    let dates = parts.filter(|it| it.part.starts_with("On-Demand") && it.part.ends_with(how));
    dates.map(|part| part.as_of.as_str()).collect::<Vec<_>>().join("; ")
}

/// CPU units as vCPUs.
pub(super) fn vcpus(units: u64) -> String {
    exact_usd(units.saturating_mul(1_000_000_000) / 1_024)
}

/// The dates of the parts of the catalogue that hold prices.
pub(super) fn prices_as_of(report: &Report) -> String {
    let parts = report.region.as_of.iter().filter(|part| {
        part.part.contains("prices") || part.part.contains("Spot") || part.part.contains("Reserved")
    });
    parts.map(|part| format!("{} {}", part.part, part.as_of)).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::Cells;
    use crate::export::golden;

    #[test]
    fn every_instance_of_both_fleets_is_counted_and_paid_for() {
        for (name, report) in golden::reports() {
            let table = plan_csv(&report);
            let rows = Cells::of(&table, 0).rows;
            let predicted = report.predicted.as_ref().map(|it| &it.fleet);
            let cheapest = report.cheapest.as_ref().map(|it| &it.fleet);
            for (which, fleet) in [("predicted", predicted), ("cheapest", cheapest)] {
                let Some(fleet) = fleet else { continue };
                let of_fleet = rows.iter().filter(|row| row.cells[0].text == which);
                let (mut instances, mut nano_usd) = (0, 0.0);
                for row in of_fleet {
                    instances += row.cells[2].text.parse::<u32>().unwrap();
                    nano_usd += row.cells[13].text.parse::<f64>().unwrap() * 1e9;
                }
                assert_eq!(instances, fleet.instances, "{name} {which}");
                let cost = fleet.cost.total_nano_usd_per_hour.0 as f64;
                assert!((nano_usd - cost).abs() <= 10.0, "{name} {which}: {nano_usd} {cost}");
            }
        }
    }

    #[test]
    fn a_plan_reads_like_this() {
        insta::assert_snapshot!(plan_csv(&golden::report("managed-a-shop")));
    }
}
