//! Task sizes that follow from what tasks were seen to use: what is reserved, what would do, how
//! that came about, and a box to take each.

use crate::format::thousands;
use eniac_interop::{SizeSuggestion, SizedResource};
use std::collections::BTreeSet;
use yew::prelude::*;

/// The suggestions, and which of them are taken, by their places.
#[derive(Properties, PartialEq)]
pub struct SuggestionsProps {
    /// All of them.
    pub suggestions: Vec<SizeSuggestion>,
    /// Those that are taken.
    pub taken: BTreeSet<usize>,
    /// Others are taken.
    pub take: Callback<BTreeSet<usize>>,
}

/// The list.
#[component]
pub fn Suggestions(props: &SuggestionsProps) -> Html {
    let SuggestionsProps { suggestions, taken, take } = props;
    if suggestions.is_empty() {
        return html! {};
    }
    let usable: BTreeSet<usize> = suggestions
        .iter()
        .enumerate()
        .filter(|(_, suggestion)| !suggestion.changes.is_empty())
        .map(|(place, _)| place)
        .collect();
    let all = {
        let usable = usable.clone();
        take.reform(move |_: MouseEvent| usable.clone())
    };
    html! {
        <section aria-labelledby="suggested-sizes" data-testid="suggestions">
            <div class="panel-head">
                <h3 id="suggested-sizes">{ "Task sizes from what was used" }</h3>
                if usable.len() > 1 {
                    <button type="button" class="quiet-button" onclick={all}>{ "Tick all" }</button>
                }
            </div>
            <ul class="suggestions">
                { for suggestions.iter().enumerate().map(|(place, suggestion)| {
                    let mut others = taken.clone();
                    if !others.remove(&place) {
                        others.insert(place);
                    }
                    let tick = take.reform(move |_: Event| others.clone());
                    line(suggestion, taken.contains(&place), tick)
                }) }
            </ul>
        </section>
    }
}

fn line(suggestion: &SizeSuggestion, is_taken: bool, tick: Callback<Event>) -> Html {
    let (what, unit) = match suggestion.resource {
        SizedResource::Cpu => ("CPU", "CPU units"),
        SizedResource::Memory => ("memory", "MiB"),
    };
    let size = match suggestion.suggested {
        Some(size) if size != suggestion.reserved => {
            format!("{} → {} {unit}", thousands(suggestion.reserved), thousands(size))
        }
        _ => format!("{} {unit}", thousands(suggestion.reserved)),
    };
    html! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    checked={is_taken}
                    disabled={suggestion.changes.is_empty()}
                    onchange={tick}
                />
                <span>
                    <strong>{ format!("{}: {what} ", suggestion.service) }</strong>
                    { size }
                </span>
            </label>
            <p class="hint">{ &suggestion.text }</p>
        </li>
    }
}
