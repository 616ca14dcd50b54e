//! The dialogs: which one is open, and the frame that all of them have. A dialog's content is there
//! only while it is open, so that each time begins anew.

use crate::notice::NoticeLine;
use crate::session::Happened;
use crate::workbench::use_workbench;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// The dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetKind {
    /// The scenario as JSON text.
    Json,
    /// The saved scenarios, and two of them side by side.
    Saved,
    /// Other tools' files, on their way in.
    Import,
    /// The scenario and its plan, on their way out.
    Export,
    /// The link that carries the scenario.
    Share,
}

/// A dialog.
#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Which one.
    pub kind: SheetKind,
    /// Its name.
    pub title: AttrValue,
    /// Whether it is as wide as the window allows.
    #[prop_or_default]
    pub wide: bool,
    /// What stands in it.
    pub children: Html,
}

/// The frame of a dialog: it opens, and closes by its button or by Escape.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let workbench = use_workbench();
    let SheetProps { kind, title, wide, children } = props;
    let is_open = workbench.session().sheet == Some(*kind);
    let dialog = use_node_ref();
    use_effect_with(is_open, {
        let dialog = dialog.clone();
        move |is_open| {
            let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
            match (*is_open, dialog.open()) {
                (true, false) => {
                    let _ = dialog.show_modal();
                }
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    // Escape closes it without a word to the page.
    let onclose = {
        let workbench = workbench.clone();
        Callback::from(move |_: Event| {
            if is_open {
                workbench.tell(Happened::ClosedSheet);
            }
        })
    };
    let title_id = format!("sheet-{kind:?}");
    html! {
        <dialog
            ref={dialog}
            class={classes!("sheet", wide.then_some("wide"))}
            aria-labelledby={title_id.clone()}
            {onclose}
        >
            if is_open {
                <div class="panel-head">
                    <h2 id={title_id}>{ title }</h2>
                    <button
                        type="button"
                        class="quiet-button"
                        onclick={workbench.on(Happened::ClosedSheet)}
                    >
                        { "Close" }
                    </button>
                </div>
                <NoticeLine within={*kind} />
                { children.clone() }
            }
        </dialog>
    }
}
