//! Task sizes from what tasks were seen to use: proposals beside the scenario, which nothing applies
//! by itself. Runs after a scenario is assembled, since percentages are of what it reserves.
//!
//! Memory is sized by what was never exceeded, since a task above its limit is killed; CPU by p95,
//! since a task above its share is only slower for a while. Both with the user's headroom on top.

mod change;

use crate::account::Account;
use crate::import::ImportSettings;
use crate::usage::{Measure, Seen, SizedResource, Statistic, Usage, Who};
use change::Task;
use eniac_core::report::Change;
use eniac_core::scenario::{self, Reading, TaskDefinition};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Fewer single samples say little of how much a task can use: at 20, p95 is the second highest.
const LEAST_SAMPLES: usize = 20;

/// Sizes are rounded up to a multiple of this: CPU units, and MiB.
const STEP: u64 = 64;

/// The least that is proposed: ECS takes no task below 128 CPU units; below 64 MiB a step is more
/// than the size.
const LEAST_CPU: u64 = 128;
const LEAST_MEMORY: u64 = 64;

/// What was seen of the tasks of a service, and the size that follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SizeSuggestion {
    /// The service or daemon.
    pub service: String,
    /// Its row: `services[0]`.
    pub path: String,
    /// CPU (in CPU units) or memory (in MiB).
    pub resource: SizedResource,
    /// What was seen, lowest first, rounded up.
    pub seen: Vec<SeenStatistic>,
    /// How many samples there were, where that is known.
    pub samples: Option<u64>,
    /// The first time, as the source has it.
    pub from: Option<String>,
    /// The last time.
    pub to: Option<String>,
    /// What a task reserves now.
    pub reserved: u64,
    /// The statistic that the size is made of; absent where none is good enough.
    pub statistic: Option<String>,
    /// What it leaves free above that, in percent.
    pub headroom_percent: u16,
    /// The size; absent where what was seen is too little for one.
    pub suggested: Option<u64>,
    /// What makes it, empty where the size is right already.
    pub changes: Vec<Change>,
    /// How it came about, or why there is none, in a sentence.
    pub text: String,
}

/// A statistic of what a task used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SeenStatistic {
    /// `p95`, `maximum`.
    pub statistic: String,
    /// CPU units or MiB, rounded up.
    pub value: u64,
    /// Over how many times this is the highest; 1 where it is of all samples.
    pub times: u64,
}

/// A row of the scenario that can be sized.
struct Target<'a> {
    name: &'a str,
    path: String,
    definition: &'a TaskDefinition,
}

/// The sizes that follow from what was seen.
pub(crate) fn suggestions(
    usage: &Usage,
    document: &Json,
    settings: &ImportSettings,
    account: &mut Account,
) -> Vec<SizeSuggestion> {
    if usage.seen.is_empty() {
        return Vec::new();
    }
    let reading = scenario::read(&document.to_string()).unwrap_or_default();
    let targets = targets(&reading);
    let mut best: BTreeMap<(String, SizedResource), (SizeSuggestion, bool)> = BTreeMap::new();
    for ((who, measure), seen) in &usage.seen {
        let Some(target) = target(&targets, who, seen, account) else { continue };
        let Some(suggestion) = suggestion(target, *measure, seen, document, settings) else {
            let message = "its size in the scenario is not known, so that nothing can be suggested";
            account.problem(seen.at, target.name, message);
            continue;
        };
        // Amounts are better than percentages, which are rounded twice.
        let key = (target.path.clone(), measure.resource);
        let is_better = best.get(&key).is_none_or(|(known, is_percent)| {
            known.suggested.is_none() || (*is_percent && suggestion.suggested.is_some())
        });
        if is_better {
            best.insert(key, (suggestion, measure.is_percent));
        }
    }
    best.into_values().map(|(suggestion, _)| suggestion).collect()
}

fn targets(reading: &Reading) -> Vec<Target<'_>> {
    let services = reading.scenario.services.iter().zip(&reading.service_rows);
    let services = services.map(|(service, row)| Target {
        name: &service.name,
        path: format!("services[{row}]"),
        definition: &service.task_definition,
    });
    let daemons = reading.scenario.daemons.iter().zip(&reading.daemon_rows);
    let daemons = daemons.map(|(daemon, row)| Target {
        name: &daemon.name,
        path: format!("daemons[{row}]"),
        definition: &daemon.task_definition,
    });
    services.chain(daemons).collect()
}

/// Whose usage it is: the service of that name, or the one that the file's name names.
fn target<'a>(
    targets: &'a [Target<'a>],
    who: &Who,
    seen: &Seen,
    account: &mut Account,
) -> Option<&'a Target<'a>> {
    match who {
        Who::Service(name) => {
            let exact = targets.iter().find(|target| target.name == name);
            let found = exact.or_else(|| only(targets, |it| it.eq_ignore_ascii_case(name)));
            if found.is_none() {
                let message = if targets.is_empty() {
                    "left out: there are no services to size; give them as well (task definitions, \
                     a scenario, a table)"
                } else {
                    "left out: no service of the scenario has this name"
                };
                account.left_out(seen.at, name, message);
            }
            found
        }
        Who::OfFile(file) => {
            let file = file.to_lowercase();
            let named = only_longest(targets, |name| file.contains(&name.to_lowercase()));
            let found = named.or_else(|| targets.first().filter(|_| targets.len() == 1));
            if let Some(target) = found {
                let message = format!(
                    "the answer names no service: {} is assumed, by the file's name",
                    target.name
                );
                account.assumed(seen.at, target.name, &target.path, message);
            } else {
                let message = "the answer names no service, and neither does the file's name: \
                               call the file by its service";
                account.problem(seen.at, "", message);
            }
            found
        }
    }
}

