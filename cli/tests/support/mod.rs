//! What the tests of the terminal command share: the scenarios, the command, and its snapshots.

#![allow(dead_code, reason = "each file of tests uses some of it")]

pub(crate) mod memory_host;

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A golden scenario by its name.
pub(crate) fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/scenarios")
        .join(name)
        .with_extension("json")
}

/// Every golden scenario, by name.
pub(crate) fn scenarios() -> Vec<PathBuf> {
    let folder = scenario("any");
    let entries = std::fs::read_dir(folder.parent().expect("a folder")).expect("the scenarios");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() >= 8, "the golden scenarios are there");
    files
}

/// A file's name without its ending.
pub(crate) fn name_of(file: &Path) -> String {
    file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned()
}

/// What the command does with these arguments.
pub(crate) fn eniac(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eniac")).args(arguments).output().expect("the command runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What `command` prints of a file, without a word on standard error.
pub(crate) fn told(command: &str, file: &Path, arguments: &[&str]) -> String {
    let path = file.to_str().expect("a path");
    let out = eniac(&[&[command, path], arguments].concat());
    assert_eq!((text(&out.stderr).as_str(), out.status.code()), ("", Some(0)), "{path}");
    text(&out.stdout)
}

/// The same with `--json`, which is one line.
pub(crate) fn json(command: &str, file: &Path, arguments: &[&str]) -> Value {
    let line = told(command, file, &[&["--json"], arguments].concat());
    assert_eq!(line.lines().count(), 1, "{line}");
    serde_json::from_str(&line).expect("JSON")
}

/// A file of the test's own, removed when it goes.
pub(crate) struct OwnFile(pub(crate) PathBuf);

impl OwnFile {
    pub(crate) fn new(name: &str, content: &str) -> Self {
        // Tests of one process run side by side.
        static MADE: AtomicU32 = AtomicU32::new(0);
        let (process, made) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let file = std::env::temp_dir().join(format!("eniac-{name}-{process}-{made}.json"));
        std::fs::write(&file, content).expect("a file");
        Self(file)
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A golden scenario's text.
pub(crate) fn content(name: &str) -> String {
    std::fs::read_to_string(scenario(name)).expect("the scenario")
}

/// Snapshots go where those of all rooms are, by their names alone.
pub(crate) fn with_snapshots(check: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(check);
}

/// `(arguments, part of what is said on standard error)`; each ends with status 2 and prints nothing.
pub(crate) fn refused(cases: &[(&[&str], &str)]) {
    for (arguments, says) in cases {
        let out = eniac(arguments);
        assert!(text(&out.stderr).contains(says), "{arguments:?}: {}", text(&out.stderr));
        assert_eq!((out.status.code(), out.stdout.as_slice()), (Some(2), &[] as &[u8]));
    }
}
