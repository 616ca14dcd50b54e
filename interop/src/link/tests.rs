//! Links arrive whole or say what is wrong with them, and version 1 is read for ever.

use super::*;
use eniac_core::scenario::{self, EXAMPLE};
use proptest::prelude::*;
use serde_json::json;

fn example() -> Json {
    serde_json::from_str(EXAMPLE).unwrap()
}

fn read(json: &Json) -> scenario::Reading {
    scenario::read(&json.to_string()).unwrap()
}

fn golden() -> Vec<Json> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = |path: &std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    paths.iter().map(|path| serde_json::from_str(&text(path)).unwrap()).collect()
}

#[test]
fn every_golden_scenario_comes_back_as_the_planner_reads_it() {
    for scenario in golden() {
        let link = link_of(&scenario);
        let back = scenario_of(&link.fragment).unwrap();
        assert_eq!(read(&back), read(&scenario), "{scenario}");
        assert!(link.is_safe, "{} characters", link.characters);
    }
}

#[test]
fn defaults_are_left_out_and_what_is_refused_is_kept() {
    let check = |given: Json, carried: Json| {
        assert_eq!(scenario_of(&link_of(&given).fragment), Ok(carried));
    };
    let written = serde_json::to_value(scenario::example()).unwrap();
    let (long, short) = (written.to_string().len(), defaults::without(&written).to_string().len());
    assert!(short * 10 < long * 9, "{short} of {long} characters remain");
    check(
        json!({ "version": 1, "name": "", "zones": 3, "services": [] }),
        json!({ "version": 1, "services": [] }),
    );
    let refused = json!({ "services": [{ "name": "web", "desiredCount": "many" }], "zonse": 2 });
    check(refused.clone(), refused);
}

/// Each line of the file is a link and the scenario that it carried when it was made.
#[test]
fn links_of_version_1_are_read_for_ever() {
    let lines = include_str!("../../tests/links/version-1.txt").lines();
    let mut seen = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        let (link, carried) = line.split_once(' ').unwrap();
        let carried: Json = serde_json::from_str(carried).unwrap();
        assert_eq!(scenario_of(link), Ok(carried), "{link}");
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn links_are_found_where_people_keep_them() {
    let fragment = link_of(&example()).fragment;
    let bare = fragment.trim_start_matches('#');
    let (first, second) = fragment.split_at(60);
    for text in [
        fragment.clone(),
        bare.to_owned(),
        format!("https://eniac1.example.org/plan/{fragment}"),
        format!("  <https://example.org/{fragment}>\n"),
        format!("https://example.org/%23{bare}"),
        format!("Look at https://example.org/{fragment} and tell me.\n"),
        format!("https://example.org/{first}\r\n{second}\r\n\r\nRegards, Ann"),
    ] {
        assert!(is_in(&text), "{text}");
        let scenario = scenario_of(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read(&scenario), read(&example()));
    }
}

fn fragment_of(deflated: &[u8]) -> String {
    let length = u32::try_from(deflated.len()).unwrap();
    let checksum = CRC.checksum(deflated);
    let bytes = [&length.to_le_bytes()[..], &checksum.to_le_bytes(), deflated].concat();
    format!("#eniac1.{}", URL_SAFE_NO_PAD.encode(bytes))
}

#[test]
fn what_is_wrong_is_told() {
    let check = |link: &str, part: &str| {
        let said = scenario_of(link).unwrap_err().to_string();
        assert!(said.contains(part), "{link}: {said}");
    };
    let fragment = link_of(&example()).fragment;
    check("https://example.org/", "no link");
    check("", "no link");
    check("eniac.", "no link");
    check("#eniac2.AAAA", "version 2");
    check("#eniac17.", "version 17");
    check("#eniac1.", "cut off");
    check(&fragment[..fragment.len() - 3], "cut off");
    check(&fragment[..fragment.len() / 2], "cut off");
    check(&fragment.replace(&fragment[40..44], "AAAA"), "damaged");
    check(&fragment_of(&compress_to_vec(&vec![b' '; 8 << 20], 6)), "more than 4 MiB");
    check(&fragment_of(&compress_to_vec(b"[]", 6)), "not an object");
    check(&fragment_of(&compress_to_vec(b"{\"version\": 7}", 6)), "7 is not known");
    check(&fragment_of(b"\xff\xff\xff"), "damaged");
    check(&fragment_of(&compress_to_vec("[".repeat(100_000).as_bytes(), 6)), "recursion");
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,200}", payload in "[A-Za-z0-9_-]{0,200}") {
        let _ = scenario_of(&text);
        let made = format!("#eniac1.{payload}");
        prop_assert!(scenario_of(&made).is_err());
    }

    #[test]
    fn one_changed_or_missing_character_is_told(place in 8_usize..200, other in "[A-Za-z0-9_-]") {
        let fragment = link_of(&example()).fragment;
        let place = place.min(fragment.len() - 2);
        let mut changed = fragment.clone();
        changed.replace_range(place..=place, &other);
        if changed != fragment {
            prop_assert!(scenario_of(&changed).is_err());
        }
        prop_assert!(scenario_of(&fragment[..place]).is_err());
    }

    #[test]
    fn any_json_is_carried(name in ".{0,40}", cpu in any::<i64>(), unknown in "[a-z/~.]{1,8}") {
        let service = json!({ "name": name, "taskDefinition": { "cpu": cpu }, unknown: [null, 1.5] });
        let scenario = json!({ "services": [service], "region": "us-east-1" });
        let back = scenario_of(&link_of(&scenario).fragment).unwrap();
        prop_assert_eq!(read(&back), read(&scenario));
    }
}