fn only<'a>(targets: &'a [Target<'a>], is: impl Fn(&str) -> bool) -> Option<&'a Target<'a>> {
    let mut found = targets.iter().filter(|target| is(target.name));
    found.next().filter(|_| found.next().is_none())
}

/// The one with the longest name: `web-admin` and not `web`.
fn only_longest<'a>(
    targets: &'a [Target<'a>],
    is: impl Fn(&str) -> bool,
) -> Option<&'a Target<'a>> {
    let found = targets.iter().filter(|target| !target.name.is_empty() && is(target.name));
    found.max_by_key(|target| target.name.len())
}

fn suggestion(
    target: &Target<'_>,
    measure: Measure,
    seen: &Seen,
    document: &Json,
    settings: &ImportSettings,
) -> Option<SizeSuggestion> {
    let task = Task::of(target.definition, &target.path, measure.resource)?;
    let reserved = task.reserved();
    let amount = |thousandths: u64| amount(thousandths, measure, reserved);
    let statistics = seen.statistics();
    let mut suggestion = SizeSuggestion {
        service: target.name.to_owned(),
        path: target.path.clone(),
        resource: measure.resource,
        seen: statistics
            .iter()
            .map(|(statistic, (value, times))| SeenStatistic {
                statistic: statistic.name(),
                value: amount(*value),
                times: *times,
            })
            .collect(),
        samples: match seen.single_samples() {
            0 => seen.sample_count,
            count => u64::try_from(count).ok(),
        },
        from: seen.from.clone(),
        to: seen.to.clone(),
        reserved,
        statistic: None,
        headroom_percent: settings.headroom_percent,
        suggested: None,
        changes: Vec::new(),
        text: String::new(),
    };
    let unit = measure.resource.unit();
    let Some((statistic, value, times)) = chosen(measure.resource, &statistics) else {
        suggestion.text = match measure.resource {
            SizedResource::Memory => {
                "no size: a task above its memory is killed, so the maximum or \
                                      p99 is needed"
                    .to_owned()
            }
            SizedResource::Cpu => {
                "no size: an average says nothing of the peaks; p95 is needed".to_owned()
            }
        };
        return Some(suggestion);
    };
    if (1..LEAST_SAMPLES).contains(&seen.single_samples()) {
        suggestion.text = format!(
            "no size: {} samples are too few; at least {LEAST_SAMPLES} are needed",
            seen.single_samples()
        );
        return Some(suggestion);
    }
    let value = amount(value);
    let size = rounded(value, settings.headroom_percent, measure.resource);
    suggestion.statistic = Some(statistic.name());
    let Some(changes) = task.changes(size, document) else {
        suggestion.text = format!("no size: {size} {unit} do not go with its containers' figures");
        return Some(suggestion);
    };
    suggestion.changes = changes;
    suggestion.suggested = Some(size);
    let over = if times > 1 { format!(", the highest of {times} times") } else { String::new() };
    let why = match (measure.resource, statistic) {
        (SizedResource::Memory, _) => "a task above its memory is killed",
        (SizedResource::Cpu, Statistic::Maximum) => "p95 is not known",
        (SizedResource::Cpu, _) => "above it a task is slower for a while, and not killed",
    };
    suggestion.text = format!(
        "{} of {value} {unit}{over} ({why}), and {} % on top, rounded up to {STEP}: {size} {unit}; \
         now {reserved}",
        statistic.name(),
        settings.headroom_percent
    );
    Some(suggestion)
}

/// Whole units, rounded up.
fn amount(thousandths: u64, measure: Measure, reserved: u64) -> u64 {
    let amount = if measure.is_percent {
        (u128::from(thousandths) * u128::from(reserved)).div_ceil(100_000)
    } else {
        u128::from(thousandths).div_ceil(1_000)
    };
    u64::try_from(amount).unwrap_or(u64::MAX)
}

/// Which statistic decides.
fn chosen(
    resource: SizedResource,
    statistics: &BTreeMap<Statistic, (u64, u64)>,
) -> Option<(Statistic, u64, u64)> {
    let of = |wanted: fn(&Statistic) -> bool| {
        let found = statistics.iter().find(|(statistic, _)| wanted(statistic));
        found.map(|(statistic, (value, times))| (*statistic, *value, *times))
    };
    let maximum = || of(|it| *it == Statistic::Maximum);
    match resource {
        SizedResource::Memory => maximum().or_else(|| {
            let found = statistics.iter().rev().find(
                |(statistic, _)| matches!(statistic, Statistic::Percentile(at) if *at >= 99_000),
            );
            found.map(|(statistic, (value, times))| (*statistic, *value, *times))
        }),
        SizedResource::Cpu => {
            of(|it| matches!(it, Statistic::Percentile(at) if *at >= 95_000)).or_else(maximum)
        }
    }
}

fn rounded(value: u64, headroom_percent: u16, resource: SizedResource) -> u64 {
    let with = (u128::from(value) * (100 + u128::from(headroom_percent))).div_ceil(100);
    let with = u64::try_from(with).unwrap_or(u64::MAX - STEP);
    let least = match resource {
        SizedResource::Cpu => LEAST_CPU,
        SizedResource::Memory => LEAST_MEMORY,
    };
    with.div_ceil(STEP).saturating_mul(STEP).max(least)
}

#[cfg(test)]
mod tests;
