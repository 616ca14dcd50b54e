//! The front doors of exports: a scenario for other tools, with a word on what they have no place
//! for; and a plan for people and spreadsheets.

mod carried;
pub(crate) mod cli_json;
mod cloudformation;
mod diff;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_exports;
mod markdown;
mod money;
mod plan_csv;
pub(crate) mod resources;
mod services_table;
mod terraform;

use crate::resource::Resource;
use eniac_core::scenario::Scenario;
use serde::{Deserialize, Serialize};

pub use carried::NotCarried;
pub use diff::{ChangedFile, NotWritten, WriteBack, difference, write_back};
pub use markdown::markdown;
pub use plan_csv::plan_csv;

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// The inputs of AWS command line calls, as one JSON document.
    Cli,
    /// The scenario itself.
    Scenario,
    /// The services as a table with commas.
    ServicesCsv,
    /// A configuration in Terraform's language.
    Terraform,
    /// A template in YAML.
    #[serde(rename = "cloudformation")]
    CloudFormation,
}

/// Something written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// The format.
    pub format: ExportFormat,
    /// What a file of it is called.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// The text.
    pub text: String,
    /// What of the scenario is not in the text.
    pub not_carried: Vec<NotCarried>,
}

/// Writes a scenario.
pub fn export_scenario(scenario: &Scenario, format: ExportFormat) -> Export {
    let (file_name, media_type) = match format {
        ExportFormat::Cli => ("calls.json", "application/json"),
        ExportFormat::Scenario => ("scenario.json", "application/json"),
        ExportFormat::ServicesCsv => ("services.csv", "text/csv"),
        ExportFormat::Terraform => ("main.tf", "text/plain"),
        ExportFormat::CloudFormation => ("template.yaml", "application/yaml"),
    };
    let (text, not_carried) = match format {
        ExportFormat::Cli => of_resources(scenario, cli_json::print),
        ExportFormat::Terraform => of_resources(scenario, terraform::print),
        ExportFormat::CloudFormation => of_resources(scenario, cloudformation::print),
        ExportFormat::Scenario => {
            (serde_json::to_string_pretty(scenario).unwrap_or_default() + "\n", Vec::new())
        }
        ExportFormat::ServicesCsv => {
            let text = services_table::print(scenario);
            let resources = services_table::resources(&text);
            (text, carried::not_in_table(scenario, resources))
        }
    };
    let (file_name, media_type) = (file_name.to_owned(), media_type.to_owned());
    Export { format, file_name, media_type, text, not_carried }
}

/// What AWS would have of the scenario, as a format prints it.
fn of_resources(
    scenario: &Scenario,
    print: fn(&[Resource]) -> String,
) -> (String, Vec<NotCarried>) {
    let resources = resources::resources(scenario);
    (print(&resources), carried::not_carried(scenario, resources))
}

#[cfg(test)]
mod laws;
