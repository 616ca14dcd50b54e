//! Where tasks may run: Managed Instances or an Auto Scaling group, and how each is set up.

use crate::cluster::group_form::{GroupInstances, GroupSize, GroupTypes};
use crate::document;
use crate::edit::{Edit, capacity_kind};
use crate::exhausted_pools::ExhaustedPools;
use crate::field::{CheckField, Messages, SelectField, TextField};
use crate::providers_form::ProvidersForm;
use crate::requirements::Requirements;
use crate::running_instances::RunningInstances;
use crate::workbench::{field_id, use_workbench};
use yew::prelude::*;

/// The form.
#[component]
pub fn CapacityForm() -> Html {
    let workbench = use_workbench();
    let kind = capacity_kind(workbench.document());
    let managed = kind == "managedInstances";
    let choice = |of: &'static str, name: &'static str| {
        html! {
            <button
                type="button"
                aria-pressed={(kind == of).to_string()}
                onclick={workbench.on_edit(Edit::RunOn(of))}
            >
                { name }
            </button>
        }
    };
    html! {
        <section class="panel" aria-labelledby="where" id={field_id("capacity")} tabindex="-1">
            <div class="panel-head">
                <h2 id="where">{ "Where it may run" }</h2>
            </div>
            <div class="segmented wide" role="group" aria-labelledby="where">
                { choice("managedInstances", "Managed Instances") }
                { choice("autoScalingGroup", "Auto Scaling group") }
            </div>
            if managed {
                <Requirements
                    path="capacity.managedInstances.instanceRequirements"
                    without="Let ECS choose"
                />
                <ManagedSettings />
                <ProvidersForm />
                <RunningInstances />
                <ExhaustedPools />
            } else {
                <GroupTypes />
                <Requirements
                    path="capacity.autoScalingGroup.instanceRequirements"
                    without="Any type"
                />
                <GroupSize />
                <GroupInstances />
                <ProvidersForm />
            }
        </section>
    }
}

/// Where the memory for tasks comes from; `absent` is what is meant when nothing is said.
pub fn memory_models(absent: &str) -> Vec<(AttrValue, AttrValue)> {
    let models = [
        ("managed", "Managed Instances: guest − reserve"),
        ("bottlerocket", "Bottlerocket guest"),
        ("al2023", "AL2023 ECS AMI"),
        ("al2", "AL2 ECS AMI"),
        ("advertised", "advertised size"),
    ];
    models
        .into_iter()
        .map(|(word, name)| {
            let value = if word == absent { "" } else { word };
            (value.into(), name.into())
        })
        .collect()
}

#[component]
fn ManagedSettings() -> Html {
    let workbench = use_workbench();
    let at = "capacity.managedInstances";
    let path = |field: &str| -> AttrValue { format!("{at}.{field}").into() };
    let model = document::text(workbench.document(), &path("memoryModel"));
    html! {
        <div class="settings">
            <div class="settings-grid">
                <TextField
                    path={path("storageConfiguration.storageSizeGiB")}
                    label="Data volume"
                    placeholder="80"
                    unit="GiB"
                />
                <SelectField
                    path={path("memoryModel")}
                    label="Memory for tasks"
                    options={memory_models("managed")}
                />
                if model.is_empty() || model == "managed" {
                    <TextField
                        path={path("reservedMemory")}
                        label="Platform's reserve"
                        placeholder="313"
                        unit="MiB"
                    />
                }
            </div>
            <CheckField path={path("eniTrunking")} label="Trunk ENI where the type supports it" absent=true />
            <CheckField path={path("moreThanOneVcpu")} label="Only types with more than one vCPU" absent=true />
            <Messages path={path("storageConfiguration")} />
            <Messages path={path("reservedMemory")} />
            <Messages path={path("memoryModel")} />
            <Messages path={path("eniTrunking")} />
        </div>
    }
}
