//! The front door of imports: files in, one scenario out, with an account of how it came about.

use crate::account::{Account, Note, Question};
use crate::assemble;
use crate::input::{self, InputFile, MAX_FILES};
use crate::node::Place;
use crate::read::{self, Found, READERS, Source};
use crate::sizing::{self, SizeSuggestion};
use eniac_core::scenario;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// So many resources are taken at once.
pub const MAX_RESOURCES: usize = 10_000;

/// What the user says beside the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ImportSettings {
    /// Answers to questions: `var.cpu` -> `512`. A Terraform variable or a parameter of a template
    /// may also be named alone: `cpu`.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, string>"))]
    pub answers: BTreeMap<String, String>,
    /// Only what belongs to this cluster, by name; absent: all.
    pub cluster: Option<String>,
    /// Percent above what a task was seen to use that a suggested size leaves free.
    pub headroom_percent: u16,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self { answers: BTreeMap::new(), cluster: None, headroom_percent: 20 }
    }
}

/// A scenario from other tools' files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// The scenario, as JSON. What the planner will refuse is still in it, and a note says so.
    #[cfg_attr(feature = "typescript", tsify(type = "Scenario"))]
    pub scenario: Json,
    /// The files, in the order in which they were given.
    pub files: Vec<FileRead>,
    /// What was understood, assumed and left out: problems first.
    pub notes: Vec<Note>,
    /// How many more notes there would be.
    pub unlisted_notes: usize,
    /// What could not be worked out.
    pub questions: Vec<Question>,
    /// From which literal of a file a field of the scenario comes, so that a change of the field can
    /// be carried back into the file.
    pub origins: Vec<Origin>,
    /// Task sizes that follow from what tasks were seen to use. None is applied.
    #[serde(default)]
    pub suggestions: Vec<SizeSuggestion>,
}

/// A file, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct FileRead {
    /// Its name.
    pub name: String,
    /// What it was taken for; absent: nothing that eniac reads.
    pub format: Option<Format>,
    /// How many resources of it count.
    pub resources: usize,
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// A scenario of eniac's.
    Scenario,
    /// A link that carries a scenario.
    Link,
    /// Task definitions, services, capacity providers, clusters, container instances, as the ECS
    /// API gives or takes them.
    EcsJson,
    /// Terraform's language, with `.tfvars`.
    Terraform,
    /// `terraform show -json` of a plan or a state.
    TerraformJson,
    /// A `CloudFormation` template, also one that CDK made.
    CloudFormation,
    /// A Compose file.
    Compose,
    /// A table of services, with commas, semicolons or tabs.
    ServicesTable,
    /// What tasks were seen to use.
    Usage,
    /// The user's own prices.
    Prices,
}

/// From which literal a field of the scenario comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The field: `services[0].taskDefinition.cpu`.
    pub path: String,
    /// The file, by its place in [`Import::files`].
    pub file: usize,
    /// The line, from 1.
    pub line: u32,
    /// The bytes of the literal in the file's text without byte order mark; absent where the value
    /// was worked out from several.
    pub span: Option<(u32, u32)>,
}

impl Import {
    /// The scenario as JSON text, in the order in which eniac writes scenarios; what the planner
    /// will refuse is kept.
    pub fn scenario_json(&self) -> String {
        let text = self.scenario.to_string();
        let typed = scenario::read(&text).ok().filter(|reading| reading.diagnostics.is_empty());
        let pretty = match typed {
            Some(reading) => serde_json::to_string_pretty(&reading.scenario),
            None => serde_json::to_string_pretty(&self.scenario),
        };
        pretty.unwrap_or(text)
    }
}

/// Reads files of any known format, together, into one scenario. Whatever they hold, this ends with
/// what could be read and says what could not.
pub fn import(files: &[InputFile<'_>], settings: &ImportSettings) -> Import {
    let names = files.iter().map(|file| file.name.to_owned()).collect();
    let mut account = Account::new(names);
    let sources = sources(files, &mut account);
    let mut read: Vec<FileRead> = files
        .iter()
        .map(|file| FileRead { name: file.name.to_owned(), format: None, resources: 0 })
        .collect();

    let mut found = Found::default();
    for reader in READERS {
        let of_format = |source: &&Source| source.format == Some(reader.format);
        let of_format: Vec<&Source> = sources.iter().filter(of_format).collect();
        for source in &of_format {
            if let Some(file) = read.get_mut(source.file) {
                file.format = Some(reader.format);
            }
        }
        if !of_format.is_empty() {
            (reader.read)(&of_format, settings, &mut found, &mut account);
        }
    }
    for resource in &found.resources {
        if let Some(file) = read.get_mut(resource.at.file) {
            file.resources += 1;
        }
    }
    if let Some(first) = found.resources.get(MAX_RESOURCES) {
        let count = found.resources.len();
        let message =
            format!("{count} resources: only the first {MAX_RESOURCES} are taken, up to this one");
        account.problem(first.at, &first.address, message);
        found.resources.truncate(MAX_RESOURCES);
    }
    let (usage, prices) = (std::mem::take(&mut found.usage), std::mem::take(&mut found.prices));
    let mut assembled = assemble::assemble(found, settings, &mut account);
    prices.write(&mut assembled, &mut account);
    let suggestions = sizing::suggestions(&usage, &assembled.scenario, settings, &mut account);
    account.tell_unasked(settings.answers.keys());
    let (notes, questions, unlisted_notes) = account.close();
    Import {
        scenario: assembled.scenario,
        files: read,
        notes,
        unlisted_notes,
        questions,
        origins: assembled.origins,
        suggestions,
    }
}

/// The files that are text and of a known format.
fn sources(files: &[InputFile<'_>], account: &mut Account) -> Vec<Source> {
    let mut sources = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let whole = Place::file(index);
        if index >= MAX_FILES {
            account.problem(whole, "", format!("only the first {MAX_FILES} files are read"));
            break;
        }
        match input::text(file) {
            Ok(text) => {
                sources.push(Source::new(index, file.name, text));
            }
            Err(why) => account.problem(whole, "", why),
        }
    }
    read::claim(&mut sources);
    for source in sources.iter().filter(|source| source.format.is_none()) {
        account.problem(Place::file(source.file), "", source.why_unknown());
    }
    sources.retain(|source| source.format.is_some());
    sources
}
