//! `eniac simulate FILE`: what happens over time, as tables or as JSON.

use crate::host::Host;
use crate::input::Settings;
use crate::{input, timeline_table};
use eniac_catalog::Catalog;
use eniac_core::scenario::Minute;
use eniac_core::{SimulateOptions, simulate};
use std::path::PathBuf;

/// What a script asks most.
const EXAMPLES: &str = r#"Examples:
  The day as tables, and the cluster at minute 20, instance by instance:
      eniac simulate scenario.json --at 20

  Fail when requests were lost, or when a task waited more than five minutes for an instance:
      eniac simulate scenario.json --json | jq -e '.totals | .unservedMinutes == 0 and .longestWaitSeconds <= 300'

  How many instances there are, as CSV; a value holds until the next one:
      eniac simulate scenario.json --json | jq -r '.groups[0].registered[] | @csv'

  What the settings do wrong:
      eniac simulate scenario.json --json | jq -r '.advice[] | "\(.severity): \(.text)"'

A scenario to begin with: `eniac example --list`. Money in JSON is whole nano-USD. The same scenario
with the same seed gives the same bytes everywhere."#;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The scenario, or files of any format that `eniac import` reads; a folder; `-` reads standard
    /// input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the whole timeline as JSON.
    #[arg(long)]
    json: bool,
    /// Show the cluster at this minute, too, counted from the start.
    #[arg(long, value_name = "MINUTE", value_parser = clap::value_parser!(u32).range(0..=i64::from(Minute::MAX)))]
    at: Option<u32>,
    /// How many events to tell.
    #[arg(long, value_name = "N", default_value_t = 40)]
    events: usize,
    /// Tell every event, and every moment at which something changed.
    #[arg(long, conflicts_with = "events")]
    all: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(
    arguments: &Arguments,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<String, String> {
    let reading = input::scenario(&arguments.files, &arguments.settings, host)?.reading;
    let timeline = simulate(catalog, &reading, SimulateOptions { snapshot_at: arguments.at });
    if arguments.json {
        return input::json_line(&timeline);
    }
    let shown = if arguments.all {
        timeline_table::Shown { events: usize::MAX, moments: usize::MAX }
    } else {
        timeline_table::Shown { events: arguments.events, ..timeline_table::Shown::default() }
    };
    Ok(timeline_table::timeline(&timeline, shown))
}
