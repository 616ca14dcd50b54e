//! `examples/batches`, run for real: Apache Spark pipes scenarios through `eniac plan --jsonl` on two
//! partitions, and what comes out is what `eniac plan --json` prints of each.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::{Context, node_run};
use crate::process;
use crate::tools::Tool;

/// Spark starts in some seconds; a machine under load takes longer.
const LIMIT: Duration = Duration::from_mins(5);

/// A line that is no scenario, which Spark must not stop at.
const NO_SCENARIO: &str = "no scenario";

pub(super) fn run(context: &Context) -> Result<()> {
    let python = context.tools.path(Tool::Spark)?;
    let eniac = node_run::terminal_command(&context.workspace)?;
    let folder = context.workspace.target().join("batches");
    std::fs::create_dir_all(&folder)?;
    let (study, reports) = (folder.join("study.jsonl"), folder.join("reports.jsonl"));
    let lines = scenarios(context.workspace.root())?;
    std::fs::write(&study, lines.join("\n") + "\n")?;
    let _ = std::fs::remove_file(&reports);

    let script = context.workspace.root().join("examples/batches/spark_pipe.py");
    let mut command = Command::new(python);
    command.arg(script).arg(&study).args(["--partitions", "2", "--output"]).arg(&reports);
    command.arg("--eniac").arg(&eniac);
    // Nothing that Spark opens is reached from elsewhere, and nothing of it stays.
    command.env("SPARK_LOCAL_IP", "127.0.0.1").env("SPARK_LOCAL_DIRS", &folder);
    command.env("PYSPARK_PYTHON", python).env_remove("SPARK_HOME");
    let told = process::captured(&mut command, LIMIT)?;
    print!("{told}");

    let written = std::fs::read_to_string(&reports)?;
    let written: Vec<&str> = written.lines().collect();
    ensure!(written.len() == lines.len(), "{} reports of {} lines", written.len(), lines.len());
    for (line, report) in lines.iter().zip(&written) {
        compare(line, report, &eniac, &folder)?;
    }
    let expected = format!("{} scenarios in 2 partitions", lines.len());
    ensure!(told.contains(&expected), "Spark's script does not say `{expected}`: {told}");
    println!("{} reports are what eniac prints of each scenario", written.len());
    Ok(())
}

/// The golden scenarios, a line each, with one in the middle that is none.
fn scenarios(root: &Path) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(root.join("tests/scenarios"))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let scenario: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)
            .with_context(|| file.display().to_string())?;
        lines.push(scenario.to_string());
    }
    lines.insert(lines.len() / 2, NO_SCENARIO.to_owned());
    Ok(lines)
}

fn compare(line: &str, report: &str, eniac: &Path, folder: &Path) -> Result<()> {
    if line == NO_SCENARIO {
        let told: Value = serde_json::from_str(report)?;
        ensure!(told["line"].is_u64() && told["error"].is_string(), "no error line: {report}");
        return Ok(());
    }
    let alone = folder.join("alone.json");
    std::fs::write(&alone, line)?;
    let mut command = Command::new(eniac);
    command.args(["plan", "--json"]).arg(&alone);
    let expected = process::captured(&mut command, LIMIT)?;
    if expected.trim_end() != report {
        bail!("Spark's report is another one than eniac's of {line}");
    }
    Ok(())
}
