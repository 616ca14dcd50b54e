//! Where each part of the catalogue comes from, and as of when.

use serde::{Deserialize, Serialize};

/// The origin of one part of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provenance {
    /// What it covers: `On-Demand prices`.
    pub part: String,
    /// The day the figures are as of, or as much of it as is known: `2026-02-07`, `2023`.
    pub as_of: String,
    /// What they were compiled from.
    pub source: String,
    /// The licence of that source.
    pub licence: String,
}
