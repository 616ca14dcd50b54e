//! The sign of a service: its colour and pattern, as its tiles have them.

use crate::palette::{colour_class, pattern};
use yew::prelude::*;

/// The swatch of the service at `row`.
pub fn swatch(row: usize) -> Html {
    html! {
        <svg class="swatch" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <rect width="16" height="16" rx="3" class={colour_class(row)} />
            if let Some(pattern) = pattern(row) {
                <rect width="16" height="16" rx="3" fill={pattern} />
            }
        </svg>
    }
}

/// The patterns that swatches and tiles refer to; once on the page.
pub fn definitions() -> Html {
    html! {
        <svg class="definitions" width="0" height="0" aria-hidden="true">
            <defs>
                <pattern id="pattern-dots" width="5" height="5" patternUnits="userSpaceOnUse">
                    <circle cx="2.5" cy="2.5" r="0.9" class="pattern-fill" />
                </pattern>
                <pattern id="pattern-lines" width="5" height="5" patternUnits="userSpaceOnUse">
                    <path d="M2.5 0V5" class="pattern-stroke" />
                </pattern>
                <pattern id="pattern-grid" width="6" height="6" patternUnits="userSpaceOnUse">
                    <path d="M3 0V6M0 3H6" class="pattern-stroke" />
                </pattern>
                <pattern
                    id="pattern-hatch"
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path d="M0 0V6" class="hatch-stroke" />
                </pattern>
                <pattern
                    id="pattern-wait"
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path d="M0 0V6" class="wait-stroke" />
                </pattern>
                <pattern id="pattern-drain" width="6" height="6" patternUnits="userSpaceOnUse">
                    <circle cx="3" cy="3" r="1.2" class="drain-fill" />
                </pattern>
            </defs>
        </svg>
    }
}
