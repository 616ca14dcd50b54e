//! `eniac place FILE`: where ECS would put tasks, as tables or as JSON.

use crate::host::Host;
use crate::input::Settings;
use crate::{input, placement_table};
use eniac_catalog::Catalog;
use eniac_core::place;
use std::path::PathBuf;

/// What a script asks most.
const EXAMPLES: &str = r#"Examples:
  Fail when a task finds no instance, and say why:
      eniac place scenario.json --json | jq -e '[.services[] | select(.unplaced > 0)] == []'
      eniac place scenario.json --json | jq -r '.services[].rejections[] | "\(.reason): \(.text)"'

  What is left on each instance:
      eniac place scenario.json --json | jq -r '.containerInstances[] | [.id, .remaining.cpu, .remaining.memoryMib] | @csv'

Instances are those of the scenario's containerInstances, or the group's."#;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The scenario, or files of any format that `eniac import` reads; a folder; `-` reads standard
    /// input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the whole placement as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(
    arguments: &Arguments,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<String, String> {
    let report =
        place(catalog, &input::scenario(&arguments.files, &arguments.settings, host)?.reading);
    if arguments.json {
        return input::json_line(&report);
    }
    Ok(placement_table::placement(&report))
}
