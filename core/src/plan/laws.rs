//! What every plan keeps, whatever is asked.

use super::plan_text;
use super::tests::{CATALOG, article, planned};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_scenario() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        4 => (0u64..5000).prop_map(Value::from),
        1 => (-5i64..200_000).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => "[0-9]{1,4}( ?(vCPU|GB|MiB))?".prop_map(Value::from),
    ];
    let service = (
        prop_oneof![3 => Just(json!("s")), 1 => ".{0,8}".prop_map(Value::from)],
        number.clone(),
        number.clone(),
        number,
        prop_oneof![Just("awsvpc"), Just("bridge"), Just("host"), Just("vpc")],
        prop_oneof![Just(Value::Null), Just(json!("ARM64")), Just(json!("X86_64"))],
        any::<bool>(),
    );
    let service = service.prop_map(|(name, count, cpu, memory, mode, architecture, distinct)| {
        json!({
            "name": name, "desiredCount": count, "apartFrom": ["s"],
            "placementConstraints":
                if distinct { json!([{ "type": "distinctInstance" }]) } else { json!([]) },
            "taskDefinition": { "cpu": cpu, "memory": memory, "networkMode": mode,
                "runtimePlatform": { "cpuArchitecture": architecture } }
        })
    });
    let capacity = prop_oneof![
        Just(json!("managedInstances")),
        Just(json!({ "managedInstances": { "eniTrunking": false,
            "instanceRequirements": { "vCpuCount": { "max": 8 }, "burstablePerformance": "included" } } })),
        Just(json!({ "autoScalingGroup": { "instanceTypes": ["t3.medium", "m7g.xlarge"] } })),
        Just(json!({ "autoScalingGroup": { "memoryModel": "al2", "reservedMemory": 128 } })),
    ];
    let region = prop_oneof![
        4 => Just("eu-west-1"), 1 => Just("us-gov-west-1"), 1 => Just("ca-west-1"), 1 => Just("mars")
    ];
    (proptest::collection::vec(service, 0..4), capacity, region, 0u8..8).prop_map(
        |(services, capacity, region, zones)| {
            json!({ "region": region, "zones": zones, "services": services,
                    "capacity": capacity })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Any scenario ends in a report: no panic, no fleet that the checker refuses, the same bytes
    /// when it is planned again, and a bound that is not above the cost.
    #[test]
    fn any_scenario_is_planned(scenario in any_scenario()) {
        let report = planned(&scenario);
        prop_assert!(report.diagnostics.iter().all(|d| d.code != "plan.checkerRefused"));
        if let Some(cheapest) = &report.cheapest {
            let cost = cheapest.fleet.cost.total_nano_usd_per_hour;
            prop_assert!(cheapest.lower_bound_nano_usd_per_hour <= cost);
            if let Some(predicted) = &report.predicted {
                let dearest = predicted.fleet.cost.total_nano_usd_per_hour;
                prop_assert!(cheapest.lower_bound_nano_usd_per_hour <= dearest);
            }
        }
        let again = planned(&scenario);
        prop_assert_eq!(
            serde_json::to_string(&report).expect("json"),
            serde_json::to_string(&again).expect("json")
        );
    }

    /// Any text ends in a report or an error.
    #[test]
    fn any_text_ends(text in ".{0,60}") {
        let _ = plan_text(&CATALOG, &text);
    }

    /// More tasks, or fewer allowed types, never make the cheapest fleet cheaper: what is found
    /// is never below what is proven for the easier scenario.
    #[test]
    fn asking_for_more_never_costs_less(
        count in 1u32..60, more in 1u32..20, cpu in 128u64..2048, memory in 64u64..7000,
    ) {
        let cheapest = |scenario: &Value| planned(scenario).cheapest.expect("a fleet");
        let easier = cheapest(&article(count, cpu, memory));
        let bound = easier.lower_bound_nano_usd_per_hour;
        let more = cheapest(&article(count + more, cpu, memory));
        prop_assert!(more.fleet.cost.total_nano_usd_per_hour >= bound);
        let mut fewer = article(count, cpu, memory);
        fewer["capacity"]["managedInstances"]["instanceRequirements"]["allowedInstanceTypes"] =
            json!(["m*", "r*"]);
        let fewer = cheapest(&fewer);
        prop_assert!(fewer.fleet.cost.total_nano_usd_per_hour >= bound);
    }
}
