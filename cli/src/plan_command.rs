//! `eniac plan FILE`: a scenario's report as a table or as JSON.

use crate::{input, table};
use eniac_catalog::Catalog;
use eniac_core::plan_text;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario, a JSON file; `-` reads standard input.
    file: PathBuf,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<String, String> {
    let text = input::read(&arguments.file)?;
    let report = plan_text(catalog, &text)
        .map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    if arguments.json {
        let json = serde_json::to_string(&report).map_err(|error| error.to_string())?;
        return Ok(json + "\n");
    }
    Ok(table::plan(&report))
}
