//! What reports look like, for programs that read them: the JSON Schema of each kind.
//!
//! Made from the types that are written, so it cannot differ from them. Later versions may add
//! fields: the schemas allow others than those they name.

use super::{Outlook, PlacementReport, Report, Timeline};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// The JSON Schema of [`Report`], as JSON text.
pub fn schema() -> String {
    of::<Report>()
}

/// The JSON Schema of [`Outlook`], as JSON text.
pub fn outlook_schema() -> String {
    of::<Outlook>()
}

/// The JSON Schema of [`PlacementReport`], as JSON text.
pub fn placement_schema() -> String {
    of::<PlacementReport>()
}

/// The JSON Schema of [`Timeline`], as JSON text.
pub fn timeline_schema() -> String {
    of::<Timeline>()
}

/// As it is written, where that differs from what would be read.
fn of<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
