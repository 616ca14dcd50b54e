//! `eniac plan FILE`: a scenario's report as a table or as JSON.

use crate::table;
use eniac_catalog::Catalog;
use eniac_core::plan_text;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The scenario, a JSON file; `-` reads standard input.
    file: PathBuf,
    /// Print the whole report as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog) -> Result<String, String> {
    let text = read(&arguments.file)?;
    let report = plan_text(catalog, &text)
        .map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    if arguments.json {
        let json = serde_json::to_string(&report).map_err(|error| error.to_string())?;
        return Ok(json + "\n");
    }
    Ok(table::plan(&report))
}

fn read(file: &Path) -> Result<String, String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = bytes.map_err(|error| format!("{}: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 text (byte {place}); save it as UTF-8", file.display())
    })
}
