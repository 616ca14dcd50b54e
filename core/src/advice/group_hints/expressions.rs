//! Attributes in `memberOf` expressions that no instance has, since ECS calls them otherwise.

use super::super::base::Base;
use super::super::hints::advice;
use crate::diagnostic::Severity;
use crate::placement::query::{Expression, unknown_attribute_hint};
use crate::report::Advice;
use crate::scenario::Capacity;
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn attributes(base: &Base<'_>) -> Vec<Advice> {
    let own = own_attributes(base);
    let mut hints = Vec::new();
    let scenario = &base.reading.scenario;
    for (service, row) in scenario.services.iter().zip(&base.reading.service_rows) {
        let lists = [
            ("placementConstraints", &service.placement_constraints),
            ("taskDefinition.placementConstraints", &service.task_definition.placement_constraints),
        ];
        for (field, constraints) in lists {
            for (place, constraint) in constraints.iter().enumerate() {
                let Some(text) = constraint.expression.as_deref() else { continue };
                let path = format!("services[{row}].{field}[{place}].expression");
                hints.extend(attribute(base, &service.name, text, &path, &own));
            }
        }
    }
    hints
}

fn attribute(
    base: &Base<'_>,
    service: &str,
    text: &str,
    path: &str,
    own: &BTreeSet<&str>,
) -> Option<Advice> {
    let expression = Expression::parse(text).ok()?;
    let (name, hint) = expression.attribute_names().into_iter().find_map(|name| {
        let hint = unknown_attribute_hint(name).filter(|_| !own.contains(name))?;
        Some((name.to_owned(), hint))
    })?;
    // "did you mean ecs.instance-type?"
    let meant = hint.trim_start_matches("did you mean ").trim_end_matches('?').to_owned();
    let service = crate::plan::printable(service);
    let told = format!(
        "{service}: no instance has the attribute {name}, so the constraint holds on none, and no \
         task is placed: {hint} Write attribute:{meant}."
    );
    let mut said = advice(Severity::Warning, "placement.attribute", path, told);
    let mended = text.replace(&format!("attribute:{name}"), &format!("attribute:{meant}"));
    let reads = Expression::parse(&mended).is_ok_and(|it| !it.attribute_names().contains(&*name));
    if reads {
        said.changes = vec![base.change(path, Some(json!(mended)))];
    }
    Some(said)
}

/// Attributes that the scenario gives its instances.
fn own_attributes<'b>(base: &'b Base<'_>) -> BTreeSet<&'b str> {
    let mut own = BTreeSet::new();
    for (provider, _) in &base.ground.supply.providers {
        if let Capacity::AutoScalingGroup(group) = &provider.capacity {
            own.extend(group.attributes.keys().map(String::as_str));
        }
    }
    for instance in &base.reading.scenario.container_instances {
        own.extend(instance.attributes.keys().map(String::as_str));
    }
    own
}
