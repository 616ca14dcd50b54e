//! What is checked without running anything of the project.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::{Context, all_parts};
use crate::build::{INTEROP, PAGE, PLANNER, TERMINAL};
use crate::process;
use crate::tools::{Tool, WASM_TARGET};

const LIMIT: Duration = Duration::from_mins(30);
/// The crates that run as WebAssembly.
const WASM_CRATES: [&str; 7] =
    ["eniac-catalog", "eniac-core", "eniac-interop", PLANNER, INTEROP, TERMINAL, PAGE];

pub(super) fn run(context: &Context) -> Result<()> {
    let root = context.workspace.root();
    let cargo = |arguments: &[&str]| {
        process::shown(process::cargo().args(arguments).current_dir(root), LIMIT)
    };
    all_parts(vec![
        ("rustfmt", Box::new(|| cargo(&["fmt", "--all", "--check"]))),
        (
            "clippy",
            Box::new(|| {
                cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
            }),
        ),
        (
            "clippy for wasm32",
            Box::new(|| {
                context.tools.path(Tool::WasmTarget)?;
                let mut arguments = vec!["clippy", "--target", WASM_TARGET];
                arguments.extend(WASM_CRATES.iter().flat_map(|name| ["--package", *name]));
                arguments.extend(["--", "--deny", "warnings"]);
                cargo(&arguments)
            }),
        ),
        (
            "cargo deny",
            Box::new(|| {
                // Advisories come over the network and change without a change here.
                let mut command = Command::new(context.tools.path(Tool::CargoDeny)?);
                command.args(["--workspace", "check", "licenses", "bans", "sources"]);
                process::shown(command.current_dir(root), LIMIT)
            }),
        ),
    ])
}
