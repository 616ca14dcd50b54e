//! Files and text from the browser as what is given to be imported.

use crate::interop::folder::Found;
use crate::interop::imported::Given;
use crate::interop::limits::admitted;
use crate::notice::Notice;
use crate::session::Happened;
use crate::workbench::Workbench;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, File, FileList};

/// The files of a list.
pub fn listed(files: &FileList) -> Vec<Given> {
    (0..files.length()).filter_map(|place| files.get(place)).map(|file| given(&file)).collect()
}

/// A file under its own name.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length, whole")]
pub fn given(file: &File) -> Given {
    Given { name: file.name(), bytes: file.size() as u64, content: Blob::clone(file) }
}

/// The same under another name.
pub fn named(file: Given, name: &str) -> Given {
    Given { name: name.to_owned(), ..file }
}

/// Text as a file.
pub fn of_text(name: &str, text: &str) -> Option<Given> {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type("text/plain");
    let content = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Some(Given { name: name.to_owned(), bytes: text.len() as u64, content })
}

/// Gives `files` to be imported, as far as they are not too many and not too long.
pub fn give(workbench: &Workbench, files: Vec<Given>) {
    give_and_say(workbench, files, Vec::new());
}

/// Gives what was found in folders, beside `files`.
pub fn give_found(workbench: &Workbench, files: Vec<Given>, found: Found) {
    let said = found.says();
    give_and_say(workbench, files.into_iter().chain(found.files).collect(), said);
}

fn give_and_say(workbench: &Workbench, files: Vec<Given>, mut said: Vec<String>) {
    let session = workbench.session();
    let before: &[Given] = if session.begins_import_anew() { &[] } else { &session.given };
    let before: Vec<u64> = before.iter().map(|file| file.bytes).collect();
    let new: Vec<(String, u64)> =
        files.iter().map(|file| (file.name.clone(), file.bytes)).collect();
    let (taken, not_taken) = admitted(&before, &new);
    said.extend(not_taken);
    let files = files.into_iter().zip(taken).filter_map(|(file, taken)| taken.then_some(file));
    workbench.tell(Happened::Gave(files.collect()));
    if !said.is_empty() {
        workbench.tell(Happened::Told(Notice::trouble(said.join(" "))));
    }
}

/// The name of text that was pasted, told apart from what was pasted before.
pub fn pasted_name(workbench: &Workbench) -> String {
    let pasted = workbench.session().given.iter().filter(|it| it.name.starts_with("pasted text"));
    match pasted.count() {
        0 => "pasted text".to_owned(),
        before => format!("pasted text {}", before + 1),
    }
}
