//! What the browser keeps for the user between visits: the scenario and the theme. Nothing else
//! leaves the page, and the page works where nothing may be kept.

use crate::theme::Theme;
use gloo::storage::{LocalStorage, Storage};
use serde_json::Value;

const SCENARIO: &str = "eniac.scenario";
const THEME: &str = "eniac.theme";

/// The scenario of the last visit.
pub fn kept_scenario() -> Option<Value> {
    LocalStorage::get(SCENARIO).ok()
}

/// Keeps `scenario`. A browser that keeps nothing is no reason to stop.
pub fn keep_scenario(scenario: &Value) {
    let _ = LocalStorage::set(SCENARIO, scenario);
}

/// The theme that was chosen, or the system's.
pub fn kept_theme() -> Theme {
    let word: Option<String> = LocalStorage::raw().get_item(THEME).ok().flatten();
    Theme::from_word(&word.unwrap_or_default())
}

/// Keeps `theme`, as a bare word: `start.js` reads it before the page is drawn.
pub fn keep_theme(theme: Theme) {
    let _ = match theme.word() {
        Some(word) => LocalStorage::raw().set_item(THEME, word),
        None => LocalStorage::raw().remove_item(THEME),
    };
}
