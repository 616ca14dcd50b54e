//! `cargo xtask test`: everything that must hold, step by step, the same here and in CI.
//!
//! A step that fails does not keep the later ones from running, unless they need what it makes.

mod batches;
mod browser_run;
mod catalogue;
mod lint;
mod native;
mod node_run;
mod sizes;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::bench;
use crate::build;
use crate::progress::seconds;
use crate::tools::{self, Tool, Toolbox};
use crate::workspace::Workspace;

pub(crate) use node_run::screenshots;

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Step {
    /// rustfmt, clippy natively and for wasm32, cargo deny
    Lint,
    /// cargo test
    Native,
    /// the embedded catalogue is what its source tables give
    Catalog,
    /// the packing solver on the committed problems: plans, costs and bounds, not times
    Bench,
    /// the example with Apache Spark: a batch through two partitions
    Batches,
    /// the wasm crates' own tests in a headless browser
    Wasm,
    /// dist/site and dist/npm, which the steps below test
    Build,
    /// the npm module from Node, in a plain page and bundled by Vite, and `npx eniac`
    Npm,
    /// the page in a real browser
    Page,
    /// the built files against their committed sizes
    Sizes,
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The steps to run; all of them if none is named.
    #[arg(value_enum)]
    steps: Vec<Step>,
    /// Test what the last build left in dist.
    #[arg(long)]
    no_build: bool,
    /// Write the measured sizes as the new snapshot instead of comparing them.
    #[arg(long)]
    bless: bool,
}

/// What the steps share.
struct Context {
    workspace: Workspace,
    tools: Toolbox,
    bless: bool,
}

struct Outcome {
    step: Step,
    took: Duration,
    result: Result<()>,
}

/// Answers whether all steps passed; the last line printed is their count.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let steps = chosen(&arguments.steps, arguments.no_build);
    let workspace = Workspace::load()?;
    let tools = Toolbox::gather(&workspace, &needs(&steps));
    let context = Context { workspace, tools, bless: arguments.bless };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (done, &step) in steps.iter().enumerate() {
        println!("\n== {} ({} of {})", name(step), done + 1, steps.len());
        let started = Instant::now();
        let unbuilt = outcomes.iter().any(|done| done.step == Step::Build && done.result.is_err());
        let result = if unbuilt && needs_build(step) {
            Err(anyhow::anyhow!("not run: the build failed"))
        } else {
            carry_out(step, &context)
        };
        if let Err(error) = &result {
            println!("{error:#}");
        }
        outcomes.push(Outcome { step, took: started.elapsed(), result });
    }
    Ok(summarise(&outcomes))
}

fn carry_out(step: Step, context: &Context) -> Result<()> {
    match step {
        Step::Lint => lint::run(context),
        Step::Native => native::run(context),
        Step::Catalog => catalogue::run(),
        Step::Bench => bench::check(&context.workspace),
        Step::Batches => batches::run(context),
        Step::Wasm => browser_run::run(context),
        Step::Build => build::run(&context.workspace, &context.tools),
        Step::Npm => node_run::npm(context),
        Step::Page => node_run::page(context),
        Step::Sizes => sizes::run(context),
    }
}

/// The steps in their own order, each once, with the build that they need.
fn chosen(named: &[Step], no_build: bool) -> Vec<Step> {
    let all = Step::value_variants();
    let wanted = |step: Step| match step {
        Step::Build if no_build => false,
        Step::Build => named.iter().any(|&named| named == Step::Build || needs_build(named)),
        other => named.contains(&other),
    };
    all.iter()
        .copied()
        .filter(
            |&step| {
                if named.is_empty() { !(no_build && step == Step::Build) } else { wanted(step) }
            },
        )
        .collect()
}

fn needs_build(step: Step) -> bool {
    matches!(step, Step::Npm | Step::Page | Step::Sizes)
}

fn needs(steps: &[Step]) -> Vec<Tool> {
    let mut needs: Vec<Tool> = steps
        .iter()
        .flat_map(|step| match step {
            Step::Lint => vec![Tool::WasmTarget, Tool::CargoDeny, Tool::Cxx],
            Step::Native => vec![Tool::Cxx],
            Step::Catalog | Step::Bench => Vec::new(),
            Step::Batches => vec![Tool::Spark],
            Step::Npm => vec![Tool::NpmPackages, Tool::Chromium],
            Step::Sizes => vec![Tool::WasmOpt],
            Step::Wasm => vec![
                Tool::WasmTarget,
                Tool::WasmBindgen,
                Tool::WasmPack,
                Tool::Chromium,
                Tool::Chromedriver,
            ],
            Step::Build => tools::BUILD.to_vec(),
            Step::Page => vec![Tool::Chromium, Tool::PagePackages],
        })
        .collect();
    needs.sort_unstable();
    needs.dedup();
    needs
}

fn name(step: Step) -> String {
    step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// A line a step, then the count alone on the last line.
fn summarise(outcomes: &[Outcome]) -> bool {
    println!();
    for Outcome { step, took, result } in outcomes {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!("{:<8} {word} {:>10}", name(*step), seconds(*took));
    }
    let failed = outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
    println!("{} passed, {failed} failed", outcomes.len() - failed);
    failed == 0
}

/// A named part of a step.
type Part<'a> = (&'a str, Box<dyn FnOnce() -> Result<()> + 'a>);

/// Runs every part, so that one run tells all that is wrong; fails if any did.
fn all_parts(parts: Vec<Part<'_>>) -> Result<()> {
    let mut failures = Vec::new();
    for (name, part) in parts {
        println!("-- {name}");
        if let Err(error) = part() {
            println!("{error:#}");
            failures.push(name);
        }
    }
    if failures.is_empty() { Ok(()) } else { bail!("failed: {}", failures.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(named: &[Step], no_build: bool, expected: &[Step]) {
        assert_eq!(chosen(named, no_build), expected);
    }

    #[test]
    fn steps_come_in_order_with_the_build_they_need() {
        use Step::{Build, Lint, Native, Npm, Page, Sizes};
        check(&[Native, Lint, Native], false, &[Lint, Native]);
        check(&[Page], false, &[Build, Page]);
        check(&[Sizes, Npm], true, &[Npm, Sizes]);
        check(&[], false, Step::value_variants());
        assert_eq!(chosen(&[], true).len(), Step::value_variants().len() - 1);
    }
}
