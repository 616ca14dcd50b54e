//! Light, dark, or as the system has it: the switch, and the attribute that the styles look at.

use crate::icons::{Icon, icon};
use crate::storage;
use yew::prelude::*;

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// From the word that is kept.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The word that is kept; none for the system's.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

fn apply(theme: Theme) {
    let root = gloo::utils::document_element();
    let _ = match theme.word() {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
}

/// The switch.
#[component]
pub fn ThemeSwitch() -> Html {
    let theme = use_state(storage::kept_theme);
    let choice = |of: Theme, name: &'static str, drawn: Icon| {
        let chosen = theme.clone();
        let onclick = Callback::from(move |_| {
            storage::keep_theme(of);
            apply(of);
            chosen.set(of);
        });
        html! {
            <button
                type="button"
                class="icon-button"
                aria-pressed={(*theme == of).to_string()}
                aria-label={format!("{name} theme")}
                title={format!("{name} theme")}
                {onclick}
            >
                { icon(drawn) }
            </button>
        }
    };
    html! {
        <div class="button-group" role="group" aria-label="Theme">
            { choice(Theme::System, "System", Icon::System) }
            { choice(Theme::Light, "Light", Icon::Sun) }
            { choice(Theme::Dark, "Dark", Icon::Moon) }
        </div>
    }
}
