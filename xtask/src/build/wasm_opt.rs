//! wasm-opt, once for each distinct wasm.
//!
//! The flavours of a module differ in their JavaScript and share their wasm, and most builds change
//! only one of two crates; so what went in and what came out is kept under cargo's target
//! directory, and an input seen before is not optimised again.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process;
use crate::progress::Progress;
use crate::tools::{self, Tool, Toolbox};
use crate::workspace::Workspace;

const OPTIMISE_LIMIT: Duration = Duration::from_mins(10);
/// What Rust 1.95 emits for wasm32-unknown-unknown, and every current browser runs.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What a wasm is optimised for.
#[derive(Clone, Copy)]
pub(super) enum Goal {
    /// The planner: it runs for as long as it takes to plan.
    Speed,
    /// What is fetched before it is used.
    Fetch,
}

impl Goal {
    fn flag(self) -> &'static str {
        match self {
            Self::Speed => "-O3",
            // Measured: -Oz makes fewer bytes of code, but up to 8 % more once gzipped, and takes
            // ten times as long.
            Self::Fetch => "-O1",
        }
    }
}

/// wasm-opt with its memory, or nothing where there is none.
pub(super) struct Optimiser {
    program: Option<PathBuf>,
    memory: PathBuf,
}

impl Optimiser {
    pub(super) fn new(workspace: &Workspace, tools: &Toolbox) -> Self {
        Self {
            program: tools.path(Tool::WasmOpt).ok().map(Path::to_path_buf),
            memory: workspace.target().join("wasm-opt").join(tools::BINARYEN),
        }
    }

    /// Optimises the file in place; leaves it alone without wasm-opt.
    pub(super) fn run(&self, wasm: &Path, name: &str, goal: Goal) -> Result<()> {
        let Some(program) = &self.program else { return Ok(()) };
        let (seen, made) = (self.file(name, goal, "in"), self.file(name, goal, "out"));
        let input =
            std::fs::read(wasm).with_context(|| format!("wasm-pack made no {}", wasm.display()))?;
        if made.is_file() && std::fs::read(&seen).is_ok_and(|seen| seen == input) {
            std::fs::copy(&made, wasm)?;
            return Ok(());
        }
        std::fs::create_dir_all(&self.memory)?;
        let aside = made.with_extension("partial");
        let mut command = tools::wasm_opt(program);
        command.arg(goal.flag()).args(FEATURES).arg(wasm).arg("-o").arg(&aside);
        let label =
            format!("      optimising the {name} ({} KB) with wasm-opt", input.len() / 1000);
        process::watched(&mut command, OPTIMISE_LIMIT, Progress::new(label))?;
        // The output goes first: an input without its output is never believed.
        std::fs::remove_file(&seen).or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
        std::fs::rename(&aside, &made)?;
        std::fs::write(&seen, &input)?;
        std::fs::copy(&made, wasm)?;
        Ok(())
    }

    fn file(&self, name: &str, goal: Goal, which: &str) -> PathBuf {
        self.memory.join(format!("{name}{}.{which}.wasm", goal.flag()))
    }
}
