//! The steps of a placement in words: what each rule left, and why.

use crate::placement::Cluster;
use crate::placement::strategy::{BinpackBy, Rule, SpreadBy};
use crate::report::DecisionStep;
use crate::scenario::quantity::with_thousands;

/// What a rule left, and what it preferred.
pub(super) fn step(
    cluster: &Cluster,
    zones: &[String],
    kind: usize,
    rule: &Rule,
    left: &[usize],
) -> DecisionStep {
    let service = cluster.kinds()[kind].service;
    let first = left.first().copied().unwrap_or_default();
    let text = match rule {
        Rule::Random => "by chance".to_owned(),
        Rule::Spread(SpreadBy::Zone) => {
            let mut names: Vec<&str> = left
                .iter()
                .filter_map(|it| zones.get(cluster.site(*it).zone))
                .map(String::as_str)
                .collect();
            names.sort_unstable();
            names.dedup();
            let tasks = cluster.per_zone(service)[cluster.site(first).zone];
            format!("{} with {}", names.join(", "), tasks_of(tasks))
        }
        Rule::Spread(SpreadBy::Instance) => {
            format!("instances with {}", tasks_of(cluster.instances()[first].counts[service]))
        }
        Rule::Spread(SpreadBy::Attribute(name)) => {
            let value = cluster.site(first).attributes.get(name);
            format!("{name} {}", value.map_or("not set", String::as_str))
        }
        Rule::Binpack(by) => format!("{} left", amount(*by, cluster.instances()[first].free)),
    };
    DecisionStep {
        rule: rule.to_string(),
        left: u32::try_from(left.len()).unwrap_or(u32::MAX),
        text,
    }
}

/// Why a task is stopped just there, by a rule.
pub(super) fn stop_reason(
    cluster: &Cluster,
    zones: &[String],
    kind: usize,
    rule: &Rule,
    instance: usize,
) -> String {
    let service = cluster.kinds()[kind].service;
    match rule {
        Rule::Random => "by chance".to_owned(),
        Rule::Spread(SpreadBy::Zone) => {
            let zone = cluster.site(instance).zone;
            let name = zones.get(zone).map_or("", String::as_str);
            format!("{name} has the most, {}", tasks_of(cluster.per_zone(service)[zone]))
        }
        Rule::Spread(SpreadBy::Instance) => {
            format!("it has the most, {}", tasks_of(cluster.instances()[instance].counts[service]))
        }
        Rule::Spread(SpreadBy::Attribute(name)) => {
            let value = cluster.site(instance).attributes.get(name);
            format!("{name} {} has the most", value.map_or("not set", String::as_str))
        }
        Rule::Binpack(by) => {
            let free = cluster.instances()[instance].free;
            format!("it has the most left, {}", amount(*by, free))
        }
    }
}

fn amount(by: BinpackBy, free: crate::packing::Amounts) -> String {
    match by {
        BinpackBy::Cpu => format!("{} CPU units", with_thousands(free[0])),
        BinpackBy::Memory => format!("{} MiB", with_thousands(free[1])),
    }
}

fn tasks_of(count: u32) -> String {
    match count {
        0 => "none of its tasks".to_owned(),
        1 => "1 of its tasks".to_owned(),
        count => format!("{count} of its tasks"),
    }
}
