//! The curve of a task's size: steps of cost, with the present size, how far it may grow for
//! nothing, and the better size marked.

use crate::format::thousands;
use crate::outlook::chart::{Axis, Spacing, Spot, percent, spots};
use crate::outlook::cost_axis::{cost_axis, cost_lines, down};
use crate::outlook::sizes::Amount;
use eniac_core::report::SizeCurve;
use yew::prelude::*;

/// Which curve.
#[derive(Properties, PartialEq)]
pub struct SizeChartProps {
    /// What is varied.
    pub amount: Amount,
    /// The curve.
    pub curve: SizeCurve,
}

/// The least width of the chart.
const LEAST_WIDTH: f64 = 254.0;
const TOP: f64 = 40.0;
const PLOT: f64 = 112.0;
const BOTTOM: f64 = 34.0;
const ROW: f64 = 16.0;

/// Where the text of a mark stands.
fn text_y(spot: Spot) -> f64 {
    TOP - 10.0 - spot.row as f64 * ROW
}

/// The steps as a path in a field of 100 by 100.
fn path(curve: &SizeCurve, x: &Axis, y: &Axis) -> String {
    let mut path = Vec::new();
    let mut from = curve.least;
    for step in &curve.steps {
        let cost = step.total_nano_usd_per_hour.micro_usd_per_month();
        let height = 100.0 - y.place(cost);
        let command = if path.is_empty() { "M" } else { "L" };
        path.push(format!(
            "{command}{:.3} {height:.3}L{:.3} {height:.3}",
            x.place(from),
            x.place(step.up_to)
        ));
        from = step.up_to;
    }
    path.concat()
}

/// What the fleet costs at `size`, by the steps.
fn cost_at(curve: &SizeCurve, size: u64) -> Option<u64> {
    let step = curve.steps.iter().find(|step| size <= step.up_to)?;
    Some(step.total_nano_usd_per_hour.micro_usd_per_month())
}

/// The chart; the sentences under it and the table say the same.
#[component]
pub fn SizeChart(props: &SizeChartProps) -> Html {
    let SizeChartProps { amount, curve } = props;
    let x = Axis::between(curve.least, curve.most, Spacing::Even);
    let costs = curve.steps.iter().map(|step| step.total_nano_usd_per_hour.micro_usd_per_month());
    let y = Axis::around(costs);
    let mut marks = vec![(format!("now {}", thousands(curve.now)), curve.now, "now")];
    if let Some(better) = &curve.better {
        marks.push((format!("better {}", thousands(better.size)), better.size, "better"));
    }
    if curve.free_up_to > curve.now {
        let text = format!("free up to {}", thousands(curve.free_up_to));
        marks.push((text, curve.free_up_to, "free"));
    }
    let labels: Vec<(f64, usize)> =
        marks.iter().map(|(text, size, _)| (x.place(*size), text.len())).collect();
    let spots = spots(&labels, LEAST_WIDTH);
    let height = TOP + PLOT + BOTTOM;
    let at = |cost: u64| down(&y, cost, TOP, PLOT);
    html! {
        <figure class="chart">
            { cost_axis(&y, 4, (TOP, PLOT, height)) }
            <svg width="100%" height={format!("{height:.0}")} aria-hidden="true">
                { cost_lines(&y, 4, (TOP, PLOT)) }
                if curve.free_up_to > curve.now {
                    <rect
                        class="free-band"
                        x={percent(x.place(curve.now))}
                        y={format!("{TOP:.0}")}
                        width={percent(x.place(curve.free_up_to) - x.place(curve.now))}
                        height={format!("{PLOT:.0}")}
                    />
                }
                <svg
                    x="0" y={format!("{TOP:.0}")} width="100%" height={format!("{PLOT:.0}")}
                    viewBox="0 0 100 100" preserveAspectRatio="none" class="plot"
                >
                    <path class="curve" d={path(curve, &x, &y)} />
                </svg>
                { for marks.iter().zip(&spots).map(|((_, size, class), spot)| {
                    let place = percent(x.place(*size));
                    html! {
                        <g class={classes!("size-mark", *class)}>
                            <line
                                x1={place.clone()} x2={place.clone()}
                                y1={format!("{:.1}", text_y(*spot) + 3.0)} y2={format!("{:.1}", TOP + PLOT)}
                            />
                            if let Some(cost) = cost_at(curve, *size) {
                                <circle cx={place} cy={format!("{:.1}", at(cost))} r="4.5" />
                            }
                        </g>
                    }
                }) }
                { for marks.iter().zip(&spots).map(|((text, size, class), spot)| html! {
                    <text
                        class={classes!("size-text", *class)}
                        x={percent(x.place(*size))}
                        y={format!("{:.1}", text_y(*spot))}
                        text-anchor={spot.anchor.word()}
                    >
                        { text.clone() }
                    </text>
                }) }
                { for x.ticks(5).into_iter().map(|tick| {
                    let place = x.place(tick);
                    let anchor = if place < 6.0 { "start" } else if place > 92.0 { "end" } else { "middle" };
                    html! {
                        <text class="tick-text" x={percent(place)} y={format!("{:.0}", TOP + PLOT + 15.0)} text-anchor={anchor}>
                            { thousands(tick) }
                        </text>
                    }
                }) }
            </svg>
            <figcaption class="axis-caption">
                { format!("{}; cost a month", amount.unit()) }
                if let Some(caveat) = y.caveat() {
                    { format!(", {caveat}") }
                }
            </figcaption>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eniac_catalog::NanoUsdPerHour;
    use eniac_core::report::SizeStep;

    #[test]
    fn steps_hold_up_to_their_size() {
        let step = |up_to, usd: u64| SizeStep {
            up_to,
            instances: 1,
            total_nano_usd_per_hour: NanoUsdPerHour(usd * 1_000_000_000),
        };
        let curve = SizeCurve {
            now: 20,
            least: 10,
            most: 30,
            steps: vec![step(20, 1), step(30, 2)],
            ..SizeCurve::default()
        };
        for (size, cost) in [
            (10, Some(730_000_000)),
            (20, Some(730_000_000)),
            (21, Some(1_460_000_000)),
            (31, None),
        ] {
            assert_eq!(cost_at(&curve, size), cost, "{size}");
        }
        let x = Axis::between(10, 30, Spacing::Even);
        let y = Axis::between(0, 1_460_000_000, Spacing::Even);
        assert_eq!(path(&curve, &x, &y), "M0.000 50.000L50.000 50.000L50.000 0.000L100.000 0.000");
    }
}
