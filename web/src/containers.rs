//! The containers of a task: CPU and memory where the task as a whole has none, GPUs, ports.

use crate::document;
use crate::edit::Edit;
use crate::field::SelectField;
use crate::icons::{Icon, icon};
use crate::service_detail::element_field;
use crate::workbench::use_workbench;
use serde_json::{Value, json};
use yew::prelude::*;

/// Where the containers stand.
#[derive(Properties, PartialEq)]
pub struct ContainersProps {
    /// The path of `containerDefinitions`.
    pub path: AttrValue,
}

/// All containers of a task definition.
#[component]
pub fn Containers(props: &ContainersProps) -> Html {
    let workbench = use_workbench();
    let count = document::len(workbench.document(), &props.path);
    let add = Edit::Append {
        path: props.path.to_string(),
        value: json!({ "name": format!("container-{}", count + 1) }),
    };
    html! {
        <fieldset>
            <legend>{ "Containers: GPUs, host ports, limits" }</legend>
            if count == 0 {
                <p class="hint">
                    { "None needed while the task has its own CPU and memory. GPUs and host ports are a container's." }
                </p>
            }
            { for (0..count).map(|index| html! {
                <Container key={index} list={props.path.clone()} {index} />
            }) }
            <button type="button" class="quiet-button" onclick={workbench.on_edit(add)}>
                { icon(Icon::Plus) }{ "Add a container" }
            </button>
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
struct ContainerProps {
    list: AttrValue,
    index: usize,
}

#[component]
fn Container(props: &ContainerProps) -> Html {
    let workbench = use_workbench();
    let at = format!("{}[{}]", props.list, props.index);
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let remove = Edit::RemoveElement { path: props.list.to_string(), index: props.index };
    let ports = path("portMappings");
    let port_count = document::len(workbench.document(), &ports);
    let add_port = Edit::Append {
        path: ports.to_string(),
        value: json!({ "containerPort": 8080, "hostPort": 8080 }),
    };
    html! {
        <div class="container">
            <div class="container-line">
                { element_field(path("name"), "Container", "") }
                { element_field(path("cpu"), "CPU", "0") }
                { element_field(path("memory"), "Hard MiB", "–") }
                { element_field(path("memoryReservation"), "Soft MiB", "–") }
                <Gpus path={path("resourceRequirements")} />
                <button
                    type="button"
                    class="icon-button"
                    aria-label={format!("Remove container {}", props.index + 1)}
                    title="Remove"
                    onclick={workbench.on_edit(remove)}
                >
                    { icon(Icon::Cross) }
                </button>
            </div>
            { for (0..port_count).map(|index| {
                let port = |field: &str| -> AttrValue { format!("{ports}[{index}].{field}").into() };
                let remove = Edit::RemoveElement { path: ports.to_string(), index };
                html! {
                    <div class="container-line port-line" key={index}>
                        { element_field(port("containerPort"), "Container port", "") }
                        { element_field(port("hostPort"), "Host port", "dynamic") }
                        <SelectField
                            path={port("protocol")}
                            label="Protocol"
                            options={vec![("".into(), "tcp".into()), ("udp".into(), "udp".into())]}
                        />
                        <button
                            type="button"
                            class="icon-button"
                            aria-label={format!("Remove port {}", index + 1)}
                            title="Remove"
                            onclick={workbench.on_edit(remove)}
                        >
                            { icon(Icon::Cross) }
                        </button>
                    </div>
                }
            }) }
            <button type="button" class="quiet-button" onclick={workbench.on_edit(add_port)}>
                { icon(Icon::Plus) }{ "Add a port" }
            </button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct GpusProps {
    path: AttrValue,
}

/// How many GPUs a container has: the one element of `resourceRequirements`.
#[component]
fn Gpus(props: &GpusProps) -> Html {
    let workbench = use_workbench();
    let path = format!("{}[0].value", props.path);
    let now = document::text(workbench.document(), &path);
    let list = props.path.to_string();
    let oninput = {
        let workbench = workbench.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            let requirement = json!([{ "type": "GPU", "value": document::typed(&text) }]);
            let value: Option<Value> = (!text.is_empty()).then_some(requirement);
            workbench.edit(Edit::Choose { path: list.clone(), value });
        })
    };
    let id = crate::workbench::field_id(&path);
    html! {
        <div class="field">
            <label for={id.clone()}>{ "GPUs" }</label>
            <span class="control">
                <input
                    {id}
                    type="text"
                    autocomplete="off"
                    value={now}
                    placeholder="0"
                    aria-invalid={workbench.is_wrong(&path).then_some("true")}
                    {oninput}
                />
            </span>
        </div>
    }
}
