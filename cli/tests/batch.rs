//! `eniac plan --jsonl`: a line in, a line out, in order, at once, and one line in memory.

#![allow(clippy::expect_used, reason = "what a test cannot do fails it")]

mod support;

use eniac_terminal::{Entry, FileKind, Host};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::path::Path;
use std::rc::Rc;
use support::memory_host::MemoryHost;
use support::{OwnFile, content, eniac, scenarios, text};

/// A golden scenario on one line.
fn one_line(scenario: &str) -> String {
    serde_json::from_str::<Value>(scenario).expect("JSON").to_string()
}

#[test]
fn a_report_is_what_a_plan_of_its_line_prints() {
    let scenarios: Vec<String> = scenarios()
        .iter()
        .map(|file| one_line(&std::fs::read_to_string(file).expect("the scenario")))
        .collect();
    let (code, output, errors) =
        MemoryHost::with_input(scenarios.join("\n")).run(&["plan", "--jsonl"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(output.lines().count(), scenarios.len());
    for (scenario, report) in scenarios.iter().zip(output.split_inclusive('\n')) {
        let (_, alone, _) = MemoryHost::with_input(scenario.as_str()).run(&["plan", "-", "--json"]);
        assert!(report == alone, "{scenario}");
    }
}

/// `(line, part of its error)`; a line without one has a report.
const LINES: [(&[u8], Option<&str>); 11] = [
    (b"\xef\xbb\xbf{\"name\":\"first\"}\r", None),
    (b"", Some("the line is empty")),
    (b" \t\r", Some("the line is empty")),
    (b"{\"name\":\"second\"}", None),
    (b"{\"name\":", Some("not JSON")),
    (b"[1, 2]", Some("not an object")),
    (b"\"text\"", Some("not an object")),
    (b"{\"name\":\"\xff\"}", Some("not UTF-8 text (byte 9)")),
    (b"{\"version\":99}", Some("99 is not known")),
    (b"PK\x03\x04", Some("not JSON")),
    (b"{\"name\":\"last\"}", None),
];

#[test]
fn each_line_has_its_answer_and_a_bad_one_its_number() {
    let input = LINES.map(|(line, _)| line).join(&b'\n');
    let file = MemoryHost::default().file("study.jsonl", input.clone()).run(&[
        "plan",
        "--jsonl",
        "study.jsonl",
    ]);
    let (code, output, errors) = MemoryHost::with_input(input).run(&["plan", "--jsonl"]);
    assert!(file.1 == output, "a file is read like standard input");
    assert_eq!((code, errors.lines().count()), (0, 1), "{errors}");
    assert!(errors.contains("11 lines, of which 8 no scenario"), "{errors}");
    assert_eq!(output.lines().count(), LINES.len());
    for (number, ((_, error), answer)) in (1..).zip(LINES.iter().zip(output.lines())) {
        let answer: Value = serde_json::from_str(answer).expect("JSON");
        match error {
            None => assert!(answer["name"].is_string() && answer.get("error").is_none()),
            Some(part) => {
                let said = answer["error"].as_str().expect("an error");
                assert!(said.contains(part), "{number}: {said}");
                assert_eq!(answer, json!({ "line": number, "error": said }));
            }
        }
    }
}

#[test]
fn nothing_gives_nothing() {
    let nothing = (0, String::new(), String::new());
    assert_eq!(MemoryHost::with_input("").run(&["plan", "--jsonl"]), nothing);
}

#[test]
fn what_cannot_be_done_is_said() {
    for (arguments, says) in [
        (&["--jsonl", "gone.jsonl"][..], "gone.jsonl: there is no such file"),
        (&["--jsonl", "--max-monthly", "5"], "cannot be used with"),
        (&["--jsonl", "--work", "long"], "long stands here"),
        (&[], "<FILE>"),
    ] {
        let (code, output, errors) = MemoryHost::default().run(&[&["plan"], arguments].concat());
        assert!(errors.contains(says), "{arguments:?}: {errors}");
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
    }
}

/// What a stream has given and what it has got back.
#[derive(Default)]
struct Count {
    bytes_read: u64,
    bytes_answered: u64,
    /// The most bytes that were read and not answered.
    most_held: u64,
    lines_written: u64,
    flushed: bool,
}

/// Lines that are made when they are read.
struct Source {
    lines: Box<dyn Iterator<Item = Vec<u8>>>,
    line: Vec<u8>,
    count: Rc<RefCell<Count>>,
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.line.is_empty() {
            let Some(line) = self.lines.next() else { return Ok(0) };
            // A reader that waits for its answer gets it before it sends the next line.
            let mut count = self.count.borrow_mut();
            assert!(count.flushed || count.bytes_read == 0, "an answer is held back");
            count.flushed = false;
            self.line = line;
        }
        let taken = self.line.len().min(into.len());
        into[..taken].copy_from_slice(&self.line[..taken]);
        self.line.drain(..taken);
        let mut count = self.count.borrow_mut();
        count.bytes_read += taken as u64;
        count.most_held = count.most_held.max(count.bytes_read - count.bytes_answered);
        Ok(taken)
    }
}

/// Counts what is written and forgets it.
struct Sink(Rc<RefCell<Count>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut count = self.0.borrow_mut();
        count.lines_written += bytes.split(|byte| *byte == b'\n').skip(1).count() as u64;
        count.bytes_answered = count.bytes_read;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flushed = true;
        Ok(())
    }
}

struct CountingHost {
    source: Option<Source>,
    sink: Sink,
    errors: Vec<u8>,
}

impl Host for CountingHost {
    fn kind(&mut self, _: &Path) -> io::Result<FileKind> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn open(&mut self, _: &Path) -> io::Result<Box<dyn Read>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn list(&mut self, _: &Path) -> io::Result<Vec<Entry>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn input(&mut self) -> Box<dyn Read> {
        self.source.take().map_or_else(|| Box::new(io::empty()) as _, |it| Box::new(it) as _)
    }

    fn output(&mut self) -> &mut dyn Write {
        &mut self.sink
    }

    fn errors(&mut self) -> &mut dyn Write {
        &mut self.errors
    }
}

#[test]
fn thousands_of_lines_are_answered_one_by_one() {
    let lines = 5_000;
    let line = |number: u64| match number % 5 {
        0 => b"no scenario\n".to_vec(),
        _ => format!("{{\"name\":\"{number}\"}}\r\n").into_bytes(),
    };
    let count = Rc::new(RefCell::new(Count::default()));
    let source =
        Source { lines: Box::new((0..lines).map(line)), line: Vec::new(), count: count.clone() };
    let mut host = CountingHost { source: Some(source), sink: Sink(count.clone()), errors: vec![] };
    assert_eq!(eniac_terminal::run(["plan", "--jsonl"], &mut host), 0);
    assert_eq!(count.borrow().lines_written, lines);
    assert!(count.borrow().most_held <= 64, "{} bytes held", count.borrow().most_held);
}

/// Through real pipes, as an engine runs it.
#[test]
fn a_machine_pipes_the_same_bytes() {
    let input = [content("managed-30-small-tasks"), "{}".to_owned()].map(|it| one_line(&it));
    let file = OwnFile::new("study", &(input.join("\n") + "\n"));
    let native = eniac(&["plan", "--jsonl", file.0.to_str().expect("a path")]);
    let (_, output, _) = MemoryHost::with_input(input.join("\n")).run(&["plan", "--jsonl"]);
    assert!(text(&native.stdout) == output);
    assert_eq!((native.status.code(), text(&native.stderr).as_str()), (Some(0), ""));
}
