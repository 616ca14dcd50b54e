//! What each place costs as the numbers of tasks grow together: a line for each, told apart by
//! dashes and marks as well as by tone, and named beside the chart in the order of their ends.

use crate::format::{counted, usd_hour};
use crate::outlook::chart::{Axis, Spacing, percent, spots};
use crate::outlook::cost_axis::{cost_axis, cost_lines, down};
use eniac_catalog::NanoUsdPerHour;
use eniac_core::report::{ComparisonReport, GrowthPoint};
use yew::prelude::*;

/// What is drawn.
#[derive(Properties, PartialEq)]
pub struct GrowthChartProps {
    /// The comparison.
    pub comparison: ComparisonReport,
}

const TOP: f64 = 18.0;
const PLOT: f64 = 200.0;
const BOTTOM: f64 = 24.0;
/// The least width of the chart.
const LEAST_WIDTH: f64 = 266.0;

/// The classes of lines, one for each row.
const LINES: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

fn month(point: &GrowthPoint, row: usize) -> Option<u64> {
    let cost = point.total_nano_usd_per_hour.get(row).copied().flatten();
    cost.map(NanoUsdPerHour::micro_usd_per_month)
}

/// The mark of a line, around its place.
fn mark(row: usize) -> &'static str {
    match row % 7 {
        0 => "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        1 => "M-3.5-3.5h7v7h-7z",
        2 => "M0-4.5L4.5 0L0 4.5L-4.5 0z",
        3 => "M0-4.5L4 3.5H-4z",
        4 => "M0 4.5L-4-3.5H4z",
        5 => "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
        _ => "M-4.5 0H4.5M0-4.5V4.5",
    }
}

/// The chart and its table.
#[component]
pub fn GrowthChart(props: &GrowthChartProps) -> Html {
    let comparison = &props.comparison;
    let points = &comparison.growth;
    let percents = || points.iter().map(|point| u64::from(point.percent));
    let (least, most) = (percents().min().unwrap_or(1), percents().max().unwrap_or(1));
    let x = Axis::between(least, most, Spacing::Ratio);
    let rows: Vec<usize> = (0..comparison.rows.len())
        .filter(|row| points.iter().any(|point| month(point, *row).is_some()))
        .collect();
    let costs = rows.iter().flat_map(|row| points.iter().filter_map(|point| month(point, *row)));
    let y = Axis::around(costs);
    let place = |percent: u32| x.place(u64::from(percent));
    let at = |cost: u64| down(&y, cost, TOP, PLOT);
    let said = |point: &GrowthPoint| format!("{} %", point.percent);
    // Where not all find room, what runs now and the ends are said.
    let mut said_first: Vec<&GrowthPoint> = points.iter().collect();
    said_first.sort_by_key(|point| {
        let percent = u64::from(point.percent);
        (percent != 100, percent != least && percent != most)
    });
    let labels: Vec<(f64, usize)> =
        said_first.iter().map(|point| (place(point.percent), said(point).len())).collect();
    let spots = spots(&labels, LEAST_WIDTH);
    let mut order = rows.clone();
    let last = |row: usize| points.iter().rev().find_map(|point| month(point, row));
    order.sort_by_key(|row| std::cmp::Reverse(last(*row)));
    html! {
        <div class="growth">
            <figure class="chart">
                { cost_axis(&y, 5, (TOP, PLOT, TOP + PLOT + BOTTOM)) }
                <svg width="100%" height={format!("{:.0}", TOP + PLOT + BOTTOM)} aria-hidden="true" class="growth-plot">
                    { cost_lines(&y, 5, (TOP, PLOT)) }
                    if (least..=most).contains(&100) {
                        <line class="mark-limit" x1={percent(place(100))} x2={percent(place(100))} y1="4" y2={format!("{:.0}", TOP + PLOT)} />
                    }
                    <svg
                        x="0" y={format!("{TOP:.0}")} width="100%" height={format!("{PLOT:.0}")}
                        viewBox="0 0 100 100" preserveAspectRatio="none" class="plot"
                    >
                        { for rows.iter().map(|row| html! {
                            <path
                                class={classes!("line", LINES[row % LINES.len()])}
                                d={line(points, *row, &x, &y)}
                            />
                        }) }
                    </svg>
                    { for rows.iter().flat_map(|row| points.iter().filter_map(move |point| {
                        month(point, *row).map(|cost| (*row, point.percent, cost))
                    })).map(|(row, share, cost)| html! {
                        <svg class={classes!("point", LINES[row % LINES.len()])} x={percent(place(share))} y={format!("{:.1}", at(cost))}>
                            <path d={mark(row)} />
                        </svg>
                    }) }
                    { for said_first.iter().zip(&spots).filter(|(_, spot)| spot.row == 0).map(|(point, spot)| html! {
                        <text
                            class="tick-text"
                            x={percent(place(point.percent))}
                            y={format!("{:.0}", TOP + PLOT + 16.0)}
                            text-anchor={spot.anchor.word()}
                        >
                            { said(point) }
                        </text>
                    }) }
                </svg>
                <figcaption class="axis-caption">
                    { "share of the tasks that run now; cost a month, " }
                    { y.caveat().unwrap_or("both axes as they are") }
                </figcaption>
            </figure>
            <ul class="growth-key" aria-label="Lines, dearest last point first">
                { for order.into_iter().map(|row| html! {
                    <li>
                        <svg width="28" height="12" aria-hidden="true">
                            <path class={classes!("line", LINES[row % LINES.len()])} d="M0 6H28" />
                            <svg class={classes!("point", LINES[row % LINES.len()])} x="14" y="6"><path d={mark(row)} /></svg>
                        </svg>
                        { comparison.rows.get(row).map_or("", |row| row.title.as_str()) }
                    </li>
                }) }
            </ul>
            <details class="arithmetic">
                <summary>{ "As a table" }</summary>
                { table(comparison) }
            </details>
        </div>
    }
}

