//! Between which numbers of tasks a rolling deployment keeps.

/// The limits of a rolling deployment.
///
/// Source: ECS API, `DeploymentConfiguration`: running and pending at most floor(desired x maximum),
/// healthy at least ceil(desired x minimum).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollingLimits {
    /// So many stay healthy.
    pub min_running: u32,
    /// So many run at most.
    pub max_running: u32,
    /// Whether it can neither start nor stop a task.
    pub stuck: bool,
}

impl RollingLimits {
    /// For `desired` tasks and percentages.
    pub fn of(desired: u32, minimum_percent: u32, maximum_percent: u32) -> Self {
        let share = |percent: u32| u64::from(desired) * u64::from(percent);
        let few = |tasks: u64| u32::try_from(tasks).unwrap_or(u32::MAX);
        let max_running = few(share(maximum_percent) / 100);
        let min_running = few(share(minimum_percent).div_ceil(100));
        let stuck = max_running <= desired && min_running >= desired && desired > 0;
        Self { min_running, max_running, stuck }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(desired, minimum %, maximum %) -> (min running, max running, stuck)`.
    #[test]
    fn rolling_deployments_round_and_get_stuck() {
        for (desired, min, max, expected) in [
            (4, 50, 100, (2, 4, false)),
            (4, 100, 200, (4, 8, false)),
            (2, 75, 100, (2, 2, true)),
            (3, 100, 125, (3, 3, true)),
            (10, 50, 150, (5, 15, false)),
            (1, 100, 150, (1, 1, true)),
            (1, 0, 100, (0, 1, false)),
            (7, 90, 110, (7, 7, true)),
            (0, 100, 200, (0, 0, false)),
        ] {
            let it = RollingLimits::of(desired, min, max);
            let told = (it.min_running, it.max_running, it.stuck);
            assert_eq!(told, expected, "{desired} {min} {max}");
        }
    }
}
