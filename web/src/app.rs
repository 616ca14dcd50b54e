//! The page as a whole: the state, the planner, and where its parts stand.

use crate::answer::{Answer, AnswerStrip};
use crate::bar::Bar;
use crate::capacity_form::CapacityForm;
use crate::cluster::job::ClusterJob;
use crate::daemons::Daemons;
use crate::fleet::FleetView;
use crate::interop::anywhere::DropAnywhere;
use crate::interop::imported::Imported;
use crate::job_link::JobLink;
use crate::looking::Looking;
use crate::notice::{Notice, NoticeLine};
use crate::outlook::part_job::parts;
use crate::planner_link::PlannerLink;
use crate::pricing::PricingForm;
use crate::print::sheet::PrintSheet;
use crate::search_link::SearchLink;
use crate::services::Services;
use crate::session::{Happened, Session};
use crate::share::arriving::Arriving;
use crate::storage::{self, NotKept};
use crate::swatch::definitions;
use crate::tabs::Tabs;
use crate::workbench::Workbench;
use gloo::events::{EventListener, EventListenerOptions};
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// The session as Yew's reducer has it.
#[derive(Clone)]
struct State(Rc<Session>);

impl Reducible for State {
    type Action = Happened;

    fn reduce(self: Rc<Self>, happened: Happened) -> Rc<Self> {
        Rc::new(Self(Rc::new(self.0.after(happened))))
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(|| {
        let patience = storage::kept_patience();
        let imported = storage::kept_import().and_then(|kept| Imported::restored(&kept));
        let session = Session::open_imported(storage::kept_scenario(), imported);
        State(Rc::new(Session { patience, ..session }))
    });
    let dispatcher = state.dispatcher();
    let tell = use_callback((), move |happened: Happened, ()| dispatcher.dispatch(happened));
    let planner = use_memo(tell.clone(), |tell| PlannerLink::new(tell.clone()));
    let document: Rc<Value> = state.0.document().clone();
    use_effect_with(document.clone(), move |document| planner.plan(document.to_string()));
    use_keeping(&document, &tell);
    let imported = state.0.imported().cloned();
    use_effect_with(imported.as_ref().map(Rc::as_ptr), move |_| {
        storage::keep_import(imported.and_then(|imported| imported.kept()).as_ref());
    });
    let search = use_memo(tell.clone(), |tell| SearchLink::new(tell.clone()));
    let order = state.0.looking.as_ref().map(Looking::order);
    let outlook = use_memo(tell.clone(), |tell| JobLink::new(tell.clone()));
    let cluster = use_memo(tell.clone(), |tell| JobLink::new(tell.clone()));
    let is_current = state.0.is_current();
    use_effect_with((document.clone(), is_current), move |(document, is_current)| {
        if *is_current {
            outlook.want(document.to_string(), parts());
        } else {
            outlook.forget();
        }
    });
    use_cluster(&state.0, &cluster);
    use_effect_with((document, order), move |(document, order)| match order {
        Some(order) => search.seek(&document.to_string(), *order),
        None => search.stop(),
    });
    use_effect_with(state.0.patience, |patience| storage::keep_patience(*patience));
    use_effect_with(tell.clone(), |tell| {
        let listener = undo_keys(tell.clone());
        move || drop(listener)
    });
    let workbench = Workbench::new(state.0.clone(), tell);
    html! {
        <ContextProvider<Workbench> context={workbench}>
            { definitions() }
            <Bar />
            <NoticeLine />
            <main class="workbench">
                <div class="inputs">
                    <Services />
                    <Daemons />
                    <CapacityForm />
                    <PricingForm />
                    <AnswerStrip />
                </div>
                <div class="outputs">
                    <Answer />
                    <FleetView />
                    <Tabs />
                </div>
            </main>
            <PrintSheet />
            <DropAnywhere />
            <Arriving />
        </ContextProvider<Workbench>>
    }
}

/// Keeps the scenario for the next visit; says once that there is no room for it any more.
#[hook]
fn use_keeping(document: &Rc<Value>, tell: &Callback<Happened>) {
    let was_full = use_mut_ref(|| false);
    let tell = tell.clone();
    use_effect_with(document.clone(), move |document| {
        let kept = storage::keep_scenario(document);
        let is_full = kept == Err(NotKept::Full);
        if is_full && !was_full.replace(is_full) {
            let text =
                format!("What you change is not kept for the next visit. {}", NotKept::Full.says());
            tell.emit(Happened::Told(Notice::trouble(text)));
        }
        was_full.replace(is_full);
    });
}

/// Works out what the open tab shows of the cluster, and the cluster at the minute looked at.
#[hook]
fn use_cluster(session: &Rc<Session>, link: &Rc<JobLink<ClusterJob>>) {
    let wanted = session.clone();
    let deps = (session.document().clone(), session.is_current(), session.tab);
    use_effect_with(deps, {
        let link = link.clone();
        move |(document, is_current, tab)| match wanted.cluster.missing(*tab, document) {
            Some(job) if *is_current => link.want(document.to_string(), [job]),
            Some(_) => link.forget(),
            None => {}
        }
    });
    let seen = session.clone();
    use_effect_with(session.cluster.minute, {
        let link = link.clone();
        move |minute| {
            if seen.cluster.is_timeline_here {
                link.also(ClusterJob::Snapshot(*minute), ClusterJob::is_snapshot);
            }
        }
    });
}

/// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) wherever no field has an undo of its own.
fn undo_keys(tell: Callback<Happened>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    let window = gloo::utils::window();
    EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let held = event.ctrl_key() || event.meta_key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let writes = target.is_some_and(|element| {
            matches!(element.tag_name().as_str(), "TEXTAREA")
                || (element.tag_name() == "INPUT"
                    && element.get_attribute("type").as_deref() == Some("text"))
        });
        if !held || writes {
            return;
        }
        let happened = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Happened::Undone,
            ("z", true) | ("y", _) => Happened::Redone,
            _ => return,
        };
        event.prevent_default();
        tell.emit(happened);
    })
}
