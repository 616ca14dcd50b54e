//! Files as they come: bytes into text, or a clear word why not.

/// A file that was given: what it is called, and what is in it.
#[derive(Debug, Clone, Copy)]
pub struct InputFile<'a> {
    /// Its name or path, as notes show it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// A file may be this long.
pub const MAX_FILE_BYTES: usize = 32 << 20;

/// So many files are read at once.
pub const MAX_FILES: usize = 1_000;

/// How the names of files end that may hold something to plan; in a folder others are passed over.
pub const ENDINGS: [&str; 12] = [
    ".json",
    ".tf",
    ".tfvars",
    ".yaml",
    ".yml",
    ".csv",
    ".tsv",
    ".template",
    ".txt",
    ".tftpl",
    ".tpl",
    ".sh",
];

/// Whether a file of this name, in a folder, may hold something to plan.
pub fn may_be_read(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// What a file begins with, and what that is, when it is no text.
const NO_TEXT: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a zip archive (or a spreadsheet): unpack it, or save the sheet as CSV"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"%PDF", "a PDF: eniac reads text formats"),
    (b"\x89PNG", "a picture"),
    (b"\x00asm", "a WebAssembly module"),
    (b"\x7fELF", "a program"),
];

/// The text of a file: UTF-8, or UTF-16 with its mark; the mark is taken off.
pub(crate) fn text(file: &InputFile<'_>) -> Result<String, String> {
    let bytes = file.bytes;
    if bytes.len() > MAX_FILE_BYTES {
        let (is, limit) = (bytes.len() >> 20, MAX_FILE_BYTES >> 20);
        return Err(format!("the file has {is} MiB; at most {limit} MiB are read"));
    }
    if let Some((_, what)) = NO_TEXT.iter().find(|(begins, _)| bytes.starts_with(begins)) {
        return Err(format!("the file is {what}"));
    }
    if let [0xff, 0xfe, rest @ ..] = bytes {
        return utf16(rest, u16::from_le_bytes);
    }
    if let [0xfe, 0xff, rest @ ..] = bytes {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        format!("the file is not UTF-8 text (line {line}): save it as UTF-8")
    })?;
    if let Some(place) = text.find('\0') {
        return Err(format!("the file is no text: byte {place} is zero"));
    }
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    char::decode_utf16(units)
        .collect::<Result<String, _>>()
        .map_err(|_| "the file begins as UTF-16 and is not: save it as UTF-8".to_owned())
}

/// Which line each byte of a text is in.
pub(crate) struct Lines {
    /// Where each line after the first begins.
    begins: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { begins: breaks.map(|(place, _)| place + 1).collect() }
    }

    /// The line of the byte at `place`, from 1.
    pub(crate) fn line(&self, place: usize) -> u32 {
        let line = self.begins.partition_point(|begin| *begin <= place) + 1;
        u32::try_from(line).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, &str>) {
        let got = text(&InputFile { name: "file", bytes });
        match expected {
            Ok(expected) => assert_eq!(got.as_deref(), Ok(expected)),
            Err(part) => assert!(got.clone().is_err_and(|said| said.contains(part)), "{got:?}"),
        }
    }

    #[test]
    fn text_is_read_whatever_its_mark_and_no_text_is_told() {
        check(b"a\r\nb", Ok("a\r\nb"));
        check(b"\xef\xbb\xbf{}", Ok("{}"));
        check(b"\xff\xfe{\0}\0", Ok("{}"));
        check(b"\xfe\xff\0{\0}", Ok("{}"));
        check(b"PK\x03\x04rest", Err("zip"));
        check(b"a\nb\xff", Err("line 2"));
        check(b"a\0b", Err("byte 1 is zero"));
    }

    #[test]
    fn bytes_have_lines() {
        let lines = Lines::of("a\nbc\n\nd");
        let seen: Vec<u32> = (0..7).map(|place| lines.line(place)).collect();
        assert_eq!(seen, [1, 1, 2, 2, 2, 3, 4]);
    }
}
