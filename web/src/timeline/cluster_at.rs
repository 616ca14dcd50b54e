//! The cluster at the minute that is looked at, instance by instance.

use crate::cluster::instances::ClusterDrawing;
use crate::timeline::clock::clock;
use crate::workbench::use_workbench;
use yew::prelude::*;

/// Which minute.
#[derive(Properties, PartialEq)]
pub struct ClusterAtProps {
    /// The minute.
    pub minute: u32,
    /// When the simulation starts, by the clock.
    pub starts_at: u32,
}

/// The instances.
#[component]
pub fn ClusterAt(props: &ClusterAtProps) -> Html {
    let workbench = use_workbench();
    let Some(snapshot) = workbench.session().cluster.snapshot.clone() else { return html! {} };
    // That of another minute stays, dimmed, until this one's is there.
    let stale = (snapshot.minute != props.minute).then_some("stale");
    html! {
        <section aria-labelledby="cluster-at" data-testid="cluster-at" data-minute={snapshot.minute.to_string()}>
            <h3 id="cluster-at">
                { format!("The cluster at {}", clock(props.starts_at, props.minute)) }
            </h3>
            <div class={classes!(stale)}>
                if snapshot.container_instances.is_empty() {
                    <p class="empty">{ "No instance is there." }</p>
                } else {
                    <ClusterDrawing instances={snapshot.container_instances.clone()} />
                }
            </div>
        </section>
    }
}
