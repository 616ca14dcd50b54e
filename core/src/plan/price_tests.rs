//! The user's own prices and discounts: what they change, what they leave, what is said of bad ones.

use super::tests::{CATALOG, article, planned};
use crate::diagnostic::Severity;
use crate::report::{InstanceCount, PriceSource, Report};
use crate::scenario::{DiscountPercent, read};
use eniac_catalog::NanoUsdPerHour;
use proptest::prelude::*;
use serde_json::{Value, json};

/// 30 small tasks on Managed Instances, paid for like that.
fn paid(pricing: Value) -> Report {
    let mut scenario = article(30, 512, 1024);
    scenario["pricing"] = pricing;
    planned(&scenario)
}

fn mix(report: &Report) -> Vec<InstanceCount> {
    report.predicted.clone().expect("a prediction").fleet.mix
}

fn compute(report: &Report) -> NanoUsdPerHour {
    let predicted = report.predicted.as_ref().expect("a prediction");
    predicted.fleet.cost.compute_nano_usd_per_hour
}

fn source(report: &Report, name: &str) -> PriceSource {
    let found = report.instance_types.iter().find(|it| it.name == name);
    found.expect("a type").price_source
}

#[test]
fn own_prices_decide_what_is_paid_and_never_what_ecs_chooses() {
    let list = paid(json!({}));
    // The prediction is 30 t4g.small at 0.0168; t4g.xlarge is given away here.
    let own = json!({ "t4g.small": 0.01, " T4G.XLarge": "$0.0012" });
    let report = paid(json!({ "instancePrices": own, "savingsPlanPercent": 50,
                              "ec2DiscountPercent": 50 }));
    assert_eq!(
        report.diagnostics.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
        ["pricing.farFromList"]
    );
    assert_eq!(mix(&report), mix(&list));
    assert_eq!(compute(&report), NanoUsdPerHour(300_000_000), "nothing is taken off");
    let fee = |report: &Report| {
        report.predicted.as_ref().expect("a prediction").fleet.cost.fee_nano_usd_per_hour.0
    };
    assert_eq!(fee(&report) * 2, fee(&list), "the fee is of the list price, less the discount");
    let cheapest = report.cheapest.as_ref().expect("a fleet");
    assert_eq!(cheapest.fleet.mix.first().map(|it| it.instance_type.as_str()), Some("t4g.xlarge"));
    assert_eq!(source(&report, "t4g.small"), PriceSource::Yours);
    assert_eq!(source(&report, "t4g.medium"), PriceSource::Listed);
    let told = report.assumptions.iter().find(|it| it.code == "price.yours").expect("it is told");
    assert!(told.text.contains("t4g.small, t4g.xlarge"), "{}", told.text);
}

#[test]
fn own_prices_leave_spot_alone() {
    let pricing = |own: Value| json!({ "purchaseOption": "SPOT", "instancePrices": own });
    let (without, with) = (paid(pricing(json!({}))), paid(pricing(json!({ "t4g.small": 0.01 }))));
    assert_eq!(with.predicted, without.predicted);
    assert_eq!(with.cheapest, without.cheapest);
    assert_eq!(with.diagnostics[0].code, "pricing.noEffect");
    assert!(with.instance_types.iter().all(|it| it.price_source != PriceSource::Yours));
}

#[test]
fn own_prices_stand_in_where_no_list_price_is_known() {
    let mut scenario = article(30, 512, 1024);
    scenario["region"] = "ca-west-1".into();
    assert_eq!(planned(&scenario).cheapest, None);
    scenario["pricing"] = json!({ "instancePrices": { "t4g.small": 0.0184 } });
    let report = planned(&scenario);
    assert!(report.diagnostics.iter().all(|it| it.code != "region.noPrices"));
    assert_eq!(report.cheapest.expect("a fleet").fleet.mix[0].instance_type, "t4g.small");
    scenario["pricing"]["purchaseOption"] = "SPOT".into();
    assert_eq!(planned(&scenario).cheapest, None, "no saving of Spot is known");
}

#[test]
fn own_prices_of_reservations_need_no_known_ratio() {
    let bought = |own: Value| {
        let mut scenario = article(4, 512, 1024);
        scenario["capacity"] = json!({ "autoScalingGroup": { "instanceTypes": ["m8g.large"] } });
        scenario["pricing"] = json!({ "purchaseOption": "RESERVED_1_YEAR", "instancePrices": own });
        planned(&scenario).cheapest
    };
    assert_eq!(bought(json!({})), None);
    assert!(bought(json!({ "m8g.large": 0.06 })).is_some());
}

