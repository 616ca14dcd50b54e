//! `eniac plan FILE`: a scenario's report as a table or as JSON.

use crate::budget::{Limits, Verdict};
use crate::host::{Host, print, say};
use crate::{Ended, Ending, batch, input, table};
use eniac_catalog::Catalog;
use eniac_core::report::Report;
use eniac_core::{Effort, plan_reading};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario, a JSON file; `-` reads standard input.
    #[arg(required_unless_present = "jsonl")]
    file: Option<PathBuf>,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
    /// Read a scenario a line, from FILE or standard input, and print a report a line, in order; a
    /// line that is no scenario gives {"line":7,"error":"…"}. See docs/batches.md.
    #[arg(long, conflicts_with_all = ["max_monthly", "max_increase", "against"])]
    jsonl: bool,
    /// How much to look for the cheapest fleet and its proof: quick, thorough (some seconds), or a
    /// number of the solver's own steps: the same number gives the same report.
    #[arg(long, value_name = "quick|thorough|STEPS", default_value = "quick")]
    work: Effort,
    #[command(flatten)]
    limits: Limits,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog, host: &mut dyn Host) -> Ended {
    let file = arguments.file.as_deref().unwrap_or(Path::new("-"));
    if arguments.jsonl {
        let from = input::open(file, host)?;
        return batch::run(from, &file.display().to_string(), arguments.work, catalog, host);
    }
    let report = planned(file, arguments.work, catalog, host)?;
    let before = match arguments.limits.against.as_slice() {
        [] => None,
        [file, ..] => Some(planned(file, arguments.work, catalog, host)?),
    };
    let text = if arguments.json { input::json_line(&report)? } else { table::plan(&report) };
    print(host, &text)?;
    if !arguments.limits.are_set() {
        return Ok(Ending::Fine);
    }
    match arguments.limits.judge(&report, before.as_ref()) {
        Verdict::Kept(sentence) => {
            say(host, &format!("eniac: {sentence}"));
            Ok(Ending::Fine)
        }
        Verdict::Over(sentence) => {
            say(host, &format!("eniac: {sentence}"));
            Ok(Ending::OverBudget)
        }
        Verdict::Unknown(sentence) => Err(sentence),
    }
}

fn planned(
    file: &Path,
    work: Effort,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<Report, String> {
    let reading = input::scenario(file, host)?;
    Ok(plan_reading(catalog, &reading, work, &mut |_| ControlFlow::Continue(())))
}
