//! What holds of every export: what is said not to be carried is all that is lost.

use super::generated::{tame, wild};
use super::*;
use crate::{ImportSettings, InputFile, import, link_of};
use eniac_core::scenario;
use proptest::prelude::*;
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

/// All formats that are read back, also those that carry no more than a table does.
const READ_BACK: [ExportFormat; 4] = [
    ExportFormat::Cli,
    ExportFormat::CloudFormation,
    ExportFormat::Terraform,
    ExportFormat::ServicesCsv,
];

/// The kinds of fields that are said to be lost, with why.
fn said(export: &Export) -> Vec<(String, &str)> {
    let kind = |it| carried::without_numbers(it);
    export.not_carried.iter().map(|it| (kind(&it.path), it.because.as_str())).collect()
}

/// What comes back is the scenario, less what is said to be lost; and no more is lost the next time.
fn comes_back(scenario: &Scenario, format: ExportFormat) -> Result<(), TestCaseError> {
    let export = export_scenario(scenario, format);
    prop_assert_eq!(&export, &export_scenario(scenario, format), "the same each time");
    let after = imported(&export.text);
    let mut lost = Vec::new();
    let before = match format {
        ExportFormat::ServicesCsv => carried::normal(scenario.clone()),
        _ => carried::as_created(scenario.clone()),
    };
    let before = resources::json_of(&before);
    carried::compare(&before, &after, "", &mut lost);
    let said = said(&export);
    for path in lost {
        let kind = carried::without_numbers(&path);
        let is_said = said.iter().any(|(said, _)| *said == kind);
        prop_assert!(is_said, "{} is lost in {:?} and not said:\n{}", path, format, export.text);
    }
    let again = scenario::read(&after.to_string()).unwrap().scenario;
    let third = imported(&export_scenario(&again, format).text);
    prop_assert_eq!(&third, &after, "{:?} is not stable", format);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn scenarios_come_back_less_what_is_said(scenario in tame()) {
        for format in READ_BACK {
            comes_back(&scenario, format)?;
        }
    }

    #[test]
    fn a_scenario_is_carried_whole(scenario in wild()) {
        let export = export_scenario(&scenario, ExportFormat::Scenario);
        prop_assert_eq!(imported(&export.text), resources::json_of(&scenario));
    }

    #[test]
    fn a_link_carries_a_scenario_whole(scenario in wild()) {
        let link = link_of(&serde_json::to_value(&scenario).unwrap());
        prop_assert_eq!(imported(&link.fragment), resources::json_of(&scenario));
    }

    #[test]
    fn any_name_is_exported_as_something_that_is_read(scenario in wild()) {
        for format in CARRIED {
            let text = export_scenario(&scenario, format).text;
            let services = imported(&text)["services"].as_array().map_or(0, Vec::len);
            prop_assert_eq!(services, scenario.services.len(), "{:?}:\n{}", format, text);
        }
    }
}
