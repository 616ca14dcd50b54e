//! `CapacityProviderReservation`, and the desired capacity that follows from it.
//!
//! Source: ECS Developer Guide, cluster auto scaling and managed scaling behavior: M / N x 100,
//! where N is the number of instances that are up and M the number that is needed. Without tasks in
//! PROVISIONING, M counts the instances that run a task, however full they are. With such tasks, M
//! is N and what the largest group of equal tasks needs more: the largest, not the sum.

/// The part of `ManagedScaling` that the metric and the desired capacity depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalingSettings {
    /// `targetCapacity`, 1 to 100.
    pub target: u32,
    /// `minimumScalingStepSize`.
    pub minimum_step: u32,
    /// `maximumScalingStepSize`.
    pub maximum_step: u32,
}

/// The metric of one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// No instance, and none is needed: 100 %.
    Idle,
    /// No instance, and tasks wait: 200 %, which launches two.
    FromZero,
    /// M of N instances.
    Ratio {
        /// M.
        needed: u32,
        /// N, at least 1.
        instances: u32,
    },
    /// Tasks wait, and none of them fits the group's smallest values: the metric stays at the
    /// target, and nothing scales.
    Incompatible,
}

/// The metric of `instances` instances, of which `occupied` run a task that is no daemon's.
/// `waiting` says for each group of equal tasks in PROVISIONING how many instances it needs;
/// `None` for an incompatible one.
pub fn reservation(
    instances: u32,
    occupied: u32,
    waiting: &[Option<u32>],
    settings: ScalingSettings,
) -> Reservation {
    let extra = waiting.iter().flatten().max();
    match (extra, instances) {
        (None, _) if !waiting.is_empty() => Reservation::Incompatible,
        (None, 0) => Reservation::Idle,
        (None, _) => Reservation::Ratio { needed: occupied.min(instances), instances },
        (Some(_), 0) => Reservation::FromZero,
        (Some(extra), _) => {
            let most = settings.maximum_step.max(1);
            let step = (*extra).clamp(settings.minimum_step.clamp(1, most), most);
            Reservation::Ratio { needed: instances.saturating_add(step), instances }
        }
    }
}

impl Reservation {
    /// M; `None` where ECS computes none.
    pub fn needed(self) -> Option<u32> {
        match self {
            Self::Idle => Some(0),
            Self::Ratio { needed, .. } => Some(needed),
            Self::FromZero | Self::Incompatible => None,
        }
    }

    /// In tenths of a percent, rounded to the nearest.
    pub fn per_mille(self, target: u32) -> u64 {
        match self {
            Self::Idle => 1000,
            Self::FromZero => 2000,
            Self::Ratio { needed, instances } => {
                let (needed, instances) = (u64::from(needed), u64::from(instances.max(1)));
                (needed * 2000 + instances) / (instances * 2)
            }
            Self::Incompatible => u64::from(target) * 10,
        }
    }

    /// Whether the metric is above the target.
    pub fn is_above(self, target: u32) -> bool {
        match self {
            Self::Idle | Self::Incompatible => false,
            Self::FromZero => true,
            Self::Ratio { needed, instances } => {
                u64::from(needed) * 100 > u64::from(instances) * u64::from(target)
            }
        }
    }

    /// Whether the metric is below the target.
    pub fn is_below(self, target: u32) -> bool {
        match self {
            Self::Ratio { needed, instances } => {
                u64::from(needed) * 100 < u64::from(instances) * u64::from(target)
            }
            Self::Idle | Self::FromZero | Self::Incompatible => false,
        }
    }

