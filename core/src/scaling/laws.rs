//! Laws of scaling: what holds whatever the settings and the load.

use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn waiting_tasks_never_make_the_metric_smaller(
        instances in 1..500_u32, occupied in 0..500_u32, extra in 1..500_u32,
        target in 1..=100_u32, minimum_step in 1..50_u32, more in 0..10_000_u32,
    ) {
        let settings = ScalingSettings { target, minimum_step, maximum_step: minimum_step + more };
        let without = reservation(instances, occupied, &[], settings);
        let with = reservation(instances, occupied, &[Some(extra)], settings);
        prop_assert!(with.per_mille(target) > without.per_mille(target).min(1000));
        let m = with.needed().expect("a number");
        prop_assert!(m >= instances + minimum_step && m <= instances + settings.maximum_step);
        prop_assert!(with.desired(target, instances) >= m);
    }

    #[test]
    fn at_the_desired_capacity_the_metric_is_not_above(
        instances in 1..500_u32, occupied in 1..500_u32, target in 1..=100_u32,
    ) {
        let occupied = occupied.min(instances);
        let settings = ScalingSettings { target, minimum_step: 1, maximum_step: 10_000 };
        let desired = reservation(instances, occupied, &[], settings).desired(target, instances);
        let then = reservation(desired, occupied, &[], settings);
        prop_assert!(!then.is_above(target), "{desired}");
        prop_assert_eq!(then.desired(target, desired), desired);
    }

    #[test]
    fn desired_counts_stay_within_their_bounds(
        min in 0..20_u32, more in 0..50_u32, start in 0..100_u32,
        metrics in prop::collection::vec(prop::option::of(0..400_000_u64), 1..120),
        target in 1_000..100_000_u64, cooldown in 0..900_u32,
    ) {
        let policy = Policy::Target(TargetPolicy {
            target, scale_out_cooldown: cooldown, scale_in_cooldown: cooldown, disable_scale_in: false,
        });
        let mut scaling = ServiceScaling::new(min, min + more, vec![policy]);
        let mut desired = start;
        for (minute, metric) in metrics.iter().enumerate() {
            let second = u32::try_from(minute).expect("few") * 60;
            let now = Metrics { second, running: desired, desired, deploying: false };
            if let Some(change) = scaling.minute(now, &[*metric]) {
                prop_assert!((min..=min + more).contains(&change.to));
                desired = change.to;
            }
        }
    }

    #[test]
    fn a_group_keeps_its_limits(
        min_size in 0..10_u32, more in 0..50_u32, target in 1..=100_u32,
        minutes in prop::collection::vec((0..60_u32, prop::option::of(0..80_u32), any::<bool>()), 1..90),
    ) {
        let settings = GroupSettings { target, min_size, max_size: min_size + more };
        let scaling = ScalingSettings { target, minimum_step: 1, maximum_step: 10_000 };
        let mut group = Group::default();
        let mut size = min_size;
        for (minute, (occupied, waiting, warming)) in minutes.iter().enumerate() {
            let second = u32::try_from(minute).expect("few") * 60;
            let waiting: Vec<Option<u32>> = waiting.iter().map(|it| Some(*it + 1)).collect();
            let now = reservation(size, *occupied, &waiting, scaling);
            match group.minute(second, now, (size, size), *warming, settings) {
                GroupDecision::ScaleOut { to } => {
                    prop_assert!(to > size && to <= settings.max_size && !warming);
                    size = to;
                }
                GroupDecision::ScaleIn { to } => {
                    prop_assert!(to < size && to >= min_size && (size - to) * 2 <= size.max(2));
                    size = to;
                }
                _ => {}
            }
        }
    }
}
