//! How tasks are shared among capacity providers: base first, the rest by weight.
//!
//! Source: ECS API, `CapacityProviderStrategyItem`. What happens to tasks that do not divide is not
//! documented: largest remainder, then list order.

/// The tasks of each item, given as base and weight. Without any weight the rest goes nowhere.
pub fn shares(count: u32, items: &[(u32, u32)]) -> Vec<u32> {
    let mut rest = count;
    let mut tasks = Vec::with_capacity(items.len());
    for (base, _) in items {
        let first = (*base).min(rest);
        rest -= first;
        tasks.push(first);
    }
    let weights: u64 = items.iter().map(|(_, weight)| u64::from(*weight)).sum();
    let quota = |place: usize| u64::from(rest) * u64::from(items[place].1);
    let mut left = rest;
    for (place, tasks) in tasks.iter_mut().enumerate() {
        let whole = quota(place).checked_div(weights).unwrap_or(0);
        let whole = u32::try_from(whole).unwrap_or(u32::MAX);
        *tasks += whole;
        left -= whole;
    }
    let remainder = |place: &usize| quota(*place).checked_rem(weights).unwrap_or(0);
    let mut order: Vec<usize> = (0..items.len()).filter(|_| weights > 0).collect();
    order.sort_by_key(|place| std::cmp::Reverse(remainder(place)));
    for place in order.into_iter().take(left as usize) {
        tasks[place] += 1;
    }
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(count, [(base, weight)], tasks)`: the worked examples of the API's documentation and of
    /// AWS's Spot workshop.
    #[test]
    fn base_and_weight() {
        for (count, items, tasks) in [
            (7, &[(3, 1), (0, 3)][..], &[4, 3][..]),
            (6, &[(2, 1), (0, 3)], &[3, 3]),
            (10, &[(2, 1), (0, 3)], &[4, 6]),
            (22, &[(2, 1), (0, 3)], &[7, 15]),
            (1, &[(2, 1), (0, 3)], &[1, 0]),
            (0, &[(2, 1), (0, 3)], &[0, 0]),
            (5, &[(2, 0), (0, 1)], &[2, 3]),
            (2, &[(0, 1), (0, 1), (0, 1)], &[1, 1, 0]),
            (100_000, &[(0, 1000), (0, 1)], &[99_900, 100]),
            (3, &[(5, 0), (5, 0)], &[3, 0]),
            (9, &[(2, 0)], &[2]),
        ] {
            assert_eq!(shares(count, items), tasks, "{count} {items:?}");
        }
    }
}
