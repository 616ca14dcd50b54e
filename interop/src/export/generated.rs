//! For laws: scenarios of every kind that formats carry, and names of every kind that people give.

use eniac_core::scenario::{self, Scenario};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value as Json, json};

/// An object of the fields that are there.
fn object(fields: Vec<(&str, Option<Json>)>) -> Json {
    let said = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Object(said.collect::<Map<_, _>>())
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = Json> {
    select(words).prop_map(Json::from)
}

fn maybe(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Option<Json>> {
    proptest::option::of(value)
}

fn whole(range: std::ops::RangeInclusive<u32>) -> impl Strategy<Value = Json> {
    range.prop_map(Json::from)
}

fn container() -> impl Strategy<Value = Json> {
    let port = (1_u32..9000, maybe(whole(1..=9000)), maybe(word(&["udp"]))).prop_map(
        |(container, host, protocol)| {
            object(vec![
                ("containerPort", Some(json!(container))),
                ("hostPort", host),
                ("protocol", protocol),
            ])
        },
    );
    let gpus = (1_u32..8).prop_map(|count| json!([{ "type": "GPU", "value": count }]));
    let sizes = (maybe(whole(1..=4096)), maybe(whole(4..=9000)), maybe(whole(4..=4000)));
    (sizes, maybe(gpus), proptest::collection::vec(port, 0..3)).prop_map(|(sizes, gpus, ports)| {
        let (cpu, memory, reservation) = sizes;
        object(vec![
            ("cpu", cpu),
            ("memory", memory),
            ("memoryReservation", reservation),
            ("resourceRequirements", gpus),
            ("portMappings", Some(Json::Array(ports))),
        ])
    })
}

fn constraints() -> impl Strategy<Value = Json> {
    let member =
        json!({ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ m7g.*" });
    subsequence(vec![json!({ "type": "distinctInstance" }), member], 0..=2).prop_map(Json::Array)
}

fn definition() -> impl Strategy<Value = Json> {
    let platform = (maybe(word(&["X86_64", "ARM64"])), maybe(word(&["LINUX", "WINDOWS"])));
    let platform = platform.prop_map(|(processor, system)| {
        object(vec![("cpuArchitecture", processor), ("operatingSystemFamily", system)])
    });
    let modes = word(&["awsvpc", "bridge", "host", "none"]);
    let containers = proptest::collection::vec(container(), 0..3).prop_map(|containers| {
        let named = containers.into_iter().enumerate().map(|(number, mut container)| {
            container["name"] = json!(format!("container{number}"));
            container
        });
        Json::Array(named.collect())
    });
    (whole(1..=16_384), whole(4..=65_536), maybe(modes), maybe(platform), containers).prop_map(
        |(cpu, memory, mode, platform, containers)| {
            object(vec![
                ("cpu", Some(cpu)),
                ("memory", Some(memory)),
                ("networkMode", mode),
                ("runtimePlatform", platform),
                ("containerDefinitions", Some(containers)),
            ])
        },
    )
}

fn auto_scaling() -> impl Strategy<Value = Json> {
    let metrics = word(&[
        "ECSServiceAverageCPUUtilization",
        "ECSServiceAverageMemoryUtilization",
        "ALBRequestCountPerTarget",
    ]);
    let cooldowns = (maybe(whole(0..=900)), maybe(whole(0..=900)), any::<bool>());
    let tracking =
        (metrics, 1_u32..100_000, cooldowns).prop_map(|(metric, target, (out, back, never))| {
            json!({ "targetTracking": object(vec![
                ("predefinedMetricType", Some(metric)),
                ("targetValue", Some(json!(f64::from(target) / 1000.0))),
                ("scaleOutCooldown", out),
                ("scaleInCooldown", back),
                ("disableScaleIn", Some(json!(never))),
            ]) })
        });
    let operators = word(&["GreaterThanThreshold", "LessThanOrEqualToThreshold"]);
    let kinds = word(&["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]);
    let steps = (0_u32..100, operators, 1_u32..10, kinds, maybe(whole(1..=5)), 1_i32..50).prop_map(
        |(threshold, operator, periods, kind, least, by)| {
            json!({ "stepScaling": object(vec![
                ("threshold", Some(json!(threshold))),
                ("comparisonOperator", Some(operator)),
                ("evaluationPeriods", Some(json!(periods))),
                ("adjustmentType", Some(kind)),
                ("minAdjustmentMagnitude", least),
                ("stepAdjustments", Some(json!([
                    { "metricIntervalLowerBound": 0, "metricIntervalUpperBound": 12.5,
                      "scalingAdjustment": by },
                    { "metricIntervalLowerBound": 12.5, "scalingAdjustment": by * 2 },
                ]))),
            ]) })
        },
    );
    let policies = proptest::collection::vec(prop_oneof![tracking, steps], 0..3);
    (0_u32..10, 10_u32..100, policies).prop_map(|(least, most, policies)| {
        json!({ "minCapacity": least, "maxCapacity": most, "scalingPolicies": policies })
    })
}

fn strategy() -> impl Strategy<Value = Json> {
    let items = vec![("first", 0..5_u32), ("second", 0..5)];
    let item = |(name, bases): (&'static str, std::ops::Range<u32>)| {
        (bases, 1_u32..9).prop_map(move |(base, weight)| {
            json!({ "capacityProvider": name, "base": base, "weight": weight })
        })
    };
    let items: Vec<_> = items.into_iter().map(item).collect();
    items.prop_map(Json::Array)
}

fn load_balancers() -> impl Strategy<Value = Json> {
    let balancer = (1_u32..9000, maybe(word(&["ip", "instance"]))).prop_map(|(port, target)| {
        object(vec![
            ("containerName", Some(json!("container0"))),
            ("containerPort", Some(json!(port))),
            ("targetType", target),
        ])
    });
    proptest::collection::vec(balancer, 0..3).prop_map(Json::Array)
}

fn service(has_providers: bool) -> impl Strategy<Value = Json> {
    let rules = subsequence(
        vec![
            json!({ "type": "spread", "field": "attribute:ecs.availability-zone" }),
            json!({ "type": "binpack", "field": "memory" }),
            json!({ "type": "random" }),
        ],
        0..=2,
    );
    let deployment = (0_u32..=100, 100_u32..300, word(&["ROLLING", "BLUE_GREEN", "CANARY"]));
    let deployment = deployment.prop_map(|(least, most, strategy)| {
        json!({ "minimumHealthyPercent": least, "maximumPercent": most, "strategy": strategy })
    });
    let where_it_runs =
        (maybe(strategy()), maybe(constraints()), maybe(rules.prop_map(Json::Array)));
    let how = (maybe(deployment), maybe(auto_scaling()), maybe(word(&["DISABLED"])));
    let what = (definition(), load_balancers());
    (whole(0..=100), what, where_it_runs, how).prop_map(
        move |(count, (definition, balancers), (strategy, constraints, rules), how)| {
            let (deployment, scaling, rebalancing) = how;
            object(vec![
                ("desiredCount", Some(count)),
                ("taskDefinition", Some(definition)),
                ("loadBalancers", Some(balancers)),
                ("capacityProviderStrategy", strategy.filter(|_| has_providers)),
                ("placementConstraints", constraints),
                ("placementStrategy", rules),
                ("deploymentConfiguration", deployment),
                ("autoScaling", scaling),
                ("availabilityZoneRebalancing", rebalancing),
            ])
        },
    )
}

fn requirements() -> impl Strategy<Value = Json> {
    let range = |most: u32| {
        (1..most, maybe(whole(most..=most * 4)))
            .prop_map(|(min, max)| object(vec![("min", Some(json!(min))), ("max", max)]))
    };
    let makers = subsequence(vec!["intel", "amd", "amazon-web-services"], 1..=2);
    let inclusion = word(&["included", "required", "excluded"]);
    (range(16), range(65_536), maybe(makers.prop_map(|it| json!(it))), maybe(inclusion)).prop_map(
        |(processors, memory, makers, burstable)| {
            object(vec![
                ("vCpuCount", Some(processors)),
                ("memoryMiB", Some(memory)),
                ("cpuManufacturers", makers),
                ("burstablePerformance", burstable),
                ("allowedInstanceTypes", Some(json!(["m7*", "c7g.*"]))),
            ])
        },
    )
}

fn managed() -> impl Strategy<Value = Json> {
    (maybe(requirements()), 30_u32..500).prop_map(|(requirements, gib)| {
        let storage = json!({ "storageSizeGiB": gib });
        json!({ "managedInstances": object(vec![
            ("instanceRequirements", requirements),
            ("storageConfiguration", Some(storage)),
        ]) })
    })
}

fn group() -> impl Strategy<Value = Json> {
    let types = subsequence(vec!["m5.large", "m7g.large", "c6i.xlarge"], 1..=3);
    let scaling = (any::<bool>(), 1_u32..=100, 1_u32..10, 10_u32..100, 0_u32..600).prop_map(
        |(on, target, least, most, warmup)| {
            json!({
                "status": if on { "ENABLED" } else { "DISABLED" },
                "targetCapacity": target, "minimumScalingStepSize": least,
                "maximumScalingStepSize": most, "instanceWarmupPeriod": warmup,
            })
        },
    );
    let sizes = (0_u32..5, 5_u32..50, maybe(whole(5..=5)), 30_u32..200, 0_u32..2000);
    let settings = (
        maybe(scaling),
        maybe(word(&["ENABLED"])),
        maybe(word(&["DISABLED"])),
        maybe(Just(json!({ "rack": "a-1" }))),
        maybe(word(&["ami-0123456789abcdef0"])),
    );
    (types, sizes, settings).prop_map(|(types, sizes, settings)| {
        let (least, most, desired, gib, reserved) = sizes;
        let (scaling, protection, draining, attributes, image) = settings;
        json!({ "autoScalingGroup": object(vec![
            ("instanceTypes", Some(json!(types))),
            ("minSize", Some(json!(least))),
            ("maxSize", Some(json!(most))),
            ("desiredCapacity", desired),
            ("storageConfiguration", Some(json!({ "storageSizeGiB": gib }))),
            ("reservedMemory", Some(json!(reserved))),
            ("managedScaling", scaling),
            ("newInstancesProtectedFromScaleIn", Some(json!(protection.is_some()))),
            ("managedTerminationProtection", protection),
            ("managedDraining", draining),
            ("attributes", attributes),
            ("imageId", image),
        ]) })
    })
}

/// A scenario whose names are `name` with numbers.
fn with_names(name: impl Strategy<Value = String>) -> impl Strategy<Value = Scenario> {
    let capacity = prop_oneof![managed(), group()];
    let options = maybe(word(&["SPOT"]));
    (any::<bool>(), capacity, options, 1_u32..=6, maybe(strategy()), name)
        .prop_flat_map(|(has_providers, capacity, option, zones, strategy, name)| {
            let rows = proptest::collection::vec(service(has_providers), 0..4);
            let daemon = maybe(definition());
            let rest = (Just(capacity), Just(option), Just(zones), Just(strategy), Just(name));
            (Just(has_providers), rows, daemon, rest)
        })
        .prop_map(|(has_providers, rows, daemon, rest)| {
            let (capacity, option, zones, strategy, name) = rest;
            let rows = rows.into_iter().enumerate().map(|(number, mut row)| {
                row["name"] = json!(format!("{name}{number}"));
                row
            });
            let rows: Vec<Json> = rows.collect();
            let daemons = daemon.map(|it| json!([{ "name": "agent", "taskDefinition": it }]));
            let second =
                object(vec![("name", Some(json!("second"))), ("capacityOptionType", option)]);
            let providers = json!([{ "name": "first" }, second]);
            let scenario = object(vec![
                ("version", Some(json!(1))),
                ("name", Some(json!(name))),
                ("region", Some(json!("eu-west-1"))),
                ("zones", Some(json!(zones))),
                ("services", Some(Json::Array(rows))),
                ("daemons", daemons),
                ("capacity", Some(capacity)),
                ("capacityProviders", has_providers.then_some(providers)),
                ("capacityProviderStrategy", strategy.filter(|_| has_providers)),
            ]);
            let reading = scenario::read(&scenario.to_string()).unwrap();
            assert!(reading.diagnostics.is_empty(), "{:?} in {scenario:#}", reading.diagnostics);
            reading.scenario
        })
}

/// A scenario as people have them.
pub(super) fn tame() -> impl Strategy<Value = Scenario> {
    with_names("[a-z][a-z-]{0,8}[a-z]")
}

/// A scenario with names that break out of quotes, of lines and of lengths.
pub(super) fn wild() -> impl Strategy<Value = Scenario> {
    let names = prop_oneof![
        ".{0,40}".boxed(),
        select(vec![
            "\"",
            "${var.x}",
            "%{if",
            "a\nb\r\n",
            "=cmd()",
            "\u{1f980}",
            "'; --",
            "\\",
            "\0",
            ","
        ])
        .prop_map(str::to_owned)
        .boxed(),
        Just("n".repeat(100_000)).boxed(),
    ];
    with_names(names)
}
