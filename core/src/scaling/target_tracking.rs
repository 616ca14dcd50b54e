//! Target tracking of a service: keep a metric at a value.
//!
//! Source: Application Auto Scaling User Guide, target tracking; aws/containers-roadmap issue 1208
//! for the alarms that AWS creates: above the target for 3 minutes, below 90 % of it for 15.
//! "Proportional" is documented, the rounding up is inferred.

/// Minutes above the target before a scale-out.
pub(super) const HIGH_MINUTES: u32 = 3;
/// Minutes below before a scale-in.
pub(super) const LOW_MINUTES: u32 = 15;
/// Below this share of the target, in percent.
const LOW_PERCENT: u128 = 90;

/// A target tracking policy. Metric and target are in the same unit, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetPolicy {
    /// The value to keep the metric at, in thousandths.
    pub target: u64,
    /// Seconds between scale-outs.
    pub scale_out_cooldown: u32,
    /// Seconds before a scale-in.
    pub scale_in_cooldown: u32,
    /// Whether it never scales in.
    pub disable_scale_in: bool,
}

impl TargetPolicy {
    /// Whether a datapoint is above the target.
    pub fn is_high(&self, metric: u64) -> bool {
        metric > self.target
    }

    /// Whether a datapoint is so far below that a scale-in may follow.
    pub fn is_low(&self, metric: u64) -> bool {
        u128::from(metric) * 100 < u128::from(self.target) * LOW_PERCENT
    }
}

/// Tasks for the metric to come to the target: ceil(current x metric / target). `current` is the
/// number of tasks that run, not the desired count.
pub fn tracked(current: u32, metric: u64, target: u64) -> u32 {
    let tasks = (u128::from(current) * u128::from(metric)).div_ceil(u128::from(target.max(1)));
    u32::try_from(tasks).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(current, metric, target) -> desired`.
    #[test]
    fn counts_follow_the_metric() {
        for (current, metric, target, desired) in [
            (4, 80, 75, 5),
            (4, 100, 75, 6),
            (10, 45, 50, 9),
            (3, 90, 60, 5),
            (2, 150, 100, 3),
            (0, 90, 60, 0),
            (5, 0, 60, 0),
        ] {
            let told = tracked(current, metric * 1000, target * 1000);
            assert_eq!(told, desired, "{current} {metric} {target}");
        }
        assert_eq!(tracked(u32::MAX, u64::MAX, 1), u32::MAX);
    }

    #[test]
    fn a_scale_in_needs_more_than_ten_percent_below() {
        let policy = TargetPolicy {
            target: 50_000,
            scale_out_cooldown: 300,
            scale_in_cooldown: 300,
            disable_scale_in: false,
        };
        for (metric, high, low) in [
            (50_000, false, false),
            (50_001, true, false),
            (45_000, false, false),
            (44_999, false, true),
        ] {
            assert_eq!((policy.is_high(metric), policy.is_low(metric)), (high, low), "{metric}");
        }
    }
}
