//! The bar on top: what this is, which scenario, where, and what can be done with it.

use crate::document;
use crate::edit::Edit;
use crate::field::{SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::interop::import_panel::ImportSheet;
use crate::saved::panel::SavedSheet;
use crate::scenario_dialog::ScenarioDialog;
use crate::session::{Happened, example};
use crate::share::export_panel::ExportSheet;
use crate::share::link_panel::ShareSheet;
use crate::sheet::SheetKind;
use crate::theme::ThemeSwitch;
use crate::workbench::{Workbench, use_workbench};
use yew::prelude::*;

/// The button that shows the rest of the bar where there is little room.
pub const MORE: &str = "bar-more";

/// The bar.
#[component]
pub fn Bar() -> Html {
    let workbench = use_workbench();
    let session = workbench.session();
    // On a phone: what is not needed all the time.
    let is_more = use_state(|| false);
    let toggle_more = {
        let is_more = is_more.clone();
        Callback::from(move |_: MouseEvent| is_more.set(!*is_more))
    };
    let region = document::text(workbench.document(), "region");
    let mut regions: Vec<(AttrValue, AttrValue)> = session
        .regions
        .iter()
        .map(|code| (AttrValue::from(code.clone()), AttrValue::from(code.clone())))
        .collect();
    if document::get(workbench.document(), "region").is_none() {
        regions.insert(0, ("".into(), "us-east-1".into()));
    } else if regions.is_empty() {
        regions.push((region.clone().into(), region.into()));
    }
    let zones = (1..=6).map(|n| (AttrValue::from(n.to_string()), format!("{n} AZ").into()));
    let zones: Vec<(AttrValue, AttrValue)> = zones.collect();
    let zones_unset = document::get(workbench.document(), "zones").is_none();
    let zones = if zones_unset {
        std::iter::once((AttrValue::from(""), AttrValue::from("3 AZ"))).chain(zones).collect()
    } else {
        zones
    };
    let dated = workbench.answer().and_then(|answer| {
        let parts = &answer.region.as_of;
        let prices = parts.iter().find(|part| part.part.starts_with("On-Demand prices"));
        prices.map(|part| part.as_of.clone())
    });
    html! {
        <header class={classes!("bar", is_more.then_some("more-open"))}>
            <h1 class="brand">{ "eniac" }</h1>
            <TextField class="scenario-name" path="name" label="Name of the scenario" bare=true placeholder="unnamed scenario" />
            <div class="bar-where in-more">
                <SelectField path="region" label="Region" bare=true options={regions} />
                <SelectField path="zones" label="Availability zones" bare=true options={zones} />
                <span class="dated" title="The date of the listed On-Demand prices; Why has all dates">
                    { dated.map_or_else(String::new, |date| format!("prices of {date}")) }
                </span>
            </div>
            <div class="bar-tools">
                <div class="button-group" role="group" aria-label="History">
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Undo"
                        title="Undo (Ctrl+Z outside a field)"
                        disabled={!session.history.can_undo()}
                        onclick={workbench.on(Happened::Undone)}
                    >
                        { icon(Icon::Undo) }
                    </button>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Redo"
                        title="Redo (Ctrl+Shift+Z outside a field)"
                        disabled={!session.history.can_redo()}
                        onclick={workbench.on(Happened::Redone)}
                    >
                        { icon(Icon::Redo) }
                    </button>
                </div>
                <button
                    type="button"
                    id={MORE}
                    class="quiet-button bar-more"
                    aria-expanded={is_more.to_string()}
                    onclick={toggle_more}
                >
                    { "More" }
                </button>
                <button
                    type="button"
                    class="quiet-button in-more"
                    title="Start from the example (can be undone)"
                    onclick={workbench.on_edit(Edit::Replace(example()))}
                >
                    { "Example" }
                </button>
                <ScenarioDialog />
                { opens(&workbench, SheetKind::Saved, "saved", "Saved") }
                { opens(&workbench, SheetKind::Import, "import", "Import") }
                { opens(&workbench, SheetKind::Export, "export", "Export") }
                { opens(&workbench, SheetKind::Share, "share", "Share") }
                <span class="in-more"><ThemeSwitch /></span>
            </div>
            <SavedSheet />
            <ImportSheet />
            <ExportSheet />
            <ShareSheet />
        </header>
    }
}

/// The button that opens a dialog.
fn opens(workbench: &Workbench, kind: SheetKind, word: &str, name: &'static str) -> Html {
    html! {
        <button
            type="button"
            class="quiet-button"
            data-testid={format!("open-{word}")}
            onclick={workbench.on(Happened::OpenedSheet(kind))}
        >
            { name }
        </button>
    }
}
