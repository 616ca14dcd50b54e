//! What an import says of itself, as text: in short on standard error, whole for `eniac import`.

use crate::figures::{counted, more, plain, without_trailing_space};
use crate::input::Imported;
use eniac_interop::{FileRead, Format, Import, Note, NoteKind, Question, SizeSuggestion};
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many questions and problems are told in short.
const SHOWN: usize = 5;

/// How many notes of a kind are told whole.
const NOTES_SHOWN: usize = 200;

/// One note: `main.tf:12: aws_ecs_service.web: …`.
pub(crate) fn note(note: &Note) -> String {
    let place = place(&note.file, note.line);
    let parts = [place.as_str(), &note.subject, &note.message];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// One question, and how it is answered.
pub(crate) fn question(question: &Question) -> String {
    let Question { expression, needed_for, because, .. } = question;
    let meanwhile = match &question.assumed {
        Some(assumed) => format!("until then, {assumed}"),
        None => "until then it keeps its default".to_owned(),
    };
    format!(
        "{}: {needed_for}: {expression}: {because}; {meanwhile}. Answer: --var {}=VALUE",
        place(&question.file, question.line),
        in_a_shell(expression)
    )
}

/// An expression as it is typed: quoted where a shell would take it apart.
fn in_a_shell(expression: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if expression.chars().all(plain) { expression.to_owned() } else { format!("'{expression}'") }
}

fn place(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// A few lines for standard error.
pub(crate) fn short(imported: &Imported) -> String {
    let import = &imported.import;
    let read = import.files.iter().filter(|file| file.format.is_some());
    let formats: BTreeSet<&str> = read.clone().filter_map(|file| file.format).map(name).collect();
    let formats: Vec<&str> = formats.into_iter().collect();
    let services = import.scenario["services"].as_array().map_or(0, Vec::len) as u64;
    let mut text = format!(
        "eniac: imported {} from {} ({})",
        counted(services, "service"),
        counted(read.count() as u64, "file"),
        formats.join(", ")
    );
    let of_kind = |kind: NoteKind| import.notes.iter().filter(move |note| note.kind == kind);
    let problems = of_kind(NoteKind::Problem).count();
    if problems > 0 {
        let _ = write!(text, "; {}", counted(problems as u64, "problem"));
    }
    for (count, what) in [
        (import.questions.len(), "not worked out"),
        (of_kind(NoteKind::Assumed).count(), "assumed"),
        (of_kind(NoteKind::LeftOut).count(), "left out"),
        (imported.passed_over.len(), "passed over"),
    ] {
        if count > 0 {
            let _ = write!(text, "; {count} {what}");
        }
    }
    text.push('\n');
    for each in import.questions.iter().take(SHOWN) {
        let _ = writeln!(text, "  not worked out: {}", question(each));
    }
    for each in of_kind(NoteKind::Problem).take(SHOWN) {
        let _ = writeln!(text, "  problem: {}", note(each));
    }
    if import.notes.iter().any(|note| note.kind != NoteKind::Understood) {
        text.push_str("  `eniac import` with the same files tells all of it\n");
    }
    text
}

/// Everything that there is to say.
pub(crate) fn whole(imported: &Imported) -> String {
    let import = &imported.import;
    let mut text = files(&import.files);
    text.push_str(&services(import));
    text.push_str(&sizes(&import.suggestions));
    if !import.questions.is_empty() {
        text.push_str("Not worked out\n");
        for each in import.questions.iter().take(NOTES_SHOWN) {
            let _ = writeln!(text, "  {}", question(each));
        }
        text.push_str(&left(import.questions.len(), "question"));
        text.push('\n');
    }
    for (kind, heading) in [
        (NoteKind::Problem, "Problems"),
        (NoteKind::Assumed, "Assumed"),
        (NoteKind::LeftOut, "Left out"),
        (NoteKind::Understood, "Understood"),
    ] {
        let notes: Vec<&Note> = import.notes.iter().filter(|note| note.kind == kind).collect();
        text.push_str(&section(heading, notes.iter().map(|each| note(each)), notes.len()));
    }
    let passed_over = imported.passed_over.iter().cloned();
    text.push_str(&section("Passed over", passed_over, imported.passed_over.len()));
    if import.unlisted_notes > 0 {
        let _ = writeln!(
            text,
            "… and {} that are not listed\n",
            counted(import.unlisted_notes as u64, "note")
        );
    }
    text.push_str("--json prints the scenario, --notes-json all of this\n");
    without_trailing_space(&text)
}

fn section(heading: &str, lines: impl Iterator<Item = String>, all: usize) -> String {
    if all == 0 {
        return String::new();
    }
    let mut text = format!("{heading}\n");
    for line in lines.take(NOTES_SHOWN) {
        let _ = writeln!(text, "  {line}");
    }
    text + &left(all, "note") + "\n"
}

fn left(all: usize, noun: &str) -> String {
    more(all.saturating_sub(NOTES_SHOWN), noun, "--notes-json has them")
}

fn files(files: &[FileRead]) -> String {
    let mut table = plain();
    table.set_header(["file", "format", "resources"]);
    for file in files {
        let format = file.format.map_or("not read", name);
        table.add_row([file.name.as_str(), format, &file.resources.to_string()]);
    }
    format!("{table}\n\n")
}

/// The services of the scenario, as it says them.
fn services(import: &Import) -> String {
    let Some(services) = import.scenario["services"].as_array().filter(|it| !it.is_empty()) else {
        return "There is no service in it\n\n".to_owned();
    };
    let shown = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut table = plain();
    table.set_header(["service", "tasks", "CPU", "memory"]);
    for service in services.iter().take(NOTES_SHOWN) {
        let task = &service["taskDefinition"];
        let cells = [&service["name"], &service["desiredCount"], &task["cpu"], &task["memory"]];
        table.add_row(cells.map(shown));
    }
    format!("{table}\n{}\n", left(services.len(), "service"))
}

/// Sizes that usage suggests, and what each would change; nothing is applied.
fn sizes(suggestions: &[SizeSuggestion]) -> String {
    let lines = suggestions.iter().map(|it| {
        let set: Vec<String> = it
            .changes
            .iter()
            .filter(|change| !change.after.is_null())
            .map(|change| format!("{} = {}", change.path, change.after))
            .collect();
        let set = if set.is_empty() { String::new() } else { format!(" Set {}", set.join(", ")) };
        format!("{}: {}{set}", it.service, it.text)
    });
    section("Task sizes from usage", lines, suggestions.len())
}

/// A format as people call it.
fn name(format: Format) -> &'static str {
    match format {
        Format::Scenario => "scenario",
        Format::Link => "link",
        Format::EcsJson => "ECS JSON",
        Format::Terraform => "Terraform",
        Format::TerraformJson => "Terraform JSON",
        Format::CloudFormation => "CloudFormation",
        Format::Compose => "Compose",
        Format::ServicesTable => "table of services",
        Format::Usage => "usage",
        Format::Prices => "prices",
    }
}
