//! What happened, in order: a list that follows the scrubber, and leads it where it is clicked.

use crate::timeline::clock::clock;
use crate::timeline::kinds::{is_about, mark, minute, title};
use crate::timeline::view::Same;
use eniac_core::report::Timeline;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// So many events are listed at once, around the minute.
const MOST_LISTED: usize = 300;

/// Which events.
#[derive(Properties, PartialEq)]
pub struct EventListProps {
    /// The timeline.
    pub timeline: Same<Timeline>,
    /// The place of the one service that is looked at.
    pub chosen: Option<u32>,
    /// The minute.
    pub minute: u32,
    /// Told where the user wants to go.
    pub scrub: Callback<u32>,
}

/// The list.
#[component]
pub fn EventList(props: &EventListProps) -> Html {
    let EventListProps { timeline, chosen, minute: at, scrub } = props;
    let list = use_node_ref();
    let events = || timeline.events.iter().filter(|event| is_about(event, *chosen));
    let passed = events().take_while(|event| minute(event) <= *at).count();
    let same = events().filter(|event| minute(event) == *at).count();
    let all = events().count();
    let first = passed.saturating_sub(MOST_LISTED / 2).min(all.saturating_sub(MOST_LISTED));
    let later = all.saturating_sub(first + MOST_LISTED);
    use_effect_with((passed, same, first), {
        let list = list.clone();
        move |(passed, same, first)| {
            follow(&list, passed.saturating_sub((*same).max(1)).saturating_sub(*first));
        }
    });
    let more = timeline.happened as usize - timeline.events.len().min(timeline.happened as usize);
    html! {
        <div class="events">
            <h4>{ "What happens" }</h4>
            <div class="event-scroll" role="region" aria-label="What happens" tabindex="0" ref={list}>
                if first > 0 {
                    <p class="hint">{ format!("{first} earlier: go back in time to see them.") }</p>
                }
                <ol data-testid="events">
                    { for events().enumerate().skip(first).take(MOST_LISTED).map(|(place, event)| {
                        let now = minute(event) == *at;
                        let to = minute(event);
                        let mark = mark(event.kind);
                        html! {
                            <li
                                key={place}
                                class={classes!(now.then_some("now"), (place >= passed).then_some("later"))}
                                aria-current={now.then_some("time")}
                                onclick={scrub.reform(move |_: MouseEvent| to)}
                            >
                                <span class="event-time">{ clock(timeline.starts_at_minute, to) }</span>
                                <svg class={classes!("event-mark", mark.class())} width="12" height="20" viewBox="-6 -10 12 20" aria-hidden="true">
                                    <path d={mark.shape()} />
                                </svg>
                                <span><strong>{ title(event.kind) }</strong>{ " " }{ &event.text }</span>
                            </li>
                        }
                    }) }
                </ol>
                if timeline.events.is_empty() {
                    <p class="hint">{ "Nothing happens." }</p>
                }
                if later > 0 {
                    <p class="hint">{ format!("{later} later: go on in time to see them.") }</p>
                }
                if more > 0 {
                    <p class="hint">{ format!("{more} more are not listed.") }</p>
                }
            </div>
        </div>
    }
}

/// Scrolls the list, and only the list, so that the event at `place` is seen.
fn follow(list: &NodeRef, place: usize) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let Ok(index) = u32::try_from(place) else { return };
    let Ok(Some(items)) = list.query_selector("ol") else { return };
    let items = items.children();
    let Some(item) = items.item(index).and_then(|item| item.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let third = list.client_height() / 3;
    list.set_scroll_top(item.offset_top() - third);
}
