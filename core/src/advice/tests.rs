//! The published fleets, what the advice says of the articles' mistakes, and the parts together.

mod alarms;
mod answers;
mod any_group;
mod on_groups;

use super::{Part, outlook_text};
use crate::plan::tests::{CATALOG, article};
use crate::report::{InstanceCount, Outlook, TighteningKind};
use serde_json::{Value, json};

pub(super) fn all(scenario: &Value) -> Outlook {
    outlook_text(&CATALOG, &scenario.to_string(), &Part::ALL).expect("an outlook")
}

pub(super) fn some(scenario: &Value, parts: &[Part]) -> Outlook {
    outlook_text(&CATALOG, &scenario.to_string(), parts).expect("an outlook")
}

pub(super) fn mix(counts: &[InstanceCount]) -> Vec<(&str, u32)> {
    counts.iter().map(|it| (it.instance_type.as_str(), it.count)).collect()
}

/// What AWS's blog of November 2025 shows: per zone a task of 1 vCPU and 5.5 GB and one of 1 vCPU
/// and 9.5 GB; automatic selection on x86.
fn blog(services: &[(u64, u64)], one_vcpu: bool) -> Value {
    let services: Vec<Value> = services
        .iter()
        .enumerate()
        .map(|(at, (cpu, memory))| {
            json!({ "name": format!("s{at}"), "desiredCount": 2, "taskDefinition": {
                "cpu": cpu, "memory": memory,
                "runtimePlatform": { "cpuArchitecture": "X86_64" } } })
        })
        .collect();
    json!({ "region": "us-east-1", "zones": 2, "services": services,
            "capacity": { "managedInstances": { "moreThanOneVcpu": !one_vcpu } } })
}

/// `(scenario, predicted)`: each is what ECS launched.
#[test]
fn the_published_fleets() {
    for (scenario, fleet) in [
        (article(30, 512, 1024), ("t4g.small", 30)),
        (article(10, 1000, 3500), ("t4g.medium", 10)),
        (article(10, 1000, 14_000), ("r6g.large", 10)),
        (blog(&[(1024, 5632), (1024, 9728)], false), ("r5a.large", 2)),
        (blog(&[(1024, 5632)], true), ("r7a.medium", 2)),
    ] {
        let outlook = some(&scenario, &[Part::Fleets]);
        let predicted = outlook.predicted.expect("a prediction");
        assert_eq!(mix(&predicted.fleet.mix), [fleet], "{scenario}");
    }
}

/// 16 t4g.small, 5 im4gn.large and 3 is4gen.large cost 2.043 USD an hour, with the fee 2.288.
#[test]
fn the_fleet_that_nobody_could_predict_lies_in_the_range() {
    let outlook = some(&article(30, 512, 1024), &[Part::Fleets, Part::Range]);
    let range = outlook.range.expect("a range");
    let bound = outlook.cheapest.expect("a fleet").lower_bound_nano_usd_per_hour.0;
    let most = range.dearest.cost.total_nano_usd_per_hour.0;
    let volumes = 24 * 8_767_123;
    let observed = 2_042_750_000 * 112 / 100 + volumes;
    assert!(bound < observed && observed < most, "{bound} {observed} {most}");
    assert_eq!((range.admitted_types, range.fitting_types), (57, 57));
    let tail: Vec<&str> = range.tail.iter().map(|it| it.instance_type.as_str()).collect();
    assert!(tail.contains(&"is4gen.large") && tail.contains(&"im4gn.large"), "{tail:?}");
    // Per task and by the On-Demand price alone 4.3 times; fee and volume narrow that.
    assert_eq!(range.services[0].dearest.instance_type, "is4gen.large");
    assert_eq!(range.services[0].times_thousandths, 3658);
}

