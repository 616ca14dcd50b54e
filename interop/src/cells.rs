//! Text of cells, as spreadsheets save and copy them: which character separates them, what each
//! holds, and where it stands. Knows nothing of what the cells mean.

use crate::input::Lines;
use crate::node::{Place, Span};
use csv_core::{ReadFieldResult, ReaderBuilder};

/// More rows than this are not read.
pub(crate) const MAX_ROWS: usize = 20_000;

/// More cells of a row than this are not read.
const MAX_CELLS: usize = 200;

/// What separates cells; of equals the first, since numbers and texts hold commas most often and
/// tabs never.
const SEPARATORS: [u8; 3] = *b"\t;,";

/// So many lines decide which separator it is.
const LINES_FOR_SEPARATOR: usize = 20;

/// What begins a formula in a spreadsheet. A text that begins so is written, and read, behind an
/// apostrophe, as spreadsheets show it.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\'', '\t', '\r'];

/// A table.
pub(crate) struct Cells {
    pub(crate) separator: u8,
    pub(crate) rows: Vec<Row>,
    /// Whether rows or cells were left out at the limit.
    pub(crate) is_cut: bool,
}

/// A row with something in it.
pub(crate) struct Row {
    pub(crate) at: Place,
    pub(crate) cells: Vec<Cell>,
}

/// A cell: its text without white space around it, and where that stands.
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) at: Place,
}

impl Cells {
    /// Reads the text of file number `file`.
    pub(crate) fn of(text: &str, file: usize) -> Self {
        let separator = separator(text);
        let lines = Lines::of(text);
        let input = text.as_bytes();
        let mut reader = ReaderBuilder::new().delimiter(separator).build();
        let mut output = vec![0_u8; 256];
        let mut cells = Self { separator, rows: Vec::new(), is_cut: false };
        let mut row = Row { at: Place::line(file, 1), cells: Vec::new() };
        // Where the field began, where reading is, and how much of the field is in `output`.
        let (mut begin, mut read, mut filled) = (0, 0, 0);
        loop {
            let rest = input.get(read..).unwrap_or_default();
            let free = output.get_mut(filled..).unwrap_or_default();
            let (result, taken, written) = reader.read_field(rest, free);
            read += taken;
            filled += written;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => output.resize(output.len() * 2, 0),
                ReadFieldResult::Field { record_end } => {
                    let raw = Raw { text, begin, end: read, separator };
                    let text = output.get(..filled).unwrap_or_default();
                    row.push(raw.cell(text, file, &lines), &mut cells.is_cut);
                    (begin, filled) = (read, 0);
                    if record_end && !cells.push(&mut row) {
                        return cells;
                    }
                }
                ReadFieldResult::End => return cells,
            }
        }
    }

    /// Takes a row that is complete; an empty one is dropped. False at the limit.
    fn push(&mut self, row: &mut Row) -> bool {
        let done = std::mem::replace(row, Row { at: row.at, cells: Vec::new() });
        let Some(at) = done.cells.iter().find(|cell| !cell.text.is_empty()).map(|it| it.at) else {
            return true;
        };
        if self.rows.len() >= MAX_ROWS {
            self.is_cut = true;
            return false;
        }
        self.rows.push(Row { at: at.without_span(), ..done });
        true
    }
}

impl Row {
    fn push(&mut self, cell: Cell, is_cut: &mut bool) {
        if self.cells.len() < MAX_CELLS {
            self.cells.push(cell);
        } else {
            *is_cut = true;
        }
    }
}

/// A field as it stands in the text, with what separates it.
struct Raw<'a> {
    text: &'a str,
    begin: usize,
    end: usize,
    separator: u8,
}

impl Raw<'_> {
    fn cell(&self, content: &[u8], file: usize, lines: &Lines) -> Cell {
        let raw = self.text.get(self.begin..self.end).unwrap_or_default();
        // The second half of a line's end is read with the next field.
        let inner = raw.trim_start_matches(['\r', '\n']);
        let mut begin = self.begin + (raw.len() - inner.len());
        let inner = inner.strip_suffix(char::from(self.separator)).unwrap_or(inner);
        let inner = inner.trim_end_matches(['\r', '\n']);
        let trimmed = inner.trim_start();
        begin += inner.len() - trimmed.len();
        let trimmed = trimmed.trim_end();
        let content = String::from_utf8_lossy(content);
        let is_quoted = trimmed.starts_with('"');
        let content = if is_quoted { &*content } else { content.trim() };
        let (start, end) = (u32::try_from(begin), u32::try_from(begin + trimmed.len()));
        let span = start.ok().zip(end.ok()).map(|(start, end)| Span { start, end });
        let at = Place { file, line: lines.line(begin), span };
        Cell { text: unguarded(content).to_owned(), at }
    }
}

