//! The timeline, drawn: lanes above each other over one axis of time, and the marks of events on
//! it. For eyes; the scrubber over it speaks.

use crate::outlook::chart::{Axis, Spacing, percent, spots};
use crate::timeline::bands::WIDTH;
use crate::timeline::clock::{round_minutes, short};
use crate::timeline::kinds::{Mark, is_about, mark, minute};
use crate::timeline::lanes::{Chosen, Lane, Look};
use crate::timeline::view::Same;
use eniac_core::report::Timeline;
use std::collections::BTreeSet;
use yew::prelude::*;

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// The timeline.
    pub timeline: Same<Timeline>,
    /// The place of the one service that is looked at.
    pub chosen: Option<u32>,
    /// Requests a minute that one task of each service serves.
    pub per_task: Vec<Option<u64>>,
}

/// The least width of the plots on a phone, and on what is wider.
const LEAST_WIDTHS: [f64; 2] = [252.0, 520.0];
/// The height of the axis of time with its marks.
const AXIS: f64 = 46.0;

/// The lanes, the marks and the axis.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let LanesProps { timeline, chosen, per_task } = props;
    let looked = Chosen { timeline, service: *chosen, per_task };
    let x = Axis::between(0, u64::from(timeline.minutes), Spacing::Even);
    let ticks = round_minutes(timeline.starts_at_minute, timeline.minutes, 9);
    html! {
        <>
            { for looked.lanes().iter().map(|it| lane(it, &x, &ticks)) }
            { time_axis(timeline, *chosen, &x, &ticks) }
        </>
    }
}

fn key(look: &Look, is_line: bool) -> Html {
    html! {
        <span class="lane-key">
            <svg width="16" height="12" aria-hidden="true">
                if is_line {
                    <path class={look.class.clone()} d="M0 6H16" />
                } else {
                    <rect class={look.class.clone()} y="1" width="16" height="10" />
                    if let Some(pattern) = look.pattern {
                        <rect fill={pattern} y="1" width="16" height="10" />
                    }
                }
            </svg>
            { &look.name }
        </span>
    }
}

fn lane(lane: &Lane, x: &Axis, ticks: &[u32]) -> Html {
    let height = lane.plot.height;
    let size = format!("{height:.0}");
    let levels = lane.plot.axis.ticks(if height > 80.0 { 6 } else { 4 });
    let down = |value: u64| (1.0 - lane.plot.axis.place(value) / 100.0) * height;
    // What never happens needs no key.
    let bands = || lane.bands.iter().filter(|(_, (low, high))| low != high && high.most() > 0);
    html! {
        <div class="lane" data-lane={lane.word} key={lane.word}>
            <p class="lane-head">
                <strong>{ lane.title }</strong>
                { for bands().map(|(look, _)| key(look, false)) }
                { for lane.lines.iter().map(|(look, _)| key(look, true)) }
            </p>
            <svg class="lane-figures" width="100%" height={size.clone()} aria-hidden="true">
                { for levels.iter().map(|level| html! {
                    <text x="100%" dx="-8" y={format!("{:.1}", down(*level) + 4.0)} text-anchor="end">
                        { lane.figure(*level) }
                    </text>
                }) }
            </svg>
            <svg class="lane-plot" width="100%" height={size.clone()} aria-hidden="true">
                <g class="tick">
                    { for levels.iter().map(|level| {
                        let y = format!("{:.1}", down(*level));
                        html! { <line x1="0%" x2="100%" y1={y.clone()} y2={y} /> }
                    }) }
                    { for ticks.iter().map(|tick| {
                        let at = percent(x.place(u64::from(*tick)));
                        html! { <line x1={at.clone()} x2={at} y1="0" y2={size.clone()} /> }
                    }) }
                </g>
                <svg
                    width="100%" height={size.clone()}
                    viewBox={format!("0 0 {WIDTH} {height}")} preserveAspectRatio="none"
                >
                    { for bands().map(|(look, band)| {
                        let path = lane.plot.area(band);
                        html! {
                            <>
                                <path class={look.class.clone()} d={path.clone()} />
                                if let Some(pattern) = look.pattern {
                                    <path fill={pattern} d={path} />
                                }
                            </>
                        }
                    }) }
                    { for lane.lines.iter().map(|(look, series)| html! {
                        <path class={look.class.clone()} d={lane.plot.line(series)} />
                    }) }
                </svg>
            </svg>
        </div>
    }
}

fn time_axis(timeline: &Timeline, chosen: Option<u32>, x: &Axis, ticks: &[u32]) -> Html {
    let marks: BTreeSet<(u32, Mark)> = timeline
        .events
        .iter()
        .filter(|event| is_about(event, chosen))
        .map(|event| (minute(event), mark(event.kind)))
        .collect();
    let place = |minute: u32| x.place(u64::from(minute));
    let labels: Vec<(f64, usize)> = ticks.iter().map(|tick| (place(*tick), 5)).collect();
    let [narrow, wide] = LEAST_WIDTHS.map(|width| spots(&labels, width));
    html! {
        <div class="lane time-lane">
            <svg class="lane-plot" width="100%" height={format!("{AXIS:.0}")} aria-hidden="true">
                <line class="time-line" x1="0%" x2="100%" y1="24" y2="24" />
                { for marks.into_iter().map(|(minute, mark)| html! {
                    <svg class={classes!("event-mark", mark.class())} x={percent(place(minute))} y="12">
                        <path d={mark.shape()} />
                    </svg>
                }) }
                { for ticks.iter().zip(narrow.iter().zip(&wide)).filter(|(_, (_, spot))| spot.row == 0).map(|(tick, (narrow, spot))| html! {
                    <text
                        class={classes!((narrow.row > 0).then_some("wide-only"))}
                        x={percent(place(*tick))}
                        y="40"
                        text-anchor={spot.anchor.word()}
                    >
                        { short(timeline.starts_at_minute, *tick) }
                    </text>
                }) }
            </svg>
        </div>
    }
}
