//! Files dropped anywhere on the page, and files and tables pasted outside of a field: they open
//! the import.

use crate::interop::files::{give, give_found, listed, of_text, pasted_name};
use crate::interop::folder::{dropped, walked};
use crate::notice::Notice;
use crate::session::Happened;
use crate::sheet::SheetKind;
use crate::workbench::{Workbench, use_workbench};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event};
use yew::prelude::*;

/// What is done when something happens to the window.
type Act = Box<dyn Fn(&Event, &Workbench)>;

/// Listens, and shows where dragged files can be dropped: everywhere.
#[component]
pub fn DropAnywhere() -> Html {
    let workbench = use_workbench();
    let dragged = use_state(|| false);
    // The listeners live as long as the page; what they need is what it is now.
    let now = use_mut_ref(|| workbench.clone());
    now.replace(workbench);
    use_effect_with((), {
        let dragged = dragged.clone();
        move |()| {
            let listeners = listeners(&now, &dragged);
            move || drop(listeners)
        }
    });
    html! {
        if *dragged {
            <div class="drop-anywhere" aria-hidden="true">
                <p>{ "Drop files or folders to import them" }</p>
            </div>
        }
    }
}

fn listeners(now: &Rc<RefCell<Workbench>>, dragged: &UseStateHandle<bool>) -> Vec<EventListener> {
    let window = gloo::utils::window();
    let listen = |name: &'static str, act: Act| {
        let now = now.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            let workbench = now.borrow().clone();
            act(event, &workbench);
        })
    };
    let (over, left, let_go) = (dragged.clone(), dragged.clone(), dragged.clone());
    let later = now.clone();
    vec![
        listen(
            "dragover",
            Box::new(move |event, workbench| {
                if files_of(event).is_some() {
                    event.prevent_default();
                    over.set(is_free(workbench));
                }
            }),
        ),
        listen(
            "dragleave",
            Box::new(move |event, _| {
                let event = event.dyn_ref::<DragEvent>();
                // It has left the window, and not only an element of the page.
                if event.is_some_and(|event| event.related_target().is_none()) {
                    left.set(false);
                }
            }),
        ),
        listen(
            "drop",
            Box::new(move |event, workbench| {
                let_go.set(false);
                let Some(data) = files_of(event) else { return };
                // The browser would open the file in the place of the page.
                event.prevent_default();
                if !is_free(workbench) {
                    let text = "The files were not read: close this first, what is typed here may be lost.";
                    workbench.tell(Happened::Told(Notice::trouble(text)));
                    return;
                }
                let (files, folders) = dropped(&data);
                if folders.is_empty() {
                    give(workbench, files);
                    return;
                }
                let later = later.clone();
                spawn_local(async move {
                    let found = walked(folders).await;
                    let workbench = later.borrow().clone();
                    give_found(&workbench, files, found);
                });
            }),
        ),
        listen("paste", Box::new(pasted)),
    ]
}

/// Whether the import may open: the scenario as text may hold what was typed.
fn is_free(workbench: &Workbench) -> bool {
    workbench.session().sheet != Some(SheetKind::Json)
}

/// What is dragged, if it is files.
fn files_of(event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}

/// Cells of a spreadsheet among the services, and files or text outside of any field.
fn pasted(event: &Event, workbench: &Workbench) {
    let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
    let Some(data) = event.clipboard_data() else { return };
    if !matches!(workbench.session().sheet, None | Some(SheetKind::Import)) {
        return;
    }
    if let Some(files) = data.files().filter(|files| files.length() > 0) {
        event.prevent_default();
        give(workbench, listed(&files));
        return;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.as_ref().and_then(|it| it.closest("input, textarea").ok().flatten());
    let wanted = match &in_field {
        None => !text.trim().is_empty(),
        Some(field) => {
            let among_services = field.closest("[id='field:services']").ok().flatten().is_some();
            among_services && text.contains('\t') && field.tag_name() == "INPUT"
        }
    };
    if let Some(file) = of_text(&pasted_name(workbench), &text).filter(|_| wanted) {
        event.prevent_default();
        give(workbench, vec![file]);
    }
}
