//! The files that a command is given: each read as it is, folders by what is in them, nothing
//! without a limit.

use crate::host::{Entry, FileKind, Host, why};
use eniac_interop::{ENDINGS, MAX_FILE_BYTES, MAX_FILES, may_be_read, named_paths};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// All files of a command together are no larger than this.
const MAX_BYTES: usize = 256 << 20;

/// A file that was read.
pub(crate) struct GivenFile {
    /// As messages call it.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether it was found in a folder, and not named by the user.
    pub(crate) found: bool,
}

/// What a command was given.
#[derive(Default)]
pub(crate) struct Given {
    pub(crate) files: Vec<GivenFile>,
    /// What was found in folders and not read, and why, a sentence each.
    pub(crate) passed_over: Vec<String>,
    /// Folders that were found in folders.
    inner_folders: Vec<String>,
}

/// Reads files and folders in the order in which they are named; `-` is standard input.
pub(crate) fn read(paths: &[PathBuf], host: &mut dyn Host) -> Result<Given, String> {
    let mut given = Given::default();
    let (mut all, mut input) = (0_usize, false);
    for path in paths {
        if path == Path::new("-") {
            if !input {
                input = true;
                let bytes = limited("standard input", host.input(), MAX_FILE_BYTES)?;
                given.add("standard input".to_owned(), bytes, false, &mut all)?;
            }
            continue;
        }
        let name = path.display().to_string();
        let kind = host.kind(path).map_err(|error| format!("{name}: {}", why(&error)))?;
        if kind == FileKind::Folder {
            folder(path, &mut given, &mut all, host)?;
        } else {
            let bytes = bytes(path, MAX_FILE_BYTES, host)?;
            given.add(name, bytes, false, &mut all)?;
        }
    }
    named(&mut given, &mut all, host)?;
    for folder in std::mem::take(&mut given.inner_folders) {
        if !given.files.iter().any(|file| Path::new(&file.name).starts_with(&folder)) {
            let why = "a folder in a folder is not read: name it, too, if it belongs here";
            given.passed_over.push(format!("{folder}: {why}"));
        }
    }
    Ok(given)
}

/// What configurations name beside them: local modules, and files that they read. What is not there
/// is no error of reading: the import says what it misses.
fn named(given: &mut Given, all: &mut usize, host: &mut dyn Host) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while let Some(file) = given.files.get(next) {
        next += 1;
        let is_terraform = file.name.to_ascii_lowercase().ends_with(".tf");
        let Some(text) = std::str::from_utf8(&file.bytes).ok().filter(|_| is_terraform) else {
            continue;
        };
        let folder = Path::new(&file.name).parent().unwrap_or(Path::new("")).to_owned();
        for path in named_paths(text) {
            let path = plain(&folder.join(path));
            if !seen.insert(path.clone()) {
                continue;
            }
            match host.kind(&path) {
                Ok(FileKind::Folder) => in_folder(&path, given, all, host)?,
                Ok(FileKind::File) if may_be_read(&path.to_string_lossy()) => {
                    if let Ok(bytes) = bytes(&path, MAX_FILE_BYTES, host) {
                        given.add(path.display().to_string(), bytes, true, all)?;
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// A path without `.` and, where it has a folder before it, `..`: so that a file has one name.
fn plain(path: &Path) -> PathBuf {
    let mut made = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if made.file_name().is_some() => drop(made.pop()),
            part => made.push(part),
        }
    }
    made
}

/// Reads one file.
pub(crate) fn bytes(file: &Path, most: usize, host: &mut dyn Host) -> Result<Vec<u8>, String> {
    let name = file.display().to_string();
    let from = host.open(file).map_err(|error| format!("{name}: {}", why(&error)))?;
    limited(&name, from, most)
}

/// Reads a stream to its end, if that is not too far.
pub(crate) fn limited(name: &str, from: impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    from.take(limit).read_to_end(&mut bytes).map_err(|error| format!("{name}: {}", why(&error)))?;
    if bytes.len() > most {
        return Err(format!("{name}: longer than {} MiB, which is the most", most >> 20));
    }
    Ok(bytes)
}

/// The files in a folder, by name. Folders in it and links are passed over, as are hidden files.
fn folder(
    path: &Path,
    given: &mut Given,
    all: &mut usize,
    host: &mut dyn Host,
) -> Result<(), String> {
    let before = given.files.len();
    in_folder(path, given, all, host)?;
    if given.files.len() == before {
        let name = path.display();
        let endings = ENDINGS.map(|ending| format!("*{ending}")).join(", ");
        return Err(format!("{name}: the folder has no file that eniac reads: {endings}"));
    }
    Ok(())
}

fn in_folder(
    path: &Path,
    given: &mut Given,
    all: &mut usize,
    host: &mut dyn Host,
) -> Result<(), String> {
    let name = path.display().to_string();
    let entries = host.list(path).map_err(|error| format!("{name}: {}", why(&error)))?;
    let mut entries: Vec<Entry> =
        entries.into_iter().filter(|entry| !entry.name.starts_with('.')).collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    for Entry { name: file, kind } in entries {
        let path = path.join(&file);
        let name = path.display().to_string();
        let why = match kind {
            FileKind::Folder => {
                given.inner_folders.push(name);
                continue;
            }
            _ if !may_be_read(&file) => continue,
            FileKind::Link => "a link in a folder is not followed: name it, if it belongs here",
            FileKind::File => match bytes(&path, MAX_FILE_BYTES, host) {
                Ok(bytes) => {
                    given.add(name, bytes, true, all)?;
                    continue;
                }
                Err(why) => {
                    given.passed_over.push(why);
                    continue;
                }
            },
        };
        given.passed_over.push(format!("{name}: {why}"));
    }
    Ok(())
}

impl Given {
    /// Adds a file, once, if there is room for it.
    fn add(
        &mut self,
        name: String,
        bytes: Vec<u8>,
        found: bool,
        all: &mut usize,
    ) -> Result<(), String> {
        if let Some(same) = self.files.iter_mut().find(|file| file.name == name) {
            same.found &= found;
            return Ok(());
        }
        *all = all.saturating_add(bytes.len());
        if *all > MAX_BYTES {
            return Err(format!(
                "{name}: all files up to here have more than {} MiB, which is the most",
                MAX_BYTES >> 20
            ));
        }
        if self.files.len() >= MAX_FILES {
            return Err(format!("{name}: more than {MAX_FILES} files, which is the most"));
        }
        self.files.push(GivenFile { name, bytes, found });
        Ok(())
    }
}
