//! The attributes that ECS gives container instances, as far as a plan can know them: what
//! `memberOf` expressions ask for.
//!
//! Source: ECS Developer Guide, container instance attributes. What only an account knows (AMI,
//! VPC, subnet, the name of a Windows release) is not here.

use super::place::Place;
use crate::capacity::Platform;
use crate::scenario::{CpuArchitecture, OperatingSystemFamily};
use eniac_catalog::InstanceType;
use std::collections::BTreeMap;

/// The attribute that holds an instance's zone, by name.
pub(crate) use crate::placement::strategy::ZONE_ATTRIBUTE;

/// What ECS says of each instance of a type on a platform in a zone.
pub(crate) fn built_in_attributes(
    facts: &InstanceType,
    platform: Platform,
    zone_name: &str,
) -> BTreeMap<String, String> {
    let architecture = match platform.architecture {
        CpuArchitecture::X86_64 => "x86_64",
        CpuArchitecture::Arm64 => "arm64",
    };
    let mut attributes = vec![
        ("ecs.instance-type", facts.name.as_str()),
        ("ecs.cpu-architecture", architecture),
        (ZONE_ATTRIBUTE, zone_name),
    ];
    match platform.operating_system {
        OperatingSystemFamily::Linux => {
            attributes.extend([("ecs.os-type", "linux"), ("ecs.os-family", "LINUX")]);
        }
        // Which release it is a plan does not ask.
        OperatingSystemFamily::Windows => attributes.push(("ecs.os-type", "windows")),
    }
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The names of the zones in use, in the order of [`Place::zone_names`], which are ids: the region
/// and a letter. Which id has which letter differs between accounts; the first in use is taken to
/// be `a`.
pub(crate) fn zone_names(place: &Place) -> Vec<String> {
    let letters = ('a'..='z').zip(&place.zone_names);
    letters.map(|(letter, _)| format!("{}{letter}", place.region.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests::CATALOG;
    use crate::scenario::Scenario;

    #[test]
    fn types_have_attributes() {
        for (name, platform, attributes) in [
            (
                "t3.medium",
                Platform::ALL[0],
                &[
                    ("ecs.availability-zone", "eu-west-1b"),
                    ("ecs.cpu-architecture", "x86_64"),
                    ("ecs.instance-type", "t3.medium"),
                    ("ecs.os-family", "LINUX"),
                    ("ecs.os-type", "linux"),
                ][..],
            ),
            (
                "m5.large",
                Platform::ALL[2],
                &[
                    ("ecs.availability-zone", "eu-west-1b"),
                    ("ecs.cpu-architecture", "x86_64"),
                    ("ecs.instance-type", "m5.large"),
                    ("ecs.os-type", "windows"),
                ],
            ),
        ] {
            let id = CATALOG.find(name).expect("a type");
            let facts = CATALOG.get(id).expect("a type");
            let given = built_in_attributes(facts, platform, "eu-west-1b");
            let given: Vec<(&str, &str)> =
                given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(given, attributes);
        }
    }

    #[test]
    fn zones_have_letters_in_their_order() {
        let scenario = Scenario { region: "eu-west-1".to_owned(), ..Scenario::default() };
        let place = Place::of(&CATALOG, &scenario, &mut Vec::new());
        let names = zone_names(&place);
        assert_eq!(names.len(), place.zone_names.len());
        assert_eq!(names[..2], ["eu-west-1a".to_owned(), "eu-west-1b".to_owned()]);
    }
}
