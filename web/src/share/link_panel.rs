//! The dialog of the link: the whole scenario behind the `#`, which no browser sends to a server.

use crate::download::{copy, save_as};
use crate::format::thousands;
use crate::interop::link::use_interop;
use crate::scenario_text::{exported, file_name};
use crate::share::export_panel::copied;
use crate::sheet::{Sheet, SheetKind};
use crate::unplanned::LeftOutLine;
use crate::workbench::use_workbench;
use eniac_interop::SAFE_CHARACTERS;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// How far the link is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Link {
    UnderWay,
    Here(String),
    Failed(String),
}

/// The dialog.
#[component]
pub fn ShareSheet() -> Html {
    html! {
        <Sheet kind={SheetKind::Share} title="Share as a link">
            <LinkPanel />
        </Sheet>
    }
}

#[component]
fn LinkPanel() -> Html {
    let workbench = use_workbench();
    let interop = use_interop();
    let link = use_state(|| Link::UnderWay);
    let said = use_state(String::new);
    use_effect_with(workbench.session().document().clone(), {
        let link = link.clone();
        move |document| {
            let scenario = exported(document);
            let encode = [("encode", JsValue::from_str(&scenario))];
            interop.ask(&encode, move |answer| match answer {
                Ok(answer) => {
                    let fragment = answer.text("fragment").unwrap_or_default();
                    let text = format!("{}{fragment}", without_fragment());
                    link.set(Link::Here(text));
                }
                Err(why) => link.set(Link::Failed(why)),
            });
        }
    });
    let copy_link = {
        let (link, said) = (link.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            if let Link::Here(text) = &*link {
                let said = said.clone();
                copy(text, move |is_done| said.set(copied(is_done)));
            }
        })
    };
    let save = {
        let said = said.clone();
        let (name, text) = (file_name(workbench.document()), exported(workbench.document()));
        Callback::from(move |_: MouseEvent| said.set(save_as(&name, &text)))
    };
    let body = match &*link {
        Link::UnderWay => html! { <p class="quiet">{ "Being made…" }</p> },
        Link::Failed(why) => html! {
            <p class="error-line">{ format!("No link could be made: {why}. The file carries the scenario too.") }</p>
        },
        Link::Here(text) if text.len() > SAFE_CHARACTERS => html! {
            <p data-testid="link-too-long">
                { format!(
                    "The link would have {} characters: mail, chat and ticket programs cut links of more \
                     than {}. Send the file; it is opened by Import or by dropping it on the page.",
                    thousands(text.len() as u64),
                    thousands(SAFE_CHARACTERS as u64),
                ) }
            </p>
        },
        Link::Here(text) => html! {
            <>
                <textarea
                    class="code"
                    rows="6"
                    readonly=true
                    aria-label="The link"
                    data-testid="link"
                    value={text.clone()}
                />
                <p class="hint">
                    { format!(
                        "{} characters. All of the scenario is behind the #, which is never sent to a server.",
                        thousands(text.len() as u64),
                    ) }
                </p>
            </>
        },
    };
    let is_link = matches!(&*link, Link::Here(text) if text.len() <= SAFE_CHARACTERS);
    html! {
        <div class="export">
            <LeftOutLine />
            { body }
            <p class="export-said hint" role="status">{ &*said }</p>
            <div class="sheet-actions">
                if is_link {
                    <button type="button" class="main-button" onclick={copy_link}>{ "Copy the link" }</button>
                }
                <button
                    type="button"
                    class={if is_link { "quiet-button" } else { "main-button" }}
                    onclick={save}
                >
                    { "Download the file" }
                </button>
            </div>
        </div>
    }
}

/// The address of the page itself.
fn without_fragment() -> String {
    let href = gloo::utils::window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
