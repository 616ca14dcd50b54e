//! Axes of the page's pictures, and labels that do not stand on each other. Pure; integers come
//! in, and floats only place pixels.

/// How an axis is spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Equal steps are equal differences.
    Even,
    /// Equal steps are equal ratios.
    Ratio,
}

/// An axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    least: u64,
    most: u64,
    spacing: Spacing,
}

impl Axis {
    /// For places on a line, with a margin on both sides: by ratio where the largest is more than
    /// four times the smallest, and from zero unless they are nearly equal.
    pub fn around(values: impl Iterator<Item = u64>) -> Self {
        let (least, most) = ends(values);
        if least > 0 && most / 4 >= least {
            return Self {
                least: least - least / 8,
                most: most + most / 8,
                spacing: Spacing::Ratio,
            };
        }
        let (least, most) = if most / 3 > least / 2 {
            (0, most + (most / 16).max(1))
        } else {
            let margin = ((most - least) / 4).max(most / 16).max(1);
            (least.saturating_sub(margin), most + margin)
        };
        Self { least, most, spacing: Spacing::Even }
    }

    /// From zero to the largest, for curves whose height is read.
    pub fn from_zero(values: impl Iterator<Item = u64>) -> Self {
        let (_, most) = ends(values);
        Self { least: 0, most: most + most / 12 + 1, spacing: Spacing::Even }
    }

    /// From the smallest to the largest, without a margin.
    pub fn between(least: u64, most: u64, spacing: Spacing) -> Self {
        let least = if spacing == Spacing::Ratio { least.max(1) } else { least };
        Self { least, most: most.max(least + 1), spacing }
    }

    /// Where `value` stands, in percent of the axis.
    pub fn place(&self, value: u64) -> f64 {
        let value = value.clamp(self.least, self.most) as f64;
        let (least, most) = (self.least as f64, self.most as f64);
        let part = match self.spacing {
            Spacing::Even => (value - least) / (most - least).max(1.0),
            Spacing::Ratio => (value / least).ln() / (most / least).ln().max(1e-9),
        };
        part * 100.0
    }

    /// What must be said of an axis that is not read as a ruler is.
    pub fn caveat(&self) -> Option<&'static str> {
        match self.spacing {
            Spacing::Ratio => Some("equal steps are equal ratios"),
            Spacing::Even if self.least > 0 => Some("the axis does not begin at zero"),
            Spacing::Even => None,
        }
    }

    /// Round values along the axis, at most `most` of them.
    pub fn ticks(&self, most: usize) -> Vec<u64> {
        let most = most.max(2);
        match self.spacing {
            Spacing::Even => {
                let span = self.most - self.least;
                let mut steps = round_values();
                let enough = |step: &u64| (span / step) < most as u64;
                let step = steps.find(enough).unwrap_or(u64::MAX);
                let first = self.least.div_ceil(step);
                (first..=self.most / step).map(|place| place * step).collect()
            }
            Spacing::Ratio => {
                let within = |value: &u64| (self.least..=self.most).contains(value);
                let sets: [&[u64]; 3] = [&[1, 2, 5], &[1, 3], &[1]];
                let ticks = |digits: &[u64]| values_of(digits).filter(within).collect::<Vec<_>>();
                let fitting = sets.into_iter().map(ticks).find(|ticks| ticks.len() <= most);
                fitting.unwrap_or_else(|| {
                    let all = ticks(&[1]);
                    let every = all.len().div_ceil(most).max(1);
                    all.into_iter().step_by(every).collect()
                })
            }
        }
    }
}

fn ends(values: impl Iterator<Item = u64>) -> (u64, u64) {
    // Below what could overflow with a margin; no cost is as much.
    let (mut least, mut most) = (u64::MAX / 4, 1);
    for value in values {
        let value = value.min(u64::MAX / 4);
        (least, most) = (least.min(value), most.max(value));
    }
    (least.min(most), most)
}

/// 1, 2, 5, 10, 20, 50 and so on.
fn round_values() -> impl Iterator<Item = u64> {
    values_of(&[1, 2, 5])
}

