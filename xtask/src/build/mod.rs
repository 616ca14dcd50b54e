//! `cargo xtask build`: from the crates to `dist/site` and `dist/npm/eniac`.
//!
//! wasm-pack builds each flavour of the module and the page; wasm-opt then runs once for each
//! distinct wasm, not once for each flavour. Both trees are filled aside and renamed when whole, so
//! that a build that fails leaves the last good one.

mod catalogue_modules;
mod npm_package;
mod site;
mod tree;
mod wasm_opt;
mod wasm_pack;

use std::path::{Path, PathBuf};

pub(crate) use wasm_pack::command as wasm_pack_command;

use anyhow::{Context as _, Result};

use crate::tools::{Tool, Toolbox};
use crate::workspace::Workspace;

/// The crates of the npm module, the planner, other tools' formats and the terminal command, and the
/// page's crate.
pub(crate) const PLANNER: &str = "eniac-wasm";
pub(crate) const INTEROP: &str = "eniac-interop-wasm";
pub(crate) const TERMINAL: &str = "eniac-terminal-wasm";
pub(crate) const PAGE: &str = "eniac-web";

/// For whom wasm-bindgen writes the JavaScript around the wasm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    Web,
    Node,
}

impl Flavour {
    pub(crate) const ALL: [Self; 2] = [Self::Web, Self::Node];

    /// wasm-pack's word for it, which is also the folder's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Node => "nodejs",
        }
    }
}

/// Builds the module alone, as a page loads it, into a folder.
pub(crate) fn planner(workspace: &Workspace, tools: &Toolbox, out: &Path) -> Result<()> {
    let optimiser = wasm_opt::Optimiser::new(workspace, tools);
    one_planner(workspace, tools, &optimiser, Flavour::Web, "the planner".to_owned(), out)
}

fn one_planner(
    workspace: &Workspace,
    tools: &Toolbox,
    optimiser: &wasm_opt::Optimiser,
    flavour: Flavour,
    label: String,
    out: &Path,
) -> Result<()> {
    let (package, out_name) = (PLANNER, "eniac_wasm");
    wasm_pack::build(
        workspace,
        tools,
        &wasm_pack::Unit { label, package, flavour, out_name, out },
    )?;
    optimiser.run(&out.join("eniac_wasm_bg.wasm"), "planner", wasm_opt::Goal::Speed)
}

/// Builds everything.
pub(crate) fn run(workspace: &Workspace, tools: &Toolbox) -> Result<()> {
    let staging = workspace.dist().join(".staging");
    tree::remove(&staging)?;
    std::fs::create_dir_all(&staging)
        .with_context(|| format!("cannot create {}", staging.display()))?;

    let steps = Flavour::ALL.len() + 3;
    let optimiser = wasm_opt::Optimiser::new(workspace, tools);
    if tools.path(Tool::WasmOpt).is_err() {
        eprintln!("without wasm-opt the wasm is larger than it need be, and does the same");
    }
    let mut flavours = Vec::new();
    for (done, flavour) in Flavour::ALL.into_iter().enumerate() {
        let out = staging.join("planner").join(flavour.name());
        let label = format!("[{}/{steps}] the planner for {}", done + 1, flavour.name());
        one_planner(workspace, tools, &optimiser, flavour, label, &out)?;
        flavours.push((flavour, out));
    }
    let one = |name: &str, label: &str, done, package, out_name, goal| -> Result<PathBuf> {
        let out = staging.join(name);
        let label = format!("[{done}/{steps}] {label}");
        let flavour = Flavour::Web;
        wasm_pack::build(
            workspace,
            tools,
            &wasm_pack::Unit { label, package, flavour, out_name, out: &out },
        )?;
        optimiser.run(&out.join(format!("{out_name}_bg.wasm")), name, goal)?;
        Ok(out)
    };
    let least = wasm_opt::Goal::Fetch;
    let interop =
        one("interop", "other tools' formats", steps - 2, INTEROP, "eniac_interop_wasm", least)?;
    let terminal =
        one("terminal", "the terminal command", steps - 1, TERMINAL, "eniac_terminal_wasm", least)?;
    let page = one("page", "the page", steps, PAGE, "eniac_web", least)?;

    let folder_of = |wanted: Flavour| -> Result<PathBuf> {
        let found = flavours.iter().find(|(flavour, _)| *flavour == wanted);
        Ok(found.context("every flavour was built")?.1.clone())
    };
    let site = staging.join("site");
    site::assemble(workspace, &page, &folder_of(Flavour::Web)?, &interop, &site)?;
    let package = staging.join("eniac");
    let parts = npm_package::Parts { flavours: &flavours, interop: &interop, terminal: &terminal };
    npm_package::assemble(workspace, &parts, &package)?;
    tree::replace(&site, &workspace.dist().join("site"))?;
    tree::replace(&package, &workspace.dist().join("npm").join("eniac"))?;
    tree::remove(&staging)?;
    println!("built dist/site and dist/npm/eniac");
    Ok(())
}
