//! The tab of the timeline: the stories, how the simulation runs, and the timeline itself.

use crate::edit::{Edit, capacity_kind};
use crate::field::messages;
use crate::timeline::settings::SimulationForm;
use crate::timeline::stories::StoryChoice;
use crate::timeline::view::{Same, TimelineView};
use crate::workbench::{Workbench, use_workbench};
use eniac_core::Diagnostic;
use yew::prelude::*;

/// The panel.
#[component]
pub fn TimelinePanel() -> Html {
    let workbench = use_workbench();
    if capacity_kind(workbench.document()) == "managedInstances" {
        return html! {
            <>
                <StoryChoice />
                { only_groups(&workbench, "The timeline shows how ECS scales an Auto Scaling group, minute by minute. \
                    When Managed Instances come and go, AWS does not document.") }
            </>
        };
    }
    let cluster = &workbench.session().cluster;
    html! {
        <>
            <StoryChoice />
            <SimulationForm />
            if let Some(timeline) = &cluster.timeline {
                if cluster.trouble.is_some() {
                    { awaited(&workbench, "") }
                }
                { its_own_problems(&workbench, &timeline.diagnostics) }
                if timeline.services.is_empty() || timeline.groups.is_empty() {
                    <p class="empty">{ "Nothing can be simulated: see Problems." }</p>
                } else {
                    <TimelineView timeline={Same(timeline.clone())} />
                }
            } else {
                { awaited(&workbench, "Being simulated…") }
            }
        </>
    }
}

/// Why there is nothing for Managed Instances, and the way to a group.
pub fn only_groups(workbench: &Workbench, why: &'static str) -> Html {
    html! {
        <div class="only-groups">
            <p>{ why }</p>
            <button
                type="button"
                class="quiet-button"
                onclick={workbench.on_edit(Edit::RunOn("autoScalingGroup"))}
            >
                { "Run it on an Auto Scaling group" }
            </button>
        </div>
    }
}

/// What stands where nothing has come yet.
pub fn awaited(workbench: &Workbench, waiting: &'static str) -> Html {
    match &workbench.session().cluster.trouble {
        Some(why) => html! {
            <p class="part-trouble" role="status">
                { format!("This could not be worked out: {why}. The next change tries again.") }
            </p>
        },
        None => html! { <p class="empty waiting">{ waiting }</p> },
    }
}

/// What is wrong with a simulation or a placement alone; the rest stands beside its fields.
pub fn its_own_problems(workbench: &Workbench, all: &[Diagnostic]) -> Html {
    let is_known = |problem: &Diagnostic| workbench.problems().contains(problem);
    messages(all.iter().filter(|problem| !is_known(problem)))
}
