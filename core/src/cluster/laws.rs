//! Laws of whole timelines: the steady state is the plan's, and any scenario ends in a report.

use super::tests::{group, placed, scenario, simulated};
use crate::scenario::MAX_DIAGNOSTICS;
use proptest::prelude::*;
use serde_json::{Value, json};

prop_compose! {
    fn clusters()(
        services in prop::collection::vec(
            (1..30_u32, 1..5_u64, 1..8_u64, 0..4_usize, any::<bool>()), 1..4),
        target in 40..=100_u32, initial in 0..8_u32, protected in any::<bool>(), max in 4..60_u32,
        name in prop::sample::select(vec!["t3.large", "m5.xlarge", "c6i.2xlarge"]),
    ) -> Value {
        let strategies = [
            json!([{ "type": "binpack", "field": "memory" }]),
            json!([{ "type": "binpack", "field": "cpu" }, { "type": "spread", "field": "instanceId" }]),
            json!([{ "type": "spread", "field": "attribute:ecs.availability-zone" }]),
            json!([]),
        ];
        let services: Vec<Value> = services.into_iter().enumerate().map(
            |(place, (tasks, cpu, memory, strategy, distinct))| json!({
                "name": format!("s{place}"),
                "desiredCount": tasks,
                "taskDefinition": { "cpu": cpu * 256, "memory": memory * 512, "networkMode": "bridge" },
                "placementStrategy": strategies[strategy],
                "placementConstraints":
                    if distinct { json!([{ "type": "distinctInstance" }]) } else { json!([]) },
            })).collect();
        json!({
            "region": "us-east-1",
            "services": services,
            "capacity": { "autoScalingGroup": {
                "instanceTypes": [name],
                "desiredCapacity": initial,
                "maxSize": max.max(initial),
                "managedScaling": { "targetCapacity": target },
                "managedTerminationProtection": if protected { "ENABLED" } else { "DISABLED" },
                "newInstancesProtectedFromScaleIn": protected,
            } },
            "simulation": { "minutes": 360 },
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The steady state is the packing plan's with the spare capacity that was asked for, or says
    /// why not.
    #[test]
    fn the_steady_state_agrees_with_the_plan_or_says_why_not(scenario in clusters()) {
        let told = simulated(&scenario);
        let steady = told.steady_state.expect("a steady state");
        prop_assert_eq!(steady.agrees, steady.reasons.is_empty(), "{:?}", steady);
        let again = simulated(&scenario);
        prop_assert_eq!(serde_json::to_string(&again).ok(), serde_json::to_string(&simulated(&scenario)).ok());
    }

    /// One service that is packed settles just where the plan with its spare instances is.
    #[test]
    fn a_packed_service_settles_where_the_plan_is(
        tasks in 0..60_u32, cpu in 1..8_u64, target in 40..=100_u32, initial in 0..10_u32,
    ) {
        let mut scenario = scenario("m5.large", cpu * 256, 256, "bridge", tasks);
        scenario["services"][0]["placementStrategy"] = json!([{ "type": "binpack", "field": "cpu" }]);
        group(&mut scenario)["desiredCapacity"] = initial.into();
        group(&mut scenario)["managedScaling"] = json!({ "targetCapacity": target });
        group(&mut scenario)["managedTerminationProtection"] = "ENABLED".into();
        scenario["simulation"]["minutes"] = 360.into();
        let steady = simulated(&scenario).steady_state.expect("a steady state");
        prop_assert!(steady.agrees, "{:?}", steady);
        prop_assert_eq!(steady.instances, steady.with_spare);
    }

    /// A group that names no type: the advice counts the instances that are simulated.
    #[test]
    fn advice_counts_the_type_that_is_simulated(
        cpu in 1..16_u64, memory in 1..40_u64, awsvpc in any::<bool>(), tasks in 1..40_u32,
    ) {
        let mode = if awsvpc { "awsvpc" } else { "bridge" };
        let mut scenario = scenario("t3.medium", cpu * 128, memory * 256, mode, tasks);
        group(&mut scenario)["instanceTypes"] = json!([]);
        let told = simulated(&scenario);
        let name = &told.groups[0].instance_types[0];
        let compared = told.advice.iter().find(|it| it.code == "fargate.compared");
        prop_assert!(compared.is_none_or(|it| it.text.contains(name.as_str())), "{name} {compared:?}");
    }

    /// Any text ends in a report.
    #[test]
    fn any_scenario_ends_in_a_report(field in 0..8_usize, value in any::<u32>(), text in ".{0,12}") {
        let paths = [
            "/services/0/desiredCount", "/capacity/autoScalingGroup/desiredCapacity",
            "/capacity/autoScalingGroup/maxSize", "/simulation/minutes",
            "/simulation/instanceLaunchSeconds", "/services/0/taskDefinition/cpu",
            "/services/0/name", "/region",
        ];
        let mut scenario = scenario("t3.medium", 512, 512, "bridge", 2);
        let (parent, last) = paths[field].rsplit_once('/').expect("a path");
        let small = value % 300;
        scenario.pointer_mut(parent).expect("a parent")[last] =
            if field > 5 { json!(text) } else { json!(small) };
        let told = simulated(&scenario);
        prop_assert!(told.diagnostics.len() <= MAX_DIAGNOSTICS + 1);
        let _ = placed(&scenario);
    }
}
