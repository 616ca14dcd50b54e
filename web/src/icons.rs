//! The few icons of the page, drawn in strokes of the text's colour.

use yew::prelude::*;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Icon {
    System,
    Sun,
    Moon,
    Undo,
    Redo,
    Chevron,
    Plus,
    Copy,
    Cross,
    Warning,
    Up,
    Back,
}

/// The icon, for eyes only: the button that has it has a name of its own.
pub fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::System => "M2 3.5h12v7.5H2zM6 14h4M8 11v3",
        Icon::Sun => {
            "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"
        }
        Icon::Moon => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
        Icon::Undo => "M6 3L2.5 6.5L6 10M3 6.5h6.5a4 4 0 0 1 0 8H7",
        Icon::Redo => "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H9",
        Icon::Chevron => "M6 4l4 4l-4 4",
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
        Icon::Cross => "M4 4l8 8M12 4l-8 8",
        Icon::Up => "M4 10l4-4l4 4",
        Icon::Back => "M10 4l-4 4l4 4",
        Icon::Warning => "M8 2L15 14H1zM8 6.5v3.5M8 12v.2",
    };
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}
