//! How many files, and how long, the page takes: more is refused with a word why. Pure.

use crate::format::{counted, thousands};
use eniac_interop::{MAX_FILE_BYTES, MAX_FILES};

/// So many files at once.
pub const MOST_FILES: usize = MAX_FILES;

/// So long may all of them be together.
const MOST_BYTES: u64 = 64 << 20;

/// Which of `new`, by name and length, are taken beside files of the lengths `before`, and what is
/// said of the others.
pub fn admitted(before: &[u64], new: &[(String, u64)]) -> (Vec<bool>, Vec<String>) {
    let (mut count, mut bytes) = (before.len(), before.iter().sum::<u64>());
    let (mut taken, mut said, mut beyond) = (Vec::new(), Vec::new(), 0_u64);
    for (name, length) in new {
        let is_long = *length > MAX_FILE_BYTES as u64;
        let fits = count < MOST_FILES && bytes.saturating_add(*length) <= MOST_BYTES;
        if is_long {
            said.push(format!(
                "{name} has {}: at most {} of a file are read.",
                mebibytes(*length),
                mebibytes(MAX_FILE_BYTES as u64),
            ));
        } else if !fits {
            beyond += 1;
        }
        let is_taken = fits && !is_long;
        if is_taken {
            count += 1;
            bytes = bytes.saturating_add(*length);
        }
        taken.push(is_taken);
    }
    if beyond > 0 {
        said.push(format!(
            "{} left out: at most {MOST_FILES} files of {} together are read at once.",
            counted(beyond, "file"),
            mebibytes(MOST_BYTES),
        ));
    }
    (taken, said)
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", thousands(bytes.div_ceil(1 << 20)))
}

/// A length in few letters.
pub fn length(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        _ => mebibytes(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[u64], new: &[u64], taken: &[bool], said: &[&str]) {
        let new: Vec<(String, u64)> = new.iter().map(|bytes| ("a.tf".into(), *bytes)).collect();
        let (is_taken, says) = admitted(before, &new);
        assert_eq!(is_taken, taken);
        assert_eq!(says.len(), said.len(), "{says:?}");
        for (says, part) in says.iter().zip(said) {
            assert!(says.contains(part), "{says}");
        }
    }

    #[test]
    fn too_long_and_too_many_are_told() {
        const LONG: u64 = 32 << 20;
        check(&[], &[1, 0], &[true, true], &[]);
        check(&[], &[100 << 20, 1], &[false, true], &["a.tf has 100 MiB: at most 32 MiB"]);
        check(&[LONG], &[LONG, 1], &[true, false], &["1 file left out"]);
        check(&[0; MOST_FILES], &[1, 1], &[false, false], &["2 files left out"]);
        check(&[], &[u64::MAX], &[false], &["MiB"]);
    }

    #[test]
    fn lengths_are_short() {
        for (bytes, text) in [(12, "12 B"), (1_025, "2 KiB"), (5 << 20, "5 MiB")] {
            assert_eq!(length(bytes), text);
        }
    }
}
