//! What can go wrong when a catalogue or one of its regions is opened.

use crate::UnknownName;
use std::fmt;

/// Bytes that are not a catalogue this crate can open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogError {
    /// The bytes do not begin as a catalogue does.
    NotACatalog,
    /// A catalogue in a format of another version.
    Version {
        /// The version that the bytes name.
        found: u8,
        /// The version that this crate reads.
        readable: u8,
    },
    /// A part is cut short, altered, or says what cannot be.
    Corrupt {
        /// `directory`, `instance types` or a region's name.
        part: String,
        /// What was found to be wrong.
        problem: &'static str,
    },
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACatalog => {
                f.write_str("not a catalogue: write one with `cargo xtask catalog --out FILE`")
            }
            Self::Version { found, readable } => write!(
                f,
                "catalogue format {found}, but only format {readable} can be read: \
                 write it again with this version's `cargo xtask catalog --out FILE`"
            ),
            Self::Corrupt { part, problem } => write!(
                f,
                "corrupt catalogue: {part}: {problem}; \
                 write it again with `cargo xtask catalog --out FILE`"
            ),
        }
    }
}

impl std::error::Error for CatalogError {}

/// Why a region cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegionError {
    /// No region has the name.
    UnknownName(UnknownName),
    /// The name is that of a zone: `us-east-1a`, `use1-az1`.
    Zone {
        /// The zone, as it was given.
        zone: String,
        /// The region that has it.
        region: String,
    },
    /// The catalogue holds the region, but its part of the bytes is corrupt.
    Corrupt(CatalogError),
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName(unknown) => unknown.fmt(f),
            Self::Zone { zone, region } => {
                write!(f, "{zone}: a zone, not a region; its region is {region}")
            }
            Self::Corrupt(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RegionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::UnknownName(unknown) => Some(unknown),
            Self::Zone { .. } => None,
            Self::Corrupt(error) => Some(error),
        }
    }
}
