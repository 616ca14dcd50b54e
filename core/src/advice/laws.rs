//! What every outlook keeps, whatever is asked.

use super::tests::some;
use super::{Part, outlook_text};
use crate::managed::{Fallback, Market};
use crate::packing::{Demand, Offer, Pattern, Problem, Solution, check};
use crate::plan::tests::CATALOG;
use crate::report::{Change, FleetSummary};
use crate::scenario::document;
use eniac_catalog::NanoUsdPerHour;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A few services with odd sizes on Managed Instances of some kind.
fn any_managed() -> impl Strategy<Value = Value> {
    let service = (1u32..30, 128u64..3000, 100u64..9000, any::<bool>(), 0u8..3, 50u16..100);
    let service = service.prop_map(|(count, cpu, memory, distinct, architecture, healthy)| {
        let constraints =
            if distinct { json!([{ "type": "distinctInstance" }]) } else { json!([]) };
        let architecture =
            [Value::Null, json!("ARM64"), json!("X86_64")][architecture as usize].clone();
        json!({ "desiredCount": count, "placementConstraints": constraints,
            "deploymentConfiguration": { "minimumHealthyPercent": healthy },
            "taskDefinition": { "cpu": cpu, "memory": memory,
                "runtimePlatform": { "cpuArchitecture": architecture } } })
    });
    let requirements = prop_oneof![
        Just(Value::Null),
        Just(json!({ "vCpuCount": { "min": 2, "max": 16 }, "memoryMiB": { "min": 0 },
                     "burstablePerformance": "included" })),
        Just(json!({ "vCpuCount": { "min": 1 }, "memoryMiB": { "min": 0 },
                     "cpuManufacturers": ["amazon-web-services"] })),
    ];
    let region = prop_oneof![Just("us-east-1"), Just("eu-west-1"), Just("ap-south-2")];
    (proptest::collection::vec(service, 1..4), requirements, region, 1u8..4, any::<bool>())
        .prop_map(|(mut services, requirements, region, zones, trunking)| {
            for (at, service) in services.iter_mut().enumerate() {
                service["name"] = json!(format!("s{at}"));
            }
            json!({ "region": region, "zones": zones, "services": services,
                "capacity": { "managedInstances": {
                    "instanceRequirements": requirements, "eniTrunking": trunking } } })
        })
}

/// The scenario as a user would change it by hand.
fn applied(scenario: &Value, changes: &[Change]) -> Value {
    let mut scenario = scenario.clone();
    for change in changes {
        let after = Some(change.after.clone()).filter(|after| !after.is_null());
        document::set(&mut scenario, &change.path, after);
    }
    scenario
}

fn predicted(scenario: &Value) -> FleetSummary {
    let predicted = some(scenario, &[Part::Fleets]).predicted;
    predicted.map(|it| FleetSummary::from(&it.fleet)).unwrap_or_default()
}

/// Offers of two classes with amounts and prices that do not follow each other.
fn any_problem() -> impl Strategy<Value = Problem> {
    let offer = (1u64..40, 1u64..60, 1u64..12, 0u32..2, 1u64..500);
    let offer = offer.prop_map(|(cpu, memory, enis, class, price)| Offer {
        amounts: [cpu, memory, enis, 0],
        class: 1 << class,
        zones: 0b111,
        price: NanoUsdPerHour(price),
    });
    let demand = (1u32..20, 1u64..12, 1u64..20, 1u32..4, any::<bool>());
    let demand = demand.prop_map(|(count, cpu, memory, classes, distinct)| Demand {
        count,
        amounts: [cpu, memory, 1, 0],
        classes,
        distinct,
        spread: true,
    });
    let (offers, demands) =
        (proptest::collection::vec(offer, 1..14), proptest::collection::vec(demand, 1..5));
    (offers, demands).prop_map(|(mut offers, demands)| {
        offers.sort_by_key(|it| it.amounts);
        Problem { zones: 3, demands, offers, anti_affinity: Vec::new() }
    })
}

fn cost(problem: &Problem, patterns: &[Pattern]) -> u128 {
    let price = |it: &Pattern| u128::from(problem.offers[it.offer].price.0) * u128::from(it.copies);
    patterns.iter().map(price).sum()
}

