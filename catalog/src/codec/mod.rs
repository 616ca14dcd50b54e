//! The packed form of a catalogue: writer and reader of one definition.
//!
//! ```text
//! "ENIAC" version:u8 directory-packed:u32 directory-raw:u32 checksum:u32   (little-endian)
//! directory        who is who: provenance, types' section, regions with their sections
//! instance types   one section
//! one section for each region, in the directory's order
//! ```
//!
//! Each part is postcard in a deflate stream of its own, so that a region is opened without the
//! others. The directory holds each section's CRC-32, and the header that of itself and of the
//! directory, all over the bytes as they stand, so that an altered byte is an error and never a
//! wrong price: a CRC misses no single wrong bit and no burst of up to 32 bits. Every length is
//! checked against what is there before anything is allocated.
//!
//! The writer is always compiled: where nothing calls it, the linker leaves it out.

mod forecast;
#[cfg(test)]
mod laws;
mod region;
mod types;

use crate::{CatalogError, InstanceType, Provenance, RegionCatalog};
use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

pub(crate) use region::RegionColumns;
pub(crate) use types::{OpenedTypes, TypeColumns};

const MAGIC: [u8; 5] = *b"ENIAC";
/// Counts up with every change of the format.
const VERSION: u8 = 2;
/// Mark, version and the directory's two lengths: what the header's checksum covers beside the
/// directory.
const LENGTHS_END: usize = MAGIC.len() + 1 + 4 + 4;
const HEADER_BYTES: usize = LENGTHS_END + 4;
/// No part of a catalogue comes near this; a length beyond it is corruption, not data.
const MAX_RAW_BYTES: u32 = 1 << 20;
const COMPRESSION_LEVEL: u8 = 10;
/// With the small table: 1 KB, where the fast one takes 16 KB of the wasm module.
const CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// All that a catalogue says, as its writer has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// In name order, each name once.
    pub types: Vec<InstanceType>,
    /// In name order, each name once; offers refer to `types` by place.
    pub regions: Vec<RegionCatalog>,
    /// In the order in which users see it.
    pub provenance: Vec<Provenance>,
}

/// A packed catalogue and what its parts take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// What [`Catalog::from_bytes`](crate::Catalog::from_bytes) opens.
    pub bytes: Vec<u8>,
    /// In the order in which they stand.
    pub parts: Vec<PartSize>,
}

/// What one part of a packed catalogue takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSize {
    /// `directory`, `instance types` or a region's name.
    pub name: String,
    /// Bytes before compression.
    pub raw_bytes: u32,
    /// Bytes as embedded.
    pub packed_bytes: u32,
}

/// Contents that the format cannot hold, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError(pub(crate) String);

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PackError {}

/// How long a part is, packed and unpacked, and the checksum of its packed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Section {
    packed_bytes: u32,
    raw_bytes: u32,
    /// Little-endian: as bytes it always takes four, as a number mostly five.
    checksum: [u8; 4],
}

/// The first part: what the others are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Directory {
    pub(crate) provenance: Vec<Provenance>,
    types: Section,
    regions: Vec<RegionEntry>,
}

/// One region in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RegionEntry {
    pub(crate) name: String,
    pub(crate) zones: Vec<String>,
    pub(crate) offers: u16,
    pub(crate) priced: u16,
    pub(crate) has_fargate: bool,
    section: Section,
}

/// A region's entry and where its part begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RegionPlace {
    pub(crate) entry: RegionEntry,
    start: usize,
}

/// The outer form of a catalogue, read; the regions still packed.
pub(crate) struct Outline {
    pub(crate) provenance: Vec<Provenance>,
    pub(crate) types: OpenedTypes,
    pub(crate) regions: Vec<RegionPlace>,
}

pub(crate) fn corrupt(part: &str, problem: &'static str) -> CatalogError {
    CatalogError::Corrupt { part: part.to_owned(), problem }
}

/// Packs a catalogue. The same contents give the same bytes.
pub fn pack(contents: &Contents) -> Result<Packed, PackError> {
    in_name_order("instance type", contents.types.iter().map(|t| t.name.as_str()))?;
    in_name_order("region", contents.regions.iter().map(|r| r.name.as_str()))?;
    let references = region::reference_prices(contents)?;
    let columns = TypeColumns::from_types(&contents.types, &references);
    let (types_bytes, types) = seal("instance types", &columns)?;
    let mut parts = vec![part("instance types", types)];
    let mut body = types_bytes;
    let mut entries = Vec::new();
    for region in &contents.regions {
        let columns = RegionColumns::from_region(region, &contents.types, &references)?;
        let (bytes, section) = seal(&region.name, &columns)?;
        body.extend(bytes);
        parts.push(part(&region.name, section));
        entries.push(RegionEntry {
            name: region.name.clone(),
            zones: region.zones.clone(),
            offers: count(region.offers.len()),
            priced: count(region.offers.values().filter(|o| o.on_demand.is_some()).count()),
            has_fargate: region.fargate.is_some(),
            section,
        });
    }
    let directory = Directory { provenance: contents.provenance.clone(), types, regions: entries };
    let (directory_bytes, directory) = seal("directory", &directory)?;
    parts.insert(0, part("directory", directory));

    let mut bytes = MAGIC.to_vec();
    bytes.push(VERSION);
    bytes.extend(directory.packed_bytes.to_le_bytes());
    bytes.extend(directory.raw_bytes.to_le_bytes());
    let checksum = checksum(&[&bytes, &directory_bytes]);
    bytes.extend(checksum);
    bytes.extend(directory_bytes);
    bytes.extend(body);
    Ok(Packed { bytes, parts })
}

