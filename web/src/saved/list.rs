//! One saved scenario in the list: what it is, and what can be done with it.

use crate::format::{counted, usd_month};
use crate::icons::{Icon, icon};
use crate::saved::compare::open_kept;
use crate::saved::entry::Entry;
use crate::saved::shelving;
use crate::workbench::use_workbench;
use js_sys::Date;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Which one.
#[derive(Properties, PartialEq)]
pub struct KeptRowProps {
    /// Its name.
    pub name: AttrValue,
    /// What is kept.
    pub entry: Rc<Entry>,
    /// Whether it is ticked to be compared.
    pub is_ticked: bool,
    /// It is ticked, or not any more.
    pub tick: Callback<()>,
}

/// The row.
#[component]
pub fn KeptRow(props: &KeptRowProps) -> Html {
    let workbench = use_workbench();
    let KeptRowProps { name, entry, is_ticked, tick } = props;
    let renaming = use_state(|| false);
    let field = use_node_ref();
    use_effect_with(*renaming, {
        let field = field.clone();
        move |renaming| {
            if let (true, Some(field)) = (*renaming, field.cast::<HtmlInputElement>()) {
                let _ = field.focus();
                field.select();
            }
        }
    });
    let rename = {
        let (workbench, renaming, field, from) =
            (workbench.clone(), renaming.clone(), field.clone(), name.clone());
        Callback::from(move |()| {
            renaming.set(false);
            let to = field.cast::<HtmlInputElement>().map(|field| field.value());
            let to = to.unwrap_or_default().trim().to_owned();
            shelving::make(&workbench, |shelf| shelf.rename(&from, &to));
        })
    };
    let onkeydown = {
        let (rename, renaming) = (rename.clone(), renaming.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                rename.emit(());
            }
            // It gives up the name, not the dialog.
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                renaming.set(false);
            }
            _ => {}
        })
    };
    let begin = {
        let renaming = renaming.clone();
        Callback::from(move |_: MouseEvent| renaming.set(true))
    };
    let with_name = |act: fn(&crate::workbench::Workbench, &str)| {
        let (workbench, name) = (workbench.clone(), name.clone());
        Callback::from(move |_: MouseEvent| act(&workbench, &name))
    };
    let open = with_name(open_kept);
    let delete = with_name(|workbench, name| {
        shelving::make(workbench, |shelf| Some(shelf.delete(name)));
    });
    let of = |what: &str| format!("{what} {name}");
    let cost = entry.micro_usd_per_month.map_or_else(|| "–".to_owned(), usd_month);
    html! {
        <li class="kept-row" data-testid="kept-row">
            <label class="check">
                <input type="checkbox" checked={*is_ticked} onchange={tick.reform(|_: Event| ())} />
                <span class="visually-hidden">{ of("Compare") }</span>
            </label>
            if *renaming {
                <span class="control kept-name">
                    <input
                        ref={field}
                        type="text"
                        aria-label={of("New name of")}
                        value={name.clone()}
                        {onkeydown}
                        onblur={rename.reform(|_: FocusEvent| ())}
                    />
                </span>
            } else {
                <button type="button" class="link-button kept-name" title="Open it (can be taken back)" onclick={open}>
                    { name.clone() }
                </button>
            }
            <span class="quiet kept-services">{ counted(entry.services() as u64, "service") }</span>
            <span class="figure kept-cost" title="A month, when it was saved">{ cost }</span>
            <span class="quiet kept-date">{ local_time(&entry.saved_at) }</span>
            <span class="kept-tools">
                <button type="button" class="quiet-button" aria-label={of("Rename")} onclick={begin}>
                    { "Rename" }
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label={of("Delete")}
                    title="Delete (can be taken back)"
                    onclick={delete}
                >
                    { icon(Icon::Cross) }
                </button>
            </span>
        </li>
    }
}

/// `2026-07-20 09:05`, where the user is.
fn local_time(iso: &str) -> String {
    let date = Date::new(&JsValue::from_str(iso));
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
    )
}
