//! The tests that Node runs: the npm module as its users load it, the page in a real browser.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::Context;
use crate::process;
use crate::tools::{self, Tool, Toolbox};
use crate::workspace::Workspace;

const LIMIT: Duration = Duration::from_mins(20);
/// One test's own limit, so that a hanging one is named.
const TEST_LIMIT: &str = "--test-timeout=180000";

/// `tests/npm`: the built package, loaded by name, against the terminal command; its examples for
/// pages in Chromium.
pub(super) fn npm(context: &Context) -> Result<()> {
    context.tools.path(Tool::NpmPackages)?;
    let mut command = node_tests(&context.workspace, "npm")?;
    command.env("CHROME", context.tools.path(Tool::Chromium)?);
    command.env("ENIAC_COMMAND", terminal_command(&context.workspace)?);
    process::shown(&mut command, LIMIT)
}

/// `tests/page`: the built page, served by `cargo xtask serve`, in Chromium.
pub(super) fn page(context: &Context) -> Result<()> {
    context.tools.path(Tool::PagePackages)?;
    let mut command = node_tests(&context.workspace, "page")?;
    command.env("CHROME", context.tools.path(Tool::Chromium)?);
    command.env("ENIAC_COMMAND", terminal_command(&context.workspace)?);
    process::shown(&mut command, LIMIT)
}

/// `cargo xtask screenshots`: the built page at both widths, in both themes.
pub(crate) fn screenshots(workspace: &Workspace, tools: &Toolbox, out: &Path) -> Result<()> {
    tools.path(Tool::PagePackages)?;
    let mut command = Command::new(tools::node()?);
    command.arg(workspace.root().join("tests/page/screenshots.mjs")).arg(out);
    command.env("CHROME", tools.path(Tool::Chromium)?);
    process::shown(&mut in_root(command, workspace), LIMIT)
}

/// From the repository's root, with this very program to serve the page.
fn in_root(mut command: Command, workspace: &Workspace) -> Command {
    command.current_dir(workspace.root());
    // A build since may have replaced the file; the scripts ask cargo then.
    if let Some(running) = std::env::current_exe().ok().filter(|file| file.is_file()) {
        command.env("ENIAC_XTASK", running);
    }
    command
}

fn node_tests(workspace: &Workspace, folder: &str) -> Result<Command> {
    let folder = workspace.root().join("tests").join(folder);
    let files = test_files(&folder)?;
    let mut command = Command::new(tools::node()?);
    // Two files at a time: a browser waits as often as it works, and the machine may have two cores.
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=2", TEST_LIMIT]);
    command.args(files);
    Ok(in_root(command, workspace))
}

/// `*.test.mjs`, by name; a folder without any is a mistake, not a pass.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{} holds no *.test.mjs", folder.display());
    }
    Ok(files)
}

/// The native `eniac`, whose reports the module's must equal byte for byte.
pub(super) fn terminal_command(workspace: &Workspace) -> Result<PathBuf> {
    let mut command = process::cargo();
    command.args(["build", "--package", "eniac"]).current_dir(workspace.root());
    process::shown(&mut command, LIMIT)?;
    Ok(workspace.target().join("debug").join(format!("eniac{}", std::env::consts::EXE_SUFFIX)))
}
