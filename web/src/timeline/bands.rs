//! Series as bands and lines: sums, stacks, and the paths of SVG. Pure.
//!
//! A series holds its value until its next point, so every line is a staircase.

use crate::outlook::chart::Axis;
use eniac_core::report::Series;

/// How wide a plot is in its own units, whatever it is on the screen.
pub const WIDTH: f64 = 800.0;

/// A plot: its axes and how high it is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// How many minutes run from left to right.
    pub minutes: u32,
    /// What runs upwards.
    pub axis: Axis,
    /// Its height.
    pub height: f64,
}

impl Plot {
    fn x(&self, minute: u32) -> f64 {
        f64::from(minute) / f64::from(self.minutes.max(1)) * WIDTH
    }

    fn y(&self, value: u64) -> f64 {
        self.height * (1.0 - self.axis.place(value) / 100.0)
    }

    /// A line along a series.
    pub fn line(&self, series: &Series) -> String {
        let path = self.stairs(&series.0, self.minutes, true);
        path.replacen('L', "M", 1)
    }

    /// The area between two series.
    pub fn area(&self, (low, high): &(Series, Series)) -> String {
        let up = self.stairs(&high.0, self.minutes, true).replacen('L', "M", 1);
        let down = self.stairs(&low.0, self.minutes, false);
        format!("{up}{down}Z")
    }

    /// The corners of a staircase, as lines to each; from left to right or back.
    fn stairs(&self, points: &[(u32, u64)], end: u32, forward: bool) -> String {
        let mut corners = Vec::with_capacity(points.len() * 2 + 1);
        for (place, (minute, value)) in points.iter().enumerate() {
            let until = points.get(place + 1).map_or(end, |(next, _)| *next);
            corners.push((self.x(*minute), self.y(*value)));
            corners.push((self.x(until), self.y(*value)));
        }
        if !forward {
            corners.reverse();
        }
        let lines: Vec<String> = corners.iter().map(|(x, y)| format!("L{x:.1} {y:.1}")).collect();
        lines.concat()
    }
}

/// A series worked out from others, minute by minute.
pub fn combined(all: &[&Series], value: impl Fn(&[u64]) -> u64) -> Series {
    let mut minutes: Vec<u32> = all.iter().flat_map(|it| it.0.iter().map(|(at, _)| *at)).collect();
    minutes.sort_unstable();
    minutes.dedup();
    let mut points: Vec<(u32, u64)> = Vec::new();
    let mut values = vec![0; all.len()];
    for minute in minutes {
        for (value, series) in values.iter_mut().zip(all) {
            *value = series.at(minute);
        }
        let value = value(&values);
        if points.last().is_none_or(|(_, last)| *last != value) {
            points.push((minute, value));
        }
    }
    Series(points)
}

/// The sum of series.
pub fn sum(all: &[&Series]) -> Series {
    combined(all, |values| values.iter().sum())
}

/// A series less another, never below zero.
pub fn less(series: &Series, other: &Series) -> Series {
    combined(&[series, other], |values| values[0].saturating_sub(values[1]))
}

/// Each of `layers` upon the ones before: its lower and its upper edge.
pub fn stacked(layers: &[Series]) -> Vec<(Series, Series)> {
    let mut low = Series(vec![(0, 0)]);
    let mut all = Vec::with_capacity(layers.len());
    for layer in layers {
        let high = sum(&[&low, layer]);
        all.push((low, high.clone()));
        low = high;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(points: &[(u32, u64)]) -> Series {
        Series(points.to_vec())
    }

    #[test]
    fn what_is_worked_out_changes_when_its_parts_do() {
        let (a, b) = (series(&[(0, 2), (5, 4)]), series(&[(0, 1), (3, 3), (5, 1)]));
        assert_eq!(sum(&[&a, &b]), series(&[(0, 3), (3, 5)]));
        assert_eq!(less(&a, &b), series(&[(0, 1), (3, 0), (5, 3)]));
        assert_eq!(sum(&[]), series(&[]));
    }

    #[test]
    fn layers_stand_on_each_other() {
        let stack = stacked(&[series(&[(0, 2), (5, 4)]), series(&[(0, 1)])]);
        assert_eq!(stack[1].0, series(&[(0, 2), (5, 4)]));
        assert_eq!(stack[1].1, series(&[(0, 3), (5, 5)]));
    }

    #[test]
    fn paths_are_staircases() {
        let axis = Axis::between(0, 10, crate::outlook::chart::Spacing::Even);
        let plot = Plot { minutes: 10, axis, height: 100.0 };
        let rising = series(&[(0, 0), (5, 10)]);
        assert_eq!(plot.line(&rising), "M0.0 100.0L400.0 100.0L400.0 0.0L800.0 0.0");
        let area = plot.area(&(series(&[(0, 0)]), series(&[(0, 5)])));
        assert_eq!(area, "M0.0 50.0L800.0 50.0L800.0 100.0L0.0 100.0Z");
        assert_eq!(plot.line(&series(&[])), "");
    }
}
