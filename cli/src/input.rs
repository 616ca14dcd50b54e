//! A file of the user's, or standard input, as text or as a scenario; and answers as JSON.

use eniac_core::scenario::{self, Reading};
use serde::Serialize;
use std::io::Read;
use std::path::Path;

/// Reads a scenario as far as it can be read.
pub(crate) fn scenario(file: &Path) -> Result<Reading, String> {
    scenario::read(&read(file)?).map_err(|error| format!("{}: {error}", file.display()))
}

/// What is printed with `--json`: one line.
pub(crate) fn json_line(value: &impl Serialize) -> Result<String, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

/// Reads a UTF-8 file; `-` is standard input.
pub(crate) fn read(file: &Path) -> Result<String, String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = bytes.map_err(|error| format!("{}: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!("{}: not UTF-8 text (byte {place}); save it as UTF-8", file.display())
    })
}
