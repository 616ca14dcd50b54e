//! A scenario that arrives with the address: it is opened, the last one is kept, and the address is
//! freed of it, so that reloading does not bring it back over later edits.

use crate::edit::Edit;
use crate::interop::link::use_interop;
use crate::notice::Notice;
use crate::saved::shelving;
use crate::session::Happened;
use crate::workbench::{Workbench, use_workbench};
use gloo::events::EventListener;
use serde_json::Value;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Looks at the address when the page opens, and whenever it gets another fragment.
#[component]
pub fn Arriving() -> Html {
    let workbench = use_workbench();
    let interop = use_interop();
    let now = use_mut_ref(|| workbench.clone());
    now.replace(workbench);
    use_effect_with((), move |()| {
        let look = move || {
            let Some(fragment) = take_fragment() else { return };
            let now = now.clone();
            let decode = [("decode", JsValue::from_str(&fragment))];
            interop.ask(&decode, move |answer| {
                let workbench = now.borrow().clone();
                let scenario = answer.map(|answer| answer.text("scenario").unwrap_or_default());
                arrived(&workbench, scenario);
            });
        };
        look();
        let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| look());
        move || drop(listener)
    });
    html! {}
}

/// The fragment of the address, if it carries a scenario; the address has none afterwards.
fn take_fragment() -> Option<String> {
    let window = gloo::utils::window();
    let href = window.location().href().ok()?;
    let (page, fragment) = href.split_once('#')?;
    let fragment = is_link(fragment).then(|| fragment.to_owned())?;
    let history = window.history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(page));
    Some(fragment)
}

/// Whether the fragment is a link's, of any version: the page has places with fragments too.
fn is_link(fragment: &str) -> bool {
    let version = fragment.strip_prefix("eniac");
    version.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn arrived(workbench: &Workbench, scenario: Result<String, String>) {
    let read = scenario.and_then(|text| {
        let read: Result<Value, _> = serde_json::from_str(&text);
        read.map_err(|error| error.to_string())
    });
    match read {
        Ok(scenario) => {
            let kept = shelving::keep_last(workbench, &scenario, "before a link");
            workbench.edit(Edit::Replace(scenario));
            let kept = kept.map_or_else(String::new, |name| {
                format!(" What was on the page is saved as “{name}”.")
            });
            let text = format!("The scenario of the link is open.{kept}");
            workbench.tell(Happened::Told(Notice::replaced(text)));
        }
        Err(why) => {
            let text = format!("The link cannot be opened: {why}. This is what was on the page.");
            workbench.tell(Happened::Told(Notice::trouble(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn links_are_told_from_places_of_the_page() {
        for (fragment, expected) in [
            ("eniac1.AAAA", true),
            ("eniac27.", true),
            ("", false),
            ("answer", false),
            ("field:services[0].name", false),
            ("eniac", false),
        ] {
            assert_eq!(is_link(fragment), expected, "{fragment}");
        }
    }
}
