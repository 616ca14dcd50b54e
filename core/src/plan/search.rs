//! The search for the cheapest fleet: its budget, and who watches.

use super::Effort;
use crate::packing::{self, Problem, Progress, Solution, Unpackable};
use crate::report::{Claim, PlanProgress};
use std::ops::ControlFlow;

/// How much is sought, and who is told.
pub(crate) struct Search<'a> {
    effort: Effort,
    watch: &'a mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
    ended: ControlFlow<()>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        effort: Effort,
        watch: &'a mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
    ) -> Self {
        Self { effort, watch, ended: ControlFlow::Continue(()) }
    }

    pub(super) fn solve(&mut self, problem: &Problem) -> Result<Solution, Unpackable> {
        let Self { effort, watch, ended } = self;
        // A solver that is told to end finishes what it has begun, which may be worth telling.
        let mut ask = |now: Progress| {
            if ended.is_continue() {
                *ended = watch(PlanProgress {
                    cost_nano_usd_per_hour: now.cost,
                    lower_bound_nano_usd_per_hour: now.lower_bound,
                    work: now.work,
                });
            }
            *ended
        };
        packing::solve_watched(problem, effort.0, &mut ask)
    }

    /// The same, told to nobody: for problems whose bounds are not those of the scenario.
    pub(super) fn solve_unwatched(&self, problem: &Problem) -> Result<Solution, Unpackable> {
        packing::solve(problem, self.effort.0)
    }

    /// What this search claims of what it found.
    pub(super) fn claim(&self, found: &Solution) -> Claim {
        // A step may stop at its share of the budget, and what follows it end early: only when
        // half of the whole is left was no step stopped that matters.
        let left = found.work <= self.effort.steps() / 2;
        Claim {
            lower_bound: found.lower_bound,
            work: found.work,
            ended_by_itself: self.ended.is_continue() && left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::CATALOG;
    use super::super::{Effort, plan_reading, plan_text};
    use crate::packing::Work;
    use crate::report::{PlanProgress, Report};
    use crate::scenario::read;
    use serde_json::{Value, json};
    use std::ops::ControlFlow;

    /// Many services on many types: more than a little work can prove.
    fn hard() -> String {
        let service = |place: u64| {
            let (cpu, memory) = (128 * (1 + place * 7 % 23), 256 * (1 + place * 11 % 37));
            json!({ "name": format!("s{place}"), "desiredCount": 5 + place * 37 % 40,
                    "taskDefinition": { "cpu": cpu, "memory": memory } })
        };
        let services: Vec<Value> = (0..6).map(service).collect();
        json!({ "services": services, "capacity": "managedInstances" }).to_string()
    }

    fn planned(
        steps: u64,
        watch: &mut dyn FnMut(PlanProgress) -> ControlFlow<()>,
    ) -> (Report, Vec<PlanProgress>) {
        let mut told = Vec::new();
        let reading = read(&hard()).expect("a scenario");
        let report = plan_reading(&CATALOG, &reading, Effort(Work(steps)), &mut |now| {
            told.push(now);
            watch(now)
        });
        assert_eq!(report.diagnostics, []);
        (report, told)
    }

    #[test]
    fn a_watch_changes_nothing_and_more_work_narrows_the_gap() {
        let go_on = &mut |_| ControlFlow::Continue(());
        let (little, told) = planned(2_000_000, go_on);
        let (quick, _) = planned(Effort::QUICK.steps(), go_on);
        assert_eq!(quick, plan_text(&CATALOG, &hard()).expect("a report"));
        let (little, quick) = (little.cheapest.expect("a fleet"), quick.cheapest.expect("a fleet"));
        assert!(little.gap_millionths > quick.gap_millionths && little.work < quick.work);
        assert!(little.more_work_may_help && !little.proven_optimal);
        assert!(little.proof.starts_with("proven within "), "{}", little.proof);
        let last = told.last().expect("progress");
        let cost = little.fleet.cost.total_nano_usd_per_hour;
        assert_eq!(last.cost_nano_usd_per_hour, Some(cost));
        assert!(last.lower_bound_nano_usd_per_hour <= little.lower_bound_nano_usd_per_hour);
        assert!(told.is_sorted_by_key(|now| now.work));
    }

    #[test]
    fn a_watch_that_breaks_is_not_asked_again_and_has_a_plan() {
        let (report, told) = planned(u64::MAX, &mut |_| ControlFlow::Break(()));
        let cheapest = report.cheapest.expect("a fleet");
        assert_eq!(told.len(), 1);
        assert!(cheapest.fleet.instances > 0 && cheapest.more_work_may_help);
        let cost = cheapest.fleet.cost.total_nano_usd_per_hour;
        assert!(cheapest.lower_bound_nano_usd_per_hour <= cost);
    }
}
