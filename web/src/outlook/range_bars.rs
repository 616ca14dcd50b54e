//! Ranges of cost under each other on one axis: from the cheapest to the dearest, with what would
//! be launched, and a limit that is wished.

use crate::format::usd_month;
use crate::outlook::chart::{Axis, percent};
use yew::prelude::*;

/// One range, in micro-USD a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// What it is called.
    pub name: &'static str,
    /// Nothing costs less.
    pub from: u64,
    /// What ECS would launch.
    pub at: u64,
    /// The dearest.
    pub to: u64,
}

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct RangeBarsProps {
    /// The ranges, from top to bottom.
    pub bands: Vec<Band>,
    /// Their axis.
    pub axis: Axis,
    /// What is not to be exceeded.
    pub limit: u64,
    /// What that is called.
    pub limit_name: AttrValue,
}

/// The ranges; the figures stand beside them.
#[component]
pub fn RangeBars(props: &RangeBarsProps) -> Html {
    let RangeBarsProps { bands, axis, limit, limit_name } = props;
    let limit_at = percent(axis.place(*limit));
    html! {
        <div class="range-bars">
            { for bands.iter().map(|band| {
                let (from, to) = (axis.place(band.from), axis.place(band.to));
                let over = axis.place((*limit).clamp(band.from, band.to.max(band.from)));
                html! {
                    <>
                        <span class="range-name">{ band.name }</span>
                        <svg width="100%" height="18" aria-hidden="true">
                            <rect class="range-axis" y="8.5" width="100%" height="1" />
                            <rect class="range-band" x={percent(from)} y="4" width={percent((over - from).max(0.0))} height="10" />
                            <rect class="range-beyond" x={percent(over)} y="4" width={percent((to - over).max(0.0))} height="10" />
                            <line class="mark-limit" x1={limit_at.clone()} x2={limit_at.clone()} y1="0" y2="18" />
                            <circle class="mark-predicted" cx={percent(axis.place(band.at))} cy="9" r="5" />
                        </svg>
                        <span class="range-ends">
                            { format!("{} – {}", usd_month(band.from), usd_month(band.to)) }
                        </span>
                    </>
                }
            }) }
            <p class="axis-caption">
                <svg class="key" width="10" height="10" aria-hidden="true"><circle class="mark-predicted" cx="5" cy="5" r="4" /></svg>
                { " predicted " }
                <svg class="key" width="10" height="10" aria-hidden="true"><line class="mark-limit" x1="5" x2="5" y1="0" y2="10" /></svg>
                { format!(" {limit_name}; cost a month") }
                if let Some(caveat) = axis.caveat() {
                    { format!(", {caveat}") }
                }
            </p>
        </div>
    }
}
