//! A file of the user's, or standard input, as text or as a scenario; and answers as JSON.

use crate::host::{Host, why};
use eniac_core::scenario::{self, Reading};
use serde::Serialize;
use std::io::Read;
use std::path::Path;

/// No file that eniac reads is longer than this, so that a wrong one does not fill the memory.
const MAX_BYTES: u64 = 256 << 20;

/// Reads a scenario as far as it can be read.
pub(crate) fn scenario(file: &Path, host: &mut dyn Host) -> Result<Reading, String> {
    scenario::read(&text(file, host)?).map_err(|error| format!("{}: {error}", file.display()))
}

/// What is printed with `--json`: one line.
pub(crate) fn json_line(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

/// Reads a UTF-8 file; `-` is standard input.
pub(crate) fn text(file: &Path, host: &mut dyn Host) -> Result<String, String> {
    String::from_utf8(bytes(file, host)?).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 text (byte {place}); save it as UTF-8", file.display())
    })
}

/// Opens a file; `-` is standard input.
pub(crate) fn open(file: &Path, host: &mut dyn Host) -> Result<Box<dyn Read>, String> {
    if file == Path::new("-") {
        return Ok(host.input());
    }
    host.open(file).map_err(|error| named(file, &error))
}

/// Reads a file; `-` is standard input.
pub(crate) fn bytes(file: &Path, host: &mut dyn Host) -> Result<Vec<u8>, String> {
    let from = open(file, host)?;
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| named(file, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!(
            "{}: longer than {} MiB, which is no file that eniac reads",
            file.display(),
            MAX_BYTES >> 20
        ));
    }
    Ok(bytes)
}

fn named(file: &Path, error: &std::io::Error) -> String {
    format!("{}: {}", file.display(), why(error))
}
