//! What a cost is made of: a bar of its parts, and the arithmetic on request.

use crate::document;
use crate::format::{percent, usd_exact, usd_month};
use crate::workbench::use_workbench;
use eniac_catalog::NanoUsdPerHour;
use eniac_core::report::{Cost, Fleet};
use yew::prelude::*;

/// Which cost.
#[derive(Properties, PartialEq)]
pub struct CostBarProps {
    /// The cost.
    pub cost: Cost,
}

/// Compute, fee and disks in proportion.
#[component]
pub fn CostBar(props: &CostBarProps) -> Html {
    let parts = parts(&props.cost);
    let total = props.cost.total_nano_usd_per_hour.0.max(1);
    let mut x = 0.0;
    html! {
        <>
            <svg class="cost-bar" viewBox="0 0 240 6" preserveAspectRatio="none" width="100%" height="6" aria-hidden="true">
                { for parts.iter().map(|(name, nano)| {
                    let width = 240.0 * *nano as f64 / total as f64;
                    let at = x;
                    x += width;
                    html! {
                        <rect
                            class={format!("part-{name}")}
                            x={format!("{at:.2}")}
                            width={format!("{:.2}", (width - 1.0).max(0.0))}
                            height="6"
                        />
                    }
                }) }
            </svg>
            <p class="cost-key">
                { for parts.iter().filter(|(_, nano)| *nano > 0).map(|(name, nano)| html! {
                    <span>
                        <svg class="key" width="8" height="8" aria-hidden="true">
                            <rect width="8" height="8" rx="1" class={format!("part-{name}")} />
                        </svg>
                        { format!("{name} {} %", percent(*nano, total)) }
                    </span>
                }) }
            </p>
        </>
    }
}

fn parts(cost: &Cost) -> [(&'static str, u64); 3] {
    [
        ("compute", cost.compute_nano_usd_per_hour.0),
        ("fee", cost.fee_nano_usd_per_hour.0),
        ("disks", cost.disk_nano_usd_per_hour.0),
    ]
}

/// Which fleet.
#[derive(Properties, PartialEq)]
pub struct CostBreakdownProps {
    /// The fleet.
    pub fleet: Fleet,
}

/// Equal instances, at the price of one.
#[derive(Debug, PartialEq, Eq)]
struct Kind<'a> {
    instance_type: &'a str,
    provider: Option<&'a str>,
    each: NanoUsdPerHour,
    count: u64,
}

/// The instances of `fleet` by type, provider and price, in the order of its groups.
fn kinds(fleet: &Fleet) -> Vec<Kind<'_>> {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for group in &fleet.groups {
        let kind = Kind {
            instance_type: &group.instance_type,
            provider: group.provider.as_deref(),
            each: group.each.compute_nano_usd_per_hour,
            count: u64::from(group.count),
        };
        let is_same = |other: &&mut Kind<'_>| {
            (other.instance_type, other.provider, other.each)
                == (kind.instance_type, kind.provider, kind.each)
        };
        match kinds.iter_mut().find(is_same) {
            Some(same) => same.count += kind.count,
            None => kinds.push(kind),
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    kinds
}

/// The arithmetic of a fleet's cost.
#[component]
pub fn CostBreakdown(props: &CostBreakdownProps) -> Html {
    let workbench = use_workbench();
    let CostBreakdownProps { fleet } = props;
    let cost = &fleet.cost;
    let kind = crate::edit::capacity_kind(workbench.document());
    let volume = document::text(
        workbench.document(),
        &format!("capacity.{kind}.storageConfiguration.storageSizeGiB"),
    );
    let volume = if volume.is_empty() {
        if kind == "managedInstances" { "80".to_owned() } else { "30".to_owned() }
    } else {
        volume
    };
    html! {
        <details class="arithmetic">
            <summary>{ "Arithmetic" }</summary>
            <table>
                <caption class="visually-hidden">{ "What the fleet costs an hour" }</caption>
                <tbody>
                    { for kinds(fleet).iter().map(|kind| {
                        let of = match kind.provider {
                            Some(provider) => format!("{} ({provider})", kind.instance_type),
                            None => kind.instance_type.to_owned(),
                        };
                        line(
                            &format!("{} × {}", kind.count, usd_exact(kind.each.0)),
                            &of,
                            kind.each.times(kind.count).0,
                        )
                    }) }
                    if cost.fee_nano_usd_per_hour.0 > 0 {
                        { line("fee", "on the On-Demand price", cost.fee_nano_usd_per_hour.0) }
                    }
                    if cost.disk_nano_usd_per_hour.0 > 0 {
                        { line(
                            &format!("{} × {volume} GiB", fleet.instances),
                            "volumes",
                            cost.disk_nano_usd_per_hour.0,
                        ) }
                    }
                    <tr class="sum">
                        <th scope="row">{ "an hour" }</th>
                        <td></td>
                        <td>{ usd_exact(cost.total_nano_usd_per_hour.0) }</td>
                    </tr>
                    <tr>
                        <th scope="row">{ "× 730 hours" }</th>
                        <td>{ "a month" }</td>
                        <td>{ usd_month(cost.total_micro_usd_per_month) }</td>
                    </tr>
                </tbody>
            </table>
        </details>
    }
}

fn line(what: &str, of: &str, nano: u64) -> Html {
    html! {
        <tr>
            <th scope="row">{ what }</th>
            <td>{ of }</td>
            <td>{ usd_exact(nano) }</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::report::Report;

    #[test]
    fn a_mixed_fleet_adds_up() {
        let example = include_str!("../tests/example-report.json");
        let report: Report = serde_json::from_str(example).unwrap();
        let mut fleet = report.predicted.unwrap().fleet;
        let mut spot = fleet.groups[0].clone();
        spot.provider = Some("spot".into());
        spot.each.compute_nano_usd_per_hour.0 /= 3;
        fleet.groups.push(spot.clone());
        fleet.groups.push(spot.clone());
        let kinds = kinds(&fleet);
        assert_eq!(kinds.len(), 2);
        assert_eq!((kinds[0].provider, kinds[0].count), (Some("spot"), 2 * u64::from(spot.count)));
        let sum: u64 = kinds.iter().map(|kind| kind.each.0 * kind.count).sum();
        let groups = fleet.groups.iter();
        let all: u64 =
            groups.map(|it| it.each.compute_nano_usd_per_hour.0 * u64::from(it.count)).sum();
        assert_eq!(sum, all);
    }
}
