//! Each attribute on real types, and what selection must always keep.

use super::*;
use crate::capacity::{Platform, Rules};
use crate::diagnostic::Diagnostic;
use crate::scenario::{InstanceRequirements, MemoryModel, PurchaseOption, read};
use eniac_catalog::{Catalog, MiB, ZoneSet};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().expect("a catalogue"));

static RULES: Rules = Rules {
    memory_model: MemoryModel::Managed,
    reserved_memory: MiB(313),
    trunking: true,
    daemons: Vec::new(),
};

fn requirements(value: &Value) -> (InstanceRequirements, Vec<Diagnostic>) {
    let text = json!({ "capacity": { "managedInstances": { "instanceRequirements": value } } });
    let reading = read(&text.to_string()).expect("a scenario");
    let crate::scenario::Capacity::ManagedInstances(managed) = reading.scenario.capacity else {
        panic!("managed instances")
    };
    (managed.instance_requirements.expect("requirements"), reading.diagnostics)
}

/// The names that are admitted in us-east-1, and what left out each other type.
fn selected(value: &Value, purchase_option: PurchaseOption) -> (Vec<String>, Selection) {
    let (requirements, found) = requirements(value);
    assert_eq!(found, [], "{value}");
    let region = CATALOG.region("us-east-1").expect("a region");
    let selection = select(&Candidates {
        catalog: &CATALOG,
        region: &region,
        zones: ZoneSet(u16::MAX),
        managed_instances: true,
        more_than_one_vcpu: true,
        named: None,
        requirements: Some(requirements),
        purchase_option,
        own_prices: &BTreeMap::new(),
        rules: &RULES,
        platforms: &Platform::ALL,
    });
    let names = selection.admitted.iter().map(|id| CATALOG[*id].name.clone()).collect();
    (names, selection)
}

/// `(requirements, a type, what leaves it out)`: `None` where it is admitted.
#[track_caller]
fn check(value: &Value, name: &str, expected: Option<&str>) {
    let (_, selection) = selected(value, PurchaseOption::OnDemand);
    let id = CATALOG.find(name).expect("a type");
    let step = selection.steps.iter().find(|step| step.left_out.contains(&id));
    let left_out_by = step.map(|step| step.attribute.name());
    assert_eq!(left_out_by, expected, "{name} under {value}");
}

#[test]
fn each_attribute_leaves_out_what_it_says() {
    let any = json!({});
    for (value, name, expected) in [
        (any.clone(), "m7g.large", None),
        (any.clone(), "t4g.small", Some("burstablePerformance")),
        (any.clone(), "m5.metal", Some("bareMetal")),
        (any.clone(), "t2.medium", Some("managedInstancesFamily")),
        (any.clone(), "r7a.medium", Some("moreThanOneVcpu")),
        (any.clone(), "mac2.metal", Some("cpuArchitecture")),
        (json!({ "vCpuCount": { "min": 4 } }), "m7g.large", Some("vCpuCount")),
        (json!({ "vCpuCount": { "min": 2, "max": 2 } }), "m7g.large", None),
        (json!({ "memoryMiB": { "max": 8191 } }), "m7g.large", Some("memoryMiB")),
        (json!({ "cpuManufacturers": ["intel", "amd"] }), "m7g.large", Some("cpuManufacturers")),
        (json!({ "cpuManufacturers": ["amazon-web-services"] }), "m7g.large", None),
        (json!({ "memoryGiBPerVCpu": { "min": 4, "max": 4 } }), "m7g.large", None),
        (json!({ "memoryGiBPerVCpu": { "min": 4.001 } }), "m7g.large", Some("memoryGiBPerVCpu")),
        (json!({ "excludedInstanceTypes": ["m7*"] }), "m7g.large", Some("excludedInstanceTypes")),
        (json!({ "excludedInstanceTypes": ["m7.*"] }), "m7g.large", None),
        (json!({ "allowedInstanceTypes": ["c*"] }), "m7g.large", Some("allowedInstanceTypes")),
        (json!({ "instanceGenerations": ["previous"] }), "m7g.large", Some("instanceGenerations")),
        (json!({ "instanceGenerations": ["current"] }), "c5.large", Some("instanceGenerations")),
        (json!({ "bareMetal": "INCLUDED" }), "m5.metal", None),
        (json!({ "bareMetal": "required" }), "m7g.large", Some("bareMetal")),
        (json!({ "burstablePerformance": "included" }), "t4g.small", None),
        (json!({ "burstablePerformance": "required" }), "m7g.large", Some("burstablePerformance")),
        (
            json!({ "networkInterfaceCount": { "min": 4 } }),
            "m7g.large",
            Some("networkInterfaceCount"),
        ),
        (json!({ "localStorage": "required" }), "m7g.large", Some("localStorage")),
        (json!({ "localStorage": "excluded" }), "m7gd.large", Some("localStorage")),
        (json!({ "localStorageTypes": ["hdd"] }), "m7gd.large", Some("localStorageTypes")),
        (json!({ "localStorageTypes": ["hdd"] }), "m7g.large", None),
        (
            json!({ "totalLocalStorageGB": { "min": 200.5 } }),
            "m7gd.large",
            Some("totalLocalStorageGB"),
        ),
        (
            json!({ "baselineEbsBandwidthMbps": { "min": 5000 } }),
            "m7g.large",
            Some("baselineEbsBandwidthMbps"),
        ),
        (json!({ "acceleratorTypes": ["gpu"] }), "m7g.large", Some("acceleratorTypes")),
        (json!({ "acceleratorTypes": ["gpu"] }), "g5.xlarge", None),
        (json!({ "acceleratorTypes": ["inference"] }), "inf2.xlarge", None),
        (json!({ "acceleratorCount": { "max": 0 } }), "g5.xlarge", Some("acceleratorCount")),
        (json!({ "acceleratorCount": { "max": 0 } }), "m7g.large", None),
        (
            json!({ "acceleratorManufacturers": ["amd"] }),
            "g5.xlarge",
            Some("acceleratorManufacturers"),
        ),
        (json!({ "acceleratorNames": ["a10g"] }), "g5.xlarge", None),
        (json!({ "acceleratorNames": ["t4"] }), "g5.xlarge", Some("acceleratorNames")),
        (
            json!({ "acceleratorTotalMemoryMiB": { "min": 40_000 } }),
            "g5.xlarge",
            Some("acceleratorTotalMemoryMiB"),
        ),
        (
            json!({ "networkBandwidthGbps": { "min": 12.5 } }),
            "m7g.large",
            Some("networkBandwidthGbps"),
        ),
    ] {
        check(&value, name, expected);
    }
}

