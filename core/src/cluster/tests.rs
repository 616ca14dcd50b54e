//! Placement and timelines of whole scenarios: the worked cases, and what is said of bad input.

use super::*;
use crate::plan::tests::CATALOG;
use crate::report::{EventKind, PlacementReport, Timeline};
use crate::scenario::read;
use serde_json::{Value, json};

pub(super) fn simulated(scenario: &Value) -> Timeline {
    let reading = read(&scenario.to_string()).expect("a scenario");
    simulate(&CATALOG, &reading, SimulateOptions::default())
}

pub(super) fn placed(scenario: &Value) -> PlacementReport {
    place(&CATALOG, &read(&scenario.to_string()).expect("a scenario"))
}

/// One service of `tasks` tasks on a group of one type.
pub(super) fn scenario(
    instance_type: &str,
    cpu: u64,
    memory: u64,
    mode: &str,
    tasks: u32,
) -> Value {
    json!({
        "region": "us-east-1",
        "services": [{
            "name": "web",
            "desiredCount": tasks,
            "taskDefinition": { "cpu": cpu, "memory": memory, "networkMode": mode },
        }],
        "capacity": { "autoScalingGroup": {
            "instanceTypes": [instance_type], "desiredCapacity": 1,
        } },
        "simulation": { "minutes": 60 },
    })
}

pub(super) fn group(scenario: &mut Value) -> &mut Value {
    &mut scenario["capacity"]["autoScalingGroup"]
}

/// `(type, AMI, CPU, memory, mode, trunking) -> (tasks, reason)`: how many tasks fit, by placing
/// one after another.
#[test]
fn tasks_fit_until_a_resource_ends() {
    for (name, ami, cpu, memory, mode, trunking, tasks, reason) in [
        ("t3.medium", "al2023", 512, 1024, "bridge", false, 3, "RESOURCE:MEMORY"),
        ("t3.medium", "al2", 512, 1024, "awsvpc", false, 2, "RESOURCE:ENI"),
        ("t3.medium", "al2023", 1024, 1024, "bridge", false, 2, "RESOURCE:CPU"),
        ("t3.small", "al2023", 1024, 1536, "bridge", false, 1, "RESOURCE:MEMORY"),
        ("m5.large", "bottlerocket", 256, 512, "awsvpc", false, 2, "RESOURCE:ENI"),
        ("m5.large", "bottlerocket", 256, 512, "awsvpc", true, 8, "RESOURCE:CPU"),
        ("m5.large", "bottlerocket", 128, 700, "awsvpc", true, 10, "RESOURCE:MEMORY"),
    ] {
        let mut scenario = scenario(name, cpu, memory, mode, 20);
        group(&mut scenario)["memoryModel"] = ami.into();
        group(&mut scenario)["awsvpcTrunking"] = trunking.into();
        let report = placed(&scenario);
        let service = &report.services[0];
        assert_eq!(
            (service.placed, service.unplaced),
            (tasks, 20 - tasks),
            "{name} {cpu} {memory}"
        );
        assert_eq!(service.rejections[0].reason, reason, "{name} {cpu} {memory}");
        let last = report.decisions.last().expect("a decision");
        assert_eq!((last.instance.as_deref(), last.rejected.len()), (None, 1));
    }
    let mut port = scenario("m5.large", 256, 512, "bridge", 3);
    port["services"][0]["taskDefinition"]["containerDefinitions"] =
        json!([{ "name": "a", "portMappings": [{ "containerPort": 80, "hostPort": 5000 }] }]);
    let service = &placed(&port).services[0];
    assert_eq!((service.placed, service.rejections[0].reason.as_str()), (1, "RESOURCE:PORTS"));
}

struct Formula {
    instances: u32,
    /// CPU units of a task on instances of 2048.
    cpu: u64,
    tasks: u32,
    strategy: Value,
    distinct: bool,
    target: u32,
    /// In tenths of a percent: the article's formula, and the real metric.
    article: u64,
    real: u64,
    /// The desired capacity after a minute, or after a quarter of an hour where it falls.
    desired: u64,
}

