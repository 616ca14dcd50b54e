//! `eniac export SCENARIO --format …`: a scenario or its plan for other tools. What a format has no
//! place for is said on standard error.

use crate::host::{Host, print, say};
use crate::input::{self, Settings};
use crate::{Ended, Ending};
use clap::ValueEnum;
use eniac_catalog::Catalog;
use eniac_core::report::Report;
use eniac_core::scenario::{Reading, Scenario};
use eniac_core::{Effort, Severity, plan_reading};
use eniac_interop::{
    Export, ExportFormat, NotWritten, SAFE_CHARACTERS, difference, export_scenario, link_of,
    markdown, plan_csv,
};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// How many things that are not carried are told.
const SHOWN: usize = 20;

/// What people do with it.
const EXAMPLES: &str = r"Examples:
  The scenario in one link, for a colleague:
      eniac export scenario.json --format link

  What a pull request changes, to be put under it:
      eniac export after/ --format markdown --against before/ > comment.md

  What a changed scenario changes in the files that it was imported from:
      eniac export scenario.json --format diff --against infra/

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
    /// What was there before, in files or a folder; all that follows belongs to it. Markdown says what
    /// it changes, diff changes these files, the resource formats print their difference.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    against: Vec<PathBuf>,
    /// With csv and markdown, how much to look for the cheapest fleet: quick, thorough, or steps.
    #[arg(long, value_name = "quick|thorough|STEPS", default_value = "quick")]
    work: Effort,
    #[command(flatten)]
    settings: Settings,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A configuration in Terraform's language, with variables for what only the account knows
    Terraform,
    /// A CloudFormation template in YAML, with parameters for what only the account knows
    #[value(name = "cloudformation", alias = "cfn")]
    CloudFormation,
    /// The inputs of AWS command line calls, as one JSON document
    Cli,
    /// What the scenario changes in the files of --against, literal by literal
    Diff,
    /// The plan: both fleets as a table with commas
    Csv,
    /// The services as a table with commas
    ServicesCsv,
    /// The plan for a pull request, with what it changes against --against
    #[value(alias = "md")]
    Markdown,
    /// The scenario
    Json,
    /// The end of the page's address that carries the whole scenario
    Link,
}

pub(crate) fn run(arguments: &Arguments, catalog: &Catalog, host: &mut dyn Host) -> Ended {
    if arguments.against.is_empty() && arguments.format == Format::Diff {
        return Err("--format diff needs --against FILE: the files that are to change".to_owned());
    }
    let alone = matches!(arguments.format, Format::Csv | Format::Json | Format::Link);
    if !arguments.against.is_empty() && alone {
        let message = "--against belongs to markdown, diff and the resource formats: no other says \
                       what changes";
        return Err(message.to_owned());
    }
    let reading = input::scenario(&arguments.files, &arguments.settings, host)?.reading;
    tell_unread(&reading, host);
    let scenario = &reading.scenario;
    let text = match arguments.format {
        Format::Terraform => resources(scenario, ExportFormat::Terraform, arguments, host)?,
        Format::CloudFormation => {
            resources(scenario, ExportFormat::CloudFormation, arguments, host)?
        }
        Format::Cli => resources(scenario, ExportFormat::Cli, arguments, host)?,
        Format::ServicesCsv => resources(scenario, ExportFormat::ServicesCsv, arguments, host)?,
        Format::Diff => changed_files(scenario, arguments, host)?,
        Format::Csv => plan_csv(&planned(&reading, arguments, catalog)),
        Format::Markdown => {
            let before = match arguments.against.as_slice() {
                [] => None,
                files => Some(input::scenario(files, &arguments.settings, host)?.reading),
            };
            let before = before.map(|before| planned(&before, arguments, catalog));
            markdown(&planned(&reading, arguments, catalog), before.as_ref())
        }
        Format::Json => written(scenario, ExportFormat::Scenario, host),
        Format::Link => link(scenario, host)?,
    };
    print(host, &text).map(|_| Ending::Fine)
}

/// The scenario in a format; against another, what changes between the two in that format.
fn resources(
    scenario: &Scenario,
    format: ExportFormat,
    arguments: &Arguments,
    host: &mut dyn Host,
) -> Result<String, String> {
    let after = written(scenario, format, host);
    if arguments.against.is_empty() {
        return Ok(after);
    }
    let before = input::scenario(&arguments.against, &arguments.settings, host)?.reading;
    let before = export_scenario(&before.scenario, format);
    Ok(difference(&before.file_name, &before.text, &after))
}

/// The files of `--against` with the scenario's values in place of theirs, as unified diffs. What no
/// literal of theirs can carry is told.
fn changed_files(
    scenario: &Scenario,
    arguments: &Arguments,
    host: &mut dyn Host,
) -> Result<String, String> {
    let changed = serde_json::to_value(scenario).map_err(|error| error.to_string())?;
    let back = input::write_back(&arguments.against, &arguments.settings, &changed, host)?;
    let line = |it: &NotWritten| {
        let place = match (&it.file, it.line) {
            (Some(file), Some(line)) => format!(" ({file}:{line})"),
            (Some(file), None) => format!(" ({file})"),
            _ => String::new(),
        };
        format!("{}{place}: {} -> {}: {}", it.path, it.before, it.after, it.because)
    };
    let lines: Vec<String> = back.not_written.iter().map(line).collect();
    tell("is not in the diff", &lines, host);
    Ok(back.files.into_iter().map(|file| file.diff).collect())
}

fn planned(reading: &Reading, arguments: &Arguments, catalog: &Catalog) -> Report {
    plan_reading(catalog, reading, arguments.work, &mut |_| ControlFlow::Continue(()))
}

/// What of a scenario could not be read is not written either.
fn tell_unread(reading: &Reading, host: &mut dyn Host) {
    let errors = reading.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let lines: Vec<String> = errors.map(|it| format!("{}: {}", it.path, it.message)).collect();
    tell("could not be read and is left out", &lines, host);
}

fn written(scenario: &Scenario, format: ExportFormat, host: &mut dyn Host) -> String {
    let Export { text, not_carried, .. } = export_scenario(scenario, format);
    let lines: Vec<String> = not_carried.iter().map(ToString::to_string).collect();
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
