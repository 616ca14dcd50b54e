//! A list of instance type names, typed with commas or spaces between them.

use crate::document;
use crate::edit::Edit;
use crate::session::Happened;
use crate::workbench::{field_id, use_workbench};
use serde_json::Value;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where the list stands.
#[derive(Properties, PartialEq)]
pub struct TypeNamesProps {
    /// Its path.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// What is meant when it is empty, or an example.
    pub placeholder: AttrValue,
}

/// The names in `text`.
fn names(text: &str) -> Vec<String> {
    let names = text.split([',', ' ', '\n', '\t', ';']).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// The list, as one text field. What is typed stays as it is while the field has the focus.
#[component]
pub fn TypeNames(props: &TypeNamesProps) -> Html {
    let workbench = use_workbench();
    let typed = use_state(|| None::<String>);
    let kept = document::texts(workbench.document(), &props.path);
    let shown = match &*typed {
        Some(text) if names(text) == kept => text.clone(),
        _ => kept.join(", "),
    };
    let oninput = {
        let (workbench, typed, path) = (workbench.clone(), typed.clone(), props.path.to_string());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let names = names(&text);
            let value = (!names.is_empty()).then(|| Value::from(names));
            workbench.edit(Edit::Choose { path: path.clone(), value });
            typed.set(Some(text));
        })
    };
    let onblur = {
        let workbench = workbench.clone();
        Callback::from(move |_: FocusEvent| {
            typed.set(None);
            workbench.tell(Happened::LeftField);
        })
    };
    let wrong = workbench.problems_under(&props.path).next().is_some();
    html! {
        <div class="field">
            <label for={field_id(&props.path)} class="visually-hidden">{ props.label.clone() }</label>
            <span class="control">
                <input
                    id={field_id(&props.path)}
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    value={shown}
                    placeholder={props.placeholder.clone()}
                    aria-invalid={wrong.then_some("true")}
                    {oninput}
                    {onblur}
                />
            </span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_told_apart_as_people_list_them() {
        assert_eq!(super::names("m5.large, c5*\tr6g.large,"), ["m5.large", "c5*", "r6g.large"]);
        assert!(super::names(" , ").is_empty());
    }
}