#[track_caller]
fn check(case: &Formula) {
    let mut scenario = scenario("m5.large", case.cpu, 1024, "bridge", case.tasks);
    group(&mut scenario)["desiredCapacity"] = case.instances.into();
    group(&mut scenario)["managedScaling"] = json!({ "targetCapacity": case.target });
    scenario["services"][0]["placementStrategy"] = json!([case.strategy]);
    if case.distinct {
        scenario["services"][0]["placementConstraints"] = json!([{ "type": "distinctInstance" }]);
    }
    let told = simulated(&scenario);
    let group = &told.groups[0];
    let figures = (
        group.slots_used_per_mille.at(0),
        group.reservation_per_mille.at(0),
        if case.desired < case.instances.into() {
            group.desired.at(16)
        } else {
            group.desired.at(1)
        },
    );
    assert_eq!(figures, (case.article, case.real, case.desired), "{scenario}");
}

/// What the second article's formula says, and what the capacity provider does.
#[test]
fn the_article_s_formula_beside_the_metric() {
    let spread = || json!({ "type": "spread", "field": "instanceId" });
    let packed = || json!({ "type": "binpack", "field": "memory" });
    let case = |instances, cpu, tasks, strategy, target, article, real, desired| Formula {
        instances,
        cpu,
        tasks,
        strategy,
        distinct: false,
        target,
        article,
        real,
        desired,
    };
    for case in [
        case(4, 512, 12, spread(), 80, 750, 1000, 5),
        case(4, 512, 12, packed(), 80, 750, 750, 4),
        case(4, 512, 12, packed(), 100, 750, 750, 3),
        case(4, 512, 14, spread(), 80, 875, 1000, 5),
        case(4, 512, 14, spread(), 100, 875, 1000, 4),
        case(4, 512, 17, spread(), 100, 1000, 1250, 5),
        case(3, 640, 7, spread(), 100, 778, 1000, 3),
        case(3, 640, 10, spread(), 100, 1000, 1333, 4),
        case(3, 640, 4, packed(), 100, 444, 667, 2),
        Formula { distinct: true, ..case(4, 512, 3, spread(), 80, 750, 750, 4) },
        case(0, 512, 0, spread(), 100, 0, 1000, 0),
        case(0, 512, 3, spread(), 100, 0, 2000, 2),
    ] {
        check(&case);
    }
}

/// 2 instances that hold 2 tasks each, 4 tasks that run and 8 that are wanted.
#[test]
fn the_article_s_spike_in_one_minute() {
    for (target, desired) in [(100, 4), (80, 5)] {
        let mut scenario = scenario("t3.medium", 1024, 1024, "bridge", 8);
        group(&mut scenario)["desiredCapacity"] = 2.into();
        group(&mut scenario)["managedScaling"] = json!({ "targetCapacity": target });
        let told = simulated(&scenario);
        assert_eq!(told.groups[0].reservation_per_mille.at(0), 2000);
        assert_eq!(told.groups[0].desired.at(1), desired, "target {target}");
        assert_eq!((told.services[0].running.at(0), told.services[0].waiting.at(0)), (4, 4));
    }
}

/// Every story reads without an error, and ends as it says.
#[test]
fn stories_are_told_and_simulated() {
    let stories = presets();
    assert!(stories.len() >= 8);
    for story in &stories {
        let scenario: Value = serde_json::from_str(&story.scenario).expect("JSON");
        let told = simulated(&scenario);
        let errors = told.diagnostics.iter().filter(|it| it.severity == crate::Severity::Error);
        assert_eq!(errors.count(), 0, "{}: {:?}", story.id, told.diagnostics);
        assert!(!told.events.is_empty() && told.totals.cost_nano_usd > 0, "{}", story.id);
        assert!(story.told.iter().all(|it| it.minute <= told.minutes), "{}", story.id);
    }
    let story = |id: &str| {
        let story = stories.iter().find(|it| it.id == id).expect("a story");
        simulated(&serde_json::from_str(&story.scenario).expect("JSON"))
    };
    let end = |id: &str| story(id).steady_state.map(|it| it.instances);
    assert_eq!(end("run-away"), Some(15));
    assert!(end("run-away-mended") <= Some(4));
    let wait = |id: &str| story(id).totals.longest_wait_seconds;
    assert!(wait("slow-instances") > wait("fast-instances"));
    let past = story("launch-type-ec2");
    assert!(past.events.iter().any(|it| it.kind == EventKind::TasksUnplaced));
}

