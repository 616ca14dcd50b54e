//! `eniac predict FILE`: what ECS would do beyond the one fleet of a plan, as tables or as JSON.

use crate::host::Host;
use crate::input::Settings;
use crate::{input, outlook_table};
use eniac_catalog::Catalog;
use eniac_core::{Effort, Part, outlook};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// What a script asks most.
const EXAMPLES: &str = r#"Examples:
  All of it, as tables:
      eniac predict scenario.json

  The setting that saves most, and the changes that make it:
      eniac predict scenario.json --json --parts whatIfs | jq '.whatIfs[0] | {title, saving, changes}'

  The cheapest Auto Scaling group of one type:
      eniac predict scenario.json --json --parts group | jq '.group.single[0] | {instanceTypes, instances}'

  Fail when the dearest fleet that these requirements admit costs more than twice the predicted one:
      test "$(eniac predict scenario.json --json --parts range | jq .range.dearestThousandths)" -le 2000

Money in JSON is whole nano-USD an hour and micro-USD a month of 730 hours. A part that was not asked
for, and one that there is not for Auto Scaling groups, is null."#;

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The scenario, or files of any format that `eniac import` reads; a folder; `-` reads standard
    /// input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the whole outlook as JSON.
    #[arg(long)]
    json: bool,
    /// Work out these parts only, separated by commas: fleets, range, sensitivity, advice,
    /// whatIfs, tightenings, deployment, comparison, group, taskSizes.
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    parts: Vec<Part>,
    /// How much to look for the cheapest fleet and its proof: quick, thorough (some seconds), or a
    /// number of the solver's own steps: the same number gives the same outlook.
    #[arg(long, value_name = "quick|thorough|STEPS", default_value = "quick")]
    work: Effort,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(
    arguments: &Arguments,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Result<String, String> {
    let reading = input::scenario(&arguments.files, &arguments.settings, host)?.reading;
    let go_on = &mut |_| ControlFlow::Continue(());
    let all = arguments.parts.is_empty();
    let parts = if all { &Part::ALL[..] } else { &arguments.parts };
    let outlook = outlook(catalog, &reading, parts, arguments.work, go_on);
    if arguments.json {
        return input::json_line(&outlook);
    }
    Ok(outlook_table::outlook(&outlook))
}