/// `(prices, code, severity, path, words)`.
#[track_caller]
fn check(prices: &Value, code: &str, severity: Severity, path: &str, words: &str) {
    let report = paid(json!({ "instancePrices": prices }));
    let found = report.diagnostics.iter().find(|it| it.code == code);
    let found = found.unwrap_or_else(|| panic!("{code} in {:?}", report.diagnostics));
    assert_eq!((found.severity, found.path.as_str()), (severity, path), "{prices}");
    assert!(found.message.contains(words), "{}", found.message);
    assert!(report.predicted.is_some(), "everything else is planned");
}

#[test]
fn bad_prices_are_named() {
    use Severity::{Error, Note, Warning};
    const AT: &str = "pricing.instancePrices";
    let under = |name: &str| format!("{AT}.{name}");
    for (price, shown) in [
        (json!("cheap"), "cheap is not a price"),
        (json!(-1), "-1 is not a price"),
        (json!(0), "0 is not a price"),
        (json!(10_001), "10001 is not a price"),
        (json!("0,0612"), "0,0612 is not a price"),
        (json!([]), "a number, or a number as text"),
    ] {
        let prices = json!({ "t4g.small": price, "t4g.medium": 0.02 });
        check(&prices, "scenario.refused", Error, &under("t4g.small"), shown);
    }
    let unknown = json!({ "t4g.smal": 0.01 });
    check(&unknown, "pricing.unknownType", Error, &under("t4g.smal"), "did you mean t4g.small");
    let monthly = json!({ "t4g.small": 12.26 });
    check(&monthly, "pricing.farFromList", Warning, &under("t4g.small"), "list price, 0.0168");
    let twice = json!({ "T4g.small": 0.01, "t4g.small": 0.011 });
    check(&twice, "pricing.twice", Warning, &under("t4g.small"), "0.011 USD an hour is used");
    let elsewhere = json!({ "p6-b300.48xlarge": 100 });
    let report = paid(json!({ "instancePrices": elsewhere }));
    let region = CATALOG.region("us-east-1").expect("a region");
    if let Ok(id) = CATALOG.find("p6-b300.48xlarge")
        && !region.offers.contains_key(&id)
    {
        assert_eq!(report.diagnostics[0].severity, Note);
    }
}

#[test]
fn many_bad_prices_cost_nothing_else() {
    let mut scenario = article(30, 512, 1024);
    let bad: serde_json::Map<String, Value> =
        (0..3000).map(|row| (format!("type{row}"), json!("n/a"))).collect();
    scenario["pricing"] = json!({ "savingsPlanPercent": 50, "instancePrices": bad });
    let report = planned(&scenario);
    assert_eq!(compute(&report), compute(&paid(json!({ "savingsPlanPercent": 50 }))));
    let unknown: serde_json::Map<String, Value> =
        (0..6000).map(|row| (format!("type{row}"), json!(1))).collect();
    let report = paid(json!({ "instancePrices": unknown }));
    let told = |words: &str| report.diagnostics.iter().any(|it| it.message.contains(words));
    assert!(told("4980 more names are no instance types"), "{:?}", report.diagnostics);
    assert!(told("5000 prices are read at most; 1000 are left out"));
}

#[test]
fn discounts_are_read_with_decimals() {
    let read = |percent: Value| {
        let pricing = json!({ "pricing": { "ec2DiscountPercent": percent } });
        let reading = read(&pricing.to_string()).expect("a scenario");
        let message = reading.diagnostics.first().map(|it| it.message.clone());
        (reading.scenario.pricing.ec2_discount_percent.to_string(), message)
    };
    for (percent, shown) in
        [(json!(9), "9"), (json!(8.25), "8.25"), (json!("7.5 %"), "7.5"), (json!(100), "100")]
    {
        assert_eq!(read(percent), (shown.to_owned(), None));
    }
    let (kept, message) = read(json!(130));
    assert_eq!(kept, "0");
    assert!(message.is_some_and(|it| it.starts_with("130 is not a discount in percent: a number")));
}

