//! Stories that people tell of scaling tasks and instances: loaded as scenarios, as told beside as
//! it really goes.

use crate::edit::Edit;
use crate::timeline::clock::clock;
use crate::timeline::readout::per_mille;
use crate::timeline::view::Same;
use crate::workbench::use_workbench;
use eniac_core::report::Timeline;
use eniac_core::{Preset, ToldMoment, presets};
use serde_json::Value;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A story with its scenario.
#[derive(Debug, Clone)]
pub struct Story {
    /// What is told.
    pub preset: Preset,
    /// The scenario, read.
    pub scenario: Value,
}

impl Story {
    /// All of them that can be read.
    pub fn all() -> Vec<Rc<Self>> {
        let read = |preset: Preset| {
            let scenario = serde_json::from_str(&preset.scenario).ok()?;
            Some(Rc::new(Self { preset, scenario }))
        };
        presets().into_iter().filter_map(read).collect()
    }

    /// Whether `document` is this story's, perhaps with changes: it has its name.
    fn is_of(&self, document: &Value) -> bool {
        self.scenario["name"].is_string() && document["name"] == self.scenario["name"]
    }
}

/// The open story of `document`.
pub fn open_story(stories: &[Rc<Story>], document: &Value) -> Option<Rc<Story>> {
    stories.iter().find(|story| story.is_of(document)).cloned()
}

/// The choice of a story.
#[component]
pub fn StoryChoice() -> Html {
    let workbench = use_workbench();
    let stories = use_memo((), |()| Story::all());
    let open = open_story(&stories, workbench.document());
    let onchange = {
        let (workbench, stories) = (workbench.clone(), stories.clone());
        Callback::from(move |event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(story) = stories.iter().find(|story| story.preset.id == id) {
                workbench.edit(Edit::Replace(story.scenario.clone()));
            }
        })
    };
    if stories.is_empty() {
        return html! {};
    }
    let is_open = |story: &Story| open.as_ref().is_some_and(|it| it.preset.id == story.preset.id);
    html! {
        <div class="story-choice">
            <div class="field">
                <label for="story">{ "Stories" }</label>
                <span class="control select">
                    <select id="story" data-testid="stories" {onchange}>
                        <option value="" selected={open.is_none()} disabled={open.is_some()}>
                            { "Your own scenario" }
                        </option>
                        { for stories.iter().map(|story| html! {
                            <option value={story.preset.id.clone()} selected={is_open(story)}>
                                { &story.preset.title }
                            </option>
                        }) }
                    </select>
                </span>
            </div>
            <p class="hint">
                { match &open {
                    Some(story) => story.preset.summary.clone(),
                    None => "A story takes the place of your scenario; Undo brings it back.".to_owned(),
                } }
            </p>
        </div>
    }
}

/// Which timeline the story is held against.
#[derive(Properties, PartialEq)]
pub struct StoryProps {
    /// The timeline.
    pub timeline: Same<Timeline>,
    /// Told which minute to show.
    pub scrub: Callback<u32>,
}

/// The open story: as told, and as it really goes. Nothing where none is open.
#[component]
pub fn OpenStory(props: &StoryProps) -> Html {
    let workbench = use_workbench();
    let stories = use_memo((), |()| Story::all());
    let Some(story) = open_story(&stories, workbench.document()) else { return html! {} };
    let is_changed = *workbench.document() != story.scenario;
    let again = Edit::Replace(story.scenario.clone());
    let preset = &story.preset;
    html! {
        <section class="story" aria-label="As told and as it really goes" data-testid="story">
            if is_changed {
                <p class="proposal-note">
                    <span>{ "The scenario is not the story's any more; what really goes on is that of yours." }</span>
                    <button type="button" class="quiet-button" onclick={workbench.on_edit(again)}>
                        { "Tell it again" }
                    </button>
                </p>
            }
            if !preset.told.is_empty() {
                { told_table(preset, &props.timeline, &props.scrub) }
            }
        </section>
    }
}

