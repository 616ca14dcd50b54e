//! From the problem's demands to the model's kinds, and back to demands in patterns.
//!
//! Demands of equal amounts and rules are one kind with the sum of their tasks: whatever fleet
//! holds the one holds the others, task for task. A demand that is `spread` over zones or
//! `distinct` is not joined with its equals, as each keeps a balance or a limit of its own; nor
//! are demands that stand apart from each other, or from different others.

use std::collections::BTreeMap;

use super::fleet::{Load, Tasks};
use super::reduce::{Kind, Model};
use super::{Demand, Pattern, Problem};

/// What kinds are made of demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Equals {
    /// Demands of equal amounts and rules are one kind.
    Joined,
    /// Each demand with a task is a kind, in order.
    Separate,
}

/// The problem's kinds, without those with no task.
pub(super) fn kinds(problem: &Problem, equals: Equals) -> Vec<Kind> {
    let zones = u32::try_from(problem.zones.max(1)).unwrap_or(u32::MAX);
    let offered = problem.offers.iter().fold(0, |bits, offer| bits | offer.class);
    let mut apart: Vec<Vec<usize>> = vec![Vec::new(); problem.demands.len()];
    for &(one, other) in &problem.anti_affinity {
        let here = |demand: usize| problem.demands.get(demand).is_some_and(|it| it.count > 0);
        if here(one) && here(other) {
            apart[one].push(other);
            apart[other].push(one);
        }
    }
    let mut place = vec![None; problem.demands.len()];
    let mut first_equal = BTreeMap::new();
    let mut kinds: Vec<Kind> = Vec::new();
    for (demand, it) in problem.demands.iter().enumerate() {
        if it.count == 0 {
            continue;
        }
        apart[demand].sort_unstable();
        apart[demand].dedup();
        let spread = it.spread && zones > 1;
        let distinct = it.distinct || apart[demand].contains(&demand);
        // One task alone is spread and distinct wherever it stands.
        if equals == Equals::Joined && (it.count == 1 || !spread && !distinct) {
            let others: Vec<usize> =
                apart[demand].iter().copied().filter(|&other| other != demand).collect();
            let rules = (it.amounts, it.classes & offered, others);
            let at = *first_equal.entry(rules).or_insert(kinds.len());
            if let Some(kind) = kinds.get_mut(at)
                && let Some(count) = kind.count.checked_add(it.count)
            {
                kind.count = count;
                kind.most = count;
                kind.demands.push((demand, it.count));
                place[demand] = Some(at);
                continue;
            }
        }
        place[demand] = Some(kinds.len());
        kinds.push(kind(demand, it, zones, distinct));
    }
    for (demand, others) in apart.iter().enumerate() {
        let Some(at) = place[demand] else { continue };
        kinds[at].apart.extend(others.iter().filter_map(|&other| place[other]));
    }
    for (at, kind) in kinds.iter_mut().enumerate() {
        kind.apart.retain(|&other| other != at);
        kind.apart.sort_unstable();
        kind.apart.dedup();
    }
    kinds
}

fn kind(demand: usize, it: &Demand, zones: u32, distinct: bool) -> Kind {
    let spread = it.spread && zones > 1 && it.count > 1;
    let most = match (distinct, spread) {
        (true, _) => 1,
        (false, true) => it.count.div_ceil(zones),
        (false, false) => it.count,
    };
    Kind {
        demands: vec![(demand, it.count)],
        count: it.count,
        amounts: it.amounts,
        sizes: it.amounts.map(|amount| amount as f64),
        spread,
        most,
        floor: it.count / zones,
        extras: it.count % zones,
        apart: Vec::new(),
    }
}

/// Gives the tasks of joined kinds back to their demands, in order.
pub(super) struct Deal<'m> {
    model: &'m Model,
    /// For each kind, the place in its demands, and the tasks there that are not dealt yet.
    next: Vec<(usize, u32)>,
}