    /// What target tracking makes of the desired capacity: ceil(100 x M / target). Source:
    /// aws/containers-roadmap issue 638.
    pub fn desired(self, target: u32, instances: u32) -> u32 {
        match self {
            Self::Idle => 0,
            Self::FromZero => 2,
            Self::Ratio { needed, .. } => {
                let desired = (u64::from(needed) * 100).div_ceil(u64::from(target.max(1)));
                u32::try_from(desired).unwrap_or(u32::MAX)
            }
            Self::Incompatible => instances,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: ScalingSettings =
        ScalingSettings { target: 100, minimum_step: 1, maximum_step: 10_000 };

    /// `(N, occupied, waiting) -> (M, metric in tenths of a percent, desired capacity)`.
    #[track_caller]
    fn check(
        settings: ScalingSettings,
        (instances, occupied, waiting): (u32, u32, &[Option<u32>]),
        expected: (Option<u32>, u64, u32),
    ) {
        let it = reservation(instances, occupied, waiting, settings);
        let target = settings.target;
        let told = (it.needed(), it.per_mille(target), it.desired(target, instances));
        assert_eq!(told, expected, "{instances} {occupied} {waiting:?} {settings:?}");
    }

    #[test]
    fn the_metric_counts_instances() {
        let at = |target| ScalingSettings { target, ..SETTINGS };
        check(SETTINGS, (0, 0, &[]), (Some(0), 1000, 0));
        check(SETTINGS, (0, 0, &[Some(3)]), (None, 2000, 2));
        check(SETTINGS, (3, 3, &[]), (Some(3), 1000, 3));
        check(SETTINGS, (3, 3, &[Some(1)]), (Some(4), 1333, 4));
        check(SETTINGS, (3, 2, &[]), (Some(2), 667, 2));
        check(SETTINGS, (2, 2, &[Some(2)]), (Some(4), 2000, 4));
        check(SETTINGS, (1, 1, &[Some(1)]), (Some(2), 2000, 2));
        check(at(80), (4, 4, &[]), (Some(4), 1000, 5));
        check(at(80), (4, 3, &[]), (Some(3), 750, 4));
        check(at(80), (5, 4, &[]), (Some(4), 800, 5));
        check(at(80), (2, 2, &[Some(1)]), (Some(3), 1500, 4));
        check(at(50), (3, 2, &[]), (Some(2), 667, 4));
        let ten = ScalingSettings { maximum_step: 10, ..SETTINGS };
        check(ten, (10, 10, &[Some(20)]), (Some(20), 2000, 20));
        let two = ScalingSettings { minimum_step: 2, ..SETTINGS };
        check(two, (4, 4, &[Some(1)]), (Some(6), 1500, 6));
        check(SETTINGS, (6, 6, &[None]), (None, 1000, 6));
        check(at(80), (6, 6, &[None]), (None, 800, 6));
        // The largest group, not the sum.
        check(SETTINGS, (4, 4, &[Some(2), Some(2)]), (Some(6), 1500, 6));
        check(SETTINGS, (4, 4, &[None, Some(2)]), (Some(6), 1500, 6));
    }

    /// The second article's cases: `(instances, target, occupied, waiting) -> (metric in tenths of
    /// a percent, desired)`; its own formula stands in `cluster::slots`.
    #[test]
    fn the_article_s_cases() {
        for (instances, target, occupied, waiting, metric, desired) in [
            (4, 80, 4, &[][..], 1000, 5),
            (4, 80, 3, &[], 750, 4),
            (4, 100, 3, &[], 750, 3),
            (4, 80, 4, &[], 1000, 5),
            (4, 100, 4, &[], 1000, 4),
            (4, 100, 4, &[Some(1)], 1250, 5),
            (3, 100, 3, &[], 1000, 3),
            (3, 100, 3, &[Some(1)], 1333, 4),
            (3, 100, 2, &[], 667, 2),
            (4, 80, 3, &[], 750, 4),
            (0, 100, 0, &[], 1000, 0),
            (0, 100, 0, &[Some(1)], 2000, 2),
        ] {
            let settings = ScalingSettings { target, ..SETTINGS };
            let it = reservation(instances, occupied, waiting, settings);
            assert_eq!(it.per_mille(target), metric, "{instances} {occupied} {waiting:?}");
            assert_eq!(it.desired(target, instances), desired, "{instances} {occupied}");
        }
    }
}
