//! The scenario as JSON text: to read, and to change by hand. Files come in by the import, and
//! leave by the export.

use crate::edit::Edit;
use crate::scenario_text::{checked, exported};
use crate::session::Happened;
use crate::sheet::{Sheet, SheetKind};
use crate::workbench::{field_id, use_workbench};
use web_sys::HtmlTextAreaElement;
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
                class="quiet-button in-more"
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
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    html! {
        <>
            <label for="json-text" class="hint">
                { "This is all that eniac plans from. Change it, or paste another." }
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
            </div>
        </>
    }
}
