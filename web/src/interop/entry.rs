//! How files and text come into the import by hand: a choice of files or of a folder, and a box for
//! text, which steps back once something is given.

use crate::interop::draft::Draft;
use crate::interop::files::{give, give_found, listed, of_text, pasted_name};
use crate::interop::folder::chosen;
use crate::session::Happened;
use crate::workbench::use_workbench;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The buttons and the box.
#[component]
pub fn Entry() -> Html {
    let workbench = use_workbench();
    let draft = workbench.session().draft.clone();
    let text = draft.text.clone();
    let type_text = {
        let (workbench, draft) = (workbench.clone(), draft.clone());
        move |text: String| {
            workbench.tell(Happened::Drafted(Rc::new(Draft { text, ..(*draft).clone() })));
        }
    };
    let oninput = {
        let type_text = type_text.clone();
        Callback::from(move |event: InputEvent| {
            type_text(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let read = {
        let (workbench, text) = (workbench.clone(), text.clone());
        Callback::from(move |()| {
            if text.trim().is_empty() {
                return;
            }
            if let Some(file) = of_text(&pasted_name(&workbench), &text) {
                type_text(String::new());
                give(&workbench, vec![file]);
            }
        })
    };
    let onkeydown = {
        let read = read.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                read.emit(());
            }
        })
    };
    let pick = {
        let workbench = workbench.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(files) = input.files() {
                give(&workbench, listed(&files));
            }
            // The same file again is a choice too.
            input.set_value("");
        })
    };
    let pick_folder = {
        let workbench = workbench.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(files) = input.files().filter(|files| files.length() > 0) {
                give_found(&workbench, Vec::new(), chosen(&files));
            }
            input.set_value("");
        })
    };
    let is_first = workbench.session().given.is_empty();
    html! {
        <div class="import-entry">
            <div class="sheet-actions">
                <label class="quiet-button file">
                    { "Choose files" }
                    <input type="file" multiple=true data-testid="import-files" onchange={pick} />
                </label>
                <label class="quiet-button file">
                    { "Choose a folder" }
                    <input
                        type="file"
                        multiple=true
                        webkitdirectory=true
                        data-testid="import-folder"
                        onchange={pick_folder}
                    />
                </label>
                <span class="hint">{ "or drop them anywhere" }</span>
            </div>
            <details class="paste-text" open={is_first || !text.is_empty()}>
                <summary>{ "Paste text" }</summary>
                <label for="import-text" class="visually-hidden">{ "Text to import" }</label>
                <textarea
                    id="import-text"
                    class="code"
                    rows="4"
                    spellcheck="false"
                    placeholder="Paste text or cells of a spreadsheet here"
                    value={text.clone()}
                    {oninput}
                    {onkeydown}
                />
                <button
                    type="button"
                    class="quiet-button"
                    title="Ctrl+Enter"
                    disabled={text.trim().is_empty()}
                    onclick={read.reform(|_: MouseEvent| ())}
                >
                    { "Read this text" }
                </button>
            </details>
        </div>
    }
}
