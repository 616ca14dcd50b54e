//! The dialog of the export: a format, what it gives, and copy, download or paper.

use crate::download::{copy, save_as};
use crate::session::Happened;
use crate::share::out_format::formats;
use crate::share::written::{Written, use_written};
use crate::sheet::{Sheet, SheetKind};
use crate::unplanned::LeftOutLine;
use crate::workbench::use_workbench;
use gloo::timers::callback::Timeout;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// More of a text than this is not shown, only copied and saved.
const MOST_SHOWN: usize = 200_000;

/// The dialog.
#[component]
pub fn ExportSheet() -> Html {
    html! {
        <Sheet kind={SheetKind::Export} title="Export" wide=true>
            <ExportPanel />
        </Sheet>
    }
}

#[component]
fn ExportPanel() -> Html {
    let workbench = use_workbench();
    let chosen = use_state(|| 0_usize);
    let imported = workbench.session().imported().cloned();
    let formats = formats(imported.is_some());
    let format = formats.get(*chosen).copied();
    let said = use_state(String::new);
    let is_current = !workbench.is_stale();
    let report = workbench.answer().filter(|_| is_current).cloned();
    let written = use_written(format, workbench.session().document().clone(), report, imported);
    let choose = {
        let (chosen, said) = (chosen.clone(), said.clone());
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            chosen.set(usize::try_from(index).unwrap_or(0));
            said.set(String::new());
        })
    };
    let file = match &written {
        Written::Here(file) if !file.text.is_empty() => Some(file.clone()),
        _ => None,
    };
    let copying = {
        let (file, said) = (file.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(file) = &file else { return };
            let said = said.clone();
            copy(&file.text, move |is_done| said.set(copied(is_done)));
        })
    };
    let saving = {
        let (file, said) = (file.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = &file {
                said.set(save_as(&file.name, &file.text));
            }
        })
    };
    let print = {
        let workbench = workbench.clone();
        Callback::from(move |_: MouseEvent| {
            workbench.tell(Happened::ClosedSheet);
            // After the dialog is gone.
            Timeout::new(0, || {
                let _ = gloo::utils::window().print();
            })
            .forget();
        })
    };
    let name = file.as_ref().map_or("", |file| file.name.as_str());
    html! {
        <div class="export">
            <div class="export-choice">
                <div class="field">
                    <label for="export-format">{ "Format" }</label>
                    <span class="control select">
                        <select id="export-format" onchange={choose}>
                            { for formats.iter().enumerate().map(|(place, other)| html! {
                                <option selected={place == *chosen}>{ other.name }</option>
                            }) }
                        </select>
                    </span>
                </div>
                <p class="hint">{ format.map_or("", |format| format.purpose) }</p>
            </div>
            <LeftOutLine />
            { body(&written) }
            <p class="export-said hint" role="status">{ &*said }</p>
            <div class="sheet-actions">
                <button type="button" class="main-button" disabled={file.is_none()} onclick={saving}>
                    { "Download" }
                    if !name.is_empty() {
                        <span class="file-name">{ name }</span>
                    }
                </button>
                <button type="button" class="quiet-button" disabled={file.is_none()} onclick={copying}>
                    { "Copy" }
                </button>
                <button type="button" class="quiet-button" title="The plan on paper, or as a PDF" onclick={print}>
                    { "Print the plan" }
                </button>
            </div>
        </div>
    }
}

fn body(written: &Written) -> Html {
    let file = match written {
        Written::Here(file) => file,
        Written::UnderWay => return html! { <p class="quiet">{ "Being written…" }</p> },
        Written::Nothing(why) => return html! { <p class="error-line">{ why }</p> },
    };
    html! {
        <>
            if file.text.is_empty() {
                <p class="empty">
                    { "Nothing changes in the files." }
                </p>
            } else {
                <textarea
                    class="code"
                    rows="18"
                    readonly=true
                    aria-label={file.name.clone()}
                    data-testid="export-text"
                    value={shown(&file.text)}
                />
            }
            if !file.not_carried.is_empty() {
                <details class="notes assumed-notes" open={file.not_carried.len() < 8} data-testid="not-carried">
                    <summary>
                        { format!("What this format has no place for: {}", file.not_carried.len()) }
                    </summary>
                    <ul class="paper-list">
                        { for file.not_carried.iter().map(|line| html! {
                            <li class="not-carried">{ line }</li>
                        }) }
                    </ul>
                </details>
            }
        </>
    }
}

/// What is said after copying.
pub fn copied(is_done: bool) -> String {
    let said = if is_done {
        "Copied."
    } else {
        "The browser did not let it be copied: select it and copy it yourself."
    };
    said.to_owned()
}

/// The text, or the beginning of a long one.
fn shown(text: &str) -> String {
    if text.len() <= MOST_SHOWN {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(MOST_SHOWN);
    let beginning = text.get(..end).unwrap_or_default();
    format!("{beginning}\n… and more: copy or download it to have all of it")
}
