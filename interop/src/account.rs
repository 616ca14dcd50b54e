//! What an import says of itself: understood, assumed, left out, could not work out; by file and
//! line, so that nothing is dropped in silence.

use crate::node::{Place, Unknown};
use eniac_core::did_you_mean;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// More notes of a kind than this are counted and not listed.
pub const MAX_NOTES: usize = 2_000;

/// A sentence quotes no more than so many characters of a file.
const MAX_CHARACTERS: usize = 1_000;

/// One thing that an import says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// What kind of thing.
    pub kind: NoteKind,
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; absent for the file as a whole.
    pub line: Option<u32>,
    /// What it is about, as the file calls it: `aws_ecs_service.web`.
    pub subject: String,
    /// The field of the scenario that it is about; empty where there is none.
    pub path: String,
    /// The sentence.
    pub message: String,
}

/// The kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// It cannot be used as it is: something must be done.
    Problem,
    /// Something that the file does not say was supposed.
    Assumed,
    /// It is in the file and not in the scenario.
    LeftOut,
    /// It is in the scenario.
    Understood,
}

/// What an import could not work out, and asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The expression as the file has it, `var.cpu`: the name under which it is answered
    /// ([`crate::ImportSettings::answers`]).
    pub expression: String,
    /// The file where it is needed first.
    pub file: String,
    /// The line there.
    pub line: Option<u32>,
    /// What it is needed for: `aws_ecs_service.web: desiredCount`.
    pub needed_for: String,
    /// Why it could not be worked out.
    pub because: String,
    /// What stands in the scenario until it is answered; absent: nothing, the field keeps its
    /// default.
    pub assumed: Option<String>,
}

/// Where readers say what they find.
#[derive(Debug, Default)]
pub(crate) struct Account {
    files: Vec<String>,
    notes: Vec<Note>,
    of_kind: BTreeMap<NoteKind, usize>,
    questions: Vec<Question>,
    asked: BTreeSet<String>,
    /// Names under which the files take an answer.
    takes: BTreeSet<String>,
    /// The notes of [`Self::notes`] without their paths.
    said: BTreeSet<(NoteKind, String, Option<u32>, String, String)>,
    unlisted: usize,
}

impl Account {
    pub(crate) fn new(files: Vec<String>) -> Self {
        Self { files, ..Self::default() }
    }

    pub(crate) fn problem(&mut self, at: Place, subject: &str, message: impl Into<String>) {
        self.add(NoteKind::Problem, at, subject, "", message);
    }

    pub(crate) fn assumed(
        &mut self,
        at: Place,
        subject: &str,
        path: &str,
        message: impl Into<String>,
    ) {
        self.add(NoteKind::Assumed, at, subject, path, message);
    }

    pub(crate) fn left_out(&mut self, at: Place, subject: &str, message: impl Into<String>) {
        self.add(NoteKind::LeftOut, at, subject, "", message);
    }

    pub(crate) fn understood(
        &mut self,
        at: Place,
        subject: &str,
        path: &str,
        message: impl Into<String>,
    ) {
        self.add(NoteKind::Understood, at, subject, path, message);
    }

    /// Says something; once, however many resources share what it is about.
    pub(crate) fn add(
        &mut self,
        kind: NoteKind,
        at: Place,
        subject: &str,
        path: &str,
        message: impl Into<String>,
    ) {
        let (file, line) = self.place(at);
        let (subject, path) = (shortened(subject.to_owned()), path.to_owned());
        let message = shortened(message.into());
        let note = (kind, file.clone(), line, subject.clone(), message.clone());
        if self.said.contains(&note) {
            return;
        }
        let of_kind = self.of_kind.entry(kind).or_default();
        if *of_kind >= MAX_NOTES {
            self.unlisted += 1;
            return;
        }
        *of_kind += 1;
        self.said.insert(note);
        self.notes.push(Note { kind, file, line, subject, path, message });
    }

    /// Asks for what is unknown; once for each expression.
    pub(crate) fn ask(
        &mut self,
        at: Place,
        unknown: &Unknown,
        needed_for: impl Into<String>,
        assumed: Option<String>,
    ) {
        let Unknown { expression, because } = unknown;
        if self.questions.len() >= MAX_NOTES || !self.asked.insert(expression.clone()) {
            return;
        }
        let (file, line) = self.place(at);
        self.questions.push(Question {
            expression: expression.clone(),
            file,
            line,
            needed_for: shortened(needed_for.into()),
            because: because.clone(),
            assumed,
        });
    }

    /// The files take an answer of this name: of a variable, a parameter, or what was worked out with
    /// one.
    pub(crate) fn takes(&mut self, name: &str) {
        if !self.takes.contains(name) {
            self.takes.insert(name.to_owned());
        }
    }

    /// Tells of each answer that nothing asks for: a misspelled one leaves the default in force.
    pub(crate) fn tell_unasked<'a>(&mut self, answers: impl Iterator<Item = &'a String>) {
        for name in answers {
            if self.takes.contains(name) || self.asked.contains(name) {
                continue;
            }
            let known = self.takes.iter().chain(&self.asked).map(String::as_str);
            let meant = did_you_mean(name, known).map(|it| format!("; {it}")).unwrap_or_default();
            let message = format!("nothing in the files takes an answer of this name{meant}");
            self.problem(Place::file(usize::MAX), name, message);
        }
    }

    fn place(&self, at: Place) -> (String, Option<u32>) {
        let file = self.files.get(at.file).cloned().unwrap_or_default();
        (file, (at.line > 0).then_some(at.line))
    }

    /// All that was said: by kind, then in the order of the files. And how much was not listed.
    pub(crate) fn close(mut self) -> (Vec<Note>, Vec<Question>, usize) {
        let mut places = BTreeMap::new();
        for (place, file) in self.files.into_iter().enumerate() {
            places.entry(file).or_insert(place);
        }
        let place = |note: &Note| places.get(&note.file).copied();
        self.notes.sort_by_key(|note| (note.kind, place(note), note.line));
        (self.notes, self.questions, self.unlisted)
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}
