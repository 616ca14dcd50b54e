//! Files as people have them, each folder of `tests/imports` one import: what is made of it and all
//! that is said of it, as snapshots.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

use eniac_interop::{Import, ImportSettings, InputFile, import};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/imports")
}

/// All files below a folder, in order, with their paths from it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name.replace('\\', "/"), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn told(import: &Import) -> String {
    let mut text = String::new();
    for file in &import.files {
        writeln!(text, "{}: {:?}, {} resources", file.name, file.format, file.resources).unwrap();
    }
    text.push('\n');
    for note in &import.notes {
        let line = note.line.map(|line| format!(":{line}")).unwrap_or_default();
        let subject = if note.subject.is_empty() { "" } else { &format!(" {}", note.subject) };
        writeln!(text, "{:?} {}{line}{subject}: {}", note.kind, note.file, note.message).unwrap();
    }
    for question in &import.questions {
        let line = question.line.unwrap_or(0);
        let (expression, because) = (&question.expression, &question.because);
        writeln!(
            text,
            "? {expression} ({}:{line}, {}): {because}",
            question.file, question.needed_for
        )
        .unwrap();
    }
    text + "\n" + &import.scenario_json() + "\n"
}

#[test]
fn files_as_people_have_them() {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        let files = files(&folder);
        let given: Vec<InputFile<'_>> =
            files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
        let made = import(&given, &ImportSettings::default());
        let name = folder.file_name().unwrap().to_str().unwrap();
        insta::assert_snapshot!(name, told(&made));
    }
}
