//! Daemons: one task of each on every instance.

use crate::document;
use crate::edit::Edit;
use crate::field::{Messages, SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::services::network_modes;
use crate::understood;
use crate::workbench::use_workbench;
use yew::prelude::*;

/// All daemons.
#[component]
pub fn Daemons() -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let rows = document::len(document, "daemons");
    html! {
        <section class="subpanel" aria-labelledby="daemons">
            <div class="panel-head">
                <h3 id="daemons">{ "On every instance" }</h3>
                <button
                    type="button"
                    class="quiet-button"
                    onclick={workbench.on_edit(Edit::AddDaemon)}
                >
                    { icon(Icon::Plus) }{ "Add a daemon" }
                </button>
            </div>
            <ul class="rows">
                { for (0..rows).map(|row| {
                    let at = format!("daemons[{row}]");
                    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
                    let text = |field: &str| document::text(document, &path(field));
                    let name = text("name");
                    let remove = Edit::RemoveElement { path: "daemons".into(), index: row };
                    html! {
                        <li class="service-row" key={row}>
                            <div class="service-grid daemon-grid">
                                <TextField class="at-name" path={path("name")} label="Daemon" />
                                <TextField
                                    class="at-cpu"
                                    path={path("taskDefinition.cpu")}
                                    label="CPU"
                                    understood={understood::cpu(&text("taskDefinition.cpu"))}
                                />
                                <TextField
                                    class="at-memory"
                                    path={path("taskDefinition.memory")}
                                    label="Memory"
                                    understood={understood::mem(&text("taskDefinition.memory"))}
                                />
                                <SelectField
                                    class="at-network"
                                    path={path("taskDefinition.networkMode")}
                                    label="Network"
                                    options={network_modes()}
                                />
                                <span class="row-actions">
                                    <button
                                        type="button"
                                        class="icon-button"
                                        aria-label={format!("Remove {name}")}
                                        title="Remove (can be undone)"
                                        onclick={workbench.on_edit(remove)}
                                    >
                                        { icon(Icon::Cross) }
                                    </button>
                                </span>
                            </div>
                            <Messages path={at.clone()} />
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
