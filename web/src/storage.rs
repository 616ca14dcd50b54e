//! What the browser keeps for the user between visits: the scenario, the saved ones, the theme and
//! how long to look. Nothing else leaves the page, and the page works where nothing may be kept.

use crate::looking::Patience;
use crate::saved::entry::KeptImport;
use crate::theme::Theme;
use serde_json::Value;
use web_sys::Storage;

const SCENARIO: &str = "eniac.scenario";
const IMPORTED: &str = "eniac.imported";
const THEME: &str = "eniac.theme";
const PATIENCE: &str = "eniac.patience";
/// Before the name of each saved scenario. A key for each, so that two windows of the page do not
/// overwrite what the other has saved.
const SAVED: &str = "eniac.saved.";

/// Why something is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// The browser lets the page keep nothing.
    Refused,
    /// There is no room.
    Full,
}

impl NotKept {
    /// The sentence.
    pub fn says(self) -> &'static str {
        match self {
            Self::Refused => {
                "This browser lets the page keep nothing (a private window, or a setting)."
            }
            Self::Full => {
                "The browser's storage for this page is full: delete saved scenarios, or take this one as a file."
            }
        }
    }
}

/// Asking for it throws where the user has refused it.
fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

/// The scenario of the last visit.
pub fn kept_scenario() -> Option<Value> {
    serde_json::from_str(&kept(SCENARIO)?).ok()
}

/// Keeps `scenario`. A browser that keeps nothing is no reason to stop.
pub fn keep_scenario(scenario: &Value) -> Result<(), NotKept> {
    keep(SCENARIO, Some(&scenario.to_string()))
}

/// What the scenario of the last visit was imported from.
pub fn kept_import() -> Option<KeptImport> {
    serde_json::from_str(&kept(IMPORTED)?).ok()
}

/// Keeps what the scenario was imported from, where there is room for it; else nothing, so that no
/// scenario is taken for one of other files.
pub fn keep_import(imported: Option<&KeptImport>) {
    let text = imported.and_then(|imported| serde_json::to_string(imported).ok());
    if keep(IMPORTED, text.as_deref()).is_err() {
        let _ = keep(IMPORTED, None);
    }
}

/// The theme that was chosen, or the system's.
pub fn kept_theme() -> Theme {
    Theme::from_word(&kept(THEME).unwrap_or_default())
}

/// Keeps `theme`, as a bare word: `start.js` reads it before the page is drawn.
pub fn keep_theme(theme: Theme) {
    let _ = keep(THEME, theme.word());
}

/// How long to look after each change.
pub fn kept_patience() -> Patience {
    Patience::from_word(&kept(PATIENCE).unwrap_or_default())
}

/// Keeps `patience`.
pub fn keep_patience(patience: Patience) {
    let _ = keep(PATIENCE, patience.word());
}

/// The saved scenarios: names and texts.
pub fn saved() -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|place| storage.key(place).ok()?);
    let named = keys.filter_map(|key| {
        let name = key.strip_prefix(SAVED)?.to_owned();
        Some((name, storage.get_item(&key).ok()??))
    });
    named.collect()
}

/// Keeps `text` under the name of a saved scenario; `None` takes it away.
pub fn keep_saved(name: &str, text: Option<&str>) -> Result<(), NotKept> {
    keep(&format!("{SAVED}{name}"), text)
}

fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn keep(key: &str, text: Option<&str>) -> Result<(), NotKept> {
    let storage = storage().ok_or(NotKept::Refused)?;
    let done = match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    };
    done.map_err(|_| NotKept::Full)
}
