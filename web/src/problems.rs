//! What is wrong or worth knowing, gravest first; each leads to its field.

use crate::bar::MORE;
use crate::field::severity_class;
use crate::workbench::{field_id, use_workbench};
use eniac_core::{Diagnostic, Severity};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The list.
#[component]
pub fn Problems() -> Html {
    let workbench = use_workbench();
    if workbench.problems().is_empty() {
        return html! { <p class="empty">{ "Nothing is wrong." }</p> };
    }
    html! {
        <ul class="problems">
            { for workbench.problems().iter().map(problem) }
        </ul>
    }
}

fn problem(problem: &Diagnostic) -> Html {
    html! {
        <li class={severity_class(problem.severity)}>
            <span class="severity">{ severity_word(problem.severity) }</span>
            <div>
                <p>{ &problem.message }</p>
                if !problem.path.is_empty() {
                    <Way path={problem.path.clone()} />
                }
            </div>
        </li>
    }
}

/// What a severity is called.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Which field.
#[derive(Properties, PartialEq)]
pub struct WayProps {
    /// Its path.
    pub path: AttrValue,
}

/// The way to a field: a button where the field is on the page.
#[component]
pub fn Way(props: &WayProps) -> Html {
    let onclick = {
        let path = props.path.clone();
        Callback::from(move |_: MouseEvent| go_to(&path))
    };
    html! {
        <button type="button" class="link-button path" {onclick}>{ props.path.clone() }</button>
    }
}

/// On a phone a part of the bar is shown on demand, and what is not shown takes no focus.
fn unfold_bar(element: &HtmlElement) {
    let is_hidden = element.get_client_rects().length() == 0;
    let Ok(Some(_)) = element.closest(".bar .in-more").map(|it| it.filter(|_| is_hidden)) else {
        return;
    };
    let more = gloo::utils::document().get_element_by_id(MORE);
    if let Some(more) = more.and_then(|more| more.dyn_into::<HtmlElement>().ok()) {
        more.click();
        let element = element.clone();
        // After the page is drawn anew.
        Timeout::new(0, move || {
            let _ = element.focus();
        })
        .forget();
    }
}

/// Puts the focus on the field at `path`, or on the nearest one around it that is on the page.
pub fn go_to(path: &str) {
    let document = gloo::utils::document();
    let mut path = path.to_owned();
    loop {
        let ids =
            [field_id(&path), field_id(&format!("{path}.name")), field_id(&format!("{path}.min"))];
        let element = ids.iter().find_map(|id| document.get_element_by_id(id));
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // What is folded away takes no focus.
            if let Ok(Some(folded)) = element.closest("details") {
                let _ = folded.set_attribute("open", "");
            }
            unfold_bar(&element);
            let _ = element.focus();
            return;
        }
        match path.rfind(['.', '[']) {
            Some(end) => path.truncate(end),
            None if path.is_empty() => return,
            // What has no field of its own is changed in the scenario's text.
            None => path.clear(),
        }
    }
}
