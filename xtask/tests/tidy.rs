//! Invariants that can be read off the sources: what a room may use, and what every file has.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rooms, and the rooms that each may depend on.
const ROOMS: [(&str, &[&str]); 8] = [
    ("catalog", &[]),
    ("core", &["eniac-catalog"]),
    ("interop", &["eniac-core"]),
    ("npm", &["eniac-catalog", "eniac-core", "eniac-interop"]),
    ("npm/interop", &["eniac-core", "eniac-interop"]),
    ("web", &["eniac-catalog", "eniac-core", "eniac-interop"]),
    ("cli", &["eniac-catalog", "eniac-core", "eniac-interop"]),
    ("xtask", &["eniac-catalog"]),
];

/// What the pure rooms never name: files, clocks, the network, the environment, threads, output,
/// and collections whose order changes from run to run.
const IMPURE: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::time",
    "std::thread",
    "std::process",
    "std::io",
    "HashMap",
    "HashSet",
    "println!",
    "eprintln!",
    "thread_local!",
];

/// Longer files hold more than one idea.
const MOST_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The code of a file without its tests and its comments.
fn code(path: &Path, text: &str) -> String {
    let is_test = path.components().any(|part| part.as_os_str() == "tests")
        || path.file_name().is_some_and(|name| {
            name == "tests.rs" || name == "laws.rs" || name.to_string_lossy().starts_with("golden")
        });
    if is_test {
        return String::new();
    }
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn catalogue_core_and_interop_are_pure() {
    for room in ["catalog/src", "core/src", "interop/src"] {
        for (path, text) in sources(&root().join(room)) {
            let code = code(&path, &text);
            for word in IMPURE {
                assert!(!code.contains(word), "{}: {word}", path.display());
            }
        }
    }
}

#[test]
fn arrows_point_one_way() {
    for (room, allowed) in ROOMS {
        let manifest = std::fs::read_to_string(root().join(room).join("Cargo.toml"));
        let manifest = manifest.expect("a manifest");
        // Tests may use what stands beside a room: reports are made with the catalogue.
        let shipped = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        let needed = shipped
            .lines()
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .filter(|name| name.starts_with("eniac-"));
        for name in needed {
            assert!(allowed.contains(&name), "{room} depends on {name}");
        }
    }
}

#[test]
fn core_knows_javascript_only_as_type_declarations() {
    for room in ["catalog/src", "core/src", "interop/src"] {
        for (path, text) in sources(&root().join(room)) {
            for word in ["wasm_bindgen::", "js_sys", "web_sys", "JsValue"] {
                assert!(!code(&path, &text).contains(word), "{}: {word}", path.display());
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    for (room, _) in ROOMS {
        for (path, text) in sources(&root().join(room)) {
            if path.components().any(|part| part.as_os_str() == "target") {
                continue;
            }
            assert!(text.starts_with("//!"), "{} does not say what it is", path.display());
            let lines = text.lines().count();
            assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
        }
    }
}

/// A dependency has its reason in the workspace's manifest: a comment above it or above its group.
#[test]
fn every_dependency_has_a_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let section = manifest.split("[workspace.dependencies]").nth(1).expect("dependencies");
    let section = section.split("\n[").next().expect("a section");
    let mut reasons: BTreeMap<&str, bool> = BTreeMap::new();
    let mut reasoned = false;
    for line in section.lines().map(str::trim) {
        if line.starts_with('#') {
            reasoned = true;
        } else if line.is_empty() {
            reasoned = false;
        } else if let Some((name, _)) = line.split_once(" = ") {
            reasons.insert(name, reasoned || name.starts_with("eniac-"));
        }
    }
    assert!(reasons.len() > 10, "the dependencies are read");
    let without: Vec<&str> =
        reasons.into_iter().filter_map(|(name, reasoned)| (!reasoned).then_some(name)).collect();
    assert_eq!(without, [] as [&str; 0], "dependencies without a reason");
}
