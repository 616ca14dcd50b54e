//! The command's place on a machine: the file system, the standard streams, the clock.

use eniac_terminal::{Entry, FileKind, Host};
use std::fs::{self, File};
use std::io::{self, Read, Stderr, Stdout, Write};
use std::path::Path;
use std::time::Instant;

pub(crate) struct Machine {
    started: Instant,
    output: Stdout,
    errors: Stderr,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), output: io::stdout(), errors: io::stderr() }
    }
}

impl Host for Machine {
    fn kind(&mut self, path: &Path) -> io::Result<FileKind> {
        Ok(if fs::metadata(path)?.is_dir() { FileKind::Folder } else { FileKind::File })
    }

    fn open(&mut self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(File::open(path)?))
    }

    fn list(&mut self, folder: &Path) -> io::Result<Vec<Entry>> {
        let entries = fs::read_dir(folder)?.map(|entry| {
            let entry = entry?;
            let kind = entry.file_type()?;
            let kind = if kind.is_symlink() {
                FileKind::Link
            } else if kind.is_dir() {
                FileKind::Folder
            } else {
                FileKind::File
            };
            Ok(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind })
        });
        entries.collect()
    }

    fn input(&mut self) -> Box<dyn Read> {
        Box::new(io::stdin())
    }

    fn output(&mut self) -> &mut dyn Write {
        &mut self.output
    }

    fn errors(&mut self) -> &mut dyn Write {
        &mut self.errors
    }

    fn microseconds(&mut self) -> Option<u64> {
        u64::try_from(self.started.elapsed().as_micros()).ok()
    }

    /// Linux says it of each process.
    fn peak_memory_bytes(&mut self) -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
    }
}
