//! Custom attributes of instances, typed as `name=value` with commas or spaces between them.

use crate::document;
use crate::edit::Edit;
use crate::session::Happened;
use crate::workbench::{field_id, use_workbench};
use serde_json::{Map, Value};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Where the attributes stand.
#[derive(Properties, PartialEq)]
pub struct AttributesFieldProps {
    /// Their path.
    pub path: AttrValue,
}

/// The attributes in `text`; a name without a value has an empty one.
fn attributes(text: &str) -> Map<String, Value> {
    let words = text.split([',', ' ', '\n', '\t', ';']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            (name.to_owned(), Value::from(value))
        })
        .collect()
}

fn written(attributes: &Map<String, Value>) -> String {
    let all = attributes.iter().map(|(name, value)| match value.as_str() {
        Some("") | None => name.clone(),
        Some(value) => format!("{name}={value}"),
    });
    all.collect::<Vec<_>>().join(", ")
}

/// The attributes, as one text field. What is typed stays as it is while the field has the focus.
#[component]
pub fn AttributesField(props: &AttributesFieldProps) -> Html {
    let workbench = use_workbench();
    let typed = use_state(|| None::<String>);
    let kept = document::get(workbench.document(), &props.path).and_then(Value::as_object).cloned();
    let kept = kept.unwrap_or_default();
    let shown = match &*typed {
        Some(text) if attributes(text) == kept => text.clone(),
        _ => written(&kept),
    };
    let oninput = {
        let (workbench, typed, path) = (workbench.clone(), typed.clone(), props.path.to_string());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let all = attributes(&text);
            let value = (!all.is_empty()).then_some(Value::Object(all));
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
            <label for={field_id(&props.path)}>{ "Attributes of its instances" }</label>
            <span class="control">
                <input
                    id={field_id(&props.path)}
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    value={shown}
                    placeholder="none, or: disk=ssd, tier=front"
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
    fn attributes_are_read_as_they_are_written() {
        let all = attributes("disk=ssd,  tier=a=b spare");
        assert_eq!(Value::Object(all.clone()), json!({"disk": "ssd", "tier": "a=b", "spare": ""}));
        assert_eq!(written(&all), "disk=ssd, spare, tier=a=b");
        assert!(attributes(" , ").is_empty());
    }
}