#[test]
fn instances_are_placed_on_by_their_attributes() {
    let scenario = json!({
        "region": "eu-west-1",
        "zones": 2,
        "services": [{
            "name": "api",
            "desiredCount": 4,
            "taskDefinition": { "cpu": 512, "memory": 1024 },
            "placementConstraints": [
                { "type": "memberOf", "expression": "attribute:stack == blue" },
                { "type": "memberOf", "expression": "not(task:group == service:db)" },
            ],
            "placementStrategy": [{ "type": "binpack", "field": "cpu" }],
        }, {
            "name": "db",
            "desiredCount": 1,
            "taskDefinition": { "cpu": 512, "memory": 1024 },
        }],
        "capacity": { "autoScalingGroup": { "instanceTypes": ["m5.large"] } },
        "containerInstances": [
            { "ec2InstanceId": "i-blue", "instanceType": "m5.large", "count": 2,
              "attributes": { "stack": "blue" }, "availabilityZone": "eu-west-1a" },
            { "ec2InstanceId": "i-db", "instanceType": "m5.xlarge", "availabilityZone": "eu-west-1b",
              "attributes": { "stack": "blue" }, "tasks": [{ "service": "db", "count": 1 }] },
            { "ec2InstanceId": "i-green", "instanceType": "m5.large", "attributes": { "stack": "green" } },
            { "ec2InstanceId": "i-gone", "instanceType": "m5.large", "status": "DRAINING",
              "attributes": { "stack": "blue" } },
            { "ec2InstanceId": "i-dark", "instanceType": "m5.large", "agentConnected": false,
              "attributes": { "stack": "blue" } },
        ],
    });
    let report = placed(&scenario);
    let said: Vec<&str> = report.diagnostics.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(said, ["service.memberOfStanding", "service.memberOfNotStatic"]);
    let on: Vec<(&str, u32)> = report
        .container_instances
        .iter()
        .flat_map(|it| it.tasks.iter().map(|task| (it.id.as_str(), task.count)))
        .collect();
    assert_eq!(on, [("i-blue", 4), ("i-db", 1)]);
    let api = &report.services[0];
    assert_eq!((api.placed, api.strategy.as_slice()), (4, &["binpack cpu".to_owned()][..]));
    let reasons: Vec<(&str, u32)> =
        api.rejections.iter().map(|it| (it.reason.as_str(), it.instances)).collect();
    assert!(reasons.contains(&("memberOf placement constraint unsatisfied", 2)), "{reasons:?}");
    assert!(reasons.contains(&("INACTIVE", 1)) && reasons.contains(&("AGENT", 1)), "{reasons:?}");
    assert_eq!(api.scale_in[0].instance, "i-blue");
    let db = &report.services[1];
    assert_eq!((db.before, db.placed), (1, 0));
}

/// `apartFrom` keeps tasks of the other service off, whichever is placed first.
#[test]
fn services_are_kept_apart() {
    let mut scenario = scenario("m5.large", 256, 512, "bridge", 2);
    let mut other = scenario["services"][0].clone();
    other["name"] = "db".into();
    other["apartFrom"] = json!(["web"]);
    scenario["services"].as_array_mut().expect("a list").push(other);
    group(&mut scenario)["desiredCapacity"] = 3.into();
    let report = placed(&scenario);
    let kinds = report.container_instances.iter().map(|it| it.tasks.len());
    assert!(kinds.clone().all(|kinds| kinds <= 1), "{:?}", report.container_instances);
    assert_eq!((report.services[0].placed, report.services[1].placed), (2, 2));
}

/// Where no item of a strategy has a weight, the tasks beyond the base run on the first, as the
/// diagnostic says: in the plan and over time.
#[test]
fn a_strategy_without_weights_is_followed_as_it_is_said() {
    let mut scenario = scenario("m5.large", 256, 512, "bridge", 4);
    scenario["capacityProviders"] = json!([{ "name": "a" }, { "name": "b" }]);
    scenario["capacityProviderStrategy"] = json!([{ "capacityProvider": "b", "base": 1 }]);
    let told = simulated(&scenario);
    assert!(told.diagnostics.iter().any(|it| it.code == "strategy.noWeight"));
    assert_eq!((told.services[0].running.at(60), told.groups[1].empty.at(0)), (4, 0));
}

