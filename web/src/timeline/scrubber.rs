//! The scrubber: a line through all lanes that a finger, a pointer or a key moves from minute to
//! minute. A slider to who does not see it.

use crate::outlook::chart::percent;
use web_sys::{HtmlElement, PointerEvent};
use yew::prelude::*;

/// Where it stands.
#[derive(Properties, PartialEq)]
pub struct ScrubberProps {
    /// The last minute.
    pub minutes: u32,
    /// The minute.
    pub minute: u32,
    /// What is so at that minute, in words.
    pub said: AttrValue,
    /// Told of every other minute.
    pub scrub: Callback<u32>,
}

/// Where a key leads from `minute`; `None` for a key that leads nowhere.
pub fn led_by(key: &str, far: bool, minute: u32, minutes: u32) -> Option<u32> {
    let step = if far { (minutes / 24).max(10) } else { 1 };
    let page = (minutes / 24).max(10);
    let to = match key {
        "ArrowRight" | "ArrowUp" => minute.saturating_add(step),
        "ArrowLeft" | "ArrowDown" => minute.saturating_sub(step),
        "PageUp" => minute.saturating_add(page),
        "PageDown" => minute.saturating_sub(page),
        "Home" => 0,
        "End" => minutes,
        _ => return None,
    };
    Some(to.min(minutes))
}

/// The minute at `x` of `width` pixels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn minute_at(x: i32, width: i32, minutes: u32) -> u32 {
    let part = (f64::from(x) / f64::from(width.max(1))).clamp(0.0, 1.0);
    (part * f64::from(minutes)).round() as u32
}

/// The scrubber.
#[component]
pub fn Scrubber(props: &ScrubberProps) -> Html {
    let ScrubberProps { minutes, minute, said, scrub } = props;
    let (minutes, minute) = (*minutes, *minute);
    let whole = use_node_ref();
    let moved = {
        let (scrub, whole) = (scrub.clone(), whole.clone());
        Callback::from(move |event: PointerEvent| {
            let is_begun = event.type_() == "pointerdown" && event.button() == 0;
            if !is_begun && event.buttons() & 1 == 0 {
                return;
            }
            let Some(element) = whole.cast::<HtmlElement>() else { return };
            if is_begun {
                // From now on moves are told wherever the finger is.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            scrub.emit(minute_at(event.offset_x(), element.offset_width(), minutes));
        })
    };
    let onkeydown = {
        let scrub = scrub.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if let Some(to) = led_by(&event.key(), event.shift_key(), minute, minutes) {
                event.prevent_default();
                scrub.emit(to);
            }
        })
    };
    let at = percent(f64::from(minute) / f64::from(minutes.max(1)) * 100.0);
    html! {
        <div
            ref={whole}
            class="scrubber"
            role="slider"
            tabindex="0"
            data-testid="scrubber"
            aria-label="Time"
            aria-valuemin="0"
            aria-valuemax={minutes.to_string()}
            aria-valuenow={minute.to_string()}
            aria-valuetext={said.clone()}
            onpointerdown={moved.clone()}
            onpointermove={moved}
            {onkeydown}
        >
            <svg width="100%" height="100%" aria-hidden="true">
                <line x1={at.clone()} x2={at.clone()} y1="0" y2="100%" />
                <svg x={at} y="100%"><circle cy="-22" r="6" /></svg>
            </svg>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_on_and_end_at_the_ends() {
        for (key, far, from, to) in [
            ("ArrowRight", false, 59, Some(60)),
            ("ArrowRight", false, 60, Some(60)),
            ("ArrowLeft", false, 0, Some(0)),
            ("ArrowUp", true, 5, Some(15)),
            ("PageUp", false, 5, Some(15)),
            ("PageDown", false, 5, Some(0)),
            ("Home", false, 5, Some(0)),
            ("End", false, 5, Some(60)),
            ("a", false, 5, None),
        ] {
            assert_eq!(led_by(key, far, from, 60), to, "{key} from {from}");
        }
        assert_eq!(led_by("PageUp", false, 0, 1440), Some(60));
    }

    #[test]
    fn a_place_is_the_nearest_minute() {
        for (x, minute) in [(-5, 0), (0, 0), (49, 5), (50, 5), (100, 10), (140, 10)] {
            assert_eq!(minute_at(x, 100, 10), minute, "{x}");
        }
    }
}