/// The separator that most of the first lines have outside of quotes.
fn separator(text: &str) -> u8 {
    let mut lines_with = [0_usize; SEPARATORS.len()];
    let mut seen = [false; SEPARATORS.len()];
    let (mut in_quotes, mut lines) = (false, 0);
    for byte in text.bytes() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' if !in_quotes => {
                for (count, seen) in lines_with.iter_mut().zip(&mut seen) {
                    *count += usize::from(std::mem::take(seen));
                }
                lines += 1;
                if lines >= LINES_FOR_SEPARATOR {
                    break;
                }
            }
            _ if !in_quotes => {
                for (separator, seen) in SEPARATORS.iter().zip(&mut seen) {
                    *seen |= byte == *separator;
                }
            }
            _ => {}
        }
    }
    for (count, seen) in lines_with.iter_mut().zip(seen) {
        *count += usize::from(seen);
    }
    let most = lines_with.iter().copied().max().unwrap_or_default();
    let first = SEPARATORS.iter().zip(lines_with).find(|(_, count)| *count == most);
    first.map_or(b',', |(separator, count)| if count == 0 { b',' } else { *separator })
}

/// A text as a cell of a table with commas: quoted where it must be, and never a formula.
pub(crate) fn cell(text: &str) -> String {
    let guarded = guarded(text);
    let special = |c: char| matches!(c, ',' | ';' | '\t' | '"' | '\r' | '\n');
    if guarded.contains(special) || guarded.trim() != guarded {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// A row of a table with commas.
pub(crate) fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    cells.join(",") + "\n"
}

fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let rows = Cells::of(text, 0).rows.into_iter();
        rows.map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect()
    }

    fn check(text: &str, separator: u8, expected: &[&[&str]]) {
        assert_eq!(char::from(Cells::of(text, 0).separator), char::from(separator), "{text:?}");
        assert_eq!(texts(text), expected, "{text:?}");
    }

    #[test]
    fn cells_are_separated_by_what_most_lines_have() {
        check("a,b\n1,2", b',', &[&["a", "b"], &["1", "2"]]);
        check("a;b\r\n1,5;2\r\n", b';', &[&["a", "b"], &["1,5", "2"]]);
        check("a\tb\n1,5\t\"x\ty\"\n", b'\t', &[&["a", "b"], &["1,5", "x\ty"]]);
        check("\n\n a , b \n,,\n\"a;\"\"b\"\"\",2\n", b',', &[&["a", "b"], &["a;\"b\"", "2"]]);
        check("alone", b',', &[&["alone"]]);
        check("", b',', &[]);
    }

    #[test]
    fn cells_have_places() {
        let text = "name,cpu\r\n web , \"512\" \r\n\r\napi,256";
        let cells = Cells::of(text, 3);
        let mut seen = Vec::new();
        for cell in cells.rows.iter().flat_map(|row| &row.cells) {
            let span = cell.at.span.unwrap();
            seen.push((&text[span.start as usize..span.end as usize], cell.at.line));
        }
        let expected =
            [("name", 1), ("cpu", 1), ("web", 2), ("\"512\"", 2), ("api", 4), ("256", 4)];
        assert_eq!(seen, expected);
    }

    #[test]
    fn nothing_becomes_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-1", "'-1"),
            ("+a,b", "\"'+a,b\""),
            ("'a", "''a"),
            ("a=b", "a=b"),
            (" a", "\" a\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec(".{1,12}", 2..4), 1..6)) {
            let written: String = rows.iter().map(|cells| row(cells)).collect();
            let written = format!("a,b\n{written}");
            let header = vec![vec!["a".to_owned(), "b".to_owned()]];
            prop_assert_eq!(texts(&written), [header, rows].concat());
        }

        #[test]
        fn no_text_panics(text in "[a-z0-9,;\"'\t\r\n =]{0,200}") {
            for cell in Cells::of(&text, 0).rows.into_iter().flat_map(|row| row.cells) {
                let span = cell.at.span.unwrap();
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
    }
}
