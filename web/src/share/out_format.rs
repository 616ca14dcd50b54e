//! The formats in which the scenario or its plan leaves the page, and who writes each. Pure.

use crate::interop::words::place;
use crate::scenario_text::{exported, file_name};
use eniac_core::report::Report;
use eniac_interop::{Export, ExportFormat, WriteBack, markdown, plan_csv};
use serde_json::Value;

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutFormat {
    /// What it is called.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Who writes it.
    pub writer: Writer,
}

/// Who writes a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// The page: the scenario as it stands.
    Scenario,
    /// The page: the report as it came.
    Report,
    /// The page: the fleets of the report as a table.
    PlanCsv,
    /// The page: the report for a pull request.
    Markdown,
    /// The worker: the files that the scenario was imported from, as far as it has been changed.
    Difference,
    /// The worker that knows other tools' formats.
    Worker(ExportFormat),
}

/// All of them; the difference only where something was imported.
pub fn formats(is_imported: bool) -> Vec<OutFormat> {
    let mut formats = ALWAYS.to_vec();
    if is_imported {
        formats.insert(0, DIFFERENCE);
    }
    formats
}

const DIFFERENCE: OutFormat = OutFormat {
    name: "Changes of the imported files",
    purpose: "What differs from the files that were imported, as a unified diff of them.",
    writer: Writer::Difference,
};

const ALWAYS: [OutFormat; 8] = [
    OutFormat {
        name: "Scenario, JSON",
        purpose: "All that eniac plans from: for the terminal command, the npm module, or another browser.",
        writer: Writer::Scenario,
    },
    OutFormat {
        name: "Terraform",
        purpose: "The capacity provider, the services and their task definitions; variables for what eniac does not know.",
        writer: Writer::Worker(ExportFormat::Terraform),
    },
    OutFormat {
        name: "CloudFormation",
        purpose: "The same as a template in YAML; parameters for what eniac does not know.",
        writer: Writer::Worker(ExportFormat::CloudFormation),
    },
    OutFormat {
        name: "AWS CLI, JSON",
        purpose: "The inputs of the calls that create the cluster, its capacity providers, task definitions and services.",
        writer: Writer::Worker(ExportFormat::Cli),
    },
    OutFormat {
        name: "Services, CSV",
        purpose: "The table of services, for a spreadsheet; it can be imported again.",
        writer: Writer::Worker(ExportFormat::ServicesCsv),
    },
    OutFormat {
        name: "Plan, Markdown",
        purpose: "The answer and its fleets, for a pull request.",
        writer: Writer::Markdown,
    },
    OutFormat {
        name: "Plan, CSV",
        purpose: "Both fleets, a line for each kind of instance, for a spreadsheet.",
        writer: Writer::PlanCsv,
    },
    OutFormat {
        name: "Plan, JSON",
        purpose: "Every figure of the plan, as the terminal command gives it with --json.",
        writer: Writer::Report,
    },
];

/// A text that leaves the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// What it is saved as.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// What of the scenario is not in it, a sentence each.
    pub not_carried: Vec<String>,
}

impl OutFormat {
    /// What the page writes by itself; `None` while there is no report, and for the worker's.
    pub fn written(&self, document: &Value, report: Option<&Report>) -> Option<OutFile> {
        let name = file_name(document);
        let (name, text) = match self.writer {
            Writer::Scenario => (name, exported(document)),
            Writer::Report => {
                let text = serde_json::to_string_pretty(report?).ok()?;
                (name.replace(".json", "-plan.json"), text)
            }
            Writer::PlanCsv => (name.replace(".json", "-plan.csv"), plan_csv(report?)),
            Writer::Markdown => (name.replace(".json", "-plan.md"), markdown(report?, None)),
            Writer::Worker(_) | Writer::Difference => return None,
        };
        Some(OutFile { name, text, not_carried: Vec::new() })
    }
}

/// The word by which the worker knows a format.
pub fn word(format: ExportFormat) -> String {
    let word = serde_json::to_value(format).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What the worker has written.
pub fn out_file(export: Export) -> OutFile {
    let not_carried = export.not_carried.iter().map(ToString::to_string).collect();
    OutFile { not_carried, name: export.file_name, text: export.text }
}

/// The imported files as they would be, as one difference.
pub fn difference(back: WriteBack) -> OutFile {
    let said = back.not_written.iter().map(|it| {
        let nearest = it.file.as_ref().map(|file| format!(" ({})", place(file, it.line)));
        let value = |value: &Value| match value {
            Value::Null => "not set".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!(
            "{}: {} → {}{}: {}",
            it.path,
            value(&it.before),
            value(&it.after),
            nearest.unwrap_or_default(),
            it.because,
        )
    });
    let not_carried = said.collect();
    let text: String = back.files.into_iter().map(|file| file.diff).collect();
    OutFile { name: "changes.diff".to_owned(), text, not_carried }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_interop::NotCarried;
    use serde_json::json;

    #[test]
    fn the_page_writes_what_is_its_own() {
        let document = json!({ "version": 1, "name": "My Plan", "services": [] });
        let written = |format: &OutFormat| format.written(&document, None).map(|file| file.name);
        let names: Vec<Option<String>> = formats(true).iter().skip(1).map(written).collect();
        assert_eq!(names.first(), Some(&Some("my-plan.json".to_owned())));
        assert!(names.iter().skip(1).all(Option::is_none), "no report, no worker");
    }

    #[test]
    fn what_a_format_has_no_place_for_is_said() {
        let not_carried = |path: &str, count: usize| NotCarried {
            path: path.into(),
            count,
            because: "why".into(),
        };
        let file = out_file(Export {
            format: ExportFormat::Cli,
            file_name: "calls.json".into(),
            media_type: String::new(),
            text: "{}".into(),
            not_carried: vec![not_carried("pricing", 1), not_carried("services[0].load", 3)],
        });
        assert_eq!(file.not_carried, ["pricing: why", "services[0].load and 2 more like it: why"]);
        assert_eq!(word(ExportFormat::Cli), "cli");
    }
}
