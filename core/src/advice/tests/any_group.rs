//! Whatever a group's settings are: nothing panics, each advice has its reason, and its changes can
//! be read.

use super::answers::{changed, outlook};
use crate::advice::alarms::advised;
use crate::plan::tests::CATALOG;
use crate::scenario::{document, read};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A group with services of any settings, contradictory ones among them.
fn any_group() -> impl Strategy<Value = Value> {
    let bounds = (0u32..200, 0u32..200, 0u64..150, 0u32..400, 0u32..400);
    let service = (0u32..700, 0u8..5, 0u8..4, any::<[bool; 4]>(), bounds).prop_map(
        |(
            count,
            strategy,
            mode,
            [pinned, fixed, scales, two],
            (min, max, target, out, inwards),
        )| {
            let strategy = [
                json!([]),
                json!([{ "type": "random" }]),
                json!([{ "type": "binpack", "field": "cpu" }]),
                json!([{ "type": "spread", "field": "instanceId" }]),
                json!([{ "type": "spread", "field": "attribute:ecs.availability-zone" },
                       { "type": "binpack", "field": "memory" }]),
            ][usize::from(strategy)]
            .clone();
            let mode = ["bridge", "host", "awsvpc", "none"][usize::from(mode)];
            let port = if fixed && mode == "bridge" { json!(5000) } else { Value::Null };
            let scaling = json!({ "minCapacity": min, "maxCapacity": max, "scalingPolicies": [
                { "targetTracking": { "targetValue": target, "scaleOutCooldown": out,
                                      "scaleInCooldown": inwards } }] });
            json!({
                "desiredCount": count,
                "placementStrategy": strategy,
                "launchType": if pinned { json!("EC2") } else { Value::Null },
                "autoScaling": if scales { scaling } else { Value::Null },
                "loadBalancers": [{ "containerName": "app", "containerPort": 80,
                                    "targetType": if two { "ip" } else { "instance" } }],
                "taskDefinition": {
                    "cpu": if two { 1024 } else { 256 }, "memory": 512, "networkMode": mode,
                    "containerDefinitions": [{ "name": "app", "cpu": 128, "portMappings":
                        [{ "containerPort": 5000, "hostPort": port }] }] },
            })
        },
    );
    let sizes = (0u32..30, proptest::option::of(0u32..60), proptest::option::of(0u32..40));
    let scaling = (1u8..=100, 1u32..20, 1u32..20, 0u32..900, any::<bool>());
    let types = prop_oneof![
        Just(json!([])),
        Just(json!(["t3.medium"])),
        Just(json!(["t3.nano", "m6i.large", "m6g.large"])),
    ];
    (proptest::collection::vec(service, 1..4), sizes, scaling, types).prop_map(
        |(mut services, (min, max, desired), (target, least, most, warm_up, on), types)| {
            for (at, service) in services.iter_mut().enumerate() {
                service["name"] = json!(format!("s{at}"));
            }
            changed(&[
                ("services", json!(services)),
                (
                    "capacity.autoScalingGroup",
                    json!({
                        "instanceTypes": types, "minSize": min, "maxSize": max,
                        "desiredCapacity": desired, "defaultCooldown": 0, "imageId": "ami-1",
                        "managedTerminationProtection": "ENABLED",
                        "managedScaling": {
                            "status": if on { "ENABLED" } else { "DISABLED" },
                            "targetCapacity": target, "minimumScalingStepSize": least,
                            "maximumScalingStepSize": most, "instanceWarmupPeriod": warm_up },
                    }),
                ),
                ("alarms", json!([{ "metricName": "Failed" }, { "metricName": "CPUReservation" }])),
            ])
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn advice_on_any_group_has_a_reason_and_can_be_followed(scenario in any_group()) {
        let (_, advice) = outlook(&scenario);
        for hint in &advice {
            prop_assert!(!hint.reason.is_empty() && !hint.source.is_empty(), "{}", hint.code);
            let mut after = scenario.clone();
            for change in &hint.changes {
                let value = Some(change.after.clone()).filter(|value| !value.is_null());
                document::set(&mut after, &change.path, value);
            }
            let reading = read(&after.to_string()).expect("a scenario");
            prop_assert!(reading.diagnostics.is_empty(), "{:?}: {:?}", hint, reading.diagnostics);
        }
        let places: std::collections::BTreeSet<(&str, &str, &str)> = advice
            .iter()
            .map(|it| (it.code.as_str(), it.path.as_str(), it.text.as_str()))
            .collect();
        prop_assert!(places.len() == advice.len(), "said twice: {advice:#?}");
        let reading = read(&scenario.to_string()).expect("a scenario");
        let advised = advised(&CATALOG, &reading);
        prop_assert_eq!(advised.advice, advice);
        for alarm in &advised.alarms {
            prop_assert!(alarm.evaluation_periods > 0 && !alarm.dimensions.is_empty());
            prop_assert!(alarm.unit != "%" || alarm.threshold_thousandths <= 100_000);
        }
    }
}
