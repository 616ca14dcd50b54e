//! Node's files, streams and clock as the command's [`Host`].
//!
//! What fails in Node throws an error with a `code`, of which those that the command tells apart
//! become kinds; the text of the others is kept.

use eniac_terminal::{Entry, FileKind, Host};
use js_sys::{Array, Error, Reflect};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use wasm_bindgen::prelude::*;

const STANDARD_INPUT: i32 = 0;
const STANDARD_OUTPUT: i32 = 1;
const STANDARD_ERROR: i32 = 2;

#[wasm_bindgen]
extern "C" {
    /// What `bin/eniac.js` gives: Node's synchronous file functions.
    #[derive(Clone)]
    pub type NodeHost;

    /// `"file"` or `"folder"`; links are followed.
    #[wasm_bindgen(method, catch)]
    fn kind(this: &NodeHost, path: &str) -> Result<String, JsValue>;

    /// A file descriptor.
    #[wasm_bindgen(method, catch)]
    fn open(this: &NodeHost, path: &str) -> Result<i32, JsValue>;

    #[wasm_bindgen(method)]
    fn close(this: &NodeHost, descriptor: i32);

    /// How many bytes were read; 0 at the end.
    #[wasm_bindgen(method, catch)]
    fn read(this: &NodeHost, descriptor: i32, into: &mut [u8]) -> Result<u32, JsValue>;

    /// How many bytes were written.
    #[wasm_bindgen(method, catch)]
    fn write(this: &NodeHost, descriptor: i32, bytes: &[u8]) -> Result<u32, JsValue>;

    /// Names and kinds by turns.
    #[wasm_bindgen(method, catch)]
    fn list(this: &NodeHost, folder: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(method)]
    fn microseconds(this: &NodeHost) -> f64;

    #[wasm_bindgen(method, js_name = peakMemoryBytes)]
    fn peak_memory_bytes(this: &NodeHost) -> f64;
}

/// The place that the command runs in.
pub(crate) struct Machine {
    host: NodeHost,
    output: Descriptor,
    errors: Descriptor,
}

impl Machine {
    pub(crate) fn new(host: NodeHost) -> Self {
        let stream = |number| Descriptor { host: host.clone(), number, is_ours: false };
        Self { output: stream(STANDARD_OUTPUT), errors: stream(STANDARD_ERROR), host }
    }
}

impl Host for Machine {
    fn kind(&mut self, path: &Path) -> io::Result<FileKind> {
        self.host.kind(&named(path)).map(|kind| kind_of(&kind)).map_err(|error| failed(&error))
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn Read>> {
        let number = self.host.open(&named(path)).map_err(|error| failed(&error))?;
        Ok(Box::new(Descriptor { host: self.host.clone(), number, is_ours: true }))
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<Entry>> {
        let listed = self.host.list(&named(folder)).map_err(|error| failed(&error))?;
        let mut words = listed.iter().filter_map(|word| word.as_string());
        let mut entries = Vec::new();
        while let (Some(name), Some(kind)) = (words.next(), words.next()) {
            entries.push(Entry { name, kind: kind_of(&kind) });
        }
        Ok(entries)
    }

    fn input(&mut self) -> Box<dyn Read> {
        Box::new(Descriptor { host: self.host.clone(), number: STANDARD_INPUT, is_ours: false })
    }

    fn output(&mut self) -> &mut dyn Write {
        &mut self.output
    }

    fn errors(&mut self) -> &mut dyn Write {
        &mut self.errors
    }

    fn microseconds(&mut self) -> Option<u64> {
        whole(self.host.microseconds())
    }

    fn peak_memory_bytes(&mut self) -> Option<u64> {
        whole(self.host.peak_memory_bytes())
    }
}

/// An open file or a standard stream.
struct Descriptor {
    host: NodeHost,
    number: i32,
    /// Whether it is closed when it is no longer used; standard streams are not.
    is_ours: bool,
}

impl Read for Descriptor {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.host.read(self.number, into).map_err(|error| failed(&error))?;
        Ok(into.len().min(read as usize))
    }
}

impl Write for Descriptor {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.host.write(self.number, bytes).map_err(|error| failed(&error))?;
        Ok(bytes.len().min(written as usize))
    }

    /// Node's synchronous writes hold nothing back.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        if self.is_ours {
            self.host.close(self.number);
        }
    }
}

fn named(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn kind_of(word: &str) -> FileKind {
    match word {
        "folder" => FileKind::Folder,
        "link" => FileKind::Link,
        _ => FileKind::File,
    }
}

/// What Node threw, as the command tells it.
fn failed(error: &JsValue) -> io::Error {
    let code = Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_string());
    let kind = match code.as_deref() {
        Some("ENOENT") => ErrorKind::NotFound,
        Some("EACCES" | "EPERM") => ErrorKind::PermissionDenied,
        Some("EISDIR") => ErrorKind::IsADirectory,
        Some("EPIPE" | "EOF") => ErrorKind::BrokenPipe,
        _ => ErrorKind::Other,
    };
    let message = error.dyn_ref::<Error>().map(|error| String::from(error.message()));
    io::Error::new(kind, message.or(code).unwrap_or_else(|| "it failed".to_owned()))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of microseconds or bytes: whole, and below 2^53"
)]
fn whole(count: f64) -> Option<u64> {
    count.is_finite().then_some(count.max(0.0) as u64)
}