/// Why the open story really goes as it does. Nothing where none is open.
#[component]
pub fn StoryReasons() -> Html {
    let workbench = use_workbench();
    let stories = use_memo((), |()| Story::all());
    let story = open_story(&stories, workbench.document());
    let Some(story) = story.filter(|story| !story.preset.really.is_empty()) else {
        return html! {};
    };
    html! {
        <section aria-labelledby="really" data-testid="really">
            <h3 id="really">{ "How it really goes, and why" }</h3>
            <ul class="really">
                { for story.preset.really.iter().map(|sentence| html! { <li>{ sentence }</li> }) }
            </ul>
        </section>
    }
}

/// The figures of a moment: instances, running, waiting, percent.
type Moment = [Option<u64>; 4];

fn told(moment: &ToldMoment) -> Moment {
    let ToldMoment { instances, running, waiting, capacity_percent, .. } = moment;
    [*instances, *running, *waiting, *capacity_percent].map(|it| it.map(u64::from))
}

/// The same figures of the simulation; percent are those of `CapacityProviderReservation`.
fn really(timeline: &Timeline, minute: u32) -> Moment {
    let of_groups = timeline.groups.iter().map(|group| group.registered.at(minute)).sum();
    let running = timeline.services.iter().map(|service| service.running.at(minute)).sum();
    let waiting = timeline.services.iter().map(|service| service.waiting.at(minute)).sum();
    let percent = timeline.groups.first().map(|group| group.reservation_per_mille.at(minute));
    [Some(of_groups), Some(running), Some(waiting), percent]
}

fn told_table(preset: &Preset, timeline: &Timeline, scrub: &Callback<u32>) -> Html {
    let number = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), |it| it.to_string());
    let line = |moment: &ToldMoment| {
        let (told, really) = (told(moment), really(timeline, moment.minute));
        let minute = moment.minute;
        let differs = |place: usize| {
            let other = told[place].is_some() && told[place] != really[place];
            classes!("number", other.then_some("differs"))
        };
        html! {
            <tr>
                <th scope="row">
                    <button
                        type="button"
                        class="link-button"
                        onclick={scrub.reform(move |_: MouseEvent| minute)}
                    >
                        { clock(timeline.starts_at_minute, minute) }
                    </button>
                </th>
                <td class="wrapping">{ &moment.text }</td>
                <td class="number">{ number(told[0]) }</td>
                <td class={differs(0)}>{ number(really[0]) }</td>
                <td class="number">{ number(told[1]) }</td>
                <td class={differs(1)}>{ number(really[1]) }</td>
                <td class="number">{ number(told[2]) }</td>
                <td class={differs(2)}>{ number(really[2]) }</td>
                <td class="number">{ told[3].map_or_else(|| "–".to_owned(), |it| format!("{it} %")) }</td>
                <td class="number">{ really[3].map_or_else(|| "–".to_owned(), per_mille) }</td>
            </tr>
        }
    };
    let pair = || {
        html! {
            <>
                <th scope="col" class="number">{ "told" }</th>
                <th scope="col" class="number">{ "really" }</th>
            </>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="As told and as it really goes">
            <table class="data told" data-testid="told">
                <thead>
                    <tr>
                        <td></td>
                        <td></td>
                        <th scope="colgroup" colspan="2">{ "Instances" }</th>
                        <th scope="colgroup" colspan="2">{ "Running" }</th>
                        <th scope="colgroup" colspan="2">{ "Waiting" }</th>
                        <th scope="colgroup" colspan="2">{ "Capacity" }</th>
                    </tr>
                    <tr>
                        <th scope="col">{ "Time" }</th>
                        <th scope="col">{ "As told" }</th>
                        { pair() }{ pair() }{ pair() }{ pair() }
                    </tr>
                </thead>
                <tbody>{ for preset.told.iter().map(line) }</tbody>
            </table>
        </div>
    }
}
