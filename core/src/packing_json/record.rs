//! One JSON object, field by field, with errors that name the field, its value and its limit.

use crate::nearest::did_you_mean;
use serde_json::{Map, Value};
use std::fmt;

/// More unknown fields than this are not told.
const MAX_WARNINGS: usize = 20;

/// Why a document cannot be read: one sentence that begins with the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The field: `services[0].cpu`; empty for the document as a whole.
    pub path: String,
    /// What stands there, what is needed, what to do.
    pub message: String,
}

impl Unreadable {
    pub(super) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.path, self.message)
        }
    }
}

impl std::error::Error for Unreadable {}

/// An object and where it stands. A `null` is an absent field.
pub(super) struct Record<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Record<'a> {
    /// The object at `path`, whose fields should all be among `known`; others become warnings.
    pub(super) fn new(
        path: String,
        value: &'a Value,
        known: &[&str],
        warnings: &mut Vec<String>,
    ) -> Result<Self, Unreadable> {
        let Value::Object(fields) = value else {
            let needed = known.join(", ");
            return Err(refused(&path, value, &format!("an object with {needed}")));
        };
        let record = Self { path, fields };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            if warnings.len() == MAX_WARNINGS {
                break;
            }
            let hint = did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("known here: {}", known.join(", ")));
            let field = record.at(&short(name));
            warnings.push(format!("{field} is no field here and is ignored; {hint}"));
        }
        Ok(record)
    }

    /// The path of a field.
    pub(super) fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// An error about a field: what stands there, and what is `needed`.
    pub(super) fn refuse(&self, name: &str, needed: &str) -> Unreadable {
        match self.get(name) {
            Some(value) => refused(&self.at(name), value, needed),
            None => Unreadable::new(
                self.at(name),
                format!("is missing and has no default: {needed} is needed here"),
            ),
        }
    }

    /// A whole number from `least` to `most`; `default` where it is absent.
    pub(super) fn whole(
        &self,
        name: &str,
        (least, most): (u64, u64),
        default: Option<u64>,
        unit: &str,
    ) -> Result<u64, Unreadable> {
        if let (None, Some(default)) = (self.get(name), default) {
            return Ok(default);
        }
        let number = self.get(name).and_then(whole).filter(|n| (least..=most).contains(n));
        let needed = || format!("a whole number from {least} to {most} ({unit})");
        number.ok_or_else(|| self.refuse(name, &needed()))
    }

    /// `false` where it is absent.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Unreadable> {
        match self.get(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(self.refuse(name, "true or false")),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<&'a str, Unreadable> {
        let text = self.get(name).and_then(Value::as_str);
        text.ok_or_else(|| self.refuse(name, "a text"))
    }

    /// A list of at most `most`.
    pub(super) fn list(&self, name: &str, most: usize) -> Result<&'a [Value], Unreadable> {
        let Some(Value::Array(list)) = self.get(name) else {
            return Err(self.refuse(name, "a list"));
        };
        if list.len() > most {
            let message =
                format!("has {} entries: at most {most} are packed; split it", list.len());
            return Err(Unreadable::new(self.at(name), message));
        }
        Ok(list)
    }
}

/// The number, if it is whole and not negative; `5.0` and `5e0` are 5.
pub(super) fn whole(value: &Value) -> Option<u64> {
    if let Some(number) = value.as_u64() {
        return Some(number);
    }
    // Below 2^53 a float that is whole is exact, and writes as it reads.
    let float = value.as_f64().filter(|it| (0.0..=9_007_199_254_740_991.0).contains(it))?;
    format!("{float}").parse().ok()
}

/// An error about a value: what stands there, and what is `needed`.
pub(super) fn refused(path: &str, value: &Value, needed: &str) -> Unreadable {
    let found = match value {
        Value::String(text) => format!("\"{}\"", short(text)),
        Value::Array(list) => format!("a list of {}", list.len()),
        Value::Object(_) => "an object".to_owned(),
        other => short(&other.to_string()),
    };
    Unreadable::new(path, format!("{found} stands here: {needed} is needed"))
}

/// A user's text, short enough for a sentence and for a terminal.
pub(super) fn short(text: &str) -> String {
    let kept: String = text.chars().filter(|it| !it.is_control()).take(40).collect();
    if kept.len() < text.len() { format!("{kept}…") } else { kept }
}
