//! What an import says of itself: by kind, each with its file and line.

use crate::format::{counted, thousands};
use crate::interop::words::{kind_title, place};
use eniac_interop::{Import, Note, NoteKind};
use std::rc::Rc;
use yew::prelude::*;

/// So many notes of a kind are shown before the user asks for the rest.
const FIRST_NOTES: usize = 40;

/// Of which import.
#[derive(Properties, PartialEq)]
pub struct AccountProps {
    /// The import.
    pub import: Rc<Import>,
}

/// The account.
#[component]
pub fn AccountView(props: &AccountProps) -> Html {
    let import = &props.import;
    let kinds = [NoteKind::Problem, NoteKind::Assumed, NoteKind::LeftOut, NoteKind::Understood];
    html! {
        <div class="account" data-testid="account">
            { for kinds.into_iter().map(|kind| {
                let notes = import.notes.iter().filter(|note| note.kind == kind);
                let notes: Rc<Vec<Note>> = Rc::new(notes.cloned().collect());
                html! { <NotesOfKind key={kind_title(kind)} {kind} {notes} /> }
            }) }
            if import.unlisted_notes > 0 {
                <p class="hint">
                    { format!("{} more not listed.", counted(import.unlisted_notes as u64, "note")) }
                </p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NotesOfKindProps {
    kind: NoteKind,
    notes: Rc<Vec<Note>>,
}

#[component]
fn NotesOfKind(props: &NotesOfKindProps) -> Html {
    let NotesOfKindProps { kind, notes } = props;
    let all = use_state(|| false);
    if notes.is_empty() {
        return html! {};
    }
    let shown = if *all { notes.len() } else { FIRST_NOTES };
    let rest = notes.len().saturating_sub(shown) as u64;
    let class = match kind {
        NoteKind::Problem => "problem-notes",
        NoteKind::Assumed => "assumed-notes",
        NoteKind::LeftOut | NoteKind::Understood => "",
    };
    html! {
        // Unasked: what must be done, and what is not as the files say.
        <details
            class={classes!("notes", class)}
            open={matches!(kind, NoteKind::Problem | NoteKind::Assumed)}
        >
            <summary>
                { format!("{}: {}", kind_title(*kind), thousands(notes.len() as u64)) }
            </summary>
            <ul>
                { for notes.iter().take(shown).map(line) }
            </ul>
            if rest > 0 {
                <button type="button" class="quiet-button" onclick={Callback::from(move |_| all.set(true))}>
                    { format!("Show {} more", thousands(rest)) }
                </button>
            }
        </details>
    }
}

fn line(said: &Note) -> Html {
    html! {
        <li>
            <span class="note-place">{ place(&said.file, said.line) }</span>
            <span>
                if !said.subject.is_empty() {
                    <code>{ &said.subject }</code>
                    { ": " }
                }
                { &said.message }
            </span>
        </li>
    }
}
