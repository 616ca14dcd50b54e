//! eniac's page: what one runs on the left, what one gets on the right, everything live.
//!
//! The page knows the scenario's and the report's types and how to read units; it never plans and
//! never looks into the catalogue. Planning is the worker's (`www/worker.js`), which loads the
//! npm module: the page is its first user. Modules that touch no browser are tested natively.

pub mod answer;
pub mod app;
pub mod attributes;
pub mod bar;
pub mod capacity_form;
pub mod cluster;
pub mod containers;
pub mod cost_breakdown;
pub mod daemons;
pub mod deployment_form;
pub mod document;
pub mod download;
pub mod drawing;
pub mod edit;
pub mod exhausted_pools;
pub mod explain;
pub mod fargate;
pub mod field;
pub mod fleet;
pub mod fleet_drawing;
pub mod fleet_table;
pub mod format;
pub mod funnel;
pub mod history;
pub mod icons;
pub mod interop;
pub mod job_link;
pub mod job_queue;
pub mod looking;
pub mod notice;
pub mod outlook;
pub mod own_prices;
pub mod palette;
pub mod planner_link;
pub mod pricing;
pub mod print;
pub mod problems;
pub mod proof;
pub mod proof_drawing;
pub mod providers_edit;
pub mod providers_form;
pub mod queue;
pub mod requirements;
pub mod rows;
pub mod running_instances;
pub mod saved;
pub mod scenario_dialog;
pub mod scenario_text;
pub mod search_link;
pub mod service_detail;
pub mod services;
pub mod services_edit;
pub mod session;
pub mod share;
pub mod sheet;
pub mod storage;
pub mod swatch;
pub mod tab;
pub mod tabs;
pub mod theme;
pub mod timeline;
pub mod typed_text;
pub mod types_table;
pub mod understood;
pub mod unplanned;
pub mod why;
pub mod workbench;
pub mod worker;

/// Draws the page. `start.js` runs this when the wasm is there.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    // The words that stand there while the page loads.
    root.set_inner_html("");
    yew::Renderer::<app::App>::with_root(root).render();
}
