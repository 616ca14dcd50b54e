//! What the command may touch, as one trait: files, standard streams, a clock. The command itself
//! names no file and no stream, so that it runs the same in a terminal, in Node and in a test.

use std::io::{self, Read, Write};
use std::path::Path;

/// The place that the command runs in. Reading blocks until there is something; what fails says so
/// with an [`io::Error`], of which the kind and the text are used.
pub trait Host {
    /// What stands at a path; links are followed.
    fn kind(&mut self, path: &Path) -> io::Result<FileKind>;

    /// Opens a file for reading.
    fn open(&mut self, path: &Path) -> io::Result<Box<dyn Read>>;

    /// What is in a folder, in any order, without `.` and `..`.
    fn list(&mut self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// Standard input.
    fn input(&mut self) -> Box<dyn Read>;

    /// Standard output. [`io::ErrorKind::BrokenPipe`] says that nobody reads on.
    fn output(&mut self) -> &mut dyn Write;

    /// Standard error.
    fn errors(&mut self) -> &mut dyn Write;

    /// Microseconds since some moment, for what a plan took; `None` where there is no clock.
    fn microseconds(&mut self) -> Option<u64> {
        None
    }

    /// The most memory that the process had, where the system says.
    fn peak_memory_bytes(&mut self) -> Option<u64> {
        None
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A file, or what is read like one.
    File,
    /// A folder.
    Folder,
    /// A link, as an entry of a folder; the command does not follow it.
    Link,
}

/// One thing in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder's.
    pub name: String,
    /// What it is, without following links.
    pub kind: FileKind,
}

/// Whether anybody still reads standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Listens,
    /// `eniac plan … | head`: no fault, and no reason to go on.
    Left,
}

/// Writes to standard output, and does not hold it back.
pub(crate) fn print(host: &mut dyn Host, text: &str) -> Result<Reader, String> {
    let output = host.output();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Ok(()) => Ok(Reader::Listens),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(error) => Err(format!("standard output: {error}")),
    }
}

/// Says something on standard error. Where that fails there is nobody to tell.
pub(crate) fn say(host: &mut dyn Host, line: &str) {
    let errors = host.errors();
    let _ = errors.write_all(line.as_bytes()).and_then(|()| errors.write_all(b"\n"));
    let _ = errors.flush();
}

/// Why something could not be read, in words that do not depend on the system.
pub(crate) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
