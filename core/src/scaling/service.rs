//! A service's desired count under its policies, minute by minute.
//!
//! Sources: Application Auto Scaling User Guide: any policy scales out, the largest result wins; a
//! scale-in needs every policy that can scale in; scale-in is off while a deployment runs. While a
//! scale-out cools down, what it added counts: only a larger one adds the difference. A scale-out
//! interrupts the cooldown of a scale-in.

use super::alarm::Breaches;
use super::step_scaling::StepPolicy;
use super::target_tracking::{HIGH_MINUTES, LOW_MINUTES, TargetPolicy, tracked};

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// Keeps the metric at a value.
    Target(TargetPolicy),
    /// Changes the count by steps.
    Step(StepPolicy),
}

/// What one minute is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metrics {
    /// Seconds from the start.
    pub second: u32,
    /// Tasks that run.
    pub running: u32,
    /// The desired count.
    pub desired: u32,
    /// Whether a deployment runs.
    pub deploying: bool,
}

/// The scaling of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceScaling {
    min: u32,
    max: u32,
    policies: Vec<Policy>,
    high: Vec<Breaches>,
    low: Vec<Breaches>,
    /// Until when a scale-out cools down, and the desired count before it.
    cooling_out: (u32, u32),
    /// Until when no scale-in happens.
    cooling_in: u32,
}

/// A change of a desired count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceScalingChange {
    /// The new desired count.
    pub to: u32,
    /// The policy that brought it about.
    pub policy: usize,
    /// Its metric, in thousandths.
    pub metric: u64,
}

impl ServiceScaling {
    /// Between `min` and `max` tasks.
    pub fn new(min: u32, max: u32, policies: Vec<Policy>) -> Self {
        let breaches = vec![Breaches::default(); policies.len()];
        Self {
            min,
            max: max.max(min),
            high: breaches.clone(),
            low: breaches,
            policies,
            cooling_out: (0, 0),
            cooling_in: 0,
        }
    }

    /// Its policies.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// Takes one minute: `metrics` holds a value for each policy in thousandths, `None` without
    /// data.
    pub fn minute(
        &mut self,
        now: Metrics,
        metrics: &[Option<u64>],
    ) -> Option<ServiceScalingChange> {
        let mut out: Option<ServiceScalingChange> = None;
        let mut inward: Option<ServiceScalingChange> = None;
        let mut all_agree = true;
        for (place, policy) in self.policies.iter().enumerate() {
            let metric = metrics.get(place).copied().flatten();
            let (wanted, votes) =
                wanted(policy, &mut self.high[place], &mut self.low[place], now, metric);
            let change = |to: u32| ServiceScalingChange {
                to: to.clamp(self.min, self.max),
                policy: place,
                metric: metric.unwrap_or(0),
            };
            match wanted {
                Some(to) if to > now.desired => {
                    all_agree = false;
                    if out.is_none_or(|best| change(to).to > best.to) {
                        out = Some(change(to));
                    }
                }
                Some(to) if to < now.desired && votes => {
                    if inward.is_none_or(|best| change(to).to > best.to) {
                        inward = Some(change(to));
                    }
                }
                _ => all_agree &= !votes,
            }
        }
        if let Some(change) = out {
            return self.out(now, change);
        }
        let change = inward.filter(|_| all_agree && !now.deploying)?;
        let cooled = now.second >= self.cooling_in && now.second >= self.cooling_out.0;
        if !cooled || change.to >= now.desired {
            return None;
        }
        self.cooling_in = now.second.saturating_add(self.cooldowns(change.policy).1);
        Some(change)
    }

    fn out(&mut self, now: Metrics, change: ServiceScalingChange) -> Option<ServiceScalingChange> {
        let (until, before) = self.cooling_out;
        let added = change.to.saturating_sub(now.running.min(now.desired));
        let to = if now.second < until {
            before.saturating_add(added).min(change.to)
        } else {
            change.to
        };
        let to = to.clamp(self.min, self.max);
        if to <= now.desired {
            return None;
        }
        let before = if now.second < until { before } else { now.desired };
        self.cooling_out = (now.second.saturating_add(self.cooldowns(change.policy).0), before);
        self.cooling_in = self.cooling_in.max(self.cooling_out.0);
        Some(ServiceScalingChange { to, ..change })
    }

    /// Seconds to wait after a scale-out, and after a scale-in.
    fn cooldowns(&self, policy: usize) -> (u32, u32) {
        match self.policies.get(policy) {
            Some(Policy::Target(it)) => (it.scale_out_cooldown, it.scale_in_cooldown),
            Some(Policy::Step(it)) => (it.cooldown, it.cooldown),
            None => (0, 0),
        }
    }
}

