//! The choice of groups: worked cases, and what every choice keeps.

use super::super::single_type::Groups;
use super::super::tests::{mix, some};
use super::super::{Base, Part};
use super::{Choice, Size, TOLD};

use crate::plan::tests::{CATALOG, planned};
use crate::report::{Change, GroupOption, GroupReport};
use crate::scenario::{Capacity, MemoryModel, document, read};
use proptest::prelude::*;
use serde_json::{Value, json};

fn service(name: &str, count: u32, cpu: u64, memory: u64, mode: &str) -> Value {
    json!({ "name": name, "desiredCount": count,
        "taskDefinition": { "cpu": cpu, "memory": memory, "networkMode": mode } })
}

fn on_group(services: &[Value], group: &Value) -> Value {
    json!({ "region": "us-east-1", "zones": 3, "services": services,
        "capacity": { "autoScalingGroup": group } })
}

fn chosen(scenario: &Value) -> GroupReport {
    some(scenario, &[Part::Group]).group.expect("a choice")
}

fn applied(scenario: &Value, changes: &[Change]) -> Value {
    let mut scenario = scenario.clone();
    for change in changes {
        let after = Some(change.after.clone()).filter(|after| !after.is_null());
        document::set(&mut scenario, &change.path, after);
    }
    scenario
}