/// Its reconstruction: two ENIs on each .large, t4g.small exhausted, and another type in each zone.
#[test]
fn the_unpredictable_fleet_by_switches() {
    let scenario = include_str!("../../../tests/scenarios/managed-a-fallback.json");
    let outlook = outlook_text(&CATALOG, scenario, &[Part::Fleets]).expect("an outlook");
    let predicted = outlook.predicted.expect("a prediction").fleet;
    let expected = [("t4g.small", 16), ("im4gn.large", 5), ("is4gen.large", 3)];
    assert_eq!(mix(&predicted.mix), expected);
    assert_eq!(predicted.cost.compute_nano_usd_per_hour.0, 2_042_750_000);
    // The running instances count for the bound, too.
    let bound = outlook.cheapest.expect("a fleet").lower_bound_nano_usd_per_hour;
    assert!(bound <= predicted.cost.total_nano_usd_per_hour);
}

/// Ten r6g.large, ten t4g.medium and two t4g.small at once: a deployment on a fleet in which two
/// idle instances were not ended yet.
#[test]
fn the_mixed_fleet_of_a_deployment() {
    let mut scenario = article(10, 1000, 14_000);
    let old = scenario["services"][0]["taskDefinition"].clone();
    scenario["services"][0]["runningTaskDefinition"] = old;
    scenario["services"][0]["runningTaskDefinition"]["memory"] = json!(3500);
    scenario["capacity"]["managedInstances"]["runningInstances"] =
        json!([{ "instanceType": "t4g.small", "count": 2 }]);
    let deployment = some(&scenario, &[Part::Deployment]).deployment.expect("a deployment");
    assert_eq!(mix(&deployment.before.mix), [("t4g.medium", 10)]);
    let expected = [("t4g.medium", 10), ("r6g.large", 10), ("t4g.small", 2)];
    assert_eq!(mix(&deployment.peak.mix), expected);
    assert_eq!(mix(&deployment.launched), [("r6g.large", 10)]);
    assert_eq!(mix(&deployment.idle), [("t4g.small", 2)]);
    assert_eq!(mix(&deployment.after.mix), [("r6g.large", 10)]);
    let replaced = deployment.peak.groups.iter().flat_map(|it| &it.tasks).filter(|it| it.replaced);
    assert_eq!(replaced.count(), 1, "the old revision is told apart");
}

/// The old revision took no ENI, the new one does: both stand somewhere.
#[test]
fn a_deployment_may_change_what_a_task_takes() {
    let mut scenario = article(4, 512, 1024);
    let mut old = scenario["services"][0]["taskDefinition"].clone();
    old["networkMode"] = json!("host");
    scenario["services"][0]["runningTaskDefinition"] =
        scenario["services"][0]["taskDefinition"].clone();
    scenario["services"][0]["taskDefinition"] = old;
    let deployment = some(&scenario, &[Part::Deployment]).deployment.expect("a deployment");
    let tasks = |replaced: bool| -> u32 {
        let groups = deployment.peak.groups.iter();
        let tasks = groups.flat_map(|it| it.tasks.iter().map(move |tasks| (it.count, tasks)));
        tasks.filter(|(_, it)| it.replaced == replaced).map(|(n, it)| n * it.count).sum()
    };
    assert_eq!((tasks(true), tasks(false)), (4, 4));
}

/// "1024 MiB leaves one task per t4g.small; at 768 MiB two fit and the fleet costs half."
#[test]
fn the_cliff_of_small_tasks() {
    let sizes = some(&article(30, 512, 1024), &[Part::TaskSizes]).task_sizes.expect("sizes");
    let better = sizes[0].memory.better.as_ref().expect("a better size");
    assert_eq!(better.size, 769);
    assert_eq!(mix(&better.fleet.mix), [("t4g.small", 15)]);
    assert_eq!(better.saving.thousandths, 500);
    assert_eq!(better.reason, "1,024 MiB leaves one task on each t4g.small; at 769 MiB, 2 fit");
    assert!(!better.sure, "two tasks of 769 MiB leave nothing to spare");
    // Up to there growing is free: 1,538 MiB are left for tasks, and other types cost more.
    assert!(sizes[0].memory.free_up_to >= 1300, "{}", sizes[0].memory.free_up_to);
}

