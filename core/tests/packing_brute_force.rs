//! The packing solver against the optimum of tiny problems, found by trying everything.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test cannot do fails it")]

mod packing {
    pub(crate) mod dice;
    pub(crate) mod exhaustive;
    pub(crate) mod fillings;
    pub(crate) mod random;
    pub(crate) mod referee;
    pub(crate) mod rules;
    pub(crate) mod tally;
}

use packing::exhaustive::cheapest;
use packing::random::Shape;
use packing::tally::{Most, check};

#[test]
fn tiny() {
    let shape = Shape { kinds: 3, offers: 4, count: 4, size: 4, zones: 3 };
    check(0..4_000, &shape, cheapest, Most { unknown: 0, dearer: 2, unproven: 4 });
}

#[test]
fn many_tasks_of_few_kinds() {
    let shape = Shape { kinds: 2, offers: 6, count: 20, size: 5, zones: 3 };
    check(0..2_000, &shape, cheapest, Most { unknown: 0, dearer: 2, unproven: 4 });
}

#[test]
fn few_tasks_of_many_kinds() {
    let shape = Shape { kinds: 6, offers: 5, count: 2, size: 4, zones: 2 };
    check(0..2_000, &shape, cheapest, Most { unknown: 0, dearer: 2, unproven: 4 });
}
