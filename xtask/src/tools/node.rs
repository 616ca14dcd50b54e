//! What comes through npm: wasm-opt, and the packages of the tests that Node runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::program;
use crate::process;
use crate::workspace::Workspace;

/// The version of npm's `binaryen`, which is also wasm-opt's.
pub(crate) const BINARYEN: &str = "132";
const NPM_LIMIT: Duration = Duration::from_mins(10);

/// Node.js, or what to do without.
pub(crate) fn node() -> Result<PathBuf> {
    program::on_path("node")
        .context("Node.js is not on PATH: install Node 20 or newer, which brings npm with it")
}

/// wasm-opt of exactly the wanted version; another one makes files of other sizes.
pub(super) fn find_wasm_opt() -> Option<PathBuf> {
    let own = wasm_opt_in(&super::versioned_root("binaryen", BINARYEN));
    [program::on_path("wasm-opt"), own.is_file().then_some(own)].into_iter().flatten().find(
        |file| {
            process::captured(wasm_opt(file).arg("--version"), Duration::from_mins(1))
                .is_ok_and(|told| program::tells_version(&told, BINARYEN))
        },
    )
}

/// The command that runs a found wasm-opt: npm's is a script for Node.
pub(crate) fn wasm_opt(file: &Path) -> Command {
    if file.components().any(|part| part.as_os_str() == "node_modules") {
        let mut command = Command::new(program::on_path("node").unwrap_or_else(|| "node".into()));
        command.arg(file);
        command
    } else {
        Command::new(file)
    }
}

fn wasm_opt_in(root: &Path) -> PathBuf {
    root.join("node_modules").join("binaryen").join("bin").join("wasm-opt")
}

pub(super) fn install_wasm_opt(step: &str) -> Result<()> {
    let npm = npm().context("the wasm's last optimisation is left out")?;
    let root = super::versioned_root("binaryen", BINARYEN);
    // Filled aside and renamed when whole, so that an interrupted run leaves nothing half done.
    let aside = root.with_extension(format!("partial-{}", std::process::id()));
    std::fs::create_dir_all(&aside)?;
    let package = format!("binaryen@{BINARYEN}.0.0");
    let filled = process::watched(
        quiet_npm(&npm).args(["install", "--no-save", "--prefix"]).arg(&aside).arg(package),
        NPM_LIMIT,
        super::progress(step, &format!("fetching wasm-opt {BINARYEN} through npm (once)")),
    );
    let moved = filled.and_then(|()| {
        if root.exists() {
            std::fs::remove_dir_all(&root)?;
        }
        Ok(std::fs::rename(&aside, &root)?)
    });
    if moved.is_err() {
        let _ = std::fs::remove_dir_all(&aside);
    }
    moved
}

/// `tests/SUITE/node_modules`, if it holds exactly what the lock file names.
pub(super) fn find_packages(workspace: &Workspace, suite: &str) -> Option<PathBuf> {
    let folder = workspace.root().join("tests").join(suite);
    let modules = folder.join("node_modules");
    let wanted = read_json(&folder.join("package-lock.json"))?;
    // npm writes this file last.
    let installed = read_json(&modules.join(".package-lock.json"))?;
    holds_all(&wanted, &installed).then_some(modules)
}

pub(super) fn install_packages(workspace: &Workspace, suite: &str, step: &str) -> Result<()> {
    let npm = npm().with_context(|| format!("the tests in tests/{suite} need it"))?;
    process::watched(
        quiet_npm(&npm).arg("ci").current_dir(workspace.root().join("tests").join(suite)),
        NPM_LIMIT,
        super::progress(step, &format!("fetching what tests/{suite} needs through npm (20 MB)")),
    )
}

fn npm() -> Result<PathBuf> {
    // npm is a script that runs in Node, and some systems package them apart.
    node()?;
    program::on_path("npm").context("npm is not on PATH: install Node 20 or newer, which brings it")
}

fn quiet_npm(npm: &Path) -> Command {
    let mut command = Command::new(npm);
    command.args(["--no-audit", "--no-fund", "--no-update-notifier"]);
    command
}

fn read_json(file: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()
}

/// Whether each package of one lock is in the other at the same version.
fn holds_all(wanted: &Value, installed: &Value) -> bool {
    let Some(packages) = wanted["packages"].as_object() else { return false };
    packages.iter().all(|(path, package)| {
        // The nameless one is the tests themselves; an optional one may be for another system.
        path.is_empty()
            || package["optional"] == true
            || package["version"] == installed["packages"][path]["version"]
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn installed_packages_are_compared_with_the_lock() {
        let lock = |version: &str| {
            json!({"packages": {
                "": {"name": "page-tests"},
                "node_modules/axe-core": {"version": version},
                "node_modules/fsevents": {"version": "2.3.2", "optional": true},
            }})
        };
        let installed = json!({"packages": {"node_modules/axe-core": {"version": "4.14.1"}}});
        assert!(holds_all(&lock("4.14.1"), &installed));
        assert!(!holds_all(&lock("4.14.2"), &installed));
        assert!(!holds_all(&lock("4.14.1"), &json!({})));
        assert!(!holds_all(&json!({}), &installed));
    }
}
