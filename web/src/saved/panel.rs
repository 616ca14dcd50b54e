//! The dialog of the saved scenarios: save this one, and the list of all; or two side by side.

use crate::document;
use crate::edit::Edit;
use crate::saved::compare::{Choice, CompareTwo};
use crate::saved::list::KeptRow;
use crate::saved::shelving;
use crate::sheet::{Sheet, SheetKind};
use crate::workbench::use_workbench;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The dialog.
#[component]
pub fn SavedSheet() -> Html {
    html! {
        <Sheet kind={SheetKind::Saved} title="Saved scenarios" wide=true>
            <Saved />
        </Sheet>
    }
}

#[component]
fn Saved() -> Html {
    let workbench = use_workbench();
    let ticked = use_state(|| vec![Choice::Now]);
    let compared = use_state(|| None::<[Choice; 2]>);
    use_effect_with((), {
        let workbench = workbench.clone();
        move |()| shelving::look_again(&workbench)
    });
    if let Some(choices) = &*compared {
        let choose = {
            let compared = compared.clone();
            Callback::from(move |choices| compared.set(Some(choices)))
        };
        let back = {
            let compared = compared.clone();
            Callback::from(move |()| compared.set(None))
        };
        return html! { <CompareTwo choices={choices.clone()} {choose} {back} /> };
    }
    let shelf = &workbench.session().shelf;
    let kept = shelf.newest_first();
    let is_there = |choice: &Choice| match choice {
        Choice::Now => true,
        Choice::Kept(name) => shelf.get(name).is_some(),
    };
    let standing: Vec<Choice> = ticked.iter().filter(|it| is_there(it)).cloned().collect();
    let tick = |choice: Choice| {
        let (ticked, mut next) = (ticked.clone(), standing.clone());
        if let Some(place) = next.iter().position(|other| *other == choice) {
            next.remove(place);
        } else {
            next.push(choice);
            // Two at a time: the one ticked first gives way.
            if next.len() > 2 {
                next.remove(0);
            }
        }
        Callback::from(move |()| ticked.set(next.clone()))
    };
    let compare = {
        let compared = compared.clone();
        let two = <[Choice; 2]>::try_from(standing.clone()).ok();
        Callback::from(move |_: MouseEvent| compared.set(two.clone()))
    };
    // Ctrl+Z is of what is looked at.
    let onkeydown = {
        let workbench = workbench.clone();
        Callback::from(move |event: KeyboardEvent| {
            let in_field = event.target_dyn_into::<HtmlInputElement>();
            let in_field = in_field.is_some_and(|field| field.type_() == "text");
            let held = event.ctrl_key() || event.meta_key();
            if held && !event.shift_key() && !in_field && event.key().eq_ignore_ascii_case("z") {
                event.prevent_default();
                event.stop_propagation();
                shelving::take_back(&workbench);
            }
        })
    };
    let now = Choice::Now;
    html! {
        <div class="saved" {onkeydown}>
            <SaveThis />
            <p class="proposal-note" role="status">
                if let Some(change) = shelf.back() {
                    <span>{ &change.what }</span>
                    <button type="button" class="quiet-button" onclick={
                        let workbench = workbench.clone();
                        Callback::from(move |_: MouseEvent| shelving::take_back(&workbench))
                    }>
                        { "Take it back" }
                    </button>
                } else {
                    <span class="quiet">{ "Kept in this browser, and nowhere else." }</span>
                }
            </p>
            <ul class="rows kept-rows" aria-label="Saved scenarios">
                <li class="kept-row">
                    <label class="check">
                        <input
                            type="checkbox"
                            checked={standing.contains(&now)}
                            onchange={tick(now).reform(|_: Event| ())}
                        />
                        <span class="visually-hidden">{ "Compare the scenario on the page" }</span>
                    </label>
                    <span class="kept-name quiet">{ Choice::Now.name() }</span>
                </li>
                { for kept.iter().map(|(name, entry)| {
                    let choice = Choice::Kept((*name).to_owned());
                    html! {
                        <KeptRow
                            key={*name}
                            name={AttrValue::from((*name).to_owned())}
                            entry={(*entry).clone()}
                            is_ticked={standing.contains(&choice)}
                            tick={tick(choice)}
                        />
                    }
                }) }
            </ul>
            { for shelf.unreadable.iter().map(|name| html! {
                <p class="hint">
                    { format!("“{name}” is kept too, in a form that this version cannot read. It is left as it is.") }
                </p>
            }) }
            if kept.is_empty() && shelf.unreadable.is_empty() {
                <p class="empty">{ "Nothing is saved yet." }</p>
            }
            <div class="sheet-actions">
                <button
                    type="button"
                    class="main-button"
                    data-testid="compare-two"
                    disabled={standing.len() != 2}
                    onclick={compare}
                >
                    { "Compare the two that are ticked" }
                </button>
            </div>
        </div>
    }
}

/// The name under which the scenario is saved, and the button.
#[component]
fn SaveThis() -> Html {
    let workbench = use_workbench();
    let of_scenario = document::text(workbench.document(), "name");
    let name = use_state(|| of_scenario.clone());
    let is_there = workbench.session().shelf.get(name.trim()).is_some();
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| {
            name.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let onsubmit = {
        let (workbench, name) = (workbench.clone(), name.trim().to_owned());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if name.is_empty() {
                return;
            }
            if shelving::save(&workbench, &name) && name != of_scenario {
                let (path, text) = ("name".to_owned(), name.clone());
                workbench.edit(Edit::Type { path, text });
            }
        })
    };
    html! {
        <form class="save-this" {onsubmit}>
            <div class="field">
                <label for="save-name">{ "Save this scenario as" }</label>
                <span class="control">
                    <input
                        id="save-name"
                        type="text"
                        autocomplete="off"
                        autofocus=true
                        placeholder="a name"
                        value={(*name).clone()}
                        {oninput}
                    />
                </span>
            </div>
            <button type="submit" class="main-button" disabled={name.trim().is_empty()}>
                { if is_there { "Replace" } else { "Save" } }
            </button>
        </form>
    }
}
