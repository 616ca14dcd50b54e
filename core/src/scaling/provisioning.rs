//! How many instances a group of equal tasks in PROVISIONING needs.
//!
//! Source: ECS Developer Guide, managed scaling behavior; AWS Containers Blog, "Deep dive on Amazon
//! ECS cluster auto scaling". Of the group's types, ECS takes the smallest and the largest value of
//! each resource. The largest give the number, which is the fewest that could do; a task that does
//! not fit the smallest is left out, whichever type would hold it.

use crate::packing::{Amounts, RESOURCES};

/// The smallest and the largest of each resource among a group's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extremes {
    /// Per resource, of whichever type has the least.
    pub smallest: Amounts,
    /// Per resource, of whichever type has the most.
    pub largest: Amounts,
}

impl Extremes {
    /// Of what each type gives to tasks; `None` without a type.
    pub fn of(types: impl IntoIterator<Item = Amounts>) -> Option<Self> {
        let mut types = types.into_iter();
        let first = types.next()?;
        Some(types.fold(Self { smallest: first, largest: first }, |mut extremes, amounts| {
            for (resource, amount) in amounts.into_iter().enumerate() {
                let (least, most) =
                    (&mut extremes.smallest[resource], &mut extremes.largest[resource]);
                *least = (*least).min(amount);
                *most = (*most).max(amount);
            }
            extremes
        }))
    }
}

/// Tasks in PROVISIONING with the same needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub tasks: u32,
    /// What each needs.
    pub amounts: Amounts,
    /// Whether an instance holds only one: `distinctInstance`, or a static host port.
    pub one_per_instance: bool,
}

/// Instances for one group of waiting tasks; `None` when the group is incompatible: a task does
/// not fit the smallest values.
pub fn instances_for(waiting: &Waiting, extremes: &Extremes) -> Option<u32> {
    let mut per_instance = if waiting.one_per_instance { 1 } else { u64::from(u32::MAX) };
    for resource in 0..RESOURCES {
        let need = waiting.amounts[resource];
        if need > extremes.smallest[resource] {
            return None;
        }
        if let Some(fit) = extremes.largest[resource].checked_div(need) {
            per_instance = per_instance.min(fit);
        }
    }
    u32::try_from(u64::from(waiting.tasks).div_ceil(per_instance.max(1))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const T3_MEDIUM: Amounts = [2048, 3795, 2, 0];
    const R5_LARGE: Amounts = [2048, 15_700, 2, 0];
    const C5_XLARGE: Amounts = [4096, 7600, 3, 0];

    #[track_caller]
    fn check(types: &[Amounts], tasks: u32, amounts: Amounts, one: bool, instances: Option<u32>) {
        let extremes = Extremes::of(types.iter().copied()).expect("a type");
        let waiting = Waiting { tasks, amounts, one_per_instance: one };
        assert_eq!(instances_for(&waiting, &extremes), instances, "{waiting:?}");
    }

    #[test]
    fn the_largest_values_count_and_the_smallest_admit() {
        // Four tasks of 1 vCPU: two an instance.
        check(&[T3_MEDIUM], 4, [1024, 1024, 0, 0], false, Some(2));
        check(&[T3_MEDIUM], 5, [1024, 1024, 0, 0], false, Some(3));
        check(&[T3_MEDIUM], 4, [1024, 1024, 0, 0], true, Some(4));
        check(&[T3_MEDIUM], 4, [0, 0, 0, 0], false, Some(1));
        check(&[T3_MEDIUM], 1, [512, 4096, 0, 0], false, None);
        // Judged on the CPU of the one and the memory of the other: 4 tasks by CPU, 7 by memory.
        check(&[R5_LARGE, C5_XLARGE], 8, [1024, 2048, 0, 0], false, Some(2));
        // r5.large would hold it; c5.xlarge has too little memory: incompatible.
        check(&[R5_LARGE, C5_XLARGE], 1, [1024, 8192, 0, 0], false, None);
        check(&[T3_MEDIUM], u32::MAX, [1, 1, 0, 0], true, Some(u32::MAX));
    }

    #[test]
    fn a_group_without_types_has_no_extremes() {
        assert_eq!(Extremes::of([]), None);
    }
}
