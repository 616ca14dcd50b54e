//! Names as users write them: found, or answered with the nearest.

use eniac_catalog::Catalog;

/// `said` is the type's name where it is found, or else the whole message.
fn check(cases: &[(&str, &str)], said: impl Fn(&str) -> String) {
    for (given, expected) in cases {
        assert_eq!(said(given), *expected, "for {given:?}");
    }
}

#[test]
fn types() {
    let catalog = Catalog::embedded().unwrap();
    let said = |given: &str| match catalog.find(given) {
        Ok(id) => catalog[id].name.clone(),
        Err(unknown) => unknown.to_string(),
    };
    let long = "m5.large".repeat(1000);
    let cut = format!("{}\u{2026}: no such type", &long[..40]);
    check(
        &[
            ("t4g.small", "t4g.small"),
            (" T4G.Small\n", "t4g.small"),
            ("a1.2xlarge", "a1.2xlarge"),
            ("z1d.xlarge", "z1d.xlarge"),
            ("t3g.small", "t3g.small: no such type; did you mean t4g.small, t3.small?"),
            ("T3G.small", "T3G.small: no such type; did you mean t4g.small, t3.small?"),
            ("tg4.small", "tg4.small: no such type; did you mean t4g.small?"),
            ("t4g.smal", "t4g.smal: no such type; did you mean t4g.small?"),
            ("t4gsmall", "t4gsmall: no such type; did you mean t4g.small?"),
            ("t4g-small", "t4g-small: no such type; did you mean t4g.small?"),
            ("t4g small", "t4g small: no such type; did you mean t4g.small?"),
            ("c7iflex.large", "c7iflex.large: no such type; did you mean c7i-flex.large?"),
            ("m5.lrage", "m5.lrage: no such type; did you mean m5.large?"),
            ("m5.3xlarge", "m5.3xlarge: no such type; did you mean m5.2xlarge, m5.4xlarge?"),
            ("m5", "m5: no such type; did you mean m5.large, m5.xlarge, m5.2xlarge?"),
            ("c7i.metal", "c7i.metal: no such type; did you mean c7i.metal-24xl, c7i.metal-48xl?"),
            ("i4gn.large", "i4gn.large: no such type; did you mean i4g.large, im4gn.large?"),
            ("", "(empty): no such type"),
            ("  ", "(empty): no such type"),
            ("completely else", "completely else: no such type"),
            ("\u{1f9ee}\u{7}", "\u{1f9ee}\u{fffd}: no such type"),
            (&long, &cut),
        ],
        said,
    );
}

#[test]
fn regions() {
    let catalog = Catalog::embedded().unwrap();
    let said = |given: &str| match catalog.region(given) {
        Ok(region) => region.name,
        Err(error) => error.to_string(),
    };
    check(
        &[
            ("us-east-1", "us-east-1"),
            (" EU-West-1 ", "eu-west-1"),
            ("ca-west-1", "ca-west-1"),
            ("us-gov-west-1", "us-gov-west-1"),
            ("us-esat-1", "us-esat-1: no such region; did you mean us-east-1?"),
            ("us-east-3", "us-east-3: no such region; did you mean us-east-1, us-east-2?"),
            ("us-east", "us-east: no such region; did you mean us-east-1, us-east-2?"),
            ("us_east_1", "us_east_1: no such region; did you mean us-east-1?"),
            ("us-east-1a", "us-east-1a: a zone, not a region; its region is us-east-1"),
            ("use1-az1", "use1-az1: a zone, not a region; its region is us-east-1"),
            ("Virginia", "Virginia: no such region"),
            ("", "(empty): no such region"),
        ],
        said,
    );
}
