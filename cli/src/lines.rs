//! A stream line by line in bounded memory: a line that is too long is passed over, not kept.

use std::io::{self, BufRead, BufReader, Read};

/// A line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// The line without its end (`\n` or `\r\n`) and, if it is the first, without a byte order mark.
    Whole(&'a [u8]),
    /// How long a line is that is too long.
    TooLong(u64),
}

/// The lines of a stream. The end of the last line may be missing.
pub(crate) struct Lines<R> {
    from: BufReader<R>,
    most: usize,
    line: Vec<u8>,
    begun: bool,
}

impl<R: Read> Lines<R> {
    /// No more than `most` bytes of a line are kept.
    pub(crate) fn new(from: R, most: usize) -> Self {
        Self { from: BufReader::new(from), most, line: Vec::new(), begun: false }
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let (mut length, mut any, mut ended) = (0_u64, false, false);
        while !ended {
            let chunk = match self.from.fill_buf() {
                Ok([]) => break,
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            any = true;
            let newline = chunk.iter().position(|byte| *byte == b'\n');
            let (part, taken) = match newline {
                Some(place) => (chunk.get(..place).unwrap_or_default(), place + 1),
                None => (chunk, chunk.len()),
            };
            ended = newline.is_some();
            length += part.len() as u64;
            let room = self.most.saturating_add(2).saturating_sub(self.line.len());
            self.line.extend_from_slice(part.get(..room.min(part.len())).unwrap_or_default());
            self.from.consume(taken);
        }
        if !any {
            return Ok(None);
        }
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        let mark: &[u8] = if self.begun { b"" } else { b"\xef\xbb\xbf" };
        let line = line.strip_prefix(mark).unwrap_or(line);
        self.begun = true;
        if line.len() > self.most || length > self.line.len() as u64 {
            return Ok(Some(Line::TooLong(length)));
        }
        Ok(Some(Line::Whole(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, as a slow pipe may.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let (Some((first, rest)), Some(place)) = (self.0.split_first(), into.first_mut())
            else {
                return Ok(0);
            };
            *place = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    /// What a stream gives, with lines of at most five bytes.
    fn check(stream: &[u8], expected: &[Line<'_>]) {
        for drops in [false, true] {
            let from: Box<dyn Read + '_> =
                if drops { Box::new(Drops(stream)) } else { Box::new(stream) };
            let mut lines = Lines::new(from, 5);
            for line in expected {
                assert_eq!(lines.next().ok().flatten().as_ref(), Some(line), "{stream:?}");
            }
            assert!(matches!(lines.next(), Ok(None)), "{stream:?}");
            assert!(lines.line.capacity() < 64, "{stream:?}");
        }
    }

    #[test]
    fn lines_end_as_people_end_them() {
        use Line::{TooLong, Whole};
        check(b"", &[]);
        check(b"a", &[Whole(b"a")]);
        check(b"a\nb\n", &[Whole(b"a"), Whole(b"b")]);
        check(b"a\r\n\r\nb", &[Whole(b"a"), Whole(b""), Whole(b"b")]);
        check(b"\n\n", &[Whole(b""), Whole(b"")]);
        check(b"\xef\xbb\xbfa\n\xef\xbb\xbfb", &[Whole(b"a"), Whole(b"\xef\xbb\xbfb")]);
        check(b"12345\r\n123456\n1", &[Whole(b"12345"), TooLong(6), Whole(b"1")]);
        check("x".repeat(100_000).as_bytes(), &[TooLong(100_000)]);
        check(b"1\r2\n", &[Whole(b"1\r2")]);
        check(b"\xef\xbb\xbf12345\r\n", &[TooLong(9)]);
    }
}
