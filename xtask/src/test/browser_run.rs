//! The wasm crates' own tests, in a headless browser.

use std::time::Duration;

use anyhow::Result;

use super::{Context, all_parts};
use crate::build::{self, PAGE, PLANNER};
use crate::process;
use crate::tools::Tool;

const LIMIT: Duration = Duration::from_mins(30);

pub(super) fn run(context: &Context) -> Result<()> {
    all_parts(vec![
        (PLANNER, Box::new(|| one(context, PLANNER))),
        (PAGE, Box::new(|| one(context, PAGE))),
    ])
}

/// The browser's flags are in the `webdriver.json` beside the crate's `Cargo.toml`.
fn one(context: &Context, package: &str) -> Result<()> {
    context.tools.path(Tool::Chromium)?;
    let driver = context.tools.path(Tool::Chromedriver)?;
    let mut command = build::wasm_pack_command(&context.tools)?;
    command.args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"]);
    command.arg(driver).arg(context.workspace.folder_of(package)?);
    // The runner gives a browser 20 seconds otherwise, which a busy machine can take to start it.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    process::shown(command.current_dir(context.workspace.root()), LIMIT)
}
