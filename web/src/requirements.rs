//! What instances must be like, as a funnel: beside each attribute how many types it leaves, and
//! on a click which ones it took away.

use crate::attributes::{ATTRIBUTES, Attribute, Editor};
use crate::document;
use crate::edit::Edit;
use crate::field::{Messages, SelectField, TextField, WordsField, messages};
use crate::format::thousands;
use crate::funnel::{FunnelCount, step_of};
use crate::typed_text::{Parts, TypedText};
use crate::workbench::{field_id, is_under, use_workbench};
use serde_json::json;
use yew::prelude::*;

/// Where the requirements stand.
#[derive(Properties, PartialEq)]
pub struct RequirementsProps {
    /// The path of `instanceRequirements`.
    pub path: AttrValue,
    /// What happens without them.
    pub without: AttrValue,
}

/// The requirements as a form and a funnel.
#[component]
pub fn Requirements(props: &RequirementsProps) -> Html {
    let workbench = use_workbench();
    let more = use_state(|| false);
    let document = workbench.document();
    let set = document::get(document, &props.path).is_some();
    let choose = |own: bool| {
        let value = own.then(|| json!({ "vCpuCount": { "min": 1 }, "memoryMiB": { "min": 0 } }));
        workbench.on_edit(Edit::Choose { path: props.path.to_string(), value })
    };
    let selection = workbench.answer().map(|answer| &answer.selection);
    let toggle_more = {
        let more = more.clone();
        Callback::from(move |_| more.set(!*more))
    };
    let lines = ATTRIBUTES.into_iter().filter(|attribute| {
        let stands =
            selection.is_some_and(|selection| step_of(selection, attribute.name).is_some());
        let path = format!("{}.{}", props.path, attribute.name);
        let editable = attribute.editor != Editor::Effect;
        let wanted = || attribute.common || *more || document::get(document, &path).is_some();
        stands || (set && editable && wanted())
    });
    // What is said of an attribute that has no line: one that there is not, most often.
    let has_line = |path: &str| {
        let mut names = ATTRIBUTES.iter().map(|attribute| attribute.name);
        names.any(|name| is_under(path, &format!("{}.{name}", props.path)))
    };
    let unplaced = workbench.problems_under(&props.path).filter(|problem| !has_line(&problem.path));
    html! {
        <div class="requirements" id={field_id(&props.path)} tabindex="-1">
            <div class="panel-head">
                <h3>{ "Which types" }</h3>
                <div class="segmented" role="group" aria-label="Requirements">
                    <button
                        type="button"
                        aria-pressed={(!set).to_string()}
                        onclick={choose(false)}
                    >
                        { props.without.clone() }
                    </button>
                    <button type="button" aria-pressed={set.to_string()} onclick={
                        if set { Callback::noop() } else { choose(true) }
                    }>
                        { "Requirements" }
                    </button>
                </div>
            </div>
            <div class="funnel">
                <div class="funnel-line funnel-total">
                    <span>{ "Known types" }</span>
                    <span class="figure">
                        { selection.map_or_else(String::new, |s| thousands(u64::from(s.considered))) }
                    </span>
                </div>
                { for lines.map(|attribute| html! {
                    <Line key={attribute.name} {attribute} list={props.path.clone()} />
                }) }
                <div class="funnel-line funnel-total">
                    <span>{ "Admitted" }</span>
                    <strong class="figure">
                        { selection.map_or_else(String::new, |s| thousands(u64::from(s.admitted))) }
                    </strong>
                </div>
            </div>
            { messages(unplaced) }
            if set {
                <button
                    type="button"
                    class="quiet-button"
                    aria-expanded={more.to_string()}
                    onclick={toggle_more}
                >
                    { if *more { "Fewer attributes" } else { "All attributes" } }
                </button>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    attribute: Attribute,
    list: AttrValue,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let attribute = props.attribute;
    let path: AttrValue = format!("{}.{}", props.list, attribute.name).into();
    let editor = match attribute.editor {
        Editor::Effect => html! {},
        Editor::Range(unit) => range(&path, attribute.label, unit),
        Editor::Words(words) => {
            let words: Vec<(AttrValue, AttrValue)> =
                words.iter().map(|(word, name)| ((*word).into(), (*name).into())).collect();
            html! { <WordsField path={path.clone()} label={attribute.label} {words} /> }
        }
        Editor::Inclusion(absent) => html! {
            <SelectField
                path={path.clone()}
                label={attribute.label}
                bare=true
                options={inclusions(absent)}
            />
        },
        Editor::TypeNames(placeholder) => html! {
            <TypedText label_hidden=true parts={Parts::Names} path={path.clone()} label={attribute.label} {placeholder} />
        },
        Editor::Percent => html! {
            <TextField
                path={path.clone()}
                label={attribute.label}
                bare=true
                placeholder="off"
                unit="% above"
            />
        },
    };
    let of_the_api = attribute.editor != Editor::Effect;
    html! {
        <div class={classes!("funnel-line", (!of_the_api).then_some("funnel-effect"))}>
            <span class="funnel-name" title={of_the_api.then_some(attribute.name)}>
                { attribute.label }
            </span>
            <div class="funnel-editor">{ editor }</div>
            <FunnelCount attribute={attribute.name} label={attribute.label} />
            <Messages {path} />
        </div>
    }
}

fn range(path: &AttrValue, label: &str, unit: &'static str) -> Html {
    let end = |end: &str, placeholder: &'static str| {
        html! {
            <TextField
                path={format!("{path}.{end}")}
                label={format!("{label}, {end}")}
                bare=true
                {placeholder}
            />
        }
    };
    html! {
        <div class="range">
            { end("min", "min") }
            <span aria-hidden="true">{ "–" }</span>
            { end("max", "max") }
            if !unit.is_empty() {
                <span class="unit">{ unit }</span>
            }
        </div>
    }
}

fn inclusions(absent: &str) -> Vec<(AttrValue, AttrValue)> {
    let mut options = vec![(AttrValue::from(""), AttrValue::from(format!("default: {absent}")))];
    for word in ["included", "required", "excluded"] {
        options.push((word.into(), word.into()));
    }
    options
}
