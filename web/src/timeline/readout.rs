//! All figures of one minute, each always in its place, and what was decided in it.

use crate::format::{counted, thousands};
use crate::timeline::clock::clock;
use crate::timeline::kinds::{is_about, minute, title};
use crate::timeline::lanes::Chosen;
use eniac_core::report::TimelineEvent;
use yew::prelude::*;

/// Tenths of a percent: `133.3 %`, `75 %`.
pub fn per_mille(value: u64) -> String {
    match value % 10 {
        0 => format!("{} %", thousands(value / 10)),
        rest => format!("{}.{rest} %", thousands(value / 10)),
    }
}

/// What was decided in `at`, of what is looked at.
pub fn decided<'a>(
    chosen: &Chosen<'a>,
    at: u32,
) -> impl Iterator<Item = &'a TimelineEvent> + use<'a> {
    let service = chosen.service;
    let events = &chosen.timeline.events;
    let first = events.partition_point(|event| minute(event) < at);
    let now = events[first..].iter().take_while(move |event| minute(event) == at);
    now.filter(move |event| is_about(event, service))
}

/// The minute in one sentence, for who hears it.
pub fn spoken(chosen: &Chosen, at: u32) -> String {
    let (desired, running, waiting) = (
        chosen.total_at(at, |it| &it.desired),
        chosen.total_at(at, |it| &it.running),
        chosen.total_at(at, |it| &it.waiting),
    );
    let instances = chosen.groups_at(at, |group| &group.registered);
    let waits = if waiting == 0 { String::new() } else { format!(", {waiting} waiting") };
    let decision = decided(chosen, at).next();
    let decision = decision.map_or_else(String::new, |event| format!(" {}", event.text));
    format!(
        "{}: {} desired, {running} running{waits}; {}.{decision}",
        clock(chosen.timeline.starts_at_minute, at),
        counted(desired, "task"),
        counted(instances, "instance"),
    )
}

fn cell(name: &'static str, value: String) -> Html {
    html! {
        <div data-figure={name}>
            <dt>{ name }</dt>
            <dd>{ value }</dd>
        </div>
    }
}

/// The read-out of the minute `at`.
pub fn readout(chosen: &Chosen, at: u32) -> Html {
    html! {
        <div class="readout" data-testid="readout">
            <h4>{ if chosen.timeline.services.len() > 1 && chosen.service.is_none() { "All tasks" } else { "Tasks" } }</h4>
            <dl class="cells">{ tasks(chosen, at) }</dl>
            <h4>{ "Instances" }</h4>
            <dl class="cells">{ instances(chosen, at) }</dl>
            <div class="decided" data-testid="decided">{ decisions(chosen, at) }</div>
        </div>
    }
}

fn tasks(chosen: &Chosen, at: u32) -> Html {
    let one = chosen.services().next().filter(|_| chosen.services().count() == 1);
    let has_load = chosen.services().any(|(_, service)| !service.load.0.is_empty());
    html! {
        <>
            { cell("Desired", thousands(chosen.total_at(at, |it| &it.desired))) }
            { cell("Running", thousands(chosen.total_at(at, |it| &it.running))) }
            { cell("Starting", thousands(chosen.total_at(at, |it| &it.pending))) }
            { cell("Waiting", thousands(chosen.total_at(at, |it| &it.waiting))) }
            if has_load {
                { cell("Requests", thousands(chosen.total_at(at, |it| &it.load))) }
                { cell("Lost", thousands(chosen.total_at(at, |it| &it.unserved))) }
            }
            if let Some((_, service)) = one.filter(|_| has_load) {
                { cell("CPU", per_mille(service.cpu_per_mille.at(at))) }
                { cell("Memory", per_mille(service.memory_per_mille.at(at))) }
            }
        </>
    }
}

fn instances(chosen: &Chosen, at: u32) -> Html {
    let groups = &chosen.timeline.groups;
    let each =
        |of: &dyn Fn(usize) -> String| (0..groups.len()).map(of).collect::<Vec<_>>().join(" · ");
    let reservation = |place: usize| per_mille(groups[place].reservation_per_mille.at(at));
    let formula = |place: usize| match &groups[place].slots_used_per_mille {
        series if series.0.is_empty() => "–".to_owned(),
        series => per_mille(series.at(at)),
    };
    let target = |place: usize| format!("{} %", groups[place].target_capacity);
    html! {
        <>
            { cell("Desired", thousands(chosen.groups_at(at, |it| &it.desired))) }
            { cell("Registered", thousands(chosen.groups_at(at, |it| &it.registered))) }
            { cell("Empty", thousands(chosen.groups_at(at, |it| &it.empty))) }
            { cell("Launching", thousands(chosen.groups_at(at, |it| &it.launching))) }
            { cell("Draining", thousands(chosen.groups_at(at, |it| &it.draining))) }
            { cell("Needed (M)", thousands(chosen.groups_at(at, |it| &it.needed))) }
            { cell("Reservation", each(&reservation)) }
            { cell("Target", each(&target)) }
            { cell("Slots used", each(&formula)) }
        </>
    }
}

fn decisions(chosen: &Chosen, at: u32) -> Html {
    let sentence = |event: &TimelineEvent| {
        html! { <p><strong>{ title(event.kind) }</strong>{ " " }{ &event.text }</p> }
    };
    let now: Vec<&TimelineEvent> = decided(chosen, at).collect();
    if !now.is_empty() {
        return now.into_iter().map(sentence).collect();
    }
    let before = chosen.timeline.events.iter().rev();
    let before =
        before.filter(|event| is_about(event, chosen.service)).find(|event| minute(event) < at);
    html! {
        <p class="hint">
            { "Nothing is decided in this minute." }
            if let Some(event) = before {
                { format!(
                    " The last was at {}: {}",
                    clock(chosen.timeline.starts_at_minute, minute(event)),
                    event.text,
                ) }
            }
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_core::report::{EventKind, Timeline};

    #[test]
    fn tenths_of_a_percent_are_said() {
        for (value, text) in [(1000, "100 %"), (1333, "133.3 %"), (5, "0.5 %"), (0, "0 %")] {
            assert_eq!(per_mille(value), text);
        }
    }

    #[test]
    fn a_minute_has_its_own_decisions() {
        let event = |second: u32, service: Option<u32>| TimelineEvent {
            second,
            kind: EventKind::TasksPlaced,
            service,
            group: None,
            before: None,
            count: 1,
            text: format!("at {second}"),
        };
        let events =
            vec![event(59, None), event(60, Some(1)), event(61, Some(0)), event(120, None)];
        let timeline = Timeline { minutes: 5, events, ..Timeline::default() };
        let chosen = |service| Chosen { timeline: &timeline, service, per_task: &[] };
        let told = |service, at| {
            decided(&chosen(service), at).map(|event| event.second).collect::<Vec<_>>()
        };
        assert_eq!(told(None, 1), [60, 61]);
        assert_eq!(told(Some(0), 1), [61]);
        assert_eq!(told(Some(0), 0), [59], "what is about a group is told always");
        assert!(told(None, 4).is_empty());
        assert_eq!(
            spoken(&chosen(None), 0),
            "00:00: 0 tasks desired, 0 running; 0 instances. at 59"
        );
    }
}
