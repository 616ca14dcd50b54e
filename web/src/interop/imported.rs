//! Files that were given to be imported, and those that a scenario was made of.

use crate::interop::files::of_text;
use crate::saved::entry::KeptImport;
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
    /// What was supposed where the files say nothing, a line each.
    pub assumed: Vec<String>,
}

impl Imported {
    /// As it is kept with a saved scenario, where it is short enough.
    pub fn kept(&self) -> Option<KeptImport> {
        let texts = self.texts.as_ref()?;
        let files = self.files.iter().zip(texts);
        let files = files.map(|(file, text)| (file.name.clone(), text.clone())).collect();
        let (settings, assumed) = (self.settings.clone(), self.assumed.clone());
        Some(KeptImport { files, settings, assumed })
    }

    /// What was kept.
    pub fn restored(kept: &KeptImport) -> Option<Self> {
        let files = kept.files.iter().map(|(name, text)| of_text(name, text));
        Some(Self {
            files: files.collect::<Option<_>>()?,
            settings: kept.settings.clone(),
            texts: Some(kept.files.iter().map(|(_, text)| text.clone()).collect()),
            assumed: kept.assumed.clone(),
        })
    }
}
