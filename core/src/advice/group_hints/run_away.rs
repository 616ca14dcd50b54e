//! Spare instances that spreading fills at once: the group scales out until each instance holds
//! one task.
//!
//! Source: ECS Developer Guide, cluster auto scaling: below a target of 100, binpack has to rank
//! above spread. The sequence is ceil(100 x M / target), M being all instances.

use super::super::hints::advice;
use super::super::words::{listed, tasks};
use super::Group;
use crate::capacity::Resource;
use crate::diagnostic::Severity;
use crate::placement::strategy::{Rule, SpreadBy, ZONE_ATTRIBUTE, rules};
use crate::plan::Sized;
use crate::report::{Advice, Change};
use crate::scaling::Reservation;
use crate::scenario::{PlacementStrategyType, Service};
use serde_json::{Value, json};

/// More steps are not listed.
const LISTED: usize = 8;

/// What a service's strategy does before it packs tasks together; `None` where it packs first.
pub(super) fn spreads(service: &Service) -> Option<String> {
    let rules = rules(service, "").ok()?;
    Some(match rules.first()? {
        Rule::Binpack(_) => return None,
        Rule::Random => "random placement".to_owned(),
        Rule::Spread(_) if service.placement_strategy.is_empty() => {
            "spreading over the zones, ECS's default,".to_owned()
        }
        Rule::Spread(SpreadBy::Zone) => "spreading over the zones first".to_owned(),
        Rule::Spread(SpreadBy::Instance) => "spreading over the instances first".to_owned(),
        Rule::Spread(SpreadBy::Attribute(name)) => format!("spreading over {name} first"),
    })
}

pub(super) fn run_away(group: &Group<'_, '_>) -> Option<Advice> {
    let scaling = group.scaling()?;
    let target = u32::from(scaling.target_capacity.get());
    let through = group.through_provider();
    let spread: Vec<(u32, &Sized, &Service, String)> = through
        .into_iter()
        .filter_map(|(kind, sized, it)| Some((group.count(kind), sized, it, spreads(it)?)))
        .collect();
    let all = spread.iter().fold(0, |all: u32, (count, ..)| all.saturating_add(*count));
    let needed = group.needed()?;
    let most = group.settings.max_size.map_or(u32::MAX, crate::scenario::GroupSize::get);
    let first = group.settings.desired_capacity.map_or(needed, crate::scenario::GroupSize::get);
    let steps = sequence(group.clamped(first), all.max(needed), target, most);
    let meant = group.with_spare(needed);
    let (first, last) = (*steps.first()?, *steps.last()?);
    let (_, _, _, how) = spread.first()?;
    if target >= 100 || last <= meant || last <= first {
        return None;
    }
    let names: Vec<&str> = spread.iter().map(|(_, it, ..)| it.name.as_str()).collect();
    let told: Vec<String> = steps.iter().take(LISTED).map(u32::to_string).collect();
    let more = if steps.len() > LISTED { ", …" } else { "" };
    let ends = if last == most { " and stops at maxSize" } else { "" };
    let text = format!(
        "{}: {how} puts tasks on each new empty instance, and then all are in use again: at \
         targetCapacity {target} the group can run from {first} to {last} instances \
         ({}{more}){ends} for {}; {meant} would do with binpack. Rank binpack first, or set \
         targetCapacity to 100.",
        listed(&names),
        told.join(", "),
        tasks(all),
    );
    let mut hint = advice(Severity::Warning, "group.runAway", &group.field("managedScaling"), text);
    hint.changes = spread.iter().flat_map(|(_, it, own, _)| packs_first(group, it, own)).collect();
    Some(hint)
}

/// The instances that the group comes to, one scale-out after the other.
fn sequence(first: u32, tasks: u32, target: u32, most: u32) -> Vec<u32> {
    let mut steps = vec![first];
    let mut now = first;
    // Each step adds at least one, and no group is larger.
    for _ in 0..10_000 {
        let all = Reservation::Ratio { needed: now.min(tasks), instances: now.max(1) };
        let next = all.desired(target, now).min(most);
        if next <= now {
            break;
        }
        now = next;
        steps.push(now);
    }
    steps
}

/// The same strategy with binpack in front; rebalancing works without it only.
fn packs_first(group: &Group<'_, '_>, sized: &Sized, service: &Service) -> Vec<Change> {
    let binding = group.holds(sized).map(|it| it.binding()).unwrap_or_default();
    let field = if binding.contains(&Resource::Cpu) { "cpu" } else { "memory" };
    let mut rules: Vec<Value> = vec![json!({ "type": "binpack", "field": field })];
    let own = service.placement_strategy.iter();
    let spread = own.filter(|rule| rule.kind == PlacementStrategyType::Spread);
    rules.extend(spread.filter_map(|rule| serde_json::to_value(rule).ok()));
    if service.placement_strategy.is_empty() {
        rules.push(json!({ "type": "spread", "field": format!("attribute:{ZONE_ATTRIBUTE}") }));
    }
    let path = sized.path();
    let change = |field: &str, after| group.base.change(&format!("{path}.{field}"), Some(after));
    let mut changes = vec![change("placementStrategy", Value::Array(rules))];
    if service.availability_zone_rebalancing.is_enabled() {
        changes.push(change("availabilityZoneRebalancing", json!("DISABLED")));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12 tasks, target 80, from 4 instances: stable at one task an instance only.
    #[test]
    fn the_group_runs_away() {
        assert_eq!(sequence(4, 12, 80, u32::MAX), [4, 5, 7, 9, 12, 15]);
        assert_eq!(sequence(4, 12, 80, 10), [4, 5, 7, 9, 10]);
        assert_eq!(sequence(4, 12, 100, u32::MAX), [4]);
        assert_eq!(sequence(0, 0, 50, u32::MAX), [0]);
        assert!(sequence(1, 100_000, 99, 10_000).len() < 1000);
    }
}
