//! `cargo xtask bench`: the packing solver on a folder of problems, natively and as wasm in Node.
//!
//! Every plan is checked by the planner's own checker, before it is told, and by the bench's. It
//! fails when a plan breaks a rule, is worse than the committed snapshot allows, claims a bound
//! above a cost that somebody reached, or differs between native and wasm.

mod checker;
mod instance;
mod row;
mod run;
mod scale;
mod snapshot;
mod targets;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::workspace::Workspace;
use instance::{Answer, Case};
use row::Row;
use run::{Built, Runner};
use snapshot::Snapshot;

/// Problems that may be there beside the repository, with what others found.
const SHARED: &str = "../shared/bench/";
const SNAPSHOT: &str = "benches/snapshot.json";

#[derive(clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Arguments {
    /// The folder of problems; known.json in it says what others found.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Run in Node too, and compare.
    #[arg(long)]
    wasm: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// The budget in the solver's steps; without it the solver's own, which the snapshot is of.
    #[arg(long, value_name = "STEPS")]
    work: Option<u64>,
    /// Write what was found as the new snapshot instead of comparing.
    #[arg(long, conflicts_with_all = ["work", "scale"])]
    bless: bool,
    /// Only problems whose name begins so.
    #[arg(long, value_name = "PREFIX", default_value = "")]
    filter: String,
    /// How often each problem is run; times are those of the median run.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Run each problem with its counts scaled to 100, 10,000 and 1,000,000 tasks.
    #[arg(long)]
    scale: bool,
}

/// Answers whether everything held.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let workspace = Workspace::load()?;
    let shared = workspace.root().join(SHARED);
    let folder = arguments.dir.clone().or_else(|| shared.is_dir().then_some(shared));
    let mut cases = cases(&workspace, folder.as_deref(), &arguments.filter)?;
    if arguments.scale {
        cases = scale::scaled(&cases, &workspace.target().join("bench").join("scaled"))?;
    }
    let file = workspace.root().join(SNAPSHOT);
    let mut snapshot = Snapshot::load(&file)?;
    // With another budget other plans are found.
    let compared = (arguments.work.is_none() && !arguments.bless).then_some(&snapshot);

    let mut runners = vec![Runner::native(&workspace, Built::AsReleased)?];
    if arguments.wasm {
        runners.push(Runner::wasm(&workspace)?);
    }
    let mut told = serde_json::Map::new();
    let mut failures = Vec::new();
    let mut native: BTreeMap<String, Answer> = BTreeMap::new();
    for runner in &runners {
        if !arguments.json {
            println!("\n{}\n{}", runner.name(), Row::heading());
        }
        let mut rows = Vec::new();
        for case in &cases {
            let named = |what: String| format!("{}, {}: {what}", case.instance.name, runner.name());
            match runner.run(case, arguments.work, arguments.runs) {
                Ok(measured) => {
                    let row = Row::new(case, &measured);
                    if !arguments.json {
                        println!("{}", row.line());
                    }
                    rows.push(row);
                    let answer = measured.answer;
                    failures.extend(complaints(case, &answer, compared).into_iter().map(named));
                    let name = case.instance.name.clone();
                    let other = native.entry(name).or_insert_with(|| answer.clone());
                    if !other.is_same_plan(&answer) {
                        failures.push(named("another plan than natively".to_owned()));
                    }
                }
                Err(error) => failures.push(named(format!("{error:#}"))),
            }
        }
        let outcomes = targets::outcomes(&rows);
        if !arguments.json && !arguments.scale {
            print!("{}", targets::summary(&rows, &outcomes));
        }
        told.insert(runner.name().to_owned(), json!({ "problems": rows, "targets": outcomes }));
    }
    if arguments.bless && failures.is_empty() {
        snapshot.bless(&cases, &native);
        snapshot.write(&file)?;
    }
    told.insert("failures".to_owned(), json!(failures));
    if arguments.json {
        println!("{}", Value::from(told));
    }
    for failure in &failures {
        eprintln!("FAILED: {failure}");
    }
    Ok(failures.is_empty())
}

/// The own problems natively, once each, several at a time: whether plans and bounds hold, not how
/// fast they come.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let cases = cases(workspace, None, "")?;
    let snapshot = Snapshot::load(&workspace.root().join(SNAPSHOT))?;
    let runner = Runner::native(workspace, Built::Quickly)?;
    let next = AtomicUsize::new(0);
    let lane = || {
        let mut failures = Vec::new();
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = match runner.run(case, None, 1) {
                Ok(measured) => complaints(case, &measured.answer, Some(&snapshot)),
                Err(error) => vec![format!("{error:#}")],
            };
            failures.extend(found.into_iter().map(|it| format!("{}: {it}", case.instance.name)));
        }
        failures
    };
    let lanes = thread::available_parallelism().map_or(1, NonZero::get);
    let mut failures = thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        let ended = lanes.into_iter().map(|lane| {
            lane.join().unwrap_or_else(|_| vec!["a lane of the bench panicked".to_owned()])
        });
        ended.flatten().collect::<Vec<String>>()
    });
    failures.sort();
    println!("{} problems packed, {} complaints", cases.len(), failures.len());
    if failures.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nif a worse figure is meant, write the new ones: cargo xtask bench --bless",
        failures.join("\n")
    )
}

/// The problems of a folder, or the repository's own.
fn cases(workspace: &Workspace, folder: Option<&Path>, prefix: &str) -> Result<Vec<Case>> {
    if let Some(folder) = folder {
        return instance::load(folder, &folder.join("known.json"), prefix);
    }
    let benches = workspace.root().join("benches");
    instance::load(&benches.join("instances"), &benches.join("known.json"), prefix)
}

/// What is wrong with a plan, or worse than it was.
fn complaints(case: &Case, answer: &Answer, snapshot: Option<&Snapshot>) -> Vec<String> {
    let mut complaints = Vec::new();
    if let Err(error) = checker::check(&case.instance, answer) {
        complaints.push(format!("the plan breaks a rule: {error:#}"));
    }
    if let Some(known) = case.known.filter(|it| answer.lower_bound_micro > it.best_cost_micro) {
        complaints.push(format!(
            "the bound {} is above {}, which a known fleet costs",
            answer.lower_bound_micro, known.best_cost_micro
        ));
    }
    if let Some(known) = case.known.filter(|it| answer.cost_micro < it.lower_bound_micro) {
        complaints.push(format!(
            "the cost {} is below {}, which is known to be a bound",
            answer.cost_micro, known.lower_bound_micro
        ));
    }
    complaints.extend(snapshot.map(|it| it.complaints(case, answer)).unwrap_or_default());
    complaints
}
