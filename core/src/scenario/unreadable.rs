//! Why a text is no scenario at all, in a sentence.

use super::VERSION;
use super::reading::MAX_TEXT;
use std::fmt;

/// A text that is no scenario at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Longer than any scenario.
    TooLong {
        /// How long it is, in bytes.
        bytes: usize,
    },
    /// Not JSON.
    NotJson {
        /// Where it stops to be JSON, counted from 1.
        line: usize,
        /// Where it stops to be JSON, counted from 1.
        column: usize,
        /// Why.
        reason: String,
    },
    /// JSON, but no object.
    NotAnObject,
    /// Written for a format that this version does not know.
    UnknownVersion(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(f, "the scenario has {bytes} bytes; at most {MAX_TEXT} are read")
            }
            Self::NotJson { line, column, reason } => {
                write!(f, "the scenario is not JSON: {reason} (line {line}, column {column})")
            }
            Self::NotAnObject => f.write_str(
                "the scenario is JSON, but not an object: it must begin with { and have \"services\"",
            ),
            Self::UnknownVersion(version) => write!(
                f,
                "version: {version} is not known; this eniac reads version {VERSION}. Was the \
                 scenario written by a later one?"
            ),
        }
    }
}

impl std::error::Error for Unreadable {}
