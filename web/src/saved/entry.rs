//! A saved scenario as it is kept: with the date, and with what it cost then. Pure.

use crate::document;
use eniac_interop::ImportSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version of the format in which entries are kept.
const VERSION: u32 = 1;

/// A saved scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    version: u32,
    /// When it was saved, as ISO 8601 in UTC.
    pub saved_at: String,
    /// What the predicted fleet cost a month, or the cheapest where nothing is predicted; absent
    /// where that was not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micro_usd_per_month: Option<u64>,
    /// The scenario. Its name is the one under which it is kept.
    pub scenario: Value,
    /// What it was imported from, where that is short enough to be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<KeptImport>,
}

/// The files of an import, as they are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptImport {
    /// The files: names and texts.
    pub files: Vec<(String, String)>,
    /// What the user said beside them.
    pub settings: ImportSettings,
    /// What was supposed where they say nothing, a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
}

impl Entry {
    /// `scenario` as it is saved at `saved_at`.
    pub fn new(scenario: Value, saved_at: String, micro_usd_per_month: Option<u64>) -> Self {
        Self { version: VERSION, saved_at, micro_usd_per_month, scenario, imported: None }
    }

    /// The same with what it was imported from.
    #[must_use]
    pub fn with_import(self, imported: Option<KeptImport>) -> Self {
        Self { imported, ..self }
    }

    /// The entry of a text that was kept; `None` for one that this version cannot read.
    pub fn read(text: &str) -> Option<Self> {
        let entry: Self = serde_json::from_str(text).ok()?;
        (entry.version == VERSION && entry.scenario.is_object()).then_some(entry)
    }

    /// The text to keep.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same under another name.
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        let mut entry = self.clone();
        document::set(&mut entry.scenario, "name", Some(Value::from(name)));
        entry
    }

    /// How many services it has.
    pub fn services(&self) -> usize {
        document::len(&self.scenario, "services")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_kept_is_read_again_and_what_is_none_is_not() {
        let entry = Entry::new(json!({ "name": "a", "services": [{}] }), "2026".into(), Some(7));
        assert_eq!(Entry::read(&entry.written()), Some(entry.clone()));
        let files = vec![("main.tf".into(), "\u{feff}a = 1".into())];
        let with_import = entry.clone().with_import(Some(KeptImport {
            files,
            settings: ImportSettings::default(),
            assumed: vec!["main.tf: no region".into()],
        }));
        assert_eq!(Entry::read(&with_import.written()), Some(with_import));
        assert_eq!(entry.services(), 1);
        assert_eq!(entry.named("b").scenario["name"], "b");
        for broken in ["", "{}", "[1]", r#"{"version":2,"savedAt":"","scenario":{}}"#] {
            assert_eq!(Entry::read(broken), None, "{broken}");
        }
    }
}
