//! The tools that building and testing need: found if they are there, installed if not.
//!
//! Nothing of the user's is overwritten: what cargo, npm or pip installs goes to a folder named after
//! tool and version under `$CARGO_HOME/eniac-tools`, which all clones of the repository share. Only
//! the browser, Java, Python and what C++ is built with go through the system's package manager, and only where
//! that asks nothing.

mod browser;
mod cargo_tool;
mod cxx;
mod node;
mod program;
mod spark;
mod system;
mod wasm_target;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::progress::Progress;
use crate::workspace::Workspace;

pub(crate) use node::{BINARYEN, node, wasm_opt};
pub(crate) use program::cargo_home;
pub(crate) use wasm_target::WASM_TARGET;

/// What a command can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tool {
    /// Rust's standard library for wasm32-unknown-unknown; its path is the library's folder.
    WasmTarget,
    /// `wasm-bindgen` and `wasm-bindgen-test-runner`, of exactly the version in `Cargo.lock`.
    WasmBindgen,
    WasmPack,
    /// The last optimisation; building goes on without it.
    WasmOpt,
    Chromium,
    Chromedriver,
    /// What `tests/npm` and `tests/page` import; the path is their `node_modules`.
    NpmPackages,
    PagePackages,
    CargoDeny,
    /// What the solver is built with that core's tests compare with; the path is `CMake`'s.
    Cxx,
    /// Apache Spark, which the batches' example runs; the path is its Python.
    Spark,
}

/// What building the page and the module needs; the last may be missing.
pub(crate) const BUILD: [Tool; 4] =
    [Tool::WasmTarget, Tool::WasmBindgen, Tool::WasmPack, Tool::WasmOpt];

/// Everything, for `cargo xtask setup`.
pub(crate) const ALL: [Tool; 11] = [
    Tool::WasmTarget,
    Tool::WasmBindgen,
    Tool::WasmPack,
    Tool::WasmOpt,
    Tool::CargoDeny,
    Tool::Cxx,
    Tool::Chromium,
    Tool::Chromedriver,
    Tool::NpmPackages,
    Tool::PagePackages,
    Tool::Spark,
];

impl Tool {
    /// Where it is, if it is there and answers.
    fn find(self, workspace: &Workspace) -> Result<Option<PathBuf>> {
        Ok(match self {
            Self::WasmTarget => wasm_target::find(),
            Self::WasmBindgen => cargo_tool::wasm_bindgen(workspace)?.find(),
            Self::WasmPack => cargo_tool::wasm_pack().find(),
            Self::CargoDeny => cargo_tool::cargo_deny().find(),
            Self::Cxx => cxx::find(),
            Self::Spark => spark::find(),
            Self::WasmOpt => node::find_wasm_opt(),
            Self::Chromium => browser::find_chromium(),
            Self::Chromedriver => browser::find_driver(),
            Self::NpmPackages => node::find_packages(workspace, "npm"),
            Self::PagePackages => node::find_packages(workspace, "page"),
        })
    }

    fn install(self, workspace: &Workspace, step: &str) -> Result<()> {
        match self {
            Self::WasmTarget => wasm_target::install(step),
            Self::WasmBindgen => cargo_tool::wasm_bindgen(workspace)?.install(step),
            Self::WasmPack => cargo_tool::wasm_pack().install(step),
            Self::CargoDeny => cargo_tool::cargo_deny().install(step),
            Self::Cxx => cxx::install(step),
            Self::Spark => spark::install(step),
            Self::WasmOpt => node::install_wasm_opt(step),
            Self::Chromium | Self::Chromedriver => browser::install(step),
            Self::NpmPackages => node::install_packages(workspace, "npm", step),
            Self::PagePackages => node::install_packages(workspace, "page", step),
        }
    }
}

/// The tools of one command: each found, or the reason why it is not there.
pub(crate) struct Toolbox {
    tools: BTreeMap<Tool, std::result::Result<PathBuf, String>>,
}

impl Toolbox {
    /// Finds each tool and installs what is missing. A tool that cannot be installed is an error
    /// only for the step that asks for it.
    pub(crate) fn gather(workspace: &Workspace, wanted: &[Tool]) -> Self {
        let mut tools = BTreeMap::new();
        let mut missing = Vec::new();
        for &tool in wanted {
            match tool.find(workspace) {
                Ok(Some(path)) => {
                    tools.insert(tool, Ok(path));
                }
                Ok(None) => missing.push(tool),
                Err(error) => {
                    tools.insert(tool, Err(format!("{error:#}")));
                }
            }
        }
        if !missing.is_empty() {
            let number = missing.len();
            eprintln!("{number} of {} tools are not here yet", wanted.len());
        }
        for (done, &tool) in missing.iter().enumerate() {
            let found =
                Self::install(workspace, tool, &format!("[{}/{}]", done + 1, missing.len()));
            if let Err(reason) = &found {
                eprintln!("      {}", reason.replace('\n', "\n      "));
            }
            tools.insert(tool, found);
        }
        Self { tools }
    }

    fn install(
        workspace: &Workspace,
        tool: Tool,
        step: &str,
    ) -> std::result::Result<PathBuf, String> {
        let told = |error: anyhow::Error| format!("{error:#}");
        // One package may have brought two tools: the browser and its driver.
        if let Some(path) = tool.find(workspace).map_err(told)? {
            eprintln!("{step} {} is here now", path.display());
            return Ok(path);
        }
        tool.install(workspace, step).map_err(told)?;
        tool.find(workspace)
            .map_err(told)?
            .ok_or_else(|| format!("{tool:?} was installed but does not answer"))
    }

    /// Says where each tool is; fails if one is missing.
    pub(crate) fn tell(&self) -> Result<()> {
        let mut missing = 0;
        for (tool, found) in &self.tools {
            match found {
                Ok(path) => println!("{tool:?}: {}", path.display()),
                Err(reason) => {
                    missing += 1;
                    println!("{tool:?}: missing. {reason}");
                }
            }
        }
        if missing == 0 { Ok(()) } else { anyhow::bail!("{missing} tools are missing") }
    }

    /// Where a tool is, or why it is missing.
    pub(crate) fn path(&self, tool: Tool) -> Result<&Path> {
        match self.tools.get(&tool) {
            Some(Ok(path)) => Ok(path),
            Some(Err(reason)) => anyhow::bail!("{reason}"),
            None => anyhow::bail!("{tool:?} was not asked for"),
        }
    }
}

/// `$CARGO_HOME/eniac-tools/NAME-VERSION`.
fn versioned_root(name: &str, version: &str) -> PathBuf {
    program::cargo_home().join("eniac-tools").join(format!("{name}-{version}"))
}

/// The progress line of an installation.
fn progress(step: &str, what: &str) -> Progress {
    Progress::new(format!("{step} {what}"))
}
