//! `eniac example [NAME]`: scenarios to begin with, those of the stories among them.

use crate::table;
use eniac_core::presets;

/// How the scenarios are used.
const EXAMPLES: &str = r"Examples:
  What happens on a spike, from the story to the timeline:
      eniac example traffic-spike | eniac simulate -

  The names of all stories:
      eniac example --list";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The story whose scenario is printed; without it, the scenario that a new user sees first.
    name: Option<String>,
    /// List the stories.
    #[arg(long, conflicts_with = "name")]
    list: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<String, String> {
    let stories = presets();
    if arguments.list {
        let rows = stories.into_iter().map(|story| (story.id, story.summary));
        return Ok(table::facts(&rows.collect::<Vec<_>>()));
    }
    let Some(name) = &arguments.name else {
        return Ok(eniac_core::scenario::EXAMPLE.to_owned());
    };
    if let Some(story) = stories.iter().find(|story| story.id == *name) {
        return Ok(story.scenario.clone());
    }
    let known: Vec<&str> = stories.iter().map(|story| story.id.as_str()).collect();
    let name: String = name.chars().take(40).collect();
    Err(format!("{name} is no story: there are {}", known.join(", ")))
}
