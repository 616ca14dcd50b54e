//! JSON text into a scenario: what can be read is kept, what cannot is named.
//!
//! A bad value is cut out of the JSON and the rest read again, so that one reading names every
//! problem. A service or daemon with a bad value is left out whole: planning it without the value
//! would plan something else than was asked for. A bad capacity rule or price is left out alone.

use super::value_reader::{Problem, Step, from_value};
use super::{Daemon, Scenario, Service, Unreadable, VERSION};
use crate::diagnostic::{Diagnostic, Severity};
use crate::nearest::did_you_mean;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// More services than this are not read: clusters have some hundreds, and ECS takes 5000.
pub const MAX_SERVICES: usize = 1000;

/// More daemons than this are not read.
const MAX_DAEMONS: usize = 200;

/// More problems than this are not listed.
pub const MAX_DIAGNOSTICS: usize = 100;

/// A scenario's text may be this long, in bytes.
pub(super) const MAX_TEXT: usize = 16 << 20;

/// A scenario as far as it could be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// What could be read.
    pub scenario: Scenario,
    /// For each of `scenario.services`, its place in the user's list.
    pub service_rows: Vec<usize>,
    /// For each of `scenario.daemons`, its place in the user's list.
    pub daemon_rows: Vec<usize>,
    /// Of each service that could not be read, its place in the user's list and its name.
    pub unread_services: Vec<(usize, String)>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// The service of a row of the user's list.
    pub(crate) fn service_in_row(&self, row: usize) -> Option<&Service> {
        let place = self.service_rows.iter().position(|it| *it == row)?;
        self.scenario.services.get(place)
    }
}

