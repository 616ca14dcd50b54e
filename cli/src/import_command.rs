//! `eniac import FILES`: other tools' files as a scenario, with an account of how it came about.

use crate::account_text;
use crate::host::{Host, print, say};
use crate::input::{Imported, Settings, json_line};
use crate::{Ended, Ending};
use std::path::PathBuf;

/// What people do with it.
const EXAMPLES: &str = r"Examples:
  What eniac understands of a Terraform module, what it assumes and what it leaves out:
      eniac import infra/

  The scenario, to plan it or to go on with it on the page:
      eniac import infra/ --var environment=prod --json > scenario.json

  What runs in an account, as the AWS command line tells it:
      aws ecs describe-task-definition --task-definition web > web.json
      aws ecs describe-services --cluster prod --services web > services.json
      eniac import web.json services.json --json > scenario.json

Several files make one scenario. Of a folder the files in it are read whose names end in .json, .tf,
.tfvars, .yaml, .yml, .csv, .tsv, .template, .txt, .tftpl, .tpl or .sh; and of Terraform's configurations
also the local modules and the files that they name. Other folders in it, and links, are not followed.
Nothing is executed and nothing is fetched.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// ECS JSON, Terraform, CloudFormation, Compose, a table of services, usage data, prices or a
    /// scenario; a folder; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the scenario as JSON.
    #[arg(long)]
    json: bool,
    /// Print all that there is to know of the import as JSON: scenario, files, notes, questions.
    #[arg(long, conflicts_with = "json")]
    notes_json: bool,
    #[command(flatten)]
    settings: Settings,
}

pub(crate) fn run(arguments: &Arguments, host: &mut dyn Host) -> Ended {
    let imported = Imported::read(&arguments.files, &arguments.settings, host)?;
    let text = if arguments.notes_json {
        json_line(&imported.import)?
    } else if arguments.json {
        say(host, imported.in_short().trim_end());
        imported.import.scenario_json() + "\n"
    } else {
        account_text::whole(&imported)
    };
    print(host, &text).map(|_| Ending::Fine)
}
