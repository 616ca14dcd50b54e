//! `dist/site`: the page as any static host can serve it, from any folder.

use std::path::Path;

use anyhow::Result;

use super::tree;
use crate::workspace::Workspace;

/// Bound for git or for TypeScript, not for a browser.
const NOT_SERVED: [&str; 4] = [
    ".gitignore",
    "eniac_wasm_bg.wasm.d.ts",
    "eniac_interop_wasm_bg.wasm.d.ts",
    "eniac_web_bg.wasm.d.ts",
];

/// `index.html`, `www/`, and in it the built page and the modules that its workers load.
pub(super) fn assemble(
    workspace: &Workspace,
    page: &Path,
    planner: &Path,
    interop: &Path,
    site: &Path,
) -> Result<()> {
    let www = site.join("www");
    tree::copy(&workspace.root().join("www"), &www, &NOT_SERVED)?;
    tree::copy_file(&workspace.root().join("index.html"), &site.join("index.html"))?;
    tree::copy(page, &www.join("page"), &NOT_SERVED)?;
    tree::copy(planner, &www.join("planner"), &NOT_SERVED)?;
    tree::copy(interop, &www.join("interop"), &NOT_SERVED)
}
