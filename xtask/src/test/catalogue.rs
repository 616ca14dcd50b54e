//! The embedded catalogue against its source tables.

use anyhow::Result;
use clap::{Args as _, Command, FromArgMatches as _};

use crate::catalog;

/// `cargo xtask catalog --check`, said through its own arguments.
pub(super) fn run() -> Result<()> {
    let command = catalog::Arguments::augment_args(Command::new("catalog"));
    let matches = command.try_get_matches_from(["catalog", "--check"])?;
    catalog::run(&catalog::Arguments::from_arg_matches(&matches)?)
}
