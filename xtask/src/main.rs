//! `cargo xtask COMMAND`: everything a developer or CI runs, the same on both.

mod catalog;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, serve, test and refresh eniac")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Pack the catalogue's source tables into the embedded blob, or refresh them from AWS's data.
    Catalog(catalog::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Catalog(arguments) => catalog::run(&arguments),
    }
}
