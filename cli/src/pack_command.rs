//! `eniac pack FILE`: a packing problem's plan, as a table or as JSON.

use crate::host::{Host, say};
use crate::{input, table};
use eniac_core::packing::Work;
use eniac_core::packing_json::{PackingAnswer, PackingProgress, pack, read};
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The problem, a JSON file (services, types, rules); `-` reads standard input.
    file: PathBuf,
    /// Print the plan as JSON.
    #[arg(long)]
    json: bool,
    /// How much to compute, in the solver's own steps: the same number gives the same plan.
    /// Without it as much as suits the problem, a second or less.
    #[arg(long, value_name = "STEPS")]
    work: Option<u64>,
    /// With --json, list each better fleet and bound, with when it was found.
    #[arg(long, requires = "json")]
    trace: bool,
}

/// The plan, and what finding it took on this machine.
#[derive(Serialize)]
struct Measured {
    #[serde(flatten)]
    answer: PackingAnswer,
    /// How long it took from the text to the plan, where there is a clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
    /// The most memory that the process had, where the system says.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_memory_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trace: Vec<Moment>,
}

#[derive(Serialize)]
struct Moment {
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
    #[serde(flatten)]
    progress: PackingProgress,
}

pub(crate) fn run(arguments: &Arguments, host: &mut dyn Host) -> Result<String, String> {
    let text = input::text(&arguments.file, host)?;
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", arguments.file.display());
    let started = host.microseconds();
    let problem = read(&text).map_err(|error| named(&error))?;
    for warning in &problem.warnings {
        say(host, &format!("warning: {}: {warning}", arguments.file.display()));
    }
    let mut trace: Vec<Moment> = Vec::new();
    let mut watch = |progress: PackingProgress| {
        let known = |it: PackingProgress| (it.cost_micro, it.lower_bound_micro);
        if arguments.trace
            && trace.last().is_none_or(|last| known(last.progress) != known(progress))
        {
            trace.push(Moment { milliseconds: since(started, host), progress });
        }
        ControlFlow::Continue(())
    };
    let work = arguments.work.map_or_else(|| Work::suited_to(&problem.problem), Work);
    let answer = pack(&problem, work, &mut watch).map_err(|error| named(&error))?;
    if arguments.json {
        let milliseconds = since(started, host);
        let peak_memory_bytes = host.peak_memory_bytes();
        let measured = Measured { answer, milliseconds, peak_memory_bytes, trace };
        let json = serde_json::to_string(&measured).map_err(|error| error.to_string())?;
        return Ok(json + "\n");
    }
    Ok(table::packing(&answer))
}

/// Milliseconds since a moment, to a microsecond.
fn since(started: Option<u64>, host: &mut dyn Host) -> Option<f64> {
    let micros = host.microseconds()?.saturating_sub(started?);
    Some(f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1000.0)
}
