//! `eniac schema`: the JSON Schemas of what eniac reads and prints.

use clap::ValueEnum;
use eniac_core::{report, scenario};

/// What is done with them.
const EXAMPLES: &str = r"Examples:
  Completion and checks while a scenario is written, in an editor that knows JSON Schema:
      eniac schema > scenario.schema.json

  Types for a program that reads reports:
      eniac schema --report > report.schema.json
      eniac schema --report simulate > timeline.schema.json";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The schema of what a command prints with --json, plan if none is named, instead of that of
    /// scenarios.
    #[arg(long, value_enum, value_name = "COMMAND", num_args = 0..=1, default_missing_value = "plan")]
    report: Option<Report>,
}

/// The commands that print reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Report {
    Plan,
    Predict,
    Place,
    Simulate,
}

pub(crate) fn run(arguments: &Arguments) -> String {
    let schema = match arguments.report {
        None => scenario::schema(),
        Some(Report::Plan) => report::schema(),
        Some(Report::Predict) => report::outlook_schema(),
        Some(Report::Place) => report::placement_schema(),
        Some(Report::Simulate) => report::timeline_schema(),
    };
    schema + "\n"
}
