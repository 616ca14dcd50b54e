//! What the page tells beside the plan: that something was opened, kept or could not be; where it
//! replaced the scenario, with the way back.

use crate::icons::{Icon, icon};
use crate::session::Happened;
use crate::sheet::SheetKind;
use crate::workbench::use_workbench;
use yew::prelude::*;

/// A thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Whether something is wrong.
    pub is_trouble: bool,
    /// Whether it tells of the last step of the history, which can be taken back.
    pub undoes: bool,
    /// The dialog in which it was told, while that is open.
    pub within: Option<SheetKind>,
    /// What is left to do, and the dialog in which that is done.
    pub asks: Option<(String, SheetKind)>,
}

impl Notice {
    /// Something was done beside the scenario.
    pub fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_trouble: false, undoes: false, within: None, asks: None }
    }

    /// Something could not be done.
    pub fn trouble(text: impl Into<String>) -> Self {
        Self { is_trouble: true, ..Self::done(text) }
    }

    /// The scenario is another one now.
    pub fn replaced(text: impl Into<String>) -> Self {
        Self { undoes: true, ..Self::done(text) }
    }

    /// The same, with what is left to do.
    #[must_use]
    pub fn asking(self, what: impl Into<String>, sheet: SheetKind) -> Self {
        Self { asks: Some((what.into(), sheet)), ..self }
    }
}

/// Where the line stands.
#[derive(Properties, PartialEq)]
pub struct NoticeLineProps {
    /// The dialog that it stands in; none below the bar.
    #[prop_or_default]
    pub within: Option<SheetKind>,
}

/// The line below the bar, or on top of the dialog that is open: the rest of the page is out of
/// reach then. Its place in the document is always there, so that it is read out.
#[component]
pub fn NoticeLine(props: &NoticeLineProps) -> Html {
    let workbench = use_workbench();
    let is_here = workbench.session().sheet == props.within;
    let notice = workbench.session().notice.as_ref();
    let notice = notice.filter(|notice| is_here && notice.within == props.within);
    let class = notice.map(|notice| if notice.is_trouble { "trouble-notice" } else { "told" });
    html! {
        <div
            class={classes!("notice", class)}
            role="status"
            data-testid={is_here.then_some("notice")}
        >
            if let Some(notice) = notice {
                <p>{ &notice.text }</p>
                if let Some((what, sheet)) = &notice.asks {
                    <button
                        type="button"
                        class="quiet-button"
                        onclick={workbench.on(Happened::OpenedSheet(*sheet))}
                    >
                        { what }
                    </button>
                }
                if notice.undoes {
                    <button type="button" class="quiet-button" onclick={workbench.on(Happened::Undone)}>
                        { "Take it back" }
                    </button>
                }
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Close this message"
                    onclick={workbench.on(Happened::Heard)}
                >
                    { icon(Icon::Cross) }
                </button>
            }
        </div>
    }
}
