//! Where things are: the repository's root, cargo's target directory, what `Cargo.lock` pins.
//!
//! Reads `cargo metadata` and `Cargo.lock`; writes nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::process;

/// The repository as cargo sees it.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    lock: String,
    packages: Vec<Package>,
}

/// A member of the workspace, with the fields that the npm package repeats.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

impl Workspace {
    /// Asks cargo, which told where it runs from; otherwise the current folder is the repository's.
    pub(crate) fn load() -> Result<Self> {
        let mut command = process::cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        // Asked when it runs, not when it was built: clones that share a target directory share
        // the built command too.
        if let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") {
            command.current_dir(package);
        }
        let told = process::captured(&mut command, Duration::from_mins(2))?;
        let metadata: Metadata =
            serde_json::from_str(&told).context("cargo metadata printed something unexpected")?;
        let lock_file = metadata.workspace_root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&lock_file)
            .with_context(|| format!("cannot read {}", lock_file.display()))?;
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
            lock,
            packages: metadata.packages,
        })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target directory, wherever the user has put it.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What is built and not committed: `dist/site`, `dist/npm`.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub(crate) fn package(&self, name: &str) -> Result<&Package> {
        self.packages
            .iter()
            .find(|package| package.name == name)
            .with_context(|| format!("the workspace has no crate named {name}"))
    }

    /// The folder of a member's `Cargo.toml`.
    pub(crate) fn folder_of(&self, name: &str) -> Result<PathBuf> {
        let manifest = &self.package(name)?.manifest_path;
        Ok(manifest.parent().unwrap_or(&self.root).to_path_buf())
    }

    /// The version of a dependency in `Cargo.lock`.
    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        locked_version(&self.lock, name)
    }
}

/// The version that the text of a `Cargo.lock` gives for `name`, which it must hold once.
fn locked_version(lock: &str, name: &str) -> Result<String> {
    let wanted = format!("name = \"{name}\"");
    let mut versions = Vec::new();
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if line.trim() != wanted {
            continue;
        }
        // A package's version is the line after its name.
        if let Some(version) = lines.next().and_then(|line| {
            line.trim().strip_prefix("version = \"").and_then(|rest| rest.strip_suffix('"'))
        }) {
            versions.push(version.to_owned());
        }
    }
    match versions.as_slice() {
        [version] => Ok(version.clone()),
        [] => bail!(
            "Cargo.lock holds no {name}: run `cargo check -p eniac-wasm` once to complete the lock"
        ),
        several => bail!("Cargo.lock holds {name} more than once: {}", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://example.com/index"
dependencies = [
 "cfg-if",
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.129"

[[package]]
name = "syn"
version = "2.0.1"

[[package]]
name = "syn"
version = "3.0.1"
"#;

    #[track_caller]
    fn check(name: &str, expected: std::result::Result<&str, &str>) {
        let found = locked_version(LOCK, name);
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(error), Err(part)) => {
                assert!(error.to_string().contains(part), "{error}");
            }
            (found, expected) => panic!("{name}: {found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn a_locked_version_is_read_by_its_whole_name() {
        check("wasm-bindgen", Ok("0.2.130"));
        check("wasm-bindgen-macro", Ok("0.2.129"));
        check("wasm", Err("no wasm"));
        check("syn", Err("more than once: 2.0.1, 3.0.1"));
    }
}
