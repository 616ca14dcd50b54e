//! `eniac plan FILE`: a scenario's report as a table or as JSON.

use crate::host::Host;
use crate::{input, table};
use eniac_catalog::Catalog;
use eniac_core::{Effort, plan_reading};
use std::ops::ControlFlow;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario, a JSON file; `-` reads standard input.
    file: PathBuf,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
    /// How much to look for the cheapest fleet and its proof: quick, thorough (some seconds), or a
    /// number of the solver's own steps: the same number gives the same report.
    #[arg(long, value_name = "quick|thorough|STEPS", default_value = "quick")]
    work: Effort,
}

pub(crate) fn run(
    arguments: &Arguments,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<String, String> {
    let reading = input::scenario(&arguments.file, host)?;
    let go_on = &mut |_| ControlFlow::Continue(());
    let report = plan_reading(catalog, &reading, arguments.work, go_on);
    if arguments.json {
        return input::json_line(&report);
    }
    Ok(table::plan(&report))
}
