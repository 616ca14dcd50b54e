//! Which tasks go to which zone: decided before anything is packed.

use crate::packing::Problem;

/// Tasks of each kind in each zone, as even as possible. The tasks that are left over when a
/// count is divided go to the zones that have the fewest tasks so far.
pub(super) fn split(problem: &Problem) -> Vec<Vec<u32>> {
    let zones = problem.zones.max(1);
    let mut split = vec![vec![0; problem.demands.len()]; zones];
    let mut totals = vec![0_u64; zones];
    let share = u32::try_from(zones).unwrap_or(u32::MAX);
    for (kind, demand) in problem.demands.iter().enumerate() {
        let mut fewest_first: Vec<usize> = (0..zones).collect();
        fewest_first.sort_by_key(|zone| totals[*zone]);
        let left_over = (demand.count % share) as usize;
        for (place, zone) in fewest_first.into_iter().enumerate() {
            let tasks = demand.count / share + u32::from(place < left_over);
            split[zone][kind] = tasks;
            totals[zone] += u64::from(tasks);
        }
    }
    split
}
