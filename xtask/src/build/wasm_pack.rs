//! wasm-pack: one crate, for one flavour, into one folder.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::Flavour;
use crate::process;
use crate::progress::Progress;
use crate::tools::{Tool, Toolbox, WASM_TARGET};
use crate::workspace::Workspace;

const BUILD_LIMIT: Duration = Duration::from_mins(30);

/// One run of wasm-pack.
pub(super) struct Unit<'a> {
    pub(super) label: String,
    pub(super) package: &'static str,
    pub(super) flavour: Flavour,
    pub(super) out_name: &'static str,
    pub(super) out: &'a Path,
}

/// Builds with the release profile; optimising is another step, which knows what it has seen.
pub(super) fn build(workspace: &Workspace, tools: &Toolbox, unit: &Unit) -> Result<()> {
    let mut command = command(tools)?;
    command.args(["build", "--release", "--no-opt", "--no-pack", "--mode", "no-install"]);
    command.args(["--target", unit.flavour.name(), "--out-name", unit.out_name]);
    command.arg("--out-dir").arg(unit.out);
    command.arg(workspace.folder_of(unit.package)?);
    // Crates that need no work are told too, so that the count goes from 0 to all.
    command.args(["--", "--verbose"]);
    command.env("CARGO_ENCODED_RUSTFLAGS", without_machine_paths(workspace));
    command.current_dir(workspace.root());
    let progress = Progress::new(&unit.label).of_crates(crates(workspace, unit.package));
    process::watched(&mut command, BUILD_LIMIT, progress)
}

/// wasm-pack itself, which looks for the right wasm-bindgen on PATH.
pub(crate) fn command(tools: &Toolbox) -> Result<Command> {
    tools.path(Tool::WasmTarget)?;
    let bindgen = tools.path(Tool::WasmBindgen)?;
    let mut folders: Vec<PathBuf> = bindgen.parent().map(Path::to_path_buf).into_iter().collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(tools.path(Tool::WasmPack)?);
    command.env("PATH", std::env::join_paths(folders).context("PATH cannot be extended")?);
    Ok(command)
}

/// Flags that keep the builder's folders out of the wasm: the same bytes on every machine, and
/// nobody's home folder in a published file.
fn without_machine_paths(workspace: &Workspace) -> OsString {
    let mut flags = OsString::new();
    for (path, name) in [(crate::tools::cargo_home(), "cargo"), (workspace.root().into(), "eniac")]
    {
        if !flags.is_empty() {
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(path);
        flags.push(format!("=/{name}"));
    }
    flags
}

/// How many crates cargo goes through, as `cargo tree` counts them; 0 where it cannot.
fn crates(workspace: &Workspace, package: &str) -> usize {
    let mut command = process::cargo();
    command.args(["tree", "--package", package, "--target", WASM_TARGET, "--prefix", "none"]);
    command.args(["--edges", "normal,build", "--format", "{p}"]);
    command.current_dir(workspace.root());
    let told = process::captured(&mut command, Duration::from_mins(5)).unwrap_or_default();
    told.lines()
        .map(|line| line.trim_end_matches("(*)").trim_end())
        .filter(|line| !line.is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}