/// These digits, each with more and more zeros.
fn values_of(digits: &[u64]) -> impl Iterator<Item = u64> {
    (0..18).flat_map(|power| digits.iter().map(move |digit| digit * 10_u64.pow(power)))
}

/// A place on an axis as an attribute says it.
pub fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

/// On which side of its place a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// The text has its middle there.
    Middle,
    /// The text ends there.
    End,
}

impl Anchor {
    /// The word of SVG.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Where a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// 0 for the row next to the axis.
    pub row: usize,
    /// On which side.
    pub anchor: Anchor,
}

/// The width of a letter of a label, in pixels, on the whole.
const LETTER: f64 = 6.6;
/// What stands between two labels of a row.
const BETWEEN: f64 = 6.0;

/// Spots for labels of so many letters at these places, on an axis that is at least `width` pixels
/// long: the first gets the row next to the axis, and none stands on another.
pub fn spots(labels: &[(f64, usize)], width: f64) -> Vec<Spot> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    labels
        .iter()
        .map(|(place, letters)| {
            let (at, wide) = (place / 100.0 * width, *letters as f64 * LETTER);
            let anchor = if at < wide / 2.0 {
                Anchor::Start
            } else if at > width - wide / 2.0 {
                Anchor::End
            } else {
                Anchor::Middle
            };
            let begins = match anchor {
                Anchor::Start => at,
                Anchor::Middle => at - wide / 2.0,
                Anchor::End => at - wide,
            };
            let ends = begins + wide;
            let is_free = |taken: &Vec<(f64, f64)>| {
                taken.iter().all(|(from, to)| ends + BETWEEN <= *from || *to + BETWEEN <= begins)
            };
            let row = rows.iter().position(is_free).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            if let Some(taken) = rows.get_mut(row) {
                taken.push((begins, ends));
            }
            Spot { row, anchor }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: &[u64]) -> Axis {
        Axis::around(values.iter().copied())
    }

    #[test]
    fn an_axis_fits_its_values_and_says_how() {
        for (values, caveat, ticks) in [
            (&[500, 2119][..], Some("equal steps are equal ratios"), &[500, 1000, 2000][..]),
            (&[130, 25_000], Some("equal steps are equal ratios"), &[300, 1000, 3000, 10_000]),
            (&[500, 1500], None, &[0, 500, 1000, 1500]),
            (&[500, 510], Some("the axis does not begin at zero"), &[480, 500, 520, 540]),
            (&[0, 10], None, &[0, 5, 10]),
            (&[0], None, &[0, 1, 2]),
            (&[7], Some("the axis does not begin at zero"), &[6, 7, 8]),
        ] {
            let axis = axis(values);
            assert_eq!(axis.caveat(), caveat, "{values:?}");
            assert_eq!(axis.ticks(4), ticks, "{values:?}");
            let places = values.iter().map(|value| axis.place(*value));
            assert!(places.into_iter().all(|place| (0.0..=100.0).contains(&place)), "{values:?}");
        }
        assert!(axis(&[u64::MAX, 1]).ticks(5).len() <= 5);
    }

    #[test]
    fn equal_steps_are_what_they_are_said_to_be() {
        let ratio = Axis::between(1, 16, Spacing::Ratio);
        assert!((ratio.place(4) - 50.0).abs() < 1e-9);
        let even = Axis::between(0, 16, Spacing::Even);
        assert!((even.place(4) - 25.0).abs() < 1e-9);
        assert!((even.place(99) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn labels_make_way() {
        let at = |labels: &[(f64, usize)]| {
            let spots = spots(labels, 300.0);
            spots.into_iter().map(|spot| (spot.row, spot.anchor)).collect::<Vec<_>>()
        };
        assert_eq!(
            at(&[(0.0, 14), (3.0, 14), (100.0, 14)]),
            [(0, Anchor::Start), (1, Anchor::Start), (0, Anchor::End)]
        );
        assert_eq!(at(&[(50.0, 10)]), [(0, Anchor::Middle)]);
    }
}
