//! The cheapest fleet found, and how near it is to the cheapest possible: figures, and one
//! sentence that claims no more than they do.

use super::Fleet;
use eniac_catalog::NanoUsdPerHour;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The cheapest fleet found, and how far from the optimum it can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct CheapestFleet {
    /// The fleet.
    pub fleet: Fleet,
    /// No fleet that keeps the same rules costs less an hour, fee and disks included.
    pub lower_bound_nano_usd_per_hour: NanoUsdPerHour,
    /// How much more than that bound the fleet costs, in millionths of the bound, rounded up.
    pub gap_millionths: u64,
    /// Whether the fleet costs no more than the bound.
    pub proven_optimal: bool,
    /// The two fields above in words: `proven within 0.2 % of the cheapest possible`. The
    /// percentage is rounded up.
    pub proof: String,
    /// How much work the solver did, in its own count.
    pub work: u64,
    /// Whether a greater budget of work could find a cheaper fleet or a better bound: false when
    /// it is proven optimal, and when the search ended with most of its budget left.
    pub more_work_may_help: bool,
}

/// What a solver claims of a fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) lower_bound: NanoUsdPerHour,
    pub(crate) work: u64,
    /// Whether the search was at its end.
    pub(crate) ended_by_itself: bool,
}

impl CheapestFleet {
    pub(crate) fn new(fleet: Fleet, claim: Claim) -> Self {
        let cheapest = Self {
            fleet,
            lower_bound_nano_usd_per_hour: claim.lower_bound,
            gap_millionths: 0,
            proven_optimal: false,
            proof: String::new(),
            work: claim.work,
            more_work_may_help: !claim.ended_by_itself,
        };
        cheapest.with_bound(claim.lower_bound)
    }

    /// The same fleet under a bound from elsewhere, if that is the better one: a bound holds for
    /// all fleets of a scenario, whichever search found it.
    #[must_use]
    pub fn with_bound(mut self, bound: NanoUsdPerHour) -> Self {
        let cost = self.fleet.cost.total_nano_usd_per_hour;
        let bound = bound.max(self.lower_bound_nano_usd_per_hour).min(cost);
        // What costs as much as is counted may cost more.
        let countable = cost < NanoUsdPerHour::MAX;
        self.lower_bound_nano_usd_per_hour = bound;
        self.gap_millionths = gap_millionths(cost, bound);
        self.proven_optimal = cost <= bound && countable;
        self.more_work_may_help &= !self.proven_optimal && countable;
        self.proof = proof(cost, bound);
        self
    }
}

/// What is known while the cheapest fleet is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct PlanProgress {
    /// What the best fleet so far costs; `null` before the first.
    pub cost_nano_usd_per_hour: Option<NanoUsdPerHour>,
    /// No fleet costs less.
    pub lower_bound_nano_usd_per_hour: NanoUsdPerHour,
    /// Work so far, in the solver's own count.
    pub work: u64,
}

/// How much `cost` is above `bound`, in millionths of `bound`, rounded up.
fn gap_millionths(cost: NanoUsdPerHour, bound: NanoUsdPerHour) -> u64 {
    let gap = u128::from(cost.0.saturating_sub(bound.0)) * 1_000_000;
    let gap = gap.div_ceil(u128::from(bound.0.max(1)));
    u64::try_from(gap).unwrap_or(u64::MAX).min(NanoUsdPerHour::MAX.0)
}

/// What is proven of a fleet at `cost` when none costs less than `bound`, in words.
pub fn proof(cost: NanoUsdPerHour, bound: NanoUsdPerHour) -> String {
    if cost >= NanoUsdPerHour::MAX {
        return "not proven: its cost is more than is counted".to_owned();
    }
    if cost <= bound {
        return "proven the cheapest possible".to_owned();
    }
    if bound.0 == 0 {
        return "without a proof of how cheap it could be".to_owned();
    }
    format!("proven within {} of the cheapest possible", percent(gap_millionths(cost, bound)))
}

/// Millionths as a percentage, rounded up and never to nothing: `0.01 %`, `0.2 %`, `3.4 %`, `41 %`.
fn percent(millionths: u64) -> String {
    // In hundredths below one percent, in tenths below ten, whole from there.
    let step = match millionths {
        ..=10_000 => 1,
        10_001..=100_000 => 10,
        _ => 100,
    };
    let hundredths = millionths.div_ceil(100 * step) * step;
    let (whole, part) = (hundredths / 100, format!("{:02}", hundredths % 100));
    match part.trim_end_matches('0') {
        "" => format!("{whole} %"),
        part => format!("{whole}.{part} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Cost;

    #[test]
    fn the_words_never_claim_too_much() {
        const DOLLAR: u64 = 1_000_000_000;
        for (cost, bound, words) in [
            (DOLLAR, DOLLAR, "proven the cheapest possible"),
            (0, 0, "proven the cheapest possible"),
            (DOLLAR + 1, DOLLAR, "proven within 0.01 % of the cheapest possible"),
            (1_000_100_000, DOLLAR, "proven within 0.01 % of the cheapest possible"),
            (1_000_100_001, DOLLAR, "proven within 0.02 % of the cheapest possible"),
            (1_002_000_000, DOLLAR, "proven within 0.2 % of the cheapest possible"),
            (1_010_000_000, DOLLAR, "proven within 1 % of the cheapest possible"),
            (1_010_000_001, DOLLAR, "proven within 1.1 % of the cheapest possible"),
            (1_100_000_001, DOLLAR, "proven within 11 % of the cheapest possible"),
            (3 * DOLLAR, DOLLAR, "proven within 200 % of the cheapest possible"),
            (DOLLAR, 0, "without a proof of how cheap it could be"),
            (NanoUsdPerHour::MAX.0, DOLLAR, "not proven: its cost is more than is counted"),
        ] {
            assert_eq!(proof(NanoUsdPerHour(cost), NanoUsdPerHour(bound)), words, "{cost} {bound}");
        }
    }

    fn found(cost: u64, bound: u64, ended_by_itself: bool) -> CheapestFleet {
        let zero = NanoUsdPerHour(0);
        let cost = Cost::new(NanoUsdPerHour(cost), zero, zero);
        let lower_bound = NanoUsdPerHour(bound);
        let claim = Claim { lower_bound, work: 7, ended_by_itself };
        CheapestFleet::new(Fleet { cost, ..Fleet::default() }, claim)
    }

    #[test]
    fn more_work_is_offered_while_it_may_help() {
        for (cost, bound, ended, offered) in [
            (1000, 900, false, true),
            (1000, 900, true, false),
            (1000, 1000, false, false),
            (NanoUsdPerHour::MAX.0, 900, false, false),
        ] {
            assert_eq!(found(cost, bound, ended).more_work_may_help, offered, "{cost} {bound}");
        }
    }

    #[test]
    fn the_better_bound_stays() {
        let bound = |with: u64| found(1000, 900, false).with_bound(NanoUsdPerHour(with));
        assert_eq!(bound(800), found(1000, 900, false));
        assert_eq!(bound(950), found(1000, 950, false));
        let proven = bound(1000);
        assert!(proven.proven_optimal && !proven.more_work_may_help);
        // A bound from another search may be above what this fleet costs only by its rounding.
        assert_eq!(bound(1001), proven);
    }
}