#[test]
fn what_a_named_type_lacks_is_said_with_its_figures() {
    let mut arm = service("arm", 1, 128, 128, "bridge");
    arm["taskDefinition"]["runtimePlatform"] = json!({ "cpuArchitecture": "ARM64" });
    let mut port = service("ssh", 1, 128, 128, "bridge");
    port["taskDefinition"]["containerDefinitions"] =
        json!([{ "portMappings": [{ "containerPort": 22, "hostPort": 22 }] }]);
    let mut gpu = service("gpu", 1, 128, 128, "bridge");
    gpu["taskDefinition"]["containerDefinitions"] =
        json!([{ "resourceRequirements": [{ "type": "GPU", "value": 1 }] }]);
    let mut picky = service("picky", 1, 128, 128, "bridge");
    picky["placementConstraints"] =
        json!([{ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ m5.*" }]);
    for (row, text) in [
        (
            service("api", 3, 512, 4096, "bridge"),
            "t3.medium: a task of api needs 4,096 MiB, it registers 3,795",
        ),
        (
            service("api", 3, 4096, 512, "bridge"),
            "t3.medium: a task of api needs 4,096 CPU units, it registers 2,048",
        ),
        (gpu, "t3.medium: a task of gpu needs 1 GPUs, it has 0"),
        (port, "t3.medium: a task of ssh wants port 22, which the agent or a daemon holds"),
        (picky, "t3.medium: the memberOf expressions of picky do not hold for it"),
        (arm, "t3.medium: tasks of arm run on ARM64, and it is X86_64"),
    ] {
        let small = service("small", 1, 128, 128, "bridge");
        let group = json!({ "instanceTypes": ["t3.medium"] });
        let report = chosen(&on_group(&[row, small], &group));
        let told: Vec<&str> = report.unfit.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(told, [text]);
    }
}

/// `(target, least, most) -> (needed, instances, what the note says)` for 12 tasks of which one
/// fills an instance of the only type.
#[test]
fn instances_are_kept_to_spare_within_the_limits() {
    for (target, least, most, instances, says) in [
        (100, 0, None, 12, ""),
        (80, 0, None, 15, ""),
        (80, 20, None, 20, "minimum of 20 keeps more than the 15"),
        (80, 0, Some(14), 14, "no room for all of the 3 spare instances that a target of 80 %"),
        (100, 0, Some(7), 7, "maximum of 7 is below the 12 instances"),
    ] {
        let mut group = json!({ "minSize": least, "managedScaling": { "targetCapacity": target },
            "instanceRequirements": { "allowedInstanceTypes": ["m5.large"] } });
        if let Some(most) = most {
            group["maxSize"] = json!(most);
        }
        let report = chosen(&on_group(&[service("s", 12, 2048, 512, "bridge")], &group));
        let best = &report.single[0];
        assert_eq!((best.needed, best.instances), (12, instances), "{target} {least} {most:?}");
        assert_eq!(mix(&best.fleet.mix), [("m5.large", instances)]);
        let note = best.note.clone().unwrap_or_default();
        assert!(note.contains(says) && note.is_empty() == says.is_empty(), "{note}");
        assert_eq!(report.target_capacity, target);
    }
}

/// A cheaper type that needs more instances than the group may have is no choice.
#[test]
fn the_maximum_decides_which_types_do() {
    let allowed = json!({ "allowedInstanceTypes": ["t3.small", "m5.4xlarge"] });
    let services = [service("s", 10, 512, 1024, "bridge")];
    for (most, name) in [(40, "t3.small"), (6, "m5.4xlarge")] {
        let group = json!({ "maxSize": most, "instanceRequirements": {
            "allowedInstanceTypes": allowed["allowedInstanceTypes"],
            "burstablePerformance": "included" } });
        let report = chosen(&on_group(&services, &group));
        assert_eq!(report.single[0].instance_types, [name], "{most}");
        assert_eq!(report.single[0].note, None);
    }
}

/// What ENIs allow depends on the account setting, what memory allows on AMI and reserve.
#[test]
fn other_settings_are_told_where_they_change_something() {
    let group = json!({ "instanceRequirements": { "allowedInstanceTypes": ["m5.large"] } });
    // An instance holds two of these unless Amazon Linux 2023 takes its share.
    let report = chosen(&on_group(&[service("s", 6, 256, 3800, "bridge")], &group));
    let told: Vec<(bool, MemoryModel, u32)> = report
        .variants
        .iter()
        .map(|it| (it.now, it.memory_model, it.best.as_ref().map_or(0, |it| it.needed)))
        .collect();
    assert_eq!(
        told,
        [
            (true, MemoryModel::Al2023, 6),
            (false, MemoryModel::Al2, 3),
            (false, MemoryModel::Bottlerocket, 3),
        ]
    );
    let report = chosen(&on_group(&[service("s", 24, 128, 128, "awsvpc")], &group));
    let trunked = report.variants.iter().find(|it| it.awsvpc_trunking).expect("trunks");
    let best = trunked.best.as_ref().expect("a group");
    assert!(best.needed < report.single[0].needed);
    assert!(best.changes.iter().any(|it| it.path.ends_with("awsvpcTrunking")));
}

#[test]
fn services_that_no_type_holds_together_are_said() {
    let mut arm = service("arm", 1, 128, 128, "bridge");
    arm["taskDefinition"]["runtimePlatform"] = json!({ "cpuArchitecture": "ARM64" });
    let mut x86 = service("x86", 1, 128, 128, "bridge");
    x86["taskDefinition"]["runtimePlatform"] = json!({ "cpuArchitecture": "X86_64" });
    let report = chosen(&on_group(&[arm, x86], &json!({})));
    assert_eq!((report.single.len(), report.mixed), (0, None));
    assert!(report.cannot[0].reason.starts_with("no single type holds"), "{:?}", report.cannot);
    let mut huge = service("huge", 1, 128, 128, "bridge");
    huge["taskDefinition"]["containerDefinitions"] =
        json!([{ "resourceRequirements": [{ "type": "GPU", "value": 64 }] }]);
    let report = chosen(&on_group(&[huge], &json!({ "instanceTypes": ["t3.small"] })));
    assert_eq!(report.cannot[0].service, "huge");
    assert_eq!(report.unfit.len(), 1);
}

/// An option without what makes it, which depends on the scenario before.
fn promised(option: &GroupOption) -> GroupOption {
    GroupOption { changes: Vec::new(), ..option.clone() }
}

fn any_group() -> impl Strategy<Value = Value> {
    let row = (1u32..40, 128u64..3000, 64u64..9000, any::<bool>(), 0u8..4);
    let row = row.prop_map(|(count, cpu, memory, awsvpc, constraint)| {
        let mode = if awsvpc { "awsvpc" } else { "bridge" };
        let mut row = service("s", count, cpu, memory, mode);
        row["placementConstraints"] = match constraint {
            0 => json!([{ "type": "distinctInstance" }]),
            1 => json!([{ "type": "memberOf",
                "expression": "attribute:ecs.availability-zone != us-east-1a" }]),
            2 => json!([{ "type": "memberOf",
                "expression": "attribute:ecs.instance-type =~ [mcrt].*" }]),
            _ => json!([]),
        };
        row
    });
    let types = prop_oneof![
        Just(json!({})),
        Just(json!({ "instanceTypes": ["t3.medium", "m5.xlarge"] })),
        Just(json!({ "instanceRequirements": { "vCpuCount": { "min": 2, "max": 16 },
            "memoryMiB": { "min": 0 }, "allowedInstanceTypes": ["m*", "c*", "r*"] } })),
    ];
    let target = prop_oneof![Just(100u32), Just(80), Just(50)];
    (proptest::collection::vec(row, 1..4), types, target, any::<bool>()).prop_map(
        |(mut services, mut group, target, awsvpc_trunking)| {
            for (at, service) in services.iter_mut().enumerate() {
                service["name"] = json!(format!("s{at}"));
            }
            group["managedScaling"] = json!({ "targetCapacity": target });
            group["awsvpcTrunking"] = json!(awsvpc_trunking);
            on_group(&services, &group)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// What an option says comes out when its changes are applied: asked again it comes first,
    /// the group has its types and all services run on them, for no more than it says.
    #[test]
    fn promises_are_kept(scenario in any_group()) {
        let report = chosen(&scenario);
        let bound = report.lower_bound_nano_usd_per_hour;
        prop_assert_eq!(report.single.is_empty(), !report.cannot.is_empty());
        prop_assert!(report.single.is_sorted_by_key(|it| it.fleet.cost.total_nano_usd_per_hour));
        let options = report.single.iter().take(2).chain(&report.mixed);
        for option in options {
            prop_assert!(option.dearest.total_nano_usd_per_hour >= option.fleet.cost.total_nano_usd_per_hour);
            prop_assert!(Some(option.fleet.cost.total_nano_usd_per_hour) >= bound);
            let changed = applied(&scenario, &option.changes);
            let plan = planned(&changed);
            let told = plan.services.iter().filter(|it| it.planned).count();
            prop_assert_eq!(told, plan.services.len(), "{:?}", plan.diagnostics);
            let cost = plan.cheapest.expect("a fleet").fleet.cost.total_nano_usd_per_hour;
            prop_assert!(cost <= option.fleet.cost.total_nano_usd_per_hour);
            prop_assert!(chosen(&changed).unfit.is_empty());
        }
        if let Some(best) = report.single.first() {
            let again = chosen(&applied(&scenario, &best.changes));
            prop_assert_eq!(promised(&again.single[0]), promised(best));
        }
        if let Some(mixed) = &report.mixed {
            let again = chosen(&applied(&scenario, &mixed.changes));
            prop_assert_eq!(again.mixed.map(|it| promised(&it)), Some(promised(mixed)));
        }
        for variant in report.variants.iter().filter(|it| !it.now) {
            let Some(best) = &variant.best else { continue };
            let again = chosen(&applied(&scenario, &best.changes));
            prop_assert_eq!(promised(&again.single[0]), promised(best));
            prop_assert_eq!(again.variants[0].awsvpc_trunking, variant.awsvpc_trunking);
        }
    }

    /// The types that are told are the cheapest of all: each one packed, none left out early. On
    /// each stand all tasks, and the checker accepts it.
    #[test]
    fn no_type_is_cheaper(scenario in any_group()) {
        let reading = read(&scenario.to_string()).expect("a scenario");
        let base = Base::of(&CATALOG, &reading, &mut Vec::new());
        let Capacity::AutoScalingGroup(group) = &reading.scenario.capacity else {
            return Ok(());
        };
        let choice = Choice { base: &base, size: Size::of(group) };
        let groups = Groups::under(&base, |group| group);
        let told = choice.ranked(&groups, TOLD);
        let all = choice.ranked(&groups, usize::MAX);
        let price = |it: &super::Alone| {
            it.paid * groups.ground.problem.offers[it.offers[0]].price.0
        };
        prop_assert_eq!(all.len() >= told.len(), true);
        let told: Vec<u64> = told.iter().map(price).collect();
        let first: Vec<u64> = all.iter().take(told.len()).map(price).collect();
        prop_assert_eq!(told, first);
        let tasks: u64 = groups.ground.problem.demands.iter().map(|it| u64::from(it.count)).sum();
        for type_ in &all {
            let placed = type_.patterns.iter().map(|it| {
                u64::from(it.copies) * it.tasks.iter().map(|(_, n)| u64::from(*n)).sum::<u64>()
            });
            prop_assert_eq!(placed.sum::<u64>(), tasks);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// While all services deploy every task of both revisions stands, on one type of the group
    /// where one holds them all; afterwards as many instances run as before.
    #[test]
    fn both_revisions_stand(scenario in any_group()) {
        let best = chosen(&scenario).single.into_iter().next();
        let named = best.map_or(scenario.clone(), |it| applied(&scenario, &it.changes));
        let Some(told) = some(&named, &[Part::Deployment]).deployment else { return Ok(()) };
        prop_assert_eq!(&told.before, &told.after);
        prop_assert!(told.peak.mix.len() == 1 && told.peak.instances >= told.after.instances);
        for service in &told.services {
            for (replaced, tasks) in [(true, service.old_tasks), (false, service.new_tasks)] {
                let stands = told.peak.groups.iter().map(|group| {
                    let here = group.tasks.iter();
                    let own = here.filter(|it| it.service == service.service && it.replaced == replaced);
                    group.count * own.map(|it| it.count).sum::<u32>()
                });
                prop_assert_eq!(stands.sum::<u32>(), tasks);
            }
        }
    }
}

/// Static ports and distinct instances want instances of their own while both revisions run.
#[test]
fn a_deployment_on_a_group_has_a_peak() {
    let ports =
        |host: u16| json!([{ "portMappings": [{ "containerPort": 80, "hostPort": host }] }]);
    for (host, distinct, before, peak) in [(8080, false, 4, 8), (0, true, 4, 8), (0, false, 3, 3)] {
        let mut row = service("web", 4, 256, 512, "bridge");
        row["taskDefinition"]["containerDefinitions"] = ports(host);
        if distinct {
            row["placementConstraints"] = json!([{ "type": "distinctInstance" }]);
        }
        let group = json!({ "instanceTypes": ["m5.large", "c5.large"] });
        let outlook = some(&on_group(&[row], &group), &[Part::Deployment]);
        let told = outlook.deployment.expect("a deployment");
        assert_eq!(mix(&told.before.mix), [("m5.large", before)], "{host} {distinct}");
        assert_eq!(told.after, told.before);
        assert_eq!(told.peak.instances, peak, "{host} {distinct}");
        assert_eq!(told.peak_thousandths, u64::from(peak * 1000 / before));
    }
}
