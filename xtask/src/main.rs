//! `cargo xtask COMMAND`: everything a developer or CI runs, the same on both.

mod bench;
mod build;
mod catalog;
mod process;
mod progress;
mod serve;
mod test;
mod tools;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use tools::{Tool, Toolbox};
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, serve, test and refresh eniac")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building needs, build, and serve the page on this machine.
    Serve(serve::Arguments),
    /// Install what tests need and run all of them, or the steps named.
    Test(test::Arguments),
    /// Build the page into dist/site and the npm module into dist/npm/eniac.
    Build,
    /// Run the packing solver on a folder of problems, natively and in Node, and compare with the
    /// snapshot.
    Bench(bench::Arguments),
    /// Install every tool now, so that the other commands need not.
    Setup,
    /// Take pictures of the built page: phone and desktop widths, light and dark.
    Screenshots {
        /// The folder for the pictures.
        #[arg(long, default_value = "dist/screenshots")]
        out: PathBuf,
    },
    /// Pack the catalogue's source tables into the embedded blob, or refresh them from AWS's data.
    Catalog(catalog::Arguments),
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(&arguments)?,
        Command::Test(arguments) => {
            return Ok(if test::run(&arguments)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Bench(arguments) => {
            return Ok(if bench::run(&arguments)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Build => {
            let workspace = Workspace::load()?;
            build::run(&workspace, &Toolbox::gather(&workspace, &tools::BUILD))?;
        }
        Command::Setup => {
            let workspace = Workspace::load()?;
            Toolbox::gather(&workspace, &tools::ALL).tell()?;
        }
        Command::Screenshots { out } => {
            let workspace = Workspace::load()?;
            let tools = Toolbox::gather(&workspace, &[Tool::Chromium, Tool::PagePackages]);
            test::screenshots(&workspace, &tools, &std::path::absolute(out)?)?;
        }
        Command::Catalog(arguments) => catalog::run(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
