//! A host without a system: files, folders and streams in memory, so that a test sees each byte.

use eniac_terminal::{Entry, FileKind, Host};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;
use std::rc::Rc;

/// What the command writes, and how much of it somebody reads.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    /// After so many bytes the pipe is closed.
    pub(crate) reads: Option<usize>,
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.reads.is_some_and(|reads| self.bytes.len() >= reads) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct MemoryHost {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) input: Rc<RefCell<Vec<u8>>>,
    pub(crate) output: Written,
    pub(crate) errors: Written,
}

impl MemoryHost {
    pub(crate) fn with_input(input: impl Into<Vec<u8>>) -> Self {
        Self { input: Rc::new(RefCell::new(input.into())), ..Self::default() }
    }

    pub(crate) fn file(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.to_owned(), content.into());
        self
    }

    /// Runs the command: exit code, standard output, standard error.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> (u8, String, String) {
        let code = eniac_terminal::run(arguments, self);
        let text = |written: &Written| String::from_utf8(written.bytes.clone()).expect("UTF-8");
        (code, text(&self.output), text(&self.errors))
    }
}

impl Host for MemoryHost {
    fn kind(&mut self, path: &Path) -> io::Result<FileKind> {
        let path = path.to_str().expect("UTF-8");
        let inside = format!("{}/", path.trim_end_matches('/'));
        if self.files.contains_key(path) {
            Ok(FileKind::File)
        } else if self.files.keys().any(|name| name.starts_with(&inside)) {
            Ok(FileKind::Folder)
        } else {
            Err(io::Error::new(io::ErrorKind::NotFound, "no such file"))
        }
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn Read>> {
        match self.files.get(path.to_str().expect("UTF-8")) {
            Some(content) => Ok(Box::new(Cursor::new(content.clone()))),
            None => Err(io::Error::new(io::ErrorKind::NotFound, "no such file")),
        }
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<Entry>> {
        let inside = format!("{}/", folder.to_str().expect("UTF-8").trim_end_matches('/'));
        let mut entries: Vec<Entry> = Vec::new();
        for name in self.files.keys().filter_map(|name| name.strip_prefix(&inside)) {
            let (name, kind) = match name.split_once('/') {
                Some((name, _)) => (name, FileKind::Folder),
                None => (name, FileKind::File),
            };
            let entry = Entry { name: name.to_owned(), kind };
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
        // As a system lists them: in no order.
        entries.reverse();
        Ok(entries)
    }

    fn input(&mut self) -> Box<dyn Read> {
        Box::new(Cursor::new(self.input.take()))
    }

    fn output(&mut self) -> &mut dyn Write {
        &mut self.output
    }

    fn errors(&mut self) -> &mut dyn Write {
        &mut self.errors
    }
}
