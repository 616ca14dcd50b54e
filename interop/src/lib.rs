//! Other tools' formats: what people have their services in, read into a scenario, and a scenario
//! and its plan written for other tools. Pure: text in, text out; nothing is executed or fetched.
//!
//! Each format has a reader that gives [`resource`]s in the words of the AWS API; [`assemble`] makes
//! one scenario of all of them. Exports go the same way back. What an import says of itself is in
//! [`account`].

mod account;
mod assemble;
mod cells;
mod export;
mod import;
mod input;
mod json;
mod link;
mod node;
mod read;
mod resource;
mod sizing;
mod taken;
mod terraform;
mod usage;
mod yaml;

pub use account::{MAX_NOTES, Note, NoteKind, Question};
pub use export::{ChangedFile, NotWritten, WriteBack, difference, write_back};
pub use export::{Export, ExportFormat, NotCarried, export_scenario, markdown, plan_csv};
pub use import::{FileRead, Format, Import, ImportSettings, MAX_RESOURCES, Origin, import};
pub use input::{ENDINGS, InputFile, MAX_FILE_BYTES, MAX_FILES, may_be_read};
pub use link::{Link, LinkError, SAFE_CHARACTERS, link_of, scenario_of};
pub use read::named_paths;
pub use sizing::{SeenStatistic, SizeSuggestion};
pub use usage::SizedResource;
