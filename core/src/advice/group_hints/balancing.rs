//! Zone rebalancing that cannot work.
//!
//! Source: ECS Developer Guide, service rebalancing.

use super::super::base::Base;
use super::super::hints::advice;
use crate::diagnostic::Severity;
use crate::placement::query::Expression;
use crate::placement::strategy::{Rule, SpreadBy, ZONE_ATTRIBUTE, rules};
use crate::plan::Sized;
use crate::report::Advice;
use crate::scenario::Service;
use serde_json::json;

pub(super) fn balancing(base: &Base<'_>, sized: &Sized, service: &Service) -> Option<Advice> {
    let zones = base.ground.place.zone_names.len();
    if !service.availability_zone_rebalancing.is_enabled() || zones < 2 || sized.count == 0 {
        return None;
    }
    let rules = rules(service, "").ok()?;
    let zone_first = rules.first().is_none_or(|rule| *rule == Rule::Spread(SpreadBy::Zone));
    let own = service.placement_constraints.iter();
    let constraints = own.chain(&service.task_definition.placement_constraints);
    let mut expressions = constraints.filter_map(|it| it.expression.as_deref());
    let tied = expressions.any(|text| {
        Expression::parse(text).is_ok_and(|it| it.attribute_names().contains(ZONE_ATTRIBUTE))
    });
    let why = if service.deployment_configuration.maximum_percent.get() == 100 {
        "at maximumPercent 100 it may not start a task before it stops another"
    } else if !zone_first {
        "the strategy does not begin with a spread over the zones"
    } else if tied {
        "a constraint names ecs.availability-zone"
    } else {
        return None;
    };
    let text = format!(
        "{}: availabilityZoneRebalancing does nothing here: {why}. Zones that have become uneven \
         stay so until the next deployment.",
        sized.name
    );
    let path = format!("{}.availabilityZoneRebalancing", sized.path());
    let mut hint = advice(Severity::Note, "zones.notRebalanced", &path, text);
    hint.changes = vec![base.change(&path, Some(json!("DISABLED")))];
    Some(hint)
}
