//! Names of attributes: which ones ECS sets by itself, which of them a name comes near to.
//!
//! Source: ECS Developer Guide, container instance attributes; ECS API Reference, `Attribute`.

use crate::nearest::did_you_mean;

/// The attributes that ECS sets by itself.
pub const BUILT_IN: [&str; 10] = [
    "ecs.ami-id",
    "ecs.availability-zone",
    "ecs.awsvpc-trunk-id",
    "ecs.cpu-architecture",
    "ecs.instance-type",
    "ecs.os-family",
    "ecs.os-type",
    "ecs.outpost-arn",
    "ecs.subnet-id",
    "ecs.vpc-id",
];

/// Of these there are many: one for each ability of the agent.
const CAPABILITIES: [&str; 2] = ["ecs.capability.", "com.amazonaws.ecs.capability."];

/// At most so many characters: ECS API Reference, `Attribute`.
pub(super) const MAX_NAME: usize = 128;

/// Whether a name may hold the character: ECS API Reference, `Attribute`.
pub(super) fn may_hold(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '/' | '\\')
}

/// For a name that ECS does not set by itself but that is near to one that it does:
/// `did you mean ecs.instance-type?` A name of one's own is legal, so this is no error.
pub fn unknown_attribute_hint(name: &str) -> Option<String> {
    let known = |name: &str| {
        BUILT_IN.contains(&name) || CAPABILITIES.iter().any(|prefix| name.starts_with(prefix))
    };
    if known(name) {
        return None;
    }
    let bare = match name.split_at_checked(4) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ecs.") => rest,
        _ => name,
    };
    // Closer than a misspelling at large: names of one's own such as `stack` should stay alone.
    let near = BUILT_IN.iter().filter_map(|known| {
        let short = known.trim_start_matches("ecs.");
        did_you_mean(bare, [short]).map(|_| (strsim::damerau_levenshtein(bare, short), *known))
    });
    let (distance, nearest) = near.min()?;
    (distance <= 2 || distance * 4 <= nearest.len()).then(|| format!("did you mean {nearest}?"))
}
