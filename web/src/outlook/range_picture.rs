//! The range as a picture: one axis of cost a month with the cheapest fleet, the predicted one,
//! those that tie with it, the dearest that capacity fallback can leave, and Fargate as a
//! reference. Each mark has its name beside it, and a shape of its own.

use crate::format::usd_month;
use crate::outlook::chart::{Axis, Spot, percent, spots};
use yew::prelude::*;

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Mark {
    Predicted,
    Cheapest { proven: bool },
    Tie,
    Dearest,
    Fargate,
}

impl Mark {
    fn name(self) -> &'static str {
        match self {
            Self::Predicted => "predicted",
            Self::Cheapest { proven: true } => "cheapest possible",
            Self::Cheapest { proven: false } => "cheapest found",
            Self::Tie => "as likely",
            Self::Dearest => "dearest left",
            Self::Fargate => "Fargate",
        }
    }

    /// Whether its name stands above the axis; below stands what is no limit of the range.
    fn is_above(self) -> bool {
        !matches!(self, Self::Fargate | Self::Tie)
    }
}

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct RangePictureProps {
    /// The marks, each at its cost a month in micro-USD, the most important first.
    pub marks: Vec<(Mark, u64)>,
}

/// The least width that names must find room in: a phone's, less the margins.
const LEAST_WIDTH: f64 = 318.0;
const ROW: f64 = 17.0;
const BAR: f64 = 12.0;
const GAP: f64 = 6.0;

/// The picture; the sentence beside it says the same.
#[component]
pub fn RangePicture(props: &RangePictureProps) -> Html {
    let axis = Axis::around(props.marks.iter().map(|(_, cost)| *cost));
    let side = |is_above: bool| {
        let marks = props.marks.iter().copied();
        marks.filter(|(mark, _)| mark.is_above() == is_above).collect::<Vec<(Mark, u64)>>()
    };
    let (above, below) = (side(true), side(false));
    let place = |all: &[(Mark, u64)]| {
        let labels: Vec<(f64, usize)> = all
            .iter()
            .map(|(mark, cost)| (axis.place(*cost), mark.name().len() + usd_month(*cost).len() + 1))
            .collect();
        spots(&labels, LEAST_WIDTH)
    };
    let (above_at, below_at) = (place(&above), place(&below));
    let rows = |all: &[Spot]| all.iter().map(|spot| spot.row + 1).max().unwrap_or(0) as f64;
    // Room for two rows is always there, so that little moves when figures meet.
    let top = rows(&above_at).max(2.0) * ROW + GAP;
    let bottom = top + BAR;
    let under = rows(&below_at) * ROW + if below.is_empty() { 0.0 } else { GAP };
    let height = bottom + under + ROW + 2.0;
    let cost_of = |which: fn(Mark) -> bool| {
        props.marks.iter().find(|(mark, _)| which(*mark)).map(|(_, cost)| *cost)
    };
    let least = cost_of(|mark| matches!(mark, Mark::Cheapest { .. }));
    let most = cost_of(|mark| mark == Mark::Dearest);
    html! {
        <svg class="range-picture" width="100%" height={format!("{height:.0}")} aria-hidden="true">
            { for axis.ticks(5).into_iter().map(|tick| tick_line(&axis, tick, top, bottom + under, height)) }
            <rect class="range-axis" y={px(top + BAR / 2.0 - 0.5)} width="100%" height="1" />
            if let (Some(least), Some(most)) = (least, most) {
                <rect
                    class="range-band"
                    x={percent(axis.place(least))}
                    y={px(top)}
                    width={percent((axis.place(most) - axis.place(least)).max(0.4))}
                    height={px(BAR)}
                />
            }
            { for above.iter().zip(&above_at).rev().map(|((mark, cost), spot)| {
                let y = top - GAP - spot.row as f64 * ROW;
                label(&axis, *mark, *cost, *spot, y - 4.0, (y, top + BAR))
            }) }
            { for below.iter().zip(&below_at).rev().map(|((mark, cost), spot)| {
                let y = bottom + GAP + (spot.row as f64 + 1.0) * ROW;
                label(&axis, *mark, *cost, *spot, y - 4.0, (top, y - ROW + 2.0))
            }) }
            { for props.marks.iter().rev().map(|(mark, cost)| shape(&axis, *mark, *cost, top)) }
        </svg>
    }
}

/// What must be said of the axis of such a picture.
pub fn caveat(marks: &[(Mark, u64)]) -> Option<&'static str> {
    Axis::around(marks.iter().map(|(_, cost)| *cost)).caveat()
}

fn px(pixels: f64) -> String {
    format!("{pixels:.1}")
}

fn tick_line(axis: &Axis, tick: u64, top: f64, bottom: f64, height: f64) -> Html {
    let place = axis.place(tick);
    let anchor = match place {
        ..6.0 => "start",
        94.0.. => "end",
        _ => "middle",
    };
    let x = percent(place);
    html! {
        <g class="tick">
            <line x1={x.clone()} x2={x.clone()} y1={px(top)} y2={px(bottom + 4.0)} />
            <text {x} y={px(height - 3.0)} text-anchor={anchor}>{ usd_month(tick) }</text>
        </g>
    }
}

fn label(axis: &Axis, mark: Mark, cost: u64, spot: Spot, y: f64, line: (f64, f64)) -> Html {
    let x = percent(axis.place(cost));
    let is_main = mark == Mark::Predicted;
    html! {
        <g class={classes!("range-label", is_main.then_some("main"))}>
            <line x1={x.clone()} x2={x.clone()} y1={px(line.0)} y2={px(line.1)} />
            <text {x} y={px(y)} text-anchor={spot.anchor.word()}>
                { mark.name() }
                { " " }
                <tspan class="range-cost">{ usd_month(cost) }</tspan>
            </text>
        </g>
    }
}

fn shape(axis: &Axis, mark: Mark, cost: u64, top: f64) -> Html {
    let x = percent(axis.place(cost));
    let middle = px(top + BAR / 2.0);
    match mark {
        Mark::Predicted => html! { <circle class="mark-predicted" cx={x} cy={middle} r="6" /> },
        Mark::Tie => html! { <circle class="mark-tie" cx={x} cy={middle} r="4" /> },
        Mark::Cheapest { .. } | Mark::Dearest => html! {
            <line class="mark-end" x1={x.clone()} x2={x} y1={px(top - 3.0)} y2={px(top + BAR + 3.0)} />
        },
        Mark::Fargate => html! {
            <line class="mark-fargate" x1={x.clone()} x2={x} y1={px(top - 5.0)} y2={px(top + BAR + 5.0)} />
        },
    }
}