#[test]
fn the_article_s_requirements_admit_its_types() {
    let article = json!({
        "vCpuCount": { "min": 2, "max": 4 },
        "memoryMiB": { "min": 2048, "max": 16384 },
        "cpuManufacturers": ["amazon-web-services"],
        "instanceGenerations": ["current", "previous"],
        "burstablePerformance": "included",
        "bareMetal": "excluded"
    });
    let (names, selection) = selected(&article, PurchaseOption::OnDemand);
    for name in ["t4g.small", "t4g.medium", "r6g.large", "im4gn.large", "is4gen.large"] {
        assert!(names.iter().any(|admitted| admitted == name), "{name}");
    }
    assert!(!names.iter().any(|name| name == "x2gd.medium"), "it has one vCPU");
    let left_out: usize = selection.steps.iter().map(|step| step.left_out.len()).sum();
    assert_eq!(left_out + names.len(), CATALOG.types().len());
}

/// c6g.large at 0.068 is the cheapest current C, M or R type of the article's requirements.
#[test]
fn price_protection_compares_with_the_cheapest_c_m_or_r() {
    let with = |protection: Value| {
        let mut value = json!({
            "vCpuCount": { "min": 2, "max": 4 },
            "memoryMiB": { "min": 2048, "max": 16384 },
            "cpuManufacturers": ["amazon-web-services"],
            "burstablePerformance": "included"
        });
        for (field, asked) in protection.as_object().expect("an object") {
            value[field] = asked.clone();
        }
        value
    };
    let on_demand = |percent: u32| {
        let asked = json!({ "onDemandMaxPricePercentageOverLowestPrice": percent });
        selected(&with(asked), PurchaseOption::OnDemand).0
    };
    let has = |names: &[String], name: &str| names.iter().any(|each| each == name);
    let twenty = on_demand(20);
    assert!(has(&twenty, "t4g.small") && has(&twenty, "c6g.large") && has(&twenty, "m7g.large"));
    assert!(!has(&twenty, "r6g.large") && !has(&twenty, "im4gn.large"));
    assert!(has(&on_demand(999_999), "is4gen.large"), "999999 switches it off");
    assert!(on_demand(0).len() < twenty.len());

    let spot = |asked: Value| selected(&with(asked), PurchaseOption::Spot).0.len();
    let unprotected = spot(json!({}));
    assert!(spot(json!({ "spotMaxPricePercentageOverLowestPrice": 10 })) < unprotected);
    assert!(spot(json!({ "maxSpotPriceAsPercentageOfOptimalOnDemandPrice": 30 })) < unprotected);
    assert_eq!(spot(json!({ "onDemandMaxPricePercentageOverLowestPrice": 0 })), unprotected);
}

#[test]
fn purchase_options_need_their_price() {
    let (names, _) = selected(&json!({}), PurchaseOption::Reserved3Years);
    let (all, _) = selected(&json!({}), PurchaseOption::OnDemand);
    assert!(!names.is_empty() && names.len() < all.len());
}

