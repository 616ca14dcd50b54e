//! What the user has said and typed beside the files of an import: it stays when the dialog is
//! closed, and when the scenario is taken. Pure.

use eniac_interop::{Import, ImportSettings, Note, NoteKind, Question};
use std::collections::{BTreeMap, BTreeSet};

/// It.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Answers and headroom, as the files were read with.
    pub settings: ImportSettings,
    /// Answers as they stand in their fields, before they are read.
    pub typed: BTreeMap<String, String>,
    /// What has been asked so far: an answer that is wrong is told beside its question.
    pub asked: BTreeMap<String, Question>,
    /// The suggested sizes that are ticked, by their places.
    pub ticked: BTreeSet<usize>,
    /// The text that is to be pasted.
    pub text: String,
    /// Whether the scenario on the page was made of these files.
    pub is_taken: bool,
}

impl Draft {
    /// With the answer to `expression` as it is to be read; an empty one takes it back.
    #[must_use]
    pub fn answered(&self, expression: &str, text: &str) -> Self {
        let mut next = self.clone();
        next.typed.remove(expression);
        let text = text.trim();
        if text.is_empty() {
            next.settings.answers.remove(expression);
        } else {
            next.settings.answers.insert(expression.to_owned(), text.to_owned());
        }
        next
    }

    /// With everything that was typed as an answer.
    #[must_use]
    pub fn all_answered(&self) -> Self {
        let typed = self.typed.clone();
        typed.iter().fold(self.clone(), |next, (expression, text)| next.answered(expression, text))
    }

    /// With the questions of `import`.
    #[must_use]
    pub fn with_questions(&self, import: &Import) -> Self {
        let mut next = self.clone();
        for question in &import.questions {
            next.asked.insert(question.expression.clone(), question.clone());
        }
        next
    }

    /// Why the answer to `expression` cannot be used, if it cannot.
    pub fn wrong(&self, import: &Import, expression: &str) -> Option<String> {
        let answer = self.settings.answers.get(expression)?;
        let question = self.asked.get(expression);
        let is_of = |note: &&Note| {
            note.kind == NoteKind::Problem
                && note.message.contains(answer.as_str())
                && question.is_none_or(|it| it.file == note.file)
        };
        let mut of_answer = import.notes.iter().filter(is_of);
        // In the line that asked, where there is such a note.
        let line = question.and_then(|it| it.line);
        let nearest = import.notes.iter().filter(is_of).find(|note| note.line == line);
        nearest.or_else(|| of_answer.next()).map(in_its_words)
    }

    /// How many questions are open: those that are asked, and those answered with what cannot be
    /// used.
    pub fn open_questions(&self, import: &Import) -> u64 {
        let wrong = self.settings.answers.keys().filter(|it| self.wrong(import, it).is_some());
        (import.questions.len() + wrong.count()) as u64
    }
}

/// Without the path, which stands for the field, and without what becomes of the service.
fn in_its_words(note: &Note) -> String {
    let message = note.message.strip_prefix(&note.path).unwrap_or(&note.message);
    let message = message.trim_start_matches(": ");
    message.split("; this service is left out").next().unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn import(line: u32) -> Import {
        let import = json!({
            "scenario": {}, "files": [], "unlistedNotes": 0, "origins": [],
            "questions": [],
            "notes": [{
                "kind": "problem", "file": "main.tf", "line": line, "subject": "",
                "path": "services[0].taskDefinition.memory",
                "message": "services[0].taskDefinition.memory: abc is not an amount of memory: \
                            MiB is needed; this service is left out until it is mended"
            }],
        });
        serde_json::from_value(import).unwrap()
    }

    fn asked() -> Draft {
        let question = json!({ "expression": "var.memory", "file": "main.tf", "line": 1,
            "neededFor": "web: memory", "because": "no default", "assumed": null });
        let question: Question = serde_json::from_value(question).unwrap();
        let asked = BTreeMap::from([("var.memory".to_owned(), question)]);
        Draft { asked, ..Draft::default() }
    }

    #[test]
    fn a_wrong_answer_is_told_in_its_fields_words() {
        let draft = asked().answered("var.memory", " abc ");
        let said = "abc is not an amount of memory: MiB is needed";
        for line in [1, 7] {
            assert_eq!(draft.wrong(&import(line), "var.memory").as_deref(), Some(said));
            assert_eq!(draft.open_questions(&import(line)), 1);
        }
        let mended = draft.answered("var.memory", "512");
        assert_eq!(mended.wrong(&import(1), "var.memory"), None);
        assert_eq!(draft.answered("var.memory", "").settings, ImportSettings::default());
    }

    #[test]
    fn what_was_typed_becomes_an_answer() {
        let mut draft = asked();
        draft.typed.insert("var.memory".into(), "3 GB".into());
        let read = draft.all_answered();
        assert_eq!(read.settings.answers["var.memory"], "3 GB");
        assert!(read.typed.is_empty());
    }
}
