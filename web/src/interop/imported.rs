//! Files that were given to be imported, and those that a scenario was made of.

use eniac_interop::ImportSettings;
use web_sys::Blob;

/// A file: its content stays the browser's until the worker reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// What is in it.
    pub content: Blob,
}

/// What a scenario was imported from.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The files.
    pub files: Vec<Given>,
    /// What the user said beside them.
    pub settings: ImportSettings,
    /// The files as text, where they are short enough to be kept with a saved scenario.
    pub texts: Option<Vec<String>>,
}