#[test]
fn fargate_has_a_discount_of_its_own() {
    let (list, off) = (paid(json!({})), paid(json!({ "fargateDiscountPercent": 10 })));
    assert_eq!(off.predicted, list.predicted);
    let total =
        |cost: Option<crate::report::Cost>| cost.expect("a price").total_nano_usd_per_hour.0;
    assert_eq!(total(off.fargate.arm) * 10, total(list.fargate.arm) * 9);
    let with_plan = json!({ "fargateDiscountPercent": 10, "savingsPlanPercent": 50 });
    assert_eq!(total(paid(with_plan).fargate.arm) * 20, total(list.fargate.arm) * 9);
    let spot = article(30, 512, 1024);
    let mut spot: Value = spot;
    spot["services"][0]["taskDefinition"]["runtimePlatform"] = json!({});
    let before = planned(&spot).fargate.spot_x86;
    spot["pricing"] = json!({ "fargateDiscountPercent": 10, "savingsPlanPercent": 50 });
    assert_eq!(total(planned(&spot).fargate.spot_x86) * 10, total(before) * 9);
}

/// The report without what says whose prices these are.
fn without_sources(report: &Report) -> Report {
    let mut report = report.clone();
    report.assumptions.retain(|it| it.code != "price.yours");
    for it in &mut report.instance_types {
        it.price_source = PriceSource::Listed;
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// A table of list prices changes nothing but the source.
    #[test]
    fn a_table_of_list_prices_is_the_list(count in 1u32..40, cpu in 1u64..4096) {
        let mut scenario = article(count, cpu, 1024);
        let list = planned(&scenario);
        let region = CATALOG.region("us-east-1").expect("a region");
        let prices = region.offers.iter().filter_map(|(id, offer)| {
            let price = offer.on_demand?.per_hour.to_string();
            Some((CATALOG[*id].name.clone(), Value::from(price)))
        });
        scenario["pricing"] = json!({ "instancePrices": prices.collect::<serde_json::Map<_, _>>() });
        let own = planned(&scenario);
        prop_assert!(own.instance_types.iter().all(|it| it.price_source == PriceSource::Yours));
        prop_assert_eq!(without_sources(&own), without_sources(&list));
    }

    /// A discount on EC2 takes the same share off every instance and leaves both fleets as they
    /// are, but for prices that rounding makes equal.
    #[test]
    fn a_discount_scales(hundredths in 0u16..=9000, count in 1u32..40) {
        let mut scenario = article(count, 512, 1024);
        let list = planned(&scenario);
        scenario["pricing"] = json!({ "ec2DiscountPercent": f64::from(hundredths) / 100.0 });
        let off = planned(&scenario);
        prop_assert_eq!(mix(&off), mix(&list));
        let percent = DiscountPercent::from_hundredths(hundredths).expect("a percentage");
        for (off, list) in off.instance_types.iter().zip(&list.instance_types) {
            let of = |price| percent.off(price);
            prop_assert_eq!(&off.name, &list.name);
            prop_assert_eq!(off.cost.compute_nano_usd_per_hour, of(list.cost.compute_nano_usd_per_hour));
            prop_assert_eq!(off.cost.fee_nano_usd_per_hour, of(list.cost.fee_nano_usd_per_hour));
            prop_assert_eq!(off.cost.disk_nano_usd_per_hour, of(list.cost.disk_nano_usd_per_hour));
        }
    }

    /// What ECS launches hangs on no price of the user's; the cheapest fleet is never above it.
    #[test]
    fn the_prediction_goes_by_list_prices(
        prices in proptest::collection::vec(1_000u64..400_000_000, 6),
        percent in 0u8..=100,
    ) {
        let names = ["t4g.small", "t4g.medium", "m7g.large", "c7g.large", "m7g.xlarge", "r7g.large"];
        let prices = prices.into_iter().map(|nano| Value::from(NanoUsdPerHour(nano).to_string()));
        let prices: serde_json::Map<_, _> = names.map(str::to_owned).into_iter().zip(prices).collect();
        let list = paid(json!({}));
        let own = paid(json!({ "instancePrices": prices, "savingsPlanPercent": percent }));
        prop_assert_eq!(mix(&own), mix(&list));
        let cheapest = own.cheapest.expect("a fleet");
        let predicted = own.predicted.expect("a prediction").fleet.cost.total_nano_usd_per_hour;
        prop_assert!(cheapest.lower_bound_nano_usd_per_hour <= predicted);
    }
}
