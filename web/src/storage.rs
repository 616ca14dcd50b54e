//! What the browser keeps for the user between visits: the scenario, the theme and how long to
//! look. Nothing else leaves the page, and the page works where nothing may be kept.

use crate::looking::Patience;
use crate::theme::Theme;
use gloo::storage::{LocalStorage, Storage};
use serde_json::Value;

const SCENARIO: &str = "eniac.scenario";
const THEME: &str = "eniac.theme";
const PATIENCE: &str = "eniac.patience";

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
    Theme::from_word(&kept_word(THEME))
}

/// Keeps `theme`, as a bare word: `start.js` reads it before the page is drawn.
pub fn keep_theme(theme: Theme) {
    keep_word(THEME, theme.word());
}

/// How long to look after each change.
pub fn kept_patience() -> Patience {
    Patience::from_word(&kept_word(PATIENCE))
}

/// Keeps `patience`.
pub fn keep_patience(patience: Patience) {
    keep_word(PATIENCE, patience.word());
}

fn kept_word(key: &str) -> String {
    let word: Option<String> = LocalStorage::raw().get_item(key).ok().flatten();
    word.unwrap_or_default()
}

fn keep_word(key: &str, word: Option<&str>) {
    let _ = match word {
        Some(word) => LocalStorage::raw().set_item(key, word),
        None => LocalStorage::raw().remove_item(key),
    };
}
