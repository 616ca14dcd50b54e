//! The way from an import to the page: it takes the place of the scenario, its services are added,
//! or what it says goes into the scenario that is there. What it replaces is kept.

use crate::edit::Edit;
use crate::format::counted;
use crate::interop::imported::Imported;
use crate::interop::reading::Reading;
use crate::interop::verdict::{Verdict, says_of_page, verdict};
use crate::interop::words::place;
use crate::notice::Notice;
use crate::saved::difference::differences;
use crate::saved::shelving;
use crate::session::Happened;
use crate::sheet::SheetKind;
use crate::workbench::{Workbench, use_workbench};
use eniac_interop::{Import, Note, NoteKind};
use serde_json::Value;
use std::rc::Rc;
use yew::prelude::*;

/// Of which import.
#[derive(Properties, PartialEq)]
pub struct TakingProps {
    /// How far it is read.
    pub reading: Reading,
    /// What was read.
    pub import: Rc<Import>,
}

/// The buttons.
#[component]
pub fn Taking(props: &TakingProps) -> Html {
    let workbench = use_workbench();
    let TakingProps { reading, import } = props;
    let verdict = verdict(import);
    let scenario = scenario(&workbench, import);
    let is_ready = !reading.is_busy && reading.trouble.is_none();
    // The scenario of the page comes back as it was read, which may be written otherwise.
    let is_same = reading.is_of_page && differences(workbench.document(), &scenario).is_empty();
    let (name, hint) = match (reading.is_of_page, is_same) {
        (true, true) if import.suggestions.is_empty() => {
            ("Take it into the scenario", "The scenario says all of that already.")
        }
        (true, true) => ("Take it into the scenario", "Nothing is ticked that would change it."),
        (true, false) => ("Take it into the scenario", "Can be taken back."),
        (false, _) => ("Take this scenario", "It replaces what is on the page; can be taken back."),
    };
    let take = {
        let workbench = workbench.clone();
        let (reading, import) = (reading.clone(), import.clone());
        Callback::from(move |_: MouseEvent| take(&workbench, &reading, &import, &scenario))
    };
    let add = {
        let (workbench, services) = (workbench.clone(), verdict.services.clone());
        Callback::from(move |_: MouseEvent| {
            workbench.edit(Edit::AddServices(services.clone()));
            let text = format!("Added: {}.", counted(services.len() as u64, "service"));
            done(&workbench, Notice::replaced(text));
        })
    };
    html! {
        <div class="sheet-actions import-actions">
            <button
                type="button"
                class="main-button"
                disabled={!is_ready || !verdict.has_any || is_same}
                aria-describedby="import-takes"
                onclick={take}
            >
                { name }
            </button>
            if !verdict.services.is_empty() && !reading.is_of_page {
                <button type="button" class="quiet-button" disabled={!is_ready} onclick={add}>
                    { "Add the services" }
                </button>
            }
            <span id="import-takes" class="hint">{ hint }</span>
        </div>
    }
}

/// The scenario of the import, with the sizes that are ticked.
fn scenario(workbench: &Workbench, import: &Import) -> Value {
    let ticked = &workbench.session().draft.ticked;
    let suggested = import.suggestions.iter().enumerate();
    let suggested = suggested.filter(|(place, _)| ticked.contains(place));
    let changes = suggested.flat_map(|(_, suggestion)| suggestion.changes.clone()).collect();
    Edit::Apply(changes).apply(&import.scenario)
}

fn take(workbench: &Workbench, reading: &Reading, import: &Import, scenario: &Value) {
    let session = workbench.session();
    let Verdict { says, .. } = verdict(import);
    if reading.is_of_page {
        // What only says something of the scenario on the page leaves it what it was made of.
        let imported = session.imported().cloned();
        workbench.tell(Happened::Took(scenario.clone(), imported));
        done(workbench, Notice::replaced(format!("Taken: {}.", says_of_page(import))));
        return;
    }
    let kept = shelving::keep_last(workbench, scenario, "before an import");
    let kept = kept
        .map_or_else(String::new, |name| format!(" What was on the page is saved as “{name}”."));
    let read = session.given.iter().filter(|file| !reading.is_unread(&file.name));
    let imported = Imported {
        files: read.cloned().collect(),
        settings: session.draft.settings.clone(),
        texts: reading.texts(),
        assumed: assumed(import),
    };
    workbench.tell(Happened::Took(scenario.clone(), Some(Rc::new(imported))));
    let notice = match session.draft.open_questions(import) {
        0 => Notice::replaced(format!("Imported: {says}.{kept}")),
        open => {
            let open = counted(open, "question");
            Notice::replaced(format!("Imported: {says}; {open} open.{kept}"))
                .asking("Answer", SheetKind::Import)
        }
    };
    done(workbench, notice);
}

/// What the import supposed, a line each, for those who read the plan later.
fn assumed(import: &Import) -> Vec<String> {
    const MOST: usize = 200;
    let notes = import.notes.iter().filter(|note| note.kind == NoteKind::Assumed);
    let line = |note: &Note| {
        let mut words = vec![place(&note.file, note.line), note.subject.clone()];
        words.push(note.message.clone());
        words.retain(|word| !word.is_empty());
        words.join(": ")
    };
    notes.take(MOST).map(line).collect()
}

fn done(workbench: &Workbench, notice: Notice) {
    workbench.tell(Happened::ClosedSheet);
    workbench.tell(Happened::Told(notice));
}
