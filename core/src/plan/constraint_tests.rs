//! Placement constraints and strategies in plans: what is refused, what is planned without, and
//! that no task stands where its service's expressions do not hold.

use super::attributes::{built_in_attributes, zone_names};
use super::place::Place;
use super::tests::{CATALOG, planned};
use crate::capacity::Platform;
use crate::diagnostic::Severity;
use crate::placement::query::{Expression, InstanceFacts};
use crate::report::{Fleet, Report};
use crate::scenario::{Scenario, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const TYPES: [&str; 7] =
    ["m5.large", "m5.xlarge", "c5.large", "t3.medium", "m6g.large", "c6g.large", "m7g.xlarge"];

fn member_of(expressions: &[&str]) -> Value {
    let each = expressions.iter().map(|it| json!({ "type": "memberOf", "expression": it }));
    each.collect()
}

fn on_group(services: &[Value]) -> Value {
    json!({ "region": "us-east-1", "zones": 3, "services": services,
        "capacity": { "autoScalingGroup": { "instanceTypes": TYPES,
            "attributes": { "stack": "prod", "ecs.vpc-id": "vpc-1" } } } })
}

fn on_managed(services: &[Value]) -> Value {
    json!({ "region": "us-east-1", "zones": 3, "services": services,
        "capacity": "managedInstances" })
}

fn service(more: &Value) -> Value {
    let mut service = json!({ "name": "s", "desiredCount": 7,
        "taskDefinition": { "cpu": 512, "memory": 1024, "networkMode": "awsvpc" } });
    for (field, value) in more.as_object().expect("an object") {
        service[field] = value.clone();
    }
    service
}

fn said(report: &Report) -> Vec<(Severity, &str, &str)> {
    let all = report.diagnostics.iter();
    all.map(|it| (it.severity, it.path.as_str(), it.code.as_str())).collect()
}

/// What ECS would refuse leaves the row out; what a plan cannot know it is made without.
#[test]
fn wrong_constraints_are_named() {
    use Severity::{Error, Note, Warning};
    let expression = "services[0].placementConstraints[0].expression";
    let of = |it: &str| json!({ "placementConstraints": member_of(&[it]) });
    let definition = json!({ "taskDefinition": { "cpu": 256, "memory": 256,
        "placementConstraints": [{ "type": "distinctInstance" }] } });
    let both = json!({ "placementConstraints": member_of(&["attribute:stack exists"; 6]),
        "taskDefinition": { "cpu": 256, "memory": 256,
            "placementConstraints": member_of(&["attribute:stack exists"; 5]) } });
    let strategy = |rule: Value| json!({ "placementStrategy": [rule] });
    let long = format!("attribute:stack == {}", "a".repeat(2000));
    let constraints = "services[0].placementConstraints";
    for (managed, more, severity, path, code) in [
        (
            false,
            of("attribute:ecs.instance-type = a"),
            Error,
            expression,
            "service.expressionUnreadable",
        ),
        (false, of(&long), Error, expression, "service.expressionUnreadable"),
        (false, of(" "), Error, expression, "service.noExpression"),
        (
            false,
            json!({ "placementConstraints": [{ "type": "memberOf" }] }),
            Error,
            expression,
            "service.noExpression",
        ),
        (false, both, Error, constraints, "service.tooManyConstraints"),
        (
            false,
            definition,
            Error,
            "services[0].taskDefinition.placementConstraints[0].type",
            "task.distinctInstance",
        ),
        (false, of("task:group == service:a"), Note, expression, "service.memberOfNotStatic"),
        (
            false,
            of("attribute:ecs.subnet-id == subnet-1"),
            Warning,
            expression,
            "service.memberOfUnknown",
        ),
        (false, of("attribute:ecs.vpc-id == vpc-2"), Error, constraints, "service.noTypeAllowed"),
        (false, of("attribute:rack == 1"), Error, constraints, "service.noTypeAllowed"),
        (
            false,
            of("attribute:ecs.availability-zone == us-east-1f"),
            Error,
            constraints,
            "service.noTypeAllowed",
        ),
        (
            false,
            of("attribute:ecs.availability-zone != us-east-1a"),
            Note,
            constraints,
            "service.spreadInSomeZones",
        ),
        (
            false,
            strategy(json!({ "type": "binpack", "field": "gpu" })),
            Error,
            "services[0].placementStrategy[0].field",
            "service.strategyField",
        ),
        (
            true,
            of("attribute:ecs.os-type == linux"),
            Error,
            expression,
            "service.memberOfOnManaged",
        ),
        (true, of("runningTasksCount == 1"), Error, expression, "service.memberOfOnManaged"),
        (
            true,
            of("attribute:ecs.subnet-id == subnet-1"),
            Warning,
            expression,
            "service.memberOfUnknown",
        ),
        (
            true,
            strategy(json!({ "type": "random" })),
            Warning,
            "services[0].placementStrategy",
            "service.strategyOnManaged",
        ),
    ] {
        let on = if managed { on_managed } else { on_group };
        let other = json!({ "name": "other", "desiredCount": 1,
            "taskDefinition": { "cpu": 256, "memory": 256 } });
        let report = planned(&on(&[service(&more), other]));
        assert_eq!(said(&report), [(severity, path, code)], "{more}");
        let planned: Vec<&str> =
            report.services.iter().filter(|it| it.planned).map(|it| it.name.as_str()).collect();
        let expected = if severity == Error { &["other"][..] } else { &["s", "other"] };
        assert_eq!(planned, expected, "{more}");
    }
}

#[test]
fn positions_are_told() {
    let constraints = member_of(&["attribute:ecs.instance-type is m5.large"]);
    let report = planned(&on_group(&[service(&json!({ "placementConstraints": constraints }))]));
    let message = &report.diagnostics[0].message;
    assert!(message.starts_with("After 28 characters: `is` stands here"), "{message}");
}

fn mix(fleet: &Fleet) -> Vec<(&str, u32)> {
    fleet.mix.iter().map(|it| (it.instance_type.as_str(), it.count)).collect()
}

/// Which release of Windows a plan does not ask.
#[test]
fn a_windows_release_is_not_known() {
    let row = service(&json!({
        "placementConstraints": member_of(&["attribute:ecs.os-family =~ WINDOWS_SERVER.*"]),
        "taskDefinition": { "runtimePlatform": { "operatingSystemFamily": "WINDOWS" },
            "containerDefinitions": [{ "cpu": 256, "memory": 256 }] } }));
    let report = planned(&on_group(&[row]));
    assert!(said(&report).iter().any(|(_, _, code)| *code == "service.memberOfUnknown"));
    assert!(report.cheapest.is_some());
}

/// What only instances have that stand already, new ones cannot be planned by.
#[test]
fn attributes_of_standing_instances_are_not_the_groups() {
    let row = service(&json!({ "placementConstraints": member_of(&["attribute:rack == 1"]) }));
    let mut scenario = on_group(&[row]);
    scenario["containerInstances"] =
        json!([{ "instanceType": "m5.large", "attributes": { "rack": "1" } }]);
    let report = planned(&scenario);
    let path = "services[0].placementConstraints[0].expression";
    assert_eq!(said(&report), [(Severity::Note, path, "service.memberOfStanding")]);
    assert!(report.cheapest.is_some());
}

/// The same whether zones are called by name or by id, and told as an assumption.
#[test]
fn zones_have_names_and_ids() {
    let place = Place::of(&CATALOG, &Scenario::default(), &mut Vec::new());
    let (name, id) = (zone_names(&place)[1].clone(), place.zone_names[1].clone());
    for capacity in [on_group, on_managed] {
        let plan = |zone: &str| {
            let text = format!("attribute:ecs.availability-zone == {zone}");
            let constraints = member_of(&[&text]);
            planned(&capacity(&[service(&json!({ "placementConstraints": constraints }))]))
        };
        let (by_name, by_id) = (plan(&name), plan(&id));
        assert_eq!(by_name, by_id);
        assert_eq!(by_name.diagnostics, []);
        assert!(by_name.assumptions.iter().any(|it| it.code == "zones.names"));
        let fleet = by_name.cheapest.expect("a fleet").fleet;
        assert!(fleet.groups.iter().all(|it| it.per_zone[0] == 0 && it.per_zone[2] == 0));
        if let Some(predicted) = by_name.predicted {
            assert!(predicted.fleet.groups.iter().all(|it| it.per_zone[1] == it.count));
        }
    }
}

/// Instances that run already stay what they are, wherever the expression lets tasks stand.
#[test]
fn running_instances_are_in_every_zone() {
    let text = "attribute:ecs.availability-zone != us-east-1c";
    let row = service(&json!({ "placementConstraints": member_of(&[text]) }));
    let mut scenario = on_managed(&[row]);
    scenario["capacity"] = json!({ "managedInstances": {
        "runningInstances": [{ "instanceType": "m5.2xlarge", "count": 3 }] } });
    let fleet = planned(&scenario).predicted.expect("a prediction").fleet;
    assert_eq!(mix(&fleet), [("m5.2xlarge", 2)]);
    let mut per_zone: Vec<&[u32]> = fleet.groups.iter().map(|it| it.per_zone.as_slice()).collect();
    per_zone.sort_unstable();
    assert_eq!(per_zone, [&[0, 1, 0][..], &[1, 0, 0]], "4 tasks and 3");
}

/// With a strategy the first rule decides whether tasks are spread, else the default does.
#[test]
fn the_first_rule_spreads() {
    let binpack = json!({ "type": "binpack", "field": "memory" });
    let zones = json!({ "type": "spread", "field": "attribute:ecs.availability-zone" });
    for (more, instances) in [
        (json!({}), 3),
        (json!({ "availabilityZoneSpread": false }), 1),
        (json!({ "placementStrategy": [binpack] }), 1),
        (json!({ "placementStrategy": [binpack, zones] }), 1),
        (json!({ "placementStrategy": [zones, binpack], "availabilityZoneSpread": false }), 3),
        (json!({ "placementStrategy": [{ "type": "random" }] }), 1),
    ] {
        let mut row = service(&more);
        row["desiredCount"] = json!(3);
        row["taskDefinition"] = json!({ "cpu": 256, "memory": 256, "networkMode": "bridge" });
        let mut scenario = on_group(&[row]);
        scenario["capacity"]["autoScalingGroup"]["instanceTypes"] = json!(["m5.large"]);
        let fleet = planned(&scenario).cheapest.expect("a fleet").fleet;
        assert_eq!(fleet.instances, instances, "{more}");
    }
}

/// Beyond as many as the packing room knows, services are planned without, and it is said.
#[test]
fn very_many_expressions_end() {
    let types: Vec<String> = CATALOG
        .types()
        .iter()
        .map(|it| it.name.clone())
        .filter(|it| it.starts_with("m5") || it.starts_with("c5") || it.starts_with("r5"))
        .filter(|it| !it.ends_with("metal"))
        .collect();
    let services: Vec<Value> = types
        .iter()
        .take(40)
        .map(|name| {
            let text = format!("attribute:ecs.instance-type == {name}");
            let mut row = service(&json!({ "placementConstraints": member_of(&[&text]) }));
            row["name"] = json!(name);
            row["desiredCount"] = json!(1);
            row
        })
        .collect();
    let mut scenario = on_group(&services);
    scenario["zones"] = json!(1);
    scenario["capacity"]["autoScalingGroup"]["instanceTypes"] = json!(types);
    let report = planned(&scenario);
    let fleet = report.cheapest.as_ref().expect("a fleet").fleet.clone();
    let dropped: BTreeSet<usize> = report
        .diagnostics
        .iter()
        .filter(|it| it.code == "service.tooManyExpressions")
        .filter_map(|it| it.path[9..].split(']').next()?.parse().ok())
        .collect();
    assert!(dropped.len() >= 9 && dropped.iter().all(|row| *row >= 31), "{dropped:?}");
    for group in &fleet.groups {
        for task in &group.tasks {
            let row = types.iter().position(|it| *it == task.service).expect("a row");
            assert!(dropped.contains(&row) || group.instance_type == task.service);
        }
    }
}

const EXPRESSIONS: [&str; 9] = [
    "attribute:ecs.instance-type =~ m5.*",
    "attribute:ecs.cpu-architecture == arm64",
    "attribute:ecs.availability-zone in [us-east-1a, us-east-1c]",
    "attribute:ecs.availability-zone != use1-az1",
    "attribute:ecs.availability-zone == us-east-1b and attribute:ecs.instance-type =~ .*g.*",
    "attribute:ecs.instance-type == t3.medium or attribute:ecs.availability-zone == us-east-1b",
    "not(attribute:ecs.instance-type in [m5.large, m6g.large])",
    "attribute:stack == prod and attribute:ecs.os-type == linux",
    "attribute:ecs.availability-zone !exists",
];

/// Whether all expressions hold for a type in a zone: evaluated here anew, one by one.
fn holds(expressions: &[&str], name: &str, place: &Place, zone: usize) -> bool {
    let facts = CATALOG.get(CATALOG.find(name).expect("a type")).expect("a type");
    let platform = Platform::ALL.into_iter().find(|it| it.runs_on(facts)).expect("a platform");
    expressions.iter().all(|text| {
        let names = if text.contains("use1-az") { &place.zone_names } else { &zone_names(place) };
        let mut attributes: BTreeMap<String, String> =
            built_in_attributes(facts, platform, &names[zone]);
        attributes.insert("stack".into(), "prod".into());
        Expression::parse(text).expect("an expression").matches(&InstanceFacts {
            attributes: &attributes,
            agent_connected: true,
            agent_version: "",
            ec2_instance_id: "",
            registered_at: "",
            running_tasks_count: 0,
            task_groups: &BTreeSet::new(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No task stands on a type in a zone for which one of its service's expressions does not
    /// hold, and tables list exactly the types for which all hold somewhere: by brute force.
    #[test]
    fn tasks_stand_where_expressions_hold(
        asked in proptest::collection::vec(
            (proptest::collection::vec(0..EXPRESSIONS.len(), 0..3), 1u32..9, any::<bool>()), 1..4),
    ) {
        let texts: Vec<Vec<&str>> = asked.iter()
            .map(|(which, ..)| which.iter().map(|it| EXPRESSIONS[*it]).collect()).collect();
        let services: Vec<Value> = asked.iter().zip(&texts).enumerate()
            .map(|(at, ((_, count, of_definition), texts))| {
                let mut row = service(&json!({ "desiredCount": count, "name": at.to_string() }));
                let constraints = member_of(texts);
                if *of_definition {
                    row["taskDefinition"]["placementConstraints"] = constraints;
                } else {
                    row["placementConstraints"] = constraints;
                }
                row
            }).collect();
        let scenario = on_group(&services);
        let reading = read(&scenario.to_string()).expect("a scenario");
        let place = Place::of(&CATALOG, &reading.scenario, &mut Vec::new());
        let report = planned(&scenario);
        prop_assert!(report.diagnostics.iter().all(|it| it.code != "plan.checkerRefused"));
        for group in report.cheapest.iter().flat_map(|it| &it.fleet.groups) {
            for (zone, _) in group.per_zone.iter().enumerate().filter(|(_, count)| **count > 0) {
                for task in &group.tasks {
                    let row: usize = task.service.parse().expect("a row");
                    prop_assert!(holds(&texts[row], &group.instance_type, &place, zone));
                }
            }
        }
        for (told, texts) in report.services.iter().zip(&texts) {
            let listed: BTreeSet<&str> =
                told.types.iter().map(|it| it.instance_type.as_str()).collect();
            let offered = |name: &str, zone: usize| {
                let offer = place.region.offers.get(&CATALOG.find(name).expect("a type"));
                offer.is_some_and(|it| place.used_zones(it.zones) >> zone & 1 == 1)
            };
            let expected: BTreeSet<&str> = TYPES.into_iter()
                .filter(|it| (0..3).any(|zone| offered(it, zone) && holds(texts, it, &place, zone)))
                .collect();
            prop_assert_eq!(told.fitting_types as usize, expected.len());
            prop_assert_eq!(listed, expected);
        }
    }
}