#[test]
fn what_hangs_on_little_is_said_to_be_uncertain() {
    let outlook = some(&article(10, 1000, 3500), &[Part::Sensitivity, Part::Advice]);
    let sensitivity = outlook.sensitivity.expect("a sensitivity");
    assert!(!sensitivity.sure);
    let worse = sensitivity.outcomes.iter().find(|it| !it.same).expect("another outcome");
    assert_eq!((worse.by, mix(&worse.fleet.mix)), (100, vec![("t4g.large", 6)]));
    let fit = sensitivity.uncertain_fits.iter().find(|it| it.instance_type == "t4g.medium");
    let fit = fit.expect("an uncertain fit");
    assert_eq!((fit.least, fit.tasks, fit.most), (0, 1, 1));
    let sure = some(&article(30, 512, 1024), &[Part::Sensitivity]).sensitivity;
    assert!(sure.is_some_and(|it| it.sure));
}

#[test]
fn tighter_requirements_keep_the_dearest_fleet_in_check() {
    let outlook = some(&article(30, 512, 1024), &[Part::Range, Part::Tightenings]);
    let before = outlook.range.expect("a range").dearest.cost.total_nano_usd_per_hour;
    let tightenings = outlook.tightenings.expect("tightenings");
    assert_eq!(tightenings.len(), 3);
    for it in &tightenings {
        assert!(it.dearest.total_nano_usd_per_hour <= before, "{:?}", it.kind);
        assert!(it.fallback_types >= 3, "{:?}", it.kind);
    }
    let list = &tightenings[0];
    assert_eq!(list.kind, TighteningKind::AllowedInstanceTypes);
    assert!(list.within_tolerance && list.note.is_none());
    assert_eq!(list.changes.len(), 1);
    assert_eq!(list.changes[0].after, json!(["m6g.large", "t4g.medium", "t4g.small"]));
    // No attribute tells what is cheap here from what is not: said, not hidden.
    assert!(tightenings[1..].iter().all(|it| it.within_tolerance == it.note.is_none()));
}

#[test]
fn a_wider_tolerance_and_fewer_types_are_heeded() {
    let tightest = |tolerance: u64, types: u64| {
        let mut scenario = article(30, 512, 1024);
        scenario["advice"] = json!({ "tolerancePercent": tolerance, "fallbackTypes": types });
        some(&scenario, &[Part::Tightenings]).tightenings.expect("tightenings")
    };
    let (narrow, wide) = (tightest(10, 1), tightest(300, 8));
    assert_eq!(narrow[0].changes[0].after, json!(["t4g.medium"]));
    assert!(wide.iter().all(|it| it.within_tolerance), "{wide:?}");
    assert!(wide.iter().all(|it| it.fallback_types >= 8));
}

/// Base 2 and weights 1 to 3, AWS's own example: 22 tasks are 7 and 15.
#[test]
fn an_on_demand_base_with_spot() {
    let mut scenario = article(22, 512, 1024);
    scenario["capacityProviders"] = json!([
        { "name": "on-demand" }, { "name": "spot", "capacityOptionType": "SPOT" }
    ]);
    scenario["capacityProviderStrategy"] = json!([
        { "capacityProvider": "on-demand", "base": 2, "weight": 1 },
        { "capacityProvider": "spot", "weight": 3 }
    ]);
    let fleet = some(&scenario, &[Part::Fleets]).predicted.expect("a prediction").fleet;
    let tasks = |name: &str| -> u32 {
        let groups = fleet.groups.iter().filter(|it| it.provider.as_deref() == Some(name));
        groups.map(|it| it.count * it.tasks.iter().map(|t| t.count).sum::<u32>()).sum()
    };
    assert_eq!((tasks("on-demand"), tasks("spot")), (7, 15));
    let on_demand = fleet.groups.iter().find(|it| it.provider.as_deref() == Some("on-demand"));
    let spot = fleet.groups.iter().find(|it| it.provider.as_deref() == Some("spot"));
    let compute = |it: Option<&crate::report::InstanceGroup>| {
        it.map(|it| it.each.compute_nano_usd_per_hour).expect("a group")
    };
    assert!(compute(spot) < compute(on_demand));
}

