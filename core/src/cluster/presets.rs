//! Stories that people tell of scaling tasks and instances together, as told and as scenarios.

mod scaling;
mod settings;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A story: what is told of it, and the scenario that shows how it really goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Preset {
    /// Its name for scripts: `traffic-spike`.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// What is told, moment by moment; empty where nothing is.
    pub told: Vec<ToldMoment>,
    /// Where the telling goes wrong, and why.
    pub really: Vec<String>,
    /// The scenario, as JSON text.
    pub scenario: String,
}

/// A moment of a story as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct ToldMoment {
    /// When, in minutes from the start.
    pub minute: u32,
    /// How many instances are told of.
    pub instances: Option<u32>,
    /// How many tasks run.
    pub running: Option<u32>,
    /// How many tasks wait.
    pub waiting: Option<u32>,
    /// What the told formula gives, in percent.
    pub capacity_percent: Option<u32>,
    /// What is told, in our words.
    pub text: String,
}

/// A story as it is written down.
struct Story {
    id: &'static str,
    title: &'static str,
    summary: &'static str,
    told: &'static [Told],
    really: &'static [&'static str],
    scenario: &'static str,
}

/// A moment: when; instances, tasks that run, tasks that wait, and the told formula's percent; what
/// is told.
type Told = (u32, [Option<u32>; 4], &'static str);

/// All stories.
pub fn presets() -> Vec<Preset> {
    scaling::STORIES.iter().chain(settings::STORIES).map(Story::preset).collect()
}

impl Story {
    fn preset(&self) -> Preset {
        let told = self.told.iter().map(|(minute, figures, text)| {
            let [instances, running, waiting, capacity_percent] = *figures;
            let (minute, text) = (*minute, (*text).to_owned());
            ToldMoment { minute, instances, running, waiting, capacity_percent, text }
        });
        Preset {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            summary: self.summary.to_owned(),
            told: told.collect(),
            really: self.really.iter().map(|sentence| (*sentence).to_owned()).collect(),
            scenario: self.scenario.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;
    use crate::scenario::read;

    #[test]
    fn every_scenario_is_read_without_an_error() {
        let presets = presets();
        assert!(presets.len() >= 8);
        for preset in &presets {
            let reading = read(&preset.scenario).expect("a scenario");
            let grave = reading.diagnostics.iter().find(|it| it.severity == Severity::Error);
            assert_eq!(grave, None, "{}", preset.id);
            assert!(!reading.scenario.services.is_empty(), "{}", preset.id);
        }
    }

    #[test]
    fn stories_are_told_in_order_and_set_right() {
        let presets = presets();
        for (place, preset) in presets.iter().enumerate() {
            let same = |other: &Preset| other.id == preset.id || other.title == preset.title;
            assert!(!presets[..place].iter().any(same), "{}", preset.id);
            assert!(preset.told.is_sorted_by(|a, b| a.minute < b.minute), "{}", preset.id);
            assert!(!preset.really.is_empty(), "{}", preset.id);
            let name = |letter: char| letter.is_ascii_lowercase() || letter == '-' || letter == '2';
            assert!(preset.id.chars().all(name), "{}", preset.id);
        }
    }
}