fn in_name_order<'a>(kind: &str, names: impl Iterator<Item = &'a str>) -> Result<(), PackError> {
    let mut previous = "";
    for name in names {
        if name <= previous {
            return Err(PackError(format!("{kind} {name}: not after {previous:?} in name order")));
        }
        previous = name;
    }
    Ok(())
}

fn count(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

fn part(name: &str, section: Section) -> PartSize {
    let Section { packed_bytes, raw_bytes, .. } = section;
    PartSize { name: name.to_owned(), raw_bytes, packed_bytes }
}

/// The checksum of what stands in several places, as it stands in a catalogue.
fn checksum(pieces: &[&[u8]]) -> [u8; 4] {
    let mut digest = CRC.digest();
    for piece in pieces {
        digest.update(piece);
    }
    digest.finalize().to_le_bytes()
}

fn seal<T: Serialize>(part: &str, value: &T) -> Result<(Vec<u8>, Section), PackError> {
    let raw = postcard::to_allocvec(value).map_err(|e| PackError(format!("{part}: {e}")))?;
    let packed = compress_to_vec(&raw, COMPRESSION_LEVEL);
    let raw_bytes = u32::try_from(raw.len()).unwrap_or(u32::MAX);
    let packed_bytes = u32::try_from(packed.len()).unwrap_or(u32::MAX);
    if raw_bytes > MAX_RAW_BYTES || packed_bytes > MAX_RAW_BYTES {
        return Err(PackError(format!("{part}: {raw_bytes} bytes, at most {MAX_RAW_BYTES}")));
    }
    let checksum = checksum(&[&packed]);
    Ok((packed, Section { packed_bytes, raw_bytes, checksum }))
}

/// Reads the header: what its checksum covers of it, and what the directory is.
fn read_header(bytes: &[u8]) -> Result<(&[u8], Section), CatalogError> {
    let body = bytes.strip_prefix(&MAGIC).ok_or(CatalogError::NotACatalog)?;
    let (&version, lengths) = body.split_first().ok_or(CatalogError::NotACatalog)?;
    if version != VERSION {
        return Err(CatalogError::Version { found: version, readable: VERSION });
    }
    let cut_short = || corrupt("directory", "cut short");
    let (packed_bytes, rest) = lengths.split_first_chunk().ok_or_else(cut_short)?;
    let (raw_bytes, rest) = rest.split_first_chunk().ok_or_else(cut_short)?;
    let (checksum, _) = rest.split_first_chunk().ok_or_else(cut_short)?;
    let section = Section {
        packed_bytes: u32::from_le_bytes(*packed_bytes),
        raw_bytes: u32::from_le_bytes(*raw_bytes),
        checksum: *checksum,
    };
    Ok((bytes.get(..LENGTHS_END).unwrap_or_default(), section))
}

/// Reads everything but the regions' parts.
pub(crate) fn open(bytes: &[u8]) -> Result<Outline, CatalogError> {
    let (header, section) = read_header(bytes)?;
    let directory: Directory = unseal("directory", header, bytes, HEADER_BYTES, section)?;
    let types_start = end(HEADER_BYTES, section);
    let columns: TypeColumns = unseal("instance types", &[], bytes, types_start, directory.types)?;
    let types = columns.into_types()?;
    let mut start = end(types_start, directory.types);
    let mut regions: Vec<RegionPlace> = Vec::new();
    for entry in directory.regions {
        if regions.last().is_some_and(|last| last.entry.name >= entry.name) {
            return Err(corrupt("directory", "regions out of order"));
        }
        let after = end(start, entry.section);
        regions.push(RegionPlace { entry, start });
        start = after;
    }
    if start != bytes.len() {
        return Err(corrupt("directory", "its lengths do not add up to the bytes given"));
    }
    Ok(Outline { provenance: directory.provenance, types, regions })
}

/// Reads one region's part of the bytes from which `place` and `types` were read.
pub(crate) fn open_region(
    bytes: &[u8],
    place: &RegionPlace,
    types: &OpenedTypes,
) -> Result<RegionCatalog, CatalogError> {
    let RegionPlace { entry, start } = place;
    let columns: RegionColumns = unseal(&entry.name, &[], bytes, *start, entry.section)?;
    columns.into_region(&entry.name, &entry.zones, types)
}

/// Where a section ends. A sum beyond any length is as good as one: nothing is found there.
fn end(start: usize, section: Section) -> usize {
    start.saturating_add(usize::try_from(section.packed_bytes).unwrap_or(usize::MAX))
}

/// Reads a section; `header` is what stands before it and its checksum covers too.
fn unseal<T: DeserializeOwned>(
    part: &str,
    header: &[u8],
    bytes: &[u8],
    start: usize,
    section: Section,
) -> Result<T, CatalogError> {
    let packed = bytes.get(start..end(start, section)).ok_or_else(|| corrupt(part, "cut short"))?;
    if checksum(&[header, packed]) != section.checksum {
        return Err(corrupt(part, "altered, by its checksum"));
    }
    if section.raw_bytes > MAX_RAW_BYTES {
        return Err(corrupt(part, "longer than any part is"));
    }
    let length = usize::try_from(section.raw_bytes).unwrap_or(0);
    let mut raw = vec![0; length];
    match decompress_slice_iter_to_slice(&mut raw, std::iter::once(packed), false, true) {
        Ok(written) if written == length => {}
        _ => return Err(corrupt(part, "does not decompress")),
    }
    match postcard::take_from_bytes(&raw) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(corrupt(part, "goes on after its end")),
        Err(_) => Err(corrupt(part, "is not as this format has it")),
    }
}
