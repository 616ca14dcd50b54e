//! What is read, what is refused, and with which words.

use super::*;
use eniac_catalog::NanoUsdPerHour;

fn check<Q: Quantity + std::fmt::Debug, T: PartialEq + std::fmt::Debug>(
    text: &str,
    get: impl Fn(Q) -> T,
    expected: Option<&T>,
) {
    assert_eq!(Q::from_text(text).ok().map(get).as_ref(), expected, "{text}");
}

#[test]
fn cpu_is_read_as_people_write_it() {
    for (text, units) in [
        ("512", Some(512)),
        ("512.0", Some(512)),
        ("1.0", Some(1)),
        ("0.5", Some(512)),
        (".5", Some(512)),
        ("0.5 vCPU", Some(512)),
        (" 2 vcpu ", Some(2048)),
        ("1vCPU", Some(1024)),
        ("500m", Some(512)),
        ("0", Some(0)),
        ("196608", Some(196_608)),
        ("196609", None),
        ("-1", None),
        ("", None),
        ("vCPU", None),
        ("1e3", None),
        ("NaN", None),
        ("99999999999999999999", None),
    ] {
        let expected = units.filter(|units| *units <= u64::from(Cpu::MAX));
        check::<Cpu, _>(text, |cpu| cpu.units().0, expected.as_ref());
    }
}

#[test]
fn memory_is_read_as_people_write_it() {
    for (text, mib) in [
        ("1024", Some(1024)),
        ("1 GB", Some(1024)),
        ("1GiB", Some(1024)),
        ("0.5", Some(512)),
        ("512.0", Some(512)),
        ("512.5", None),
        ("1.5 gb", Some(1536)),
        ("512MB", Some(512)),
        ("1 TiB", Some(1_048_576)),
        ("33554433", None),
        ("-5", None),
        ("a lot", None),
        ("1 PB", None),
    ] {
        check::<Memory, _>(text, |memory| memory.mib().0, mib.as_ref());
    }
}

#[test]
fn limits_are_named() {
    for (refused, says) in [
        (
            TaskCount::from_text("-3").err(),
            "-3 is not a number of tasks: a whole number from 0 to 100,000 is needed",
        ),
        (
            Percent::from_text("120").err(),
            "120 is not a percentage: a whole number from 0 to 100 is needed",
        ),
        (
            StorageGib::from_text("0").err(),
            "0 is not a volume size in GiB: a whole number from 1 to 16,384 is needed",
        ),
    ] {
        assert_eq!(refused.as_deref(), Some(says));
    }
}

#[test]
fn decimals_are_exact() {
    for (text, thousandths) in
        [("0.5", Some(500)), ("3.75", Some(3750)), ("12", Some(12_000)), ("1.2346", Some(1235))]
    {
        check::<Milli, _>(text, Milli::thousandths, thousandths.as_ref());
    }
    let eighty = StorageGib::new(80).unwrap();
    let gp3 = UsdPerGibMonth::from_micro_usd(80_000);
    assert_eq!(gp3.per_hour(eighty), NanoUsdPerHour(8_767_123));
}

#[test]
fn prices_and_discounts_are_exact() {
    for (text, nano) in [
        ("0.0612", Some(61_200_000)),
        (" $0.0612 ", Some(61_200_000)),
        ("1.5 USD", Some(1_500_000_000)),
        ("0.000001", Some(1000)),
        ("0.0000004", None),
        ("10000", Some(10_000_000_000_000)),
        ("10000.1", None),
        ("0,0612", None),
        ("free", None),
    ] {
        check::<UsdPerHour, _>(text, |price| price.per_hour().0, nano.as_ref());
    }
    for (text, shown) in
        [("28.5", Some("28.5")), ("7 %", Some("7")), ("0", Some("0")), ("-1", None)]
    {
        let shown = shown.map(str::to_owned);
        check::<DiscountPercent, _>(text, |percent| percent.to_string(), shown.as_ref());
    }
    let price = UsdPerHour::from_text("0.0612").expect("a price");
    assert_eq!(serde_json::to_string(&price).expect("JSON"), "0.0612");
}
