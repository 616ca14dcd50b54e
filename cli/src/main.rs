//! `eniac`: the planner in a terminal. It reads files and prints; everything that is worked out
//! is worked out in `eniac-core`.

mod catalog_command;
mod example_command;
mod figures;
mod input;
mod outlook_table;
mod pack_command;
mod place_command;
mod placement_table;
mod plan_command;
mod predict_command;
mod simulate_command;
mod table;
mod timeline_table;

use clap::{Parser, Subcommand};
use eniac_catalog::Catalog;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Plan Amazon ECS capacity: which EC2 instances, why, and what they cost.
#[derive(Parser)]
#[command(name = "eniac", version)]
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
    /// Print the JSON Schema of scenarios.
    Schema,
    /// Print a scenario to begin with: the one that a new user sees first, or that of a story.
    Example(example_command::Arguments),
    /// Print what the catalogue knows of an instance type.
    Catalog(catalog_command::Arguments),
}

fn main() -> ExitCode {
    let Arguments { command, catalog_file } = Arguments::parse();
    let open = || open(catalog_file.as_deref());
    let printed = match command {
        Command::Plan(arguments) => open().and_then(|c| plan_command::run(&arguments, &c)),
        Command::Predict(arguments) => open().and_then(|c| predict_command::run(&arguments, &c)),
        Command::Place(arguments) => open().and_then(|c| place_command::run(&arguments, &c)),
        Command::Simulate(arguments) => open().and_then(|c| simulate_command::run(&arguments, &c)),
        Command::Pack(arguments) => pack_command::run(&arguments),
        Command::Schema => Ok(eniac_core::scenario::schema() + "\n"),
        Command::Example(arguments) => example_command::run(&arguments),
        Command::Catalog(arguments) => open().and_then(|c| catalog_command::run(&arguments, &c)),
    };
    match printed {
        Ok(text) => match std::io::stdout().lock().write_all(text.as_bytes()) {
            // A closed pipe (`eniac plan … | head`) is no fault.
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                fail(&error.to_string())
            }
            _ => ExitCode::SUCCESS,
        },
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("eniac: {message}");
    ExitCode::from(2)
}

fn open(file: Option<&Path>) -> Result<Catalog, String> {
    let Some(file) = file else {
        return Catalog::embedded().map_err(|error| error.to_string());
    };
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(|error| named(&error))?;
    Catalog::from_bytes(&bytes).map_err(|error| named(&error))
}
