//! A whole scenario as the fragment of a URL, which no browser sends to a server, and back.
//!
//! Version 1: `eniac1.` and, in base64url without padding: how many bytes follow the header, their
//! CRC-32 (both four bytes, the least first), and the scenario's JSON without its defaults, deflated.
//! Later versions read it for ever; `interop/tests/links/` keeps some to hold them to it.

mod defaults;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::fmt;

/// The version that is written.
const VERSION: &str = "1";

/// Before the version.
const NAME: &str = "eniac";

/// A fragment of up to so many characters arrives. Browsers take far more; but mail and chat programs
/// check and rewrite links through servers of theirs, and servers by default refuse lines above 8 KiB
/// (Apache's `LimitRequestLine` 8190, nginx's `large_client_header_buffers` 8k). What is longer should
/// be given as a file.
pub const SAFE_CHARACTERS: usize = 8_000;

/// The JSON in a link may be this long: what inflates to more is no scenario of a person's.
const MAX_JSON_BYTES: usize = 4 << 20;

/// A link may be this long: as much as [`MAX_JSON_BYTES`] that do not compress.
const MAX_CHARACTERS: usize = 6 << 20;

/// The length and the checksum.
const HEADER_BYTES: usize = 8;

/// The highest compression that `miniz_oxide` has by a level.
const COMPRESSION: u8 = 10;

static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// A scenario as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What follows the page's address, `#` included.
    pub fragment: String,
    /// How many characters it has, `#` included.
    pub characters: usize,
    /// Whether it has at most [`SAFE_CHARACTERS`]; else a file is the better way.
    pub is_safe: bool,
}

/// Why a text is not a link that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// There is no link of eniac's in it.
    NoLink,
    /// It was made by a version that this one does not know.
    UnknownVersion(String),
    /// Its end is missing.
    CutOff {
        /// How many bytes are there.
        has: usize,
        /// How many there should be.
        needs: usize,
    },
    /// Something in it was changed.
    Damaged,
    /// What it carries is longer than any scenario.
    TooLong,
    /// It arrived whole, and what it carries is no scenario.
    NoScenario(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLink => {
                f.write_str("this is no link of eniac's: its fragment begins with #eniac1.")
            }
            Self::UnknownVersion(version) => write!(
                f,
                "the link is of version {version}; this eniac reads version {VERSION}. Was it made \
                 by a later one?"
            ),
            Self::CutOff { has, needs } => write!(
                f,
                "the link is cut off: {has} of its {needs} bytes are there. Copy it again as a \
                 whole, or ask for the scenario as a file"
            ),
            Self::Damaged => f.write_str(
                "the link is damaged: its checksum does not match. Copy it again as a whole, or \
                 ask for the scenario as a file",
            ),
            Self::TooLong => write!(
                f,
                "the link carries more than {} MiB, which no scenario has",
                MAX_JSON_BYTES >> 20
            ),
            Self::NoScenario(why) => {
                write!(f, "the link is whole, but carries no scenario: {why}")
            }
        }
    }
}

impl std::error::Error for LinkError {}

/// The link that carries a scenario. Fields at their defaults are left out; all else is as it was
/// given, also what the planner will refuse.
pub fn link_of(scenario: &Json) -> Link {
    let text = defaults::without(scenario).to_string();
    let deflated = compress_to_vec(text.as_bytes(), COMPRESSION);
    let length = u32::try_from(deflated.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEADER_BYTES + deflated.len());
    bytes.extend(length.to_le_bytes());
    bytes.extend(CRC.checksum(&deflated).to_le_bytes());
    bytes.extend(deflated);
    let fragment = format!("#{NAME}{VERSION}.{}", URL_SAFE_NO_PAD.encode(bytes));
    let characters = fragment.len();
    Link { fragment, characters, is_safe: characters <= SAFE_CHARACTERS }
}

/// The scenario of a link: of a fragment, of a whole URL, or of a text with one in it. Line breaks
/// that a mail program put into the link are passed over.
pub fn scenario_of(link: &str) -> Result<Json, LinkError> {
    let (version, payload) = parts(link).ok_or(LinkError::NoLink)?;
    if version != VERSION {
        return Err(LinkError::UnknownVersion(version.to_owned()));
    }
    let deflated = whole(payload)?;
    let limited = decompress_to_vec_with_limit(&deflated, MAX_JSON_BYTES);
    let bytes = limited.map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLong,
        _ => LinkError::Damaged,
    })?;
    let no_scenario = |why: String| LinkError::NoScenario(why);
    let text = std::str::from_utf8(&bytes).map_err(|error| no_scenario(error.to_string()))?;
    eniac_core::scenario::read(text).map_err(|error| no_scenario(error.to_string()))?;
    serde_json::from_str(text).map_err(|error| no_scenario(error.to_string()))
}

/// Whether a link of any version is in the text.
pub(crate) fn is_in(text: &str) -> bool {
    parts(text).is_some()
}

/// The version and the payload of the first link in a text, the payload with what follows it.
fn parts(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start().trim_start_matches(['<', '"', '\'', '`']);
    let begins = |mark: &str| {
        text.match_indices(mark).find_map(|(place, _)| version(text.get(place + mark.len()..)?))
    };
    version(text).or_else(|| begins("#")).or_else(|| begins("%23"))
}

/// The version and the payload, of a text that begins with them.
fn version(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(NAME)?;
    let (version, payload) = rest.split_once('.')?;
    let is_number =
        (1..=9).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((version, payload))
}

/// The deflated bytes, if they are all there and as they were.
fn whole(payload: &str) -> Result<Vec<u8>, LinkError> {
    let is_ours = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut characters: Vec<u8> = payload
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take_while(is_ours)
        .take(MAX_CHARACTERS)
        .collect();
    // Four characters hold three bytes; one alone holds none.
    let header = characters
        .get(..12)
        .ok_or(LinkError::CutOff { has: characters.len() * 3 / 4, needs: HEADER_BYTES })?;
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| LinkError::Damaged)?;
    let field =
        |place: usize| header.get(place..place + 4)?.try_into().ok().map(u32::from_le_bytes);
    let (Some(length), Some(checksum)) = (field(0), field(4)) else {
        return Err(LinkError::Damaged);
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let needs = HEADER_BYTES.saturating_add(length);
    let has = characters.len() * 3 / 4;
    if has < needs {
        return Err(LinkError::CutOff { has, needs });
    }
    characters.truncate(needs.saturating_mul(4).div_ceil(3));
    let bytes = URL_SAFE_NO_PAD.decode(&characters).map_err(|_| LinkError::Damaged)?;
    let deflated = bytes.get(HEADER_BYTES..).unwrap_or_default();
    if CRC.checksum(deflated) != checksum {
        return Err(LinkError::Damaged);
    }
    Ok(deflated.to_vec())
}

#[cfg(test)]
mod tests;
