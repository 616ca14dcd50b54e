//! A timeline that is scrubbed through: the drawing, the minute that is looked at, and what
//! belongs to it.

use crate::document;
use crate::icons::{Icon, icon};
use crate::outlook::advice_list::advice_items;
use crate::outlook::proposal::ProposalNote;
use crate::session::Happened;
use crate::swatch::swatch;
use crate::timeline::alarms::alarms;
use crate::timeline::clock::clock;
use crate::timeline::cluster_at::ClusterAt;
use crate::timeline::drawing::Lanes;
use crate::timeline::event_list::EventList;
use crate::timeline::kinds::{is_about, minute};
use crate::timeline::lanes::Chosen;
use crate::timeline::readout::{readout, spoken};
use crate::timeline::scrubber::Scrubber;
use crate::timeline::stories::{OpenStory, StoryReasons};
use crate::timeline::table::TimelineTable;
use crate::timeline::totals::{steady_state, totals};
use crate::why::folded_assumptions;
use crate::workbench::{Workbench, use_workbench};
use eniac_core::report::Timeline;
use eniac_core::scenario::Requests;
use gloo::timers::callback::Timeout;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// A shared value that is the same only when it is the very same one: nobody compares its insides.
#[derive(Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// How long a minute is looked at before the cluster is asked for.
const MOMENT_MS: u32 = 160;

/// Which timeline.
#[derive(Properties, PartialEq)]
pub struct TimelineViewProps {
    /// The timeline.
    pub timeline: Same<Timeline>,
}

/// Requests a minute that one task of each service serves, where that can be read.
fn per_task(workbench: &Workbench, timeline: &Timeline) -> Vec<Option<u64>> {
    let of = |row: u32| {
        let path = format!("services[{row}].load.requestsPerMinutePerTask");
        let value = document::get(workbench.document(), &path)?;
        let requests = serde_json::from_value::<Requests>(value.clone()).ok()?;
        Some(u64::from(requests.get()))
    };
    timeline.services.iter().map(|service| of(service.row)).collect()
}

/// The view.
#[component]
pub fn TimelineView(props: &TimelineViewProps) -> Html {
    let workbench = use_workbench();
    let timeline = &props.timeline;
    let looked_at = use_state(|| workbench.session().cluster.minute);
    let service = use_state(|| None::<u32>);
    let at = (*looked_at).min(timeline.minutes);
    let service_now = service.filter(|place| (*place as usize) < timeline.services.len());
    let per_task = per_task(&workbench, timeline);
    let chosen = Chosen { timeline, service: service_now, per_task: &per_task };
    let scrub = use_callback(looked_at.setter(), |minute: u32, looked_at| looked_at.set(minute));
    // Every keystroke draws the page anew; only a minute that is stayed at is told.
    use_effect_with(at, {
        let workbench = workbench.clone();
        move |at| {
            let at = *at;
            let told = Timeout::new(MOMENT_MS, move || workbench.tell(Happened::LookedAt(at)));
            move || drop(told)
        }
    });
    let is_here = workbench.session().cluster.is_timeline_here;
    html! {
        <div class={classes!("part", "timeline", (!is_here).then_some("stale"))} data-testid="timeline" data-here={is_here.to_string()}>
            { totals(timeline) }
            <OpenStory timeline={timeline.clone()} scrub={scrub.clone()} />
            { choice(timeline, &service) }
            <div class="timeline-drawing">
                <Lanes timeline={timeline.clone()} chosen={service_now} per_task={per_task.clone()} />
                <Scrubber
                    minutes={timeline.minutes}
                    minute={at}
                    said={spoken(&chosen, at)}
                    scrub={scrub.clone()}
                />
            </div>
            { steps(&chosen, at, &scrub) }
            <div class="timeline-minute">
                { readout(&chosen, at) }
                <EventList
                    timeline={timeline.clone()}
                    chosen={service_now}
                    minute={at}
                    scrub={scrub.clone()}
                />
            </div>
            <TimelineTable timeline={timeline.clone()} chosen={service_now} />
            <StoryReasons />
            <ClusterAt minute={at} starts_at={timeline.starts_at_minute} />
            if !timeline.advice.is_empty() || workbench.session().applied.is_some() {
                <ProposalNote>
                    { "What is applied is simulated anew; one step takes it back." }
                </ProposalNote>
            }
            { advice_items(&workbench, &timeline.advice, is_here && !workbench.is_stale()) }
            { steady_state(timeline) }
            { alarms(&timeline.alarms) }
            { folded_assumptions(&timeline.assumptions) }
        </div>
    }
}

/// The choice of a service, where there are several.
fn choice(timeline: &Timeline, service: &UseStateHandle<Option<u32>>) -> Html {
    if timeline.services.len() < 2 {
        return html! {};
    }
    let button = |place: Option<u32>, name: Html| {
        let service = service.clone();
        html! {
            <button
                type="button"
                class="choice"
                aria-pressed={(*service == place).to_string()}
                onclick={Callback::from(move |_| service.set(place))}
            >
                { name }
            </button>
        }
    };
    let places = timeline.services.iter().zip(0_u32..);
    html! {
        <div class="service-choice" role="group" aria-label="Which tasks">
            { button(None, html! { "All services" }) }
            { for places.map(|(it, place)| button(
                Some(place),
                html! { <>{ swatch(it.row as usize) }{ &it.service }</> },
            )) }
        </div>
    }
}

/// The minute, and the ways to the events before and after it.
fn steps(chosen: &Chosen, at: u32, scrub: &Callback<u32>) -> Html {
    let events = &chosen.timeline.events;
    let about = || events.iter().filter(|event| is_about(event, chosen.service)).map(minute);
    let before = about().filter(|minute| *minute < at).max();
    let after = about().filter(|minute| *minute > at).min();
    let button = |to: Option<u32>, name: &'static str, drawn: Html| {
        html! {
            <button
                type="button"
                class="quiet-button"
                aria-disabled={to.is_none().then_some("true")}
                onclick={scrub.reform(move |_: MouseEvent| to.unwrap_or(at))}
                data-testid={name}
            >
                { drawn }
            </button>
        }
    };
    html! {
        <div class="timeline-steps">
            { button(before, "previous-event", html! { <>{ icon(Icon::Back) }{ "Event before" }</> }) }
            <p class="timeline-now">
                <strong>{ clock(chosen.timeline.starts_at_minute, at) }</strong>
                <span class="quiet">
                    { format!("minute {at}") }
                    <span class="wide-only">{ format!(" of {}", chosen.timeline.minutes) }</span>
                </span>
            </p>
            { button(after, "next-event", html! { <>{ "Event after" }{ icon(Icon::Chevron) }</> }) }
        </div>
    }
}
