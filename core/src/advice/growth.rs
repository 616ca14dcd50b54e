//! What each place costs as the numbers of tasks shrink and grow together, and where one becomes
//! cheaper than another.

use crate::report::{Crossover, GrowthPoint};
use eniac_catalog::NanoUsdPerHour;

/// The percentages of the tasks that are looked at.
const PERCENTS: [u32; 8] = [5, 10, 25, 50, 100, 200, 400, 1000];

/// What a place costs with so many percent of the tasks.
pub(super) type CostAt<'a> = Box<dyn Fn(u32) -> Option<NanoUsdPerHour> + 'a>;

/// `count` tasks at so many percent, rounded up: a service that runs at all keeps running.
pub(super) fn scaled(count: u32, percent: u32) -> u32 {
    let tasks = (u64::from(count) * u64::from(percent)).div_ceil(100);
    u32::try_from(tasks).unwrap_or(u32::MAX)
}

/// The costs of all places at all sizes.
pub(super) fn growth(counts: &[u32], places: &[CostAt<'_>]) -> Vec<GrowthPoint> {
    let point = |percent: u32| GrowthPoint {
        percent,
        tasks: tasks(counts, percent),
        total_nano_usd_per_hour: places.iter().map(|cost| cost(percent)).collect(),
    };
    PERCENTS.into_iter().map(point).collect()
}

fn tasks(counts: &[u32], percent: u32) -> u32 {
    counts.iter().map(|count| scaled(*count, percent)).fold(0, u32::saturating_add)
}

/// The first crossing of each pair of places, as far as the points show one; `codes` names the
/// places.
pub(super) fn crossovers(
    counts: &[u32],
    codes: &[String],
    places: &[CostAt<'_>],
    points: &[GrowthPoint],
) -> Vec<Crossover> {
    let mut found = Vec::new();
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let order = |costs: &[Option<NanoUsdPerHour>]| Some(costs[a]?.cmp(&costs[b]?));
            let pairs = points.windows(2).filter_map(|pair| {
                let [before, after] = pair else { return None };
                let (first, then) = (
                    order(&before.total_nano_usd_per_hour)?,
                    order(&after.total_nano_usd_per_hour)?,
                );
                (first != then && first.is_ne() && then.is_ne()).then_some((before, after, then))
            });
            let Some((before, after, then)) = pairs.take(1).next() else { continue };
            // Costs step, so there may be several crossings in between: one of them is found.
            let (mut from, mut to) = (before.percent, after.percent);
            while to - from > (to / 20).max(1) {
                let middle = u32::midpoint(from, to);
                let is_then = places[a](middle)
                    .zip(places[b](middle))
                    .is_some_and(|(x, y)| x.cmp(&y) == then);
                if is_then { to = middle } else { from = middle }
            }
            let (cheaper, dearer) = if then.is_lt() { (a, b) } else { (b, a) };
            found.push(Crossover {
                cheaper: codes[cheaper].clone(),
                dearer: codes[dearer].clone(),
                percent: to,
                tasks: tasks(counts, to),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cross_where_they_cross() {
        let counts = [100];
        let codes = ["flat".to_owned(), "rising".to_owned()];
        let flat: CostAt<'_> = Box::new(|_| Some(NanoUsdPerHour(150)));
        let rising: CostAt<'_> = Box::new(|percent| Some(NanoUsdPerHour(u64::from(percent))));
        let places = [flat, rising];
        let points = growth(&counts, &places);
        let found = crossovers(&counts, &codes, &places, &points);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].cheaper.as_str(), found[0].dearer.as_str()), ("flat", "rising"));
        assert!((151..=158).contains(&found[0].percent), "{}", found[0].percent);
        assert_eq!(found[0].tasks, found[0].percent);
    }

    #[test]
    fn a_service_that_runs_keeps_running() {
        for (count, percent, tasks) in [(1, 5, 1), (0, 5, 0), (30, 10, 3), (3, 250, 8)] {
            assert_eq!(scaled(count, percent), tasks);
        }
    }
}
