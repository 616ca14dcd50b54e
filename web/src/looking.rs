//! Looking longer for the cheapest fleet: in which steps, what is known meanwhile, and what is
//! kept of it. Pure; the worker is [`crate::search_link`]'s.
//!
//! A search cannot be asked for its fleet before it ends, so a budget is spent in two stages, a
//! quarter first: its plan is kept when the second is ended early. What a bound proves holds at
//! once. A cheaper fleet that was only heard of is fetched by the same search, ended where it was
//! found.

use eniac_catalog::NanoUsdPerHour;
use eniac_core::Effort;
use eniac_core::packing::Work;
use eniac_core::report::{CheapestFleet, PlanProgress, Report};

/// How long to look after each change of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patience {
    /// As long as an answer may take while somebody types.
    #[default]
    Quick,
    /// Longer, as soon as the quick answer is there.
    Thorough,
}

impl Patience {
    /// From the word that is kept.
    pub fn from_word(word: &str) -> Self {
        if word == "thorough" { Self::Thorough } else { Self::Quick }
    }

    /// The word that is kept; none for what is so without a choice.
    pub fn word(self) -> Option<&'static str> {
        (self == Self::Thorough).then_some("thorough")
    }
}

/// What a search is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Its budget.
    pub effort: Effort,
    /// End as soon as a fleet costs no more than this.
    pub until: Option<NanoUsdPerHour>,
}

/// A look under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// The whole budget.
    pub effort: Effort,
    /// What is being spent of it now.
    stage: Effort,
    /// What the answer cost, and what was proven of it, when this began: the picture's frame.
    pub began: (NanoUsdPerHour, NanoUsdPerHour),
    /// The cheapest fleet and the best bound so far, from whichever search.
    pub so_far: (NanoUsdPerHour, NanoUsdPerHour),
    /// Steps of the present stage.
    work: u64,
    /// The cheaper fleet that is still to be fetched, once nobody wants to look longer.
    until: Option<NanoUsdPerHour>,
}

impl Looking {
    /// Begins to look with `effort` at what `cheapest` is the answer of; `tried` was spent before.
    pub fn begin(cheapest: &CheapestFleet, effort: Effort, tried: Effort) -> Self {
        let quarter = Effort(Work(effort.steps() / 4));
        let stage = if quarter > tried { quarter } else { effort };
        let known = figures(cheapest);
        Self { effort, stage, began: known, so_far: known, work: 0, until: None }
    }

    /// What the worker is to do.
    pub fn order(&self) -> Order {
        Order { effort: self.stage, until: self.until }
    }

    /// Whether what was found is only being fetched.
    pub fn is_stopping(&self) -> bool {
        self.until.is_some()
    }

    /// How much of the budget is spent, in thousandths.
    pub fn spent_thousandths(&self) -> u32 {
        let (before, whole) = if self.stage < self.effort {
            (0, self.stage.steps() + self.effort.steps())
        } else {
            (self.effort.steps() / 4, self.effort.steps() / 4 + self.effort.steps())
        };
        let spent = before + self.work.min(self.stage.steps());
        u32::try_from(u128::from(spent) * 1000 / u128::from(whole.max(1))).unwrap_or(1000)
    }

    /// What is known now.
    pub fn heard(&mut self, progress: &PlanProgress) {
        let (cost, bound) = self.so_far;
        let cost = progress.cost_nano_usd_per_hour.map_or(cost, |now| now.min(cost));
        self.so_far = (cost, bound.max(progress.lower_bound_nano_usd_per_hour).min(cost));
        self.work = progress.work;
    }

    /// A stage ended with `found`, which together with what was there is `kept` now: what comes
    /// next, if anything.
    pub fn next(mut self, kept: &CheapestFleet) -> Option<Self> {
        if self.is_stopping() || self.stage >= self.effort || !kept.more_work_may_help {
            return None;
        }
        self.stage = self.effort;
        self.work = 0;
        self.so_far = figures(kept);
        Some(self)
    }

    /// Nobody wants to look longer: fetches a cheaper fleet than `kept` if one was heard of.
    pub fn stop(mut self, kept: &CheapestFleet) -> Option<Self> {
        let (cost, _) = self.so_far;
        if self.is_stopping() || cost >= figures(kept).0 {
            return None;
        }
        self.until = Some(cost);
        Some(self)
    }
}

fn figures(cheapest: &CheapestFleet) -> (NanoUsdPerHour, NanoUsdPerHour) {
    (cheapest.fleet.cost.total_nano_usd_per_hour, cheapest.lower_bound_nano_usd_per_hour)
}

