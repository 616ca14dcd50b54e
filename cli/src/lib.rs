//! `eniac`: the planner in a terminal. It reads files and prints; everything that is worked out
//! is worked out in `eniac-core`.
//!
//! The command is a library with one front door, [`run`], and touches its surroundings through
//! [`Host`] alone: the same arguments and files give the same bytes on a machine and in Node.

mod account_text;
mod batch;
mod budget;
mod catalog_command;
mod completions_command;
mod example_command;
mod export_command;
mod figures;
mod files;
mod host;
mod import_command;
mod input;
mod limit;
mod lines;
mod outlook_table;
mod pack_command;
mod place_command;
mod placement_table;
mod plan_command;
mod predict_command;
mod schema_command;
mod simulate_command;
mod table;
mod timeline_table;

pub use host::{Entry, FileKind, Host};

use clap::{Parser, Subcommand};
use eniac_catalog::Catalog;
use host::{print, say};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The exit code when all went well.
pub const FINE: u8 = 0;
/// The exit code when something could not be done; standard error says what.
pub const FAILED: u8 = 2;
/// The exit code when a plan costs more than its budget.
pub const OVER_BUDGET: u8 = 3;

/// How a command ended that did what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Fine,
    OverBudget,
}

/// How a command ended; the error is what could not be done.
type Ended = Result<Ending, String>;

/// Plan Amazon ECS capacity: which EC2 instances, why, and what they cost.
#[derive(Parser)]
#[command(name = "eniac", bin_name = "eniac", version, no_binary_name = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// A catalogue that `cargo xtask catalog --out FILE` wrote, instead of the one built in.
    #[arg(long, value_name = "FILE", global = true)]
    catalog_file: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Plan a scenario: the predicted and the cheapest fleet, type by type, beside Fargate.
    Plan(plan_command::Arguments),
    /// What Managed Instances would do, between which limits, how sure that is, and what to ask
    /// for instead.
    Predict(predict_command::Arguments),
    /// Where ECS would put the tasks of each service on instances of a group, and why not elsewhere.
    Place(place_command::Arguments),
    /// What happens over time: tasks follow their load, instances follow the tasks.
    Simulate(simulate_command::Arguments),
    /// Pack tasks of a few kinds onto the cheapest instances, with a proof of how cheap.
    Pack(pack_command::Arguments),
    /// Read other tools' files: task definitions, Terraform, CloudFormation, Compose, tables.
    Import(import_command::Arguments),
    /// Write a scenario or its plan for other tools.
    Export(export_command::Arguments),
    /// Print the JSON Schema of scenarios, or of what a command prints with --json.
    Schema(schema_command::Arguments),
    /// Print a scenario to begin with: the one that a new user sees first, or that of a story.
    Example(example_command::Arguments),
    /// Print what the catalogue knows of an instance type.
    Catalog(catalog_command::Arguments),
    /// Print a script that completes eniac's commands and options in a shell.
    Completions(completions_command::Arguments),
}

/// Runs the command with its arguments, without the program's name, and returns the exit code:
/// [`FINE`], [`FAILED`] or [`OVER_BUDGET`]. It neither panics nor ends the process.
pub fn run<A>(arguments: A, host: &mut dyn Host) -> u8
where
    A: IntoIterator,
    A::Item: Into<OsString> + Clone,
{
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => return tell(&error, host),
    };
    match carry_out(parsed, host) {
        Ok(Ending::Fine) => FINE,
        Ok(Ending::OverBudget) => OVER_BUDGET,
        Err(message) => {
            say(host, &format!("eniac: {message}"));
            FAILED
        }
    }
}

/// What clap has to say: help and version are answers, the rest is a fault.
fn tell(error: &clap::Error, host: &mut dyn Host) -> u8 {
    let text = error.render().to_string();
    if error.use_stderr() {
        say(host, text.trim_end());
        return FAILED;
    }
    match print(host, &format!("{}\n", text.trim_end())) {
        Ok(_) => FINE,
        Err(message) => {
            say(host, &format!("eniac: {message}"));
            FAILED
        }
    }
}

fn carry_out(Arguments { command, catalog_file }: Arguments, host: &mut dyn Host) -> Ended {
    let open = |host: &mut dyn Host| open(catalog_file.as_deref(), host);
    let printed = match command {
        Command::Plan(arguments) => return plan_command::run(&arguments, &open(host)?, host),
        Command::Predict(arguments) => predict_command::run(&arguments, &open(host)?, host),
        Command::Place(arguments) => place_command::run(&arguments, &open(host)?, host),
        Command::Simulate(arguments) => simulate_command::run(&arguments, &open(host)?, host),
        Command::Pack(arguments) => pack_command::run(&arguments, host),
        Command::Import(arguments) => return import_command::run(&arguments, host),
        Command::Export(arguments) => return export_command::run(&arguments, &open(host)?, host),
        Command::Schema(arguments) => Ok(schema_command::run(&arguments)),
        Command::Example(arguments) => example_command::run(&arguments),
        Command::Catalog(arguments) => catalog_command::run(&arguments, &open(host)?),
        Command::Completions(arguments) => {
            completions_command::run(&arguments, <Arguments as clap::CommandFactory>::command())
        }
    };
    print(host, &printed?).map(|_| Ending::Fine)
}

fn open(file: Option<&Path>, host: &mut dyn Host) -> Result<Catalog, String> {
    let Some(file) = file else {
        return Catalog::embedded().map_err(|error| error.to_string());
    };
    let bytes = files::bytes(file, input::MAX_BYTES, host)?;
    Catalog::from_bytes(&bytes).map_err(|error| format!("{}: {error}", file.display()))
}
