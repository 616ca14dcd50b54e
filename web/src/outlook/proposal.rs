//! What all proposals have in common: what they save, what they change, and the button that
//! applies them, one step of the history each.

use crate::document;
use crate::edit::Edit;
use crate::format::{counted, share, usd_month};
use crate::outlook::changes::{Difference, listed};
use crate::outlook::foresight::Standing;
use crate::session::Happened;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Part;
use eniac_core::report::{Change, Saving};
use web_sys::HtmlElement;
use yew::prelude::*;

/// `$120 less a month (24 %)`.
pub fn saving_text(saving: &Saving) -> String {
    let month = saving.micro_usd_per_month;
    let amount = usd_month(month.unsigned_abs());
    let share = share(saving.thousandths);
    match month {
        0 => "costs the same".to_owned(),
        1.. => format!("{amount} less a month ({share})"),
        _ => format!("{amount} more a month ({share})"),
    }
}

/// The button that applies `changes`; `title` says of what, for those who do not see where it
/// stands. It waits while its part is that of an older scenario. Nothing where there is nothing to
/// change.
pub fn apply_button(workbench: &Workbench, part: Part, title: &str, changes: &[Change]) -> Html {
    let is_old = workbench.is_stale() || workbench.foresight().standing(part) != Standing::Here;
    apply_when(workbench, !is_old, title, changes)
}

/// The same for what is no part of the outlook: it waits unless the proposal `is_here`.
pub fn apply_when(workbench: &Workbench, is_here: bool, title: &str, changes: &[Change]) -> Html {
    if changes.is_empty() {
        return html! {};
    }
    html! {
        <button
            type="button"
            class="quiet-button apply"
            aria-label={format!("Apply: {title}")}
            disabled={!is_here}
            onclick={workbench.on_edit(Edit::Apply(changes.to_vec()))}
        >
            { "Apply" }
        </button>
    }
}

/// So many differences are shown at once.
const MOST_SHOWN: usize = 3;

/// What `changes` change, by path: before and after.
pub fn changes_list(workbench: &Workbench, changes: &[Change]) -> Html {
    let document = workbench.document();
    let rows = 0..document::len(document, "services");
    let names: Vec<String> =
        rows.map(|row| document::text(document, &format!("services[{row}].name"))).collect();
    let all = listed(changes, &names);
    let line = |difference: &Difference| {
        html! {
            <li>
                <code>{ &difference.path }</code>
                <span class="before">{ difference.before.clone().unwrap_or_else(|| "not set".into()) }</span>
                <span class="arrow">{ "→" }</span>
                <span class="after">{ difference.after.clone().unwrap_or_else(|| "not set".into()) }</span>
            </li>
        }
    };
    let (first, rest) = all.split_at(all.len().min(MOST_SHOWN));
    html! {
        <>
            <ul class="changes" aria-label="What it changes">{ for first.iter().map(line) }</ul>
            if !rest.is_empty() {
                <details class="arithmetic">
                    <summary>{ counted(rest.len() as u64, "more change") }</summary>
                    <ul class="changes">{ for rest.iter().map(line) }</ul>
                </details>
            }
        </>
    }
}

/// What stands above a list of proposals.
#[derive(Properties, PartialEq)]
pub struct ProposalNoteProps {
    /// What is said while nothing has been applied.
    pub children: Html,
}

/// A line that says what the list is, or that a proposal has just been applied and can be taken
/// back. The button that applied it is gone with its proposal, so the focus comes here.
#[component]
pub fn ProposalNote(props: &ProposalNoteProps) -> Html {
    let workbench = use_workbench();
    let applied = workbench.session().applied;
    let undo = use_node_ref();
    use_effect_with((applied, workbench.session().foresight.is_whole()), {
        let undo = undo.clone();
        move |(applied, _)| {
            let focused = gloo::utils::document().active_element();
            let is_lost = focused.is_none_or(|element| {
                element.tag_name() == "BODY" || element.has_attribute("disabled")
            });
            if let Some(undo) = undo.cast::<HtmlElement>()
                && applied.is_some()
                && is_lost
            {
                let _ = undo.focus();
            }
        }
    });
    html! {
        <p class="proposal-note" role="status">
            if let Some(changed) = applied {
                <span>{ format!("Applied: {} changed.", counted(changed as u64, "field")) }</span>
                <button
                    type="button"
                    class="quiet-button"
                    ref={undo}
                    onclick={workbench.on(Happened::Undone)}
                >
                    { "Take it back" }
                </button>
            } else {
                <span>{ props.children.clone() }</span>
            }
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saving_is_said_with_its_sign_in_words() {
        for (month, thousandths, text) in [
            (120_000_000, 244, "$120 less a month (24 %)"),
            (-30_000_000, -60, "$30 more a month (6 %)"),
            (0, 0, "costs the same"),
        ] {
            let saving = Saving { micro_usd_per_month: month, thousandths, ..Saving::default() };
            assert_eq!(saving_text(&saving), text);
        }
    }
}