/// Of two reports of one scenario the one with the cheaper fleet, of equal ones the first, under
/// the better of both bounds; the work is the later one's.
pub fn better(first: &Report, later: &Report) -> Report {
    let (Some(a), Some(b)) = (&first.cheapest, &later.cheapest) else { return later.clone() };
    let mut kept = if figures(b).0 < figures(a).0 { later.clone() } else { first.clone() };
    kept.cheapest = kept.cheapest.map(|fleet| {
        let more_work_may_help = b.more_work_may_help;
        let fleet = CheapestFleet { work: b.work, more_work_may_help, ..fleet };
        fleet.with_bound(figures(a).1).with_bound(figures(b).1)
    });
    kept
}

/// How long `effort` takes at most, in seconds, rounded up to what a person would say.
pub fn seconds(effort: Effort, steps_per_ms: u64) -> u64 {
    const SAID: [u64; 10] = [1, 2, 3, 5, 8, 12, 20, 30, 45, 60];
    let steps = effort.steps().saturating_add(effort.steps() / 4);
    let seconds = steps.div_ceil(steps_per_ms.max(1)).div_ceil(1000);
    SAID.into_iter().find(|said| *said >= seconds).unwrap_or_else(|| seconds.div_ceil(60) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example's report with another cost and bound of its cheapest fleet.
    fn report(cost: u64, bound: u64, may_help: bool) -> Report {
        let example = include_str!("../tests/example-report.json");
        let mut report: Report = serde_json::from_str(example).unwrap();
        let mut cheapest = report.cheapest.take().unwrap();
        cheapest.fleet.cost.total_nano_usd_per_hour = NanoUsdPerHour(cost);
        cheapest.lower_bound_nano_usd_per_hour = NanoUsdPerHour(0);
        cheapest.more_work_may_help = may_help;
        report.cheapest = Some(cheapest.with_bound(NanoUsdPerHour(bound)));
        report
    }

    fn told(report: &Report) -> (u64, u64) {
        let (cost, bound) = figures(report.cheapest.as_ref().unwrap());
        (cost.0, bound.0)
    }

    fn progress(cost: u64, bound: u64) -> PlanProgress {
        PlanProgress {
            cost_nano_usd_per_hour: Some(NanoUsdPerHour(cost)),
            lower_bound_nano_usd_per_hour: NanoUsdPerHour(bound),
            work: 1,
        }
    }

    #[test]
    fn the_better_of_each_is_kept() {
        for (first, later, kept) in [
            ((1000, 900), (980, 950), (980, 950)),
            ((1000, 900), (1010, 950), (1000, 950)),
            ((1000, 960), (980, 950), (980, 960)),
            ((1000, 900), (1000, 1000), (1000, 1000)),
        ] {
            let of = |(cost, bound)| report(cost, bound, true);
            let both = better(&of(first), &of(later));
            assert_eq!(told(&both), kept, "{first:?} {later:?}");
            let is_proven = kept.0 == kept.1;
            assert_eq!(both.cheapest.unwrap().more_work_may_help, !is_proven);
        }
    }

    #[test]
    fn a_look_goes_in_stages_and_ends() {
        let open = report(1000, 900, true).cheapest.unwrap();
        let effort = Effort::THOROUGH;
        let look = Looking::begin(&open, effort, Effort::QUICK);
        assert_eq!(look.order().effort.steps(), effort.steps() / 4);
        let second = look.clone().next(&open).unwrap();
        assert_eq!(second.order(), Order { effort, until: None });
        assert!(second.spent_thousandths() >= look.spent_thousandths());
        assert_eq!(second.next(&open), None);
        assert_eq!(look.clone().next(&report(1000, 1000, true).cheapest.unwrap()), None);
        assert_eq!(look.next(&report(1000, 900, false).cheapest.unwrap()), None);
        assert_eq!(Looking::begin(&open, effort, effort).order().effort, effort);
    }

    #[test]
    fn a_cheaper_fleet_that_was_heard_of_is_fetched() {
        let open = report(1000, 900, true).cheapest.unwrap();
        let mut look = Looking::begin(&open, Effort::THOROUGH, Effort::QUICK);
        look.heard(&progress(1100, 950));
        assert_eq!(look.so_far, (NanoUsdPerHour(1000), NanoUsdPerHour(950)));
        assert_eq!(look.clone().stop(&open), None);
        look.heard(&progress(990, 940));
        assert_eq!(look.so_far, (NanoUsdPerHour(990), NanoUsdPerHour(950)));
        let fetching = look.stop(&open).unwrap();
        assert_eq!(fetching.order().until, Some(NanoUsdPerHour(990)));
        assert_eq!((fetching.clone().stop(&open), fetching.next(&open)), (None, None));
    }

    #[test]
    fn a_time_is_said_roundly_and_never_too_short() {
        for (pace, said) in
            [(2_000_000, 1), (1_000_000, 2), (300_000, 5), (1000, 1260), (0, 1_250_000_040)]
        {
            assert!(seconds(Effort::THOROUGH, pace) <= said, "{pace}");
            let exact = 1_250_000_000 / pace.max(1) / 1000;
            assert!(seconds(Effort::THOROUGH, pace) >= exact, "{pace}");
        }
    }
}
