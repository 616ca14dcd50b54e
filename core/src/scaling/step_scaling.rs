//! Step scaling of a service: by how much the desired count changes while an alarm is on.
//!
//! Source: Application Auto Scaling User Guide, step scaling policies: bounds are distances from
//! the threshold, lower inclusive and upper exclusive above it, mirrored below; percentages above 1
//! are rounded down, between 0 and 1 to 1, between -1 and 0 to -1, below -1 towards zero.

/// A step scaling policy with its alarm. Metric and threshold are in the same unit, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPolicy {
    /// The alarm's threshold, in thousandths.
    pub threshold: u64,
    /// How the metric is compared with it.
    pub comparison: Comparison,
    /// So many minutes in a row.
    pub periods: u32,
    /// What the adjustments mean.
    pub adjustment: Adjustment,
    /// The steps.
    pub steps: Vec<Step>,
    /// Of percentages: at least so many tasks.
    pub minimum_magnitude: u32,
    /// Seconds to wait after a scaling.
    pub cooldown: u32,
}

/// `CloudWatch`'s comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// At least the threshold.
    AtLeast,
    /// Above the threshold.
    Above,
    /// Below the threshold.
    Below,
    /// At most the threshold.
    AtMost,
}

impl Comparison {
    fn looks_up(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }
}

/// What an adjustment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Tasks more or fewer.
    Change,
    /// Percent of the desired count more or fewer.
    Percent,
    /// A number of tasks.
    Exact,
}

/// A step: its bounds are distances from the threshold in thousandths; `None`: without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From here.
    pub lower: Option<i64>,
    /// Up to here.
    pub upper: Option<i64>,
    /// By so much.
    pub by: i32,
}

impl StepPolicy {
    /// Whether a datapoint breaches.
    pub fn breaches(&self, metric: u64) -> bool {
        match self.comparison {
            Comparison::AtLeast => metric >= self.threshold,
            Comparison::Above => metric > self.threshold,
            Comparison::Below => metric < self.threshold,
            Comparison::AtMost => metric <= self.threshold,
        }
    }

    /// Whether it can make the count smaller.
    pub fn scales_in(&self) -> bool {
        self.adjustment == Adjustment::Exact || self.steps.iter().any(|step| step.by < 0)
    }

    /// The desired count that follows from `desired`; `None` where no step holds the metric.
    pub fn adjusted(&self, desired: u32, metric: u64) -> Option<u32> {
        let distance = i128::from(metric) - i128::from(self.threshold);
        let up = self.comparison.looks_up();
        let step = self.steps.iter().find(|step| {
            let lower = step.lower.map(i128::from);
            let upper = step.upper.map(i128::from);
            if up {
                lower.is_none_or(|it| it <= distance) && upper.is_none_or(|it| distance < it)
            } else {
                lower.is_none_or(|it| it < distance) && upper.is_none_or(|it| distance <= it)
            }
        })?;
        let desired = i64::from(desired);
        let to = match self.adjustment {
            Adjustment::Exact => i64::from(step.by),
            Adjustment::Change => desired + i64::from(step.by),
            Adjustment::Percent => desired + self.percent(desired, step.by.into()),
        };
        Some(u32::try_from(to.max(0)).unwrap_or(u32::MAX))
    }

    /// A percentage in tasks.
    fn percent(&self, desired: i64, by: i64) -> i64 {
        let hundredths = desired * by;
        let tasks = match hundredths {
            0 => return 0,
            1..100 => 1,
            -99..0 => -1,
            // Towards zero.
            _ => hundredths / 100,
        };
        tasks.signum() * tasks.abs().max(self.minimum_magnitude.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(comparison: Comparison, adjustment: Adjustment, steps: &[Step]) -> StepPolicy {
        StepPolicy {
            threshold: 60_000,
            comparison,
            periods: 1,
            adjustment,
            steps: steps.to_vec(),
            minimum_magnitude: 1,
            cooldown: 300,
        }
    }

    fn step(lower: Option<i64>, upper: Option<i64>, by: i32) -> Step {
        Step { lower: lower.map(|it| it * 1000), upper: upper.map(|it| it * 1000), by }
    }

    #[track_caller]
    fn check(policy: &StepPolicy, desired: u32, metric: u64, expected: Option<u32>) {
        let to = policy.adjusted(desired, metric * 1000);
        assert_eq!(to, expected, "{desired} {metric} {policy:?}");
    }

    #[test]
    fn bounds_are_distances_from_the_threshold() {
        let out = policy(
            Comparison::AtLeast,
            Adjustment::Percent,
            &[step(Some(0), Some(10), 10), step(Some(10), Some(20), 20), step(Some(20), None, 30)],
        );
        check(&out, 10, 60, Some(11));
        check(&out, 10, 69, Some(11));
        check(&out, 10, 70, Some(12));
        check(&out, 10, 100, Some(13));
        check(&out, 10, 59, None);
        let back = policy(
            Comparison::AtMost,
            Adjustment::Percent,
            &[
                step(Some(-10), Some(0), 0),
                step(Some(-20), Some(-10), -10),
                step(None, Some(-20), -30),
            ],
        );
        check(&back, 10, 60, Some(10));
        check(&back, 10, 51, Some(10));
        // Mirrored: 50 is 10 below, and belongs to the further step.
        check(&back, 10, 50, Some(9));
        check(&back, 10, 40, Some(7));
        check(&back, 1, 10, Some(0));
    }

    #[test]
    fn percentages_are_rounded_as_documented() {
        for (desired, by, expected) in
            [(10, 33, 13), (3, 10, 4), (3, -10, 2), (15, -30, 11), (15, 0, 15), (7, 150, 17)]
        {
            let policy = policy(Comparison::Above, Adjustment::Percent, &[step(Some(0), None, by)]);
            check(&policy, desired, 100, Some(expected));
        }
        let mut at_least_two =
            policy(Comparison::Above, Adjustment::Percent, &[step(Some(0), None, 10)]);
        at_least_two.minimum_magnitude = 2;
        check(&at_least_two, 4, 100, Some(6));
    }

    #[test]
    fn exact_and_changed_counts() {
        let exact = policy(Comparison::Above, Adjustment::Exact, &[step(Some(0), None, 7)]);
        check(&exact, 3, 61, Some(7));
        let fewer = policy(Comparison::Below, Adjustment::Change, &[step(None, Some(0), -5)]);
        check(&fewer, 3, 10, Some(0));
        assert!(fewer.scales_in() && exact.scales_in());
    }
}
