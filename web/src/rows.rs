//! Lists in forms: a row with the button that takes it out, and a list that can be added to.

use crate::document;
use crate::edit::Edit;
use crate::field::Messages;
use crate::icons::{Icon, icon};
use crate::workbench::{Workbench, field_id};
use serde_json::Value;
use yew::prelude::*;

/// A list that can be added to, under a heading of its own.
pub struct Growing {
    /// The list.
    pub path: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What the button says that adds an element.
    pub add: &'static str,
    /// What else there is to say of that.
    pub hint: Option<&'static str>,
    /// The button's name for tests.
    pub test_id: &'static str,
    /// What an element is called.
    pub element: &'static str,
}

impl Growing {
    /// The list; `likely` is what is added, `fields` are those of an element, by its place.
    pub fn shown(
        self,
        workbench: &Workbench,
        likely: Value,
        fields: impl Fn(usize) -> Html,
    ) -> Html {
        let Self { path, heading, add, hint, test_id, element } = self;
        let count = document::len(workbench.document(), path);
        let append = Edit::Append { path: path.into(), value: likely };
        html! {
            <div class="settings" id={field_id(path)} tabindex="-1">
                <div class="panel-head">
                    <h3>{ heading }</h3>
                    <button
                        type="button"
                        class="quiet-button"
                        data-testid={test_id}
                        title={hint}
                        onclick={workbench.on_edit(append)}
                    >
                        { icon(Icon::Plus) }{ add }
                    </button>
                </div>
                if count > 0 {
                    <ul class="rows">
                        { for (0..count).map(|at| {
                            removable_row(workbench, "running", path, at, element, fields(at))
                        }) }
                    </ul>
                }
                <Messages {path} />
            </div>
        }
    }
}

/// The row at `index` of the list at `path`, called `name`; `class` says how its fields stand.
pub fn removable_row(
    workbench: &Workbench,
    class: &'static str,
    path: &str,
    index: usize,
    name: &str,
    fields: Html,
) -> Html {
    html! {
        <li {class} key={index}>
            { fields }
            <button
                type="button"
                class="icon-button"
                aria-label={format!("Remove {name} {}", index + 1)}
                title="Remove (can be undone)"
                onclick={workbench.on_edit(Edit::RemoveElement { path: path.to_owned(), index })}
            >
                { icon(Icon::Cross) }
            </button>
        </li>
    }
}