impl From<Scenario> for Reading {
    fn from(scenario: Scenario) -> Self {
        Self {
            service_rows: (0..scenario.services.len()).collect(),
            daemon_rows: (0..scenario.daemons.len()).collect(),
            scenario,
            unread_services: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// Reads a scenario. Only a text that is no scenario at all is an error.
pub fn read(text: &str) -> Result<Reading, Unreadable> {
    if text.len() > MAX_TEXT {
        return Err(Unreadable::TooLong { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).map_err(|error| Unreadable::NotJson {
        line: error.line(),
        column: error.column(),
        reason: comment_at(text, error.line(), error.column()).unwrap_or_else(|| {
            // serde_json ends its sentence with the place, which has fields of its own here.
            error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
        }),
    })?;
    let Value::Object(mut fields) = value else { return Err(Unreadable::NotAnObject) };
    if let Some(version) = fields.remove("version").filter(|version| !is_known(version)) {
        return Err(Unreadable::UnknownVersion(shown(&version)));
    }

    let mut problems = Problems::default();
    let (services, unread_services) =
        rows::<Service>(&mut fields, "services", MAX_SERVICES, &mut problems);
    let (daemons, _) = rows::<Daemon>(&mut fields, "daemons", MAX_DAEMONS, &mut problems);
    let rest = pruned::<Scenario>(Value::Object(fields), "", &mut problems);

    let (service_rows, services) = services.into_iter().unzip();
    let (daemon_rows, daemons) = daemons.into_iter().unzip();
    let scenario = Scenario { services, daemons, ..rest.unwrap_or_default() };
    Ok(Reading {
        scenario,
        service_rows,
        daemon_rows,
        unread_services,
        diagnostics: problems.listed,
    })
}

/// What to say where a comment is the reason why a text is not JSON: no comment may stand up to
/// the place where that ends, both counted from 1.
fn comment_at(text: &str, line: usize, column: usize) -> Option<String> {
    let text = text.lines().nth(line.checked_sub(1)?)?;
    let (mut in_string, mut escaped) = (false, false);
    for (place, character) in text.char_indices().take_while(|(place, _)| *place < column) {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        let rest = text.get(place..).unwrap_or_default();
        let begins = ["//", "/*", "#"].into_iter().find(|begins| rest.starts_with(begins));
        if let Some(begins) = begins {
            return Some(format!(
                "JSON has no comments: take out what begins with {begins} in line {line}"
            ));
        }
        in_string = character == '"';
    }
    None
}

/// Stands where a list of diagnostics was cut off.
pub(crate) fn more_diagnostics() -> Diagnostic {
    let message = format!("there are more problems; the first {MAX_DIAGNOSTICS} are listed");
    Diagnostic::note("scenario.moreProblems", "", message)
}

/// 1, also as `"1"` or 1.0; null is no version.
fn is_known(version: &Value) -> bool {
    match version {
        Value::Null => true,
        Value::String(text) => text.trim() == VERSION.to_string(),
        number => number.as_f64() == Some(f64::from(VERSION)),
    }
}

/// The problems found so far, of which only so many are listed.
#[derive(Default)]
struct Problems {
    listed: Vec<Diagnostic>,
    errors: usize,
}

impl Problems {
    fn add(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        if self.listed.len() < MAX_DIAGNOSTICS {
            self.listed.push(diagnostic);
        } else if self.listed.len() == MAX_DIAGNOSTICS {
            self.listed.push(more_diagnostics());
        }
    }

    fn is_about(&self, path: &str) -> bool {
        self.listed.iter().any(|diagnostic| diagnostic.path == path)
    }
}

/// A place in the user's list, and what is there.
type Row<T> = (usize, T);

/// The rows of a list that can be read, `most` of them, each with its place in the list; and the
/// places and names of the others.
fn rows<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    list: &str,
    most: usize,
    problems: &mut Problems,
) -> (Vec<Row<T>>, Vec<Row<String>>) {
    let values = match fields.remove(list) {
        None | Some(Value::Null) => return Default::default(),
        Some(Value::Array(values)) => values,
        Some(other) => {
            let message = format!("{} stands here: a list of {list} is needed", shown(&other));
            problems.add(Diagnostic::error("scenario.refused", list, message));
            return Default::default();
        }
    };
    if values.len() > most {
        let message =
            format!("{} rows: at most {most} are planned, the others are left out", values.len());
        problems.add(Diagnostic::error("scenario.tooManyRows", list, message));
    }
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    for (row, value) in values.into_iter().enumerate() {
        let name = value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let errors_before = problems.errors;
        let kept = (row < most).then(|| pruned::<T>(value, &format!("{list}[{row}]"), problems));
        match kept.flatten().filter(|_| problems.errors == errors_before) {
            Some(kept) => read.push((row, kept)),
            None => unread.push((row, name)),
        }
    }
    (read, unread)
}

/// Reads a value, cutting out what cannot be read; `None` when nothing is left to read.
fn pruned<T: DeserializeOwned>(
    mut value: Value,
    prefix: &str,
    problems: &mut Problems,
) -> Option<T> {
    // Each turn reads all of the value again: a list of nothing but problems is not worth that.
    for turn in 0..=2 * MAX_DIAGNOSTICS {
        let error = match from_value::<T>(&value) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        let mut path = error.path();
        let at = shown_path(prefix, &path);
        match &error.problem {
            Problem::UnknownField { field, known } => {
                problems.add(unknown_field(&at, field, known));
                path.push(Step::Field(field.clone()));
            }
            Problem::MissingField(field) => {
                let missing = join(&at, field);
                if !problems.is_about(&missing) {
                    let message = format!("{field} is missing and has no default");
                    problems.add(Diagnostic::error("scenario.missing", missing, message));
                }
            }
            Problem::UnknownWord { word, known } => {
                problems.add(unknown_word(&at, word, known, prefix));
            }
            Problem::Refused(why) => {
                let message = format!("{why}{}", consequence(prefix));
                let refused = Diagnostic::error("scenario.refused", at, message);
                problems.add(match value_at(&value, &path) {
                    Some(Value::Array(_) | Value::Object(_)) | None => refused,
                    Some(found) => refused.with_value(shown(found)),
                });
            }
        }
        if turn >= MAX_DIAGNOSTICS && path.len() > 1 {
            // Enough of it: what the value is part of goes too, and what stands beside that stays.
            path.pop();
        }
        if !cut(&mut value, &path) {
            return None;
        }
    }
    let message = "has too many problems to be read further, and is left out whole";
    problems.add(Diagnostic::error("scenario.tooManyProblems", prefix, message));
    None
}

/// What follows from a value that cannot be read: a service or a daemon is left out, anything else
/// falls back to its default.
fn consequence(prefix: &str) -> &'static str {
    match prefix {
        "" => "; planned without it",
        _ if prefix.starts_with("daemons") => "; this daemon is left out until it is mended",
        _ => "; this service is left out until it is mended",
    }
}

fn unknown_field(at: &str, field: &str, known: &[&str]) -> Diagnostic {
    let hint = did_you_mean(field, known.iter().copied())
        .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
    let message = format!("{} is no field here and is ignored; {hint}", shown_text(field));
    Diagnostic::warning("scenario.unknownField", join(at, field), message)
}

fn unknown_word(at: &str, word: &str, known: &[&str], prefix: &str) -> Diagnostic {
    let hint = did_you_mean(word, known.iter().copied())
        .map(|hint| format!("; {hint}"))
        .unwrap_or_default();
    let message = format!(
        "{} is not known here: one of {} is needed{hint}{}",
        shown_text(word),
        known.join(", "),
        consequence(prefix)
    );
    Diagnostic::error("scenario.unknownWord", at, message).with_value(shown_text(word))
}

/// Takes the value at `path` out; `false` when `path` is the whole value.
fn cut(value: &mut Value, path: &[Step]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let Some(parent) = value_at_mut(value, parents) else { return false };
    match (parent, last) {
        (Value::Object(fields), Step::Field(name)) => fields.remove(name).is_some(),
        (Value::Array(values), Step::Index(index)) => values
            .get_mut(*index)
            // Not removed, so that the places of the others stay what the user counts.
            .is_some_and(|value| !std::mem::replace(value, Value::Null).is_null()),
        _ => false,
    }
}

fn value_at<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Index(index) => value.get(index),
    })
}

