//! Components in a real browser, over a recorded report: what they show, and what they say back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use eniac_core::Part;
use eniac_core::report::{Outlook, Report};
use eniac_web::answer::Answer;
use eniac_web::edit::Edit;
use eniac_web::field::TextField;
use eniac_web::fleet::FleetView;
use eniac_web::services::Services;
use eniac_web::session::{Happened, Session};
use eniac_web::tab::Tab;
use eniac_web::tabs::Tabs;
use eniac_web::workbench::Workbench;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// What the components tell while a test runs.
type Told = Rc<RefCell<Vec<Happened>>>;

#[derive(Properties, PartialEq)]
struct BenchProps {
    workbench: Workbench,
    children: Html,
}

#[component]
fn Bench(props: &BenchProps) -> Html {
    html! {
        <ContextProvider<Workbench> context={props.workbench.clone()}>
            { props.children.clone() }
        </ContextProvider<Workbench>>
    }
}

fn planned() -> Session {
    let report: Report = serde_json::from_str(include_str!("example-report.json")).unwrap();
    Session::open(None).after(Happened::Planned {
        report: Rc::new(report),
        newest: true,
        took_ms: 9,
    })
}

async fn shown(session: Session, children: Html) -> (Element, Told) {
    let told = Told::default();
    let tell = {
        let told = told.clone();
        Callback::from(move |happened| told.borrow_mut().push(happened))
    };
    let root = gloo::utils::document().create_element("div").unwrap();
    gloo::utils::body().append_child(&root).unwrap();
    let workbench = Workbench::new(Rc::new(session), tell);
    let props = BenchProps { workbench, children };
    yew::Renderer::<Bench>::with_root_and_props(root.clone(), props).render();
    settled().await;
    (root, told)
}

/// Until what was asked for has been drawn.
async fn settled() {
    yew::platform::time::sleep(std::time::Duration::from_millis(20)).await;
}

fn text(root: &Element, selector: &str) -> String {
    let found = root.query_selector(selector).unwrap();
    found.map_or_else(String::new, |element| element.text_content().unwrap_or_default())
}

fn count(root: &Element, selector: &str) -> u32 {
    root.query_selector_all(selector).unwrap().length()
}

fn click(root: &Element, selector: &str) {
    let element = root.query_selector(selector).unwrap().unwrap();
    element.unchecked_into::<HtmlElement>().click();
}

#[wasm_bindgen_test]
async fn the_answer_names_fleet_and_cost() {
    let (root, _) = shown(planned(), html! { <Answer /> }).await;
    let predicted = text(&root, "[data-testid=answer-predicted]");
    assert!(predicted.contains("30 × t4g.small"), "{predicted}");
    assert!(predicted.contains("15 × t4g.medium costs the same On-Demand"), "{predicted}");
    assert!(predicted.contains("/month"), "{predicted}");
    assert!(!text(&root, "[data-testid=answer-fargate]").is_empty());
}

#[wasm_bindgen_test]
async fn equal_instances_are_drawn_once() {
    let (root, _) = shown(planned(), html! { <FleetView /> }).await;
    assert_eq!(count(&root, ".instance"), 1);
    assert_eq!(count(&root, ".tile"), 1);
    assert_eq!(count(&root, ".instance .binding-edge"), 1);
    assert_eq!((count(&root, ".instance .eni"), count(&root, ".instance .eni.taken")), (2, 1));
    let says = text(&root, ".explanation");
    assert!(says.contains("1,851 MiB seen by the guest − 313 reserved = 1,538"), "{says}");
    assert_eq!(count(&root, "[style]"), 0);
}

#[wasm_bindgen_test]
async fn the_table_has_the_same_figures() {
    let (root, _) = shown(planned(), html! { <FleetView /> }).await;
    click(&root, "[aria-label='How it is shown'] button:last-child");
    settled().await;
    let row = text(&root, "tbody tr");
    assert!(row.contains("t4g.small") && row.contains("1,024 / 1,538"), "{row}");
}