/// `(scenario, what is changed, path, code)`: the articles' mistakes about sizes, prices and Managed
/// Instances. The codes with a capital part are diagnostics of the plan.
#[test]
fn the_articles_mistakes_are_answered() {
    let group = |types: &[&str], cpu: u64, memory: u64, mode: &str| {
        json!({ "region": "us-east-1", "services": [{ "name": "web", "desiredCount": 4,
            "taskDefinition": { "cpu": cpu, "memory": memory, "networkMode": mode,
                "runtimePlatform": { "cpuArchitecture": "X86_64" } } }],
            "capacity": { "autoScalingGroup": { "instanceTypes": types } } })
    };
    let mut unknown = article(30, 512, 1024);
    unknown["capacity"]["managedInstances"]["instanceRequirements"]["allowedInstanceTypes"] =
        json!(["t4g.*", "t3g.*"]);
    let mut small_volume = article(30, 512, 1024);
    small_volume["capacity"]["managedInstances"]["storageConfiguration"] =
        json!({ "storageSizeGiB": 16 });
    let mut no_volumes = article(30, 512, 1024);
    no_volumes["pricing"] = json!({ "includeDisks": false });
    let mut interfaces = article(30, 512, 1024);
    interfaces["capacity"]["managedInstances"]["instanceRequirements"]["networkInterfaceCount"] =
        json!({ "min": 3 });
    let mut stuck = article(1, 512, 1024);
    stuck["services"][0]["deploymentConfiguration"] = json!({ "maximumPercent": 150 });
    let mut strategy = article(10, 512, 1024);
    strategy["capacityProviders"] = json!([{ "name": "mi" }]);
    strategy["capacityProviderStrategy"] = json!([{ "capacityProvider": "mi", "weight": 1 }]);
    let mut gpu = group(&["g4dn.xlarge"], 256, 512, "awsvpc");
    gpu["capacity"]["autoScalingGroup"]["awsvpcTrunking"] = json!(true);
    for (scenario, code) in [
        // MI 1: t3g; MI 4: 16 GiB.
        (unknown, "requirements.unknownType"),
        (small_volume, "capacity.storageTooSmall"),
        // MI 2 and 3: "network cards" are ENIs, and memory binds on t4g.small.
        (article(30, 512, 1024), "fit.binds"),
        (interfaces, "interfaces.count"),
        // MI 5: how much dearer im4gn and is4gen are.
        (article(30, 512, 1024), "range.exposed"),
        // MI 6 and 9: sizes that Fargate does not have.
        (article(1, 1024, 1024), "fargate.rounded"),
        (article(1, 1234, 1234), "fargate.rounded"),
        // MI 7: not two full vCPUs, not 4 GB; MI 8: fee and volumes.
        (article(10, 1000, 3500), "burstable.overBaseline"),
        (article(30, 512, 1024), "memory.advertised"),
        (article(30, 512, 1024), "cost.feeAndVolumes"),
        (no_volumes, "cost.volumesLeftOut"),
        // MI 10: the reserve, which is not known exactly.
        (article(10, 1000, 3500), "prediction.uncertain"),
        // MI 11: starting takes time; MI 12: strategies need a new deployment.
        (article(30, 512, 1024), "startup.time"),
        (strategy, "strategy.redeploy"),
        // "Cost-wise the most optimal"; EC2 18: "50 to 70 % cheaper than Fargate".
        (article(30, 512, 1024), "fargate.cheaper"),
        (stuck, "deployment.stuck"),
        // EC2 1: four tasks of 1,024 MiB on t3.medium, or two in awsvpc mode.
        (group(&["t3.medium"], 512, 1024, "bridge"), "memory.advertised"),
        (group(&["t3.medium"], 512, 1024, "awsvpc"), "eni.binds"),
        (group(&["m5.large"], 256, 512, "awsvpc"), "eni.binds"),
        // EC2 11: the agent's memory is not subtracted.
        (group(&["t3.medium"], 512, 1024, "bridge"), "memory.reserveForgotten"),
        // EC2 19: no trunk on g4dn.
        (gpu, "eni.notTrunked"),
    ] {
        let outlook = all(&scenario);
        let mut said: Vec<&str> = outlook.diagnostics.iter().map(|it| it.code.as_str()).collect();
        let advice = outlook.advice.unwrap_or_default();
        for it in &advice {
            assert!(!it.reason.is_empty() && !it.source.is_empty(), "{}", it.code);
        }
        said.extend(advice.iter().map(|it| it.code.as_str()));
        assert!(said.contains(&code), "{code} in {said:?}");
    }
}