fn value_at_mut<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Index(index) => value.get_mut(index),
    })
}

fn shown_path(prefix: &str, path: &[Step]) -> String {
    path.iter().fold(prefix.to_owned(), |shown, step| match step {
        Step::Field(name) => join(&shown, name),
        Step::Index(index) => format!("{shown}[{index}]"),
    })
}

fn join(path: &str, field: &str) -> String {
    let field = shown_text(field);
    if path.is_empty() { field } else { format!("{path}.{field}") }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => shown_text(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => shown_text(&other.to_string()),
    }
}

/// A user's text, short enough for a sentence.
fn shown_text(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_named() {
        for (text, line, begins) in [
            ("{\n  \"zones\": 3 // three\n}", 2, Some("//")),
            ("{ # none\n  \"zones\": 3\n}", 1, Some("#")),
            ("{ \"zones\": 3, /* three */ \"services\": [] }", 1, Some("/*")),
            ("// all\n{}", 1, Some("//")),
            ("{ \"name\": \"a # b \\\" // c\" \"zones\": 3 }", 1, None),
            ("{ \"zones\" 3 } // late", 1, None),
        ] {
            let Err(Unreadable::NotJson { line: told, reason, .. }) = read(text) else {
                panic!("{text} is read");
            };
            assert_eq!(told, line, "{text}");
            let wanted = begins.map(|it| {
                format!("JSON has no comments: take out what begins with {it} in line {line}")
            });
            assert_eq!(wanted.is_some(), reason.starts_with("JSON has no comments"), "{reason}");
            assert!(wanted.is_none_or(|wanted| wanted == reason), "{reason}");
        }
        assert!(read("{ \"name\": \"http://x/#y\" }").is_ok());
    }
}
