//! Tools that cargo builds from source, once, each version in a folder of its own.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use super::program;
use crate::process;
use crate::workspace::Workspace;

const WASM_PACK: &str = "0.15.1";
const CARGO_DENY: &str = "0.20.2";
/// Four times what a slow two-core machine took.
const INSTALL_LIMIT: Duration = Duration::from_mins(30);

/// A program of crates.io, at one version.
pub(super) struct CargoTool {
    package: &'static str,
    version: String,
    /// The programs that must be there; the first one tells its version.
    programs: &'static [&'static str],
    locked: bool,
    /// How many crates it has, for the progress line.
    crates: usize,
    minutes: &'static str,
}

pub(super) fn wasm_bindgen(workspace: &Workspace) -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        // The program refuses modules made by a library of any other version.
        version: workspace.locked_version("wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        // Its published lock names versions that a registry need not carry.
        locked: false,
        crates: 161,
        minutes: "2 to 7 minutes",
    })
}

pub(super) fn wasm_pack() -> CargoTool {
    CargoTool {
        package: "wasm-pack",
        version: WASM_PACK.to_owned(),
        programs: &["wasm-pack"],
        locked: true,
        crates: 185,
        minutes: "2 to 4 minutes",
    }
}

pub(super) fn cargo_deny() -> CargoTool {
    CargoTool {
        package: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        programs: &["cargo-deny"],
        locked: true,
        crates: 141,
        minutes: "2 to 4 minutes",
    }
}

impl CargoTool {
    /// The first program's path: in the tool's own folder, or on PATH at the same version.
    pub(super) fn find(&self) -> Option<PathBuf> {
        let own = self.root().join("bin");
        let path = self.programs.first().and_then(|first| program::on_path(first));
        let folders =
            [Some(own), path.and_then(|file| file.parent().map(std::path::Path::to_path_buf))];
        folders.into_iter().flatten().find_map(|folder| {
            let mut files = Vec::new();
            for name in self.programs {
                let file = program::candidates(&folder, name).into_iter().find(|f| f.is_file())?;
                files.push(file);
            }
            let first = files.into_iter().next()?;
            let told = program::answer(&first, &["--version"])?;
            program::tells_version(&told, &self.version).then_some(first)
        })
    }

    pub(super) fn install(&self, step: &str) -> Result<()> {
        let label = format!(
            "building {} {} from source ({}, once)",
            self.package, self.version, self.minutes
        );
        let mut command = process::cargo();
        command.args(["install", self.package, "--version", &self.version]);
        // What an interrupted run left behind is replaced, not believed.
        command.arg("--force").arg("--root").arg(self.root());
        if self.locked {
            command.arg("--locked");
        }
        // A tool that runs for seconds need not be optimised for minutes.
        command.env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        // The user's target folder and flags are for this repository, not for its tools.
        command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        command.current_dir(std::env::temp_dir());
        let progress = super::progress(step, &label).of_crates(self.crates);
        process::watched(&mut command, INSTALL_LIMIT, progress)
    }

    fn root(&self) -> PathBuf {
        super::versioned_root(self.package, &self.version)
    }
}
