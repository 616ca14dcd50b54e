//! A row of a list in a form: its fields, and the button that takes it out.

use crate::edit::Edit;
use crate::icons::{Icon, icon};
use crate::workbench::Workbench;
use yew::prelude::*;

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
