//! Which region a location is in, told from its name alone.

/// A location of `DescribeInstanceTypeOfferings`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `us-east-1`
    Region,
    /// `use1-az1`
    ZoneId { region: String },
    /// `us-east-1a`
    ZoneName { region: String },
    /// A Local Zone, a Wavelength Zone, an Outpost.
    Elsewhere,
}

/// The parts of a zone id that stand for the middle of a region's name.
const DIRECTIONS: [(&str, &str); 9] = [
    ("n", "north"),
    ("ne", "northeast"),
    ("e", "east"),
    ("se", "southeast"),
    ("s", "south"),
    ("sw", "southwest"),
    ("w", "west"),
    ("nw", "northwest"),
    ("c", "central"),
];

pub(super) fn place(location: &str) -> Place {
    if let Some(region) = region_of_zone_id(location) {
        return Place::ZoneId { region };
    }
    if is_region(location) {
        return Place::Region;
    }
    match location.strip_suffix(|c: char| c.is_ascii_lowercase()) {
        Some(region) if is_region(region) => Place::ZoneName { region: region.to_owned() },
        _ => Place::Elsewhere,
    }
}

/// `us-east-1` of `use1-az1`, `us-gov-west-1` of `usgw1-az2`.
fn region_of_zone_id(location: &str) -> Option<String> {
    let (prefix, zone) = location.split_once("-az")?;
    if !is_number(zone) {
        return None;
    }
    let (area, rest) = prefix.split_at_checked(2)?;
    let (letters, number) = rest.split_at_checked(rest.find(|c: char| c.is_ascii_digit())?)?;
    let direction =
        |short: &str| DIRECTIONS.iter().find(|(s, _)| *s == short).map(|(_, long)| *long);
    let middle = match (direction(letters), letters.strip_prefix('g').and_then(direction)) {
        (Some(direction), _) => direction.to_owned(),
        (None, Some(direction)) => format!("gov-{direction}"),
        (None, None) => return None,
    };
    let region = format!("{area}-{middle}-{number}");
    is_region(&region).then_some(region)
}

/// Whether it has a region's form: `us-east-1`, `us-gov-west-1`.
fn is_region(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let (area, middle, number) = match parts.as_slice() {
        [area, direction, number] | [area, "gov", direction, number] => {
            (*area, *direction, *number)
        }
        _ => return false,
    };
    let is_area = area.len() == 2 && area.bytes().all(|b| b.is_ascii_lowercase());
    is_area && DIRECTIONS.iter().any(|(_, long)| *long == middle) && is_number(number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())
}
