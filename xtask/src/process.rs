//! Child processes: each bounded in time, each ended by its own id with what it started.
//!
//! May start programs and read their output; knows nothing of what they are for.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::progress::Progress;

/// How often a running child is looked at.
const GLANCE: Duration = Duration::from_millis(100);
/// How much of a failed child's output is shown.
const TAIL_LINES: usize = 60;

/// The cargo that runs this command, or the one on PATH.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs with the caller's own output; an error names the command and how it ended.
pub(crate) fn shown(command: &mut Command, limit: Duration) -> Result<()> {
    let told = describe(command);
    let mut child =
        command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{told}`"))?;
    let status = wait(&mut child, Instant::now() + limit)?;
    match status {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("`{told}` failed ({status})"),
        None => bail!("`{told}` was ended after its limit of {} s", limit.as_secs()),
    }
}

/// Runs in silence and returns what the child wrote to its standard output.
pub(crate) fn captured(command: &mut Command, limit: Duration) -> Result<String> {
    let mut output = String::new();
    let mut errors = Tail::default();
    let ended = read_lines(command, limit, |stream, line| match stream {
        Stream::Output => {
            output.push_str(line);
            output.push('\n');
        }
        Stream::Error => errors.keep(line),
        Stream::Quiet => {}
    });
    ended.map_err(|error| errors.add_to(&error)).map(|()| output)
}

/// Runs behind one line of progress, which sees each line that the child writes; the output itself
/// is shown only if the child fails.
pub(crate) fn watched(
    command: &mut Command,
    limit: Duration,
    mut progress: Progress,
) -> Result<()> {
    let mut tail = Tail::default();
    progress.start();
    let ended = read_lines(command, limit, |stream, line| {
        if !matches!(stream, Stream::Quiet) {
            progress.line(line);
            tail.keep(line);
        }
        progress.tick();
    });
    progress.end(ended.is_ok());
    ended.map_err(|error| tail.add_to(&error))
}

#[derive(Clone, Copy)]
enum Stream {
    Output,
    Error,
    /// Nothing came for a while: a chance to show that time passes.
    Quiet,
}

fn read_lines(
    command: &mut Command,
    limit: Duration,
    mut each: impl FnMut(Stream, &str),
) -> Result<()> {
    let told = describe(command);
    let deadline = Instant::now() + limit;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{told}`"))?;
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        forward(Stream::Output, output, sender.clone());
    }
    if let Some(errors) = child.stderr.take() {
        forward(Stream::Error, errors, sender.clone());
    }
    drop(sender);
    loop {
        match lines.recv_timeout(GLANCE) {
            Ok((stream, line)) => each(stream, &line),
            Err(RecvTimeoutError::Timeout) => {
                each(Stream::Quiet, "");
                // A grandchild may hold the pipe open after the child has gone.
                if child.try_wait()?.is_some() {
                    while let Ok((stream, line)) = lines.try_recv() {
                        each(stream, &line);
                    }
                    break;
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if Instant::now() >= deadline {
            break;
        }
    }
    match wait(&mut child, deadline)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("`{told}` failed ({status})"),
        None => bail!("`{told}` was ended after its limit of {} s", limit.as_secs()),
    }
}

fn forward(stream: Stream, from: impl Read + Send + 'static, to: Sender<(Stream, String)>) {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while let Ok(read) = from.read_until(b'\n', &mut line) {
            let text = String::from_utf8_lossy(&line);
            if read == 0 || to.send((stream, text.trim_end().to_owned())).is_err() {
                break;
            }
            line.clear();
        }
    });
}

/// Waits for the child; at the deadline ends it and answers `None`.
fn wait(child: &mut Child, deadline: Instant) -> Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            end(child);
            return Ok(None);
        }
        thread::sleep(GLANCE);
    }
}

/// Ends the child and everything it started, each by its id: a browser outlives the driver that
/// started it otherwise.
fn end(child: &mut Child) {
    let family = process_table().map_or_else(Vec::new, |table| descendants(&table, child.id()));
    if !family.is_empty() {
        // The shell's own `kill` is there even where the procps package is not.
        let _ = Command::new("sh")
            .args(["-c", "kill -TERM \"$@\" 2>/dev/null", "sh"])
            .args(family.iter().map(u32::to_string))
            .status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Every process as (id, parent's id), where the system says.
fn process_table() -> Option<Vec<(u32, u32)>> {
    let listing = if let Ok(entries) = std::fs::read_dir("/proc") {
        let stats = entries.flatten().filter_map(|entry| {
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            // `id (name) state parent ...`, and the name may hold anything.
            let (id, rest) = (stat.split(' ').next()?, stat.rsplit(')').next()?);
            Some(format!("{id} {}", rest.split_whitespace().nth(1)?))
        });
        stats.collect::<Vec<_>>().join("\n")
    } else {
        let told = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output().ok()?;
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    let row = |line: &str| {
        let mut figures = line.split_whitespace().map(str::parse);
        Some((figures.next()?.ok()?, figures.next()?.ok()?))
    };
    Some(listing.lines().filter_map(row).collect())
}

/// The children of `ancestor`, their children and so on, nearest first.
fn descendants(table: &[(u32, u32)], ancestor: u32) -> Vec<u32> {
    let mut family = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        for &(id, its_parent) in table {
            if its_parent == parent && !family.contains(&id) {
                family.push(id);
            }
        }
        next += 1;
    }
    family.remove(0);
    family
}

/// The last lines of a child's output, kept for the error.
#[derive(Default)]
struct Tail(std::collections::VecDeque<String>);

impl Tail {
    fn keep(&mut self, line: &str) {
        // `cargo --verbose` repeats each rustc call; it explains nothing.
        if line.trim_start().starts_with("Running `") || line.trim_start().starts_with("Fresh ") {
            return;
        }
        if self.0.len() == TAIL_LINES {
            self.0.pop_front();
        }
        self.0.push_back(line.to_owned());
    }

    fn add_to(&self, error: &anyhow::Error) -> anyhow::Error {
        let mut told = format!("{error:#}");
        for line in &self.0 {
            told.push_str("\n    ");
            told.push_str(line);
        }
        anyhow::Error::msg(told)
    }
}

/// The command as a person would type it, with the program's name instead of its whole path.
fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let mut told =
        program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        told.push(' ');
        told.push_str(&argument.to_string_lossy());
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_found_over_generations() {
        let table = [(1, 0), (10, 1), (11, 10), (12, 11), (20, 1), (13, 10)];
        assert_eq!(descendants(&table, 10), [11, 13, 12]);
        assert_eq!(descendants(&table, 20), [0_u32; 0]);
    }

    #[test]
    fn a_loop_in_the_table_ends() {
        assert_eq!(descendants(&[(1, 2), (2, 1)], 1), [2]);
    }

    #[cfg(unix)]
    #[test]
    fn output_is_returned_and_a_failure_tells_its_errors() {
        let long = Duration::from_secs(20);
        let told = captured(Command::new("sh").args(["-c", "echo one; echo two"]), long);
        assert_eq!(told.unwrap(), "one\ntwo\n");
        let failed = captured(Command::new("sh").args(["-c", "echo why >&2; exit 3"]), long);
        let failed = failed.unwrap_err().to_string();
        assert!(failed.contains("exit status: 3") && failed.contains("why"), "{failed}");
    }

    #[cfg(unix)]
    #[test]
    fn a_child_over_its_limit_is_ended_with_its_children() {
        let started = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]);
        let ended = captured(&mut command, Duration::from_millis(400)).unwrap_err();
        assert!(ended.to_string().contains("limit"), "{ended}");
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