/// What cannot be used is said with its field, and the rest is simulated.
#[test]
fn bad_input_is_named() {
    for (path, value, code, field) in [
        (
            "/simulation",
            json!({ "minutes": 5, "deployments": [{ "service": "wbe", "minute": 1 }] }),
            "cluster.unknownService",
            "simulation.deployments[0].service",
        ),
        ("/simulation", json!({ "startsAt": "25:00" }), "scenario.refused", "simulation.startsAt"),
        (
            "/containerInstances",
            json!([{ "instanceType": "t9.nano" }]),
            "capacity.unknownType",
            "containerInstances[0].instanceType",
        ),
        (
            "/containerInstances",
            json!([{ "instanceType": "t3.small", "availabilityZone": "mars-1a" }]),
            "capacity.unknownZone",
            "containerInstances[0].availabilityZone",
        ),
        (
            "/containerInstances",
            json!([{ "instanceType": "t3.small", "capacityProvider": "x" }]),
            "cluster.unknownProvider",
            "containerInstances[0].capacityProvider",
        ),
        (
            "/containerInstances",
            json!([{ "instanceType": "t3.small", "count": 9000 }]),
            "cluster.tooManyInstances",
            "containerInstances[0].count",
        ),
        (
            "/containerInstances",
            json!([{ "instanceType": "t3.small", "tasks": [{ "service": "db", "count": 1 }] }]),
            "cluster.unknownService",
            "containerInstances[0].tasks[0].service",
        ),
        (
            "/services/0/load",
            json!({ "requestsPerMinute": { "csv": "a\nb" }, "requestsPerMinutePerTask": 5 }),
            "load.csvEmpty",
            "services[0].load.requestsPerMinute.csv",
        ),
        (
            "/services/0/load",
            json!({ "requestsPerMinute": { "constant": 5 }, "requestsPerMinutePerTask": 0 }),
            "load.servesNothing",
            "services[0].load.requestsPerMinutePerTask",
        ),
        (
            "/services/0/autoScaling",
            json!({ "minCapacity": 1, "maxCapacity": 9 }),
            "service.noLoad",
            "services[0].load",
        ),
        (
            "/capacity/autoScalingGroup/instanceTypes",
            json!([]),
            "cluster.typeChosen",
            "capacity.autoScalingGroup.instanceTypes",
        ),
        ("/capacity", json!({ "managedInstances": {} }), "cluster.managedInstances", "capacity"),
    ] {
        let mut scenario = scenario("t3.medium", 512, 512, "bridge", 2);
        let (parent, last) = path.rsplit_once('/').expect("a path");
        scenario.pointer_mut(parent).expect("a parent")[last] = value;
        let told = simulated(&scenario);
        let found = told.diagnostics.iter().any(|it| it.code == code && it.path == field);
        assert!(found, "{code} at {field}: {:?}", told.diagnostics);
        let report = placed(&scenario);
        assert!(report.diagnostics.iter().any(|it| it.code == code), "{code}");
    }
}

/// However much is asked for, there is an answer, and it says what it leaves out.
#[test]
fn too_much_is_cut_off_and_said() {
    let mut scenario = scenario("t3.medium", 256, 256, "bridge", 100_000);
    let service = scenario["services"][0].clone();
    let services: Vec<Value> = (0..100)
        .map(|place| {
            let mut service = service.clone();
            service["name"] = format!("s{place}").into();
            service
        })
        .collect();
    scenario["services"] = services.into();
    group(&mut scenario)["desiredCapacity"] = 10_000.into();
    scenario["simulation"]["minutes"] = 10_080.into();
    let told = simulated(&scenario);
    let codes: Vec<&str> = told.diagnostics.iter().map(|it| it.code.as_str()).collect();
    assert!(
        codes.contains(&"cluster.manyTasks") && codes.contains(&"cluster.tooLong"),
        "{codes:?}"
    );
    assert!(told.minutes < 10_080 && told.step_minutes == 12);
    assert!(told.totals.peak_tasks <= 20_000 && told.totals.peak_instances <= 5000);
    let report = placed(&scenario);
    let tasks: u32 = report.services.iter().map(|it| it.placed).sum();
    assert_eq!(tasks, 20_000);
    assert!(report.decisions.len() <= 400 && report.decided >= 20_000);
}

#[test]
fn a_snapshot_shows_instances_and_tasks() {
    let scenario = scenario("t3.medium", 1024, 1024, "bridge", 8);
    let reading = read(&scenario.to_string()).expect("a scenario");
    let told = simulate(&CATALOG, &reading, SimulateOptions { snapshot_at: Some(30) });
    let snapshot = told.snapshot.expect("a snapshot");
    let tasks: u32 =
        snapshot.container_instances.iter().flat_map(|it| &it.tasks).map(|it| it.count).sum();
    assert_eq!((snapshot.minute, u64::from(tasks)), (30, told.services[0].running.at(30)));
}
