//! An Auto Scaling group: its types, its size, how ECS scales it and what it protects.

use crate::capacity_form::memory_models;
use crate::document;
use crate::field::{CheckField, Messages, SelectField, StatusField, TextField};
use crate::typed_text::{Parts, TypedText};
use crate::workbench::use_workbench;
use yew::prelude::*;

const AT: &str = "capacity.autoScalingGroup";

fn path(field: &str) -> AttrValue {
    format!("{AT}.{field}").into()
}

/// The types that the group names.
#[component]
pub fn GroupTypes() -> Html {
    html! {
        <div class="settings">
            <div class="field-stack">
                <span class="field-name" aria-hidden="true">{ "Instance types of the group" }</span>
                <TypedText
                    label_hidden=true
                    parts={Parts::Names}
                    path={path("instanceTypes")}
                    label="Instance types of the group"
                    placeholder="any, or: m7g.large, m6g.large"
                />
                <Messages path={path("instanceTypes")} />
            </div>
        </div>
    }
}

/// Its size and how it is scaled; what is rarely changed is folded away.
#[component]
pub fn GroupSize() -> Html {
    let workbench = use_workbench();
    let text = |field: &str| document::text(workbench.document(), &path(field));
    let scales = text("managedScaling.status") != "DISABLED";
    html! {
        <div class="settings">
            <h3>{ "Size and scaling" }</h3>
            <div class="settings-grid quarters">
                <TextField path={path("minSize")} label="Minimum" placeholder="0" />
                <TextField path={path("desiredCapacity")} label="At first" placeholder="as needed" />
                <TextField path={path("maxSize")} label="Maximum" placeholder="no limit" />
                if scales {
                    <TextField
                        path={path("managedScaling.targetCapacity")}
                        label="Target capacity"
                        placeholder="100"
                        unit="%"
                    />
                }
            </div>
            <Messages path={path("minSize")} />
            <Messages path={path("desiredCapacity")} />
            <Messages path={path("maxSize")} />
            <Messages path={path("managedScaling")} />
            <Messages path={path("managedTerminationProtection")} />
            <Messages path={path("newInstancesProtectedFromScaleIn")} />
            <details class="folded">
                <summary>{ "Managed scaling, protection, attributes" }</summary>
                <StatusField
                    path={path("managedScaling.status")}
                    label="ECS scales the group (managed scaling)"
                    absent=true
                />
                if scales {
                    <div class="settings-grid">
                        <TextField
                            path={path("managedScaling.minimumScalingStepSize")}
                            label="Least step out"
                            placeholder="1"
                        />
                        <TextField
                            path={path("managedScaling.maximumScalingStepSize")}
                            label="Largest step out"
                            placeholder="10000"
                        />
                        <TextField
                            path={path("managedScaling.instanceWarmupPeriod")}
                            label="Warm-up"
                            placeholder="300"
                            unit="s"
                        />
                    </div>
                }
                <StatusField
                    path={path("managedTerminationProtection")}
                    label="Instances with tasks are never scaled in (managed termination protection)"
                    absent=false
                />
                <CheckField
                    path={path("newInstancesProtectedFromScaleIn")}
                    label="The group protects new instances from scale-in"
                    absent=false
                />
                <StatusField
                    path={path("managedDraining")}
                    label="Instances are drained before they go (managed draining)"
                    absent=true
                />
                <TypedText
                    path={path("attributes")}
                    label="Attributes of its instances"
                    placeholder="none, or: disk=ssd, tier=front"
                    parts={Parts::Pairs}
                />
                <Messages path={path("attributes")} />
            </details>
        </div>
    }
}

/// What an instance has for tasks.
#[component]
pub fn GroupInstances() -> Html {
    html! {
        <div class="settings">
            <div class="settings-grid">
                <TextField
                    path={path("storageConfiguration.storageSizeGiB")}
                    label="Root volume"
                    placeholder="30"
                    unit="GiB"
                />
                <SelectField
                    path={path("memoryModel")}
                    label="Memory for tasks"
                    options={memory_models("al2023")}
                />
                <TextField
                    path={path("reservedMemory")}
                    label="ECS_RESERVED_MEMORY"
                    placeholder="0"
                    unit="MiB"
                />
            </div>
            <CheckField path={path("awsvpcTrunking")} label="Account setting awsvpcTrunking" absent=false />
            <Messages path={path("storageConfiguration")} />
            <Messages path={path("reservedMemory")} />
            <Messages path={path("memoryModel")} />
            <Messages path={path("awsvpcTrunking")} />
        </div>
    }
}
