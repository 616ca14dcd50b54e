//! A value of several parts that is typed as one text: what is typed stays as it is while the field
//! has the focus.

use crate::document;
use crate::edit::Edit;
use crate::session::Happened;
use crate::workbench::{field_id, use_workbench};
use serde_json::{Map, Value};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the parts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// A list of names, with commas or spaces between them.
    Names,
    /// An object, as `name=value` with commas or spaces between them.
    Pairs,
}

impl Parts {
    /// The value that `text` says; nothing for no parts.
    fn read(self, text: &str) -> Option<Value> {
        let words = text.split([',', ' ', '\n', '\t', ';']).filter(|word| !word.is_empty());
        match self {
            Self::Names => {
                let names: Vec<Value> = words.map(Value::from).collect();
                (!names.is_empty()).then_some(Value::Array(names))
            }
            Self::Pairs => {
                // A name without a value has an empty one.
                let pair = |word: &str| {
                    let (name, value) = word.split_once('=').unwrap_or((word, ""));
                    (name.to_owned(), Value::from(value))
                };
                let pairs: Map<String, Value> = words.map(pair).collect();
                (!pairs.is_empty()).then_some(Value::Object(pairs))
            }
        }
    }

    /// A value as people write it.
    fn written(self, value: Option<&Value>) -> String {
        let parts: Vec<String> = match (self, value) {
            (Self::Names, Some(Value::Array(names))) => {
                names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            (Self::Pairs, Some(Value::Object(pairs))) => pairs
                .iter()
                .map(|(name, value)| match value.as_str() {
                    Some("") | None => name.clone(),
                    Some(value) => format!("{name}={value}"),
                })
                .collect(),
            _ => Vec::new(),
        };
        parts.join(", ")
    }
}

/// Where the value stands.
#[derive(Properties, PartialEq)]
pub struct TypedTextProps {
    /// Its path.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Whether the name is for screen readers only.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What is meant when it is empty, or an example.
    pub placeholder: AttrValue,
    /// What its parts are.
    pub parts: Parts,
}

/// The field.
#[component]
pub fn TypedText(props: &TypedTextProps) -> Html {
    let workbench = use_workbench();
    let typed = use_state(|| None::<String>);
    let parts = props.parts;
    let kept = document::get(workbench.document(), &props.path);
    let shown = match &*typed {
        Some(text) if parts.read(text).as_ref() == kept => text.clone(),
        _ => parts.written(kept),
    };
    let oninput = {
        let (workbench, typed, path) = (workbench.clone(), typed.clone(), props.path.to_string());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let value = parts.read(&text);
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
            <label
                for={field_id(&props.path)}
                class={classes!(props.label_hidden.then_some("visually-hidden"))}
            >
                { props.label.clone() }
            </label>
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
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_told_apart_as_people_list_them() {
        let read = |text| Parts::Names.read(text);
        assert_eq!(
            read("m5.large, c5*\tr6g.large,"),
            Some(json!(["m5.large", "c5*", "r6g.large"]))
        );
        assert_eq!(read(" , "), None);
    }

    #[test]
    fn attributes_are_read_as_they_are_written() {
        let all = Parts::Pairs.read("disk=ssd,  tier=a=b spare");
        assert_eq!(all, Some(json!({"disk": "ssd", "tier": "a=b", "spare": ""})));
        assert_eq!(Parts::Pairs.written(all.as_ref()), "disk=ssd, spare, tier=a=b");
        assert_eq!(Parts::Pairs.read(" , "), None);
    }
}
