//! Where the solver runs: natively as the terminal command, or in Node as the npm module.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::instance::{Answer, Case};
use crate::build;
use crate::process;
use crate::tools::{self, Tool, Toolbox};
use crate::workspace::Workspace;

const BUILD_LIMIT: Duration = Duration::from_mins(30);
/// For one problem: far more than any budget that a person would wait for.
const LIMIT: Duration = Duration::from_mins(20);

/// How the terminal command is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Built {
    /// As it is released: its times are the real ones.
    AsReleased,
    /// In a fraction of the time, where only plans and bounds are looked at.
    Quickly,
}

/// A built solver.
pub(super) enum Runner {
    /// The release build of `eniac`: a process for each run.
    Native { command: PathBuf },
    /// Node, the bench's script and the built module: a process for each problem, in which all
    /// runs follow each other.
    Wasm { node: PathBuf, script: PathBuf, module: PathBuf },
}

impl Runner {
    pub(super) fn native(workspace: &Workspace, built: Built) -> Result<Self> {
        let mut command = process::cargo();
        if built == Built::Quickly {
            command.env("CARGO_PROFILE_RELEASE_LTO", "off");
            command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        }
        command.args(["build", "--quiet", "--release", "--package", "eniac"]);
        process::shown(command.current_dir(workspace.root()), BUILD_LIMIT)?;
        let name = format!("eniac{}", std::env::consts::EXE_SUFFIX);
        Ok(Self::Native { command: workspace.target().join("release").join(name) })
    }

    pub(super) fn wasm(workspace: &Workspace) -> Result<Self> {
        let tools = Toolbox::gather(
            workspace,
            &[Tool::WasmTarget, Tool::WasmBindgen, Tool::WasmPack, Tool::WasmOpt],
        );
        let module = workspace.target().join("bench").join("planner");
        build::planner(workspace, &tools, &module)?;
        // Node reads a file's module system from the nearest package.json.
        std::fs::write(module.join("package.json"), "{ \"type\": \"module\" }\n")?;
        let script = workspace.root().join("benches").join("wasm.mjs");
        Ok(Self::Wasm { node: tools::node()?, script, module })
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Native { .. } => "native",
            Self::Wasm { .. } => "wasm",
        }
    }

    /// The plan, which is the same in each run, with the times of the median run.
    pub(super) fn run(&self, case: &Case, work: Option<u64>, runs: usize) -> Result<Measured> {
        let mut answers = match self {
            Self::Native { command } => (0..runs.max(1))
                .map(|_| {
                    let mut command = Command::new(command);
                    command.args(["pack", "--json", "--trace"]).arg(&case.file);
                    command.args(work.map(|work| format!("--work={work}")));
                    read(&process::captured(&mut command, LIMIT)?)
                })
                .collect::<Result<Vec<Answer>>>()?,
            Self::Wasm { node, script, module } => {
                let mut command = Command::new(node);
                command.arg(script).arg(module).arg(&case.file).arg(runs.max(1).to_string());
                command.args(work.map(|work| work.to_string()));
                let told = process::captured(&mut command, LIMIT)?;
                told.lines().map(read).collect::<Result<Vec<Answer>>>()?
            }
        };
        let first = answers.first().context("the solver told nothing")?;
        let cold_milliseconds = first.milliseconds;
        let same = answers.iter().all(|it| it.is_same_plan(first));
        anyhow::ensure!(same, "two runs of the same problem gave different plans");
        answers.sort_by(|a, b| a.milliseconds.total_cmp(&b.milliseconds));
        let answer = answers.swap_remove(answers.len() / 2);
        Ok(Measured { answer, cold_milliseconds })
    }
}

/// A plan with its times.
pub(super) struct Measured {
    pub(super) answer: Answer,
    /// Of the first run.
    pub(super) cold_milliseconds: f64,
}

fn read(text: &str) -> Result<Answer> {
    serde_json::from_str(text).context("the solver's plan cannot be read")
}
