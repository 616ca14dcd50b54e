//! What holds of every export: what is said not to be carried is all that is lost.

use super::*;
use crate::{ImportSettings, InputFile, import};
use eniac_core::scenario;
use serde_json::Value as Json;

/// Formats that are read back.
const CARRIED: [ExportFormat; 3] =
    [ExportFormat::Cli, ExportFormat::CloudFormation, ExportFormat::Terraform];

fn golden() -> Vec<(String, Scenario)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/scenarios");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.display().to_string(), scenario::read(&text).unwrap().scenario)
    };
    paths.into_iter().map(read).collect()
}

fn imported(text: &str) -> Json {
    let file = InputFile { name: "export", bytes: text.as_bytes() };
    let made = import(&[file], &ImportSettings::default());
    let reading = scenario::read(&made.scenario.to_string()).unwrap();
    resources::json_of(&reading.scenario)
}

#[test]
fn golden_scenarios_come_back_as_far_as_they_are_carried() {
    for (name, scenario) in golden() {
        let carried = carried::read_back(resources::resources(&scenario));
        for format in CARRIED {
            let text = export_scenario(&scenario, format).text;
            let mut lost = Vec::new();
            carried::compare(&carried, &imported(&text), "", &mut lost);
            assert_eq!(lost, Vec::<String>::new(), "{name} as {format:?}:\n{text}");
        }
    }
}

#[test]
fn what_is_left_behind_is_said() {
    for (name, scenario) in golden() {
        let export = export_scenario(&scenario, ExportFormat::Cli);
        let paths: Vec<&str> = export.not_carried.iter().map(|it| it.path.as_str()).collect();
        assert!(!paths.contains(&""), "{name}");
        let sizes = |path: &&&str| path.contains("cpu") || path.contains("memory");
        assert_eq!(paths.iter().find(sizes), None, "{name}");
    }
}
