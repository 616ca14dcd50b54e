//! The timeline as a table: the figures of round minutes, and of those in which something was
//! decided where they are few.

use crate::format::thousands;
use crate::timeline::clock::{clock, round_minutes};
use crate::timeline::kinds::{is_about, minute};
use crate::timeline::lanes::Chosen;
use crate::timeline::readout::per_mille;
use crate::timeline::view::Same;
use eniac_core::report::{Series, Timeline};
use std::collections::BTreeSet;
use yew::prelude::*;

/// So many rows are read at most.
const MOST_ROWS: usize = 60;

/// The minutes of the rows.
fn rows(chosen: &Chosen) -> BTreeSet<u32> {
    let timeline = chosen.timeline;
    let mut minutes: BTreeSet<u32> =
        round_minutes(timeline.starts_at_minute, timeline.minutes, 25).into_iter().collect();
    let events = timeline.events.iter().filter(|event| is_about(event, chosen.service));
    let decided: BTreeSet<u32> = events.map(minute).collect();
    if minutes.len() + decided.len() <= MOST_ROWS {
        minutes.extend(decided);
    }
    minutes
}

/// Of which timeline.
#[derive(Properties, PartialEq)]
pub struct TimelineTableProps {
    /// The timeline.
    pub timeline: Same<Timeline>,
    /// The place of the one service that is looked at.
    pub chosen: Option<u32>,
}

/// The table, folded.
#[component]
pub fn TimelineTable(props: &TimelineTableProps) -> Html {
    let chosen = &Chosen { timeline: &props.timeline, service: props.chosen, per_task: &[] };
    let has_load = chosen.services().any(|(_, service)| !service.load.0.is_empty());
    let columns: Vec<(&str, Series)> = [
        ("Requests", has_load.then(|| chosen.total(|it| &it.load))),
        ("Lost", has_load.then(|| chosen.total(|it| &it.unserved))),
        ("Desired", Some(chosen.total(|it| &it.desired))),
        ("Running", Some(chosen.total(|it| &it.running))),
        ("Starting", Some(chosen.total(|it| &it.pending))),
        ("Waiting", Some(chosen.total(|it| &it.waiting))),
        ("Instances", Some(chosen.groups(|it| &it.registered))),
        ("Empty", Some(chosen.groups(|it| &it.empty))),
        ("Launching", Some(chosen.groups(|it| &it.launching))),
    ]
    .into_iter()
    .filter_map(|(name, series)| Some((name, series?)))
    .collect();
    let groups = &chosen.timeline.groups;
    html! {
        <details class="folded">
            <summary>{ "As a table" }</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label="The timeline as a table">
                <table class="data" data-testid="timeline-table">
                    <thead>
                        <tr>
                            <th scope="col">{ "Time" }</th>
                            { for columns.iter().map(|(name, _)| html! {
                                <th scope="col" class="number">{ *name }</th>
                            }) }
                            { for groups.iter().map(|group| html! {
                                <th scope="col" class="number">
                                    { group.provider.as_ref().map_or_else(|| "Reservation".to_owned(), |name| format!("Reservation, {name}")) }
                                </th>
                            }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows(chosen).into_iter().map(|at| html! {
                            <tr>
                                <th scope="row">{ clock(chosen.timeline.starts_at_minute, at) }</th>
                                { for columns.iter().map(|(_, series)| html! {
                                    <td class="number">{ thousands(series.at(at)) }</td>
                                }) }
                                { for groups.iter().map(|group| html! {
                                    <td class="number">{ per_mille(group.reservation_per_mille.at(at)) }</td>
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
