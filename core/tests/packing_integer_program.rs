//! The packing solver against the optimum of small problems, found by an integer program over all
//! fillings of all instances.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test cannot do fails it"
)]

mod packing {
    pub(crate) mod dice;
    pub(crate) mod fillings;
    pub(crate) mod integer_program;
    pub(crate) mod random;
    pub(crate) mod referee;
    pub(crate) mod rules;
    pub(crate) mod tally;
}

use packing::integer_program::cheapest;
use packing::random::Shape;
use packing::tally::{Most, check};

#[test]
fn small() {
    let shape = Shape { kinds: 4, offers: 6, count: 40, size: 6, zones: 4 };
    check(0..1_000, &shape, cheapest, Most { unknown: 20, dearer: 2, unproven: 4 });
}

#[test]
fn one_or_two_services_on_many_offers() {
    let shape = Shape { kinds: 2, offers: 14, count: 100, size: 9, zones: 3 };
    check(0..1_000, &shape, cheapest, Most { unknown: 20, dearer: 2, unproven: 4 });
}

#[test]
fn eight_services() {
    let shape = Shape { kinds: 8, offers: 5, count: 12, size: 4, zones: 2 };
    check(0..500, &shape, cheapest, Most { unknown: 20, dearer: 2, unproven: 4 });
}
