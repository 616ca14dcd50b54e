//! Form fields that are bound to a path of the scenario: they show what stands there, as it was
//! typed, and say when it is wrong.

use crate::document;
use crate::edit::Edit;
use crate::session::Happened;
use crate::workbench::{Workbench, field_id, is_under, message_id, use_workbench};
use eniac_core::{Diagnostic, Severity};
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A text field.
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Where its text stands.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Whether the name is for screen readers only, a heading being near.
    #[prop_or_default]
    pub bare: bool,
    /// What is meant when it is empty.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// How its text was understood; space is kept for it.
    #[prop_or_default]
    pub understood: Option<AttrValue>,
    /// The unit that stands behind it.
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    /// Classes of the field as a whole.
    #[prop_or_default]
    pub class: Classes,
}

/// A text field bound to a path.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let workbench = use_workbench();
    let TextFieldProps { path, label, bare, placeholder, understood, unit, class } = props;
    let oninput = {
        let (workbench, path) = (workbench.clone(), path.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            workbench.edit(Edit::Type { path: path.to_string(), text });
        })
    };
    let wrong = workbench.is_wrong(path);
    let about = workbench.problems_under(path).next().map(|problem| message_id(&problem.path));
    html! {
        <div class={classes!("field", class.clone())}>
            <label for={field_id(path)} class={classes!(bare.then_some("visually-hidden"))}>
                { label }
            </label>
            <span class="control">
                <input
                    id={field_id(path)}
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    value={document::text(workbench.document(), path)}
                    placeholder={placeholder.clone()}
                    aria-invalid={wrong.then_some("true")}
                    aria-describedby={about}
                    {oninput}
                    onblur={workbench.on(Happened::LeftField)}
                />
                if let Some(unit) = unit {
                    <span class="unit">{ unit }</span>
                }
            </span>
            if let Some(understood) = understood {
                <span class="understood">{ understood }</span>
            }
        </div>
    }
}

/// A choice among few.
#[derive(Properties, PartialEq)]
pub struct SelectFieldProps {
    /// Where its word stands.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Whether the name is for screen readers only.
    #[prop_or_default]
    pub bare: bool,
    /// The words and what they are called; the empty word removes the field.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Classes of the field as a whole.
    #[prop_or_default]
    pub class: Classes,
}

/// A choice bound to a path. A word that is none of the options is shown as it is.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let workbench = use_workbench();
    let SelectFieldProps { path, label, bare, options, class } = props;
    let onchange = {
        let (workbench, path) = (workbench.clone(), path.clone());
        Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlSelectElement>().value();
            let value = (!word.is_empty()).then(|| Value::from(word));
            workbench.edit(Edit::Choose { path: path.to_string(), value });
        })
    };
    let now = document::text(workbench.document(), path);
    let known = options.iter().any(|(word, _)| *word == now);
    html! {
        <div class={classes!("field", class.clone())}>
            <label for={field_id(path)} class={classes!(bare.then_some("visually-hidden"))}>
                { label }
            </label>
            <span class="control select">
                <select
                    id={field_id(path)}
                    aria-invalid={workbench.is_wrong(path).then_some("true")}
                    {onchange}
                >
                    if !known {
                        <option value={now.clone()} selected=true>{ now.clone() }</option>
                    }
                    { for options.iter().map(|(word, name)| html! {
                        <option value={word.clone()} selected={*word == now}>{ name }</option>
                    }) }
                </select>
            </span>
        </div>
    }
}

/// A yes or no.
#[derive(Properties, PartialEq)]
pub struct CheckFieldProps {
    /// Where it stands.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// What it is when nothing stands there.
    pub absent: bool,
}

/// A yes or no bound to a path.
#[component]
pub fn CheckField(props: &CheckFieldProps) -> Html {
    let workbench = use_workbench();
    let CheckFieldProps { path, label, absent } = props;
    let now = document::flag(workbench.document(), path, *absent);
    check(&workbench, path, label, now, Value::from(!now))
}

