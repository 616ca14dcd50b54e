//! Names that users write: found, or answered with the nearest that there are.
//!
//! Distances are in thirds of a wrong letter, so that a near generation (`t3g` for `t4g`) can
//! weigh less than a lost attribute (`t3g` for `t3`), and both less than a wrong one (`t3a`).

use crate::{InstanceType, RegionError, RegionSummary, TypeId};
use std::fmt;
use strsim::osa_distance;

/// Letters of a name that are looked at and shown; no real name has half as many.
const LONGEST_NAME: usize = 40;
/// Names that an answer suggests at most.
const MOST_SUGGESTIONS: usize = 3;
const WRONG_LETTER: usize = 3;
/// Beyond three wrong letters, or half of a short name's, a name is another name.
const MOST_WRONG_LETTERS: usize = 3;
/// Suggestions are this much farther than the nearest, at most.
const FARTHER_THAN_NEAREST: usize = 1;

/// A name that the catalogue does not have, and the nearest that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What was looked for.
    pub kind: NameKind,
    /// As it was given: trimmed, cut where it is absurdly long.
    pub name: String,
    /// Nearest first; empty where nothing is near.
    pub nearest: Vec<String>,
}

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// An instance type.
    Type,
    /// A region.
    Region,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            NameKind::Type => "type",
            NameKind::Region => "region",
        };
        let name = if self.name.is_empty() { "(empty)" } else { &self.name };
        write!(f, "{name}: no such {kind}")?;
        if !self.nearest.is_empty() {
            write!(f, "; did you mean {}?", self.nearest.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownName {}

pub(crate) fn find_type(types: &[InstanceType], given: &str) -> Result<TypeId, UnknownName> {
    let (shown, name) = readable(given);
    let found = types.binary_search_by(|each| each.name.as_str().cmp(&name)).ok();
    if let Some(id) = found.and_then(|place| u16::try_from(place).ok()) {
        return Ok(TypeId(id));
    }
    let nearest = nearest_types(types, &name);
    Err(UnknownName { kind: NameKind::Type, name: shown, nearest })
}

/// The place in `regions`, which are in name order.
pub(crate) fn find_region(
    regions: &[RegionSummary<'_>],
    given: &str,
) -> Result<usize, RegionError> {
    let (shown, name) = readable(given);
    if let Ok(place) = regions.binary_search_by(|region| region.name.cmp(&name)) {
        return Ok(place);
    }
    for region in regions {
        let letter = name.strip_prefix(region.name).map(str::as_bytes);
        let is_zone_name = matches!(letter, Some([b'a'..=b'z']));
        if is_zone_name || region.zones.contains(&name) {
            let region = region.name.to_owned();
            return Err(RegionError::Zone { zone: shown, region });
        }
    }
    let all = regions.iter().map(|r| ((WRONG_LETTER * osa_distance(&name, r.name), 0), r.name));
    let nearest = nearest(&name, all, 0);
    Err(RegionError::UnknownName(UnknownName { kind: NameKind::Region, name: shown, nearest }))
}

/// The name to show and the name to look for.
fn readable(given: &str) -> (String, String) {
    // A name with letters to spare is surely unknown, so that cutting it hides nothing.
    let given = given.trim();
    let mut shown: String = given.chars().take(LONGEST_NAME).collect();
    shown = shown.replace(char::is_control, "\u{fffd}");
    if given.chars().nth(LONGEST_NAME).is_some() {
        shown.push('\u{2026}');
    }
    let name = shown.to_ascii_lowercase();
    (shown, name)
}

/// The nearest names by (distance, order among equals), nearest first, and those that are at most
/// `farther` than the nearest.
fn nearest<'a>(
    given: &str,
    names: impl Iterator<Item = ((usize, u32), &'a str)>,
    farther: usize,
) -> Vec<String> {
    let farthest =
        (WRONG_LETTER * given.chars().count() / 2).min(WRONG_LETTER * MOST_WRONG_LETTERS);
    let mut near: Vec<_> = names.filter(|((distance, _), _)| *distance <= farthest).collect();
    near.sort_unstable();
    let least = near.first().map_or(0, |((distance, _), _)| *distance);
    let near = near.iter().take_while(|((distance, _), _)| *distance <= least + farther);
    near.take(MOST_SUGGESTIONS).map(|(_, name)| (*name).to_owned()).collect()
}

fn nearest_types(types: &[InstanceType], name: &str) -> Vec<String> {
    let squeezed_name = squeezed(name);
    let split = name.split_once('.');
    let distance = |each: &InstanceType| {
        if squeezed(&each.name) == squeezed_name {
            return 1;
        }
        if let Some((family, size)) = split {
            return family_distance(family, each.family()) + size_distance(size, each.size());
        }
        // Without a dot it may be a family alone, or a name whose dot got lost.
        let family = 1 + family_distance(name, each.family());
        family.min(1 + WRONG_LETTER * osa_distance(&squeezed_name, &squeezed(&each.name)))
    };
    nearest(
        name,
        types.iter().map(|each| ((distance(each), each.vcpu), each.name.as_str())),
        FARTHER_THAN_NEAREST,
    )
}

/// `t4gsmall` of `t4g.small` and `T4G-small`.
fn squeezed(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn family_distance(given: &str, family: &str) -> usize {
    if given == family {
        return 0;
    }
    // Swapped and stray letters, seen without regard to what the letters mean.
    let letters = match osa_distance(given, family) {
        1 if same_letters(given, family) => 2,
        distance => WRONG_LETTER * distance + 2,
    };
    let (Some(given), Some(family)) = (FamilyName::of(given), FamilyName::of(family)) else {
        return letters;
    };
    let class = WRONG_LETTER * osa_distance(given.class, family.class);
    let generation = 2 * usize::from(given.generation.abs_diff(family.generation));
    let attributes = attribute_distance(given.attributes, family.attributes);
    letters.min(class + generation + attributes)
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// An attribute lost or added is one wrong letter; one taken for another says something else of
/// the hardware.
fn attribute_distance(given: &str, attributes: &str) -> usize {
    let lost = given.starts_with(attributes) || attributes.starts_with(given);
    let wrong = WRONG_LETTER * osa_distance(given, attributes);
    if lost { wrong } else { wrong + 2 }
}

fn size_distance(given: &str, size: &str) -> usize {
    // `metal` means `metal-24xl` where that is what there is.
    if size.strip_prefix(given).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
        return 0;
    }
    let xlarge = |size: &str| match size.strip_suffix("xlarge")? {
        "" => Some(1),
        count => count.parse::<u16>().ok(),
    };
    if let (Some(given), Some(size)) = (xlarge(given), xlarge(size)) {
        let larger = usize::from(given.max(size)).max(1);
        return WRONG_LETTER + 5 * usize::from(given.abs_diff(size)) / larger;
    }
    WRONG_LETTER * osa_distance(given, size)
}

/// `t`, 4 and `g` of `t4g`.
struct FamilyName<'a> {
    class: &'a str,
    generation: u8,
    attributes: &'a str,
}

impl<'a> FamilyName<'a> {
    fn of(family: &'a str) -> Option<Self> {
        let (class, rest) = family.split_at_checked(family.find(|c: char| c.is_ascii_digit())?)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (generation, attributes) = rest.split_at_checked(end)?;
        Some(Self { class, generation: generation.parse().ok()?, attributes })
    }
}
