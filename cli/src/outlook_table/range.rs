//! Between which limits the fleet lies, and how sure the prediction is.

use crate::figures::{cents, counted, mix, month, plain, times, to_the_right, usd};
use eniac_core::report::{
    CheapestFleet, Exposure, RangeReport, SensitivityOutcome, SensitivityReport, TailType,
    Uncertainty,
};
use std::fmt::Write;

/// How many types of the tail are shown.
const TAIL_SHOWN: usize = 8;

pub(super) fn range(range: &RangeReport, cheapest: Option<&CheapestFleet>) -> String {
    let dearest = month(&range.dearest.cost);
    let limits = match cheapest {
        Some(cheapest) => {
            format!("between {} and {dearest} USD a month", month(&cheapest.fleet.cost))
        }
        None => format!("up to {dearest} USD a month"),
    };
    let admitted = counted(range.admitted_types, "type");
    let fitting = if range.fitting_types == range.admitted_types {
        String::new()
    } else {
        format!(", {} of which hold a task", range.fitting_types)
    };
    let worst = range.services.iter().max_by_key(|service| service.times_thousandths);
    // Types of which each task costs the same to a tenth are none to warn of.
    let worst = worst.filter(|worst| worst.times_thousandths >= 1050);
    let worst = worst.map_or(String::new(), |worst| {
        let more = times(worst.times_thousandths);
        format!("; on the dearest a task costs {more} what it costs on the cheapest")
    });
    let predicted = times(range.dearest_thousandths);
    let mut text = format!(
        "Range: {limits}; {admitted} admitted{fitting}{worst}.\n\
         The dearest fleet costs {predicted} the predicted one.\n"
    );
    text.push_str(&exposures(&range.services));
    if !range.tail.is_empty() {
        text.push_str(&tail(&range.tail));
    }
    text + "\n"
}

fn exposures(services: &[Exposure]) -> String {
    let mut table = plain();
    table.set_header([
        "service",
        "types",
        "cheapest",
        "tasks",
        "USD/task-h",
        "dearest",
        "tasks",
        "USD/task-h",
        "",
    ]);
    for service in services {
        let (cheapest, dearest) = (&service.cheapest, &service.dearest);
        table.add_row([
            service.service.clone(),
            service.fitting_types.to_string(),
            cheapest.instance_type.clone(),
            cheapest.tasks.to_string(),
            usd(cheapest.total_nano_usd_per_task_hour.0),
            dearest.instance_type.clone(),
            dearest.tasks.to_string(),
            usd(dearest.total_nano_usd_per_task_hour.0),
            times(service.times_thousandths),
        ]);
    }
    to_the_right(&mut table, &[1, 3, 4, 6, 7, 8]);
    format!("{table}\n")
}

fn tail(types: &[TailType]) -> String {
    let mut table = plain();
    table.set_header(["type", "USD/h each", "USD a month", "", "tasks on each, of one kind"]);
    for tail in types.iter().take(TAIL_SHOWN) {
        let fits = tail.services.iter().map(|it| format!("{} x {}", it.tasks, it.service));
        let fits: Vec<String> = fits.collect();
        table.add_row([
            tail.instance_type.clone(),
            usd(tail.each.total_nano_usd_per_hour.0),
            cents(tail.fleet.total_micro_usd_per_month),
            times(tail.times_thousandths),
            fits.join(" or "),
        ]);
    }
    to_the_right(&mut table, &[1, 2, 3]);
    let more = match types.len().saturating_sub(TAIL_SHOWN) {
        0 => String::new(),
        more => format!("and {more} more\n"),
    };
    format!(
        "If one dear type were all that is left, what fits on it would cost, against the types \
         that are cheapest for it:\n{table}\n{more}"
    )
}

pub(super) fn sensitivity(report: &SensitivityReport) -> String {
    let mut text = if report.sure {
        let varied: Vec<String> = report.outcomes.iter().map(varied).collect();
        match varied.as_slice() {
            [] => "Sure: nothing that is not known exactly matters here.\n".to_owned(),
            _ => format!("Sure: the same fleet {}.\n", varied.join(", or ")),
        }
    } else {
        "Not sure: what is not known exactly would change the fleet.\n".to_owned()
    };
    for outcome in report.outcomes.iter().filter(|outcome| !outcome.same) {
        let fleet = &outcome.fleet;
        let unplaced = match outcome.unplaced.as_slice() {
            [] => String::new(),
            services => format!("; {} would fit nowhere", services.join(", ")),
        };
        let _ = writeln!(
            text,
            "    {}: {}, {} USD an hour, {} a month{unplaced}",
            varied(outcome),
            mix(&fleet.mix),
            usd(fleet.cost.total_nano_usd_per_hour.0),
            month(&fleet.cost)
        );
    }
    for fit in &report.uncertain_fits {
        let because = fit.because.iter().map(|what| match what {
            Uncertainty::MemoryReserve => "what the platform keeps",
            Uncertainty::EniLimit => "the ENIs of a trunk",
        });
        let because: Vec<&str> = because.collect();
        let _ = writeln!(
            text,
            "    {} on {}: {} planned, {} to {} fit, by {}",
            fit.service,
            fit.instance_type,
            counted(fit.tasks, "task"),
            fit.least,
            fit.most,
            because.join(" and ")
        );
    }
    text + "\n"
}

/// `with 100 MiB more for the platform`.
fn varied(outcome: &SensitivityOutcome) -> String {
    let more = if outcome.by < 0 { "less" } else { "more" };
    let by = outcome.by.unsigned_abs();
    match outcome.what {
        Uncertainty::MemoryReserve => format!("with {by} MiB {more} for the platform"),
        Uncertainty::EniLimit => {
            let more = if outcome.by < 0 { "fewer" } else { more };
            format!("with {} {more} on an instance", counted(by, "ENI"))
        }
    }
}