impl<'m> Deal<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let next = model.kinds.iter().map(|kind| (0, kind.demands[0].1)).collect();
        Self { model, next }
    }

    /// The load as patterns on the offer: one, and up to two more for each demand that ends in it.
    pub(super) fn patterns(&mut self, load: &Load, offer: usize, patterns: &mut Vec<Pattern>) {
        let mut left = load.copies;
        while left > 0 {
            // The copies that take all their tasks of each kind from one demand.
            let whole = |&(kind, tasks): &(usize, u32)| {
                self.next[kind].1.checked_div(tasks).unwrap_or(u32::MAX)
            };
            let copies = load.tasks.iter().map(whole).min().unwrap_or(left).clamp(1, left);
            let mut tasks: Tasks = Vec::new();
            for &(kind, each) in &load.tasks {
                self.deal(kind, each, copies, &mut tasks);
            }
            tasks.sort_unstable();
            patterns.push(Pattern { offer, zone: load.zone, tasks, copies });
            left -= copies;
        }
    }

    /// `each` tasks on each of the copies, from one demand, or on one copy from several.
    fn deal(&mut self, kind: usize, mut each: u32, copies: u32, tasks: &mut Tasks) {
        let demands = &self.model.kinds[kind].demands;
        let (at, left) = &mut self.next[kind];
        while each > 0 {
            let Some(&(demand, _)) = demands.get(*at) else { break };
            let from = each.min(*left / copies);
            if from > 0 {
                tasks.push((demand, from));
                *left -= from * copies;
                each -= from;
            }
            if *left == 0 {
                *at += 1;
                *left = demands.get(*at).map_or(0, |demand| demand.1);
            } else if from == 0 {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NanoUsdPerHour, Offer, Work, check, solve};
    use super::*;

    fn demand(count: u32, cpu: u64) -> Demand {
        Demand { count, amounts: [cpu, 1, 1, 0], classes: 1, ..Demand::default() }
    }

    fn problem(zones: usize, demands: Vec<Demand>, apart: &[(usize, usize)]) -> Problem {
        let offer =
            Offer { amounts: [12, 12, 5, 0], class: 1, zones: u16::MAX, price: NanoUsdPerHour(7) };
        Problem { zones, demands, offers: vec![offer], anti_affinity: apart.to_vec() }
    }

    /// A name, a problem, and the demands of each kind.
    type Row<'a> = (&'a str, Problem, &'a [&'a [usize]]);

    #[test]
    fn joins_what_is_equal_and_nothing_else() {
        let spread = |count| Demand { spread: true, ..demand(count, 1) };
        let distinct = |count| Demand { distinct: true, ..demand(count, 1) };
        let other = |classes| Demand { classes, ..demand(2, 1) };
        let rows: [Row; 12] = [
            (
                "equal",
                problem(1, vec![demand(2, 1), demand(3, 2), demand(4, 1)], &[]),
                &[&[0, 2], &[1]],
            ),
            ("no task", problem(1, vec![demand(0, 1), demand(3, 1)], &[]), &[&[1]]),
            (
                "spread",
                problem(2, vec![spread(2), spread(2), demand(2, 1)], &[]),
                &[&[0], &[1], &[2]],
            ),
            ("one zone", problem(1, vec![spread(2), spread(2), demand(2, 1)], &[]), &[&[0, 1, 2]]),
            (
                "distinct",
                problem(1, vec![distinct(2), distinct(2), demand(2, 1)], &[]),
                &[&[0], &[1], &[2]],
            ),
            (
                "one task",
                problem(2, vec![distinct(1), spread(1), demand(2, 1)], &[]),
                &[&[0, 1, 2]],
            ),
            (
                "offered classes",
                problem(1, vec![other(1), other(3), other(2)], &[]),
                &[&[0, 1], &[2]],
            ),
            ("apart", problem(1, vec![demand(2, 1), demand(2, 1)], &[(0, 1)]), &[&[0], &[1]]),
            ("from itself", problem(1, vec![demand(2, 1), demand(2, 1)], &[(1, 1)]), &[&[0], &[1]]),
            (
                "from a third",
                problem(1, vec![demand(2, 1), demand(2, 1), demand(2, 2)], &[(0, 2), (2, 1)]),
                &[&[0, 1], &[2]],
            ),
            (
                "from none left",
                problem(1, vec![demand(2, 1), demand(2, 1), demand(0, 2)], &[(0, 2), (0, 9)]),
                &[&[0, 1]],
            ),
            ("too many", problem(1, vec![demand(u32::MAX, 1), demand(1, 1)], &[]), &[&[0], &[1]]),
        ];
        for (name, problem, expected) in rows {
            let kinds = kinds(&problem, Equals::Joined);
            let found: Vec<Vec<usize>> = kinds
                .iter()
                .map(|kind| kind.demands.iter().map(|&(demand, _)| demand).collect())
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn deals_each_demand_its_count_on_few_patterns() {
        let demands: Vec<Demand> = [1, 4, 1000, 7, 500_000, 2].map(|count| demand(count, 3)).into();
        let problem = problem(1, [demands, vec![demand(77, 5)]].concat(), &[(6, 9)]);
        let solution = solve(&problem, Work::QUICK).unwrap();
        assert_eq!(check(&problem, &solution), Ok(()));
        assert!(solution.patterns.len() < 20, "{:?}", solution.patterns);
    }
}
