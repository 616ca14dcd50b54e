//! What an Auto Scaling group does with its metric, minute by minute.
//!
//! Sources: ECS Developer Guide, managed scaling behavior (warm-up blocks scale-outs; scale-in waits
//! 15 minutes after a scale-out); aws/containers-roadmap issue 638 (one datapoint above the target,
//! 15 below). How many instances a scale-in takes a minute is documented as "less than 50%": at most
//! half of them are taken here.

use super::alarm::Breaches;
use super::reservation::Reservation;

/// Datapoints below the target before a scale-in, and minutes after a scale-out.
pub const LOW_ALARM_MINUTES: u32 = 15;

/// A group's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSettings {
    /// `targetCapacity`.
    pub target: u32,
    /// The group's least size.
    pub min_size: u32,
    /// The group's greatest size.
    pub max_size: u32,
}

/// The state of one group's scaling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Group {
    low: Breaches,
    /// When it last scaled out, in seconds.
    scaled_out_at: Option<u32>,
}

/// What a minute brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupDecision {
    /// Nothing.
    Stay,
    /// More instances.
    ScaleOut {
        /// The new desired capacity.
        to: u32,
    },
    /// More would be needed, but instances are starting or warming up.
    Blocked {
        /// What the desired capacity would be.
        wanted: u32,
    },
    /// More would be needed than the group may have.
    AtMaximum {
        /// What the desired capacity would be.
        wanted: u32,
    },
    /// Fewer instances.
    ScaleIn {
        /// The new desired capacity.
        to: u32,
    },
}

impl Group {
    /// Takes the metric of one minute. `instances` are up, `desired` are desired; `warming` says
    /// whether any instance is starting or within its warm-up.
    pub fn minute(
        &mut self,
        second: u32,
        reservation: Reservation,
        (instances, desired): (u32, u32),
        warming: bool,
        settings: GroupSettings,
    ) -> GroupDecision {
        let low = self.low.observe(reservation.is_below(settings.target), LOW_ALARM_MINUTES);
        let wanted = reservation.desired(settings.target, instances).max(settings.min_size);
        if reservation.is_above(settings.target) {
            return self.out(second, wanted, desired, warming, settings);
        }
        let is_rested =
            self.scaled_out_at.is_none_or(|at| second.saturating_sub(at) >= LOW_ALARM_MINUTES * 60);
        let to = wanted.max(instances - (instances / 2).max(1).min(instances));
        if low && is_rested && to < desired && to < instances {
            return GroupDecision::ScaleIn { to };
        }
        GroupDecision::Stay
    }

    fn out(
        &mut self,
        second: u32,
        wanted: u32,
        desired: u32,
        warming: bool,
        settings: GroupSettings,
    ) -> GroupDecision {
        let to = wanted.min(settings.max_size);
        if warming {
            return if wanted > desired && desired < settings.max_size {
                GroupDecision::Blocked { wanted }
            } else {
                GroupDecision::Stay
            };
        }
        if to > desired {
            self.scaled_out_at = Some(second);
            return GroupDecision::ScaleOut { to };
        }
        if wanted > settings.max_size && desired >= settings.max_size {
            return GroupDecision::AtMaximum { wanted };
        }
        GroupDecision::Stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: GroupSettings = GroupSettings { target: 80, min_size: 0, max_size: 10 };

    fn ratio(needed: u32, instances: u32) -> Reservation {
        Reservation::Ratio { needed, instances }
    }

    #[test]
    fn one_minute_above_scales_out_unless_warming_up() {
        for (reservation, size, warming, expected) in [
            (ratio(4, 4), (4, 4), false, GroupDecision::ScaleOut { to: 5 }),
            (ratio(4, 4), (4, 4), true, GroupDecision::Blocked { wanted: 5 }),
            (ratio(4, 5), (5, 5), false, GroupDecision::Stay),
            (ratio(20, 4), (4, 4), false, GroupDecision::ScaleOut { to: 10 }),
            (ratio(20, 10), (10, 10), false, GroupDecision::AtMaximum { wanted: 25 }),
            (Reservation::FromZero, (0, 0), false, GroupDecision::ScaleOut { to: 2 }),
            (Reservation::FromZero, (0, 2), true, GroupDecision::Stay),
            (Reservation::Incompatible, (4, 4), false, GroupDecision::Stay),
            (Reservation::Idle, (0, 0), false, GroupDecision::Stay),
        ] {
            let told = Group::default().minute(60, reservation, size, warming, SETTINGS);
            assert_eq!(told, expected, "{reservation:?} {size:?} {warming}");
        }
    }

    #[test]
    fn a_scale_in_takes_fifteen_points_and_at_most_half() {
        let mut group = Group::default();
        let mut minute =
            |at: u32, needed| group.minute(at * 60, ratio(needed, 8), (8, 8), false, SETTINGS);
        for at in 1..15 {
            assert_eq!(minute(at, 1), GroupDecision::Stay, "{at}");
        }
        assert_eq!(minute(15, 1), GroupDecision::ScaleIn { to: 4 });
        // One point that is not below begins anew.
        assert_eq!(minute(16, 7), GroupDecision::ScaleOut { to: 9 });
        for at in 17..31 {
            assert_eq!(minute(at, 6), GroupDecision::Stay, "{at}");
        }
        // 6 of 8 at 80 % is 8: nothing to take.
        assert_eq!(minute(31, 6), GroupDecision::Stay);
        assert_eq!(minute(32, 5), GroupDecision::ScaleIn { to: 7 });
    }

    #[test]
    fn the_last_instance_may_go_and_the_least_size_stays() {
        let mut group = Group::default();
        let at_least = GroupSettings { min_size: 1, ..SETTINGS };
        for at in 0..20 {
            let told = group.minute(at * 60, ratio(0, 1), (1, 1), false, at_least);
            assert_eq!(told, GroupDecision::Stay);
        }
        let mut group = Group::default();
        let last = (1..=15).map(|at| group.minute(at * 60, ratio(0, 1), (1, 1), false, SETTINGS));
        assert_eq!(last.last(), Some(GroupDecision::ScaleIn { to: 0 }));
    }
}
