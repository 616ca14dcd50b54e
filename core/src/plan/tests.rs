//! Whole plans: the worked cases, and what is said of bad input.

use super::*;
use crate::capacity::Resource;
use crate::diagnostic::Severity;
use crate::report::{Cost, InstanceCount};
use crate::scenario::EXAMPLE;
use serde_json::{Value, json};
use std::sync::LazyLock;

pub(crate) static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::embedded().expect("a catalogue"));

pub(crate) fn planned(scenario: &Value) -> Report {
    plan_text(&CATALOG, &scenario.to_string()).expect("a report")
}

/// The article's requirements with one service.
pub(crate) fn article(count: u32, cpu: u64, memory: u64) -> Value {
    let mut scenario: Value = serde_json::from_str(EXAMPLE).expect("the example");
    scenario["services"][0]["desiredCount"] = count.into();
    scenario["services"][0]["taskDefinition"]["cpu"] = cpu.into();
    scenario["services"][0]["taskDefinition"]["memory"] = memory.into();
    scenario
}

fn mix(counts: &[InstanceCount]) -> Vec<(&str, u32)> {
    counts.iter().map(|count| (count.instance_type.as_str(), count.count)).collect()
}

fn usd(cost: &Cost) -> (String, String) {
    let with_fee = cost.compute_nano_usd_per_hour.plus(cost.fee_nano_usd_per_hour);
    (cost.compute_nano_usd_per_hour.to_string(), with_fee.to_string())
}