/// The figures of section 12.3 of the domain reference.
#[test]
fn advice_tells_its_figures() {
    let advice = some(&article(30, 512, 1024), &[Part::Advice]).advice.expect("advice");
    for (code, says) in [
        ("fit.binds", "memory, not network interfaces, limits t4g.small to one task: 1,538 MiB"),
        ("range.exposed", "A vCPU-hour of is4gen.large costs 17.1 times as much as one of t4g"),
        ("cost.feeAndVolumes", "0.504 USD an hour for instances, 0.060 fee, 0.263 for 30 volumes"),
        ("fargate.cheaper", "0.593 USD an hour, 0.235 less"),
        ("burstable.overBaseline", "reserve 15.0 vCPUs, and the instances give 12.0 for good"),
    ] {
        let found = advice.iter().find(|it| it.code == code).expect(code);
        assert!(found.text.contains(says), "{}", found.text);
    }
    let advice = some(&article(1, 1024, 1024), &[Part::Advice]).advice.expect("advice");
    let size = advice.iter().find(|it| it.code == "fargate.rounded").expect("a size");
    assert!(size.text.contains("1024/2048, at 0.03950 USD on ARM"), "{}", size.text);
}

/// The cheapest place differs with the number of tasks, and each says what it includes.
#[test]
fn the_same_services_elsewhere() {
    let comparison = all(&article(30, 512, 1024)).comparison.expect("a comparison");
    let row = |code: &str| comparison.rows.iter().find(|it| it.code == code).expect("a row");
    let total = |code: &str| row(code).cost.map(|it| it.total_nano_usd_per_hour.0);
    assert_eq!(total("managed.predicted"), Some(827_493_690));
    assert_eq!(total("fargate.arm"), Some(592_500_000));
    assert_eq!(mix(&row("group.singleType").mix), [("t4g.medium", 15)]);
    assert!(total("managed.cheapest") < total("managed.predicted"));
    // An ARM image does not run on Fargate's x86.
    assert_eq!(total("fargate.x86"), None);
    assert_eq!(row("fargate.x86").cannot[0].reason, "its tasks do not run on x86");
    assert!(comparison.rows.iter().all(|it| it.includes.len() >= 2));
    let hundred = comparison.growth.iter().find(|it| it.percent == 100).expect("a point");
    assert_eq!(hundred.tasks, 30);
    let crossing = comparison.crossovers.iter().find(|it| it.cheaper == "group.singleType");
    assert_eq!(crossing.map(|it| it.dearer.as_str()), Some("fargate.arm"));
}

/// Parts that were not asked for are left out, and those that were are the same as all together.
#[test]
fn parts_stand_alone() {
    let scenario = article(10, 1000, 3500);
    let all = all(&scenario);
    let mut merged = Outlook::default();
    for part in Part::ALL {
        merged = merged.with(some(&scenario, &[part]));
    }
    assert_eq!(merged, all);
}

#[test]
fn a_group_has_no_prediction_and_nothing_panics() {
    let scenario = json!({ "services": [{ "name": "a", "desiredCount": 3,
        "taskDefinition": { "cpu": 256, "memory": 512 } }], "capacity": "autoScalingGroup" });
    let outlook = all(&scenario);
    assert!(outlook.predicted.is_none() && outlook.range.is_none() && outlook.what_ifs.is_none());
    assert!(outlook.comparison.is_some() && outlook.advice.is_some());
    let nothing = all(&json!({}));
    assert!(nothing.comparison.is_none() && nothing.advice.is_none());
}
