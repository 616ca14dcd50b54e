//! `eniac plan --max-monthly USD --max-increase PERCENT --against FILE…`: whether a plan keeps a
//! budget, so that a pull request can be checked.
//!
//! What is left out of a plan costs nothing in it, so a plan with errors keeps no budget: it cannot
//! be judged.

use crate::figures::{cents, counted};
use crate::limit::{Dollars, Percent};
use eniac_core::Severity;
use eniac_core::report::{Cost, Report};
use std::path::PathBuf;

/// The limits of a plan.
#[derive(clap::Args)]
pub(crate) struct Limits {
    /// End with exit code 3 if the fleet costs more than this a month: the predicted fleet, or the
    /// cheapest where none is predicted.
    #[arg(long, value_name = "USD", allow_hyphen_values = true)]
    max_monthly: Option<Dollars>,
    /// End with exit code 3 if it costs more than that of --against by more than this.
    #[arg(long, value_name = "PERCENT", requires = "against", allow_hyphen_values = true)]
    max_increase: Option<Percent>,
    /// What was there before, in files or a folder; all that follows belongs to it.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "max_increase")]
    pub(crate) against: Vec<PathBuf>,
}

/// A plan, and what is open in what it was made of.
pub(crate) struct Planned {
    pub(crate) report: Report,
    pub(crate) unsure: Option<String>,
}

/// Whether a plan keeps its budget, and the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Kept(String),
    Over(String),
    /// The plan is not whole.
    Unknown(String),
}

impl Limits {
    pub(crate) fn are_set(&self) -> bool {
        self.max_monthly.is_some() || self.max_increase.is_some()
    }

    /// Judges a plan; `before` is the plan of `--against`, where there is one.
    pub(crate) fn judge(&self, now: &Planned, before: Option<&Planned>) -> Verdict {
        let now = match bill(now) {
            Ok(Some(bill)) => bill,
            Ok(None) => {
                let why = "there is no service in it, so nothing has a price";
                return Verdict::Unknown(format!("the budget cannot be judged: {why}"));
            }
            Err(why) => {
                return Verdict::Unknown(format!("the budget cannot be judged: {why}"));
            }
        };
        let increase = match (self.max_increase, before.map(bill)) {
            (None, _) | (_, None) => None,
            (Some(limit), Some(Ok(before))) => Some((limit, before)),
            (Some(_), Some(Err(why))) => {
                return Verdict::Unknown(format!(
                    "the increase cannot be judged: what was there before: {why}"
                ));
            }
        };
        let (mut over, mut kept) = (Vec::new(), Vec::new());
        if let Some(limit) = self.max_monthly {
            let said = format!("--max-monthly is {} USD", told(limit.micro, now.micro));
            if now.micro > limit.micro { over.push(said) } else { kept.push(said) }
        }
        if let Some((limit, before)) = increase {
            let (is_over, said) = grown(&now, before.as_ref(), limit);
            if is_over { over.push(said) } else { kept.push(said) }
        }
        let fleet = now.fleet;
        let limit = self.max_monthly.map_or(0, |limit| limit.micro);
        let costs = format!("the {fleet} fleet costs {} USD a month", told(now.micro, limit));
        if over.is_empty() {
            Verdict::Kept(format!("within budget: {costs}; {}", kept.join("; ")))
        } else {
            Verdict::Over(format!("over budget: {costs}; {}", over.join("; ")))
        }
    }
}

/// What a plan costs a month, and which of its fleets that is.
struct Bill {
    fleet: &'static str,
    micro: u64,
}

/// The bill of a whole plan; `None` where there is no service.
fn bill(Planned { report, unsure }: &Planned) -> Result<Option<Bill>, String> {
    if let Some(unsure) = unsure {
        return Err(unsure.clone());
    }
    let is_error = |it: &&eniac_core::Diagnostic| it.severity == Severity::Error;
    let errors = report.diagnostics.iter().filter(is_error).count() as u64;
    if let Some(first) = report.diagnostics.iter().find(is_error) {
        let errors = counted(errors, "error");
        return Err(format!(
            "the plan leaves something out ({errors}): {}: {}",
            first.path, first.message
        ));
    }
    if let Some(service) =
        report.services.iter().find(|service| !service.planned && service.desired_count > 0)
    {
        return Err(format!("the tasks of {} have no place in the plan", service.name));
    }
    let bill = |fleet, cost: &Cost| Bill { fleet, micro: cost.total_micro_usd_per_month };
    let predicted = report.predicted.as_ref().map(|it| bill("predicted", &it.fleet.cost));
    let cheapest = || report.cheapest.as_ref().map(|it| bill("cheapest", &it.fleet.cost));
    match predicted.or_else(cheapest) {
        None if !report.services.is_empty() => Err("the plan has no fleet".to_owned()),
        bill => Ok(bill),
    }
}

/// Whether the bill has grown beyond the limit, and the words for it.
fn grown(now: &Bill, before: Option<&Bill>, limit: Percent) -> (bool, String) {
    let most = format!("--max-increase is {limit}");
    let (fleet, before) = before.map_or((now.fleet, 0), |bill| (bill.fleet, bill.micro));
    let of_fleet =
        if fleet == now.fleet { String::new() } else { format!(" of the {fleet} fleet") };
    let was = format!("the {} USD{of_fleet} before", told(before, now.micro));
    if now.micro <= before {
        return (false, format!("that is no more than {was}, and {most}"));
    }
    if before == 0 {
        let why = "no percentage of which is anything: --max-monthly limits it";
        return (true, format!("that is more than {was}, {why}; {most}"));
    }
    let more = now.micro - before;
    let (whole, scaled) = (u128::from(before), u128::from(more) * 1_000_000);
    // A growth over the limit must not be rounded down to it.
    let hundredths = scaled.div_ceil(whole).div_ceil(100);
    let growth = format!("{}.{:02} %", hundredths / 100, hundredths % 100);
    let is_over = scaled > whole * u128::from(limit.millionths);
    (is_over, format!("that is {growth} more than {was}, and {most}"))
}

/// Money to a cent; where that would not tell it from `other`, as exactly as it is known.
fn told(micro: u64, other: u64) -> String {
    if micro != other && cents(micro) == cents(other) {
        return format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
    }
    cents(micro)
}
