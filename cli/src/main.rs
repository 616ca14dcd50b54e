//! `eniac`: the planner in a terminal. It reads files and prints; everything that is worked out
//! is worked out in `eniac-core`.

mod catalog_command;
mod plan_command;
mod table;

use clap::{Parser, Subcommand};
use eniac_catalog::Catalog;
use std::io::Write;
use std::process::ExitCode;

/// Plan Amazon ECS capacity: which EC2 instances, why, and what they cost.
#[derive(Parser)]
#[command(name = "eniac", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plan a scenario: the predicted and the cheapest fleet, type by type, beside Fargate.
    Plan(plan_command::Arguments),
    /// Print the JSON Schema of scenarios.
    Schema,
    /// Print the scenario that a new user sees first.
    Example,
    /// Print what the catalogue knows of an instance type.
    Catalog(catalog_command::Arguments),
}

fn main() -> ExitCode {
    let printed = match Arguments::parse().command {
        Command::Plan(arguments) => open().and_then(|c| plan_command::run(&arguments, &c)),
        Command::Schema => Ok(eniac_core::scenario::schema() + "\n"),
        Command::Example => Ok(eniac_core::scenario::EXAMPLE.to_owned()),
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

fn open() -> Result<Catalog, String> {
    Catalog::embedded().map_err(|error| error.to_string())
}