/// `(requirements, path, code)` of the first thing said.
#[test]
fn what_aws_would_refuse_is_named() {
    let min = json!({ "min": 0 });
    let with = |field: &str, asked: Value| {
        let mut value = json!({ "vCpuCount": min, "memoryMiB": min });
        value[field] = asked;
        value
    };
    for (value, path, code) in [
        (json!({ "memoryMiB": min }), "at.vCpuCount.min", "requirements.minMissing"),
        (
            with("vCpuCount", json!({ "min": 4, "max": 2 })),
            "at.vCpuCount",
            "requirements.crossedRange",
        ),
        (
            with("allowedInstanceTypes", json!(["t3g.small"])),
            "at.allowedInstanceTypes[0]",
            "requirements.unknownType",
        ),
        (
            with("allowedInstanceTypes", json!(["t4g.*", "t3g.*"])),
            "at.allowedInstanceTypes[1]",
            "requirements.unknownType",
        ),
        (
            with("excludedInstanceTypes", json!(["a b"])),
            "at.excludedInstanceTypes[0]",
            "requirements.badPattern",
        ),
        (
            with("requireHibernateSupport", json!(true)),
            "at.requireHibernateSupport",
            "requirements.hibernationUnknown",
        ),
        (
            with("spotMaxPricePercentageOverLowestPrice", json!(10)),
            "at.spotMaxPricePercentageOverLowestPrice",
            "requirements.otherPurchaseOption",
        ),
    ] {
        let (read, _) = requirements(&value);
        let found = validate(&read, PurchaseOption::OnDemand, &CATALOG, "at");
        let first = found.first().map(|d| (d.path.as_str(), d.code.as_str()));
        assert_eq!(first, Some((path, code)), "{value}");
    }
    let both = json!({ "vCpuCount": min, "memoryMiB": min,
                       "allowedInstanceTypes": ["m*"], "excludedInstanceTypes": ["m5*"] });
    let found = validate(&requirements(&both).0, PurchaseOption::OnDemand, &CATALOG, "at");
    assert_eq!(found[0].code, "requirements.allowedAndExcluded");
}

#[test]
fn an_unknown_type_is_told_with_the_nearest() {
    let value = json!({ "vCpuCount": { "min": 0 }, "memoryMiB": { "min": 0 },
                        "allowedInstanceTypes": ["t3g.small"] });
    let found = validate(&requirements(&value).0, PurchaseOption::OnDemand, &CATALOG, "at");
    assert_eq!(found[0].message, "t3g.small: no such type; did you mean t4g.small, t3.small?");
}

fn any_requirements() -> impl Strategy<Value = Value> {
    let range = |most: u64| {
        (proptest::option::of(0..most), proptest::option::of(0..most)).prop_map(|(min, max)| {
            let mut range = json!({});
            if let Some(min) = min {
                range["min"] = min.into();
            }
            if let Some(max) = max {
                range["max"] = max.into();
            }
            range
        })
    };
    let inclusion = prop_oneof![Just("included"), Just("required"), Just("excluded")];
    (
        range(64),
        range(300_000),
        proptest::option::of(inclusion.clone()),
        proptest::option::of(inclusion),
        proptest::option::of(0u32..300),
        proptest::sample::subsequence(vec!["c*", "m*", "*.large", "t4g.*", "r7?", "g5*"], 0..3),
    )
        .prop_map(|(cpu, memory, metal, burstable, protection, allowed)| {
            let mut value = json!({ "vCpuCount": cpu, "memoryMiB": memory });
            for (field, asked) in [
                ("bareMetal", metal.map(Value::from)),
                ("burstablePerformance", burstable.map(Value::from)),
                ("onDemandMaxPricePercentageOverLowestPrice", protection.map(Value::from)),
            ] {
                if let Some(asked) = asked {
                    value[field] = asked;
                }
            }
            if !allowed.is_empty() {
                value["allowedInstanceTypes"] = json!(allowed);
            }
            value
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every type is admitted or left out once, and the steps add up.
    #[test]
    fn nothing_is_lost(value in any_requirements()) {
        let (names, selection) = selected(&value, PurchaseOption::OnDemand);
        let mut left = CATALOG.types().len();
        for step in &selection.steps {
            left -= step.left_out.len();
            prop_assert_eq!(step.left, left);
        }
        prop_assert_eq!(names.len(), left);
    }

    /// A further restriction never admits a type that was left out, price protection aside: with
    /// a dearer cheapest type its ceiling is higher.
    #[test]
    fn a_restriction_never_admits_more(value in any_requirements(), most in 1u64..64) {
        let mut value = value;
        value.as_object_mut().expect("an object").remove("onDemandMaxPricePercentageOverLowestPrice");
        let (wide, _) = selected(&value, PurchaseOption::OnDemand);
        let old = value["vCpuCount"].get("max").and_then(Value::as_u64).unwrap_or(u64::MAX);
        value["vCpuCount"]["max"] = most.min(old).into();
        let (narrow, _) = selected(&value, PurchaseOption::OnDemand);
        prop_assert!(narrow.iter().all(|name| wide.contains(name)));
    }
}
