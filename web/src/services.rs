//! What runs: a row for each service, which opens for the rest of it.

use crate::document;
use crate::edit::Edit;
use crate::field::{Messages, SelectField, TextField};
use crate::icons::{Icon, icon};
use crate::service_detail::{ServiceDetail, told_within};
use crate::swatch::swatch;
use crate::understood;
use crate::workbench::{field_id, use_workbench};
use yew::prelude::*;

/// The architectures of a task, and "either".
pub fn architectures() -> Vec<(AttrValue, AttrValue)> {
    vec![("".into(), "any".into()), ("ARM64".into(), "ARM".into()), ("X86_64".into(), "x86".into())]
}

/// The network modes of a task; the default depends on where it runs.
pub fn network_modes() -> Vec<(AttrValue, AttrValue)> {
    let modes = ["", "awsvpc", "bridge", "host", "none"];
    modes
        .into_iter()
        .map(|mode| (mode.into(), if mode.is_empty() { "default" } else { mode }.into()))
        .collect()
}

/// All services.
#[component]
pub fn Services() -> Html {
    let workbench = use_workbench();
    let open = use_state(|| None::<usize>);
    let rows = document::len(workbench.document(), "services");
    html! {
        <section
            class="panel"
            aria-labelledby="what-you-run"
            id={field_id("services")}
            tabindex="-1"
        >
            <div class="panel-head">
                <h2 id="what-you-run">{ "What you run" }</h2>
                <button
                    type="button"
                    class="quiet-button"
                    data-testid="add-service"
                    onclick={workbench.on_edit(Edit::AddService)}
                >
                    { icon(Icon::Plus) }{ "Add a service" }
                </button>
            </div>
            <div class="service-grid service-names" aria-hidden="true">
                <span class="at-name">{ "Service" }</span>
                <span>{ "CPU" }</span>
                <span>{ "Memory" }</span>
                <span>{ "Tasks" }</span>
                <span>{ "Arch" }</span>
                <span>{ "Network" }</span>
            </div>
            <ul class="rows">
                { for (0..rows).map(|row| {
                    let is_open = *open == Some(row);
                    let toggle = {
                        let open = open.clone();
                        Callback::from(move |()| open.set((!is_open).then_some(row)))
                    };
                    html! { <ServiceRow key={row} {row} {is_open} {toggle} /> }
                }) }
            </ul>
            if rows == 0 {
                <p class="empty">{ "Nothing runs yet. Add a service, or take the example." }</p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ServiceRowProps {
    row: usize,
    is_open: bool,
    toggle: Callback<()>,
}

#[component]
fn ServiceRow(props: &ServiceRowProps) -> Html {
    let workbench = use_workbench();
    let ServiceRowProps { row, is_open, toggle } = props;
    let at = format!("services[{row}]");
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let text = |field: &str| document::text(workbench.document(), &path(field));
    let name = text("name");
    let of = |what: &str| -> AttrValue { format!("{what} of {name}").into() };
    let told_within = |at: &str| told_within(workbench.document(), at);
    let more = if *is_open { "Close" } else { "Open" };
    html! {
        <li class="service-row" data-testid="service-row">
            <div class="service-grid">
                <span class="service-head">
                    <button
                        type="button"
                        class={classes!("icon-button", "chevron", is_open.then_some("open"))}
                        aria-expanded={is_open.to_string()}
                        aria-label={format!("{more} the rest of {name}")}
                        title="GPU, ports, placement, deployment, containers"
                        onclick={toggle.reform(|_| ())}
                    >
                        { icon(Icon::Chevron) }
                    </button>
                    { swatch(*row) }
                </span>
                <TextField class="at-name" path={path("name")} label={of("Name")} bare=true />
                <TextField
                    class="at-cpu"
                    path={path("taskDefinition.cpu")}
                    label="CPU"
                    placeholder="–"
                    understood={understood::cpu(&text("taskDefinition.cpu"))}
                />
                <TextField
                    class="at-memory"
                    path={path("taskDefinition.memory")}
                    label="Memory"
                    placeholder="–"
                    understood={understood::mem(&text("taskDefinition.memory"))}
                />
                <TextField class="at-tasks" path={path("desiredCount")} label="Tasks" />
                <SelectField
                    class="at-arch"
                    path={path("taskDefinition.runtimePlatform.cpuArchitecture")}
                    label="Arch"
                    options={architectures()}
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
                        aria-label={format!("Copy {name}")}
                        title="Copy"
                        onclick={workbench.on_edit(Edit::CopyService(*row))}
                    >
                        { icon(Icon::Copy) }
                    </button>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label={format!("Remove {name}")}
                        title="Remove (can be undone)"
                        onclick={workbench.on_edit(Edit::RemoveService(*row))}
                    >
                        { icon(Icon::Cross) }
                    </button>
                </span>
            </div>
            <Messages path={at.clone()} except={if *is_open { told_within(&at) } else { Vec::new() }} />
            if *is_open {
                <ServiceDetail row={*row} />
            }
        </li>
    }
}
