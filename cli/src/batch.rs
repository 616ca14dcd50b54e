//! `eniac plan --jsonl`: a scenario a line in, a report a line out, so that an engine that spreads
//! lines over machines can plan a study of many scenarios.
//!
//! Each line of input gives exactly one line of output, in order and at once: what is no scenario
//! gives `{"line":7,"error":"…"}`. Only one line is held at a time.

use crate::figures::counted;
use crate::host::{Host, Reader, print, say, why};
use crate::lines::{Line, Lines};
use crate::{Ended, Ending, input};
use eniac_catalog::Catalog;
use eniac_core::scenario;
use eniac_core::{Effort, plan_reading};
use serde::Serialize;
use std::io::Read;
use std::ops::ControlFlow;

/// A line may be this long, in bytes: as long as any scenario.
const MAX_LINE: usize = 16 << 20;

/// What stands in the place of a report.
#[derive(Serialize)]
struct ErrorLine {
    /// The line of the input, from 1.
    line: u64,
    error: String,
}

/// Plans each line of a stream that is called `name`.
pub(crate) fn run(
    from: Box<dyn Read>,
    name: &str,
    work: Effort,
    catalog: &Catalog,
    host: &mut dyn Host,
) -> Ended {
    let mut lines = Lines::new(from, MAX_LINE);
    let (mut number, mut errors) = (0_u64, 0_u64);
    loop {
        let line = lines
            .next()
            .map_err(|error| format!("{name}: line {}: {}", number + 1, why(&error)))?;
        let Some(line) = line else { break };
        number += 1;
        let answer = match planned(&line, work, catalog) {
            Ok(report) => report,
            Err(error) => {
                errors += 1;
                input::json_line(&ErrorLine { line: number, error })?
            }
        };
        if print(host, &answer)? == Reader::Left {
            return Ok(Ending::Fine);
        }
    }
    if errors > 0 {
        let of = counted(number, "line");
        say(host, &format!("eniac: {of}, of which {errors} no scenario: see their \"error\""));
    }
    Ok(Ending::Fine)
}

fn planned(line: &Line<'_>, work: Effort, catalog: &Catalog) -> Result<String, String> {
    let bytes = match line {
        Line::Whole(bytes) => bytes,
        Line::TooLong(length) => {
            let most = MAX_LINE >> 20;
            return Err(format!("the line has {length} bytes; at most {most} MiB are read"));
        }
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("the line is not UTF-8 text (byte {})", error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err("the line is empty".to_owned());
    }
    let reading = scenario::read(text).map_err(|error| error.to_string())?;
    input::json_line(&plan_reading(catalog, &reading, work, &mut |_| ControlFlow::Continue(())))
}
