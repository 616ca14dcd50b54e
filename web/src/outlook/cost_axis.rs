//! The axis of cost beside a chart, in a column of its own, so that its words stand on no curve.

use crate::format::usd_month;
use crate::outlook::chart::Axis;
use yew::prelude::*;

/// Where the column's words end.
const WIDTH: u32 = 52;

/// Where a cost stands in a plot from `top` on that is `plot` pixels high.
pub fn down(axis: &Axis, cost: u64, top: f64, plot: f64) -> f64 {
    top + (100.0 - axis.place(cost)) / 100.0 * plot
}

/// The words: `ticks` at most, in a column that is `height` pixels high.
pub fn cost_axis(axis: &Axis, ticks: usize, (top, plot, height): (f64, f64, f64)) -> Html {
    html! {
        <svg class="cost-axis" width={(WIDTH + 8).to_string()} height={format!("{height:.0}")} aria-hidden="true">
            { for axis.ticks(ticks).into_iter().map(|tick| html! {
                <text
                    x={WIDTH.to_string()}
                    y={format!("{:.1}", down(axis, tick, top, plot) + 4.0)}
                    text-anchor="end"
                >
                    { usd_month(tick) }
                </text>
            }) }
        </svg>
    }
}

/// The lines that belong to the words, across the plot.
pub fn cost_lines(axis: &Axis, ticks: usize, (top, plot): (f64, f64)) -> Html {
    html! {
        <g class="tick">
            { for axis.ticks(ticks).into_iter().map(|tick| {
                let y = format!("{:.1}", down(axis, tick, top, plot));
                html! { <line x1="0%" x2="100%" y1={y.clone()} y2={y} /> }
            }) }
        </g>
    }
}
