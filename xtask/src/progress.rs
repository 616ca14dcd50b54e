//! One line that tells what runs, how far it is and for how long.
//!
//! On a terminal the line is redrawn in place; in a log a line is added now and then. It goes to
//! the standard error, so that what a command prints can be read by a program.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often a log gets a line of a step that goes on.
const LOG_EVERY: Duration = Duration::from_secs(20);
const DRAW_EVERY: Duration = Duration::from_millis(500);

/// The progress of one step.
pub(crate) struct Progress {
    label: String,
    crates: Option<usize>,
    compiled: usize,
    started: Instant,
    drawn: Instant,
    terminal: bool,
}

impl Progress {
    /// `label` says what the step does: "[2/3] building wasm-pack 0.15.1 from source".
    pub(crate) fn new(label: impl Into<String>) -> Self {
        let now = Instant::now();
        Self {
            label: label.into(),
            crates: None,
            compiled: 0,
            started: now,
            drawn: now,
            terminal: std::io::stderr().is_terminal(),
        }
    }

    /// How many crates cargo will go through, when this is a build.
    pub(crate) fn of_crates(mut self, crates: usize) -> Self {
        self.crates = Some(crates);
        self
    }

    /// Says what begins, and starts the clock.
    pub(crate) fn start(&mut self) {
        self.started = Instant::now();
        self.drawn = self.started;
        if self.terminal {
            self.draw();
        } else {
            eprintln!("{} ...", self.label);
        }
    }

    /// Looks at a line of the child's output.
    pub(crate) fn line(&mut self, line: &str) {
        if is_crate_done(line) {
            self.compiled += 1;
        }
    }

    /// Shows that time passes, when it is time to.
    pub(crate) fn tick(&mut self) {
        if self.terminal && self.drawn.elapsed() >= DRAW_EVERY {
            self.draw();
        } else if !self.terminal && self.drawn.elapsed() >= LOG_EVERY {
            eprintln!("      {}", self.state());
            self.drawn = Instant::now();
        }
    }

    /// Says how it ended.
    pub(crate) fn end(&self, well: bool) {
        let word = if well { "done" } else { "failed" };
        let took = seconds(self.started.elapsed());
        if self.terminal {
            eprintln!("\r\x1b[K{}: {word}, {took}", self.label);
        } else {
            eprintln!("      {word}, {took}");
        }
    }

    fn draw(&mut self) {
        eprint!("\r\x1b[K{} ... {}", self.label, self.state());
        let _ = std::io::stderr().flush();
        self.drawn = Instant::now();
    }

    fn state(&self) -> String {
        let took = seconds(self.started.elapsed());
        match self.crates {
            Some(crates) if self.compiled > 0 => {
                // The expected number is a guess for tools whose lock file is not ours.
                format!("crate {} of about {}, {took}", self.compiled, crates.max(self.compiled))
            }
            _ => took,
        }
    }
}

/// Whether cargo says that it has begun, or need not begin, a crate.
fn is_crate_done(line: &str) -> bool {
    let mut words = line.split_whitespace();
    matches!(words.next(), Some("Compiling" | "Fresh"))
        && words.nth(1).is_some_and(|version| version.starts_with('v'))
}

/// A duration as people say it: "1 m 20 s".
pub(crate) fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        short @ 1..60 => format!("{short} s"),
        long => format!("{} m {:02} s", long / 60, long % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_lines_are_told_from_others() {
        for (line, expected) in [
            ("   Compiling syn v2.0.119", true),
            ("       Fresh syn v2.0.119", true),
            ("  Downloaded syn v2.0.119", false),
            ("Compiling is slow", false),
            ("", false),
        ] {
            assert_eq!(is_crate_done(line), expected, "{line:?}");
        }
    }

    #[test]
    fn durations_read_as_people_say_them() {
        for (duration, expected) in [
            (Duration::from_millis(900), "900 ms"),
            (Duration::from_secs(59), "59 s"),
            (Duration::from_secs(80), "1 m 20 s"),
            (Duration::from_secs(605), "10 m 05 s"),
        ] {
            assert_eq!(seconds(duration), expected);
        }
    }
}