/// The count that a policy wants in this minute, and whether a scale-in needs its consent.
fn wanted(
    policy: &Policy,
    high: &mut Breaches,
    low: &mut Breaches,
    now: Metrics,
    metric: Option<u64>,
) -> (Option<u32>, bool) {
    match policy {
        Policy::Target(policy) => {
            let is_high = metric.is_some_and(|metric| policy.is_high(metric));
            let is_low = metric.is_some_and(|metric| policy.is_low(metric));
            let (high, low) =
                (high.observe(is_high, HIGH_MINUTES), low.observe(is_low, LOW_MINUTES));
            // Fewer may run than are desired: being above the target never takes any away.
            let to = metric.map(|metric| tracked(now.running, metric, policy.target));
            let to = to.and_then(|to| match (high, low && !policy.disable_scale_in) {
                (true, _) => Some(to.max(now.desired)),
                (false, true) => Some(to.min(now.desired)),
                (false, false) => None,
            });
            (to, !policy.disable_scale_in)
        }
        Policy::Step(policy) => {
            let breaches = metric.is_some_and(|metric| policy.breaches(metric));
            let is_on = high.observe(breaches, policy.periods);
            let to = metric.filter(|_| is_on).and_then(|it| policy.adjusted(now.desired, it));
            (to, policy.scales_in() && is_on)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(target: u64, out: u32, inward: u32) -> Policy {
        Policy::Target(TargetPolicy {
            target: target * 1000,
            scale_out_cooldown: out,
            scale_in_cooldown: inward,
            disable_scale_in: false,
        })
    }

    /// `(minute, running, metric) -> desired` for one or two policies, a minute a row.
    #[track_caller]
    fn check(policies: &[Policy], start: u32, rows: &[(u32, u32, &[u64], u32)]) {
        let mut scaling = ServiceScaling::new(2, 20, policies.to_vec());
        let mut desired = start;
        for (minute, running, metrics, expected) in rows {
            let metrics: Vec<Option<u64>> = metrics.iter().map(|it| Some(it * 1000)).collect();
            let now = Metrics { second: minute * 60, running: *running, desired, deploying: false };
            if let Some(change) = scaling.minute(now, &metrics) {
                desired = change.to;
            }
            assert_eq!(desired, *expected, "minute {minute}");
        }
    }

    /// 2 of 4 desired tasks run, and are overloaded: nothing is taken away.
    #[test]
    fn a_high_metric_never_scales_in() {
        let rows: Vec<(u32, u32, &[u64], u32)> =
            (1..40).map(|minute| (minute, 2, &[100][..], 4)).collect();
        check(&[target(75, 60, 60)], 4, &rows);
    }

    #[test]
    fn three_minutes_above_scale_out() {
        check(
            &[target(75, 60, 300)],
            4,
            &[(1, 4, &[80], 4), (2, 4, &[80], 4), (3, 4, &[80], 5), (4, 5, &[70], 5)],
        );
        check(
            &[target(75, 60, 300)],
            4,
            &[(1, 4, &[80], 4), (2, 4, &[74], 4), (3, 4, &[80], 4), (4, 4, &[80], 4)],
        );
    }

    #[test]
    fn while_it_cools_down_only_a_larger_scale_out_counts() {
        let rows: &[(u32, u32, &[u64], u32)] = &[
            (1, 4, &[90], 4),
            (2, 4, &[90], 4),
            (3, 4, &[90], 5),
            // One was added already: 8 of 5 is 3 more than run, from the 4 before.
            (4, 5, &[110], 7),
            (5, 7, &[110], 8),
            // Cooled down.
            (20, 8, &[110], 12),
        ];
        check(&[target(75, 300, 300)], 4, rows);
    }

    #[test]
    fn scale_in_waits_fifteen_minutes_and_needs_all() {
        let both = [target(50, 300, 300), target(60, 300, 300)];
        let low: Vec<(u32, u32, &[u64], u32)> =
            (1..15).map(|m| (m, 10, &[20, 20][..], 10)).collect();
        let mut rows = low.clone();
        rows.push((15, 10, &[20, 20], 4));
        check(&both, 10, &rows);
        // The second is within its limits: no scale-in.
        let rows: Vec<(u32, u32, &[u64], u32)> =
            (1..40).map(|m| (m, 10, &[20, 57][..], 10)).collect();
        check(&both, 10, &rows);
        // The vector of the domain: 45 of 50 is not below 90 %.
        let rows: Vec<(u32, u32, &[u64], u32)> = (1..40).map(|m| (m, 10, &[45][..], 10)).collect();
        check(&[target(50, 300, 300)], 10, &rows);
    }

    #[test]
    fn bounds_hold_and_deployments_keep_tasks() {
        check(
            &[target(50, 0, 0)],
            19,
            &[(1, 19, &[100], 19), (2, 19, &[100], 19), (3, 19, &[100], 20)],
        );
        let mut scaling = ServiceScaling::new(2, 20, vec![target(50, 0, 0)]);
        for minute in 1..60 {
            let now = Metrics { second: minute * 60, running: 10, desired: 10, deploying: true };
            assert_eq!(scaling.minute(now, &[Some(10_000)]), None);
        }
        let now = Metrics { second: 3600, running: 10, desired: 10, deploying: false };
        assert_eq!(scaling.minute(now, &[Some(10_000)]).map(|it| it.to), Some(2));
    }
}
