//! Folders that were dropped: every file in them that may be read, with its path as its name. What
//! cannot be looked into is named, and does not keep the rest away.

use crate::interop::files::{given, named};
use crate::interop::imported::Given;
use crate::interop::wanted::{MOST_OF_FOLDERS, is_looked_into, is_wanted};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

/// A folder may hold a disk: so many entries are looked at.
const MOST_ENTRIES: usize = 20_000;

/// What was found in folders.
#[derive(Default)]
pub struct Found {
    /// The files to read.
    pub files: Vec<Given>,
    /// How many files were passed over.
    passed: usize,
    /// What could not be looked into or read.
    unreadable: Vec<String>,
    /// Whether there was more than is looked at.
    is_cut: bool,
}

impl Found {
    /// What is said of the rest, a sentence each.
    pub fn says(&self) -> Vec<String> {
        let mut said: Vec<String> =
            self.unreadable.iter().map(|name| format!("{name} cannot be read.")).collect();
        if self.is_cut {
            said.push(format!(
                "There is more in the folder: at most {MOST_OF_FOLDERS} files are read at once."
            ));
        }
        if self.files.is_empty() && !self.is_cut {
            said.push(format!(
                "Nothing in the folder can be read: {} passed over by name.",
                crate::format::counted(self.passed as u64, "file")
            ));
        }
        said
    }

    fn take(&mut self, name: &str, file: &File) {
        if self.files.len() < MOST_OF_FOLDERS {
            self.files.push(named(given(file), name));
        } else {
            self.is_cut = true;
        }
    }
}

/// The files of a folder that was chosen; the browser has looked into all of it.
pub fn chosen(files: &FileList) -> Found {
    let mut found = Found::default();
    for file in (0..files.length()).filter_map(|place| files.get(place)) {
        let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into());
        let path = path.ok().and_then(|path| path.as_string()).filter(|path| !path.is_empty());
        let path = path.unwrap_or_else(|| file.name());
        if is_wanted(&path) {
            found.take(&path, &file);
        } else {
            found.passed += 1;
        }
    }
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// What was dropped: files by themselves, and folders. A browser lets go of it after the event.
pub fn dropped(data: &DataTransfer) -> (Vec<Given>, Vec<FileSystemDirectoryEntry>) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let items = data.items();
    for item in (0..items.length()).filter_map(|place| items.get(place)) {
        if item.kind() != "file" {
            continue;
        }
        let entry = item.webkit_get_as_entry().ok().flatten();
        match entry.filter(FileSystemEntry::is_directory) {
            Some(folder) => folders.push(folder.unchecked_into()),
            None => files.extend(item.get_as_file().ok().flatten().map(|file| given(&file))),
        }
    }
    (files, folders)
}

/// Everything in `folders` that may be read.
pub async fn walked(folders: Vec<FileSystemDirectoryEntry>) -> Found {
    let mut found = Found::default();
    let mut seen = 0_usize;
    let mut waiting = folders;
    while let Some(folder) = waiting.pop() {
        let reader = folder.create_reader();
        // A reader gives some entries at a time, and none when it is through.
        loop {
            let read = awaited(|done, failed| {
                let _ = reader.read_entries_with_callback_and_callback(done, failed);
            });
            let Ok(entries) = read.await else {
                found.unreadable.push(path_of(&folder));
                break;
            };
            let entries: Array = entries.unchecked_into();
            if entries.length() == 0 {
                break;
            }
            for entry in entries.iter() {
                let entry: FileSystemEntry = entry.unchecked_into();
                seen += 1;
                look_at(entry, &mut waiting, &mut found).await;
            }
            if seen > MOST_ENTRIES || found.is_cut {
                found.is_cut = true;
                waiting.clear();
                break;
            }
        }
    }
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

async fn look_at(
    entry: FileSystemEntry,
    waiting: &mut Vec<FileSystemDirectoryEntry>,
    found: &mut Found,
) {
    let path = path_of(&entry);
    if entry.is_directory() {
        if is_looked_into(&entry.name()) {
            waiting.push(entry.unchecked_into());
        }
        return;
    }
    if !is_wanted(&path) {
        found.passed += 1;
        return;
    }
    let file: FileSystemFileEntry = entry.unchecked_into();
    let file = awaited(|done, failed| file.file_with_callback_and_callback(done, failed));
    match file.await {
        Ok(file) => found.take(&path, &file.unchecked_into()),
        Err(_) => found.unreadable.push(path),
    }
}

/// From the folder that was dropped.
fn path_of(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// What a function with two callbacks comes to.
async fn awaited(start: impl FnOnce(&Function, &Function)) -> Result<JsValue, JsValue> {
    let mut start = Some(start);
    let promise = Promise::new(&mut |done, failed| {
        if let Some(start) = start.take() {
            start(&done, &failed);
        }
    });
    JsFuture::from(promise).await
}
