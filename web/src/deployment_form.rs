//! How a service is deployed, and the revision that a deployment replaces.

use crate::document;
use crate::edit::Edit;
use crate::field::{SelectField, TextField};
use crate::understood;
use crate::workbench::use_workbench;
use serde_json::json;
use yew::prelude::*;

/// Which service.
#[derive(Properties, PartialEq)]
pub struct DeploymentFormProps {
    /// The path of the service.
    pub at: AttrValue,
}

/// The form.
#[component]
pub fn DeploymentForm(props: &DeploymentFormProps) -> Html {
    let workbench = use_workbench();
    let document = workbench.document();
    let path = |field: &str| -> AttrValue { format!("{}.{field}", props.at).into() };
    let text = |field: &str| document::text(document, &path(field));
    let strategy = text("deploymentConfiguration.strategy");
    let is_rolling = strategy.is_empty() || strategy == "ROLLING";
    let running = path("runningTaskDefinition");
    let differs = document::get(document, &running).is_some();
    let now = document::get(document, &path("taskDefinition")).cloned();
    let toggle = Edit::Choose {
        path: running.to_string(),
        value: if differs { None } else { now.or_else(|| Some(json!({}))) },
    };
    let strategies =
        [("", "rolling"), ("BLUE_GREEN", "blue/green"), ("LINEAR", "linear"), ("CANARY", "canary")];
    html! {
        <fieldset class="deployment">
            <legend>{ "Deployment" }</legend>
            <div class="settings-grid">
                <SelectField
                    path={path("deploymentConfiguration.strategy")}
                    label="Strategy"
                    options={strategies.map(|(word, name)| (word.into(), name.into())).to_vec()}
                />
                if is_rolling {
                    <TextField
                        path={path("deploymentConfiguration.minimumHealthyPercent")}
                        label="Minimum healthy"
                        placeholder="100"
                        unit="%"
                    />
                    <TextField
                        path={path("deploymentConfiguration.maximumPercent")}
                        label="Maximum"
                        placeholder="200"
                        unit="%"
                    />
                }
            </div>
            <label class="check">
                <input
                    id={crate::workbench::field_id(&running)}
                    type="checkbox"
                    checked={differs}
                    onchange={workbench.on_edit(toggle)}
                />
                <span>{ "The revision that runs now has another size" }</span>
            </label>
            if differs {
                <div class="settings-grid">
                    <TextField
                        path={path("runningTaskDefinition.cpu")}
                        label="CPU that runs now"
                        placeholder="–"
                        understood={understood::cpu(&text("runningTaskDefinition.cpu"))}
                    />
                    <TextField
                        path={path("runningTaskDefinition.memory")}
                        label="Memory that runs now"
                        placeholder="–"
                        understood={understood::mem(&text("runningTaskDefinition.memory"))}
                    />
                </div>
            }
        </fieldset>
    }
}
