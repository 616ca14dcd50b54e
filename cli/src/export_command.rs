//! `eniac export SCENARIO --format …`: a scenario or its plan for other tools. What a format has no
//! place for is said on standard error.

use crate::figures::counted;
use crate::host::{Host, print, say};
use crate::input::{self, Settings};
use crate::{Ended, Ending};
use clap::ValueEnum;
use eniac_core::Severity;
use eniac_core::scenario::{Reading, Scenario};
use eniac_interop::{Export, ExportFormat, NotCarried, SAFE_CHARACTERS, export_scenario, link_of};
use std::path::PathBuf;

/// How many things that are not carried are told.
const SHOWN: usize = 20;

/// What people do with it.
const EXAMPLES: &str = r"Examples:
  The scenario in one link, for a colleague:
      eniac export scenario.json --format link

  From one tool to another:
      eniac export infra/ --format cli > calls.json";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The scenario, or files of any format that `eniac import` reads; a folder; `-` reads standard
    /// input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What is written.
    #[arg(long, value_enum)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The inputs of AWS command line calls, as one JSON document
    Cli,
    /// The scenario
    Json,
    /// The end of the page's address that carries the whole scenario
    Link,
}

pub(crate) fn run(arguments: &Arguments, host: &mut dyn Host) -> Ended {
    let reading = input::scenario(&arguments.files, &arguments.settings, host)?.reading;
    tell_unread(&reading, host);
    let scenario = &reading.scenario;
    let text = match arguments.format {
        Format::Cli => written(scenario, ExportFormat::Cli, host),
        Format::Json => written(scenario, ExportFormat::Scenario, host),
        Format::Link => link(scenario, host)?,
    };
    print(host, &text).map(|_| Ending::Fine)
}

/// What of a scenario could not be read is not written either.
fn tell_unread(reading: &Reading, host: &mut dyn Host) {
    let errors = reading.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let lines: Vec<String> = errors.map(|it| format!("{}: {}", it.path, it.message)).collect();
    tell("could not be read and is left out", &lines, host);
}

fn written(scenario: &Scenario, format: ExportFormat, host: &mut dyn Host) -> String {
    let Export { text, not_carried, .. } = export_scenario(scenario, format);
    let line = |NotCarried { path, count, because }: &NotCarried| match count {
        0 | 1 => format!("{path}: {because}"),
        count => format!("{path} and {} like it: {because}", counted(*count as u64 - 1, "field")),
    };
    let lines: Vec<String> = not_carried.iter().map(line).collect();
    tell("is not in the export", &lines, host);
    text
}

fn link(scenario: &Scenario, host: &mut dyn Host) -> Result<String, String> {
    let json = serde_json::to_value(scenario).map_err(|error| error.to_string())?;
    let link = link_of(&json);
    if !link.is_safe {
        let long = link.characters;
        say(
            host,
            &format!(
                "eniac: the link has {long} characters; above {SAFE_CHARACTERS} some programs cut \
                 it off: --format json makes a file instead"
            ),
        );
    }
    Ok(link.fragment + "\n")
}

/// A line for each thing that is lost, as far as anybody reads on.
fn tell(what: &str, lines: &[String], host: &mut dyn Host) {
    for line in lines.iter().take(SHOWN) {
        say(host, &format!("eniac: {what}: {line}"));
    }
    if lines.len() > SHOWN {
        say(host, &format!("eniac: {what}: and {} more", lines.len() - SHOWN));
    }
}
