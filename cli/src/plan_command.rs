//! `eniac plan FILE`: a scenario's report as a table or as JSON.

use crate::budget::{Limits, Planned, Verdict};
use crate::host::{Host, print, say};
use crate::input::{Scenario, Settings};
use crate::{Ended, Ending, batch, input, table};
use eniac_catalog::Catalog;
use eniac_core::{Effort, plan_reading};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario, or files of any format that `eniac import` reads; a folder; `-` reads standard
    /// input.
    #[arg(required_unless_present = "jsonl", value_name = "FILE")]
    files: Vec<PathBuf>,
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
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog, host: &mut dyn Host) -> Ended {
    if arguments.jsonl {
        let file = match arguments.files.as_slice() {
            [] => Path::new("-"),
            [file] => file,
            _ => return Err("--jsonl reads one file, so that lines have one number".to_owned()),
        };
        let from = input::open(file, host)?;
        return batch::run(from, &file.display().to_string(), arguments.work, catalog, host);
    }
    let Limits { against, .. } = &arguments.limits;
    let now = planned(&arguments.files, arguments, catalog, host)?;
    let before =
        if against.is_empty() { None } else { Some(planned(against, arguments, catalog, host)?) };
    let text =
        if arguments.json { input::json_line(&now.report)? } else { table::plan(&now.report) };
    print(host, &text)?;
    if !arguments.limits.are_set() {
        return Ok(Ending::Fine);
    }
    match arguments.limits.judge(&now, before.as_ref()) {
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
    files: &[PathBuf],
    arguments: &Arguments,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<Planned, String> {
    let Scenario { reading, unsure } = input::scenario(files, &arguments.settings, host)?;
    let go_on = &mut |_| ControlFlow::Continue(());
    Ok(Planned { report: plan_reading(catalog, &reading, arguments.work, go_on), unsure })
}
