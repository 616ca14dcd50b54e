//! Scenarios of many services: planned whole, up to the stated number.

use super::tests::planned;
use crate::scenario::MAX_SERVICES;
use serde_json::{Value, json};

/// Services of many sizes. Managed Instances have no `bridge`.
fn services(count: usize, other_mode: &str) -> Vec<Value> {
    let service = |at: usize| {
        json!({ "name": format!("service-{at}"), "desiredCount": 1 + at * 5 % 9,
            "taskDefinition": { "cpu": 128 << (at * 7 % 5), "memory": 300 + at * 97 % 4000,
                "networkMode": if at.is_multiple_of(3) { other_mode } else { "awsvpc" } } })
    };
    (0..count).map(service).collect()
}

#[test]
fn hundreds_of_services_are_planned_and_the_cheapest_fleet_is_no_dearer_than_the_predicted() {
    let group = json!({ "autoScalingGroup": { "instanceTypes": ["m5.4xlarge", "c5.2xlarge"] } });
    for (capacity, mode) in [(json!("managedInstances"), "awsvpc"), (group, "bridge")] {
        let report = planned(&json!({ "services": services(500, mode), "capacity": capacity }));
        assert_eq!(report.services.iter().filter(|it| it.planned).count(), 500);
        let cheapest = report.cheapest.expect("a fleet").fleet.cost.total_nano_usd_per_hour;
        let predicted = report.predicted.map(|it| it.fleet.cost.total_nano_usd_per_hour);
        assert!(predicted.is_none_or(|predicted| cheapest <= predicted));
    }
}

#[test]
fn more_services_than_are_planned_are_told() {
    let report = planned(&json!({ "services": services(MAX_SERVICES + 1, "awsvpc") }));
    assert_eq!(report.services.len(), MAX_SERVICES);
    let told = report.diagnostics.iter().find(|it| it.code == "scenario.tooManyRows");
    let message = &told.expect("a diagnostic").message;
    assert_eq!(message, "1001 rows: at most 1000 are planned, the others are left out");
}
