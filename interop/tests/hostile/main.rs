//! Hostile files each end in a clear message and a usable result, on a stack as small as wasm's.
//!
//! How long each takes: `cargo test --release -p eniac-interop --test hostile -- --ignored --nocapture`.

mod broken;
mod files;

use eniac_interop::{Import, ImportSettings, InputFile, NoteKind, import};
use files::{Case, cases};
use std::time::Instant;

/// What wasm has.
const STACK_BYTES: usize = 1 << 20;

/// No sentence is longer: what a file says is quoted in part only.
const LONGEST: usize = 1_001;

fn imported(case: &Case) -> Import {
    let files: Vec<InputFile<'_>> =
        case.files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    import(&files, &ImportSettings::default())
}

/// What is wrong with the result.
fn faults(case: &Case) -> Vec<String> {
    let import = imported(case);
    let said = import.notes.iter().map(|note| note.message.as_str());
    let asked = import.questions.iter().map(|question| question.because.as_str());
    let said: Vec<&str> = said.chain(asked).collect();
    let services = import.scenario["services"].as_array().map_or(0, Vec::len);
    let rules = [
        (
            case.said.is_empty() || said.iter().any(|it| it.contains(case.said)),
            format!("not said: {}", case.said),
        ),
        (said.iter().all(|it| it.chars().count() <= LONGEST), "a sentence without end".to_owned()),
        (services == case.services, format!("{services} services")),
        (eniac_core::scenario::read(&import.scenario.to_string()).is_ok(), "unreadable".to_owned()),
        (import.files.len() == case.files.len(), "a file is not accounted for".to_owned()),
    ];
    let broken = rules.into_iter().filter(|(holds, _)| !holds);
    let said: String = said.into_iter().take(3).flat_map(|it| it.chars().take(200)).collect();
    broken.map(|(_, rule)| format!("{}: {rule} ({said})", case.title)).collect()
}

#[test]
fn hostile_files_end_in_a_message_and_a_usable_result() {
    let mut all = Vec::new();
    for case in cases() {
        let title = case.title;
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let thread = thread.spawn(move || faults(&case)).expect("a thread");
        all.extend(thread.join().unwrap_or_else(|_| vec![format!("{title}: it panics")]));
    }
    assert!(all.is_empty(), "{all:#?}");
}

#[test]
#[ignore = "prints how long each takes, which only a release build says"]
fn times() {
    for case in cases() {
        let bytes: usize = case.files.iter().map(|(_, bytes)| bytes.len()).sum();
        let begun = Instant::now();
        let import = imported(&case);
        let took = begun.elapsed();
        let problem = import.notes.iter().find(|note| note.kind == NoteKind::Problem);
        let problem = problem.map(|note| note.message.chars().take(100).collect::<String>());
        println!("{took:>12.1?} {bytes:>9} bytes  {}: {}", case.title, problem.unwrap_or_default());
    }
}