/// The points of a line; where one is missing it breaks off.
fn line(points: &[GrowthPoint], row: usize, x: &Axis, y: &Axis) -> String {
    let mut path = Vec::new();
    let mut is_down = false;
    for point in points {
        let Some(cost) = month(point, row) else {
            is_down = false;
            continue;
        };
        let command = if is_down { "L" } else { "M" };
        is_down = true;
        let (across, down) = (x.place(u64::from(point.percent)), 100.0 - y.place(cost));
        path.push(format!("{command}{across:.2} {down:.2}"));
    }
    path.concat()
}

fn table(comparison: &ComparisonReport) -> Html {
    html! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Growth as a table">
            <table class="data">
                <thead>
                    <tr>
                        <th scope="col" class="number">{ "Tasks" }</th>
                        { for comparison.rows.iter().map(|row| html! {
                            <th scope="col" class="number">{ format!("{}, $/hour", row.title) }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for comparison.growth.iter().map(|point| html! {
                        <tr>
                            <th scope="row" class="number">
                                { format!("{} ({} %)", counted(u64::from(point.tasks), "task"), point.percent) }
                            </th>
                            { for point.total_nano_usd_per_hour.iter().map(|cost| html! {
                                <td class="number">{ cost.map_or_else(|| "–".to_owned(), |cost| usd_hour(cost.0)) }</td>
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_off_where_a_figure_is_missing() {
        let point = |percent, costs: &[Option<u64>]| GrowthPoint {
            percent,
            tasks: percent,
            total_nano_usd_per_hour: costs
                .iter()
                .map(|cost| cost.map(|usd| NanoUsdPerHour(usd * 1_000_000_000)))
                .collect(),
        };
        let points = [point(1, &[Some(1)]), point(2, &[None]), point(4, &[Some(2)])];
        let x = Axis::between(1, 4, Spacing::Ratio);
        let y = Axis::between(0, 1_460_000_000, Spacing::Even);
        assert_eq!(line(&points, 0, &x, &y), "M0.00 50.00M100.00 0.00");
        assert_eq!(line(&points, 1, &x, &y), "");
    }
}