/// A setting that the API calls `ENABLED` or `DISABLED`, bound to a path.
#[component]
pub fn StatusField(props: &CheckFieldProps) -> Html {
    let workbench = use_workbench();
    let CheckFieldProps { path, label, absent } = props;
    let now = match document::text(workbench.document(), path).as_str() {
        "ENABLED" => true,
        "DISABLED" => false,
        _ => *absent,
    };
    let word = if now { "DISABLED" } else { "ENABLED" };
    check(&workbench, path, label, now, Value::from(word))
}

/// A box that is checked `now`, and makes the field `then`.
fn check(
    workbench: &Workbench,
    path: &AttrValue,
    label: &AttrValue,
    now: bool,
    then: Value,
) -> Html {
    let onchange = workbench.on_edit(Edit::Choose { path: path.to_string(), value: Some(then) });
    html! {
        <label class="check">
            <input id={field_id(path)} type="checkbox" checked={now} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// A field of several lines.
#[derive(Properties, PartialEq)]
pub struct LinesFieldProps {
    /// Where its text stands.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// An example.
    pub placeholder: AttrValue,
}

/// A field of several lines bound to a path.
#[component]
pub fn LinesField(props: &LinesFieldProps) -> Html {
    let workbench = use_workbench();
    let LinesFieldProps { path, label, placeholder } = props;
    let oninput = {
        let (workbench, path) = (workbench.clone(), path.to_string());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            workbench.edit(Edit::Type { path: path.clone(), text });
        })
    };
    html! {
        <div class="field">
            <label for={field_id(path)}>{ label }</label>
            <span class="control lines">
                <textarea
                    id={field_id(path)}
                    class="code"
                    rows="5"
                    spellcheck="false"
                    value={document::text(workbench.document(), path)}
                    placeholder={placeholder.clone()}
                    aria-invalid={workbench.is_wrong(path).then_some("true")}
                    {oninput}
                    onblur={workbench.on(Happened::LeftField)}
                />
            </span>
        </div>
    }
}

/// Some of a few words.
#[derive(Properties, PartialEq)]
pub struct WordsFieldProps {
    /// Where the list stands.
    pub path: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// The words and what they are called.
    pub words: Vec<(AttrValue, AttrValue)>,
}

/// Some of a few words, ticked; none ticked means any.
#[component]
pub fn WordsField(props: &WordsFieldProps) -> Html {
    let workbench = use_workbench();
    let WordsFieldProps { path, label, words } = props;
    let now = document::texts(workbench.document(), path);
    html! {
        <div class="words" role="group" aria-label={label.clone()} id={field_id(path)} tabindex="-1">
            { for words.iter().map(|(word, name)| {
                let on = now.iter().any(|kept| kept.eq_ignore_ascii_case(word));
                let edit = Edit::Tick { path: path.to_string(), word: word.to_string(), on: !on };
                html! {
                    <label class="chip">
                        <input type="checkbox" checked={on} onchange={workbench.on_edit(edit)} />
                        <span>{ name }</span>
                    </label>
                }
            }) }
        </div>
    }
}

/// What is said about a field and what stands under it.
#[derive(Properties, PartialEq)]
pub struct MessagesProps {
    /// The field.
    pub path: AttrValue,
    /// Fields under it that have messages of their own.
    #[prop_or_default]
    pub except: Vec<AttrValue>,
}

/// The problems of the field at `path` and under it, gravest first.
#[component]
pub fn Messages(props: &MessagesProps) -> Html {
    let workbench = use_workbench();
    let has_its_own =
        |problem: &&Diagnostic| props.except.iter().any(|path| is_under(&problem.path, path));
    messages(workbench.problems_under(&props.path).filter(|problem| !has_its_own(problem)))
}

/// `problems` as a list, without those that are only worth knowing.
pub fn messages<'a>(problems: impl Iterator<Item = &'a Diagnostic>) -> Html {
    let problems: Vec<_> = problems.filter(|problem| problem.severity != Severity::Note).collect();
    if problems.is_empty() {
        return html! {};
    }
    html! {
        <ul class="messages">
            { for problems.into_iter().map(|problem| html! {
                <li id={message_id(&problem.path)} class={severity_class(problem.severity)}>
                    { &problem.message }
                </li>
            }) }
        </ul>
    }
}

/// The class of a severity.
pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
