//! A scenario as text for people: what is written out, and what is said of a text that comes in.

use crate::document;
use crate::field::severity_class;
use eniac_core::Severity;
use eniac_core::scenario::read;
use serde_json::Value;

/// At most so many findings are listed; the page shows the rest after the scenario was taken.
const MOST_FINDINGS: usize = 6;

/// The document as JSON text: in the order of the format where all of it can be read, as it is
/// where something cannot, so that nothing typed is lost.
pub fn exported(document: &Value) -> String {
    let raw = document.to_string();
    let tidy = read(&raw).ok().filter(|reading| reading.diagnostics.is_empty());
    let text = match tidy {
        Some(reading) => serde_json::to_string_pretty(&reading.scenario),
        None => serde_json::to_string_pretty(document),
    };
    text.unwrap_or(raw)
}

/// What is said of a text.
pub struct Checked {
    /// The scenario, if it is one.
    pub scenario: Option<Value>,
    /// Findings: class and sentence.
    pub says: Vec<(&'static str, String)>,
}

/// Reads `text` as a scenario.
pub fn checked(text: &str) -> Checked {
    let reading = match read(text) {
        Ok(reading) => reading,
        Err(why) => return Checked { scenario: None, says: vec![("error", why.to_string())] },
    };
    let mut says: Vec<(&'static str, String)> = reading
        .diagnostics
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| {
            (severity_class(finding.severity), format!("{}: {}", finding.path, finding.message))
        })
        .collect();
    if says.len() > MOST_FINDINGS {
        let more = says.len() - MOST_FINDINGS;
        says.truncate(MOST_FINDINGS);
        says.push(("note", format!("and {more} more")));
    }
    let text = text.trim_start_matches('\u{feff}');
    Checked { scenario: serde_json::from_str(text).ok(), says }
}

/// A file name made of the scenario's name.
pub fn file_name(document: &Value) -> String {
    let name = document::text(document, "name");
    let mut plain = String::new();
    for letter in name.chars().take(60) {
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        } else if !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "scenario.json".to_owned() } else { format!("{plain}.json") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::example;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_again() {
        let text = exported(&example());
        assert!(text.find("\"version\"") < text.find("\"services\""));
        let again = checked(&text);
        assert!(again.says.is_empty());
        assert_eq!(read(&text), read(&example().to_string()));
        assert_eq!(exported(&again.scenario.unwrap()), text);
    }

    #[test]
    fn what_cannot_be_read_is_written_as_it_is() {
        let text = exported(&json!({ "zones": "many" }));
        assert!(text.contains("many"));
        assert_eq!(checked(&text).says.first().map(|(class, _)| *class), Some("error"));
        assert!(checked("{").scenario.is_none());
        assert!(checked("[]").scenario.is_none());
    }

    #[test]
    fn file_names_are_plain() {
        for (name, expected) in [
            ("30 small tasks", "30-small-tasks.json"),
            ("", "scenario.json"),
            ("a/../b", "a-b.json"),
        ] {
            assert_eq!(file_name(&json!({ "name": name })), expected);
        }
    }
}