fn market(problem: &Problem) -> Market {
    let prices: Vec<NanoUsdPerHour> = problem.offers.iter().map(|it| it.price).collect();
    Market::of(problem, &prices)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The dearest fleet keeps every rule, is what is told of its cost, and is never cheaper than
    /// what ECS would launch.
    #[test]
    fn the_dearest_fleet_is_a_fleet(problem in any_problem()) {
        let market = market(&problem);
        let (fallback, prediction) =
            (Fallback::of(&problem, &market), market.predict(&problem, &[]));
        let fleet = fallback.fleet();
        let every: Vec<usize> = (0..problem.offers.len()).collect();
        prop_assert_eq!(cost(&problem, &fleet), fallback.cost(&every));
        prop_assert!(cost(&problem, &prediction.patterns) <= cost(&problem, &fleet));
        // Kinds that fit nowhere stand nowhere; the rest is all there.
        let fits = |demand: &Demand| problem.offers.iter().any(|it| crate::managed::tasks_on(demand, it) > 0);
        if problem.demands.iter().all(fits) {
            let total = cost(&problem, &fleet);
            let total = NanoUsdPerHour(u64::try_from(total).expect("small"));
            let solution = Solution { patterns: fleet, cost: total, ..Solution::default() };
            prop_assert_eq!(check(&problem, &solution), Ok(()));
        }
    }

    /// Fewer offers never make the dearest fleet dearer, as long as everything still fits.
    #[test]
    fn fewer_offers_never_widen_the_range(
        problem in any_problem(),
        kept in proptest::collection::vec(any::<bool>(), 14),
    ) {
        let market = market(&problem);
        let fallback = Fallback::of(&problem, &market);
        let every: Vec<usize> = (0..problem.offers.len()).collect();
        let fewer: Vec<usize> = every.iter().copied().filter(|at| kept[*at]).collect();
        let fits = |demand: &Demand| {
            let on = |at: &usize| crate::managed::tasks_on(demand, &problem.offers[*at]) > 0;
            fewer.iter().any(on) || !every.iter().any(on)
        };
        prop_assume!(problem.demands.iter().all(fits));
        prop_assert!(fallback.cost(&fewer) <= fallback.cost(&every));
        // And so says the problem that has only those.
        let only = Problem {
            offers: fewer.iter().map(|at| problem.offers[*at].clone()).collect(),
            ..problem.clone()
        };
        let told = Fallback::of(&only, &self::market(&only)).fleet();
        prop_assert_eq!(cost(&only, &told), fallback.cost(&fewer));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The prediction lies between the proven bound and the dearest fleet; tightening never widens
    /// that; and every proposal, applied by hand, gives exactly the fleet that it promised.
    #[test]
    fn proposals_keep_their_word(scenario in any_managed()) {
        let parts = [
            Part::Fleets, Part::Range, Part::WhatIfs, Part::Tightenings, Part::TaskSizes,
            Part::Advice, Part::Sensitivity, Part::Deployment,
        ];
        let outlook = some(&scenario, &parts);
        prop_assert!(outlook.diagnostics.iter().all(|it| it.code != "plan.checkerRefused"));
        let Some(now) = outlook.predicted.as_ref() else { return Ok(()) };
        let total = now.fleet.cost.total_nano_usd_per_hour;
        let bound = outlook.cheapest.as_ref().map(|it| it.lower_bound_nano_usd_per_hour);
        prop_assert!(bound <= Some(total));
        let dearest = outlook.range.as_ref().map(|it| it.dearest.cost.total_nano_usd_per_hour);
        prop_assert!(dearest.is_none_or(|dearest| total <= dearest), "{total:?} {dearest:?}");
        for it in outlook.tightenings.iter().flatten() {
            let then = it.dearest.total_nano_usd_per_hour;
            prop_assert!(dearest.is_none_or(|dearest| then <= dearest), "{:?}", it.kind);
            let least = it.lower_bound_nano_usd_per_hour;
            prop_assert!(least <= it.fleet.cost.total_nano_usd_per_hour && least <= then);
            prop_assert!(bound.is_none_or(|bound| bound <= least), "{:?}", it.kind);
            prop_assert_eq!(&predicted(&applied(&scenario, &it.changes)), &it.fleet);
        }
        for it in outlook.what_ifs.iter().flatten() {
            prop_assert_eq!(&predicted(&applied(&scenario, &it.changes)), &it.fleet, "{}", it.code);
        }
        let curves = outlook.task_sizes.iter().flatten().flat_map(|it| [&it.memory, &it.cpu]);
        for it in curves.filter_map(|curve| curve.better.as_ref()) {
            prop_assert_eq!(&predicted(&applied(&scenario, &it.changes)), &it.fleet);
            prop_assert!(it.saving.nano_usd_per_hour > 0);
        }
    }

    /// The same bytes when it is asked again, and JSON that reads back as what it was.
    #[test]
    fn outlooks_are_the_same_again(scenario in any_managed()) {
        let text = scenario.to_string();
        let told = |_: u8| {
            let outlook = outlook_text(&CATALOG, &text, &Part::ALL).expect("an outlook");
            serde_json::to_string(&outlook).expect("JSON")
        };
        let (first, again) = (told(0), told(1));
        prop_assert_eq!(&first, &again);
        let back: crate::report::Outlook = serde_json::from_str(&first).expect("an outlook");
        prop_assert_eq!(serde_json::to_string(&back).expect("JSON"), first);
    }
}
