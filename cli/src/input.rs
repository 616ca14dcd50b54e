//! A file of the user's, or standard input, as text.

use std::io::Read;
use std::path::Path;

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
