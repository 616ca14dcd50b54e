//! Results of Logs Insights, as JSON or as a table: a row for a service, or for a service in a time,
//! with samples or statistics in columns that the query has named.

use super::{Source, measure};
use crate::account::Account;
use crate::cells::Cells;
use crate::node::{Node, Place};
use crate::usage::{Measure, SizedResource, Statistic, Usage, Who, thousandths};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Service,
    Time,
    Count,
    Sample(Measure),
    Statistic(Measure, Statistic),
}

/// `{"results": [[{"field": …, "value": …}, …], …]}`.
pub(super) fn is_results(json: &Node) -> bool {
    let rows = json.get("results").and_then(Node::as_list);
    let first = rows.and_then(<[Node]>::first).and_then(Node::as_list);
    first.and_then(<[Node]>::first).is_some_and(|cell| cell.get("field").is_some())
}

/// Whether columns of these names are usage of services.
pub(super) fn are_names(names: &[&str]) -> bool {
    let columns: Vec<Column> = names.iter().filter_map(|name| column(name)).collect();
    columns.contains(&Column::Service)
        && columns.iter().any(|it| matches!(it, Column::Sample(_) | Column::Statistic(..)))
}

fn column(name: &str) -> Option<Column> {
    let lower = name.to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.as_str() {
        "servicename" | "service" => return Some(Column::Service),
        "timestamp" | "time" | "mintimestamp" | "maxtimestamp" | "from" | "to" => {
            return Some(Column::Time);
        }
        "count" | "samples" | "samplecount" | "n" => return Some(Column::Count),
        _ => {}
    }
    if lower.starts_with("bin(") {
        return Some(Column::Time);
    }
    if lower.starts_with("count(") {
        return Some(Column::Count);
    }
    if let Some(measure) = measure(name) {
        return Some(Column::Sample(measure));
    }
    let measure = measured(&lower)?;
    Some(Column::Statistic(measure, statistic(&lower)?))
}

/// What a column of statistics is of: `max(MemoryUtilized)`, `cpu_p95`.
fn measured(name: &str) -> Option<Measure> {
    let resource = match (name.contains("cpu"), name.contains("mem")) {
        (true, false) => SizedResource::Cpu,
        (false, true) => SizedResource::Memory,
        _ => return None,
    };
    if name.contains("reserved") {
        return None;
    }
    let is_percent = name.contains("utilization") || name.contains("percent") || name.contains('%');
    Some(Measure { resource, is_percent })
}

/// Which statistic: `p95(…)`, `pct(…, 95)`, `max(…)`, or a word of a name that was given.
fn statistic(name: &str) -> Option<Statistic> {
    if let Some(inner) = name.strip_prefix("pct(").or_else(|| name.strip_prefix("percentile(")) {
        let percent = inner.trim_end_matches(')').rsplit(',').next()?;
        return Statistic::named(&format!("p{}", percent.trim()));
    }
    let of_text =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).find_map(Statistic::named);
    let without = ["cpu", "memory", "mem", "utilized"]
        .iter()
        .fold(name.to_owned(), |text, word| text.replace(word, " "));
    of_text(name).or_else(|| of_text(&without))
}

/// A row: the text of each column that says something.
type Row<'a> = (Place, Vec<(&'a str, String)>);

pub(super) fn read(json: &Node, usage: &mut Usage, account: &mut Account) {
    let results = json.get("results").and_then(Node::as_list).unwrap_or_default();
    for result in results {
        let cells = result.as_list().unwrap_or_default().iter().filter_map(|cell| {
            let field = cell.get("field").and_then(Node::as_text)?;
            Some((field, cell.get("value").and_then(Node::scalar)?))
        });
        row(&(result.at.without_span(), cells.collect()), usage, account);
    }
}

pub(super) fn read_table(source: &Source, usage: &mut Usage, account: &mut Account) {
    let cells = Cells::of(&source.text, source.file);
    if cells.is_cut {
        account.problem(Place::file(source.file), "", "the table is too long: its end is left out");
    }
    let mut rows = cells.rows.iter();
    let Some(head) = rows.next() else { return };
    for it in rows {
        let named = head.cells.iter().zip(&it.cells);
        let texts = named.map(|(name, cell)| (name.text.as_str(), cell.text.clone()));
        row(&(it.at, texts.collect()), usage, account);
    }
}

fn row((at, cells): &Row<'_>, usage: &mut Usage, account: &mut Account) {
    let columns: Vec<(Column, &str)> =
        cells.iter().filter_map(|(name, text)| Some((column(name)?, text.as_str()))).collect();
    let of = |wanted: Column| {
        let texts = columns.iter().filter(move |(column, _)| *column == wanted);
        texts.map(|(_, text)| *text).filter(|text| !text.is_empty())
    };
    let Some(service) = of(Column::Service).next() else {
        account.left_out(*at, "", "left out: the row names no service");
        return;
    };
    for (column, text) in &columns {
        let (measure, statistic) = match column {
            Column::Sample(measure) => (*measure, None),
            Column::Statistic(measure, statistic) => (*measure, Some(*statistic)),
            _ => continue,
        };
        if text.is_empty() {
            continue;
        }
        let Some(value) = thousandths(text) else {
            account.problem(*at, service, format!("{text} is no amount of usage"));
            continue;
        };
        let seen = usage.of(Who::Service(service.to_owned()), measure, *at);
        match statistic {
            Some(statistic) => seen.statistic(statistic, value),
            None => seen.sample(value),
        }
        of(Column::Time).for_each(|time| seen.time(time));
    }
    if let Some(count) = of(Column::Count).next().and_then(|text| text.parse().ok()) {
        let mut measures: Vec<Measure> = columns
            .iter()
            .filter_map(|(column, _)| match column {
                Column::Statistic(measure, _) => Some(*measure),
                _ => None,
            })
            .collect();
        measures.sort_unstable();
        measures.dedup();
        for measure in measures {
            usage.of(Who::Service(service.to_owned()), measure, *at).count(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_as_queries_name_them() {
        let cpu = Measure { resource: SizedResource::Cpu, is_percent: false };
        let memory = Measure { resource: SizedResource::Memory, is_percent: false };
        let p95 = Statistic::Percentile(95_000);
        for (name, expected) in [
            ("ServiceName", Some(Column::Service)),
            ("CpuUtilized", Some(Column::Sample(cpu))),
            ("pct(CpuUtilized, 95)", Some(Column::Statistic(cpu, p95))),
            (
                "pct(MemoryUtilized,99.9)",
                Some(Column::Statistic(memory, Statistic::Percentile(99_900))),
            ),
            ("max(MemoryUtilized)", Some(Column::Statistic(memory, Statistic::Maximum))),
            ("avg(CpuUtilized)", Some(Column::Statistic(cpu, Statistic::Average))),
            ("cpu_p95", Some(Column::Statistic(cpu, p95))),
            ("p95Cpu", Some(Column::Statistic(cpu, p95))),
            ("maxMemory", Some(Column::Statistic(memory, Statistic::Maximum))),
            ("bin(1h)", Some(Column::Time)),
            ("count(*)", Some(Column::Count)),
            ("max(CpuReserved)", None),
            ("ClusterName", None),
        ] {
            assert_eq!(column(name), expected, "{name}");
        }
    }
}
