//! Published prices, figure by figure.

use super::*;
use crate::scenario::{CpuArchitecture, DiscountPercent, Pricing, PurchaseOption, StorageGib};
use eniac_catalog::{Catalog, CpuUnits, MiB, NanoUsdPerHour};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().expect("a catalogue"));

/// `(cpu, memory)` to the size and us-east-1's price of a task, x86 and ARM.
#[track_caller]
fn check_fargate(asked: (u64, u64), size: (u64, u64), x86: &str, arm: &str) {
    let region = CATALOG.region("us-east-1").expect("a region");
    let rates = region.fargate.expect("rates");
    let task = fargate_size(CpuUnits(asked.0), MiB(asked.1)).expect("a size");
    assert_eq!((task.cpu.0, task.memory.0), size);
    assert_eq!(task.on_demand(&rates, CpuArchitecture::X86_64).to_string(), x86);
    assert_eq!(task.on_demand(&rates, CpuArchitecture::Arm64).to_string(), arm);
}

#[test]
fn fargate_sizes_and_prices() {
    check_fargate((512, 1024), (512, 1024), "0.024685", "0.01975");
    check_fargate((1024, 1024), (1024, 2048), "0.04937", "0.0395");
    check_fargate((1000, 3500), (1024, 4096), "0.05826", "0.04662");
    check_fargate((1000, 14_000), (2048, 14_336), "0.14319", "0.1146");
    check_fargate((1234, 1234), (2048, 4096), "0.09874", "0.079");
    check_fargate((256, 512), (256, 512), "0.0123425", "0.009875");
}

#[test]
fn fargate_sizes_step_as_documented() {
    for (asked, size) in [
        ((1, 1), Some((256, 512))),
        ((256, 1025), Some((256, 2048))),
        ((256, 2049), Some((512, 3072))),
        ((1024, 1536), Some((1024, 2048))),
        ((4096, 30_721), Some((8192, 32_768))),
        ((8192, 16_385), Some((8192, 20_480))),
        ((8193, 1), Some((16_384, 32_768))),
        ((16_384, 122_881), Some((32_768, 249_856))),
        ((32_768, 249_857), None),
        ((32_769, 1), None),
    ] {
        let (cpu, memory) = asked;
        let found = fargate_size(CpuUnits(cpu), MiB(memory)).map(|t| (t.cpu.0, t.memory.0));
        assert_eq!(found, size, "{asked:?}");
    }
}

/// `(type, fee in nano-USD an hour, whether AWS states the rate)` in us-east-1.
#[test]
fn management_fees() {
    let region = CATALOG.region("us-east-1").expect("a region");
    for (name, per_mille, fee, stated) in [
        ("t4g.small", 120, 2_016_000, true),
        ("c6a.2xlarge", 120, 36_720_000, true),
        ("g5.xlarge", 78, 78_468_000, true),
        ("gr6.4xlarge", 78, 120_057_600, true),
        ("p5.48xlarge", 48, 2_641_920_000, true),
        ("trn1.2xlarge", 48, 64_500_000, true),
        ("inf2.xlarge", 120, 90_984_000, false),
    ] {
        let id = CATALOG.find(name).expect("a type");
        let rate = fee_rate(&CATALOG[id]);
        assert_eq!((rate.per_mille, rate.stated), (per_mille, stated), "{name}");
        let pricing = Pricing::default();
        let cost = instance_cost(
            &CATALOG[id],
            &region.offers[&id],
            &pricing,
            None,
            pricing.purchase_option,
            true,
            None,
        );
        assert_eq!(cost.expect("a price").fee_nano_usd_per_hour, NanoUsdPerHour(fee), "{name}");
    }
}

#[test]
fn a_volume_costs_its_size() {
    let id = CATALOG.find("t4g.small").expect("a type");
    let offer = CATALOG.region("us-east-1").expect("a region").offers[&id];
    let with = |pricing: &Pricing, gib| {
        let volume = StorageGib::new(gib);
        let cost = instance_cost(
            &CATALOG[id],
            &offer,
            pricing,
            None,
            pricing.purchase_option,
            true,
            volume,
        )
        .expect("a price");
        (cost.disk_nano_usd_per_hour.0, cost.total_nano_usd_per_hour.0)
    };
    let fee_and_compute = 18_816_000;
    assert_eq!(with(&Pricing::default(), 80), (8_767_123, fee_and_compute + 8_767_123));
    assert_eq!(with(&Pricing::default(), 30), (3_287_671, fee_and_compute + 3_287_671));
    let without = Pricing { include_disks: false, ..Pricing::default() };
    assert_eq!(with(&without, 80), (0, fee_and_compute));
}

proptest! {
    /// The size covers what is asked, and no smaller size of as much CPU does.
    #[test]
    fn fargate_sizes_cover(cpu in 0u64..40_000, memory in 0u64..260_000) {
        if let Some(size) = fargate_size(CpuUnits(cpu), MiB(memory)) {
            prop_assert!(size.cpu.0 >= cpu && size.memory.0 >= memory);
            let again = fargate_size(size.cpu, size.memory);
            prop_assert_eq!(again, Some(size));
        }
    }

    /// No purchase option costs more than On-Demand, no discount makes one dearer, and a price of
    /// the user's stands but for Spot.
    #[test]
    fn purchase_options_only_save(place in 0usize..1395, plan in 0u16..=10_000, off in 0u16..=10_000) {
        let region = CATALOG.region("us-east-1").expect("a region");
        let instance = &CATALOG.types()[place];
        let id = CATALOG.find(&instance.name).expect("a type");
        let Some(offer) = region.offers.get(&id) else { return Ok(()) };
        let Some(price) = offer.on_demand else { return Ok(()) };
        let percent = |hundredths| DiscountPercent::from_hundredths(hundredths).expect("a share");
        let with_plan = Pricing { savings_plan_percent: percent(plan), ..Pricing::default() };
        let with_both = Pricing { ec2_discount_percent: percent(off), ..with_plan.clone() };
        let own = NanoUsdPerHour(123);
        for option in [
            PurchaseOption::OnDemand,
            PurchaseOption::Spot,
            PurchaseOption::Reserved1Year,
            PurchaseOption::Reserved3Years,
        ] {
            let paid = compute_price(instance, offer, option, &with_plan, None);
            prop_assert!(paid.is_none_or(|paid| paid <= price.per_hour));
            let discounted = compute_price(instance, offer, option, &with_both, None);
            prop_assert_eq!(discounted, paid.map(|paid| percent(off).off(paid)));
            let with_own = compute_price(instance, offer, option, &with_both, Some(own));
            let is_spot = option == PurchaseOption::Spot;
            prop_assert_eq!(with_own, if is_spot { discounted } else { Some(own) });
        }
    }
}
