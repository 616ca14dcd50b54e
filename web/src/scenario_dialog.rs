//! The scenario as JSON: to read, copy, download, paste or open.

use crate::edit::Edit;
use crate::scenario_text::{checked, exported, file_name};
use crate::session::Happened;
use crate::sheet::{Sheet, SheetKind};
use crate::workbench::{field_id, use_workbench};
use gloo::file::callbacks::{FileReader, read_as_text};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, HtmlTextAreaElement, Url,
};
use yew::prelude::*;

/// The button and its dialog.
#[component]
pub fn ScenarioDialog() -> Html {
    let workbench = use_workbench();
    html! {
        <>
            <button
                type="button"
                id={field_id("")}
                class="quiet-button"
                data-testid="open-json"
                onclick={workbench.on(Happened::OpenedSheet(SheetKind::Json))}
            >
                { "Scenario as JSON" }
            </button>
            <Sheet kind={SheetKind::Json} title="Scenario as JSON">
                <ScenarioAsJson />
            </Sheet>
        </>
    }
}

#[component]
fn ScenarioAsJson() -> Html {
    let workbench = use_workbench();
    let text = use_state(|| exported(workbench.document()));
    let said = use_state(String::new);
    let reading = use_state(|| None::<FileReader>);
    let verdict = use_memo((*text).clone(), |text| checked(text));
    let apply = {
        let workbench = workbench.clone();
        let scenario = verdict.scenario.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(scenario) = &scenario {
                workbench.edit(Edit::Replace(scenario.clone()));
                workbench.tell(Happened::ClosedSheet);
            }
        })
    };
    let oninput = {
        let (text, said) = (text.clone(), said.clone());
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
            said.set(String::new());
        })
    };
    let copy = {
        let (text, said) = (text.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let _ = gloo::utils::window().navigator().clipboard().write_text(&text);
            said.set("Copied.".to_owned());
        })
    };
    let download = {
        let (text, said) = (text.clone(), said.clone());
        let name = file_name(workbench.document());
        Callback::from(move |_: MouseEvent| {
            said.set(match offer(&name, &text) {
                Ok(()) => format!("Saved as {name}."),
                Err(_) => "The browser did not let the file be saved.".to_owned(),
            });
        })
    };
    let pick = {
        let (text, said) = (text.clone(), said.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            let (text, said, name) = (text.clone(), said.clone(), file.name());
            let reader = read_as_text(&gloo::file::File::from(file), move |read| match read {
                Ok(content) => {
                    text.set(content);
                    said.set(format!("{name} is shown; nothing is changed before you take it."));
                }
                Err(error) => said.set(format!("{name} cannot be read: {error}")),
            });
            reading.set(Some(reader));
            input.set_value("");
        })
    };
    html! {
        <>
                <label for="json-text" class="hint">
                    { "This is all that eniac plans from. Change it, paste another, or open a file." }
                </label>
                <textarea
                    id="json-text"
                    class="code"
                    spellcheck="false"
                    rows="20"
                    value={(*text).clone()}
                    {oninput}
                />
                <ul class="messages" aria-live="polite">
                    { for verdict.says.iter().map(|(class, line)| html! {
                        <li class={*class}>{ line }</li>
                    }) }
                    if !said.is_empty() {
                        <li class="note">{ &*said }</li>
                    }
                </ul>
                <div class="sheet-actions">
                    <button
                        type="button"
                        class="main-button"
                        disabled={verdict.scenario.is_none()}
                        onclick={apply}
                    >
                        { "Take this scenario" }
                    </button>
                    <button type="button" class="quiet-button" onclick={copy}>{ "Copy" }</button>
                    <button type="button" class="quiet-button" onclick={download}>{ "Download" }</button>
                    <label class="quiet-button file">
                        { "Open a file" }
                        <input type="file" accept=".json,application/json" onchange={pick} />
                    </label>
                </div>
        </>
    }
}

/// Offers `text` as a file to be saved.
fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = gloo::utils::document().create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
