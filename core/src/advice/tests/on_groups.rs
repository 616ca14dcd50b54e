//! Advice on Auto Scaling groups: each mistake of the article on ECS with EC2, entered, is answered
//! with its figure; each advice that names a value is silent once the value is there.

use super::Part;
use super::answers::{Answers, changed, group, outlook};
use crate::advice::outlook_text;
use crate::diagnostic::Severity;
use crate::plan::tests::CATALOG;
use serde_json::{Value, json};

/// Section 12.3 of the domain reference, the article on ECS with EC2, by its numbers.
#[test]
fn the_mistakes_of_the_article_on_groups_are_answered() {
    let mut told = Answers::default();
    let medium = ("GROUP.instanceTypes", json!(["t3.medium"]));
    let bridge = ("TASK.networkMode", json!("bridge"));
    let medium_bridge = [medium.clone(), bridge.clone()];
    let with = |more: &[(&'static str, Value)]| -> Vec<(&'static str, Value)> {
        medium_bridge.iter().cloned().chain(more.iter().cloned()).collect()
    };
    let default = ("services[0].placementStrategy", json!([]));
    let no_reserve = ("GROUP.reservedMemory", json!(0));
    // 1: four tasks on t3.medium; two in awsvpc mode.
    told.answered(
        &with(std::slice::from_ref(&no_reserve)),
        "memory.advertised",
        &["4,096 MiB, enough for 4 of its tasks", "and 3 fit"],
    );
    told.answered(std::slice::from_ref(&medium), "eni.binds", &["limit t3.medium to 2 tasks"]);
    // 3: the formula; 4: the run-away.
    let four = [("TASK.memory", json!(800)), ("GROUP.desiredCapacity", json!(4)), default.clone()];
    told.answered(
        &with(&four),
        "reservation.formula",
        &["is 75 % here (12 tasks in 16 slots)", "is 100 %: 4 of 4", "scales out to 5"],
    );
    told.answered(
        &with(&[default, no_reserve.clone()]),
        "group.runAway",
        &["from 4 to 15 instances (4, 5, 7, 9, 12, 15) for 12 tasks; 5 would do"],
    );
    // 5: the attribute, and the option.
    let expression =
        json!([{ "type": "memberOf", "expression": "attribute:instance-type == t3.small" }]);
    told.answered(
        &[("services[0].placementConstraints", expression)],
        "placement.attribute",
        &["no instance has the attribute instance-type", "attribute:ecs.instance-type"],
    );
    let strategies = ("services[0].placementStrategies", json!([]));
    told.answered(&[strategies], "scenario.unknownField", &["did you mean placementStrategy"]);
    // 6: the host port; 7: awsvpc.
    let port = ("TASK.containerDefinitions[0].portMappings[0].hostPort", json!(5000));
    told.answered(
        &with(&[port, no_reserve.clone()]),
        "ports.static",
        &["12 tasks need 12 instances, and 24", "4 instances hold them, 8 at the peak"],
    );
    told.answered(&medium_bridge, "network.mode", &["not for Fargate alone", "2 tasks would fit"]);
    // 8: the launch type.
    told.answered(
        &with(&[("services[0].launchType", json!("EC2")), ("GROUP.desiredCapacity", json!(2))]),
        "service.launchType",
        &["12 tasks count for no scale-out", "2 instances hold 6 of its tasks: of 24"],
    );
    // 9: ports that differ, and targets by address in bridge mode.
    let balancer = json!([{ "containerName": "app", "containerPort": 5000, "targetType": "ip" }]);
    let balancers = ("services[0].loadBalancers", balancer);
    told.answered(
        &with(std::slice::from_ref(&balancers)),
        "loadBalancer.port",
        &["container port 5000", "mapped is 8080"],
    );
    told.answered(
        &with(&[balancers]),
        "loadBalancer.targetType",
        &["ip does not go with network mode bridge"],
    );
    // 10: no blue/green.
    told.answered(
        &medium_bridge,
        "deployment.peak",
        &["24 tasks need 8 instances", "no blue/green"],
    );
    told.are_all_there();
}

/// The same, from 11 on.
#[test]
fn the_later_mistakes_of_the_article_are_answered() {
    let mut told = Answers::default();
    let medium_bridge =
        [("GROUP.instanceTypes", json!(["t3.medium"])), ("TASK.networkMode", json!("bridge"))];
    let no_reserve = ("GROUP.reservedMemory", json!(0));
    // 11: what the agent takes; 12: figures of containers.
    told.answered(&[no_reserve], "memory.reserveForgotten", &["256 MiB"]);
    let container = json!([{ "name": "app", "cpu": 384, "memory": 768 }]);
    told.answered(
        &[("TASK.containerDefinitions", container)],
        "task.containersDiffer",
        &["512 CPU units, not the 384", "1,024 MiB, not the 768"],
    );
    // 14: one task an instance.
    let full = ("GROUP.managedScaling.targetCapacity", json!(100));
    told.answered(&[full], "reservation.noSpare", &["keeps no empty instance, however many tasks"]);
    // 15: the cooldown, and scaling one by one; its "bad" example of warm-up.
    told.answered(
        &[("GROUP.defaultCooldown", json!(0))],
        "group.cooldownIgnored",
        &["does nothing"],
    );
    let full = ("GROUP.managedScaling.targetCapacity", json!(100));
    let step = ("GROUP.managedScaling.maximumScalingStepSize", json!(1));
    told.answered(&[full, step], "scaling.stepLimit", &["from 12 to 24 tasks", "With "]);
    told.answered(
        &[("GROUP.managedScaling.instanceWarmupPeriod", json!(600))],
        "scaling.warmUp",
        &["instanceWarmupPeriod 600", "90 will do"],
    );
    // 16: protection; 17: the image; 18: the price beside Fargate's.
    told.answered(
        &[("GROUP.managedTerminationProtection", json!("ENABLED"))],
        "group.protectionRefused",
        &["--new-instances-protected-from-scale-in"],
    );
    told.answered(
        &[("GROUP.imageId", json!("ami-0c55b159cbfafe1f0"))],
        "group.image",
        &["/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"],
    );
    told.answered(
        &medium_bridge,
        "fargate.compared",
        &["5 instances of t3.medium", "% cheaper than"],
    );
    // 19: no trunk on g4dn.
    told.answered(
        &[("GROUP.instanceTypes", json!(["g4dn.xlarge"])), ("TASK.cpu", json!(256))],
        "eni.notTrunked",
        &["ECS does not trunk this type"],
    );
    told.are_all_there();
}

/// 13: metrics that do not exist, or elsewhere.
#[test]
fn alarms_on_metrics_that_do_not_exist_are_answered() {
    let mut told = Answers::default();
    for (metric, namespace, code, says) in [
        ("FailedTaskCount", None, "alarm.unknownMetric", "did you mean RunningTaskCount?"),
        ("ActiveServicesCount", None, "alarm.unknownMetric", "did you mean ServiceCount?"),
        (
            "RegisteredContainerInstancesCount",
            Some("AWS/ECS"),
            "alarm.unknownMetric",
            "did you mean ContainerInstanceCount?",
        ),
        ("CPUReservations", None, "alarm.unknownMetric", "did you mean CPUReservation"),
        ("PendingTaskCount", None, "alarm.insights", "Container Insights (ECS/ContainerInsights)"),
        ("RunningTaskCount", Some("AWS/ECS"), "alarm.otherNamespace", "AWS/ECS has no metric"),
        ("DesiredTaskCount", None, "alarm.insights", "costs extra"),
        ("CPUReservation", None, "alarm.reservation", "does not drive the capacity provider"),
    ] {
        let alarm = match namespace {
            Some(namespace) => json!({ "metricName": metric, "namespace": namespace }),
            None => json!({ "metricName": metric }),
        };
        told.answered(&[("alarms", json!([alarm]))], code, &[says]);
    }
    let own = json!([{ "metricName": "QueueLength", "namespace": "Shop" }]);
    let (_, advice) = outlook(&changed(&[("alarms", own)]));
    assert!(advice.iter().all(|it| !it.code.starts_with("alarm.")), "{advice:#?}");
    told.are_all_there();
}

/// 14: comments in JSON.
#[test]
fn comments_are_no_json() {
    let text = group().to_string().replacen('{', "{ # a group\n", 1);
    let error = outlook_text(&CATALOG, &text, &[Part::Advice]).expect_err("no JSON");
    assert!(error.to_string().contains("JSON has no comments"), "{error}");
}

/// What the article does not have.
#[test]
fn other_mistakes_on_groups_are_answered() {
    let mut told = Answers::default();
    told.answered(
        &[("GROUP.instanceTypes", json!(["t3.nano", "m6i.large"]))],
        "group.typeTooSmall",
        &["a task does not fit t3.nano: it needs 1,024 MiB", "that hold every task: m6i.large"],
    );
    let strategy = json!([{ "capacityProvider": "own", "weight": 1 }]);
    told.answered(
        &[
            ("capacityProviders", json!([{ "name": "own" }])),
            ("services[0].capacityProviderStrategy", strategy),
            ("services[0].launchType", json!("EC2")),
        ],
        "service.launchTypeAndStrategy",
        &["exclude each other"],
    );
    let twice = {
        let one = group()["services"][0].clone();
        let mut other = one.clone();
        other["name"] = json!("worker");
        other["taskDefinition"]["cpu"] = json!(1024);
        json!([one, other])
    };
    told.answered(
        &[("services", twice), ("GROUP.managedScaling", json!({ "targetCapacity": 100 }))],
        "scaling.rounds",
        &["from 24 to 48 tasks", "counts the task group that needs most, not the sum"],
    );
    told.answered(
        &[("GROUP.minSize", json!(0)), ("GROUP.desiredCapacity", json!(0))],
        "scaling.rounds",
        &["from no instance a group goes to two first"],
    );
    told.answered(
        &[
            ("GROUP.managedScaling.minimumScalingStepSize", json!(5)),
            ("GROUP.managedScaling.maximumScalingStepSize", json!(2)),
        ],
        "scaling.stepsCrossed",
        &["minimumScalingStepSize 5 is above maximumScalingStepSize 2"],
    );
    told.answered(
        &[("GROUP.maxSize", json!(3))],
        "group.maximumTooSmall",
        &["maxSize 3", "6 instances"],
    );
    told.answered(&[("GROUP.maxSize", json!(1))], "group.sizes", &["minSize 2 is above maxSize 1"]);
    told.answered(&[("GROUP.desiredCapacity", json!(30))], "group.sizes", &["20 is the nearest"]);
    told.answered(
        &[
            ("GROUP.imageId", json!("ami-1234")),
            ("TASK.runtimePlatform.cpuArchitecture", json!("ARM64")),
            ("GROUP.instanceTypes", json!(["m6g.large"])),
        ],
        "group.image",
        &["amazon-linux-2023/arm64/recommended/image_id"],
    );
    told.are_all_there();
}

/// Of services, their scaling and quotas.
#[test]
fn other_mistakes_of_services_are_answered() {
    let mut told = Answers::default();
    let scaling = |value: Value| [("services[0].autoScaling", value)];
    let tracking = |target: u64| {
        json!({ "minCapacity": 2, "maxCapacity": 60, "scalingPolicies": [
            { "targetTracking": { "targetValue": target, "scaleOutCooldown": 60 } }] })
    };
    let renamed = json!([{ "containerName": "apps", "containerPort": 8080 }]);
    told.answered(
        &[("services[0].loadBalancers", renamed)],
        "loadBalancer.container",
        &["did you mean app?"],
    );
    told.answered(
        &[("services[0].availabilityZoneRebalancing", json!("ENABLED"))],
        "zones.notRebalanced",
        &["does not begin with a spread over the zones"],
    );
    told.answered(
        &[("services[0].desiredCount", json!(6000)), ("GROUP.maxSize", json!(9000))],
        "quota.tasks",
        &["6,000 is above the quota of 5,000"],
    );
    told.answered(
        &[("services[0].desiredCount", json!(6000)), ("GROUP.maxSize", json!(9000))],
        "quota.launchRate",
        &["6,000 tasks take 12 min at least"],
    );
    told.answered(
        &[("services[0].desiredCount", json!(800)), ("GROUP.maxSize", json!(900))],
        "quota.provisioning",
        &["from 800 to 1,600 tasks leaves 600 without room", "lets 500 tasks wait"],
    );
    told.answered(
        &[("services[0].desiredCount", json!(40_000)), ("GROUP.maxSize", json!(10_000))],
        "quota.instances",
        &["10,000 instances are needed"],
    );
    let mut swapped = tracking(70);
    swapped["minCapacity"] = json!(80);
    told.answered(
        &scaling(swapped),
        "autoScaling.bounds",
        &["minCapacity 80 is above maxCapacity 60"],
    );
    let mut small = tracking(70);
    small["maxCapacity"] = json!(8);
    told.answered(&scaling(small), "autoScaling.desiredOutside", &["brings it to 8"]);
    told.answered(
        &scaling(tracking(100)),
        "autoScaling.neverExceeded",
        &["100 % never scales out"],
    );
    told.answered(
        &scaling(tracking(75)),
        "autoScaling.ratio",
        &["134 tasks of 100 at most, and 12 become 60 in 6 rounds"],
    );
    let mut quick = tracking(70);
    quick["scalingPolicies"][0]["targetTracking"]["scaleInCooldown"] = json!(30);
    told.answered(&scaling(quick), "autoScaling.quickScaleIn", &["scaleInCooldown 30"]);
    let stuck = [
        ("services[0].autoScaling", tracking(70)),
        ("services[0].deploymentConfiguration", json!({ "maximumPercent": 125 })),
    ];
    told.answered(&stuck, "deployment.stuck", &["of 2 tasks, the least of auto scaling, hangs"]);
    told.are_all_there();
}

/// A scenario without mistakes: notes only, and few.
#[test]
fn a_group_without_mistakes_gets_few_notes() {
    let (_, advice) = outlook(&group());
    assert!(advice.iter().all(|it| it.severity == Severity::Note), "{advice:#?}");
    assert!(advice.len() <= 5, "{advice:#?}");
}
