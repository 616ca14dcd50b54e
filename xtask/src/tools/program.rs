//! Finding programs on PATH and asking them for their version.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process;

/// How long a program may take to tell its version; a first start from a cold disk is slow.
const VERSION_LIMIT: Duration = Duration::from_mins(1);

/// The first folder on PATH that holds the program.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| candidates(&folder, name))
        .find(|file| file.is_file())
}

/// A program's possible files in one folder; npm's own commands are scripts on Windows.
pub(super) fn candidates(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut files = vec![folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))];
    if cfg!(windows) {
        files.push(folder.join(format!("{name}.cmd")));
    }
    files
}

/// Where a variable points, if it is set and a file is there.
pub(super) fn from_variable(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os(name)?);
    path.is_file().then_some(path)
}

/// What `PROGRAM ARGUMENTS` prints, if it runs at all: an interrupted installation does not.
pub(super) fn answer<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> Option<String> {
    process::captured(Command::new(program).args(arguments), VERSION_LIMIT).ok()
}

/// Whether the words of a `--version` line hold exactly this version.
pub(super) fn tells_version(told: &str, version: &str) -> bool {
    told.lines().next().is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

/// Cargo's own folder, where tools of several clones can meet.
pub(crate) fn cargo_home() -> PathBuf {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return PathBuf::from(home);
    }
    std::env::home_dir().unwrap_or_else(|| PathBuf::from(".")).join(".cargo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_as_a_whole_word() {
        for (told, version, expected) in [
            ("wasm-bindgen 0.2.130\n", "0.2.130", true),
            ("wasm-bindgen 0.2.130 (abc)", "0.2.130", true),
            ("wasm-bindgen 0.2.13", "0.2.130", false),
            ("wasm-bindgen 0.2.1300", "0.2.130", false),
            ("wasm-opt version 132 (version_132)", "132", true),
            ("error\n0.2.130", "0.2.130", false),
            ("", "0.2.130", false),
        ] {
            assert_eq!(tells_version(told, version), expected, "{told:?}");
        }
    }
}