#[wasm_bindgen_test]
async fn tabs_tell_which_key_led_where() {
    let session = planned().after(Happened::Opened(Tab::Types));
    let (root, told) = shown(session, html! { <Tabs /> }).await;
    assert!(text(&root, "[data-testid=types-table]").contains("t4g.medium"));
    let list = root.query_selector("[role=tablist]").unwrap().unwrap();
    let init = web_sys::KeyboardEventInit::new();
    init.set_key("ArrowRight");
    init.set_bubbles(true);
    let key = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    list.dispatch_event(&key).unwrap();
    settled().await;
    assert!(matches!(told.borrow().as_slice(), [Happened::Opened(Tab::Why)]), "{told:?}");
}

/// A session that has the whole outlook of the example.
fn foreseen() -> Session {
    let outlook: Outlook = serde_json::from_str(include_str!("example-outlook.json")).unwrap();
    let outlook = Rc::new(outlook);
    Part::ALL.into_iter().fold(planned(), |session, part| {
        session.after(Happened::Foreseen { part, outlook: outlook.clone() })
    })
}

#[wasm_bindgen_test]
async fn the_range_is_a_sentence_and_a_picture() {
    let (root, _) = shown(foreseen(), html! { <Answer /> }).await;
    let says = text(&root, "[data-testid=range]");
    assert!(says.contains("Between $") && says.contains("these requirements admit"), "{says}");
    assert!(says.contains("Sure. ") || says.contains("Not sure. "), "{says}");
    assert_eq!(count(&root, "[data-testid=range] .mark-predicted"), 1);
    assert_eq!(count(&root, "[data-testid=range] .mark-end"), 2);
    assert_eq!(count(&root, "[style]"), 0);
}

#[wasm_bindgen_test]
async fn a_what_if_is_applied_by_one_click() {
    let session = foreseen();
    let first = session.foresight.outlook.what_ifs.as_ref().unwrap()[0].clone();
    let (root, told) = shown(session, html! { <Tabs /> }).await;
    let says = text(&root, "[data-testid=what-if]");
    assert!(says.contains(&first.title) && says.contains("less a month"), "{says}");
    click(&root, "[data-testid=what-if] .apply");
    let told = told.borrow();
    let [Happened::Edited(Edit::Apply(changes))] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(changes, &first.changes);
}

#[wasm_bindgen_test]
async fn every_tab_draws_the_outlook() {
    for (tab, selector) in [
        (Tab::Requirements, "[data-testid=tightening]"),
        (Tab::Sizes, "[data-testid=sizes] .curve"),
        (Tab::Range, "[data-testid=exposure] tbody tr"),
        (Tab::Compare, "[data-testid=comparison] .place"),
        (Tab::Deployment, "[data-testid=deployment] .stage"),
        (Tab::Why, ".assumptions li"),
    ] {
        let (root, _) = shown(foreseen().after(Happened::Opened(tab)), html! { <Tabs /> }).await;
        assert!(count(&root, selector) > 0, "{tab:?}: {}", text(&root, "#tab-panel"));
        assert_eq!(count(&root, "[style]"), 0);
    }
}

#[wasm_bindgen_test]
async fn a_field_tells_its_text_and_where_it_stands() {
    let field = html! { <TextField path="services[0].taskDefinition.cpu" label="CPU" /> };
    let (root, told) = shown(planned(), field).await;
    let input = root.query_selector("input").unwrap().unwrap().unchecked_into::<HtmlInputElement>();
    assert_eq!(input.value(), "512");
    input.set_value("0.5 vC");
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    input.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    settled().await;
    let told = told.borrow();
    let [Happened::Edited(Edit::Type { path, text })] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!((path.as_str(), text.as_str()), ("services[0].taskDefinition.cpu", "0.5 vC"));
}

#[wasm_bindgen_test]
async fn rows_can_be_added_and_taken_out() {
    let (root, told) = shown(planned(), html! { <Services /> }).await;
    assert_eq!(count(&root, "[data-testid=service-row]"), 1);
    click(&root, "[data-testid=add-service]");
    click(&root, "[aria-label='Remove web']");
    let told = told.borrow();
    assert!(
        matches!(
            told.as_slice(),
            [Happened::Edited(Edit::AddService), Happened::Edited(Edit::RemoveService(0))]
        ),
        "{told:?}"
    );
}
