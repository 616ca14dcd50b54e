//! The tests of the crates that run natively.

use std::time::Duration;

use anyhow::Result;

use super::Context;
use crate::build::PAGE;
use crate::process;

const LIMIT: Duration = Duration::from_mins(45);

/// All but the page's: it renders into a browser, and has its tests there.
pub(super) fn run(context: &Context) -> Result<()> {
    let mut command = process::cargo();
    command.args(["test", "--workspace", "--exclude", PAGE, "--no-fail-fast"]);
    process::shown(command.current_dir(context.workspace.root()), LIMIT)
}