struct Worked {
    tasks: (u32, u64, u64),
    fleet: (&'static str, u32),
    /// Types whose compute price is the same.
    ties: &'static [&'static [(&'static str, u32)]],
    binding: &'static [(&'static str, &'static [Resource])],
    /// USD an hour: compute, and with the fee.
    cost: (&'static str, &'static str),
    /// USD an hour on Fargate, ARM.
    fargate: &'static str,
}

#[track_caller]
fn check(case: &Worked) {
    let (count, cpu, memory) = case.tasks;
    let report = planned(&article(count, cpu, memory));
    assert_eq!(report.diagnostics, []);
    let predicted = report.predicted.expect("a prediction");
    assert_eq!(mix(&predicted.fleet.mix), [case.fleet]);
    let ties: Vec<Vec<(&str, u32)>> = predicted.ties.iter().map(|tie| mix(&tie.mix)).collect();
    assert_eq!(ties, case.ties);
    let (compute, with_fee) = usd(&predicted.fleet.cost);
    assert_eq!((compute.as_str(), with_fee.as_str()), case.cost);
    for (name, binding) in case.binding {
        let row = report.services[0].types.iter().find(|row| row.instance_type == *name);
        assert_eq!(row.expect("a row").binding, *binding, "{name}");
    }
    let fargate = report.fargate.arm.expect("a price");
    assert_eq!(fargate.total_nano_usd_per_hour.to_string(), case.fargate);
    let cheapest = report.cheapest.expect("a fleet");
    assert!(cheapest.proven_optimal, "one service is always proven");
    assert!(
        cheapest.fleet.cost.total_nano_usd_per_hour <= predicted.fleet.cost.total_nano_usd_per_hour
    );
}

#[test]
fn worked_cases() {
    use Resource::{Cpu, Eni, Memory};
    for case in [
        Worked {
            tasks: (30, 512, 1024),
            fleet: ("t4g.small", 30),
            ties: &[&[("t4g.medium", 15)]],
            binding: &[
                ("t4g.small", &[Memory]),
                ("t4g.medium", &[Eni]),
                ("m6g.large", &[Cpu]),
                ("c6g.large", &[Memory]),
            ],
            cost: ("0.504", "0.56448"),
            fargate: "0.5925",
        },
        Worked {
            tasks: (10, 1000, 3500),
            fleet: ("t4g.medium", 10),
            ties: &[&[("t4g.large", 4), ("t4g.medium", 2)]],
            binding: &[("t4g.medium", &[Memory]), ("t4g.large", &[Cpu, Memory, Eni])],
            cost: ("0.336", "0.37632"),
            fargate: "0.4662",
        },
        Worked {
            tasks: (10, 1000, 14_000),
            fleet: ("r6g.large", 10),
            ties: &[],
            binding: &[("r6g.large", &[Memory])],
            cost: ("1.008", "1.12896"),
            fargate: "1.146",
        },
    ] {
        check(&case);
    }
}

/// `30 x 512/1024` on one type at a time: rank, tasks, and the On-Demand price of a task.
#[test]
fn the_article_s_table() {
    let report = planned(&article(30, 512, 1024));
    let rows = &report.services[0].types;
    for (name, rank, tasks, price) in [
        ("t4g.small", 1, 1, "0.0168"),
        ("t4g.medium", 1, 2, "0.0168"),
        ("m6g.large", 3, 4, "0.01925"),
        ("m6g.xlarge", 3, 8, "0.01925"),
        ("c6g.large", 14, 3, "0.022666667"),
        ("t4g.large", 35, 2, "0.0336"),
    ] {
        let row = rows.iter().find(|row| row.instance_type == name).expect(name);
        let per_task = row.on_demand_nano_usd_per_task_hour.to_string();
        assert_eq!((row.tasks, per_task.as_str()), (tasks, price), "{name}");
        assert_eq!(row.rank, rank, "{name}");
    }
}

/// `(scenario, path, code)`: said once, and what else there is is still planned.
#[track_caller]
fn check_said(scenario: &Value, path: &str, code: &str) -> Report {
    let report = planned(scenario);
    let said: Vec<(&str, &str)> =
        report.diagnostics.iter().map(|d| (d.path.as_str(), d.code.as_str())).collect();
    assert!(said.contains(&(path, code)), "{scenario}\n{:#?}", report.diagnostics);
    report
}

fn with_second(service: &Value) -> Value {
    let mut scenario = article(30, 512, 1024);
    scenario["services"].as_array_mut().expect("services").push(service.clone());
    scenario
}

#[test]
fn a_bad_row_is_named_and_the_rest_is_planned() {
    let row = |count: Value, cpu: Value, memory: Value| {
        json!({ "name": "bad", "desiredCount": count,
                "taskDefinition": { "cpu": cpu, "memory": memory } })
    };
    let task = "services[1].taskDefinition";
    for (service, path, code) in [
        (row(json!(-1), json!(512), json!(1024)), "services[1].desiredCount", "scenario.refused"),
        (row(json!(1e30), json!(512), json!(1024)), "services[1].desiredCount", "scenario.refused"),
        (row(json!(1), json!(0), json!(1024)), &format!("{task}.cpu"), "task.cpuTooSmall"),
        (row(json!(1), json!(-5), json!(1024)), &format!("{task}.cpu"), "scenario.refused"),
        (row(json!(1), json!(512), json!(0)), &format!("{task}.memory"), "task.memoryTooSmall"),
        (row(json!(1), json!(512), Value::Null), &format!("{task}.memory"), "task.noMemory"),
        (row(json!(1), json!("half"), json!(64)), &format!("{task}.cpu"), "scenario.refused"),
        (
            json!({ "name": "bad", "taskDefinition": {} }),
            "services[1].desiredCount",
            "scenario.missing",
        ),
        (json!("what"), "services[1]", "scenario.refused"),
        (row(json!(1), json!(512), json!(900_000)), &format!("{task}.memory"), "service.tooBig"),
        (row(json!(1), json!(8192), json!(64)), &format!("{task}.cpu"), "service.tooBig"),
    ] {
        let report = check_said(&with_second(&service), path, code);
        let predicted = report.predicted.expect("the other service is planned");
        assert_eq!(mix(&predicted.fleet.mix), [("t4g.small", 30)], "{service}");
        assert!(report.diagnostics.iter().any(|d| d.severity == Severity::Error));
        let named = if service.is_object() { "bad" } else { "services[1]" };
        // What fits nowhere was read: it stands among the services, and is not planned.
        let unplanned = report.services.iter().filter(|it| !it.planned).map(|it| it.name.as_str());
        let left_out = report.left_out.iter().map(LeftOutService::called);
        assert_eq!(unplanned.chain(left_out).collect::<Vec<_>>(), [named], "{service}");
    }
}

#[test]
fn a_task_too_big_names_the_resource_and_the_nearest_type() {
    let report = planned(&article(1, 512, 20_000));
    let message = &report.diagnostics[0].message;
    assert!(message.contains("needs 20,000 MiB"), "{message}");
    assert!(message.contains("r6g.large has 15,463 MiB for tasks"), "{message}");
    assert_eq!(report.cheapest, None);
}

#[test]
fn bad_words_elsewhere_are_named_with_the_nearest() {
    let with = |field: &str, value: Value| {
        let mut scenario = article(30, 512, 1024);
        scenario[field] = value;
        scenario
    };
    let requirements = |field: &str, value: Value| {
        let mut scenario = article(30, 512, 1024);
        scenario["capacity"]["managedInstances"]["instanceRequirements"][field] = value;
        scenario
    };
    let at = |field: &str| format!("capacity.managedInstances.instanceRequirements.{field}");
    let report = check_said(&with("region", json!("us-esat-1")), "region", "region.unknown");
    assert!(report.diagnostics[0].message.contains("us-east-1"));
    assert_eq!(report.services.len(), 1, "what needs no prices is still told");

    let unknown_type = requirements("allowedInstanceTypes", json!(["t3g.small", "t4g.*"]));
    let report =
        check_said(&unknown_type, &at("allowedInstanceTypes[0]"), "requirements.unknownType");
    assert!(report.predicted.is_some());

    let unknown_field = requirements("vcpuCount", json!({ "min": 2 }));
    let report = check_said(&unknown_field, &at("vcpuCount"), "scenario.unknownField");
    assert!(report.diagnostics[0].message.contains("did you mean vCpuCount?"));
    assert!(report.predicted.is_some());

    let unknown_word = requirements("cpuManufacturers", json!(["arm", "amazon-web-services"]));
    let report = check_said(&unknown_word, &at("cpuManufacturers[0]"), "scenario.unknownWord");
    assert!(report.predicted.is_some());

    let second = requirements("cpuManufacturers", json!(["arm", "x86"]));
    check_said(&second, &at("cpuManufacturers[1]"), "scenario.unknownWord");

    check_said(&with("zones", json!(9)), "zones", "scenario.refused");
    check_said(&with("services", json!({})), "services", "scenario.refused");
    check_said(&with("services", json!([])), "services", "services.none");
    let crossed = requirements("vCpuCount", json!({ "min": 8, "max": 2 }));
    check_said(&crossed, "capacity.managedInstances", "capacity.nothingAdmitted");
}

#[test]
fn a_text_that_is_no_scenario_is_an_error() {
    for (text, says) in [
        ("", "not JSON"),
        ("{", "line 1, column 1"),
        ("[]", "not an object"),
        ("{\"version\": 2}", "version: 2 is not known"),
        ("\u{feff}{}", ""),
    ] {
        match plan_text(&CATALOG, text) {
            Ok(_) => assert_eq!(says, "", "{text}"),
            Err(error) => assert!(error.to_string().contains(says), "{error}"),
        }
    }
    assert!(plan_text(&CATALOG, &"[".repeat(100_000)).is_err(), "depth ends");
}

#[test]
fn services_that_want_one_port_never_share_an_instance() {
    let web = |name: &str| {
        json!({ "name": name, "desiredCount": 2, "taskDefinition": {
            "cpu": 128, "memory": 64, "networkMode": "bridge",
            "containerDefinitions": [
                { "portMappings": [{ "containerPort": 80, "hostPort": 8080 }] }] } })
    };
    let report = planned(&json!({
        "zones": 1, "services": [web("a"), web("b")],
        "capacity": { "autoScalingGroup": { "instanceTypes": ["m5.large"] } }
    }));
    let cheapest = report.cheapest.expect("a fleet");
    assert_eq!(mix(&cheapest.fleet.mix), [("m5.large", 4)]);
    assert_eq!(cheapest.fleet.groups[0].binding, [Resource::Port]);
    assert_eq!(report.predicted, None, "a group launches what it is told to");
}

/// Reservations are paid for afterwards: ECS launches the same instances.
#[test]
fn reservations_do_not_change_what_is_launched() {
    let launched = |option: &str| {
        let mut scenario = article(10, 1000, 14_000);
        scenario["pricing"] = json!({ "purchaseOption": option });
        planned(&scenario).predicted.expect("a prediction").fleet.mix
    };
    assert_eq!(launched("RESERVED_3_YEARS"), launched("ON_DEMAND"));
    assert_eq!(launched("RESERVED_1_YEAR"), launched("ON_DEMAND"));
}

#[test]
fn purchase_options_change_compute_and_never_the_fee() {
    let with = |pricing: Value| {
        let mut scenario = article(30, 512, 1024);
        scenario["capacity"]["managedInstances"]["instanceRequirements"]["allowedInstanceTypes"] =
            json!(["t4g.small"]);
        scenario["pricing"] = pricing;
        planned(&scenario).predicted.expect("a prediction").fleet.cost
    };
    let on_demand = with(json!({}));
    let cost = |c: &Cost| (c.compute_nano_usd_per_hour.0, c.fee_nano_usd_per_hour.0);
    assert_eq!(cost(&on_demand), (504_000_000, 60_480_000));
    let planned = with(json!({ "savingsPlanPercent": 25 }));
    assert_eq!(cost(&planned), (378_000_000, 60_480_000));
    let spot = with(json!({ "purchaseOption": "SPOT" }));
    assert!(spot.compute_nano_usd_per_hour < on_demand.compute_nano_usd_per_hour);
    assert_eq!(spot.fee_nano_usd_per_hour, on_demand.fee_nano_usd_per_hour);
    let reserved = with(json!({ "purchaseOption": "RESERVED_3_YEARS" }));
    assert!(reserved.compute_nano_usd_per_hour < on_demand.compute_nano_usd_per_hour);
    let without = with(json!({ "includeDisks": false }));
    assert_eq!(without.disk_nano_usd_per_hour.0, 0);
    assert_eq!(on_demand.disk_nano_usd_per_hour.0, 30 * 8_767_123);
}

/// A guess is labelled: each says where it comes from, and names a field that there is.
#[test]
fn assumptions_have_sources_and_settings() {
    let report = planned(&article(30, 512, 1024));
    let codes: Vec<&str> = report.assumptions.iter().map(|a| a.code.as_str()).collect();
    for code in ["managed.choice", "memory.managedReserve", "eni.managedTrunking", "managed.fee"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let schema = crate::scenario::schema();
    for assumption in &report.assumptions {
        assert!(!assumption.source.is_empty(), "{}", assumption.code);
        if let Some(field) =
            assumption.setting.as_ref().and_then(|path| path.split('.').next_back())
        {
            assert!(schema.contains(&format!("\"{field}\"")), "{field}");
        }
    }
    let mut without = article(30, 512, 1024);
    without["capacity"]["managedInstances"]["eniTrunking"] = json!(false);
    let report = planned(&without);
    assert!(report.assumptions.iter().all(|a| a.code != "eni.managedTrunking"));
}

fn small(more: &Value) -> Value {
    let task = json!({ "cpu": 512, "memory": 1024 });
    let mut scenario = json!({ "region": "us-east-1", "services": [
        { "name": "s", "desiredCount": 1, "taskDefinition": task }
    ]});
    for (field, value) in more.as_object().expect("an object") {
        scenario[field] = value.clone();
    }
    scenario
}

/// c6g is not offered in every zone of us-east-1: one task needs one zone only.
#[test]
fn few_tasks_need_few_zones() {
    let group = json!({ "autoScalingGroup": { "instanceTypes": ["c6g.large"] } });
    let mut scenario = small(&json!({ "zones": 6, "capacity": group }));
    assert!(planned(&scenario).cheapest.is_some());
    scenario["services"][0]["desiredCount"] = json!(12);
    check_said(&scenario, "services[0]", "service.notInEveryZone");
    scenario["services"][0]["availabilityZoneSpread"] = json!(false);
    assert!(planned(&scenario).cheapest.is_some());
}

#[test]
fn daemons_that_leave_no_room_are_named() {
    let daemon =
        |memory: u64| json!([{ "name": "d", "taskDefinition": { "cpu": 512, "memory": memory } }]);
    let group = json!({ "autoScalingGroup": { "instanceTypes": ["t3.medium"] } });
    let with = |memory| small(&json!({ "daemons": daemon(memory), "capacity": group }));
    check_said(&with(7000), "daemons", "capacity.daemonsTooBig");
    let path = "services[0].taskDefinition.memory";
    let report = check_said(&with(3000), path, "service.tooBig");
    assert!(report.diagnostics[0].message.contains("daemons take 3,000"));
}

#[test]
fn what_cannot_be_counted_proves_nothing() {
    let mut scenario = small(&json!({ "zones": 1 }));
    scenario["services"][0]["desiredCount"] = json!(100_000);
    scenario["services"][0]["taskDefinition"] = json!({ "cpu": 196_608, "memory": 11_000_000 });
    let report = check_said(&scenario, "services", "plan.tooDear");
    assert!(!report.cheapest.expect("a fleet").proven_optimal);
}

#[test]
fn nulls_are_absent_and_versions_are_read_as_meant() {
    let nulls = json!({ "pricing": null, "zones": null, "daemons": null, "version": "1" });
    assert_eq!(planned(&small(&nulls)).diagnostics, []);
    for capacity in [json!("managedInstances"), json!({ "managedInstances": null })] {
        assert_eq!(planned(&small(&json!({ "capacity": capacity }))).diagnostics, []);
    }
    let gov = small(&json!({ "region": "us-gov-west-1" }));
    check_said(&gov, "region", "region.noOffers");
    let unpriced = small(&json!({ "region": "ca-west-1" }));
    check_said(&unpriced, "region", "region.noPrices");
}

#[test]
fn lists_of_nothing_but_problems_end() {
    let numbers: Vec<u32> = vec![1; 50_000];
    let requirements = json!({ "managedInstances": {
        "instanceRequirements": { "allowedInstanceTypes": numbers } } });
    check_said(&small(&json!({ "capacity": requirements })), "", "scenario.moreProblems");
    let names = vec!["t3.smoll"; 50_000];
    let group = json!({ "autoScalingGroup": { "instanceTypes": names } });
    let many = small(&json!({ "capacity": group }));
    check_said(&many, "capacity.autoScalingGroup.instanceTypes", "capacity.tooManyTypes");
}
