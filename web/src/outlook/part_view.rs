//! A part of the outlook where it stands on the page: awaited, that of an older scenario, here,
//! or nothing.

use crate::edit::capacity_kind;
use crate::outlook::foresight::Standing;
use crate::workbench::Workbench;
use eniac_core::Part;
use yew::prelude::*;

/// Draws `value`, the part as it is known; dimmed while another one is on its way. `nothing` is
/// said where the scenario has none.
pub fn part_view<T: ?Sized>(
    workbench: &Workbench,
    part: Part,
    value: Option<&T>,
    nothing: &str,
    draw: impl FnOnce(&T) -> Html,
) -> Html {
    let foresight = workbench.foresight();
    let standing = foresight.standing(part);
    match (value, standing) {
        (Some(value), _) => {
            let stale = (standing != Standing::Here).then_some("stale");
            html! {
                <div class={classes!("part", stale)} data-part={part.word()}>
                    { draw(value) }
                </div>
            }
        }
        (None, Standing::Here) => html! {
            <p class="empty" data-part={part.word()}>{ nothing }</p>
        },
        (None, _) => match &foresight.trouble {
            Some(why) => html! {
                <p class="part-trouble">
                    { format!("This could not be worked out: {why}. The next change tries again.") }
                </p>
            },
            None => html! { <p class="empty waiting">{ "Being worked out…" }</p> },
        },
    }
}

/// What is said where there is nothing to foresee.
pub fn nothing_said(workbench: &Workbench) -> &'static str {
    match capacity_kind(workbench.document()) {
        "managedInstances" => "Nothing is placed yet, so there is nothing to say.",
        _ => "Nothing to say: only Managed Instances choose their instances themselves.",
    }
}
